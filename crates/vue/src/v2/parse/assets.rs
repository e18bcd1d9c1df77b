//! Attributes that refer to files: `src="./a.png"` becomes `require("./a.png")`, and so does each
//! candidate of a `srcset`. At this stage they are static attributes, and so string literals.

use bundle_base::config::VueConfig;

use crate::{
    mapped_code::{MappedCode, is_space},
    v2::tree::{Data, Element, Property},
};

/// Rewrites the attributes of an element that refer to files.
pub(super) fn resolve_assets(element: &mut Element, config: &VueConfig) {
    let Element { tag, data: Data { attrs: Some(attrs), .. }, .. } = element else { return };
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

/// Returns the content of the string literal that is the value of an attribute, still escaped.
fn literal(attr: &Property) -> Option<MappedCode> {
    let text = attr.value.text();
    let is_literal = text.len() > 1 && text.starts_with('"') && text.ends_with('"');
    is_literal.then(|| attr.value.slice(1..text.len() - 1))
}

/// Returns the expression for a URL: a call of `require` if the URL is relative, an alias or, after
/// `~`, a module. Otherwise it is the literal itself.
fn required(url: &MappedCode) -> MappedCode {
    let text = url.text();
    let mut code = MappedCode::default();
    let is_module = text.starts_with('~');
    let module = if text.starts_with("~/") { 2 } else { usize::from(is_module) };
    let target = url.slice(module..text.len());
    if !text.starts_with(['.', '~', '@']) || is_elsewhere(target.text()) {
        code.push_str("\"");
        code.push(url);
        code.push_str("\"");
        return code;
    }
    // `sprite.svg#icon` is a file and a place in it.
    let path = target.text().find('#').unwrap_or(target.text().len());
    code.push_str("require(");
    // The place where a missing file is reported.
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

/// Whether the URL leads to another host or holds the data itself.
fn is_elsewhere(url: &str) -> bool {
    let start = url.trim_start_matches(is_space);
    let is_data = start.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    is_data || ["//", "http://", "https://"].iter().any(|prefix| url.starts_with(prefix))
}

/// Returns a `srcset` like `a.png 1x, b.png 2x` as a concatenation of strings and calls of
/// `require`.
fn required_candidates(srcset: &MappedCode) -> MappedCode {
    let mut code = MappedCode::default();
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

/// Returns the ranges of the words between white space, which, other than spaces, is escaped at
/// this stage.
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
