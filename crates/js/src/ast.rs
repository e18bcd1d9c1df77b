//! The lowered program of one part, opaque outside this crate. The syntax contexts of its
//! identifiers are the numbers of `scopes`. Threads share it in an `Arc`, so it holds plain data
//! only (swc's own comment table is not `Send`).

use std::sync::{Arc, OnceLock};

use bundle_base::{Source, place::Lines};
use swc_ecma_ast::{Callee, Decl, Expr, Module, ModuleItem, Stmt, VarDeclKind};

mod comments; // comments as plain data
mod guard; // runs code that uses swc
mod patterns; // the names that patterns bind
mod positions; // swc's positions as bytes of the text
pub(crate) mod spelling; // literals that not every engine reads

use crate::scopes::{Scopes, free};

pub(crate) use comments::{PlainComments, is_legal};
pub(crate) use guard::{collect_reports, guarded, reserve_contexts, within};
pub(crate) use patterns::bound_names;
pub(crate) use positions::{BASE, span};

/// Whether an item is a directive, if only directives are before it.
pub(crate) fn is_directive(item: &ModuleItem) -> bool {
    item.as_stmt().is_some_and(Stmt::can_precede_directive)
}

/// Whether a callee is `require.context`. The pattern among its arguments is for the build, which
/// has every construct.
pub(crate) fn is_context(callee: &Callee) -> bool {
    let member = callee.as_expr().and_then(|callee| callee.as_member());
    member.is_some_and(|member| {
        member.prop.is_ident_with("context")
            && member.obj.as_ident().is_some_and(|it| it.ctxt == free() && it.sym == "require")
    })
}

/// Returns the expression without the parentheses that enclose it.
pub(crate) fn without_parens(value: Expr) -> Expr {
    match value {
        Expr::Paren(paren) => without_parens(*paren.expr),
        other => other,
    }
}

/// Removes the parentheses around a name or member that is an object or a callee: `(module as
/// any).hot` is `module.hot`. Do not call it where a comment before the parentheses has a meaning.
pub(crate) fn unwrap_reference(expr: &mut Expr) {
    let is_reference = match expr.unwrap_parens() {
        // At the start of a statement, these two may begin a declaration.
        Expr::Ident(name) => !matches!(name.sym.as_str(), "let" | "async"),
        Expr::Member(_) | Expr::MetaProp(_) | Expr::This(_) => true,
        _ => false,
    };
    while is_reference && let Expr::Paren(outer) = expr {
        *expr = std::mem::take(&mut *outer.expr);
    }
}

/// Whether a statement declares a name for its block.
pub(crate) fn is_scoped(statement: &Stmt) -> bool {
    match statement {
        Stmt::Decl(Decl::Var(declaration)) => declaration.kind != VarDeclKind::Var,
        Stmt::Decl(_) => true,
        _ => false,
    }
}

/// The lowered program of one part.
pub struct Ast {
    /// The program after lowering; a script's statements are module items too.
    pub(crate) module: Module,
    /// Legal and annotation comments by position.
    pub(crate) comments: PlainComments,
    /// Its bindings.
    pub(crate) scopes: Scopes,
    /// The text that it was parsed from.
    pub(crate) source: Arc<Source>,
    /// Whether each name is the token at its place: nothing was lowered or renamed.
    pub(crate) is_as_written: bool,
    /// Maps its identifiers to the symbols of the record.
    pub(crate) names: crate::analyse::NodeNames,
    /// The line table of the text, made on first use.
    pub(crate) lines: OnceLock<Lines>,
}

impl Ast {
    /// The text that it was parsed from, for source maps and diagnostics.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The line table of the text, for source maps.
    pub(crate) fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.source.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_crosses_threads() {
        fn crosses<T: Send + Sync>() {}
        crosses::<Ast>();
    }
}
