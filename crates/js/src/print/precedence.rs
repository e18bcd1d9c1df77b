//! The precedence of expressions, and the precedence that the place of an expression requires.

use swc_ecma_ast::BinaryOp;

/// How strongly an expression binds. A place names the weakest that it takes without parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// `a, b`
    Sequence,
    /// Assignments, arrow functions and `yield`.
    Assign,
    /// `a ? b : c`
    Conditional,
    Nullish,
    Or,
    And,
    BitOr,
    BitXor,
    BitAnd,
    Equality,
    Relation,
    Shift,
    Sum,
    Product,
    Power,
    /// `!a`, `await a`
    Prefix,
    /// `++a`, `a++`
    Update,
    /// `new A` without arguments.
    New,
    /// `a()`, `a.b`, `new A()`, and what needs no operand.
    Call,
}

/// What the place of an expression requires of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Need {
    pub level: Level,
    /// The first part of a `for`, where `in` would end it.
    pub no_in: bool,
    /// The callee of `new`, which ends at the first arguments.
    pub no_call: bool,
    /// What follows is not part of an optional chain.
    pub ends_chain: bool,
}

impl Need {
    pub const ANY: Self = Self::at(Level::Sequence);
    /// An element of a list, or a value.
    pub const VALUE: Self = Self::at(Level::Assign);

    pub const fn at(level: Level) -> Self {
        Self { level, no_in: false, no_call: false, ends_chain: false }
    }

    /// What the place requires of an operand that is not at its end or start.
    pub const fn operand(self, level: Level) -> Self {
        Self { no_in: self.no_in, ..Self::at(level) }
    }

    /// What the place requires of the object or callee with which the expression begins.
    pub const fn head(self, ends_chain: bool) -> Self {
        Self { level: Level::Call, no_in: false, no_call: self.no_call, ends_chain }
    }
}

/// How strongly an operator binds.
pub(super) fn level(op: BinaryOp) -> Level {
    match op {
        BinaryOp::NullishCoalescing => Level::Nullish,
        BinaryOp::LogicalOr => Level::Or,
        BinaryOp::LogicalAnd => Level::And,
        BinaryOp::BitOr => Level::BitOr,
        BinaryOp::BitXor => Level::BitXor,
        BinaryOp::BitAnd => Level::BitAnd,
        BinaryOp::EqEq | BinaryOp::NotEq | BinaryOp::EqEqEq | BinaryOp::NotEqEq => Level::Equality,
        BinaryOp::Lt
        | BinaryOp::LtEq
        | BinaryOp::Gt
        | BinaryOp::GtEq
        | BinaryOp::In
        | BinaryOp::InstanceOf => Level::Relation,
        BinaryOp::LShift | BinaryOp::RShift | BinaryOp::ZeroFillRShift => Level::Shift,
        BinaryOp::Add | BinaryOp::Sub => Level::Sum,
        BinaryOp::Mul | BinaryOp::Div | BinaryOp::Mod => Level::Product,
        BinaryOp::Exp => Level::Power,
    }
}

/// What an operator requires of its left operand.
pub(super) fn left(op: BinaryOp) -> Level {
    match op {
        // An unary operator before `**` is a syntax error.
        BinaryOp::Exp => Level::Update,
        BinaryOp::NullishCoalescing => Level::BitOr,
        other => level(other),
    }
}

/// What an operator requires of its right operand.
pub(super) fn right(op: BinaryOp) -> Level {
    match level(op) {
        // `a && (b && c)` is the same without parentheses.
        same @ (Level::Or | Level::And | Level::Power) => same,
        Level::Nullish => Level::BitOr,
        Level::BitOr => Level::BitXor,
        Level::BitXor => Level::BitAnd,
        Level::BitAnd => Level::Equality,
        Level::Equality => Level::Relation,
        Level::Relation => Level::Shift,
        Level::Shift => Level::Sum,
        Level::Sum => Level::Product,
        Level::Product => Level::Power,
        other => other,
    }
}
