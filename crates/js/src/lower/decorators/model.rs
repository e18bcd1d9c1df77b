//! The walk that lowers decorators: what it knows, and the names that it makes.

use bundle_base::config::Decorators;
use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_ecma_ast::{Expr, Ident, PrivateName, VarDeclarator};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{Visit, noop_visit_type};

use crate::lower::build;

pub(super) struct DecoratorLowering {
    pub kind: Decorators,
    pub assigns_fields: bool,
    /// The variables to declare before the current statement.
    pub variables: Vec<VarDeclarator>,
    /// The private names of the program.
    pub private_names: FxHashSet<Atom>,
}

impl DecoratorLowering {
    /// Makes a variable that no other code can mean.
    pub fn variable(&mut self, name: &str) -> Ident {
        let ident = private_ident!(name);
        self.declare(ident.clone(), None);
        ident
    }

    /// Declares a variable before the current statement.
    pub fn declare(&mut self, name: Ident, value: Option<Expr>) {
        self.variables.push(match value {
            Some(value) => build::declarator(name, value),
            None => build::declared(name),
        });
    }

    /// Makes a private name that the program does not use.
    pub fn private_name(&mut self, hint: &str) -> PrivateName {
        let mut name = Atom::from(format!("_{hint}"));
        while !self.private_names.insert(name.clone()) {
            name = format!("_{name}").into();
        }
        PrivateName { span: build::NOWHERE, name }
    }
}

/// The private names of a program.
#[derive(Default)]
pub(super) struct PrivateNames(pub FxHashSet<Atom>);

impl Visit for PrivateNames {
    noop_visit_type!();

    fn visit_private_name(&mut self, name: &PrivateName) {
        self.0.insert(name.name.clone());
    }
}
