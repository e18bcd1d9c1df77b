//! Assignments to constants. The specification lets them throw a `TypeError` when they run, so they are a warning, not
//! an error; where `const` becomes `var` they are made to throw.

use std::sync::Arc;

use bundle_base::{Diagnostic, Label, Source};
use rustc_hash::FxHashSet;
use swc_common::{DUMMY_SP, Span, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    AssignExpr, AssignPat, AssignPatProp, AssignTarget, AssignTargetPat, BinExpr, Expr, ExprOrSpread, ForHead, Id,
    Ident, IdentName, KeyValuePatProp, Lit, MemberExpr, ObjectPatProp, Pat, Program, PropName, SeqExpr,
    SimpleAssignTarget, UpdateExpr,
};
use swc_ecma_transforms_base::enable_helper;
use swc_ecma_utils::ExprFactory;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use crate::{ast, features::Scan, messages};

/// One warning for each assignment to a constant.
pub(super) fn warnings(found: &Scan, source: &Arc<Source>) -> Vec<Diagnostic> {
    let assigned = found.assigned.iter().filter(|(id, _)| found.constants.contains(id));
    assigned.map(|((name, _), at)| messages::constant_assigned(Label::new(source, ast::span(*at)), name)).collect()
}

/// Makes them throw, because nothing else will once `const` is `var`.
pub(super) fn lower(program: &mut Program, found: &Scan) {
    let constants: FxHashSet<Id> =
        found.assigned.iter().map(|(id, _)| id).filter(|id| found.constants.contains(*id)).cloned().collect();
    if !constants.is_empty() {
        program.visit_mut_with(&mut Throw { constants });
    }
}

struct Throw {
    constants: FxHashSet<Id>,
}

impl Throw {
    fn is_constant(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Ident(name) if self.constants.contains(&name.to_id()))
    }

    /// `_read_only_error("name")`.
    fn error(name: &Ident) -> Expr {
        let mark = enable_helper!(read_only_error);
        let helper = Ident::new("_read_only_error".into(), DUMMY_SP, SyntaxContext::empty().apply_mark(mark));
        let text = Expr::Lit(Lit::Str(name.sym.clone().into()));
        helper.as_call(name.span, vec![ExprOrSpread::from(text)])
    }

    /// `_read_only_error("name").value`: a place, for where only places may stand.
    fn place(name: &Ident) -> Expr {
        let prop = IdentName::new("value".into(), DUMMY_SP).into();
        MemberExpr { span: name.span, obj: Box::new(Self::error(name)), prop }.into()
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
            Expr::Assign(AssignExpr {
                op,
                left: AssignTarget::Simple(SimpleAssignTarget::Ident(name)),
                right,
                span,
            }) if self.constants.contains(&name.to_id()) => {
                let throw = Self::sequence(*span, right.take(), Self::error(&name.id));
                // `x &&= v` may not assign at all; it throws only if it would.
                *expr = match op.to_update() {
                    Some(op) if op.may_short_circuit() => {
                        let left = Box::new(Expr::Ident(name.id.clone()));
                        Expr::Bin(BinExpr { span: *span, op, left, right: Box::new(throw) })
                    }
                    _ => throw,
                };
            }
            Expr::Update(UpdateExpr { arg, .. }) if self.is_constant(arg) => {
                if let Expr::Ident(name) = &**arg {
                    *expr = Self::error(name);
                }
            }
            _ => {}
        }
    }
}

/// The targets in a pattern that assigns.
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
        if let Some(name) = name.filter(|name| self.0.constants.contains(&name.to_id())) {
            *pattern = Pat::Expr(Box::new(Throw::place(name)));
        }
    }

    fn visit_mut_object_pat_prop(&mut self, property: &mut ObjectPatProp) {
        property.visit_mut_children_with(self);
        if let ObjectPatProp::Assign(AssignPatProp { span, key, value }) = property
            && self.0.constants.contains(&key.to_id())
        {
            let place = Pat::Expr(Box::new(Throw::place(key)));
            let target = match value.take() {
                Some(right) => AssignPat { span: *span, left: Box::new(place), right }.into(),
                None => place,
            };
            let key = PropName::Ident(key.id.clone().into());
            *property = ObjectPatProp::KeyValue(KeyValuePatProp { key, value: Box::new(target) });
        }
    }

    // Keys and default values are no targets.
    fn visit_mut_expr(&mut self, _: &mut Expr) {}
}
