//! Slots, in the three syntaxes of Vue 2: `slot="name"`, `slot-scope`, and `v-slot:name`.

use super::{attributes::argument, context::Context, draft::Draft, table};
use crate::{
    mapped_code::MappedCode,
    messages::template as messages,
    v2::tree::{Attribute, Element, ElementId, Node, SlotScope, Tree},
};

/// Reads the attributes of an element that concern slots: those of its parent, or its own if it is
/// a component.
pub(super) fn process_slots(
    draft: &mut Draft,
    parent: Option<&Draft>,
    tree: &mut Tree,
    cx: &mut Context<'_>,
) {
    process_scope(draft, cx);
    process_target(draft);
    let Some(attribute) = draft.take_first(is_slot) else { return };
    if draft.element.tag == "template" {
        process_content(draft, &attribute, parent, cx);
    } else {
        process_default(draft, &attribute, tree, cx);
    }
}

/// True for `v-slot`, `v-slot:name` and `#name`.
fn is_slot(name: &str) -> bool {
    name.starts_with('#')
        || name.strip_prefix("v-slot").is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// Reads `slot-scope`, or `scope`, its older name.
fn process_scope(draft: &mut Draft, cx: &mut Context<'_>) {
    let is_template = draft.element.tag == "template";
    let old = if is_template { draft.take_value("scope") } else { None };
    if let Some(old) = &old {
        cx.report(old.span, messages::deprecated_scope);
    }
    let Some(scope) = old.or_else(|| draft.take_value("slot-scope")) else { return };
    if !is_template && draft.value("v-for").is_some() {
        let tag = draft.element.tag.clone();
        cx.report(scope.span, |at| messages::scope_and_repeat(at, &tag));
    }
    draft.element.slot.scope = Some(SlotScope::Parameters(scope.value));
}

/// Reads `slot="name"`.
fn process_target(draft: &mut Draft) {
    let Some(target) = draft.take_bound_or_static("slot") else { return };
    let is_default = target.text() == "\"\"";
    draft.element.slot.target =
        Some(if is_default { MappedCode::made("\"default\"") } else { target.clone() });
    draft.element.slot.is_target_dynamic =
        draft.value(":slot").or_else(|| draft.value("v-bind:slot")).is_some();
    // Native slots of the browser need the attribute.
    if draft.element.tag != "template" && draft.element.slot.scope.is_none() {
        let name = MappedCode::made("slot");
        draft.push_attr(name, target);
    }
}

/// Reads `<template v-slot:name="…">`.
fn process_content(
    draft: &mut Draft,
    attribute: &Attribute,
    parent: Option<&Draft>,
    cx: &mut Context<'_>,
) {
    refuse_mixture(draft, attribute, cx);
    if parent.is_some_and(|parent| !may_be_component(parent)) {
        cx.report(attribute.span, messages::misplaced_slot_content);
    }
    let (target, is_dynamic) = slot_name(attribute, cx);
    draft.element.slot.target = Some(target);
    draft.element.slot.is_target_dynamic = is_dynamic;
    draft.element.slot.scope = Some(parameters(attribute));
}

/// Reads `<component v-slot="…">`. All its content, except slots with a scope of their own, becomes
/// the content of the slot.
fn process_default(
    draft: &mut Draft,
    attribute: &Attribute,
    tree: &mut Tree,
    cx: &mut Context<'_>,
) {
    if !may_be_component(draft) {
        let tag = draft.element.tag.clone();
        cx.report(attribute.span, |at| messages::slot_on_element(at, &tag));
    }
    refuse_mixture(draft, attribute, cx);
    if !draft.element.slot.scoped.is_empty() {
        cx.report(attribute.span, messages::ambiguous_default_slot);
    }
    let (target, is_target_dynamic) = slot_name(attribute, cx);
    let id = tree.next_id();
    let mut content = Element {
        tag: "template".to_owned(),
        is_reserved: true,
        span: draft.element.span,
        start_tag: attribute.span,
        parent: Some(draft.id),
        ..Element::default()
    };
    content.slot.target = Some(target.clone());
    content.slot.is_target_dynamic = is_target_dynamic;
    content.slot.scope = Some(parameters(attribute));
    content.children = without_scoped(std::mem::take(&mut draft.element.children), tree);
    for child in &content.children {
        if let Node::Element(child) = child {
            tree[*child].parent = Some(id);
        }
    }
    tree.put(id, Box::new(content));
    draft.put_slot(target, id);
    draft.element.is_plain = false;
}

/// Returns the children without those that are slots with a scope, which are in `slot.scoped`.
pub(super) fn without_scoped(mut children: Vec<Node>, tree: &Tree) -> Vec<Node> {
    let is_scoped = |id: ElementId| tree[id].slot.scope.is_some();
    children.retain(|child| !matches!(child, Node::Element(id) if is_scoped(*id)));
    children
}

fn refuse_mixture(draft: &Draft, attribute: &Attribute, cx: &mut Context<'_>) {
    if draft.element.slot.target.is_some() || draft.element.slot.scope.is_some() {
        cx.report(attribute.span, messages::mixed_slot_syntaxes);
    }
}

fn parameters(attribute: &Attribute) -> SlotScope {
    if attribute.value.is_empty() {
        SlotScope::Nothing
    } else {
        SlotScope::Parameters(attribute.value.clone())
    }
}

/// Returns the name of the slot as JavaScript, and whether it is an expression.
fn slot_name(attribute: &Attribute, cx: &mut Context<'_>) -> (MappedCode, bool) {
    let written = attribute.name.text();
    let is_short = written.starts_with('#');
    let prefix = if is_short { 1 } else { "v-slot:".len().min(written.len()) };
    let name = attribute.name.slice(prefix..written.len());
    if name.is_empty() {
        if is_short {
            cx.report(attribute.span, messages::unnamed_slot);
        }
        return (MappedCode::made(if is_short { "\"\"" } else { "\"default\"" }), false);
    }
    match argument(&name) {
        (expression, true) => (expression, true),
        (name, false) => (name.quoted(), false),
    }
}

/// True unless the element is certainly one of HTML or SVG.
fn may_be_component(draft: &Draft) -> bool {
    let element = &draft.element;
    element.component.is_some()
        || draft.value(":is").or_else(|| draft.value("v-bind:is")).is_some()
        || !draft.value("is").map_or(element.is_reserved, |is| table::is_reserved(is.text()))
}
