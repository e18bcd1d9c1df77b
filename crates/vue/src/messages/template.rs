//! Diagnostics about the markup of templates.

use bundle_base::diagnostic::{Diagnostic, Label};

/// An element without its end tag.
pub(crate) fn unclosed_tag(at: Label, tag: &str) -> Diagnostic {
    Diagnostic::error("unclosed-tag", format!("<{tag}> has no end tag")).at(at)
}

/// A tag without its `>`.
pub(crate) fn malformed_tag(at: Label) -> Diagnostic {
    Diagnostic::error("malformed-tag", "the tag that begins here is incomplete").at(at)
}

/// A tag with two attributes of one name.
pub(crate) fn duplicate_attribute(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error("duplicate-attribute", format!("this tag has the attribute {name} twice"))
        .at(at)
}

/// A dynamic argument with characters that names of attributes cannot have: `:[a + b]`.
pub(crate) fn invalid_argument(at: Label) -> Diagnostic {
    Diagnostic::error(
        "invalid-dynamic-argument",
        "this dynamic argument is not allowed in the name of an attribute",
    )
    .at(at)
    .note(
        "the brackets cannot contain spaces, quotes or any of < > / =: move the expression into a \
         computed property",
    )
}

/// A template that has text and no element.
pub(crate) fn text_without_root(at: Label) -> Diagnostic {
    Diagnostic::error("no-root", "a template must have a root element, and this one is only text")
        .at(at)
}

/// Text before or after the root element.
pub(crate) fn text_outside_root(at: Label, text: &str) -> Diagnostic {
    let message =
        format!("the text \"{}\" is outside the root element and is not rendered", shortened(text));
    Diagnostic::error("text-outside-root", message).at(at)
}

/// A second root element that no `v-else` joins to the first one.
pub(crate) fn several_roots(at: Label, first: Label) -> Diagnostic {
    Diagnostic::error(
        "several-roots",
        "a template can have only one root element, and this is another one",
    )
    .at(at)
    .note_at("the root element", first)
    .note("to show one of several, chain them with v-if, v-else-if and v-else")
}

/// `<slot>` or `<template>` as the root element.
pub(crate) fn root_of_many(at: Label, tag: &str) -> Diagnostic {
    Diagnostic::error(
        "root-of-many",
        format!("<{tag}> cannot be the root element: it may render several elements"),
    )
    .at(at)
}

/// `v-for` on the root element.
pub(crate) fn repeated_root(at: Label) -> Diagnostic {
    Diagnostic::error(
        "repeated-root",
        "the root element cannot have v-for: it would render several elements",
    )
    .at(at)
}

/// `<script>` or `<style>` in a template.
pub(crate) fn side_effects(at: Label, tag: &str) -> Diagnostic {
    Diagnostic::error("side-effect-tag", format!("<{tag}> in a template is not rendered"))
        .at(at)
        .note(
            "a template describes what is shown; scripts and styles have their own blocks beside \
               it",
        )
}

/// A `v-for` without `in` or `of`.
pub(crate) fn invalid_for(at: Label, value: &str) -> Diagnostic {
    Diagnostic::error(
        "invalid-v-for",
        format!("\"{}\" is not a valid v-for expression", shortened(value)),
    )
    .at(at)
    .note("write \"item in list\" or \"(item, index) in list\"")
}

/// `v-else` or `v-else-if` on an element that does not follow one with `v-if`.
pub(crate) fn else_without_if(at: Label, name: &str, tag: &str) -> Diagnostic {
    Diagnostic::error("else-without-if", format!("the {name} of <{tag}> has no v-if"))
        .at(at)
        .note("the element right before it in the same parent must have v-if or v-else-if")
}

/// Text between an element with `v-if` and its `v-else`.
pub(crate) fn text_between_branches(at: Label, text: &str) -> Diagnostic {
    let what = match shortened(text) {
        // In `<pre>`, where white space counts.
        text if text.is_empty() => "white space".to_owned(),
        text => format!("\"{text}\""),
    };
    let message = format!("{what} is between v-if and v-else and is not rendered");
    Diagnostic::error("text-between-branches", message).at(at)
}

/// A `key` on a `<template>`.
pub(crate) fn keyed_template(at: Label) -> Diagnostic {
    Diagnostic::error("keyed-template", "<template> cannot have a key")
        .at(at)
        .note("put the key on the elements inside it")
}

/// A `key` on a `<slot>`.
pub(crate) fn keyed_slot(at: Label) -> Diagnostic {
    Diagnostic::error("keyed-slot", "<slot> cannot have a key: it may render several elements")
        .at(at)
        .note("put the key on an element around it")
}

/// The index of `v-for` as the `key` of an element in `<transition-group>`.
pub(crate) fn index_as_key(at: Label) -> Diagnostic {
    Diagnostic::warning(
        "index-as-key",
        "in <transition-group>, the index of v-for as a key has the same effect as no key",
    )
    .at(at)
}

/// `scope` on a `<template>`, the old name of `slot-scope`.
pub(crate) fn deprecated_scope(at: Label) -> Diagnostic {
    let renamed = written(&at).map(|attribute| format!("slot-{attribute}"));
    Diagnostic::warning("deprecated-scope", "scope on <template> is named slot-scope since Vue 2.5")
        .at(at)
        .fix("write slot-scope", renamed)
}

/// `slot-scope` and `v-for` on one element.
pub(crate) fn scope_and_repeat(at: Label, tag: &str) -> Diagnostic {
    Diagnostic::warning(
        "scope-and-v-for",
        format!("v-for is evaluated before slot-scope on <{tag}> and cannot use its values"),
    )
    .at(at)
    .note("put slot-scope on a <template> around it")
}

/// `v-slot` together with `slot`, `slot-scope` or `scope`.
pub(crate) fn mixed_slot_syntaxes(at: Label) -> Diagnostic {
    Diagnostic::error(
        "mixed-slot-syntaxes",
        "v-slot cannot be combined with slot, slot-scope or scope",
    )
    .at(at)
}

/// A `<template v-slot>` whose parent is not a component.
pub(crate) fn misplaced_slot_content(at: Label) -> Diagnostic {
    Diagnostic::error(
        "misplaced-v-slot",
        "<template v-slot> is in an element that is not a component",
    )
    .at(at)
    .note("its parent must be the component that receives the slot")
}

/// `v-slot` on an element that is not a component.
pub(crate) fn slot_on_element(at: Label, tag: &str) -> Diagnostic {
    Diagnostic::error(
        "v-slot-on-element",
        format!("v-slot cannot be used on <{tag}>: it is not a component"),
    )
    .at(at)
    .note("v-slot is for components and for <template>")
}

/// `v-slot` on a component that has a `<template v-slot>` inside too.
pub(crate) fn ambiguous_default_slot(at: Label) -> Diagnostic {
    Diagnostic::error(
        "ambiguous-default-slot",
        "v-slot on a component is ambiguous if the component receives other slots too",
    )
    .at(at)
    .note("put the content of the default slot into a <template v-slot> as well")
}

/// `#` without a name.
pub(crate) fn unnamed_slot(at: Label) -> Diagnostic {
    let named = written(&at)
        .and_then(|attribute| Some(format!("#default{}", attribute.strip_prefix('#')?)));
    Diagnostic::error("unnamed-slot", "# must be followed by the name of a slot")
        .at(at)
        .fix("write #default for the default slot", named)
}

/// `{{ … }}` in an attribute.
pub(crate) fn interpolation_in_attribute(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error(
        "interpolation-in-attribute",
        format!("the attribute {name} cannot have an interpolation"),
    )
    .at(at)
    .note(format!("bind the expression: :{name}=\"value\" instead of {name}=\"{{{{ value }}}}\""))
}

/// `v-bind` without an expression.
pub(crate) fn empty_binding(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error("empty-v-bind", format!("the binding of {name} has no expression")).at(at)
}

/// `v-model` of the variable that `v-for` declares.
pub(crate) fn model_of_alias(at: Label, alias: &str) -> Diagnostic {
    let alias = shortened(alias);
    Diagnostic::error(
        "v-model-on-alias",
        format!("v-model cannot assign to \"{alias}\": it is an alias of v-for"),
    )
    .at(at)
    .note(
        "assigning to it changes neither the list nor its items: bind a property of an object in \
         the list instead",
    )
}

/// A handler with both `.passive` and `.prevent`.
pub(crate) fn passive_and_prevent(at: Label) -> Diagnostic {
    Diagnostic::error("passive-and-prevent", "a passive handler cannot prevent the default")
        .at(at)
        .note("remove .passive or .prevent")
}

/// Returns the text of the file at a label.
fn written(at: &Label) -> Option<&str> {
    at.source.text.get(at.span.start as usize..at.span.end as usize)
}

/// Shortens a text of the user, so that it can be quoted in a message.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
