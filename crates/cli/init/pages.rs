//! The scripts and stylesheets that a page of HTML names, as Vite and Parcel take them for entries.

use super::{facts::Facts, plan::Plan, reading::path_below};

/// What a page names.
pub struct Page {
    /// Files of scripts, relative to the project.
    pub scripts: Vec<String>,
    /// Files of stylesheets, relative to the project.
    pub styles: Vec<String>,
    /// Addresses of the project that lead to no file.
    pub missing: Vec<String>,
}

impl Page {
    /// Notes what a page's entries do not have. Pages that builds write keep tags of stylesheets.
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
pub fn read(facts: &Facts, page: &str, root: &str) -> Page {
    let text = facts.text(&facts.project.join(page));
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found = Page { scripts: Vec::new(), styles: Vec::new(), missing: Vec::new() };
    let scripts = addresses(&text, "<script", "src").map(|address| (address, true));
    let styles = addresses(&text, "<link", "href").map(|address| (address, false));
    let is_style = |address: &str| address.ends_with("css") || address.ends_with("ss");
    for (address, is_script) in scripts.chain(styles) {
        let plain = address.split(['?', '#']).next().unwrap_or_default();
        let is_local = !plain.contains("//") && !plain.contains([':', '%', '<', '{']);
        if !is_local || !is_script && !is_style(plain) {
            continue;
        }
        let path = match plain.strip_prefix('/') {
            Some(inner) => path_below(facts, root, inner),
            None => path_below(facts, folder, plain),
        };
        let list = match (facts.is_file(&path), is_script) {
            (false, _) => &mut found.missing,
            (true, true) => &mut found.scripts,
            (true, false) => &mut found.styles,
        };
        list.push(path);
    }
    found
}

/// Returns the addresses of tags, in quotes.
fn addresses<'t>(
    text: &'t str,
    tag: &'t str,
    attribute: &'t str,
) -> impl Iterator<Item = String> + 't {
    text.split(tag).skip(1).filter_map(move |tag| {
        let tag = tag.split('>').next()?;
        let name = format!("{attribute}=");
        let mut starts = tag.match_indices(&name).map(|(at, _)| at);
        let own = |at: &usize| tag[..*at].ends_with(|c: char| c.is_whitespace());
        let value = &tag[starts.find(own)? + name.len()..];
        let quote = value.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
        Some(value[1..].split(quote).next()?.to_owned())
    })
}
