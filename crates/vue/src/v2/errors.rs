//! Finds mistakes in a template's expressions. Each expression is parsed alone, as Vue's compiler
//! does in development: `a) + (b` would be valid inside the generated program.
//!
//! Vue does not check slots with parameters and `v-else`. Statements pass there that it refuses
//! elsewhere, and existing code relies on that.

use std::{ops::Range, sync::Arc};

use bundle_base::{Diagnostic, Diagnostics, Label, Source};

use super::{
    report::report,
    tree::{Attribute, Element, ElementId, Node, Repeat, SlotScope, Tree},
};
use crate::{
    expression::{Mistake, check_expression, check_parameters, check_statements, check_variable},
    mapped_code::MappedCode,
    messages::render as messages,
};

#[cfg(test)]
mod tests;
mod words; // finds keywords and operators in an expression

/// Reports the mistakes of every expression. The tree is not too deep to be walked recursively.
pub(super) fn check(tree: &Tree, source: &Arc<Source>, is_typescript: bool, log: &mut Diagnostics) {
    let mut check = Check { tree, source, is_typescript, log };
    if let Some(root) = tree.root {
        check.element(root, Strictness::Expressions);
    }
}

/// What the value of a handler may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strictness {
    /// Only expressions.
    Expressions,
    /// Expressions and statements.
    Statements,
}

struct Check<'a> {
    tree: &'a Tree,
    source: &'a Arc<Source>,
    is_typescript: bool,
    log: &'a mut Diagnostics,
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
            _ if name == "v-slot" || name.starts_with("v-slot:") || name.starts_with('#') => {
                self.parameters(value);
            }
            _ if name.starts_with('@') || name.starts_with("v-on:") => {
                self.handler(value, strictness);
            }
            _ if name.starts_with(':') || name.starts_with("v-") => self.expression(value),
            _ => {}
        }
    }

    fn repeat(&mut self, repeat: &Repeat) {
        if !repeat.list.is_empty() {
            self.expression(&repeat.list);
        }
        for alias in
            [Some(&repeat.alias), repeat.first_index.as_ref(), repeat.second_index.as_ref()]
                .into_iter()
                .flatten()
        {
            if check_variable(alias.text(), self.is_typescript).is_err() {
                let label = self.label(alias, 0..alias.text().len());
                report(self.log, messages::invalid_for_alias(label, alias.text()));
            }
        }
    }

    fn parameters(&mut self, parameters: &MappedCode) {
        if let Err(mistake) = check_parameters(parameters.text(), self.is_typescript) {
            self.report(parameters, mistake, messages::invalid_slot_parameters);
        }
    }

    fn handler(&mut self, handler: &MappedCode, strictness: Strictness) {
        if strictness == Strictness::Statements {
            if check_expression(handler.text(), self.is_typescript).is_err()
                && let Err(mistake) = check_statements(handler.text(), self.is_typescript)
            {
                self.report(handler, mistake, messages::invalid_expression);
            }
            return;
        }
        if let Some((found, operator)) = words::operator_call(handler.text()) {
            let label = self.label(handler, found);
            report(self.log, messages::operator_as_name(label, operator));
        }
        self.expression(handler);
    }

    fn expression(&mut self, expression: &MappedCode) {
        let Err(mistake) = check_expression(expression.text(), self.is_typescript) else { return };
        match words::keyword(expression.text()).filter(|_| matches!(mistake, Mistake::Syntax(..))) {
            Some((found, word)) => {
                let label = self.label(expression, found);
                report(self.log, messages::keyword_in_expression(label, word));
            }
            None => self.report(expression, mistake, messages::invalid_expression),
        }
    }

    fn report(
        &mut self,
        code: &MappedCode,
        mistake: Mistake,
        message: fn(Label, String) -> Diagnostic,
    ) {
        let diagnostic = match mistake {
            Mistake::Syntax(at, reason) => {
                // The parenthesis that closes an interpolation's call is generated, so the user
                // could not find it.
                let is_ours =
                    code.text().as_bytes().get(at.start) == Some(&b')') && code.is_made(at.start);
                let reason = if is_ours {
                    "it is not complete, or a bracket is not balanced".to_owned()
                } else {
                    reason
                };
                message(self.label(code, at), reason)
            }
            Mistake::TooDeep(range) => messages::nested_too_deeply(self.label(code, range)),
        };
        report(self.log, diagnostic);
    }

    fn label(&self, code: &MappedCode, range: Range<usize>) -> Label {
        label(self.source, code, range)
    }
}

/// Returns the place in the file of a range of a text. A range after the text becomes its end.
pub(super) fn label(source: &Arc<Source>, code: &MappedCode, range: Range<usize>) -> Label {
    let boundary = |at: usize| code.text().floor_char_boundary(at);
    let (start, end) = (boundary(range.start), boundary(range.end));
    Label::new(source, code.span(start..end.max(start)))
}
