//! Names that webpack gives to every module and that programs assign to: `__webpack_public_path__ =
//! window.base` and `__webpack_nonce__ = token`. Each becomes a variable of the module, because our
//! loader of chunks needs neither: it knows its address, and takes over the nonce of its script.

use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    Expr, Ident, Module, ModuleItem, Stmt, Str, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::{prepend_stmts, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::names::Names;
use crate::scopes::free;

const PUBLIC_PATH: &str = "__webpack_public_path__";
const NONCE: &str = "__webpack_nonce__";

/// Declares those of the names that a module uses. `public_path`: the address of the output folder.
pub(super) fn declare(module: &mut Module, names: &mut Names, public_path: &str) {
    if ![PUBLIC_PATH, NONCE].into_iter().any(|name| names.table().mentions_free(name)) {
        return;
    }
    names.will_change();
    let mut own = Own { used: Vec::new() };
    module.visit_mut_with(&mut own);
    let declarations = own.used.into_iter().map(|name| {
        let value = || Box::new(Expr::from(Str::from(public_path)));
        let declarator = VarDeclarator {
            span: DUMMY_SP,
            init: (name.sym == PUBLIC_PATH).then(value),
            name: name.into(),
            definite: false,
        };
        let declaration =
            VarDecl { kind: VarDeclKind::Var, decls: vec![declarator], ..VarDecl::default() };
        ModuleItem::from(Stmt::from(declaration))
    });
    prepend_stmts(&mut module.body, declarations);
}

/// Finds the names, and makes them names of the module.
struct Own {
    used: Vec<Ident>,
}

impl VisitMut for Own {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, ident: &mut Ident) {
        if ident.ctxt != free() || ![PUBLIC_PATH, NONCE].contains(&&*ident.sym) {
            return;
        }
        let known = self.used.iter().find(|known| known.sym == ident.sym).cloned();
        let own = known.unwrap_or_else(|| {
            let own = private_ident!(ident.sym.clone());
            self.used.push(own.clone());
            own
        });
        ident.ctxt = own.ctxt;
    }
}
