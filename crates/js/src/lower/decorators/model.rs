//! The walk that lowers decorators: what it knows, and the names that it makes.

use bundle_base::config::Decorators;
use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_ecma_ast::{ComputedPropName, Expr, Ident, PrivateName, PropName, VarDeclarator};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{Visit, noop_visit_type};

use crate::lower::build;

/// Whose decorators a program has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Dialect {
    /// TypeScript's `experimentalDecorators`.
    TypeScript,
    /// Babel's `legacy: true`.
    Babel,
    /// The proposal as of November 2023.
    Standard,
}

impl Dialect {
    pub fn of(kind: Decorators, is_typescript: bool) -> Self {
        match kind {
            Decorators::Legacy if is_typescript => Self::TypeScript,
            Decorators::Legacy => Self::Babel,
            Decorators::Standard => Self::Standard,
        }
    }
}

pub(super) struct DecoratorLowering {
    pub dialect: Dialect,
    pub assigns_fields: bool,
    /// Whether there are fields that calls of a helper define.
    pub has_decorated_fields: bool,
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

    /// Turns a key into an expression that can be used again. Returns the second use.
    pub fn keep_key(&mut self, name: &mut PropName) -> PropName {
        let PropName::Computed(computed) = name else { return name.clone() };
        if computed.expr.is_lit() {
            return name.clone();
        }
        if let Expr::Assign(kept) = &*computed.expr
            && kept.span == build::NOWHERE
            && let Some(variable) = kept.left.as_ident()
        {
            let expr = Box::new(Expr::from(variable.id.clone()));
            return PropName::Computed(ComputedPropName { span: build::NOWHERE, expr });
        }
        let variable = self.variable("_key");
        let value = std::mem::take(&mut *computed.expr);
        let value = build::helper("to_property_key", vec![value]);
        *computed.expr = build::assign(variable.clone(), value);
        let expr = Box::new(variable.into());
        PropName::Computed(ComputedPropName { span: build::NOWHERE, expr })
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
