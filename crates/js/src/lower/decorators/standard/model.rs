//! The data for lowering one class, and the list of functions that the helper fills.

use swc_ecma_ast::{ClassMember, Expr, Ident};

use crate::lower::{
    build,
    decorators::{model::DecoratorLowering, nodes},
};

/// Where the list holds the functions that every class has.
pub(super) const METHOD_INITIALISERS: usize = 0;
pub(super) const STATIC_METHOD_INITIALISERS: usize = 1;
pub(super) const CLASS_INITIALISERS: usize = 2;
/// Where those of members begin.
pub(super) const FIRST_OF_MEMBERS: usize = 3;

/// The code that has to run before the next field of an instance.
#[derive(Default)]
pub(super) struct Between {
    pub instance: Vec<Expr>,
}

/// Lowers the members of one class.
pub(super) struct Lowering<'a> {
    pub walk: &'a mut DecoratorLowering,
    pub list: Ident,
    /// The variable that holds the replacement of the class.
    pub replacement: Option<Ident>,
    /// The entry that the helper gets for each listed member.
    pub entries: Vec<Expr>,
    /// The number of the next function in the list.
    pub next: usize,
    /// Whether methods of instances, and static ones, have decorators.
    pub has_methods: [bool; 2],
    pub body: Vec<ClassMember>,
    /// The members of the enclosing class.
    pub around: Vec<ClassMember>,
    pub between: Between,
}

impl Lowering<'_> {
    /// Makes a call of a function of the list.
    pub fn function(&self, index: usize, args: Vec<Expr>) -> Expr {
        let callee = build::element(self.list.clone().into(), nodes::number(index));
        build::call(build::NOWHERE, callee, args.into_iter().map(Into::into).collect())
    }

    /// What `this` is where a member is initialised.
    pub fn receiver(&self, is_static: bool) -> Expr {
        match &self.replacement {
            Some(replacement) if is_static => replacement.clone().into(),
            _ => nodes::this(),
        }
    }
}
