//! The input of lowering, the kinds of functions, and the parts of state machines.

use swc_ecma_ast::{Expr, Ident, Stmt};
use swc_ecma_visit::VisitWith;

use super::super::{
    build,
    yields::{self, Yields},
};

/// What to lower, where the target has generators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::lower) struct Lacks {
    pub async_functions: bool,
    pub async_generators: bool,
}

/// The kinds of functions whose bodies can be suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Generator,
    Async,
    AsyncGenerator,
}

impl Kind {
    pub fn of(is_async: bool, is_generator: bool) -> Option<Self> {
        match (is_async, is_generator) {
            (false, false) => None,
            (false, true) => Some(Self::Generator),
            (true, false) => Some(Self::Async),
            (true, true) => Some(Self::AsyncGenerator),
        }
    }

    /// Whether code contains `yield` or `await` of the function. In an async generator a `return`
    /// with a value also waits.
    pub fn waits_in<N: VisitWith<Yields>>(self, node: &N) -> bool {
        yields::contains_yield(node, self == Self::AsyncGenerator)
    }

    /// Makes the call that returns the object from which the generators of a named function
    /// inherit.
    pub fn prototype(self, name: Ident) -> Option<Expr> {
        let helper = match self {
            Self::Generator => "generator_prototype",
            Self::AsyncGenerator => "async_generator_prototype",
            Self::Async => return None,
        };
        Some(build::helper(helper, vec![name.into()]))
    }
}

/// The variables that a function declares for its body.
#[derive(Default)]
pub(in crate::lower) struct Outer {
    /// The variables that hold its `this` and `arguments`.
    pub this: Option<Ident>,
    pub arguments: Option<Ident>,
    pub variables: Vec<Ident>,
    /// A name that always means the function itself.
    pub name: Option<Ident>,
}

/// A place in a state machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(pub u32);

/// Statements that run in order. After the last one, the next block runs.
#[derive(Default)]
pub(super) struct Block {
    pub labels: Vec<Label>,
    pub stmts: Vec<Stmt>,
}

/// The names in the function of a machine for the values that its helper passes.
pub(super) struct MachineNames {
    /// The label to continue at.
    pub label: Ident,
    /// The value that was sent or thrown in, and whether the body reads it.
    pub value: Ident,
    pub reads_value: bool,
    /// The object whose `h` is the label that handles errors.
    pub state: Ident,
    pub has_handlers: bool,
    /// Whether the body has `yield*`.
    pub delegates: bool,
    /// The variables that hold the objects of the enclosing `with` statements.
    pub scopes: Vec<Ident>,
}

/// Whether no code after a statement can run.
pub(super) fn is_terminal(statement: &Stmt) -> bool {
    match statement {
        Stmt::Return(_) | Stmt::Throw(_) | Stmt::Break(_) | Stmt::Continue(_) => true,
        Stmt::Block(block) => block.stmts.last().is_some_and(is_terminal),
        _ => false,
    }
}

/// An enclosing `try` block, or a `try` block with its `catch` block.
pub(super) struct Region {
    /// The label that errors go to.
    pub handler: Label,
    pub finally: Option<Finally>,
}

/// A `finally` block to run before a region is left.
pub(super) struct Finally {
    pub entry: Label,
    /// The variable for the label to continue at.
    pub next: Ident,
    /// The variable for the value that is thrown or returned afterwards.
    pub value: Ident,
    /// Where the helper goes if `return` is called while a `yield` of the region waits.
    pub on_return: Option<Label>,
    pub exits: Vec<(Label, Exit)>,
}

/// The code that follows a `finally` block.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    Return,
    /// A jump to a place inside this many regions.
    Jump(Label, usize),
}
