//! Imports and exports: each exported name must be declared and exported once, and names given as
//! strings must be well-formed Unicode.

use bundle_base::diagnostic::nearest;
use rustc_hash::FxHashMap;
use swc_common::{BytePos, Span, Spanned};
use swc_ecma_ast::{
    Decl, DefaultDecl, ExportDecl, ExportDefaultDecl, ExportSpecifier, Ident, ImportDecl,
    ImportPhase, ImportSpecifier, Module, ModuleDecl, ModuleExportName, ModuleItem, NamedExport,
    ObjectLit, Prop, PropName, PropOrSpread, Stmt, TsModuleName,
};
use swc_ecma_visit::VisitWith;

use super::{
    checker::Checker,
    context::Fact,
    functions::has_use_strict,
    scopes::{Boundary, Kind},
    statements::code_only,
};
use crate::{ast::bound_names, messages};

impl Checker<'_> {
    /// Checks a whole program.
    pub(super) fn module(&mut self, module: &Module) {
        let statements = module.body.iter().map_while(|item| match item {
            ModuleItem::Stmt(statement) => Some(statement),
            ModuleItem::ModuleDecl(_) => None,
        });
        if has_use_strict(statements) {
            self.context = self.context.with(Fact::Strict);
        }
        self.collect(module);
        self.decorated(module);
        self.scopes.push(Boundary::Function);
        module.body.visit_with(self);
        self.undeclared_exports();
        self.pop_scope();
    }

    fn collect(&mut self, module: &Module) {
        for item in &module.body {
            match item {
                ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => {
                    self.exports
                        .imports
                        .extend(import.specifiers.iter().map(|s| local_name(s).sym.clone()));
                    let namespaces = import
                        .specifiers
                        .iter()
                        .filter(|s| matches!(s, ImportSpecifier::Namespace(_)));
                    self.exports.namespaces.extend(namespaces.map(|s| local_name(s).sym.clone()));
                }
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                    self.collect_type(&export.decl);
                }
                ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) => {
                    self.exports.types.insert(import.id.sym.clone());
                }
                ModuleItem::Stmt(Stmt::Decl(declaration)) => self.collect_type(declaration),
                ModuleItem::ModuleDecl(_) | ModuleItem::Stmt(_) => {}
            }
        }
    }

    fn collect_type(&mut self, declaration: &Decl) {
        let types = &mut self.exports.types;
        match declaration {
            Decl::TsInterface(interface) => _ = types.insert(interface.id.sym.clone()),
            Decl::TsTypeAlias(alias) => _ = types.insert(alias.id.sym.clone()),
            Decl::TsEnum(enumeration) => _ = types.insert(enumeration.id.sym.clone()),
            Decl::TsModule(namespace) => {
                if let TsModuleName::Ident(name) = &namespace.id {
                    types.insert(name.sym.clone());
                }
            }
            Decl::Class(class) if class.declare => _ = types.insert(class.ident.sym.clone()),
            Decl::Fn(function) if function.declare || function.function.body.is_none() => {
                types.insert(function.ident.sym.clone());
            }
            Decl::Var(variables) if variables.declare => {
                for declarator in &variables.decls {
                    bound_names(&declarator.name, &mut |name| _ = types.insert(name.sym.clone()));
                }
            }
            _ => {}
        }
    }

    /// Checks an `import` declaration.
    pub(super) fn import(&mut self, import: &ImportDecl) {
        self.attributes(import.with.as_deref());
        if !is_compiled_wasm(import) {
            self.phase(import.phase, import.span);
        }
        if import.type_only {
            return;
        }
        for specifier in import.specifiers.iter().filter(|s| !s.is_type_only()) {
            if let ImportSpecifier::Named(named) = specifier
                && let Some(imported) = &named.imported
            {
                self.well_formed(imported);
            }
            let local = local_name(specifier);
            self.name(local);
            if matches!(&*local.sym, "eval" | "arguments") {
                self.report(messages::strict_target(self.label(local.span), &local.sym));
            }
            self.declare(local, Kind::Import);
        }
    }

    /// Reports import phases other than evaluation: modules always run when they are imported.
    /// Only WebAssembly files have a source phase.
    pub(super) fn phase(&mut self, phase: ImportPhase, at: Span) {
        match phase {
            ImportPhase::Evaluation => {}
            ImportPhase::Source => self.report(messages::import_phase(self.label(at), "source")),
            ImportPhase::Defer => self.report(messages::import_phase(self.label(at), "defer")),
        }
    }

    /// Checks an exported declaration.
    pub(super) fn export_declaration(&mut self, export: &ExportDecl) {
        match &export.decl {
            Decl::Class(class) if !class.declare => {
                self.export_name(&class.ident.sym, class.ident.span);
            }
            Decl::Fn(function) if !function.declare && function.function.body.is_some() => {
                self.export_name(&function.ident.sym, function.ident.span);
            }
            Decl::Var(variables) if !variables.declare => {
                let mut names = Vec::new();
                variables
                    .decls
                    .iter()
                    .for_each(|d| bound_names(&d.name, &mut |name| names.push(name)));
                for name in names {
                    self.export_name(&name.sym, name.span);
                }
            }
            _ => {}
        }
        export.decl.visit_with(self);
    }

    /// Checks `export default` of a function or class.
    pub(super) fn export_default_declaration(&mut self, export: &ExportDefaultDecl) {
        let word = Span::new(export.span.lo, BytePos(export.span.lo.0 + 14).min(export.span.hi));
        match &export.decl {
            DefaultDecl::TsInterfaceDecl(_) => {}
            DefaultDecl::Fn(function) => {
                if function.function.body.is_none() {
                    return;
                }
                self.export_name("default", word);
                if let Some(name) = &function.ident {
                    self.declare(name, Kind::Lexical);
                    self.name(name);
                }
                let inner = &function.function;
                self.function(
                    inner,
                    None,
                    self.context.function(inner.is_async, inner.is_generator),
                );
            }
            DefaultDecl::Class(class) => {
                self.export_name("default", word);
                if let Some(name) = &class.ident {
                    self.declare(name, Kind::Lexical);
                    self.name(name);
                }
                self.class(&class.class);
            }
        }
    }

    /// Checks `export { … }`, with or without a module.
    pub(super) fn export_named(&mut self, export: &NamedExport) {
        self.attributes(export.with.as_deref());
        self.ends_after(export);
        if export.type_only {
            return;
        }
        for specifier in &export.specifiers {
            match specifier {
                ExportSpecifier::Namespace(namespace) => self.export_module_name(&namespace.name),
                ExportSpecifier::Default(default) => {
                    self.export_name(&default.exported.sym, default.exported.span);
                }
                ExportSpecifier::Named(named) if named.is_type_only => {}
                ExportSpecifier::Named(named) => {
                    self.well_formed(&named.orig);
                    self.export_module_name(named.exported.as_ref().unwrap_or(&named.orig));
                    match (&named.orig, &export.src) {
                        (ModuleExportName::Ident(local), None) => {
                            self.name(local);
                            self.exports.locals.push(local.clone());
                        }
                        (ModuleExportName::Str(text), None) => {
                            self.report(messages::local_export_string(self.label(text.span)));
                        }
                        (_, Some(_)) => {}
                    }
                }
            }
        }
    }

    fn export_module_name(&mut self, name: &ModuleExportName) {
        self.well_formed(name);
        match name {
            ModuleExportName::Ident(name) => self.export_name(&name.sym, name.span),
            ModuleExportName::Str(text) => {
                self.export_name(&text.value.to_string_lossy(), text.span);
            }
        }
    }

    /// Records an exported name, which may be exported once.
    pub(super) fn export_name(&mut self, name: &str, span: Span) {
        match self.exports.names.get(name).copied() {
            Some(first) => {
                let (at, first) = (self.label(span), self.label(first));
                self.report(messages::exported_twice(at, name, first));
            }
            None => _ = self.exports.names.insert(name.to_owned(), span),
        }
    }

    fn undeclared_exports(&mut self) {
        for local in std::mem::take(&mut self.exports.locals) {
            let is_known = self.scopes.kind_here(&local.sym).is_some()
                || self.exports.types.contains(&local.sym)
                // TypeScript's `import type` declares no value, and the exported name may be the
                // type.
                || self.exports.imports(&local.sym);
            if !is_known {
                let mut known: Vec<&str> = self.scopes.names_here().map(|name| &**name).collect();
                known.sort_unstable();
                let near = nearest(&local.sym, known).map(str::to_owned);
                self.report(messages::undeclared_export(
                    self.label(local.span),
                    &local.sym,
                    near.as_deref(),
                ));
            }
        }
    }

    fn well_formed(&mut self, name: &ModuleExportName) {
        if let ModuleExportName::Str(text) = name
            && text.value.as_str().is_none()
        {
            self.report(messages::lone_surrogate_name(self.label(text.span)));
        }
    }

    /// Checks the attributes of an import or export: each key may occur once.
    pub(super) fn attributes(&mut self, attributes: Option<&ObjectLit>) {
        let mut keys: FxHashMap<String, Span> = FxHashMap::default();
        for property in attributes.iter().flat_map(|object| &object.props) {
            let PropOrSpread::Prop(property) = property else { continue };
            let Prop::KeyValue(pair) = &**property else { continue };
            let key = match &pair.key {
                PropName::Ident(name) => name.sym.to_string(),
                PropName::Str(text) => text.value.to_string_lossy().into_owned(),
                PropName::Num(_) | PropName::Computed(_) | PropName::BigInt(_) => continue,
            };
            if let Some(first) = keys.insert(key.clone(), pair.key.span()) {
                let (at, first) = (self.label(pair.key.span()), self.label(first));
                self.report(messages::attribute_twice(at, &key, first));
            }
        }
    }

    /// Checks the end of an export: the parser accepts `export {} null`.
    fn ends_after(&mut self, export: &NamedExport) {
        if self.text_of(export.span).ends_with(';') {
            return;
        }
        let end = export.span.hi.0 - self.base.0;
        let rest = self.source.text.get(end as usize..).unwrap_or("");
        let line_end = rest.find(['\n', '\r', '\u{2028}', '\u{2029}']).unwrap_or(rest.len());
        let line = code_only(&rest[..line_end]);
        if line.trim_start().starts_with(|c| !matches!(c, ';' | '}')) {
            self.report(messages::export_unfinished(self.label(export.span)));
        }
    }
}

fn local_name(specifier: &ImportSpecifier) -> &Ident {
    match specifier {
        ImportSpecifier::Named(named) => &named.local,
        ImportSpecifier::Default(default) => &default.local,
        ImportSpecifier::Namespace(namespace) => &namespace.local,
    }
}

/// Whether a declaration imports a WebAssembly file as a compiled module.
fn is_compiled_wasm(import: &ImportDecl) -> bool {
    import.phase == ImportPhase::Source && import.src.value.to_string_lossy().ends_with(".wasm")
}
