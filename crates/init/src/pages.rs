//! The scripts and stylesheets that a page of HTML names, as Vite and Parcel take them for entries.

use super::{facts::ProjectFacts, plan::Plan, reading::path_below, stylesheets::is_stylesheet};

/// What a page names, as paths relative to the project.
#[derive(Default)]
pub struct Page {
    /// Files of scripts with `type=module`.
    pub modules: Vec<String>,
    /// Files of other scripts. Vite leaves these alone.
    pub classic: Vec<String>,
    /// Files of stylesheets.
    pub styles: Vec<String>,
    /// Paths that scripts with `type=module` name although there is no such file.
    pub missing: Vec<String>,
}

impl Page {
    /// Notes tags that the written page keeps and should not have: builds only leave out those of
    /// modules.
    pub fn note(&self, plan: &mut Plan, page: &str) {
        for style in &self.styles {
            let remedy = "import it in the page's script, and remove its tag";
            plan.note(page, format!("the stylesheet {style}"), remedy);
        }
        for missing in &self.missing {
            let remedy = "correct its address, or remove its tag";
            plan.note(page, format!("{missing}, which does not exist"), remedy);
        }
    }
}

/// Reads a page. `root`: the folder that `/src/a.js` is below.
pub fn read(facts: &ProjectFacts, page: &str, root: &str) -> Page {
    let text = facts.text(&facts.project.join(page));
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let local = |address: &str| {
        let plain = address.split(['?', '#']).next().unwrap_or_default();
        let is_local = !plain.contains("//") && !plain.contains([':', '%', '<', '{']);
        is_local.then(|| match plain.strip_prefix('/') {
            Some(inner) => path_below(facts, root, inner),
            None => path_below(facts, folder, plain),
        })
    };
    let mut found = Page::default();
    for tag in tags(&text, "<script") {
        let Some(path) = attribute(tag, "src").and_then(local) else { continue };
        match (facts.is_file(&path), attribute(tag, "type") == Some("module")) {
            (true, true) => found.modules.push(path),
            (true, false) => found.classic.push(path),
            (false, true) => found.missing.push(path),
            (false, false) => {}
        }
    }
    for tag in tags(&text, "<link") {
        let Some(path) = attribute(tag, "href").and_then(local) else { continue };
        if is_stylesheet(&path) && facts.is_file(&path) {
            found.styles.push(path);
        }
    }
    found
}

/// Returns the insides of tags that begin so.
fn tags<'t>(text: &'t str, start: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(start).skip(1).filter_map(|tag| tag.split('>').next())
}

/// Returns the value of an attribute, with quotes or without.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let name = format!("{name}=");
    let mut starts = tag.match_indices(&name).map(|(at, _)| at);
    let at = starts.find(|at| tag[..*at].ends_with(char::is_whitespace))?;
    let value = &tag[at + name.len()..];
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split_whitespace().next(),
    }
}
