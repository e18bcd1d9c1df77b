//! Finds the names that a template mentions. Of the imports, setup returns only those that the
//! template may mention: the others may be types. Like Vue, this looks at words and does not
//! analyse scopes; an extra name does no harm.

use bundle_base::loader::Language;
use rustc_hash::FxHashSet;

use crate::{
    expression::mentions,
    html::{self, Attribute, Event, Tags},
    mapped_code::MappedCode,
    v2::{
        parse::{is_reserved, parse_text},
        spelling::{camelized, capitalized},
    },
};

/// The names that a template mentions.
pub(super) enum Usage {
    /// The template may mention any name.
    Unknown,
    /// The words in its expressions, and the names that its tags and directives may mean.
    Known(FxHashSet<String>),
}

impl Usage {
    pub fn of(template: Option<&MappedCode>, is_typescript: bool) -> Self {
        let Some(template) = template else { return Self::Unknown };
        let text = expressions(template, is_typescript);
        // Vue ends a word at letters outside ASCII. Names with such letters are found among the
        // longer words.
        let words = text.split(|c: char| !is_of_word(c));
        let names = text.split(|c: char| !is_of_word(c) && (c.is_ascii() || c.is_whitespace()));
        Self::Known(words.chain(names).map(str::to_owned).collect())
    }

    pub fn mentions(&self, name: &str) -> bool {
        match self {
            Self::Unknown => true,
            Self::Known(words) => words.contains(name),
        }
    }
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}

/// Returns everything that a template may read, each piece after a comma.
fn expressions(template: &MappedCode, is_typescript: bool) -> String {
    let mut text = String::new();
    let delimiters = ("{{".to_owned(), "}}".to_owned());
    for event in html::tokenize(template.text(), Tags::Html) {
        match event {
            Event::Start(tag) => {
                if !matches!(tag.name.to_ascii_lowercase().as_str(), "slot" | "component")
                    && !is_reserved(tag.name)
                {
                    let name = camelized(tag.name);
                    text.extend([",", &name, ",", &capitalized(&name)]);
                }
                tag.attributes
                    .iter()
                    .for_each(|one| attribute(one, template, is_typescript, &mut text));
            }
            Event::Text(range) => {
                if let Some(code) = parse_text(&template.slice(range), &delimiters) {
                    text.push(',');
                    text += &names(code.text(), is_typescript, "");
                }
            }
            Event::End { .. }
            | Event::Comment { .. }
            | Event::Unclosed { .. }
            | Event::Stray { .. }
            | Event::Malformed(_) => {}
        }
    }
    text
}

fn attribute(
    attribute: &Attribute<'_>,
    template: &MappedCode,
    is_typescript: bool,
    text: &mut String,
) {
    let value = attribute.value.clone().map(|range| html::decode_attribute(template.slice(range)));
    let value = value.as_ref().map_or("", MappedCode::text);
    if let Some(directive) = directive(attribute.name) {
        if !is_built_in(directive) {
            text.extend([",v", &capitalized(&camelized(directive))]);
        }
        if !value.is_empty() {
            text.push(',');
            *text += &names(value, is_typescript, directive);
        }
    } else if attribute.name == "ref" {
        text.push(',');
        *text += value;
    }
}

/// Returns the name of the directive that an attribute is. `None` if it is none.
fn directive(name: &str) -> Option<&str> {
    if name.starts_with('@') || name.starts_with("v-on:") {
        Some("on")
    } else if name.starts_with('#') || name == "v-slot" || name.starts_with("v-slot:") {
        Some("slot")
    } else if name.starts_with(':') || name.starts_with("v-bind:") {
        Some("bind")
    } else {
        name.strip_prefix("v-")
    }
}

fn is_built_in(directive: &str) -> bool {
    matches!(
        directive,
        "once"
            | "memo"
            | "if"
            | "for"
            | "else"
            | "else-if"
            | "slot"
            | "text"
            | "html"
            | "on"
            | "bind"
            | "model"
            | "show"
            | "cloak"
            | "is"
    )
}

/// Returns the part of an expression that may contain names. It is parsed only if it may contain
/// types, whose names are not mentions.
fn names(expression: &str, is_typescript: bool, directive: &str) -> String {
    if !is_typescript || !may_have_types(expression) {
        return without_strings(expression);
    }
    let whole = match directive {
        "slot" => format!("({expression})=>{{}}"),
        "on" => format!("()=>{{return {expression}}}"),
        "for" => match for_parts(expression) {
            Some((alias, list)) => {
                return names(&format!("({alias})=>{{}}"), true, "") + &names(list, true, "");
            }
            None => expression.to_owned(),
        },
        _ => expression.to_owned(),
    };
    match bundle_js::parse_expression(&whole, Language::TypeScript) {
        Some(tree) => mentions(&*tree)
            .iter()
            .fold(String::new(), |names, mention| names + "," + &mention.name),
        // Errors are reported when the template is compiled.
        None => without_strings(expression),
    }
}

/// Whether an expression may contain types: `a as B`, `f<A>()`, `(a: B) => …`.
fn may_have_types(expression: &str) -> bool {
    let has_cast = || {
        let mut parts = expression.split(" as").skip(1);
        parts.any(|rest| {
            let word = rest.trim_start();
            word.len() < rest.len()
                && word.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        })
    };
    let has_arguments =
        || expression.lines().any(|line| line.find('<').is_some_and(|at| line[at..].contains('>')));
    expression.contains(':') || has_arguments() || has_cast()
}

/// Returns the two sides of a `v-for`.
fn for_parts(expression: &str) -> Option<(&str, &str)> {
    let is_word = |at: usize| {
        let (before, after) = (&expression[..at], &expression[at + 2..]);
        before.ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace)
    };
    let words = expression.char_indices().map(|(at, _)| at).filter(|at| {
        let rest = &expression[*at..];
        rest.starts_with("in") || rest.starts_with("of")
    });
    let at = words.into_iter().find(|at| is_word(*at))?;
    Some((expression[..at].trim_end(), expression[at + 2..].trim_start()))
}

/// Returns an expression without quoted strings. Of template literals, the inserted expressions are
/// kept.
fn without_strings(expression: &str) -> String {
    let mut plain = String::with_capacity(expression.len());
    let mut rest = expression;
    while let Some(at) = rest.find(['\'', '"']) {
        let quote = &rest[at..=at];
        plain += &rest[..at];
        rest = &rest[at + 1..];
        if let Some((_, after)) = rest.split_once(quote) {
            rest = after;
        } else {
            // Nothing closes this quote, so it is kept. A quote of the other kind may still be
            // closed.
            plain += quote;
        }
    }
    plain += rest;
    if plain.contains('`') { without_templates(&plain) } else { plain }
}

fn without_templates(expression: &str) -> String {
    let mut plain = String::with_capacity(expression.len());
    let mut rest = expression;
    while let Some((before, opened)) = rest.split_once('`') {
        plain += before;
        match opened.split_once('`') {
            Some((template, after)) if !template.is_empty() => {
                plain += &inserted(template).join(",");
                rest = after;
            }
            _ => {
                plain.push('`');
                rest = opened;
            }
        }
    }
    plain + rest
}

/// Returns the expressions in `${…}`.
fn inserted(template: &str) -> Vec<&str> {
    let parts = template.split("${").skip(1);
    parts
        .filter_map(|part| part.split_once('}').map(|(inside, _)| inside))
        .filter(|inside| !inside.is_empty())
        .collect()
}
