//! Diagnostics about the expressions in templates, and about directives that do not fit their
//! elements.

use bundle_base::{Diagnostic, Label};

/// `v-once` in a list whose items have no keys.
pub(crate) fn once_without_key(at: Label) -> Diagnostic {
    Diagnostic::error(
        "once-without-key",
        "`v-once` in a `v-for` needs a `key` on the repeated element",
    )
    .at(at)
    .note("Vue keeps what was rendered once under the item's key")
}

/// `<my-component v-for>` without key.
pub(crate) fn component_without_key(at: Label, tag: &str) -> Diagnostic {
    Diagnostic::warning(
        "component-without-key",
        format!("the repeated component <{tag}> has no `key`"),
    )
    .at(at)
    .note("without keys, Vue may reuse a component, with its state, for another item of the list")
}

/// `inline-template` whose content is not exactly one element.
pub(crate) fn inline_template_root(at: Label) -> Diagnostic {
    Diagnostic::error(
        "inline-template-root",
        "a component with `inline-template` must contain exactly one element",
    )
    .at(at)
}

/// `v-on.stop="listeners"`.
pub(crate) fn listeners_with_modifiers(at: Label) -> Diagnostic {
    Diagnostic::warning(
        "listeners-with-modifiers",
        "`v-on` without an event takes no modifiers; they do nothing",
    )
    .at(at)
}

/// `<input type="file" v-model>`.
pub(crate) fn model_of_file(at: Label) -> Diagnostic {
    Diagnostic::error("model-unsupported", "`v-model` cannot set the value of a file input")
        .at(at)
        .note("its files can only be read: listen to `@change`")
}

/// `v-model=""`.
pub(crate) fn empty_model(at: Label) -> Diagnostic {
    Diagnostic::error("empty-v-model", "`v-model` has no expression").at(at).note(
        "write a property of the component: `v-model=\"name\"`, `v-model=\"user.name\"`, \
               `v-model=\"list[0]\"`",
    )
}

/// `v-model="a + b"`.
pub(crate) fn model_target(at: Label) -> Diagnostic {
    Diagnostic::error("v-model-target", "the expression of this `v-model` cannot be assigned to")
        .at(at.text("it must be a variable or a property"))
        .note("the entered value is assigned to it")
}

/// `<p v-model>`.
pub(crate) fn model_of_element(at: Label, tag: &str) -> Diagnostic {
    Diagnostic::warning(
        "model-ignored",
        format!("`v-model` does nothing on <{tag}>, which has no value"),
    )
    .at(at)
    .note("`v-model` works on <input>, <textarea>, <select> and components")
}

/// `<input v-model :value>`.
pub(crate) fn model_and_value(at: Label, model: Label) -> Diagnostic {
    Diagnostic::error("model-and-value", "the value is bound twice: `v-model` binds it too")
        .at(at)
        .note_at("it is bound here as well", model)
}

/// The value of a binding is not an expression.
pub(crate) fn invalid_expression(at: Label, reason: String) -> Diagnostic {
    Diagnostic::error("invalid-expression", "this is not a JavaScript expression")
        .at(at.text(reason))
}

/// `:a="class"`, `@click="if (a) b()"`.
pub(crate) fn keyword_in_expression(at: Label, word: &str) -> Diagnostic {
    Diagnostic::error("keyword-in-expression", format!("`{word}` is not allowed in an expression"))
        .at(at)
        .note("it is a reserved word: move statements into a method of the component")
}

/// `@click="delete (item)"`.
pub(crate) fn operator_as_name(at: Label, operator: &str) -> Diagnostic {
    Diagnostic::error(
        "operator-as-name",
        format!("`{operator}(…)` is an operator of the language, not a method"),
    )
    .at(at)
    .note("Vue reads it as the operator even after a `.`: give the method another name")
}

/// `v-for="1 in list"`.
pub(crate) fn invalid_for_alias(at: Label, alias: &str) -> Diagnostic {
    Diagnostic::error("invalid-for-alias", format!("\"{alias}\" cannot name the items of `v-for`"))
        .at(at)
        .note("write `item in list`, `(item, index) in list` or `(value, key, index) in object`")
}

/// `#item="a b"`.
pub(crate) fn invalid_slot_parameters(at: Label, reason: String) -> Diagnostic {
    Diagnostic::error("invalid-slot-parameters", "these are not parameters of a function")
        .at(at.text(reason))
        .note(
            "a slot's value is written like the parameters of a function: `props`, or `{ item, \
               index }`",
        )
}

/// Elements or expressions are nested too deeply.
pub(crate) fn nested_too_deeply(at: Label) -> Diagnostic {
    Diagnostic::error("nested-too-deeply", "this template is nested too deeply to be compiled")
        .at(at.text("the limit is reached here"))
        .note("move a part of it into a component of its own")
}
