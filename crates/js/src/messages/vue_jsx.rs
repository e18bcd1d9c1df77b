//! Messages about Vue 2's JSX.

use bundle_base::{Diagnostic, Label};

/// `<>…</>`.
pub(crate) fn vue2_fragment(at: Label) -> Diagnostic {
    Diagnostic::error("jsx-fragment", "Vue 2 has no fragments")
        .at(at.text("this has no element"))
        .note(
            "a component of Vue 2 renders one element; where a list of elements is allowed, write \
             an array",
        )
        .fix("put an element around them, or write an array", None)
}

/// `v-model="text"`, `v-on:click="text"`.
pub(crate) fn directive_without_braces(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error("jsx-directive-value", format!("the value of `{name}` must be in braces"))
        .at(at)
        .note("in JSX, text in quotes is text; in a template it would be an expression")
        .fix(format!("write `{name}={{…}}`"), None)
}

/// `on="text"`, `props`.
pub(crate) fn group_without_braces(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error(
        "jsx-directive-value",
        format!("the value of `{name}` must be an object in braces"),
    )
    .at(at)
    .note(format!("`{name}` alone stands for the whole group of Vue's data object"))
    .fix(format!("write `{name}={{{{ … }}}}`"), None)
}

/// `vModel={f()}`.
pub(crate) fn model_not_assignable(at: Label) -> Diagnostic {
    Diagnostic::error("v-model-target", "the expression of this `v-model` cannot be assigned to")
        .at(at.text("it must be a variable or a property"))
        .note("what is entered is written back to it")
}

/// `v-model` on a `<div>`.
pub(crate) fn model_unsupported(at: Label, tag: &str) -> Diagnostic {
    Diagnostic::error("v-model-target", format!("`v-model` does not work on <{tag}>"))
        .at(at.text("nothing is entered here"))
        .note("it works on <input>, <select>, <textarea> and components")
}
