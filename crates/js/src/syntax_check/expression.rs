//! The summary of an expression that was read: what it can become, and what follows if it stays an
//! expression.

/// The form of an expression, as far as the code after it depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Name,
    Member,
    /// An array or object literal.
    Literal,
    Assignment,
    Arrow,
    /// `a?.b`, and what follows it.
    OptionalChain,
    /// `#a`, which may only be before `in`.
    PrivateName,
    Unary,
    Typeof,
    /// The string "symbol".
    Symbol,
    /// `a && b` or `a || b`.
    Logical,
    /// `a ?? b`.
    Nullish,
    Other,
}

/// The summary of an expression.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expr {
    pub form: Form,
    flags: u8,
    /// Where it starts.
    pub start: u32,
}

impl Expr {
    /// It can be the pattern of a parameter.
    pub const BINDS: u8 = 1;
    /// It can be the target of a destructuring assignment, or a part of one.
    pub const TARGET: u8 = 1 << 1;
    /// Anything can be assigned to it.
    pub const SIMPLE: u8 = 1 << 2;
    /// It contains `{ a = 1 }`, so it must become a pattern.
    pub const MUST_BIND: u8 = 1 << 3;
    /// It contains a shorthand property, if it stays an expression.
    pub const SHORTHAND: u8 = 1 << 4;
    /// It contains a spread element, if it stays an expression.
    pub const SPREAD: u8 = 1 << 5;
    /// It contains an object with the same key twice, if it stays an expression.
    pub const TWICE: u8 = 1 << 6;

    /// What becomes true if the expression stays one.
    pub const PENDING: u8 = Self::MUST_BIND | Self::SHORTHAND | Self::SPREAD | Self::TWICE;

    /// What a pattern requires of each of its parts.
    pub const PATTERN: u8 = Self::BINDS | Self::TARGET;

    #[inline]
    pub fn new(form: Form, flags: u8, start: u32) -> Self {
        Self { form, flags, start }
    }

    #[inline]
    pub fn other(start: u32) -> Self {
        Self { form: Form::Other, flags: 0, start }
    }

    #[inline]
    pub fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    #[inline]
    pub fn only(self, flags: u8) -> u8 {
        self.flags & flags
    }
}

/// What an array or object literal gathers from its parts.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    flags: u8,
}

impl Parts {
    pub fn new() -> Self {
        Self { flags: Expr::PATTERN }
    }

    /// A part that can be a pattern if the expression can.
    #[inline]
    pub fn add(&mut self, part: Expr) {
        self.flags =
            self.flags & (part.only(Expr::PATTERN) | !Expr::PATTERN) | part.only(Expr::PENDING);
    }

    /// `...part`. In a pattern, it has no default value.
    pub fn add_rest(&mut self, part: Expr) {
        self.add(part);
        if part.form == Form::Assignment {
            self.is_no_pattern();
        }
    }

    #[inline]
    pub fn note(&mut self, flag: u8) {
        self.flags |= flag;
    }

    #[inline]
    pub fn is_no_pattern(&mut self) {
        self.flags &= !Expr::PATTERN;
    }

    pub fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// The summary of the literal.
    pub fn literal(self, start: u32) -> Expr {
        Expr::new(Form::Literal, self.flags, start)
    }
}
