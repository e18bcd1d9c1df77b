//! The functions that enclose the current place of the walk, and whether code there always runs.

use swc_common::SyntaxContext;
use swc_ecma_ast::{Function, Stmt};
use swc_ecma_visit::VisitMutWith;

use super::{
    directives,
    model::{Compress, Frame, This},
    statements::ListKind,
};
use crate::scopes;

impl Compress<'_> {
    /// Visits the inside of a function, unless the previous walk changed nothing there. `mark`: the
    /// syntax context of the function, which records that.
    pub fn in_function(
        &mut self,
        frame: Frame,
        mark: &mut SyntaxContext,
        visit: impl FnOnce(&mut Self),
    ) {
        if *mark == scopes::settled() {
            return;
        }
        let was_changed = std::mem::take(&mut self.is_changed);
        self.functions.push(frame);
        visit(self);
        self.functions.pop();
        if !self.is_changed {
            *mark = scopes::settled();
        }
        self.is_changed |= was_changed;
    }

    /// Whether reading `this` cannot throw.
    pub fn has_this(&self) -> bool {
        self.functions.last().is_none_or(|frame| frame.this == This::Is)
    }

    /// Visits code that may not run, or may run repeatedly.
    pub fn not_always(&mut self, visit: impl FnOnce(&mut Self)) {
        self.frame().branches += 1;
        visit(self);
        self.frame().branches -= 1;
    }

    /// Visits and shortens the body of a function.
    pub fn body(&mut self, statements: &mut Vec<Stmt>) {
        let directives = directives(statements);
        statements.visit_mut_with(self);
        self.list(statements, ListKind::Function, directives);
    }

    fn frame_of(function: &Function, is_declaration: bool) -> Frame {
        let is_async_generator = function.is_async && function.is_generator;
        Frame { is_declaration, is_async_generator, ..Frame::default() }
    }

    pub fn function(&mut self, function: &mut Function, is_declaration: bool) {
        function.decorators.visit_mut_with(self);
        let frame = Self::frame_of(function, is_declaration);
        self.in_function(frame, &mut function.ctxt, |walk| {
            function.params.visit_mut_with(walk);
            function.body.iter_mut().for_each(|body| walk.body(&mut body.stmts));
        });
    }
}
