//! Mistakes in a template's expressions. Each is parsed by itself, as Vue's compiler does it in development: `a) + (b` would fit
//! into the program that it becomes a part of.
//!
//! Vue does not look into slots with parameters, nor into `v-else`: there it lets statements pass that it refuses elsewhere, and
//! people have come to write them.

use std::{ops::Range, sync::Arc};

use bundle_base::{Diagnostic, Diagnostics, Label, Source};

use super::{
    generate::say,
    tree::{Attribute, Element, ElementId, Node, Repeat, SlotScope, Tree},
};
use crate::{
    code::Code,
    expression::{Mistake, is_name, is_plain, parse, without_strings},
    messages::render as messages,
};

#[cfg(test)]
mod tests;
mod words; // keywords and operators in an expression

/// Reports the mistakes of every expression. The tree is not too deep to be walked recursively.
pub(super) fn check(tree: &Tree, source: &Arc<Source>, is_typescript: bool, log: &mut Diagnostics) {
    let mut check = Check { tree, source, is_typescript, log, buffer: String::new() };
    if let Some(root) = tree.root {
        check.element(root, Strictness::Expressions);
    }
}

/// What a handler may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strictness {
    /// What can stand behind `return`.
    Expressions,
    /// Statements too.
    Statements,
}

/// A sentence with a reason.
type Message = fn(Label, String) -> Diagnostic;

struct Check<'a> {
    tree: &'a Tree,
    source: &'a Arc<Source>,
    is_typescript: bool,
    log: &'a mut Diagnostics,
    /// What is parsed. It is one for all, to be allocated once.
    buffer: String,
}

impl Check<'_> {
    fn element(&mut self, id: ElementId, strictness: Strictness) {
        let tree = self.tree;
        let element = &tree[id];
        for attribute in &element.attributes {
            if !attribute.value.is_empty() {
                self.attribute(element, attribute, strictness);
            }
        }
        for child in &element.children {
            match child {
                Node::Element(child) => self.element(*child, strictness),
                Node::Expression { code, .. } => self.expression(code),
                Node::Text(_) | Node::Comment(_) => {}
            }
        }
        let branches = element.branches.iter().skip(1).map(|branch| branch.element);
        for other in branches.chain(element.slot.scoped.iter().map(|(_, slot)| *slot)) {
            self.element(other, Strictness::Statements);
        }
    }

    fn attribute(&mut self, element: &Element, attribute: &Attribute, strictness: Strictness) {
        let (name, value) = (attribute.name.text(), &attribute.value);
        match name {
            "v-for" => {
                if let Some(repeat) = &element.repeat {
                    self.repeat(repeat);
                }
            }
            "slot-scope" | "scope" => {
                if let Some(SlotScope::Parameters(parameters)) = &element.slot.scope {
                    self.parameters(parameters);
                }
            }
            _ if name == "v-slot" || name.starts_with("v-slot:") || name.starts_with('#') => self.parameters(value),
            _ if name.starts_with('@') || name.starts_with("v-on:") => self.handler(value, strictness),
            _ if name.starts_with(':') || name.starts_with("v-") => self.expression(value),
            _ => {}
        }
    }

    fn repeat(&mut self, repeat: &Repeat) {
        if !repeat.list.is_empty() {
            self.expression(&repeat.list);
        }
        for alias in
            [Some(&repeat.alias), repeat.first_index.as_ref(), repeat.second_index.as_ref()].into_iter().flatten()
        {
            if !is_name(alias.text()) && self.parsed(&["var ", alias.text(), "=_"]).is_err() {
                let label = self.label(alias, 0..alias.text().len());
                say(self.log, messages::invalid_for_alias(label, alias.text()));
            }
        }
    }

    fn parameters(&mut self, parameters: &Code) {
        if is_name(parameters.text()) {
            return;
        }
        // A comment may follow the last one.
        if let Err(mistake) = self.parsed(&["(function (", parameters.text(), "\n) {})"]) {
            self.report((parameters, "(function (".len()), mistake, messages::invalid_slot_parameters);
        }
    }

    fn handler(&mut self, handler: &Code, strictness: Strictness) {
        if is_plain(handler.text()) {
            return;
        }
        if strictness == Strictness::Statements {
            if self.parsed(&["return ", handler.text()]).is_err()
                && let Err(mistake) = self.parsed(&[handler.text()])
            {
                self.report((handler, 0), mistake, messages::invalid_expression);
            }
            return;
        }
        if let Some((found, operator)) = words::operator_call(&without_strings(handler.text())) {
            let label = self.label(handler, found);
            say(self.log, messages::operator_as_name(label, operator));
        }
        self.expression(handler);
    }

    fn expression(&mut self, expression: &Code) {
        if is_plain(expression.text()) {
            return;
        }
        let Err(mistake) = self.parsed(&["return ", expression.text()]) else { return };
        let keyword = words::keyword(&without_strings(expression.text()));
        match keyword.filter(|_| matches!(mistake, Mistake::Syntax(..))) {
            Some((found, word)) => {
                let label = self.label(expression, found);
                say(self.log, messages::keyword_in_expression(label, word));
            }
            None => self.report((expression, "return ".len()), mistake, messages::invalid_expression),
        }
    }

    fn parsed(&mut self, parts: &[&str]) -> Result<(), Mistake> {
        self.buffer.clear();
        self.buffer.extend(parts.iter().copied());
        parse(&self.buffer, self.is_typescript).map(|_| ())
    }

    /// `ours`: how much of ours stands before the code in what was parsed.
    fn report(&mut self, (code, ours): (&Code, usize), mistake: Mistake, message: Message) {
        let within = |range: Range<usize>| range.start.saturating_sub(ours)..range.end.saturating_sub(ours);
        let diagnostic = match mistake {
            Mistake::Syntax(range, reason) => message(self.label(code, within(range)), reason),
            Mistake::TooDeep(range) => messages::nested_too_deeply(self.label(code, within(range))),
        };
        say(self.log, diagnostic);
    }

    fn label(&self, code: &Code, range: Range<usize>) -> Label {
        label(self.source, code, range)
    }
}

/// A place in a text as a place in the file; what is behind the text is its end.
pub(super) fn label(source: &Arc<Source>, code: &Code, range: Range<usize>) -> Label {
    let boundary = |at: usize| code.text().floor_char_boundary(at);
    let (start, end) = (boundary(range.start), boundary(range.end));
    Label::new(source, code.span(start..end.max(start)))
}
