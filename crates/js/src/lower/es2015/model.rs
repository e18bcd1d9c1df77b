//! The walk that lowers ECMAScript 2015, and what it knows of the enclosing function.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{Id, Ident, ThisExpr, VarDeclarator};
use swc_ecma_utils::private_ident;

use super::super::{
    build,
    generators::{Constants, Outer},
};
use crate::scopes::Scopes;

/// What to lower.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(in crate::lower) struct Lacks {
    /// Everything, not only the constructs below and `...` in objects.
    pub edition: bool,
    /// Template literals.
    pub templates: bool,
    /// Variables of one iteration that functions may capture.
    pub captures: bool,
    /// Generators, and then also async functions.
    pub generators: bool,
    /// Tagged templates with an escape that no string may have.
    pub invalid_escapes: bool,
    /// `typeof` of a polyfilled symbol must be "symbol".
    pub typeof_symbol: bool,
    /// The option `loose`.
    pub is_loose: bool,
}

pub(super) struct Es2015Lowering<'t> {
    pub lacks: Lacks,
    pub function: FunctionState,
    /// Variables that hold arrays for certain.
    pub lists: FxHashSet<Id>,
    pub table: &'t Scopes,
    /// Variables whose value cannot change while a function waits.
    pub constants: Constants<'t>,
    /// Variables of the program that hold the texts of tagged templates.
    pub templates: Vec<Ident>,
    /// A name that always means the function that comes next.
    pub name_of_next: Option<Ident>,
}

/// What the walk knows of the enclosing function.
#[derive(Default)]
pub(super) struct FunctionState {
    /// The variables that it needs.
    pub variables: Vec<Ident>,
    /// How many of its loops enclose the current place.
    pub loops: u32,
    /// How many enclosing arrow functions share its `this` and `arguments`.
    pub arrows: u32,
    /// A name that always means the function itself.
    pub name: Option<Ident>,
    /// The variables that hold its `this` and `arguments` for arrow functions.
    this: Option<Ident>,
    arguments: Option<Ident>,
}

impl<'t> Es2015Lowering<'t> {
    pub fn new(lacks: Lacks, table: &'t Scopes) -> Self {
        Self {
            lacks,
            function: FunctionState::default(),
            lists: FxHashSet::default(),
            table,
            constants: Constants::new(table),
            templates: Vec::new(),
            name_of_next: None,
        }
    }

    /// Makes a variable of the current function that no other code can mean.
    pub fn variable(&mut self, name: &str) -> Ident {
        let ident = private_ident!(name);
        self.function.variables.push(ident.clone());
        ident
    }
}

impl FunctionState {
    pub fn this(&mut self) -> Ident {
        self.this.get_or_insert_with(|| private_ident!("_this")).clone()
    }

    pub fn arguments(&mut self) -> Ident {
        self.arguments.get_or_insert_with(|| private_ident!("_arguments")).clone()
    }

    /// Returns what the function declares for a body that is lowered to a state machine.
    pub fn into_outer(self) -> Outer {
        let Self { this, arguments, variables, name, .. } = self;
        Outer { this, arguments, variables, name }
    }

    /// Returns the declarations that hold `this` and `arguments`.
    pub fn receivers(&mut self) -> Vec<VarDeclarator> {
        let this = || ThisExpr { span: build::NOWHERE }.into();
        let this = self.this.take().map(|name| build::declarator(name, this()));
        let list = self.arguments.take().map(|name| build::declarator(name, build::arguments()));
        this.into_iter().chain(list).collect()
    }
}
