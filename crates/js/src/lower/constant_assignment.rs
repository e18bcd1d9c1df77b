//! Assignments to constants. By the specification they throw a `TypeError` when they run, so they
//! are a warning, not an error. Where `const` becomes `var`, or the compressor would drop them,
//! they are made to throw. The same holds for assignments to the own name of a class or a strict
//! function; the own name of a sloppy function just keeps its value.

use std::sync::Arc;

use bundle_base::{Diagnostic, Label, Source};
use rustc_hash::FxHashSet;
use swc_common::{Span, util::take::Take};
use swc_ecma_ast::{
    AssignExpr, AssignPat, AssignPatProp, AssignTarget, AssignTargetPat, BinExpr, Expr, ForHead,
    Id, Ident, IdentName, KeyValuePatProp, Lit, MemberExpr, ObjectLit, ObjectPatProp, Pat, Program,
    PropName, SeqExpr, SimpleAssignTarget, UnaryExpr, UnaryOp, UpdateExpr, VarDecl,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::build;
use crate::{ast, messages};

mod writes; // the assignments of a program
pub(super) use writes::Writes;

/// Returns one warning for each assignment to a constant.
pub(super) fn warnings(writes: &Writes, source: &Arc<Source>) -> Vec<Diagnostic> {
    let assigned = writes.assigned.iter().filter(|(id, _)| writes.constants.contains(id));
    assigned
        .map(|((name, _), at)| {
            messages::constant_assigned(Label::new(source, ast::span(*at)), name)
        })
        .collect()
}

/// Makes these assignments throw, which they no longer do once `const` is `var`. Returns whether
/// there are any. `is_dynamic`: whether a name may mean another variable at run time, one of a
/// `with` or of a sloppy `eval`.
pub(super) fn lower(
    program: &mut Program,
    writes: &Writes,
    is_dynamic: impl Fn(&Id) -> bool,
) -> bool {
    let assigned = || writes.assigned.iter().map(|(id, _)| id).filter(|id| !is_dynamic(id));
    let mut variables = Variables(FxHashSet::default());
    if assigned().any(|id| writes.own_names.contains_key(id)) {
        program.visit_with(&mut variables);
    }
    let own = |id: &Id, throws: bool| {
        writes.own_names.get(id) == Some(&throws) && !variables.0.contains(id)
    };
    let constants: FxHashSet<Id> =
        assigned().filter(|id| writes.constants.contains(*id) || own(id, true)).cloned().collect();
    let silent: FxHashSet<Id> = assigned().filter(|id| own(id, false)).cloned().collect();
    let are_any = !constants.is_empty() || !silent.is_empty();
    if are_any {
        program.visit_mut_with(&mut Throw { constants, silent });
    }
    are_any
}

/// Collects the names declared as variables: a decorated class has the name of its variable.
struct Variables(FxHashSet<Id>);

impl Visit for Variables {
    noop_visit_type!();

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        self.0.extend(find_pat_ids::<_, Id>(&declaration.decls));
        declaration.visit_children_with(self);
    }
}

struct Throw {
    constants: FxHashSet<Id>,
    /// Names that keep their value without an error.
    silent: FxHashSet<Id>,
}

impl Throw {
    fn is_constant(&self, name: &Ident) -> bool {
        self.constants.contains(&name.to_id()) || self.is_silent(name)
    }

    fn is_silent(&self, name: &Ident) -> bool {
        self.silent.contains(&name.to_id())
    }

    /// Makes `_read_only_error("name")`.
    fn error(name: &Ident) -> Expr {
        let text = Expr::Lit(Lit::Str(name.sym.clone().into()));
        build::helper_at(name.span, "read_only_error", vec![text])
    }

    /// Makes a place to assign to, where an expression is not allowed:
    /// `_read_only_error("name").value`, or `{}.value`.
    fn place(&self, name: &Ident) -> Expr {
        let prop = IdentName::new("value".into(), build::NOWHERE).into();
        let object =
            if self.is_silent(name) { ObjectLit::default().into() } else { Self::error(name) };
        MemberExpr { span: name.span, obj: Box::new(object), prop }.into()
    }

    fn assigned(&self, name: &Ident, assignment: &mut AssignExpr) -> Expr {
        let (op, right, span) = (assignment.op, assignment.right.take(), assignment.span);
        let left = Box::new(Expr::Ident(name.clone()));
        match op.to_update() {
            Some(op) if self.is_silent(name) => Expr::Bin(BinExpr { span, op, left, right }),
            None if self.is_silent(name) => *right,
            // `x &&= v` throws only if it would assign.
            Some(op) if op.may_short_circuit() => {
                let right = Box::new(Self::sequence(span, right, Self::error(name)));
                Expr::Bin(BinExpr { span, op, left, right })
            }
            _ => Self::sequence(span, right, Self::error(name)),
        }
    }

    fn sequence(span: Span, first: Box<Expr>, then: Expr) -> Expr {
        Expr::Seq(SeqExpr { span, exprs: vec![first, Box::new(then)] })
    }
}

impl VisitMut for Throw {
    noop_visit_mut_type!();

    fn visit_mut_assign_target_pat(&mut self, pattern: &mut AssignTargetPat) {
        pattern.visit_mut_children_with(self);
        pattern.visit_mut_children_with(&mut Targets(self));
    }

    fn visit_mut_for_head(&mut self, head: &mut ForHead) {
        head.visit_mut_children_with(self);
        if let ForHead::Pat(pattern) = head {
            pattern.visit_mut_with(&mut Targets(self));
        }
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        match expr {
            Expr::Assign(assignment) => {
                let AssignTarget::Simple(SimpleAssignTarget::Ident(name)) = &assignment.left else {
                    return;
                };
                let name = name.id.clone();
                if self.is_constant(&name) {
                    *expr = self.assigned(&name, assignment);
                }
            }
            Expr::Update(UpdateExpr { arg, span, .. }) => {
                let Some(name) = arg.as_ident().filter(|name| self.is_constant(name)) else {
                    return;
                };
                *expr = if self.is_silent(name) {
                    UnaryExpr { span: *span, op: UnaryOp::Plus, arg: arg.take() }.into()
                } else {
                    Self::error(name)
                };
            }
            _ => {}
        }
    }
}

/// Rewrites the targets in a pattern that assigns.
struct Targets<'a>(&'a Throw);

impl VisitMut for Targets<'_> {
    noop_visit_mut_type!();

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        pattern.visit_mut_children_with(self);
        let name = match pattern {
            Pat::Ident(name) => Some(&name.id),
            Pat::Expr(target) => target.as_ident(),
            _ => None,
        };
        if let Some(name) = name.filter(|name| self.0.is_constant(name)) {
            *pattern = Pat::Expr(Box::new(self.0.place(name)));
        }
    }

    fn visit_mut_object_pat_prop(&mut self, property: &mut ObjectPatProp) {
        property.visit_mut_children_with(self);
        if let ObjectPatProp::Assign(AssignPatProp { span, key, value }) = property
            && self.0.is_constant(&key.id)
        {
            let place = Pat::Expr(Box::new(self.0.place(key)));
            let target = match value.take() {
                Some(right) => AssignPat { span: *span, left: Box::new(place), right }.into(),
                None => place,
            };
            let key = PropName::Ident(key.id.clone().into());
            *property = ObjectPatProp::KeyValue(KeyValuePatProp { key, value: Box::new(target) });
        }
    }

    // Keys and default values are not targets.
    fn visit_mut_expr(&mut self, _: &mut Expr) {}
}
