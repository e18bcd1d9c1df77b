//! Generates the code of render functions from elements, as Vue's own compiler writes it:
//! `_c('p',[_v(_s(name))])`. Free names in the expressions stay as written in the template;
//! `prefix` adds later where each comes from. The code equals that of Vue's compiler exactly,
//! because a part of it is hashed into keys that decide what the runtime reuses.
//!
//! Mistakes that can only be found here are reported here, for example `v-model` on an element that
//! cannot have it.

use bundle_base::{Diagnostics, Label};

use self::{
    functions::Body,
    generator::{Done, Form, Generator},
};
use super::{
    optimize::Hoisting,
    report::report,
    tree::{Branch, Element, ElementId, Tree},
};
use crate::{expression::Piece, messages::render as messages};

mod children; // lists of children, texts, and `<slot>`
mod component; // finds the variable of the script that a tag means
mod data; // the second argument of `_c`
mod directives; // additions of directives to an element's data
pub(super) mod events; // event handlers
mod functions; // the function bodies that come out
mod generator; // the state while code is written
mod inline; // `inline-template`
mod keys; // names and codes of keyboard keys
mod names; // free names of generated code
mod scoped_slots; // content that is passed to a component as functions
#[cfg(test)]
mod tests;
mod v_model; // `v-model`

pub(super) use functions::Functions;
pub(super) use generator::Context;

/// Generates the functions of a template. The tree is not too deep to be walked recursively.
pub(super) fn generate(
    tree: &Tree,
    hoisting: &Hoisting,
    cx: Context<'_>,
    log: &mut Diagnostics,
) -> Functions {
    Generator::new(tree, hoisting, cx, log).functions(tree.root)
}

impl<'a> Generator<'a, '_> {
    fn functions(mut self, root: Option<ElementId>) -> Functions {
        self.open_function();
        match root {
            None => self.push("_c(\"div\")"),
            Some(root) if self.tree[root].tag == "script" => self.push("null"),
            Some(root) => self.element(root, Done::default()),
        }
        Functions { render: Body { code: self.out, names: self.names }, statics: self.statics }
    }

    fn element(&mut self, id: ElementId, done: Done) {
        let element: &'a Element = &self.tree[id];
        let (was_pre, depth) = (self.is_pre, self.depth);
        self.is_pre |= element.is_pre;
        self.depth += names::ELEMENT;
        if self.hoisting.is_static_root(id) && !done.has(Done::HOISTED) {
            self.hoisted(id, done);
        } else if element.is_once && !done.has(Done::ONCE) {
            self.once(id, done);
        } else if element.is_repeated() && !done.has(Done::REPEATED) {
            self.repeated(id, done, Form::Element);
        } else if element.is_conditional() && !done.has(Done::CHOSEN) {
            self.chosen(id, done, Form::Element);
        } else if element.tag == "template" && element.slot.target.is_none() && !self.is_raw {
            if element.children.is_empty() {
                self.push("void 0");
            } else {
                self.children(element, false);
            }
        } else if element.tag == "slot" {
            self.outlet(element);
        } else {
            self.call(element);
        }
        (self.is_pre, self.depth) = (was_pre, depth);
    }

    /// Writes `_c(tag,data,children)`.
    fn call(&mut self, element: &'a Element) {
        let is_component = element.maybe_component();
        self.push("_c(");
        let variable = if is_component { self.variable_of(element) } else { None };
        match (&element.component, variable) {
            (Some(component), _) => self.value(component),
            (None, Some(variable)) => {
                self.out.mark(element.start_tag.start + 1);
                self.name(&variable);
            }
            (None, None) => {
                self.push("'");
                self.out.push_made_of(&element.tag, element.start_tag.start + 1);
                self.push("'");
            }
        }
        if element.component.is_some() || !element.is_plain || self.is_pre && is_component {
            self.push(",");
            self.data(element);
        }
        if !element.is_inline_template && !element.children.is_empty() {
            self.push(",");
            self.children(element, true);
        }
        self.push(")");
    }

    /// Makes a function of the element and writes its call, `_m(0)`. The runtime keeps the result
    /// between renders.
    fn hoisted(&mut self, id: ElementId, done: Done) {
        let (out, was_raw) = (std::mem::take(&mut self.out), self.is_raw);
        let (names, declared) = (self.names.take(), std::mem::take(&mut self.declared));
        self.is_raw |= self.is_pre;
        self.open_function();
        self.element(id, done.and(Done::HOISTED));
        self.is_raw = was_raw;
        let code = std::mem::replace(&mut self.out, out);
        self.statics.push(Body { code, names: std::mem::replace(&mut self.names, names) });
        self.declared = declared;
        let is_in_for = if self.hoisting.is_static_in_for(id) { ",true" } else { "" };
        self.name("_m");
        self.push(&format!("({}{is_in_for})", self.statics.len() - 1));
    }

    /// Writes an element with `v-once`. It is hoisted, or, if it is repeated, kept by the key of
    /// the item.
    fn once(&mut self, id: ElementId, done: Done) {
        let done = done.and(Done::ONCE);
        let element = &self.tree[id];
        if element.is_conditional() && !done.has(Done::CHOSEN) {
            return self.chosen(id, done, Form::Element);
        }
        if !self.hoisting.is_static_in_for(id) {
            return self.hoisted(id, done);
        }
        let repeated = self.ancestors(element).find(|ancestor| ancestor.is_repeated());
        let Some(key) = repeated.and_then(|ancestor| ancestor.key.as_ref()) else {
            let span =
                element.attribute("v-once").map_or(element.start_tag, |attribute| attribute.span);
            self.report(messages::once_without_key, span);
            return self.element(id, done);
        };
        self.call_of("_o");
        self.element(id, done);
        self.push(&format!(",{},", self.once));
        self.once += 1;
        self.value(key);
        self.push(")");
    }

    /// Writes `(a)?…:(b)?…:_e()`.
    fn chosen(&mut self, id: ElementId, done: Done, form: Form) {
        let element: &'a Element = &self.tree[id];
        for Branch { test, element: branch } in &element.branches {
            self.depth += 1;
            let done = if *branch == id { done.and(Done::CHOSEN) } else { Done::default() };
            if let Some(test) = test.as_ref().filter(|test| !test.is_empty()) {
                self.push("(");
                self.expression(test);
                self.push(")?");
                self.branch(*branch, done, form);
                self.push(":");
            } else {
                return self.branch(*branch, done, form);
            }
        }
        if form == Form::Slot {
            self.push("null");
        } else {
            self.call_of("_e");
            self.push(")");
        }
    }

    fn branch(&mut self, id: ElementId, done: Done, form: Form) {
        match form {
            Form::Slot => self.scoped_slot(id, done),
            Form::Element if self.tree[id].is_once => self.once(id, done),
            Form::Element => self.element(id, done),
        }
    }

    /// Writes `_l((list),function(item,index){return …})`.
    fn repeated(&mut self, id: ElementId, done: Done, form: Form) {
        let done = done.and(Done::REPEATED);
        let element: &'a Element = &self.tree[id];
        let Some(repeat) = &element.repeat else { return };
        if element.maybe_component()
            && !matches!(&*element.tag, "slot" | "template")
            && element.key.is_none()
        {
            let span =
                element.attribute("v-for").map_or(element.start_tag, |attribute| attribute.span);
            let label = Label::new(self.cx.source, span);
            report(self.log, messages::component_without_key(label, &element.tag));
        }
        self.call_of("_l");
        self.push("(");
        self.expression(&repeat.list);
        self.push("),function(");
        let (start, known) = (self.out.text().len(), self.declared.len());
        self.out.push(&repeat.alias);
        for index in [&repeat.first_index, &repeat.second_index].into_iter().flatten() {
            if !index.is_empty() {
                self.push(",");
                self.out.push(index);
            }
        }
        self.read(start, Piece::Parameters);
        self.depth += names::LIST;
        self.push("){return ");
        match form {
            Form::Element => self.element(id, done),
            Form::Slot => self.scoped_slot(id, done),
        }
        self.declared.truncate(known);
        self.push("})");
    }
}
