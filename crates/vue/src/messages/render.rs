//! About the expressions in templates, and about directives that do not fit their elements.

use bundle_base::{Diagnostic, Label};

/// `v-once` in a list whose items have no keys.
pub(crate) fn once_without_key(at: Label) -> Diagnostic {
    Diagnostic::error("once-without-key", "`v-once` in a `v-for` needs a `key` on the repeated element")
        .at(at)
        .note("what is rendered once is remembered by the item's key")
}

/// `<my-component v-for>` without key.
pub(crate) fn component_without_key(at: Label, tag: &str) -> Diagnostic {
    Diagnostic::warning("component-without-key", format!("the repeated component <{tag}> has no `key`"))
        .at(at)
        .note("without keys, components are reused for other items of the list, with the state they have")
}

/// `inline-template` around anything but one element.
pub(crate) fn inline_template_root(at: Label) -> Diagnostic {
    Diagnostic::error("inline-template-root", "a component with `inline-template` contains exactly one element").at(at)
}

/// `v-on.stop="listeners"`.
pub(crate) fn listeners_with_modifiers(at: Label) -> Diagnostic {
    Diagnostic::warning("listeners-with-modifiers", "`v-on` without an event takes no modifiers; they do nothing")
        .at(at)
}

/// `<input type="file" v-model>`.
pub(crate) fn model_of_file(at: Label) -> Diagnostic {
    Diagnostic::error("model-unsupported", "`v-model` cannot set the value of a file input")
        .at(at)
        .note("its files can only be read: listen to `@change`")
}

/// `<p v-model>`.
pub(crate) fn model_of_element(at: Label, tag: &str) -> Diagnostic {
    Diagnostic::error("model-unsupported", format!("<{tag}> has no value for `v-model`"))
        .at(at)
        .note("`v-model` works on <input>, <textarea>, <select> and components")
}

/// `<input v-model :value>`.
pub(crate) fn model_and_value(at: Label, model: Label) -> Diagnostic {
    Diagnostic::error("model-and-value", "the value is bound twice: `v-model` binds it too")
        .at(at)
        .note_at("it is bound here as well", model)
}
