//! What is no CSS: browsers leave it out, and go on with what follows. The parser goes on too, but
//! takes more with it than they do: so once it complains, each declaration is tried by itself, and
//! what cannot be one goes before the sheet is parsed.

use std::sync::{Arc, RwLock};

use bundle_base::{
    Diagnostics,
    place::Place,
    sheet::{Item, after_token, items},
    woven::{Edit, Woven},
};
use lightningcss::{
    error::{Error, ParserError},
    properties::{Property, PropertyId},
    stylesheet::{ParserOptions, StyleSheet},
};

use super::options;
use crate::{mapped::Offsets, messages};

/// Nobody reads more of them, and a sheet that is none at all has thousands.
const SHOWN: usize = 100;

/// A sheet that the parser has complaints about without what browsers would leave out, of which the
/// log tells.
pub(super) fn without(sheet: &Woven, log: &mut Diagnostics) -> Woven {
    let css = sheet.text();
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
            && let Some(label) = sheet.label(range.clone())
        {
            log.push(messages::bad_declaration(label, css[range.clone()].trim()));
        }
        edits.push(Edit::remove(range));
    }
    let sheet = sheet.edited(&edits);
    for (message, at) in complaints(sheet.text()) {
        if let Some(label) = at.and_then(|at| sheet.label(at..at)) {
            log.push(messages::bad_css(label, &message));
        }
    }
    sheet
}

/// What the parser says of a sheet first, and where.
fn complaints(css: &str) -> Vec<(String, Option<usize>)> {
    let warnings = Arc::new(RwLock::new(Vec::new()));
    let parsed = StyleSheet::parse(css, options(Some(Arc::clone(&warnings))));
    let fatal = parsed.as_ref().err().map(|error| told(css, error));
    let first = |warnings: &[Error<ParserError<'_>>]| {
        warnings.iter().take(SHOWN).map(|error| told(css, error)).collect::<Vec<_>>()
    };
    let known = warnings.read().map(|warnings| first(&warnings));
    fatal.into_iter().chain(known.unwrap_or_default()).collect()
}

fn told(css: &str, error: &Error<ParserError<'_>>) -> (String, Option<usize>) {
    let at = error.loc.as_ref().map(|loc| {
        // Columns count from one.
        Offsets::of_css(css)
            .utf16(css, Place { line: loc.line, column: loc.column.saturating_sub(1) })
    });
    (error.kind.to_string(), at)
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

/// What is not important stands there: `red !x`.
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
