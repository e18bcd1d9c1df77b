//! Names bound to short literals: a `const` in the source that declares one name with a literal
//! value, even if lowering turned it into a `var`. Also the literals that `export default` exports.

use bundle_graph::record::{Literal, SymbolIndex};
use rustc_hash::FxHashMap;
use swc_ecma_ast::{Decl, Expr, Id, Lit, ModuleDecl, ModuleItem, Pat, Stmt, UnaryOp, VarDecl};

use super::symbols::Table;

/// Literal strings up to this many bytes are inlined where their names are used.
const SHORT: usize = 24;

/// The names that are certainly bound to a literal from here on, with their literals.
#[derive(Default)]
pub(super) struct KnownConstants(FxHashMap<Id, Literal>);

/// Returns the constants of a program, in order. Calls `visit` for every item with the constants
/// known before it.
pub(super) fn of(
    items: &[ModuleItem],
    table: &Table,
    mut visit: impl FnMut(usize, &ModuleItem, &KnownConstants),
) -> Vec<(SymbolIndex, Literal)> {
    let mut found = Vec::new();
    let mut known = KnownConstants::default();
    for (statement, item) in items.iter().enumerate() {
        visit(statement, item, &known);
        if let ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) = item {
            let symbol = table.default_value.map(|(symbol, _)| symbol);
            found.extend(symbol.zip(known.literal(&export.expr)));
        }
        for declarator in variables(item).into_iter().flat_map(|declaration| &declaration.decls) {
            let (Pat::Ident(name), Some(value)) = (&declarator.name, &declarator.init) else {
                continue;
            };
            let Some(symbol) = constant(&name.to_id(), statement, table) else { continue };
            if let Some(value) = known.literal(value) {
                known.0.insert(name.to_id(), value.clone());
                found.push((symbol, value));
            }
        }
    }
    found
}

/// Returns the symbol that a statement declares as a constant.
pub(super) fn constant(id: &Id, statement: usize, table: &Table) -> Option<SymbolIndex> {
    let symbol = table.by_id.of(id)?;
    let is_const = table.declared_in(statement).any(|d| d.is_const && d.ident.to_id() == *id);
    (is_const && !table.symbols[symbol.0 as usize].is_reassigned).then_some(symbol)
}

/// Returns the variable declaration that an item is or exports.
pub(super) fn variables(item: &ModuleItem) -> Option<&VarDecl> {
    match item {
        ModuleItem::Stmt(Stmt::Decl(Decl::Var(declaration))) => Some(declaration),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => match &export.decl {
            Decl::Var(declaration) => Some(declaration),
            _ => None,
        },
        _ => None,
    }
}

impl KnownConstants {
    /// Returns the value of an expression that is a short literal or a name bound to one.
    pub fn literal(&self, expr: &Expr) -> Option<Literal> {
        match expr {
            Expr::Ident(name) => self.0.get(&name.to_id()).cloned(),
            Expr::Lit(Lit::Null(_)) => Some(Literal::Null),
            Expr::Lit(Lit::Bool(value)) => Some(Literal::Boolean(value.value)),
            Expr::Lit(Lit::Num(value)) => number(value.value),
            Expr::Lit(Lit::Str(value)) => string(value.value.as_str()?),
            Expr::Tpl(text) => match (text.exprs.as_slice(), text.quasis.as_slice()) {
                ([], [text]) => string(text.cooked.as_ref()?.as_str()?),
                (_, _) => None,
            },
            Expr::Unary(unary) => match (unary.op, &*unary.arg) {
                (UnaryOp::Minus, Expr::Lit(Lit::Num(value))) => number(-value.value),
                (UnaryOp::Void, Expr::Lit(_)) => Some(Literal::Undefined),
                (UnaryOp::Bang, Expr::Lit(Lit::Num(value))) => {
                    Some(Literal::Boolean(value.value == 0.0))
                }
                _ => None,
            },
            _ => None,
        }
    }
}

fn string(text: &str) -> Option<Literal> {
    (text.len() <= SHORT).then(|| Literal::String(text.to_owned()))
}

/// Returns a number whose text is not longer than a name. Numbers such as `1e-7` and fractions with
/// many digits are not inlined.
fn number(value: f64) -> Option<Literal> {
    (value.is_finite() && value.to_string().len() <= 8).then_some(Literal::Number(value))
}
