//! Reads the attributes of an element that mean something to Vue, in the order in which Vue reads
//! them.

use super::{
    attributes::{process_attributes, refuse_interpolation},
    context::Context,
    draft::Draft,
    repeat::parse_for,
    slots::process_slots,
    style::{static_class, static_style},
};
use crate::{
    mapped_code::MappedCode,
    messages::template as messages,
    v2::tree::{Branch, Condition, Property, Reference, Tree},
};

/// Reads `v-for`, `v-if` and `v-once`, which are known before the children are.
pub(super) fn process_structure(draft: &mut Draft, cx: &mut Context<'_>) {
    process_for(draft, cx);
    process_condition(draft);
    draft.element.is_once = draft.take("v-once").is_some();
}

/// Reads `v-for`.
pub(super) fn process_for(draft: &mut Draft, cx: &mut Context<'_>) {
    let Some(taken) = draft.take_value("v-for") else { return };
    draft.element.repeat = parse_for(&taken.value);
    if draft.element.repeat.is_none() {
        cx.report(taken.span, |at| messages::invalid_for(at, taken.value.text()));
    }
}

/// Reads `v-if`, `v-else-if` and `v-else`.
fn process_condition(draft: &mut Draft) {
    let element = draft.id;
    if let Some(taken) = draft.take_value("v-if") {
        draft.element.branches.push(Branch { test: Some(taken.value), element });
        draft.element.condition = Condition::If;
        return;
    }
    let is_else = draft.take("v-else").is_some();
    draft.element.condition = match draft.take_value("v-else-if") {
        Some(taken) => Condition::ElseIf(taken.value),
        None if is_else => Condition::Else,
        None => Condition::None,
    };
}

/// Handles an element in `v-pre`, where all attributes are plain.
pub(super) fn process_raw(draft: &mut Draft) {
    let attributes = &draft.element.attributes;
    let raw = |index: &usize| {
        let attribute = &attributes[*index];
        Property {
            name: attribute.name.clone(),
            value: attribute.value.quoted(),
            is_dynamic: false,
        }
    };
    let attrs: Vec<_> = draft.left.iter().map(raw).collect();
    if !attrs.is_empty() {
        draft.element.data.attrs = Some(attrs);
    } else if !draft.element.is_pre {
        draft.element.is_plain = true;
    }
}

/// Reads all other attributes. `around`: the elements that contain it, from the root down.
pub(super) fn process(draft: &mut Draft, around: &[Draft], tree: &mut Tree, cx: &mut Context<'_>) {
    process_key(draft, around.last(), cx);
    let element = &mut draft.element;
    element.is_plain =
        element.key.is_none() && element.slot.scoped.is_empty() && draft.left.is_empty();
    if let Some(name) = draft.take_bound_or_static("ref") {
        draft.element.reference = Some(Reference { name, is_in_for: draft.is_in_for });
    }
    process_slots(draft, around.last(), tree, cx);
    process_outlet(draft, cx);
    draft.element.component = draft.take_bound_or_static("is");
    draft.element.is_inline_template = draft.take("inline-template").is_some();
    process_class_and_style(draft, cx);
    process_attributes(draft, around, cx);
}

/// Reads `key`.
fn process_key(draft: &mut Draft, parent: Option<&Draft>, cx: &mut Context<'_>) {
    let Some(key) = draft.take_bound_or_static("key") else { return };
    let span = draft.span_of("key");
    if draft.element.tag == "template" {
        cx.report(span, messages::keyed_template);
    }
    let is_in_transition = parent.is_some_and(|parent| parent.element.tag == "transition-group");
    let repeat = draft.element.repeat.as_ref().filter(|_| is_in_transition);
    let nonempty = |index: &Option<MappedCode>| index.clone().filter(|index| !index.is_empty());
    let index = repeat.and_then(|repeat| {
        nonempty(&repeat.second_index).or_else(|| nonempty(&repeat.first_index))
    });
    if index.is_some_and(|index| index.text() == key.text()) {
        cx.report(span, messages::index_as_key);
    }
    draft.element.key = Some(key);
}

/// Reads the attributes of `<slot>`.
fn process_outlet(draft: &mut Draft, cx: &mut Context<'_>) {
    if draft.element.tag != "slot" {
        return;
    }
    draft.element.slot_name = draft.take_bound_or_static("name");
    if draft.element.key.is_some() {
        cx.report(draft.span_of("key"), messages::keyed_slot);
    }
}

/// Reads `class` and `style`.
fn process_class_and_style(draft: &mut Draft, cx: &mut Context<'_>) {
    draft.element.data.static_class =
        take_static(draft, "class", cx).map(|value| static_class(&value));
    draft.element.data.class = draft.take_bound("class");
    draft.element.data.static_style =
        take_static(draft, "style", cx).map(|value| static_style(&value));
    draft.element.data.style = draft.take_bound("style");
}

fn take_static(draft: &mut Draft, name: &str, cx: &mut Context<'_>) -> Option<MappedCode> {
    let taken = draft.take_value(name)?;
    if let Some(attribute) = draft.element.attribute(name) {
        refuse_interpolation(attribute, cx);
    }
    Some(taken.value)
}
