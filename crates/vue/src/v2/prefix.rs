//! Adds to every free name in a template's functions where it comes from: `_vm.name`, or
//! `_setup.name` for names that `<script setup>` declares. Vue once wrapped the functions in
//! `with (this) { … }`, which strict code cannot contain.

use std::borrow::Cow;

use super::bindings::Bindings;
use crate::{expression::FreeName, mapped_code::MappedCode};

#[cfg(test)]
mod tests;

/// Returns the program with prefixes. `names`: its free names, sorted by place.
pub(super) fn prefix(
    program: MappedCode,
    names: &[FreeName],
    setup: Option<&Bindings>,
) -> MappedCode {
    let program = program.shared();
    let text = program.text();
    let mut rest = program.clone();
    let mut code = MappedCode::with_capacity(text.len() + names.len() * "_setup.".len());
    let mut copied = 0;
    for &FreeName { start, end, is_shorthand } in names {
        let name = &*plain(&text[start..end]);
        if is_global(name) {
            continue;
        }
        let of_setup =
            setup.and_then(|bindings| bindings.names.get(name)).is_some_and(|kind| kind.is_setup());
        let prefix = if of_setup { "_setup." } else { "_vm." };
        let at = if is_shorthand { end } else { start };
        code.push_slice(&rest, 0..at - copied);
        rest.advance(at - copied);
        copied = at;
        if is_shorthand {
            code.push_str(": ");
        }
        code.push_str(prefix);
        if is_shorthand {
            code.push_made_of(&text[start..end], program.origin(start));
        }
    }
    code.push(&rest);
    code
}

/// Returns a name without escapes (`\u0061`, `\u{61}`).
fn plain(name: &str) -> Cow<'_, str> {
    if !name.as_bytes().contains(&b'\\') {
        return Cow::Borrowed(name);
    }
    let mut parts = name.split("\\u");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = match part.strip_prefix('{').and_then(|part| part.split_once('}')) {
            Some(braced) => braced,
            None => part.split_at_checked(4).unwrap_or((part, "")),
        };
        plain.extend(u32::from_str_radix(digits, 16).ok().and_then(char::from_u32));
        plain.push_str(rest);
    }
    Cow::Owned(plain)
}

/// True for names that mean the same in every component.
pub(super) fn is_global(name: &str) -> bool {
    // A quick test: most names are the user's, or helpers of generated calls.
    let may_be = name == "_c" || name.len() > 2 && name.as_bytes()[0] != b'_';
    may_be
        && matches!(
            name,
            "Infinity"
            | "undefined"
            | "NaN"
            | "isFinite"
            | "isNaN"
            | "parseFloat"
            | "parseInt"
            | "decodeURI"
            | "decodeURIComponent"
            | "encodeURI"
            | "encodeURIComponent"
            | "Math"
            | "Number"
            | "Date"
            | "Array"
            | "Object"
            | "Boolean"
            | "String"
            | "RegExp"
            | "Map"
            | "Set"
            | "JSON"
            | "Intl"
            // Asset URLs become calls of `require`.
            | "require"
            // To the grammar, `arguments` is a name.
            | "arguments"
            | "_c"
        )
}
