//! The explanations of diagnostic codes: the sections of docs/diagnostics.md, which is part of
//! the program.

/// The document, with one section per code under `## code`.
const DOCUMENT: &str = include_str!("../../../docs/diagnostics.md");

/// Returns all codes.
pub fn codes() -> impl Iterator<Item = &'static str> {
    sections().into_iter().map(|(code, _)| code)
}

/// Returns the codes with their texts, in the document's order.
pub fn sections() -> Vec<(&'static str, &'static str)> {
    let parts = DOCUMENT.split("\n## ").skip(1);
    parts.filter_map(|part| part.split_once('\n')).map(|(code, text)| (code.trim(), text)).collect()
}
