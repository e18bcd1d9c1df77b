//! Attributes that name files: `src="./a.png"` becomes `require("./a.png")`, and so do the
//! candidates of a `srcset`. They are static attributes by then: string literals.

use bundle_base::config::VueConfig;

use crate::{
    code::{Code, is_space},
    v2::tree::{Element, Property},
};

/// Rewrites what an element's attributes name.
pub(super) fn resolve_assets(element: &mut Element, config: &VueConfig) {
    let Element { tag, attrs: Some(attrs), .. } = element else { return };
    let tables = config.asset_urls.iter().filter(|(name, _)| *name == "*" || *name == tag);
    for name in tables.flat_map(|(_, names)| names) {
        let mut of_name = attrs.iter_mut().filter(|attr| attr.name.text() == name.as_str());
        let found = of_name.find_map(|attr| Some((literal(attr)?, attr)));
        if let Some((url, attr)) = found {
            attr.value = required(&url);
        }
    }
    if matches!(tag.as_str(), "img" | "source") && !config.asset_urls.is_empty() {
        for attr in attrs.iter_mut().filter(|attr| attr.name.text() == "srcset") {
            if let Some(value) = literal(attr) {
                attr.value = required_candidates(&value);
            }
        }
    }
}

/// What stands in the literal that an attribute's value is, still escaped.
fn literal(attr: &Property) -> Option<Code> {
    let text = attr.value.text();
    let is_literal = text.len() > 1 && text.starts_with('"') && text.ends_with('"');
    is_literal.then(|| attr.value.slice(1..text.len() - 1))
}

/// The expression of a URL: a `require` if it is relative, an alias or, after `~`, a module.
fn required(url: &Code) -> Code {
    let text = url.text();
    let mut code = Code::default();
    let is_module = text.starts_with('~');
    let module = if text.starts_with("~/") { 2 } else { usize::from(is_module) };
    let target = url.slice(module..text.len());
    if !text.starts_with(['.', '~', '@']) || is_elsewhere(target.text()) {
        code.push_str("\"");
        code.push(url);
        code.push_str("\"");
        return code;
    }
    // `sprite.svg#icon` is the file and a place in it.
    let path = target.text().find('#').unwrap_or(target.text().len());
    code.push_str("require(");
    // Where it is said that there is no such file.
    code.mark(target.origin(0));
    code.push_str("\"");
    code.push_slice(&target, 0..path);
    code.push_str("\")");
    if path < target.text().len() {
        code.push_str(" + \"");
        code.push_slice(&target, path..target.text().len());
        code.push_str("\"");
    }
    code
}

/// On another host, or in the URL itself.
fn is_elsewhere(url: &str) -> bool {
    let start = url.trim_start_matches(is_space);
    let is_data = start.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    is_data || ["//", "http://", "https://"].iter().any(|prefix| url.starts_with(prefix))
}

/// `a.png 1x, b.png 2x` as a sum of strings and what is required.
fn required_candidates(srcset: &Code) -> Code {
    let mut code = Code::default();
    let mut start = 0;
    let ends = srcset.text().match_indices(',').map(|(at, _)| at).chain([srcset.text().len()]);
    for end in ends.collect::<Vec<_>>() {
        let candidate = srcset.slice(start..end);
        let is_last = end == srcset.text().len();
        start = end + 1;
        let words = words(candidate.text());
        let word = |index: usize| words.get(index).map(|(from, to)| candidate.slice(*from..*to));
        code.push(&required(&word(0).unwrap_or_default()));
        let descriptor = word(1);
        if descriptor.is_none() && is_last {
            continue;
        }
        code.push_str(" + \"");
        if let Some(descriptor) = descriptor {
            code.push_str(" ");
            code.push(&descriptor);
        }
        code.push_str(if is_last { "\"" } else { ", \" + " });
    }
    code
}

/// What stands between spaces; other white space is escaped by now.
fn words(text: &str) -> Vec<(usize, usize)> {
    const SPACES: [&str; 5] = [" ", "\\t", "\\n", "\\f", "\\r"];
    let space_at = |at: usize| SPACES.iter().find(|space| text[at..].starts_with(**space));
    let mut words = Vec::new();
    let (mut at, mut start) = (0, None);
    while let Some(c) = text[at..].chars().next() {
        if let Some(space) = space_at(at) {
            words.extend(start.take().map(|start| (start, at)));
            at += space.len();
        } else {
            start.get_or_insert(at);
            at += c.len_utf8();
        }
    }
    words.extend(start.map(|start| (start, at)));
    words
}
