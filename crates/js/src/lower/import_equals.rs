//! `export import a = require("…")` and `export =`, which swc supports in CommonJS modules only.

use swc_common::{Span, Spanned};
use swc_ecma_ast::{
    ExportNamedSpecifier, ExportSpecifier, ModuleDecl, ModuleExportName, ModuleItem, NamedExport,
    Program, TsImportEqualsDecl, TsModuleRef,
};

/// Removes `export` from such imports, and exports the names that they declare. Must run before
/// types are stripped.
pub(super) fn split_exports(program: &mut Program) {
    let Program::Module(module) = program else { return };
    let mut exports = Vec::new();
    for item in &mut module.body {
        let ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) = item else { continue };
        let is_module = matches!(import.module_ref, TsModuleRef::TsExternalModuleRef(_));
        if import.is_export && !import.is_type_only && is_module {
            import.is_export = false;
            exports.push(export(import));
        }
    }
    module.body.extend(exports);
}

/// Makes `export { a };`.
fn export(import: &TsImportEqualsDecl) -> ModuleItem {
    let specifier = ExportNamedSpecifier {
        span: import.span,
        orig: ModuleExportName::Ident(import.id.clone()),
        exported: None,
        is_type_only: false,
    };
    ModuleItem::ModuleDecl(ModuleDecl::ExportNamed(NamedExport {
        span: import.span,
        specifiers: vec![ExportSpecifier::Named(specifier)],
        src: None,
        type_only: false,
        with: None,
    }))
}

/// Returns the place of `export =` in a program.
pub(super) fn export_assignment(program: &Program) -> Option<Span> {
    program.as_module()?.body.iter().find_map(|item| match item {
        ModuleItem::ModuleDecl(ModuleDecl::TsExportAssignment(export)) => Some(export.span),
        _ => None,
    })
}

/// Turns a program with `export =` into a CommonJS module. Must run after types are stripped,
/// because imports of types do not count. `Err` is the place of another import or of an `export`.
pub(super) fn make_commonjs(program: &mut Program) -> Result<(), Span> {
    let Program::Module(module) = program else { return Ok(()) };
    // swc writes `export {}` if nothing else marks the file as a module.
    let is_empty = |export: &NamedExport| export.specifiers.is_empty() && export.src.is_none();
    module.body.retain(
        |item| !matches!(item, ModuleItem::ModuleDecl(ModuleDecl::ExportNamed(it)) if is_empty(it)),
    );
    match module.body.iter().find(|item| item.is_module_decl()) {
        Some(other) => Err(other.span()),
        None => Ok(()),
    }
}
