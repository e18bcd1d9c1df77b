//! Finds mistakes of a whole file, such as contents that do not match the file's name. They are
//! checked only after the parser failed: one message about the file is more useful than the
//! parser's errors.

use bundle_base::{Diagnostic, Label, Span, loader::Language, merge_conflict};

use super::{
    contents::{Contents, Template},
    json, program,
};
use crate::{PartInput, messages};

/// Returns the one message that explains why a file cannot be parsed, if there is one. `at`: the
/// first error of the parser. `is_lost`: the parser could not read the token there.
pub(super) fn of(input: &PartInput<'_>, at: Span, is_lost: bool) -> Option<Diagnostic> {
    let text = input.source.text.as_str();
    if let Some(conflict) = merge_conflict::found(input.source) {
        return Some(conflict);
    }
    if !is_lost {
        return None;
    }
    let start = text.len() - text.trim_start().len();
    let first_line = first_line(text);
    if let Some(contents) = by_start(&text[start..]) {
        return Some(messages::not_javascript(Label::new(input.source, first_line), contents));
    }
    if let Some((place, template)) = template(text, at) {
        return Some(messages::template_syntax(Label::new(input.source, place), template));
    }
    if text.trim_start().starts_with(['{', '[']) && json::is_json(text) {
        return Some(messages::not_javascript(
            Label::new(input.source, first_line),
            Contents::Json,
        ));
    }
    let first_lines = text.lines().take(20);
    if first_lines.filter(|line| line.contains("@flow")).any(is_comment) {
        return Some(messages::not_javascript(Label::new(input.source, at), Contents::Flow));
    }
    // Parses the text again as another language, because it is certainly not in the language of its
    // name.
    let contents = match input.language {
        Language::JavaScript | Language::Jsx => (Language::Tsx, Contents::TypeScript),
        Language::TypeScript => (Language::Tsx, Contents::TypeScriptWithJsx),
        Language::Tsx => return None,
    };
    let other = PartInput { language: contents.0, ..*input };
    program::parse(&other)
        .is_ok()
        .then(|| messages::not_javascript(Label::new(input.source, at), contents.1))
}

/// Returns the message about a script that was copied with its tag, and is JSX by chance:
/// `<script>start();</script>` would be an element that nothing uses.
pub(super) fn page(input: &PartInput<'_>) -> Option<Diagnostic> {
    let text = input.source.text.as_str();
    let rest = text.trim_start();
    let name = rest.strip_prefix('<')?.split([' ', '>', '/', '\n', '\r', '\t']).next()?;
    // In `.ts`, `<` begins a type.
    let is_of_page = matches!(name, "script" | "style") && input.language != Language::TypeScript;
    let contents = if is_of_page { by_start(rest) } else { None }?;
    Some(messages::not_javascript(Label::new(input.source, first_line(text)), contents))
}

/// Returns the first line that is not empty.
fn first_line(text: &str) -> Span {
    let start = text.len() - text.trim_start().len();
    let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    Span::new(narrow(start), narrow(end))
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with(['/', '*'])
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// The beginning and end of each kind.
const TEMPLATES: [(&str, &str, Template); 6] = [
    ("<?", "?>", Template::Php),
    ("<%", "%>", Template::Other),
    ("{%", "%}", Template::Other),
    ("{!!", "!!}", Template::Other),
    ("{{ ", "}}", Template::Other),
    ("{{$", "}}", Template::Other),
];

/// Returns the piece of template syntax at the place where the parser stopped, which is its first
/// or second character.
fn template(text: &str, at: Span) -> Option<(Span, Template)> {
    let starts = [Some(at.start), at.start.checked_sub(1)];
    starts.into_iter().flatten().find_map(|start| {
        let rest = text.get(start as usize..)?;
        let (_, end, template) = *TEMPLATES.iter().find(|(open, ..)| rest.starts_with(open))?;
        let line = rest.lines().next().unwrap_or(rest);
        let length = line.find(end).map_or(line.len(), |found| found + end.len());
        Some((Span::new(start, start + narrow(length)), template))
    })
}

/// Returns the `import` or `export` that makes a file an ES module, where all code is strict.
pub(super) fn why_strict(input: &PartInput<'_>) -> Option<Label> {
    let words = ["import", "export"];
    let mut offset = 0;
    for line in input.source.text.split_inclusive('\n') {
        let word = words.iter().find(|word| line.starts_with(**word));
        if word.is_some_and(|word| line[word.len()..].starts_with([' ', '{', '*', '"', '\''])) {
            return Some(Label::new(
                input.source,
                Span::new(narrow(offset), narrow(offset + "import".len())),
            ));
        }
        offset += line.len();
    }
    None
}

fn by_start(text: &str) -> Option<Contents> {
    let lower: String = text.chars().take(12).collect::<String>().to_ascii_lowercase();
    let is_component = text.contains("<template") || text.contains("export default");
    if ["<template", "<script", "<style"].iter().any(|tag| lower.starts_with(tag)) && is_component {
        return Some(Contents::VueComponent);
    }
    let of_pages = ["<!doctype", "<html", "<head", "<body", "<!--", "<script", "<style"];
    if of_pages.iter().any(|tag| lower.starts_with(tag)) {
        return Some(Contents::Html);
    }
    if lower.starts_with("<?") {
        return Some(Contents::Php);
    }
    let is_rule = ["@charset", "@import", "@media", "@font-face", ":root"]
        .iter()
        .any(|rule| lower.starts_with(rule));
    (is_rule || is_style_rule(text)).then_some(Contents::Css)
}

/// Whether a text begins like a style rule: `selector { property: value`.
fn is_style_rule(text: &str) -> bool {
    let is_script = ["import ", "export ", "function", "=>", "var ", "let ", "const ", "require"];
    if is_script.iter().any(|word| text.contains(word)) {
        return false;
    }
    let Some((selector, body)) = text.split_once('{') else { return false };
    let is_selector = !selector.trim().is_empty()
        && selector
            .trim_start()
            .starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '#' | '*' | '['))
        && !selector.contains(['=', ';', '(', '/', '"', '\'']);
    let declaration = body.trim_start().split([';', '}']).next().unwrap_or("");
    let is_name = |name: &str| {
        !name.trim().is_empty()
            && name.trim().chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let has_value = declaration
        .split_once(':')
        .is_some_and(|(name, value)| is_name(name) && !value.trim().is_empty());
    // `label: {` and `class A { b: 1 }` may be JavaScript.
    is_selector
        && has_value
        && ![
            "class",
            "function",
            "if",
            "switch",
            "try",
            "do",
            "else",
            "interface",
            "type",
            "enum",
            "namespace",
            "declare",
        ]
        .contains(&selector.split_whitespace().next().unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts() {
        assert_eq!(by_start("<template><p/></template>"), Some(Contents::VueComponent));
        assert_eq!(by_start("<!DOCTYPE html>"), Some(Contents::Html));
        assert_eq!(by_start(".a > b { color: red }"), Some(Contents::Css));
        assert_eq!(by_start("body {\n  margin: 0;\n}"), Some(Contents::Css));
        assert_eq!(by_start("<?php echo 1;"), Some(Contents::Php));
        for text in [
            "interface A { a: number }",
            "class A { a: 1 }",
            "var a = { b: c }",
            "foo({ a: 1 })",
            "<div>a</div>",
            "try { a: b }",
        ] {
            assert_eq!(by_start(text), None, "{text}");
        }
    }
}
