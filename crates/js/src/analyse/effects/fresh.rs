//! Which top-level names hold an object that was made for them, is never replaced, and has no accessor that writing
//! or reading a member could run: what is done to such an object is seen only by users of the name.

use bundle_graph::record::SymbolIndex;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_ecma_ast::{
    CallExpr, Class, ClassMember, Decl, DefaultDecl, Expr, Function, Id, Ident, MethodKind, ModuleDecl, ModuleItem, Pat, Prop,
    PropOrSpread, Stmt,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{
    World,
    statements::{Judge, Owner},
};
use crate::analyse::requests::key_name;

/// The names, and whose object each holds, given those that are written to elsewhere.
pub(super) fn names(items: &[ModuleItem], world: &World<'_>, assigned: &FxHashSet<Id>) -> FxHashMap<Id, SymbolIndex> {
    let mut found = Found { world, owners: FxHashMap::default() };
    for item in items {
        match item {
            ModuleItem::Stmt(Stmt::Decl(declaration)) => found.declaration(declaration),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => found.declaration(&export.decl),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => match &export.decl {
                DefaultDecl::Fn(f) => found.own(f.ident.as_ref()),
                DefaultDecl::Class(c) if !has_static_accessor(&c.class) => found.own(c.ident.as_ref()),
                DefaultDecl::Class(_) | DefaultDecl::TsInterfaceDecl(_) => {}
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
    world.table.declared.iter().map(|d| d.ident.to_id()).filter(|id| !seen.insert(id.clone())).collect()
}

struct Found<'a> {
    world: &'a World<'a>,
    owners: FxHashMap<Id, SymbolIndex>,
}

impl Found<'_> {
    fn own(&mut self, ident: Option<&Ident>) {
        if let Some(ident) = ident
            && let Some(symbol) = self.world.own(&ident.to_id())
        {
            self.owners.insert(ident.to_id(), symbol);
        }
    }

    fn declaration(&mut self, declaration: &Decl) {
        match declaration {
            Decl::Fn(f) => self.own(Some(&f.ident)),
            Decl::Class(c) if !has_static_accessor(&c.class) => self.own(Some(&c.ident)),
            Decl::Var(variables) => {
                for declarator in &variables.decls {
                    let Pat::Ident(name) = &declarator.name else { continue };
                    match declarator.init.as_ref().map(|value| Judge::new(self.world).owner(value)) {
                        // `var E;` waits for `E || (E = {})`.
                        None | Some(Some(Owner::Nobody)) => self.own(Some(&name.id)),
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

/// Whether a class has a static getter or setter.
pub(super) fn has_static_accessor(class: &Class) -> bool {
    class.body.iter().any(|member| match member {
        ClassMember::Method(method) => method.is_static && method.kind != MethodKind::Method,
        ClassMember::AutoAccessor(accessor) => accessor.is_static,
        _ => false,
    })
}

/// Whether a function called on the spot returns a function or object that it declared itself, without static
/// accessors: what a class or a namespace is lowered to.
pub(super) fn returns_own(function: &Function) -> bool {
    let Some(body) = &function.body else { return false };
    let Some(Stmt::Return(last)) = body.stmts.last() else { return false };
    let Some(Expr::Ident(returned)) = last.arg.as_deref() else { return false };
    let declares = |statement: &Stmt| match statement {
        Stmt::Decl(Decl::Fn(f)) => f.ident.to_id() == returned.to_id(),
        Stmt::Decl(Decl::Class(c)) => c.ident.to_id() == returned.to_id(),
        _ => false,
    };
    let is_parameter = function.params.iter().any(|p| matches!(&p.pat, Pat::Ident(i) if i.to_id() == returned.to_id()));
    let mut accessors = Accessors(false);
    body.visit_with(&mut accessors);
    (is_parameter || body.stmts.iter().any(declares)) && !accessors.0
}

/// Finds static accessors of a lowered class: the third argument of `_create_class`.
struct Accessors(bool);

impl Visit for Accessors {
    noop_visit_type!();

    fn visit_call_expr(&mut self, call: &CallExpr) {
        let is_create = call.callee.as_expr().is_some_and(|c| matches!(&**c, Expr::Ident(i) if i.sym == "_create_class"));
        if is_create && let Some(Expr::Array(statics)) = call.args.get(2).map(|a| &*a.expr) {
            self.0 |= statics.elems.iter().flatten().any(|e| is_accessor(&e.expr));
        }
        call.visit_children_with(self);
    }

    fn visit_function(&mut self, _: &Function) {}
}

fn is_accessor(descriptor: &Expr) -> bool {
    let Expr::Object(object) = descriptor else { return true };
    object.props.iter().any(|prop| {
        let PropOrSpread::Prop(prop) = prop else { return true };
        match &**prop {
            Prop::KeyValue(pair) => {
                matches!(key_name(&pair.key).as_deref(), Some("get" | "set"))
            }
            Prop::Method(method) => {
                matches!(key_name(&method.key).as_deref(), Some("get" | "set"))
            }
            _ => true,
        }
    })
}
