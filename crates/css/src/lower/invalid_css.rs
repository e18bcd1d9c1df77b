//! Removes invalid CSS, as browsers do before they go on with what follows. The parser goes on too,
//! but skips more than browsers do. So once it reports a mistake, each declaration is parsed by
//! itself, and invalid ones are removed before the stylesheet is parsed again.

use std::sync::{Arc, RwLock};

use bundle_base::{
    Diagnostics,
    mapped_text::{Edit, MappedText},
    place::Place,
    stylesheet::{Item, after_token, items},
};
use lightningcss::{
    error::{Error, ParserError, SelectorError},
    properties::{Property, PropertyId, custom::Token},
    stylesheet::{ParserOptions, PrinterOptions, StyleSheet},
    traits::ToCss,
};

use super::parse::options;
use crate::{mapped::Offsets, messages};

/// The most warnings for one stylesheet. Users read no more, and a text that is not CSS at all
/// would cause thousands.
const SHOWN: usize = 100;

/// Returns a stylesheet in which the parser found mistakes without what browsers would leave out.
/// The log gets a warning for each mistake.
pub(super) fn without(stylesheet: &MappedText, log: &mut Diagnostics) -> MappedText {
    let css = stylesheet.text();
    let mut edits = Vec::new();
    for item in items(css) {
        let range = match item {
            Item::Declaration { property, value }
                if is_bad(&css[property.clone()], &css[value.clone()]) =>
            {
                property.start..value.end
            }
            Item::Junk(range) => range,
            Item::Declaration { .. } | Item::AtRule { .. } | Item::Selectors(_) => continue,
        };
        if edits.len() < SHOWN
            && let Some(label) = stylesheet.label(range.clone())
        {
            log.push(messages::bad_declaration(label, css[range.clone()].trim()));
        }
        edits.push(Edit::remove(range));
    }
    let stylesheet = stylesheet.edited(&edits);
    for (message, at) in complaints(stylesheet.text()) {
        let Some(at) = at else { continue };
        if let Some(label) = stylesheet.label(at..at) {
            let rest = stylesheet.text().get(at..).unwrap_or_default();
            log.push(messages::bad_css(label, &message, rest));
        }
    }
    stylesheet
}

/// Returns the first mistakes that the parser reports, and where they are.
fn complaints(css: &str) -> Vec<(String, Option<usize>)> {
    let warnings = Arc::new(RwLock::new(Vec::new()));
    let parsed = StyleSheet::parse(css, options(Some(Arc::clone(&warnings))));
    let fatal = parsed.as_ref().err().map(|error| message_and_place(css, error));
    let first = |warnings: &[Error<ParserError<'_>>]| {
        warnings.iter().take(SHOWN).map(|error| message_and_place(css, error)).collect::<Vec<_>>()
    };
    let known = warnings.read().map(|warnings| first(&warnings));
    fatal.into_iter().chain(known.unwrap_or_default()).collect()
}

fn message_and_place(css: &str, error: &Error<ParserError<'_>>) -> (String, Option<usize>) {
    let at = error.loc.as_ref().map(|loc| {
        // Columns count from one.
        Offsets::of_css(css)
            .utf16(css, Place { line: loc.line, column: loc.column.saturating_sub(1) })
    });
    (words(&error.kind), at)
}

/// Returns the parser's message, with tokens as they are written in CSS.
fn words(kind: &ParserError<'_>) -> String {
    let message = kind.to_string();
    let Some(token) = token(kind) else { return message };
    let written = token.to_css_string(PrinterOptions::default()).unwrap_or_default();
    let shown = match written.trim() {
        "" => "a space".to_owned(),
        written => format!("`{written}`"),
    };
    if let ParserError::UnexpectedToken(_) = kind {
        return format!("{shown} is not expected here");
    }
    let name = format!("{token:?}");
    message.replace(&format!("'{name}'"), &shown).replace(&name, &shown)
}

/// Returns the token in a message of the parser.
fn token<'e, 'i>(kind: &'e ParserError<'i>) -> Option<&'e Token<'i>> {
    use SelectorError as Of;
    if let ParserError::UnexpectedToken(token)
    | ParserError::SelectorError(
        Of::BadValueInAttr(token)
        | Of::ClassNeedsIdent(token)
        | Of::ExpectedBarInAttr(token)
        | Of::ExplicitNamespaceUnexpectedToken(token)
        | Of::InvalidQualNameInAttr(token)
        | Of::NoQualifiedNameInAttributeSelector(token)
        | Of::PseudoElementExpectedIdent(token)
        | Of::UnexpectedTokenInAttributeSelector(token)
        | Of::UnexpectedSelectorAfterPseudoElement(token),
    ) = kind
    {
        return Some(token);
    }
    None
}

fn is_bad(property: &str, value: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\\') || !c.is_ascii();
    let value = value.trim_end();
    let value = value
        .strip_suffix("important")
        .and_then(|value| value.trim_end().strip_suffix('!'))
        .unwrap_or(value);
    !property.chars().all(is_name)
        || has_exclamation(value)
        || Property::parse_string(PropertyId::from(property), value, ParserOptions::default())
            .is_err()
}

/// Whether a value contains an exclamation mark: `red !x`. Its `!important` was removed before.
fn has_exclamation(value: &str) -> bool {
    let mut at = 0;
    while at < value.len() {
        if value.as_bytes()[at] == b'!' {
            return true;
        }
        at = after_token(value, at);
    }
    false
}
