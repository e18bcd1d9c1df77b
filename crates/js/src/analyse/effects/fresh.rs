//! Which top-level names hold an object that was made for them and is never replaced. Only users of
//! the name notice a change of such an object.

use bundle_graph::record::SymbolIndex;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::SyntaxContext;
use swc_ecma_ast::{
    Decl, DefaultDecl, Expr, Function, Id, Ident, ModuleDecl, ModuleItem, Param, Pat, Stmt,
};

use super::{
    statements::{Judge, Owner},
    world::World,
};

/// Returns these names, each with the owner of its object. `assigned`: names that are written to
/// elsewhere.
pub(super) fn names(
    items: &[ModuleItem],
    world: &World<'_>,
    assigned: &FxHashSet<Id>,
) -> FxHashMap<Id, SymbolIndex> {
    let mut found = Found { world, owners: FxHashMap::default() };
    for item in items {
        match item {
            ModuleItem::Stmt(Stmt::Decl(declaration)) => found.declaration(declaration),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                found.declaration(&export.decl);
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => match &export.decl {
                DefaultDecl::Fn(f) => found.add_own(f.ident.as_ref()),
                DefaultDecl::Class(c) => found.add_own(c.ident.as_ref()),
                DefaultDecl::TsInterfaceDecl(_) => {}
            },
            _ => {}
        }
    }
    let declared_twice = declared_twice(world);
    let mut owners = found.owners;
    owners.retain(|id, _| !assigned.contains(id) && !declared_twice.contains(id));
    owners
}

fn declared_twice(world: &World<'_>) -> FxHashSet<Id> {
    let mut seen = FxHashSet::default();
    world
        .table
        .declared
        .iter()
        .map(|d| d.ident.to_id())
        .filter(|id| !seen.insert(id.clone()))
        .collect()
}

struct Found<'a> {
    world: &'a World<'a>,
    owners: FxHashMap<Id, SymbolIndex>,
}

impl Found<'_> {
    fn add_own(&mut self, ident: Option<&Ident>) {
        if let Some(ident) = ident
            && let Some(symbol) = self.world.own_symbol(&ident.to_id())
        {
            self.owners.insert(ident.to_id(), symbol);
        }
    }

    fn declaration(&mut self, declaration: &Decl) {
        match declaration {
            Decl::Fn(f) => self.add_own(Some(&f.ident)),
            Decl::Class(c) => self.add_own(Some(&c.ident)),
            Decl::Var(variables) => {
                for declarator in &variables.decls {
                    let Pat::Ident(name) = &declarator.name else { continue };
                    match declarator
                        .init
                        .as_ref()
                        .map(|value| Judge::new(usize::MAX, self.world).owner(value))
                    {
                        // `var E;` gets its object later, from `E || (E = {})`.
                        None | Some(Some(Owner::Nobody)) => self.add_own(Some(&name.id)),
                        Some(Some(Owner::Symbol(other))) => {
                            self.owners.insert(name.to_id(), other);
                        }
                        Some(None) => {}
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether a function that is called where it is written returns a function, class or object of its
/// own, as lowered classes and namespaces do.
pub(super) fn returns_own(function: &Function, helpers: SyntaxContext) -> bool {
    let Some(body) = &function.body else { return false };
    let Some(Stmt::Return(last)) = body.stmts.last() else { return false };
    let Some(Expr::Ident(returned)) = last.arg.as_deref() else { return false };
    let declares = |statement: &Stmt| match statement {
        Stmt::Decl(Decl::Fn(f)) => f.ident.to_id() == returned.to_id(),
        Stmt::Decl(Decl::Class(c)) => c.ident.to_id() == returned.to_id(),
        Stmt::Decl(Decl::Var(variables)) => variables.decls.iter().any(|variable| {
            variable.name.as_ident().is_some_and(|name| name.to_id() == returned.to_id())
                && variable.init.as_ref().is_some_and(|value| makes_class(value, helpers))
        }),
        _ => false,
    };
    let is_parameter = |p: &Param| matches!(&p.pat, Pat::Ident(i) if i.to_id() == returned.to_id());
    body.stmts.iter().any(declares) || function.params.iter().any(is_parameter)
}

/// Whether a value is the function of a lowered class.
fn makes_class(value: &Expr, helpers: SyntaxContext) -> bool {
    let Expr::Call(call) = value else { return false };
    let is_maker = |name: &Ident| {
        name.ctxt == helpers
            && matches!(
                &*name.sym,
                "_create_class" | "_create_keyed_class" | "_create_loose_class" | "_inherits"
            )
    };
    call.callee.as_expr().and_then(|callee| callee.as_ident()).is_some_and(is_maker)
        && call
            .args
            .first()
            .is_some_and(|made| made.expr.is_fn_expr() || makes_class(&made.expr, helpers))
}
