//! Drops imports that no code reads, which TypeScript takes for imports of types, and exports of
//! types.

use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_common::{Span, Spanned};
use swc_ecma_ast::{
    ExportSpecifier, Ident, Module, ModuleDecl, ModuleExportName, ModuleItem, NamedExport,
    TsEntityName, TsModuleRef,
};

use super::Erased;
use crate::{
    lower::names::NameTable,
    scopes::{self, Scopes},
};

/// Drops imports that no code reads, and exports of types.
pub(super) fn drop_unread(module: &mut Module, erased: &Erased, names: &mut NameTable) {
    let types = &erased.types;
    let table = names.table();
    let mut is_merged = false;
    module.body.retain_mut(|item| match item {
        ModuleItem::ModuleDecl(ModuleDecl::Import(import)) if !import.specifiers.is_empty() => {
            import.specifiers.retain(|specifier| {
                let merged = is_declared_again(specifier.local(), table);
                is_merged |= merged;
                !merged && is_mentioned(specifier.local(), table)
            });
            erased.keeps_imports || !import.specifiers.is_empty()
        }
        ModuleItem::ModuleDecl(ModuleDecl::ExportNamed(export)) if export.src.is_none() => {
            let is_bare = export.specifiers.is_empty();
            export.specifiers.retain(|specifier| !exports_type(specifier, types));
            is_bare || !export.specifiers.is_empty()
        }
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => {
            export.expr.as_ident().is_none_or(|name| !is_type(name, types))
        }
        ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) => {
            let is_type = is_type_only(&import.module_ref, types);
            !is_type && (import.is_export || is_mentioned(&import.id, table))
        }
        _ => true,
    });
    if is_merged {
        names.will_change();
    }
}

/// Whether a name of the table is read or written somewhere.
pub(super) fn is_mentioned(name: &Ident, table: &Scopes) -> bool {
    table.binding(name).is_some_and(|binding| binding.reads + binding.writes > 0)
}

/// Whether the reference in `import a =` begins with a name that is a type only.
pub(super) fn is_type_only(reference: &TsModuleRef, types: &FxHashSet<Atom>) -> bool {
    let TsModuleRef::TsEntityName(name) = reference else { return false };
    let mut first = name;
    while let TsEntityName::TsQualifiedName(qualified) = first {
        first = &qualified.left;
    }
    matches!(first, TsEntityName::Ident(name) if is_type(name, types))
}

/// Whether a value of the module has the name of an import. Then the import is of a type.
fn is_declared_again(name: &Ident, table: &Scopes) -> bool {
    table.binding(name).is_some_and(|binding| binding.declarations > 1)
}

fn exports_type(specifier: &ExportSpecifier, types: &FxHashSet<Atom>) -> bool {
    let ExportSpecifier::Named(named) = specifier else { return false };
    matches!(&named.orig, ModuleExportName::Ident(name) if is_type(name, types))
}

/// Whether a name without a binding means a type.
fn is_type(name: &Ident, types: &FxHashSet<Atom>) -> bool {
    name.ctxt == scopes::free() && types.contains(&name.sym)
}

/// Returns the place of an `import` or `export` beside `export =`.
pub(super) fn beside_assignment(module: &Module) -> Option<Span> {
    let is_bare = |export: &NamedExport| export.specifiers.is_empty() && export.src.is_none();
    let is_other = |item: &&ModuleItem| match item {
        ModuleItem::ModuleDecl(ModuleDecl::ExportNamed(export)) => !is_bare(export),
        ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) => import.is_export,
        ModuleItem::ModuleDecl(_) => true,
        ModuleItem::Stmt(_) => false,
    };
    module.body.iter().find(is_other).map(Spanned::span)
}
