//! `declare const page: Page` says that a name exists elsewhere. TypeScript's resolver takes it for
//! a declaration of the module; without it the name is free, so that `define`, `provide` and the
//! list of globals see it. `declare enum` stays, because its members may be constants.

use swc_ecma_ast::{Decl, Module, ModuleItem, Stmt, TsEnumDecl, TsModuleDecl};
use swc_ecma_visit::{Visit, VisitWith};

/// Removes declarations of variables, functions, classes and namespaces that are elsewhere.
pub(super) fn remove(module: &mut Module) {
    module.body.retain(|item| !is_ambient(item));
}

fn is_ambient(item: &ModuleItem) -> bool {
    let ModuleItem::Stmt(Stmt::Decl(declaration)) = item else { return false };
    match declaration {
        Decl::Var(variables) => variables.declare,
        Decl::Fn(function) => function.declare,
        Decl::Class(class) => class.declare,
        Decl::TsModule(namespace) => namespace.declare && !namespace.global && !has_enum(namespace),
        _ => false,
    }
}

/// Whether a namespace has an `enum`, here or in a namespace inside.
fn has_enum(namespace: &TsModuleDecl) -> bool {
    struct Enums(bool);
    impl Visit for Enums {
        fn visit_ts_enum_decl(&mut self, _: &TsEnumDecl) {
            self.0 = true;
        }
    }
    let mut enums = Enums(false);
    namespace.visit_with(&mut enums);
    enums.0
}
