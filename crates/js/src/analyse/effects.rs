//! What is lost when a statement is left out.
use bundle_graph::record::Effects;
use swc_ecma_ast::{Decl, DefaultDecl, ModuleDecl, ModuleItem, Stmt};
use super::symbols::Table;
use crate::ast::{Marks, PlainComments};

pub(super) fn of(items: &[ModuleItem], _table: &Table, _comments: &PlainComments, _marks: Marks) -> Vec<Effects> {
    items.iter().map(|item| match item {
        ModuleItem::Stmt(Stmt::Empty(_)) | ModuleItem::Stmt(Stmt::Decl(Decl::Fn(_))) => Effects::None,
        ModuleItem::Stmt(s) if s.can_precede_directive() => Effects::None,
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(e)) if matches!(e.decl, DefaultDecl::Fn(_)) => Effects::None,
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(e)) if matches!(e.decl, Decl::Fn(_)) => Effects::None,
        ModuleItem::ModuleDecl(ModuleDecl::Import(_) | ModuleDecl::ExportNamed(_) | ModuleDecl::ExportAll(_)) => Effects::None,
        _ => Effects::Any,
    }).collect()
}
