//! Scoped slots: content that is passed to a component as functions.

use super::{
    super::tree::{Element, ElementId, Node, SlotScope, Tree},
    generator::{Done, Form, Generator},
    names,
};
use crate::{expression::Piece, mapped_code::MappedCode};

impl<'a> Generator<'a, '_> {
    /// Writes `scopedSlots:_u([…])`, with the arguments that decide when the component has to
    /// update because of its slots.
    pub(super) fn scoped_slots(&mut self, element: &'a Element) {
        let must_update = element.is_repeated()
            || element.slot.scoped.iter().any(|(_, id)| self.may_change(*id))
            || self.ancestors(element).any(is_scope);
        // The runtime may reuse a component of one branch for another branch. A hash of the slots'
        // code distinguishes them.
        let needs_key =
            element.is_conditional() || self.ancestors(element).any(Element::is_conditional);
        self.push("scopedSlots:");
        self.call_of("_u");
        self.push("[");
        let start = self.out.text().len();
        let depth = self.depth;
        for (index, (_, slot)) in element.slot.scoped.iter().enumerate() {
            if index > 0 {
                self.push(",");
            }
            self.depth = depth + names::SLOT;
            self.scoped_slot(*slot, Done::default());
        }
        self.depth = depth;
        let hash = (needs_key && !must_update).then(|| hash(&self.out.text()[start..]));
        self.push("]");
        if must_update {
            self.push(",null,true");
        } else if let Some(hash) = hash {
            self.push(&format!(",null,false,{hash}"));
        }
        self.push(")");
    }

    /// Whether the next render may have another slot, or another number of slots.
    fn may_change(&self, id: ElementId) -> bool {
        let slot = &self.tree[id];
        slot.slot.is_target_dynamic
            || slot.is_conditional()
            || slot.is_repeated()
            || has_outlet(self.tree, id)
    }

    /// Writes `{key:"name",fn:function(props){return …}}`.
    pub(super) fn scoped_slot(&mut self, id: ElementId, done: Done) {
        let element: &'a Element = &self.tree[id];
        let is_old =
            element.attribute("slot-scope").is_some_and(|attribute| !attribute.value.is_empty());
        if element.is_conditional() && !done.has(Done::CHOSEN) && !is_old {
            return self.chosen(id, done, Form::Slot);
        }
        if element.is_repeated() && !done.has(Done::REPEATED) {
            return self.repeated(id, done, Form::Slot);
        }
        self.push("{key:");
        match target(element) {
            Some(target) => self.value(target),
            None => self.push("\"default\""),
        }
        self.push(",fn:function(");
        let parameters = match &element.slot.scope {
            Some(SlotScope::Parameters(parameters)) => Some(parameters),
            Some(SlotScope::Nothing) | None => None,
        };
        let known = self.declared.len();
        if let Some(parameters) = parameters {
            self.piece(parameters, Piece::Parameters);
        }
        self.push("){return ");
        self.slot_content(id, done, is_old);
        self.declared.truncate(known);
        self.push("}");
        if parameters.is_none_or(MappedCode::is_empty) {
            self.push(",proxy:true");
        }
        self.push("}");
    }

    fn slot_content(&mut self, id: ElementId, done: Done, is_old: bool) {
        let element: &'a Element = &self.tree[id];
        if element.tag != "template" {
            return self.element(id, done);
        }
        let test = element.branches.first().and_then(|own| own.test.as_ref()).filter(|_| is_old);
        if let Some(test) = test {
            self.push("(");
            self.expression(test);
            self.push(")?");
        }
        if element.children.is_empty() {
            self.name("undefined");
        } else {
            self.children(element, false);
        }
        if test.is_some() {
            self.push(":");
            self.name("undefined");
        }
    }
}

fn target(element: &Element) -> Option<&MappedCode> {
    element.slot.target.as_ref().filter(|target| !target.is_empty())
}

/// Whether the content sees variables whose changes do not update the component itself.
fn is_scope(element: &Element) -> bool {
    element.is_repeated()
        || matches!(&element.slot.scope, Some(SlotScope::Parameters(names)) if !names.is_empty())
}

/// Whether the content passes on slots of the outer component.
fn has_outlet(tree: &Tree, id: ElementId) -> bool {
    let element = &tree[id];
    let has_child =
        |child: &Node| matches!(child, Node::Element(child) if has_outlet(tree, *child));
    element.tag == "slot" || element.children.iter().any(has_child)
}

/// Hashes a text as Vue does: over UTF-16 units, from the end.
fn hash(text: &str) -> u32 {
    let mix = |hash: u32, unit: u16| hash.wrapping_mul(33) ^ u32::from(unit);
    let mut units = [0; 2];
    text.chars().rev().fold(5381, |hash, c| {
        c.encode_utf16(&mut units).iter().rev().fold(hash, |hash, unit| mix(hash, *unit))
    })
}
