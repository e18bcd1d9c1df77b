//! What the surrounding code allows at a place: a set of facts. A function, a class or a field
//! initialiser replaces the whole set, and an arrow function inherits it.

/// The facts that hold at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Context(u16);

/// One fact.
#[derive(Clone, Copy, Debug)]
#[repr(u16)]
pub(super) enum Fact {
    /// Strict mode.
    Strict = 1,
    /// Directly in an async function, or at a module's top level.
    Async = 1 << 1,
    /// Directly in a generator.
    Generator = 1 << 2,
    /// `super(…)` may be called.
    SuperCall = 1 << 3,
    /// `super.member` may be read.
    SuperMember = 1 << 4,
    /// `new.target` is allowed.
    NewTarget = 1 << 5,
    /// `return` is allowed.
    Return = 1 << 6,
    /// In the initialiser of a class field or in a static block: `arguments` is not allowed.
    Initializer = 1 << 7,
    /// In a static block: `await` is not a name.
    StaticBlock = 1 << 8,
    /// In the parameters of an arrow function: neither `yield` nor `await` is allowed.
    ArrowParameters = 1 << 9,
}

impl Context {
    /// The top level of an ES module.
    pub fn module() -> Self {
        Self(0).with(Fact::Strict).with(Fact::Async)
    }

    /// The body of a CommonJS module, which is wrapped in a function.
    pub fn script() -> Self {
        Self(0).with(Fact::Return).with(Fact::NewTarget)
    }

    /// A function that is not an arrow function. It is as strict as the enclosing code.
    pub fn function(self, is_async: bool, is_generator: bool) -> Self {
        Self(0)
            .set(Fact::Strict, self.has(Fact::Strict))
            .set(Fact::Async, is_async)
            .set(Fact::Generator, is_generator)
            .with(Fact::NewTarget)
            .with(Fact::Return)
    }

    /// An arrow function. It inherits the facts, except for `yield` and `return`.
    pub fn arrow(self, is_async: bool) -> Self {
        self.set(Fact::Async, is_async)
            .set(Fact::Generator, false)
            .set(Fact::ArrowParameters, false)
            .with(Fact::Return)
    }

    /// The initialiser of a class field.
    pub fn initializer() -> Self {
        Self(0)
            .with(Fact::Strict)
            .with(Fact::SuperMember)
            .with(Fact::NewTarget)
            .with(Fact::Initializer)
    }

    /// A static block.
    pub fn static_block() -> Self {
        Self::initializer().with(Fact::StaticBlock)
    }

    /// Whether a fact holds.
    pub fn has(self, fact: Fact) -> bool {
        self.0 & fact as u16 != 0
    }

    /// Adds a fact.
    pub fn with(self, fact: Fact) -> Self {
        Self(self.0 | fact as u16)
    }

    /// Adds a fact, or removes it.
    pub fn set(self, fact: Fact, holds: bool) -> Self {
        if holds { self.with(fact) } else { Self(self.0 & !(fact as u16)) }
    }
}
