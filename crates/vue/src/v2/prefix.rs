//! Says of every free name in a template's functions where it comes from: `_vm.name`, or `_setup.name` for what `<script setup>`
//! declares. Vue's functions once stood in `with (this) { … }`, which strict code cannot have.

use super::bindings::Bindings;
use crate::{code::Code, expression::FreeName};

#[cfg(test)]
mod tests;

/// The program with prefixes. `names`: its free names, by place.
pub(super) fn prefix(program: &Code, names: &[FreeName], setup: Option<&Bindings>) -> Code {
    let text = program.text();
    let mut code = Code::with_capacity(text.len() + names.len() * "_setup.".len());
    let mut copied = 0;
    for &FreeName { start, end, is_shorthand } in names {
        let name = &text[start..end];
        if is_global(name) {
            continue;
        }
        let of_setup = setup.and_then(|bindings| bindings.names.get(name)).is_some_and(|kind| kind.is_setup());
        let prefix = if of_setup { "_setup." } else { "_vm." };
        let at = if is_shorthand { end } else { start };
        code.push_slice(program, copied..at);
        copied = at;
        if is_shorthand {
            code.push_str(": ");
        }
        code.push_str(prefix);
        if is_shorthand {
            code.push_made_of(name, program.origin(start));
        }
    }
    code.push_slice(program, copied..text.len());
    code
}

/// Names that mean the same in every component.
pub(super) fn is_global(name: &str) -> bool {
    matches!(
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
            // For asset URLs.
            | "require"
            // The grammar knows it as a name.
            | "arguments"
            | "_c"
    )
}
