//! Two names of one value become one: `function f() {} const a = f`, where other modules see `a`,
//! is `function a() {}`.

use rustc_hash::FxHashMap;
use swc_common::SyntaxContext;
use swc_ecma_ast::{Decl, Expr, Ident, Module, ModuleItem, Pat, Stmt};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::model::Compress;
use crate::{ast::bound_names, scopes::respell};

impl Compress<'_> {
    /// Joins the names of values at the top level.
    pub(super) fn join_aliases(&mut self, module: &mut Module) {
        let mut joined: FxHashMap<SyntaxContext, Ident> = FxHashMap::default();
        let mut functions = Vec::new();
        for item in &module.body {
            if let ModuleItem::Stmt(Stmt::Decl(Decl::Fn(function))) = item {
                functions.extend(Self::index(&function.ident));
            }
        }
        let mut declared = functions;
        for item in &mut module.body {
            match item {
                ModuleItem::Stmt(Stmt::Decl(Decl::Class(class))) => {
                    declared.extend(Self::index(&class.ident));
                }
                ModuleItem::Stmt(Stmt::Decl(Decl::Var(declaration))) => {
                    declaration.decls.retain(|declarator| {
                        let alias = match (&declarator.name, declarator.init.as_deref()) {
                            (Pat::Ident(alias), Some(Expr::Ident(name))) => {
                                self.is_alias(&alias.id, name, &declared).then_some((alias, name))
                            }
                            _ => None,
                        };
                        let Some((alias, name)) =
                            alias.filter(|it| !joined.contains_key(&it.1.ctxt))
                        else {
                            bound_names(&declarator.name, &mut |name| {
                                declared.extend(Self::index(name));
                            });
                            return true;
                        };
                        joined.insert(name.ctxt, alias.id.clone());
                        false
                    });
                }
                _ => {}
            }
        }
        if joined.is_empty() {
            return;
        }
        self.is_changed = true;
        let is_empty = |item: &ModuleItem| match item {
            ModuleItem::Stmt(Stmt::Decl(Decl::Var(declaration))) => declaration.decls.is_empty(),
            _ => false,
        };
        module.body.retain(|item| !is_empty(item));
        let names = joined.iter().map(|(from, to)| (*from, to.sym.clone())).collect();
        respell(module, &names);
        module.visit_mut_with(&mut Renumber { joined });
    }

    /// Whether a variable that other modules see always has the value of another one.
    fn is_alias(&self, alias: &Ident, name: &Ident, declared: &[usize]) -> bool {
        let (Some(alias), Some(name)) = (Self::index(alias), Self::index(name)) else {
            return false;
        };
        let (to, from) = (&self.scopes.bindings[alias], &self.scopes.bindings[name]);
        self.is_kept[alias]
            && to.is_never_assigned()
            && to.scope == 0
            && self.is_own(name)
            && from.is_never_assigned()
            && from.scope == 0
            && !from.kind.is_import()
            && declared.contains(&name)
    }
}

struct Renumber {
    joined: FxHashMap<SyntaxContext, Ident>,
}

impl VisitMut for Renumber {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if let Some(other) = self.joined.get(&name.ctxt) {
            name.ctxt = other.ctxt;
        }
    }
}
