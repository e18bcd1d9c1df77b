//! Predicates on the form of expressions and statements, and the values of constant conditions.

use swc_common::SyntaxContext;
use swc_ecma_ast::{BinaryOp, Expr, MemberExpr, Stmt};

use crate::lower::constant;

/// How many levels of a condition are examined. Each level examines its operands again, and there
/// may be thousands of levels.
pub(super) const MOST_LEVELS: u32 = 4;

/// Returns the value of a condition, if it is known: minifying removes the code that is then
/// unreachable.
pub(super) fn decided(test: &Expr, free: SyntaxContext, levels: u32) -> Option<bool> {
    let Expr::Bin(binary) = test.unwrap_parens() else { return constant::truth(test, free) };
    let decides = match binary.op {
        BinaryOp::LogicalAnd => false,
        BinaryOp::LogicalOr => true,
        _ => return constant::truth(test, free),
    };
    let levels = levels.checked_sub(1)?;
    let sides = (decided(&binary.left, free, levels), decided(&binary.right, free, levels));
    match sides {
        (Some(left), _) if left == decides => Some(decides),
        (_, Some(right)) if right == decides => Some(decides),
        (Some(_), right) => right,
        (None, _) => None,
    }
}

/// Whether a name is a name of the global object.
pub(super) fn is_page(name: &str) -> bool {
    matches!(name, "window" | "self" | "globalThis" | "global")
}

/// Whether a member is `window.name`. `window` need not be free.
pub(super) fn is_of_page(member: &MemberExpr) -> bool {
    matches!(&*member.obj, Expr::Ident(object) if is_page(&object.sym))
}

pub(super) fn is_equality(op: BinaryOp) -> bool {
    matches!(op, BinaryOp::EqEq | BinaryOp::EqEqEq | BinaryOp::NotEq | BinaryOp::NotEqEq)
}

pub(super) fn is_logical(op: BinaryOp) -> bool {
    matches!(op, BinaryOp::LogicalAnd | BinaryOp::LogicalOr)
}

/// Whether a statement calls nothing and throws nothing.
pub(super) fn has_no_effects(statement: &Stmt) -> bool {
    match statement {
        Stmt::Empty(_) => true,
        Stmt::Return(answer) => answer.arg.as_deref().is_none_or(is_plain),
        Stmt::Expr(expr) => match &*expr.expr {
            Expr::Assign(assign) => is_plain(&assign.right),
            other => is_plain(other),
        },
        _ => false,
    }
}

pub(super) fn is_plain(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Ident(_) => true,
        Expr::Unary(unary) => is_plain(&unary.arg),
        _ => false,
    }
}

/// Whether no code after a statement runs. `throw` does not count: it means that something was
/// needed.
pub(super) fn leaves(statement: &Stmt) -> bool {
    match statement {
        Stmt::Return(_) | Stmt::Continue(_) | Stmt::Break(_) => true,
        Stmt::Block(block) => block.stmts.last().is_some_and(leaves),
        _ => false,
    }
}
