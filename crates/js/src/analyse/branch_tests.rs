//! Tests of `if`, `? :`, `&&` and `||` that linking may decide, because they read names which may
//! mean literals.

use bundle_graph::record::{Literal, Operand, SymbolIndex, Test};
use rustc_hash::FxHashSet;
use swc_ecma_ast::{BinExpr, BinaryOp, Expr, Id, Ident, MemberExpr, ModuleItem, Pat, UnaryOp};

use super::{
    constants::{self, KnownConstants},
    recognise::path,
    symbols::Table,
};

/// Returns the names that a program may bind to a literal.
pub(super) fn names(items: &[ModuleItem]) -> FxHashSet<Id> {
    let nothing = KnownConstants::default();
    let declarators = items.iter().filter_map(constants::variables).flat_map(|one| &one.decls);
    let names = declarators.filter_map(|declarator| {
        let (Pat::Ident(name), Some(value)) = (&declarator.name, &declarator.init) else {
            return None;
        };
        let may_be_literal = value.is_ident() || nothing.literal(value).is_some();
        may_be_literal.then(|| name.to_id())
    });
    names.collect()
}

/// `&&` and `||` that are nested deeper are not decided. Each operand of a chain tests those before
/// it, so the work for long chains would be quadratic.
const MOST_LEVELS: u32 = 32;

/// Reads tests as linking sees them.
pub(super) struct TestReader<'t> {
    /// The symbols.
    pub table: &'t Table,
    /// The program's own names that may be bound to a literal.
    pub own: &'t FxHashSet<Id>,
}

impl TestReader<'_> {
    /// Returns a test as linking sees it; `None` if no literal can decide it.
    pub fn test(&self, expr: &Expr) -> Option<Test> {
        self.test_of(expr, MOST_LEVELS)
    }

    /// `levels`: how deep `&&` and `||` may be nested.
    fn test_of(&self, expr: &Expr, levels: u32) -> Option<Test> {
        match expr {
            Expr::Paren(paren) => self.test_of(&paren.expr, levels),
            Expr::Unary(unary) if unary.op == UnaryOp::Bang => {
                Some(Test::Not(Box::new(self.test_of(&unary.arg, levels)?)))
            }
            Expr::Bin(BinExpr { op, left, right, .. }) => match op {
                BinaryOp::LogicalAnd => Some(Test::Both(self.pair(left, right, levels)?)),
                BinaryOp::LogicalOr => Some(Test::Either(self.pair(left, right, levels)?)),
                BinaryOp::EqEq => self.equal(left, right, false),
                BinaryOp::EqEqEq => self.equal(left, right, true),
                BinaryOp::NotEq => Some(Test::Not(Box::new(self.equal(left, right, false)?))),
                BinaryOp::NotEqEq => Some(Test::Not(Box::new(self.equal(left, right, true)?))),
                _ => None,
            },
            name => self.name(name).map(Test::Holds),
        }
    }

    /// Returns two tests; at most one is unknown.
    fn pair(&self, left: &Expr, right: &Expr, levels: u32) -> Option<Box<[Test; 2]>> {
        let levels = levels.checked_sub(1)?;
        match (self.test_of(left, levels), self.test_of(right, levels)) {
            (None, None) => None,
            (left, right) => Some(Box::new([left, right].map(|it| it.unwrap_or(Test::Unknown)))),
        }
    }

    fn equal(&self, left: &Expr, right: &Expr, is_strict: bool) -> Option<Test> {
        let operands = match (self.name(left), self.name(right)) {
            (None, None) => return None,
            (Some(left), Some(right)) => [left, right],
            (Some(left), None) => [left, Operand::Literal(literal(right)?)],
            (None, Some(right)) => [Operand::Literal(literal(left)?), right],
        };
        Some(Test::Equal { operands: Box::new(operands), is_strict })
    }

    /// Returns a name that may mean a literal, or a chain of its members.
    fn name(&self, expr: &Expr) -> Option<Operand> {
        let imported = |symbol: SymbolIndex| self.table.is_imported(symbol);
        match expr {
            Expr::Paren(paren) => self.name(&paren.expr),
            Expr::Ident(name) => {
                let symbol = self.table.by_id.get(name)?;
                let counts = imported(symbol) || self.own.contains(&name.to_id());
                counts.then(|| Operand::Name(symbol, Vec::new()))
            }
            Expr::Member(member) => {
                // Most members are of other objects: their names are not collected.
                let symbol = self.table.by_id.get(object_of(member)?);
                let symbol = symbol.filter(|symbol| imported(*symbol))?;
                Some(Operand::Name(symbol, path(member)?.1))
            }
            _ => None,
        }
    }
}

/// Returns the name at the beginning of a chain of members.
fn object_of(member: &MemberExpr) -> Option<&Ident> {
    match &*member.obj {
        Expr::Ident(name) => Some(name),
        Expr::Member(inner) => object_of(inner),
        _ => None,
    }
}

fn literal(expr: &Expr) -> Option<Literal> {
    KnownConstants::default().literal(expr.unwrap_parens())
}
