//! Scopes that the walk enters: those of functions, of namespaces and of the heads of loops.

use swc_ecma_ast::{ForHead, FunctionBody, TsNamespaceBody};
use swc_ecma_visit::VisitMutWith;

use super::{
    super::table::Kind,
    model::{Role, Walk},
};
use crate::features::body_is_strict;

impl Walk {
    /// Runs `inside` in a scope of its own.
    pub(super) fn within(&mut self, is_function: bool, inside: impl FnOnce(&mut Self)) {
        let parent = (!self.table.list.is_empty()).then_some(self.scope);
        let outer = (self.scope, self.is_strict, self.role);
        let mark = self.visible.enter();
        self.scope = self.table.open(parent, is_function);
        inside(self);
        self.visible.leave(mark);
        (self.scope, self.is_strict, self.role) = outer;
    }

    pub(super) fn in_role(&mut self, role: Role, inside: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.role, role);
        inside(self);
        self.role = outer;
    }

    pub(super) fn body(&mut self, body: &mut FunctionBody) {
        self.declare_body(&body.stmts);
        let first = body.stmts.iter().take_while(|it| it.can_precede_directive()).count();
        body.stmts[first..].iter_mut().for_each(|statement| statement.visit_mut_with(self));
    }

    /// Walks the parameters and the body of a function in a scope of its own. A body has a scope
    /// inside the scope of the parameters if these have expressions, which do not see its
    /// variables. `declare` declares a parameter, and returns whether it is a plain name.
    pub(super) fn function<P: VisitMutWith<Self>>(
        &mut self,
        parameters: &mut [P],
        declare: fn(&mut Self, &P) -> bool,
        body: Option<&mut FunctionBody>,
    ) {
        let is_strict = self.is_strict || body.as_deref().is_some_and(body_is_strict);
        self.within(true, |walk| {
            walk.is_strict = is_strict;
            walk.role = Role::Declared;
            let mut is_simple = true;
            for parameter in &*parameters {
                is_simple &= declare(walk, parameter);
            }
            for parameter in parameters {
                parameter.visit_mut_with(walk);
            }
            match body {
                Some(body) if is_simple => walk.body(body),
                Some(body) => walk.within(false, |walk| {
                    walk.table.list[walk.scope].is_body = true;
                    walk.body(body);
                }),
                None => {}
            }
        });
    }

    /// Walks what is in a namespace, in the scope for it.
    pub(super) fn namespace(&mut self, body: &mut TsNamespaceBody) {
        match body {
            TsNamespaceBody::TsModuleBlock(block) => {
                self.declare_items(&block.body);
                block.body.visit_mut_with(self);
            }
            TsNamespaceBody::TsNamespaceDecl(inner) => {
                self.declare(&inner.id, Kind::Let);
                self.declared(&mut inner.id);
                self.within(true, |walk| walk.namespace(&mut inner.body));
            }
        }
    }

    /// Walks a declaration at the head of a loop, and the loop, in a scope of their own.
    pub(super) fn head(&mut self, head: &mut ForHead, rest: impl FnOnce(&mut Self)) {
        self.within(false, |walk| {
            match head {
                ForHead::VarDecl(declaration) => {
                    walk.declare_lexical_variables(declaration);
                    declaration.visit_mut_with(walk);
                }
                ForHead::UsingDecl(declaration) => {
                    walk.declare_using(declaration);
                    declaration.visit_mut_with(walk);
                }
                ForHead::Pat(pattern) => {
                    walk.in_role(Role::Assigned, |walk| pattern.visit_mut_with(walk));
                }
            }
            rest(walk);
        });
    }
}
