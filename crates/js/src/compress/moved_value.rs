//! The value of a variable while the walk looks for the one place that reads it (`find_read`), and
//! the conditions under which it may move there.

use swc_ecma_ast::Expr;

use super::model::Compress;

/// A value that is to move to the place that reads it.
pub(super) struct MovedValue {
    pub variable: usize,
    pub value: Option<Box<Expr>>,
    /// It stays the same as long as the variables that it reads do.
    pub is_steady: bool,
    /// It has no side effects, so it may move to a place that may not run.
    pub is_pure: bool,
    /// The variables that it reads and that code assigns to.
    pub reads: Vec<usize>,
    /// The variables that it assigns to.
    pub writes: Vec<usize>,
}

/// The result of looking for the place in an expression.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// The place is not in it, and the value may be computed after it.
    Nothing,
    /// The value is in its place.
    Place,
    /// The value cannot move there.
    Obstacle,
}

impl MovedValue {
    /// Returns an obstacle if the value may not move past code. `has_effects`: the
    /// code has side effects.
    pub fn past_code(&self, has_effects: bool) -> Found {
        if has_effects && !self.is_steady { Found::Obstacle } else { Found::Nothing }
    }
}

impl Compress<'_> {
    /// Returns the value of a variable, ready to move.
    pub(super) fn moved_value(&self, variable: usize, value: Box<Expr>) -> MovedValue {
        let (reads, writes) = self.variables_of(Some(variable), &value);
        let is_pure = self.is_pure(&value) && writes.is_empty();
        let is_steady = self.is_steady(&value);
        MovedValue { variable, is_steady, is_pure, value: Some(value), reads, writes }
    }
}
