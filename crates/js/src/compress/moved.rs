//! A value on its way to the place that reads it.

use swc_ecma_ast::Expr;

use super::model::Compress;

/// A value on its way to the place that reads it.
pub(super) struct Moved {
    pub variable: usize,
    pub value: Option<Box<Expr>>,
    /// It is the same at any time, but for the variables that it reads.
    pub is_steady: bool,
    /// It has no side effects, so it may be computed or not.
    pub is_pure: bool,
    /// The variables that it reads and that code assigns to.
    pub reads: Vec<usize>,
    /// The variables that it assigns to.
    pub writes: Vec<usize>,
}

/// What a look at an expression found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// The place is not in it, and the value may be computed after it.
    Nothing,
    /// The value is in its place.
    Place,
    /// The value cannot move there.
    Obstacle,
}

impl Moved {
    /// Whether the value may be computed after something instead of before. `has_effects`: that has
    /// side effects.
    pub fn after(&self, has_effects: bool) -> Found {
        if has_effects && !self.is_steady { Found::Obstacle } else { Found::Nothing }
    }
}

impl Compress<'_> {
    /// Returns the value of a variable, ready to move.
    pub(super) fn moved(&self, variable: usize, value: Box<Expr>) -> Moved {
        let (reads, writes) = self.variables_of(Some(variable), &value);
        let is_pure = self.is_pure(&value) && writes.is_empty();
        let is_steady = self.is_steady(&value);
        Moved { variable, is_steady, is_pure, value: Some(value), reads, writes }
    }
}
