//! What the enclosing code allows at a place, as bits.

/// What is allowed at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Context(u16);

impl Context {
    /// Strict code, as swc's parser sees it: only by a first directive that is written plainly.
    pub const STRICT: Self = Self(1);
    /// Strict code, as `features::scan` sees it.
    pub const STRICT_SCAN: Self = Self(1 << 1);
    /// `yield` is an operator.
    pub const YIELD: Self = Self(1 << 2);
    /// `await` is an operator.
    pub const AWAIT: Self = Self(1 << 3);
    /// `await` is not a name.
    pub const AWAIT_RESERVED: Self = Self(1 << 4);
    /// `in` is an operator.
    pub const IN: Self = Self(1 << 5);
    /// In the parameters of a function that is not an arrow function.
    pub const PARAMETERS: Self = Self(1 << 6);
    /// In a class field or static block, where `arguments` is not a name.
    pub const FIELD: Self = Self(1 << 7);
    /// `super.a` is allowed.
    pub const SUPER: Self = Self(1 << 8);
    /// `new.target` is allowed.
    pub const NEW_TARGET: Self = Self(1 << 9);
    /// In a function, a field or a static block: `await` is not at the top level.
    pub const FUNCTION: Self = Self(1 << 10);
    /// `break` without a label is allowed.
    pub const BREAK: Self = Self(1 << 11);
    /// `continue` is allowed.
    pub const CONTINUE: Self = Self(1 << 12);
    /// In a static block, where `return` is not allowed.
    pub const STATIC_BLOCK: Self = Self(1 << 13);

    pub const NONE: Self = Self(0);

    /// The bits that a function's body does not take over from the enclosing code.
    pub const BODY: Self = Self(
        Self::YIELD.0
            | Self::AWAIT.0
            | Self::AWAIT_RESERVED.0
            | Self::PARAMETERS.0
            | Self::BREAK.0
            | Self::CONTINUE.0
            | Self::STATIC_BLOCK.0,
    );

    #[inline]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    #[inline]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[inline]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    #[inline]
    pub fn with_if(self, other: Self, is_so: bool) -> Self {
        if is_so { self.with(other) } else { self }
    }
}
