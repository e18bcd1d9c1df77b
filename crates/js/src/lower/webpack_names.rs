//! Names that webpack gives to every module and that programs assign to: `__webpack_public_path__ =
//! window.base` and `__webpack_nonce__ = token`. In classic scripts the first is
//! `public_path("shop").value`, which our runtime puts before the names of files. In other formats
//! it is a variable of the module, because browsers and Node find files relative to the script. So
//! is the second: our loader of chunks takes over the nonce of its script.

use bundle_base::{Config, config::Format};
use swc_common::{DUMMY_SP, Span};
use swc_ecma_ast::{
    AssignPat, Expr, Ident, IdentName, KeyValuePatProp, KeyValueProp, MemberExpr, Module,
    ModuleItem, ObjectPatProp, Pat, Prop, PropName, SimpleAssignTarget, Stmt, Str, VarDecl,
    VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::{prepend_stmts, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    build::{self, NOWHERE},
    names::NameTable,
};
use crate::{runtime::PUBLIC_PATH_FUNCTION, scopes::free};

const PUBLIC_PATH: &str = "__webpack_public_path__";
const NONCE: &str = "__webpack_nonce__";

/// Gives the names that a module uses their meanings.
pub(super) fn lower(module: &mut Module, names: &mut NameTable, config: &Config) {
    if ![PUBLIC_PATH, NONCE].into_iter().any(|name| names.table().mentions_free(name)) {
        return;
    }
    names.will_change();
    if config.output.format == Format::Iife {
        module.visit_mut_with(&mut OfPage { project: &config.name });
    }
    let mut own = Own { used: Vec::new() };
    module.visit_mut_with(&mut own);
    let declarations = own.used.into_iter().map(|name| {
        let value = || Box::new(Expr::from(Str::from(config.output.public_path.as_str())));
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

/// Replaces the public path by a property that all scripts of the page share.
struct OfPage<'a> {
    project: &'a str,
}

impl OfPage<'_> {
    fn value(&self, span: Span) -> MemberExpr {
        let project = Expr::from(Str::from(self.project));
        let path = build::helper_at(span, PUBLIC_PATH_FUNCTION, vec![project]);
        let prop = IdentName::new("value".into(), NOWHERE).into();
        MemberExpr { span, obj: Box::new(path), prop }
    }
}

fn is_public_path(name: &Ident) -> bool {
    name.sym == PUBLIC_PATH && name.ctxt == free()
}

impl VisitMut for OfPage<'_> {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Ident(name) if is_public_path(name) => *expr = self.value(name.span).into(),
            _ => expr.visit_mut_children_with(self),
        }
    }

    fn visit_mut_simple_assign_target(&mut self, target: &mut SimpleAssignTarget) {
        match target {
            SimpleAssignTarget::Ident(name) if is_public_path(name) => {
                *target = SimpleAssignTarget::Member(self.value(name.span));
            }
            _ => target.visit_mut_children_with(self),
        }
    }

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        match pattern {
            Pat::Ident(name) if is_public_path(name) => {
                *pattern = Pat::Expr(Box::new(self.value(name.span).into()));
            }
            _ => pattern.visit_mut_children_with(self),
        }
    }

    fn visit_mut_object_pat_prop(&mut self, property: &mut ObjectPatProp) {
        property.visit_mut_children_with(self);
        let ObjectPatProp::Assign(short) = property else { return };
        if !is_public_path(&short.key) {
            return;
        }
        let target = Box::new(Pat::Expr(Box::new(self.value(short.key.span).into())));
        let value = match short.value.take() {
            Some(right) => Box::new(Pat::Assign(AssignPat { span: NOWHERE, left: target, right })),
            None => target,
        };
        let key = PropName::Ident(short.key.id.clone().into());
        *property = ObjectPatProp::KeyValue(KeyValuePatProp { key, value });
    }

    fn visit_mut_prop(&mut self, property: &mut Prop) {
        match property {
            Prop::Shorthand(name) if is_public_path(name) => {
                let value = Box::new(self.value(name.span).into());
                *property = Prop::KeyValue(KeyValueProp {
                    key: PropName::Ident(name.clone().into()),
                    value,
                });
            }
            _ => property.visit_mut_children_with(self),
        }
    }
}

/// Finds the names, and turns them into names of the module.
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
