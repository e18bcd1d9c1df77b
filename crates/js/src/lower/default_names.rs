//! Functions that are default values (`{ f = () => {} }`, `function (f = function () {}) {}`) have
//! the name of their variable. swc's lowering of patterns and parameters makes them operands of a
//! conditional, from which engines do not infer names. This pass runs after it, and recognises its
//! conditionals by their empty spans.

use swc_common::{Mark, SyntaxContext};
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BinExpr, BinaryOp, CondExpr, Expr, FnExpr, Ident, Pat,
    Program, SimpleAssignTarget, VarDeclarator,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Names the functions among generated default values.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut DefaultNames);
}

struct DefaultNames;

impl VisitMut for DefaultNames {
    noop_visit_mut_type!();

    fn visit_mut_var_declarator(&mut self, declarator: &mut VarDeclarator) {
        declarator.visit_mut_children_with(self);
        if let (Pat::Ident(name), Some(value)) = (&declarator.name, &mut declarator.init) {
            give_name(value, &name.id);
        }
    }

    fn visit_mut_assign_expr(&mut self, assignment: &mut AssignExpr) {
        assignment.visit_mut_children_with(self);
        if let (AssignOp::Assign, AssignTarget::Simple(SimpleAssignTarget::Ident(name))) =
            (assignment.op, &assignment.left)
        {
            give_name(&mut assignment.right, &name.id);
        }
    }
}

fn give_name(value: &mut Expr, name: &Ident) {
    let Some(default) = default_of(value) else { return };
    let Expr::Fn(function @ FnExpr { ident: None, .. }) = without_parentheses(default) else {
        return;
    };
    // Old engines refuse a strict function that has a parameter with its own name.
    let is_parameter = function
        .function
        .params
        .iter()
        .any(|p| p.pat.as_ident().is_some_and(|p| p.sym == name.sym));
    if !is_parameter {
        // The name has its own identity: code in the function that uses this name still means the
        // variable.
        let ctxt = SyntaxContext::empty().apply_mark(Mark::new());
        function.ident = Some(Ident::new(name.sym.clone(), name.span, ctxt));
    }
}

/// Returns the default value in the code that lowering makes of one:
/// `given === void 0 ? default : given` for patterns, and `arguments.length > 0 && arguments[0] !==
/// void 0 ? arguments[0] : default` for parameters.
fn default_of(value: &mut Expr) -> Option<&mut Expr> {
    let Expr::Cond(CondExpr { test, cons, alt, .. }) = value else { return None };
    let Expr::Bin(BinExpr { span, op, left, .. }) = &**test else { return None };
    match op {
        BinaryOp::EqEqEq if span.is_dummy() && left.is_ident() && alt.is_ident() => Some(cons),
        BinaryOp::LogicalAnd if counts_arguments(left) => Some(alt),
        _ => None,
    }
}

fn counts_arguments(test: &Expr) -> bool {
    let Expr::Bin(BinExpr { span, op: BinaryOp::Gt, left, .. }) = test else { return false };
    span.is_dummy()
        && left.as_member().is_some_and(|member| member.obj.is_ident_ref_to("arguments"))
}

fn without_parentheses(expression: &mut Expr) -> &mut Expr {
    match expression {
        Expr::Paren(inner) => without_parentheses(&mut inner.expr),
        other => other,
    }
}
