//! Declarations of variables: neighbours are joined, and unused variables are dropped.

use swc_common::util::take::Take;
use swc_ecma_ast::{
    AssignOp, AssignTarget, Decl, Expr, Ident, Pat, SimpleAssignTarget, Stmt, VarDecl, VarDeclKind,
    VarDeclarator,
};

use super::{function_context::mentions, model::Compress, unused::joined};
use crate::{ast::bound_names, scopes::Kind};

impl Compress<'_> {
    /// Turns the first assignments of an expression into initial values of variables that were
    /// declared without one. Returns the rest.
    pub(super) fn initial_values(
        &mut self,
        declarators: &mut Vec<VarDeclarator>,
        kind: VarDeclKind,
        expr: Box<Expr>,
    ) -> Option<Box<Expr>> {
        let mut exprs = match *expr {
            Expr::Seq(sequence) => sequence.exprs,
            other => vec![Box::new(other)],
        };
        exprs.reverse();
        while let Some(first) = exprs.last_mut() {
            let Expr::Assign(assign) = &mut **first else { break };
            let AssignTarget::Simple(SimpleAssignTarget::Ident(name)) = &assign.left else { break };
            if assign.op != AssignOp::Assign {
                break;
            }
            let id = name.id.to_id();
            let is_name = |declarator: &VarDeclarator| {
                declarator.name.as_ident().is_some_and(|other| other.id.to_id() == id)
            };
            let Some(at) = declarators.iter().position(|one| is_name(one) && one.init.is_none())
            else {
                break;
            };
            let Some(index) = Self::index(&name.id) else { break };
            let binding = &self.scopes.bindings[index];
            let is_last = at + 1 == declarators.len();
            // Between its old and its new place, only code of functions could see a `let`.
            let may_move = is_last
                || kind == VarDeclKind::Var
                || !binding.is_captured
                    && declarators[at + 1..].iter().all(|one| one.name.is_ident());
            if !may_move || self.is_kept[index] && kind != VarDeclKind::Var {
                break;
            }
            // `let a = a` is an error.
            if kind != VarDeclKind::Var && mentions(&*assign.right, index) {
                break;
            }
            let mut declarator = declarators.remove(at);
            let name = name.id.clone();
            declarator.init = Some(assign.right.take());
            declarators.push(declarator);
            self.forget_write(&name);
            exprs.pop();
        }
        exprs.reverse();
        joined(exprs)
    }

    /// Adds a declaration to the one before it, without unused variables.
    pub(super) fn push_variables(&mut self, mut declaration: VarDecl, out: &mut Vec<Stmt>) {
        self.assign_in_first(&mut declaration.decls, out);
        let all = declaration.decls.len();
        self.substitute_in_declarators(&mut declaration.decls, all);
        let span = declaration.span;
        let mut kind = declaration.kind;
        if kind == VarDeclKind::Const && !declaration.decls.iter().any(|one| self.is_written(one)) {
            kind = VarDeclKind::Let;
        }
        let mut effects: Vec<Box<Expr>> = Vec::new();
        let mut kept: Vec<VarDeclarator> = Vec::new();
        let flush = |this: &mut Self, kept: &mut Vec<VarDeclarator>, out: &mut Vec<Stmt>| {
            if kept.is_empty() {
                return;
            }
            let decls = std::mem::take(kept);
            this.push_declarators(VarDecl { span, kind, decls, ..VarDecl::default() }, out);
        };
        for mut declarator in declaration.decls {
            let is_unused =
                matches!(&declarator.name, Pat::Ident(name) if self.is_unused(&name.id));
            if is_unused {
                let init = declarator.init.take();
                self.forget(&declarator);
                effects.extend(init.and_then(|init| self.effects(init)));
                continue;
            }
            if !effects.is_empty() {
                match &mut declarator.init {
                    Some(init) if declarator.name.is_ident() => {
                        effects.push(init.take());
                        *init = joined(std::mem::take(&mut effects)).expect("it has a value");
                    }
                    _ => {
                        flush(self, &mut kept, out);
                        if let Some(expr) = joined(std::mem::take(&mut effects)) {
                            self.push_expr(expr, out);
                        }
                    }
                }
            }
            kept.push(declarator);
        }
        flush(self, &mut kept, out);
        if let Some(expr) = joined(effects) {
            self.push_expr(expr, out);
        }
    }

    /// Puts assignments before a declaration in the first value that reads the variables:
    /// `a = f(a); var b = a.c` is `var b = (a = f(a)).c`.
    fn assign_in_first(&mut self, declarators: &mut [VarDeclarator], out: &mut Vec<Stmt>) {
        let Some(VarDeclarator { name: Pat::Ident(_), init: Some(init), .. }) =
            declarators.first_mut()
        else {
            return;
        };
        while let Some(Stmt::Expr(before)) = out.last_mut() {
            let Expr::Seq(sequence) = &mut *before.expr else {
                if self.substitute_assigned(&mut before.expr, init) {
                    out.pop();
                }
                return;
            };
            let Some(last) = sequence.exprs.last_mut() else { return };
            if !self.substitute_assigned(last, init) {
                return;
            }
            sequence.exprs.pop();
            if let Some(rest) = joined(std::mem::take(&mut sequence.exprs)) {
                before.expr = rest;
            }
        }
    }

    fn push_declarators(&mut self, mut declaration: VarDecl, out: &mut Vec<Stmt>) {
        // Functions between the two declarations are hoisted above both.
        let mut before =
            out.iter_mut().rev().skip_while(|it| matches!(it, Stmt::Decl(Decl::Fn(_))));
        if let Some(Stmt::Decl(Decl::Var(before))) = before.next()
            && before.kind == declaration.kind
        {
            self.is_changed = true;
            let new = declaration.decls.len();
            before.decls.append(&mut declaration.decls);
            self.substitute_in_declarators(&mut before.decls, new);
            return;
        }
        let mut statement = Stmt::Decl(Decl::Var(Box::new(declaration)));
        self.substitute_before(&mut statement, out);
        out.push(statement);
    }

    /// Whether code assigns to a variable after its declaration.
    pub(super) fn is_written(&self, declarator: &VarDeclarator) -> bool {
        let mut is_written = false;
        bound_names(&declarator.name, &mut |name| {
            is_written |= self.binding(name).is_none_or(|binding| binding.writes > 0);
        });
        is_written
    }

    /// Whether only its declaration mentions a name.
    pub(super) fn is_unused(&self, name: &Ident) -> bool {
        Self::index(name).is_some_and(|index| {
            let binding = &self.scopes.bindings[index];
            binding.reads == 0
                && binding.writes == 0
                && self.is_own(index)
                && !binding.kind.is_import()
                && !matches!(binding.kind, Kind::Parameter | Kind::Catch)
        })
    }
}
