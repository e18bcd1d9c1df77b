//! The meaning of `this`, `super` and `new.target` in the code that the walk is in. Arrow functions
//! share the frame of the enclosing function; code that was moved out of a class gets one that
//! names the class.

use swc_ecma_ast::{Expr, Ident, ThisExpr};

use super::super::build;

/// What `this` becomes.
#[derive(Clone, Default)]
pub(super) enum This {
    #[default]
    Stays,
    Is(Ident),
    /// A variable that has no value before `super()` returned.
    Checked(Ident),
}

/// Where `super.name` looks.
#[derive(Clone)]
pub(super) struct Home {
    /// The class, or the object of a literal.
    pub object: Ident,
    /// Whether it looks in the prototype of the class, and not in the class itself.
    pub is_prototype: bool,
    /// Whether `super` stays where it is, except in async functions.
    pub stays: bool,
}

/// What `new.target` becomes.
#[derive(Clone, Default)]
pub(super) enum NewTarget {
    #[default]
    Stays,
    Undefined,
    /// The function that `new` called, if it was `new`.
    Of(Ident),
}

/// What is known of the parent of a class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Parent {
    #[default]
    Unknown,
    /// It is a class of the module that became a function.
    Function,
    /// It is the global `Array`.
    Array,
}

/// What `super(…)` becomes.
#[derive(Clone, Default)]
pub(super) enum SuperCall {
    #[default]
    Stays,
    /// Calls the parent of this class. The enclosing statement takes the result.
    Of { class: Ident, parent: Parent },
    /// Sets the variable, which may have a value already.
    Sets { class: Ident, parent: Parent, this: Ident },
}

#[derive(Clone, Default)]
pub(super) struct Frame {
    pub this: This,
    pub home: Option<Home>,
    pub new_target: NewTarget,
    pub super_call: SuperCall,
    /// The function to call for the fields once `super()` returned, unless their code follows it
    /// anyway.
    pub makes_fields: Option<Ident>,
    /// The value that a `return` without a value gives in a derived constructor.
    pub returned: Option<Ident>,
    /// Whether the code makes fields, so that `this` may lack private members.
    pub initialises: bool,
    /// Whether the code is in an async function that is lowered later.
    pub is_async: bool,
    /// Whether `new.target` was lowered.
    pub has_new_target: bool,
}

impl Frame {
    /// The frame of a method, field or static block.
    pub fn member(this: This, home: Home) -> Self {
        Self { this, home: Some(home), new_target: NewTarget::Undefined, ..Self::default() }
    }

    pub fn this(&self) -> Expr {
        match &self.this {
            This::Stays => ThisExpr { span: build::NOWHERE }.into(),
            This::Is(name) => name.clone().into(),
            This::Checked(name) => {
                build::helper("assert_this_initialized", vec![name.clone().into()])
            }
        }
    }
}
