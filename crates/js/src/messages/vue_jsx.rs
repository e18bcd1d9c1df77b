//! Messages about Vue 2's JSX.

use bundle_base::{Diagnostic, Label};

/// `<>…</>`.
pub(crate) fn vue2_fragment(at: Label) -> Diagnostic {
    Diagnostic::error("jsx-fragment", "Vue 2 does not support fragments")
        .at(at.text("this is not an element"))
        .note(
            "a Vue 2 component renders one element; where a list of elements is allowed, write an \
             array",
        )
        .fix("put an element around them, or write an array", None)
}

/// `v-model="text"`, `v-on:click="text"`.
pub(crate) fn directive_without_braces(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error("jsx-directive-value", format!("the value of `{name}` must be in braces"))
        .at(at)
        .note("in JSX, a value in quotes is a string; in a template it would be an expression")
        .fix(format!("write `{name}={{…}}`"), None)
}

/// `on="text"`, `props`.
pub(crate) fn group_without_braces(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error(
        "jsx-directive-value",
        format!("the value of `{name}` must be an object in braces"),
    )
    .at(at)
    .note(format!("`{name}` alone sets the whole group in Vue's data object"))
    .fix(format!("write `{name}={{{{ … }}}}`"), None)
}

/// `vModel={f()}`.
pub(crate) fn model_not_assignable(at: Label) -> Diagnostic {
    Diagnostic::error("v-model-target", "the expression of this `v-model` cannot be assigned to")
        .at(at.text("it must be a variable or a property"))
        .note("the entered value is assigned to it")
}

/// `v-model` on a `<div>`.
pub(crate) fn model_unsupported(at: Label, tag: &str) -> Diagnostic {
    Diagnostic::error("v-model-target", format!("`v-model` does not work on <{tag}>"))
        .at(at.text("users cannot enter a value here"))
        .note("it works on <input>, <select>, <textarea> and components")
}
