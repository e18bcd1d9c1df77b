//! Namespaces. Each block becomes a function that is called with the object to fill:
//!
//! ```text
//! namespace Tools {              var Tools;
//!   export const limit = 10;     (function(Tools) {
//!   export function clamp() {      Tools.limit = 10;
//!     return limit;                function clamp() {
//!   }                                return Tools.limit;
//! }                                }
//!                                  Tools.clamp = clamp;
//!                                })(Tools || (Tools = {}));
//! ```
//!
//! The exports of one block are in scope in all blocks of the same name.

use rustc_hash::FxHashSet;
use swc_common::Span;
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, Decl, ExportDecl, Expr, Id, Ident, Module, ModuleDecl,
    ModuleItem, Stmt, TsModuleDecl, TsNamespaceBody, VarDecl, VarDeclarator,
};
use swc_ecma_utils::{find_pat_ids, private_ident};
use swc_ecma_visit::{VisitMutWith, VisitWith};

use super::{
    blocks::{BlockIdentity, Blocks},
    bound::Bound,
    constants::Constants,
    erase::Erased,
    walk::{Scope, TypeScriptLowering, call, member_of, or_empty, report, statement_at},
};
use crate::{
    lower::{
        build::{self, NOWHERE},
        names::NameTable,
    },
    scopes::Kind,
};

/// Lowers all enums, namespaces and `import a =` of a program whose names are numbered. `erased`:
/// what was erased of it.
pub(super) fn lower(module: &mut Module, erased: &Erased, names: &mut NameTable) {
    let constants = Constants::of(module, &erased.ambient_enums);
    let mut walk = TypeScriptLowering {
        blocks: Blocks::of(module),
        vanishing: constants.vanishing(module),
        constants,
        table: names.table(),
        place: None,
        scopes: Vec::new(),
        declared: FxHashSet::default(),
        is_declared: false,
        types: &erased.types,
    };
    module.visit_mut_with(&mut walk);
    names.will_change();
}

impl TypeScriptLowering<'_> {
    pub fn declaration(&mut self, declaration: Decl, is_exported: bool) -> Vec<Stmt> {
        match declaration {
            Decl::TsEnum(declaration) => self.enumeration(*declaration, is_exported),
            Decl::TsModule(declaration) => self.namespace(*declaration, is_exported),
            mut other => {
                other.visit_mut_with(self);
                vec![other.into()]
            }
        }
    }

    fn namespace(&mut self, declaration: TsModuleDecl, is_exported: bool) -> Vec<Stmt> {
        let (Some(name), Some(body)) = (declaration.id.ident(), declaration.body) else {
            return Vec::new();
        };
        let mut statements = Vec::new();
        let holder = self.holder(&name, is_exported);
        if holder.is_ident() && self.is_to_declare(&name) {
            let (kind, decls) = (self.kind(&name), vec![build::declared(name.clone())]);
            statements.push(VarDecl { kind, decls, ..VarDecl::default() }.into());
        }
        let place = self.place_of(&name, is_exported);
        statements.push(self.block(&name, holder, place, body, declaration.span));
        statements
    }

    /// Makes the call for one block of a namespace, which is in `holder`.
    fn block(
        &mut self,
        name: &Ident,
        holder: Expr,
        place: BlockIdentity,
        body: TsNamespaceBody,
        span: Span,
    ) -> Stmt {
        let own = private_ident!(name.sym.clone());
        let mut bound = Bound::default();
        body.visit_with(&mut bound);
        self.scopes.push(Scope {
            outside: name.to_id(),
            own: own.clone(),
            exports: self.blocks.exports(&place),
            members: self.members(&body),
            bound,
        });
        let outer = self.place.replace(place);
        let statements = match body {
            TsNamespaceBody::TsModuleBlock(block) => self.body(block.body),
            TsNamespaceBody::TsNamespaceDecl(inner) => {
                let holder = member_of(&own, &inner.id).into();
                let place = self.place_of(&inner.id, true);
                vec![self.block(&inner.id, holder, place, *inner.body, inner.span)]
            }
        };
        self.place = outer;
        self.scopes.pop();
        let call = call(NOWHERE, Ident { span: name.span, ..own }, statements, or_empty(holder));
        statement_at(span, call)
    }

    /// Returns the exports of a block that are read from the namespace, not from a variable.
    fn members(&self, body: &TsNamespaceBody) -> FxHashSet<Id> {
        let block = match body {
            TsNamespaceBody::TsModuleBlock(block) => block,
            TsNamespaceBody::TsNamespaceDecl(inner) => {
                return [inner.id.to_id()].into_iter().collect();
            }
        };
        let mut members = FxHashSet::default();
        for item in &block.body {
            match item {
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => match &export.decl {
                    Decl::Var(variables) => members.extend(find_pat_ids::<_, Id>(&variables.decls)),
                    Decl::TsEnum(declaration) => _ = members.insert(declaration.id.to_id()),
                    Decl::TsModule(declaration) => {
                        members.extend(declaration.id.as_ident().map(Ident::to_id));
                    }
                    _ => {}
                },
                ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) if import.is_export => {
                    members.insert(import.id.to_id());
                }
                _ => {}
            }
        }
        let is_variable = |id: &Id| {
            let name = Ident::from(id.clone());
            self.table
                .binding(&name)
                .is_some_and(|binding| matches!(binding.kind, Kind::Function | Kind::Class))
        };
        members.retain(|id| !is_variable(id));
        members
    }

    fn body(&mut self, items: Vec<ModuleItem>) -> Vec<Stmt> {
        let mut statements = Vec::with_capacity(items.len());
        for item in items {
            match item {
                ModuleItem::Stmt(Stmt::Decl(declaration)) => {
                    statements.extend(self.declaration(declaration, false));
                }
                ModuleItem::Stmt(mut statement) => {
                    statement.visit_mut_with(self);
                    statements.push(statement);
                }
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                    self.export(export, &mut statements);
                }
                ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) => {
                    statements.extend(self.alias_in_block(*import));
                }
                ModuleItem::ModuleDecl(other) => {
                    report(&other, "a namespace cannot have imports, or exports without a value");
                }
            }
        }
        statements
    }

    /// Lowers a declaration that a namespace exports.
    fn export(&mut self, export: ExportDecl, statements: &mut Vec<Stmt>) {
        match export.decl {
            Decl::Var(variables) if variables.declare => {}
            Decl::Var(mut variables) => {
                for declarator in &mut variables.decls {
                    declarator.name.visit_mut_with(self);
                    declarator.init.visit_mut_with(self);
                }
                let assign = |declarator: VarDeclarator| {
                    let left = AssignTarget::try_from(declarator.name).ok()?;
                    let (span, op, right) = (declarator.span, AssignOp::Assign, declarator.init?);
                    Some(Box::new(AssignExpr { span, op, left, right }.into()))
                };
                let values: Vec<_> = variables.decls.into_iter().filter_map(assign).collect();
                if !values.is_empty() {
                    statements.push(statement_at(variables.span, build::sequence(values)));
                }
            }
            declaration @ (Decl::Fn(_) | Decl::Class(_)) => {
                let name = match &declaration {
                    Decl::Fn(function) => function.ident.clone(),
                    Decl::Class(class) => class.ident.clone(),
                    _ => unreachable!("the pattern says so"),
                };
                statements.extend(self.declaration(declaration, true));
                let own = &self.scopes.last().expect("a block encloses it").own;
                let set = build::assign_at(export.span, member_of(own, &name), name.into());
                statements.push(statement_at(export.span, set));
            }
            other => statements.extend(self.declaration(other, true)),
        }
    }
}
