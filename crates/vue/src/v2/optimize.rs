//! Finds the elements that never change. They are rendered once, by functions of their own. Like
//! Vue, this pass looks at the properties that the parser found: any property that is not known to
//! be harmless makes an element dynamic. The content of a component always counts as dynamic.

use super::tree::{Condition, Element, ElementId, Node, Tree};

#[cfg(test)]
mod tests;

/// The elements that are rendered once.
#[derive(Debug, Default)]
pub(super) struct Hoisting {
    /// By `ElementId`.
    marks: Vec<Mark>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    is_static: bool,
    is_root: bool,
    is_in_for: bool,
}

impl Hoisting {
    /// Whether the element becomes a function of its own.
    pub(super) fn is_static_root(&self, id: ElementId) -> bool {
        self.marks[id.0 as usize].is_root
    }

    /// Whether the element is static or has `v-once`, and one of its ancestors is repeated.
    pub(super) fn is_static_in_for(&self, id: ElementId) -> bool {
        self.marks[id.0 as usize].is_in_for
    }
}

/// Marks every element. The tree is not too deep to be walked recursively.
pub(super) fn optimize(tree: &Tree) -> Hoisting {
    let mut pass = Pass { tree, marks: vec![Mark::default(); tree.len()] };
    if let Some(root) = tree.root {
        pass.mark_static(root, Surroundings::default());
        pass.mark_roots(root, false);
    }
    Hoisting { marks: pass.marks }
}

/// The surroundings of an element, as far as they decide whether it is static.
#[derive(Clone, Copy, Default)]
struct Surroundings {
    /// In an element with `v-pre`.
    is_raw: bool,
    /// In a repeated `<template>`, with only `<template>`s between.
    is_in_repeated_template: bool,
}

struct Pass<'a> {
    tree: &'a Tree,
    marks: Vec<Mark>,
}

impl<'a> Pass<'a> {
    fn mark_static(&mut self, id: ElementId, place: Surroundings) -> bool {
        let element = &self.tree[id];
        let mut is_static = is_static(element, place);
        // The content of a component belongs to its slots, and the component may change it.
        if element.is_reserved
            || element.tag == "slot"
            || element.attribute("inline-template").is_some()
        {
            let inside = Surroundings {
                is_raw: place.is_raw || element.is_pre,
                is_in_repeated_template: element.tag == "template"
                    && (element.is_repeated() || place.is_in_repeated_template),
            };
            for child in &element.children {
                is_static &= match child {
                    Node::Element(child) => self.mark_static(*child, inside),
                    Node::Expression { .. } => false,
                    Node::Text(_) | Node::Comment(_) => true,
                };
            }
            for branch in other_branches(element) {
                is_static &= self.mark_static(branch, place);
            }
        }
        self.marks[id.0 as usize].is_static = is_static;
        is_static
    }

    fn mark_roots(&mut self, id: ElementId, is_in_for: bool) {
        let element: &'a Element = &self.tree[id];
        let mark = &mut self.marks[id.0 as usize];
        mark.is_in_for = is_in_for && (mark.is_static || element.is_once);
        // A function for a single text would cost more than it saves.
        let is_worth_it = !matches!(element.children[..], [] | [Node::Text(_) | Node::Comment(_)]);
        if mark.is_static && is_worth_it {
            mark.is_root = true;
            return;
        }
        for child in &element.children {
            if let Node::Element(child) = child {
                self.mark_roots(*child, is_in_for || element.is_repeated());
            }
        }
        for branch in other_branches(element) {
            self.mark_roots(branch, is_in_for);
        }
    }
}

/// Returns the elements of its `v-else-if` and `v-else`.
fn other_branches(element: &Element) -> impl Iterator<Item = ElementId> {
    element.branches.iter().skip(1).map(|branch| branch.element)
}

/// Whether the element itself never changes, whatever its content is.
fn is_static(element: &Element, place: Surroundings) -> bool {
    element.is_pre
        || !element.has_bindings
            && matches!(element.condition, Condition::None)
            && !element.is_conditional()
            && element.repeat.is_none()
            && element.tag != "slot"
            && element.is_reserved
            && !place.is_in_repeated_template
            && is_plain(element)
            // A `<template>` may be for a slot. In `v-pre` it is an element like any other.
            && (element.tag != "template" || place.is_raw)
}

/// Whether it has only attributes, static classes and static styles. (Elements of `svg` and `math`
/// have a namespace, which is not among the properties that Vue regards as static.)
fn is_plain(element: &Element) -> bool {
    let has_identity =
        element.key.is_some() || element.reference.is_some() || element.component.is_some();
    let has_slots = element.slot.target.is_some()
        || element.slot.scope.is_some()
        || !element.slot.scoped.is_empty();
    let has_values = element.data.class.is_some()
        || element.data.style.is_some()
        || element.data.dynamic_attrs.is_some()
        || element.data.props.is_some()
        || !element.data.directives.is_empty()
        || !element.data.events.is_empty()
        || !element.data.native_events.is_empty();
    let is_special = element.is_once
        || element.is_inline_template
        || element.is_forbidden
        || element.namespace.is_some();
    !(has_identity || has_slots || has_values || is_special)
}
