//! Declares names, and reports declarations that conflict and assignments to imports.

use swc_common::Span;
use swc_ecma_ast::{Expr, Ident, MemberExpr};

use super::{
    checker::Checker,
    context::Fact,
    scopes::{Assigned, Boundary, Change, Kind},
};
use crate::messages;

impl Checker<'_> {
    /// Declares a name in the innermost scope.
    pub(super) fn declare(&mut self, name: &Ident, kind: Kind) {
        let first = self.scopes.declare(&name.sym, kind, name.span);
        self.conflict(name, kind, first);
    }

    /// Declares a `var`.
    pub(super) fn declare_var(&mut self, name: &Ident, is_for_of: bool) {
        let first = self.scopes.declare_var(&name.sym, name.span, is_for_of);
        self.conflict(name, Kind::Var, first);
    }

    fn conflict(&mut self, name: &Ident, kind: Kind, first: Option<Span>) {
        let Some(first) = first else { return };
        let is_import =
            kind == Kind::Import || self.scopes.kind_here(&name.sym) == Some(Kind::Import);
        if is_import {
            // This is one mistake: an assignment then refers to the other declaration, not to the
            // import.
            self.scopes.forget_import(&name.sym);
        }
        // In TypeScript an imported type and a local value may share a name, and only the type
        // checker can tell.
        if self.is_typescript && is_import {
            return;
        }
        let (at, first) = (self.label(name.span), self.label(first));
        self.report(messages::declared_twice(at, &name.sym, first));
    }

    /// Declares a parameter. With `must_be_unique`, a second parameter of the same name is an
    /// error.
    pub(super) fn declare_parameter(&mut self, name: &Ident, must_be_unique: bool) {
        if must_be_unique
            && let Some((Kind::Parameter, first)) =
                self.scopes.stack.last().and_then(|scope| scope.names.get(&name.sym)).copied()
        {
            let (at, first) = (self.label(name.span), self.label(first));
            self.report(messages::parameter_twice(at, &name.sym, first));
            return;
        }
        self.declare(name, Kind::Parameter);
    }

    /// Ends the innermost scope.
    pub(super) fn pop_scope(&mut self) {
        let scope = self.scopes.stack.pop().expect("each scope is ended once");
        for assigned in scope.assigned {
            match (scope.names.get(&assigned.name.sym), self.scopes.stack.last_mut()) {
                (Some((Kind::Import, import)), _) => self.import_changed(&assigned, *import),
                (Some(_), _) | (None, None) => {}
                (None, Some(outside)) => outside.assigned.push(assigned),
            }
        }
        self.scopes.recycle(scope.names);
    }

    fn import_changed(&mut self, assigned: &Assigned, import: Span) {
        let name = &assigned.name.sym;
        let (import, is_namespace) = (self.label(import), self.exports.is_namespace(name));
        match assigned.what {
            Change::Name => {
                let at = self.label(assigned.name.span);
                self.report(messages::import_assigned(at, name, import));
            }
            Change::Member(at) | Change::Deleted(at) if is_namespace => {
                let is_delete = matches!(assigned.what, Change::Deleted(_));
                self.report(messages::namespace_assigned(self.label(at), name, is_delete, import));
            }
            Change::Member(_) | Change::Deleted(_) => {}
        }
    }

    /// Records an assignment to a name. Imports come first in their scope only by convention, so
    /// whether the name is an import is decided at the end of the scope.
    pub(super) fn note_assigned(&mut self, name: &Ident, what: Change) {
        if self.exports.imports(&name.sym) {
            let innermost =
                self.scopes.stack.last_mut().expect("a scope is open while the module is walked");
            innermost.assigned.push(Assigned { name: name.clone(), what });
        }
    }

    /// Records an assignment to an expression. Only members of plain names matter.
    pub(super) fn note_target(&mut self, target: &Expr, what: fn(Span) -> Change) {
        if let Expr::Member(member) = target {
            self.note_member(member, what);
        }
    }

    /// Records an assignment to a member, if its object is a name.
    pub(super) fn note_member(&mut self, member: &MemberExpr, what: fn(Span) -> Change) {
        if let Expr::Ident(object) = &*member.obj {
            self.note_assigned(object, what(member.span));
        }
    }

    /// Runs `inside` in a scope where a function or class expression's own name is declared.
    pub(super) fn with_own_name(&mut self, name: Option<&Ident>, inside: impl FnOnce(&mut Self)) {
        let Some(name) = name else { return inside(self) };
        self.scopes.push(Boundary::Block);
        self.declare(name, Kind::Lexical);
        inside(self);
        self.pop_scope();
    }

    /// Whether the current code is strict.
    pub(super) fn is_strict(&self) -> bool {
        self.context.has(Fact::Strict)
    }
}
