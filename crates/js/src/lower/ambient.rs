//! `declare const page: Page` says that a name exists elsewhere. TypeScript's resolver takes it for
//! a declaration of the module; without it the name is free, so that `define`, `provide` and the
//! list of globals see it. `declare enum` stays, because its members may be constants.

use swc_ecma_ast::{Decl, Module, ModuleItem, Stmt};

/// Removes declarations of variables, functions and classes that are elsewhere.
pub(super) fn remove(module: &mut Module) {
    module.body.retain(|item| !is_ambient(item));
}

fn is_ambient(item: &ModuleItem) -> bool {
    let ModuleItem::Stmt(Stmt::Decl(declaration)) = item else { return false };
    match declaration {
        Decl::Var(variables) => variables.declare,
        Decl::Fn(function) => function.declare,
        Decl::Class(class) => class.declare,
        _ => false,
    }
}
