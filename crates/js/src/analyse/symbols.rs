//! The symbols, imports and exports of a program: which names are declared, with which index, and
//! what module syntax does with them.

use bundle_base::{Config, Source, Span};
use bundle_graph::record::{
    Attribute, ChunkOptions, CommonJsUses, Export, Import, ImportName, Request, RequestIndex,
    RequestKind, SourceFormat, Star, Symbol, SymbolIndex, SymbolKind,
};
use rustc_hash::FxHashSet;
use swc_ecma_ast::{
    ClassExpr, Decl, DefaultDecl, ExportSpecifier, FnExpr, Id, Ident, ImportDecl, ImportPhase,
    ImportSpecifier, ModuleDecl, ModuleExportName, ModuleItem, NamedExport, ObjectLit, Str,
};
use swc_ecma_utils::find_pat_ids;

use super::{
    names::SymbolsById,
    provided_names,
    recognise::{attribute_type, string},
    request_table::Requests,
    scope::{self, Declared, Keyword},
};
use crate::{
    ast,
    runtime::{COMPONENT, HELPERS, INTEROP, PUBLIC_PATH, PUBLIC_PATH_FUNCTION, SPRITES, WASM},
    scopes::{helpers, runtime},
};

/// Symbols, imports and exports. They are added as they are found.
pub(super) struct Table {
    pub symbols: Vec<Symbol>,
    pub imports: Vec<Import>,
    pub exports: Vec<Export>,
    pub stars: Vec<Star>,
    pub by_id: SymbolsById,
    /// The symbol of a default export without a name, and the statement that declares it.
    pub default_value: Option<(SymbolIndex, usize)>,
    pub requests: Requests,
    /// Every declared name, including the names of a CommonJS file, which have no symbols.
    pub declared: Vec<Declared>,
}

impl Table {
    /// Collects the symbols that a program declares and imports, and its exports.
    pub fn build(items: &[ModuleItem], format: SourceFormat, source: &Source) -> Self {
        let keyword = |span: swc_common::Span| {
            let at = ast::span(span);
            let text = source.text.get(at.start as usize..).unwrap_or_default();
            if at == Span::default() && span.lo != ast::BASE {
                Keyword::Other
            } else {
                Keyword::of(text)
            }
        };
        let mut table = Self {
            symbols: Vec::new(),
            imports: Vec::new(),
            exports: Vec::new(),
            stars: Vec::new(),
            by_id: SymbolsById::default(),
            default_value: None,
            requests: Requests::default(),
            declared: scope::top_level_declarations(items, &keyword),
        };
        if format == SourceFormat::Esm {
            table.declare();
        }
        for item in items {
            if let ModuleItem::ModuleDecl(declaration) = item {
                table.imports_of(declaration);
            }
        }
        for (statement, item) in items.iter().enumerate() {
            if let ModuleItem::ModuleDecl(declaration) = item {
                table.exports_of(declaration, statement);
            }
        }
        table
    }

    fn declare(&mut self) {
        let mut seen = Vec::new();
        for declared in &self.declared {
            if let Some(index) = self.by_id.get(&declared.ident) {
                seen.push((index, declared.kind));
            } else {
                let index = next_index(&self.symbols);
                self.symbols.push(symbol(&declared.ident, declared.kind));
                self.by_id.insert(declared.ident.to_id(), index);
            }
        }
        for (index, kind) in seen {
            let symbol = &mut self.symbols[index.0 as usize];
            symbol.is_reassigned = true;
            // A function declaration is hoisted with its value, whatever else declares its name.
            if kind == SymbolKind::Function {
                symbol.kind = kind;
            }
        }
    }

    /// Returns the symbol of the enum that a statement declares under this name.
    pub fn enumeration(&self, id: &Id, statement: usize) -> Option<SymbolIndex> {
        let symbol = self.by_id.of(id)?;
        let is_it = self.declared_in(statement).any(|d| d.is_enumeration && d.ident.to_id() == *id);
        (is_it && !self.symbols[symbol.0 as usize].is_reassigned).then_some(symbol)
    }

    /// Returns the declarations of a statement.
    pub fn declared_in(&self, statement: usize) -> impl Iterator<Item = &Declared> {
        let start = self.declared.partition_point(|d| d.statement < statement);
        self.declared[start..].iter().take_while(move |d| d.statement == statement)
    }

    /// Returns the symbols that a statement declares.
    pub fn declared_by(&self, statement: usize) -> Vec<SymbolIndex> {
        let mut found = Vec::new();
        for declared in self.declared_in(statement) {
            if let Some(index) = self.by_id.get(&declared.ident)
                && !found.contains(&index)
            {
                found.push(index);
            }
        }
        found.extend(
            self.default_value
                .filter(|(_, declaring)| *declaring == statement)
                .map(|(symbol, _)| symbol),
        );
        found
    }

    /// Whether a symbol is imported.
    pub fn is_imported(&self, symbol: SymbolIndex) -> bool {
        self.symbols[symbol.0 as usize].kind == SymbolKind::Imported
    }

    /// Marks the symbols that are written to after their declaration.
    pub fn note_assigned(&mut self, assigned: &FxHashSet<Id>) {
        for symbol in assigned.iter().filter_map(|id| self.by_id.of(id)) {
            self.symbols[symbol.0 as usize].is_reassigned = true;
        }
    }

    /// Marks the wrapper's parameters that a CommonJS file declares as used: its own `var exports`
    /// is the parameter itself.
    pub fn note_shadowed(&self, uses: &mut CommonJsUses) {
        for declared in &self.declared {
            match declared.ident.sym.as_str() {
                "module" => uses.mentions_module = true,
                "exports" => uses.mentions_exports = true,
                "require" => uses.mentions_require = true,
                _ => {}
            }
        }
    }

    fn imports_of(&mut self, declaration: &ModuleDecl) {
        match declaration {
            ModuleDecl::Import(import) if !import.type_only => {
                let request = self.import(import);
                for specifier in &import.specifiers {
                    self.specifier(specifier, request);
                }
            }
            ModuleDecl::ExportAll(all) => {
                self.request(&all.src, all.with.as_deref());
            }
            ModuleDecl::ExportNamed(NamedExport { src: Some(src), with, .. }) => {
                self.request(src, with.as_deref());
            }
            _ => {}
        }
    }

    fn import(&mut self, import: &ImportDecl) -> RequestIndex {
        let (source, with) = (&import.src, import.with.as_deref());
        if import.phase == ImportPhase::Source {
            // Only WebAssembly files have a source phase; others were reported.
            let value = format!("{}?compiled", string(source)).into();
            let compiled = Str { span: source.span, value, raw: None };
            return self.request(&compiled, with);
        }
        self.request(source, with)
    }

    fn request(&mut self, source: &Str, with: Option<&ObjectLit>) -> RequestIndex {
        let specifier = string(source);
        // Code that loaders generate may import runtime modules.
        let kind = if matches!(&*specifier, COMPONENT | SPRITES | WASM) {
            RequestKind::Runtime
        } else {
            RequestKind::Import
        };
        self.requests.index(Request {
            specifier,
            kind,
            span: ast::span(source.span),
            is_optional: false,
            attribute: with.and_then(attribute_type).map(Attribute::Type),
            chunk_options: ChunkOptions::default(),
        })
    }

    fn specifier(&mut self, specifier: &ImportSpecifier, request: RequestIndex) {
        let local = specifier.local();
        let (name, span) = match specifier {
            ImportSpecifier::Named(named) => match &named.imported {
                Some(imported) => (ImportName::Named(export_name(imported)), name_span(imported)),
                None => (ImportName::Named(local.sym.as_str().to_owned()), ast::span(local.span)),
            },
            ImportSpecifier::Default(_) => {
                (ImportName::Named("default".to_owned()), ast::span(local.span))
            }
            ImportSpecifier::Namespace(_) => (ImportName::Namespace, ast::span(local.span)),
        };
        let index = self.add_import(symbol(local, SymbolKind::Imported), request, name, span);
        self.by_id.insert(local.to_id(), index);
    }

    /// Adds an imported name under its local symbol. `span` is the place of the imported name.
    fn add_import(
        &mut self,
        symbol: Symbol,
        request: RequestIndex,
        name: ImportName,
        span: Span,
    ) -> SymbolIndex {
        let index = next_index(&self.symbols);
        self.symbols.push(symbol);
        self.imports.push(Import { symbol: index, request, name, span });
        index
    }

    fn exports_of(&mut self, declaration: &ModuleDecl, statement: usize) {
        match declaration {
            ModuleDecl::ExportDecl(export) => {
                for ident in declared_names(&export.decl) {
                    self.export(
                        ident.sym.as_str().to_owned(),
                        &ident.to_id(),
                        ast::span(ident.span),
                    );
                }
            }
            ModuleDecl::ExportNamed(named) => self.export_named(named),
            ModuleDecl::ExportDefaultDecl(export) => {
                let at = export_default(export.span);
                match &export.decl {
                    DefaultDecl::Fn(FnExpr { ident: Some(name), .. })
                    | DefaultDecl::Class(ClassExpr { ident: Some(name), .. }) => {
                        self.export("default".to_owned(), &name.to_id(), at);
                    }
                    DefaultDecl::Fn(_) => self.unnamed_default(SymbolKind::Function, at, statement),
                    DefaultDecl::Class(_) => {
                        self.unnamed_default(SymbolKind::DefaultExpression, at, statement);
                    }
                    DefaultDecl::TsInterfaceDecl(_) => {}
                }
            }
            ModuleDecl::ExportDefaultExpr(export) => {
                let at = export_default(export.span);
                self.unnamed_default(SymbolKind::DefaultExpression, at, statement);
            }
            ModuleDecl::ExportAll(all) => {
                let request = self.request(&all.src, all.with.as_deref());
                self.stars.push(Star { request, span: ast::span(all.src.span) });
            }
            _ => {}
        }
    }

    fn export_named(&mut self, named: &NamedExport) {
        let request = named.src.as_ref().map(|src| self.request(src, named.with.as_deref()));
        for specifier in &named.specifiers {
            let (from, name, span) = match specifier {
                ExportSpecifier::Named(named) => {
                    let exported = named.exported.as_ref().unwrap_or(&named.orig);
                    (Some(&named.orig), export_name(exported), name_span(exported))
                }
                ExportSpecifier::Namespace(namespace) => {
                    (None, export_name(&namespace.name), name_span(&namespace.name))
                }
                ExportSpecifier::Default(default) => (
                    None,
                    default.exported.sym.as_str().to_owned(),
                    ast::span(default.exported.span),
                ),
            };
            match (request, from) {
                (Some(request), Some(orig)) => {
                    let import = ImportName::Named(export_name(orig));
                    self.reexport(name, request, import, name_span(orig));
                }
                (Some(request), None) => {
                    self.reexport(name, request, ImportName::Namespace, span);
                }
                (None, Some(ModuleExportName::Ident(local))) => {
                    self.export(name, &local.to_id(), span);
                }
                (None, _) => {}
            }
        }
    }

    fn reexport(&mut self, name: String, request: RequestIndex, import: ImportName, span: Span) {
        let local = match &import {
            ImportName::Named(imported) if imported != "default" => imported.clone(),
            ImportName::Named(_) | ImportName::Namespace => name.clone(),
        };
        let local = Symbol { name: local, span, kind: SymbolKind::Imported, is_reassigned: false };
        let symbol = self.add_import(local, request, import, span);
        self.exports.push(Export { name, symbol, span });
    }

    /// Adds an export of a local name. Undeclared names were reported as early errors.
    fn export(&mut self, name: String, local: &Id, span: Span) {
        if let Some(symbol) = self.by_id.of(local) {
            self.exports.push(Export { name, symbol, span });
        }
    }

    /// Adds a default export of a value without a name, which gets a symbol of its own.
    fn unnamed_default(&mut self, kind: SymbolKind, at: Span, statement: usize) {
        let index = next_index(&self.symbols);
        self.symbols.push(Symbol {
            name: "default".to_owned(),
            span: at,
            kind,
            is_reassigned: false,
        });
        self.default_value = Some((index, statement));
        self.exports.push(Export { name: "default".to_owned(), symbol: index, span: at });
    }

    /// Adds imports for configured free names, given with the place of their first mention.
    pub fn provide(&mut self, names: &[(String, swc_common::Span)], config: &Config) {
        for (name, span) in names {
            let provide = &config.resolve.provide[name];
            let span = ast::span(*span);
            let request = self.requests.index(Request {
                specifier: provide.specifier.clone(),
                kind: RequestKind::Import,
                span,
                is_optional: false,
                attribute: None,
                chunk_options: ChunkOptions::default(),
            });
            let own_name = provided_names::local(name);
            let local = Symbol {
                name: own_name.clone(),
                span,
                kind: SymbolKind::Imported,
                is_reassigned: false,
            };
            let export = provide.export.clone().unwrap_or_else(|| "default".to_owned());
            let index = self.add_import(local, request, ImportName::Named(export), span);
            self.by_id.insert((own_name.as_str().into(), runtime()), index);
        }
    }

    /// Adds imports for the names of our runtime that the program mentions.
    pub fn runtime_names(&mut self, inserted: &[Id]) {
        for id in inserted {
            if self.by_id.of(id).is_some() {
                continue;
            }
            let (specifier, name) = if id.1 == helpers() {
                let name = id.0.strip_prefix('_').unwrap_or(&id.0);
                let is_apart = name == PUBLIC_PATH_FUNCTION;
                (if is_apart { PUBLIC_PATH } else { HELPERS }, name.to_owned())
            } else {
                (INTEROP, id.0.as_str().to_owned())
            };
            let request = self.requests.index(Request {
                specifier: specifier.to_owned(),
                kind: RequestKind::Runtime,
                span: Span::default(),
                is_optional: false,
                attribute: None,
                chunk_options: ChunkOptions::default(),
            });
            let local = Symbol {
                name: name.clone(),
                span: Span::default(),
                kind: SymbolKind::Helper,
                is_reassigned: false,
            };
            let index = self.add_import(local, request, ImportName::Named(name), Span::default());
            self.by_id.insert(id.clone(), index);
        }
    }
}

fn next_index(symbols: &[Symbol]) -> SymbolIndex {
    SymbolIndex(u32::try_from(symbols.len()).expect("a module has under 2^32 symbols"))
}

fn symbol(ident: &Ident, kind: SymbolKind) -> Symbol {
    Symbol {
        name: ident.sym.as_str().to_owned(),
        span: ast::span(ident.span),
        kind,
        is_reassigned: false,
    }
}

/// Returns the span of the words `export default`.
fn export_default(declaration: swc_common::Span) -> Span {
    let start = ast::span(declaration).start;
    Span::new(start, start + 14)
}

fn declared_names(declaration: &Decl) -> Vec<Ident> {
    match declaration {
        Decl::Class(class) => vec![class.ident.clone()],
        Decl::Fn(function) => vec![function.ident.clone()],
        Decl::Var(variables) => find_pat_ids(&variables.decls),
        Decl::Using(variables) => find_pat_ids(&variables.decls),
        Decl::TsInterface(_) | Decl::TsTypeAlias(_) | Decl::TsEnum(_) | Decl::TsModule(_) => {
            Vec::new()
        }
    }
}

fn export_name(name: &ModuleExportName) -> String {
    match name {
        ModuleExportName::Ident(ident) => ident.sym.as_str().to_owned(),
        ModuleExportName::Str(text) => string(text),
    }
}

fn name_span(name: &ModuleExportName) -> Span {
    match name {
        ModuleExportName::Ident(ident) => ast::span(ident.span),
        ModuleExportName::Str(text) => ast::span(text.span),
    }
}
