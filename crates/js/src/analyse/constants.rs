//! Names that stand for short literals: `const` in the source, one name, a literal as its value. Lowering may have made
//! a `var` of it.

use bundle_graph::record::{Literal, SymbolIndex};
use swc_ecma_ast::{Decl, Expr, Lit, ModuleDecl, ModuleItem, Pat, Stmt, UnaryOp, VarDecl};

use super::symbols::Table;

/// Strings up to this many bytes are carried to their uses.
const SHORT: usize = 24;

/// The constants of a program, in order.
pub(super) fn of(items: &[ModuleItem], table: &Table) -> Vec<(SymbolIndex, Literal)> {
    let mut found = Vec::new();
    for (statement, item) in items.iter().enumerate() {
        let Some(declaration) = variables(item) else { continue };
        for declarator in &declaration.decls {
            let (Pat::Ident(name), Some(value)) = (&declarator.name, &declarator.init) else { continue };
            let id = name.to_id();
            let start = table.declared.partition_point(|d| d.statement < statement);
            let is_const = table.declared[start..]
                .iter()
                .take_while(|d| d.statement == statement)
                .any(|d| d.is_const && d.ident.to_id() == id);
            let Some(symbol) = table.by_id.get(&id).copied() else { continue };
            if is_const && !table.symbols[symbol.0 as usize].is_reassigned {
                found.extend(literal(value).map(|value| (symbol, value)));
            }
        }
    }
    found
}

fn variables(item: &ModuleItem) -> Option<&VarDecl> {
    match item {
        ModuleItem::Stmt(Stmt::Decl(Decl::Var(declaration))) => Some(declaration),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => match &export.decl {
            Decl::Var(declaration) => Some(declaration),
            _ => None,
        },
        _ => None,
    }
}

fn literal(expr: &Expr) -> Option<Literal> {
    match expr {
        Expr::Lit(Lit::Null(_)) => Some(Literal::Null),
        Expr::Lit(Lit::Bool(value)) => Some(Literal::Boolean(value.value)),
        Expr::Lit(Lit::Num(value)) => number(value.value),
        Expr::Lit(Lit::Str(value)) => {
            let text = value.value.as_str()?;
            (text.len() <= SHORT).then(|| Literal::String(text.to_owned()))
        }
        Expr::Unary(unary) => match (unary.op, &*unary.arg) {
            (UnaryOp::Minus, Expr::Lit(Lit::Num(value))) => number(-value.value),
            (UnaryOp::Void, Expr::Lit(_)) => Some(Literal::Undefined),
            (UnaryOp::Bang, Expr::Lit(Lit::Num(value))) => Some(Literal::Boolean(value.value == 0.0)),
            _ => None,
        },
        _ => None,
    }
}

/// Numbers that are not longer than a name; `1e-7` and fractions of many digits stay where they are.
fn number(value: f64) -> Option<Literal> {
    (value.is_finite() && value.to_string().len() <= 8).then_some(Literal::Number(value))
}
