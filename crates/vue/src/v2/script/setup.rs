//! Compiles `<script setup>`, alone or beside another script. Its statements become the body of a
//! setup function. Imports and types are moved before the function, macros become options, and the
//! names that it declares are returned to the template.

use bundle_base::{Diagnostics, Label, Span, loader::Language};
use bundle_js::block_span;
use indexmap::IndexSet;
use swc_common::Spanned;
use swc_ecma_ast::{Decl, ExprStmt, LabeledStmt, Module, ModuleDecl, ModuleItem, Stmt, VarDecl};

use super::{
    awaits,
    block::{CompiledScript, ScriptBlock, ScriptOptions, Scripts, is_typescript, language},
    css,
    declared::declare,
    default_export::{self, DefaultExport},
    edits::Edits,
    file::File,
    imports::Imports,
    macros::{Macros, Reader},
    options::{self, Names},
    report::report,
    types::Declared,
    used::Usage,
    write::{
        self,
        parts::{Blocks, Parts, Wrap},
    },
};
use crate::{
    messages::script as messages,
    v2::bindings::{Binding, Bindings, Facts},
};

/// The options and the log of a compilation.
pub(super) struct Context<'c> {
    pub options: &'c ScriptOptions<'c>,
    pub log: &'c mut Diagnostics,
}

pub(super) fn compile(
    script: Option<&ScriptBlock>,
    setup: &ScriptBlock,
    scripts: &Scripts<'_>,
    cx: &mut Context<'_>,
) -> Option<CompiledScript> {
    let file = File { source: cx.options.source };
    if let Some(script) = script.filter(|script| script.lang() != setup.lang()) {
        let label = |block: &ScriptBlock| Label::new(file.source, first_line(file, block.span()));
        cx.log.push(messages::languages_differ(
            label(setup),
            label(script),
            setup.lang().or(script.lang()),
        ));
        return None;
    }
    let Some(language) = language(setup.lang()) else { return Some(setup.as_it_is(file)) };
    let mut log = Diagnostics::new();
    let script = script.map(|script| Parsed::read(script, language, file, &mut log));
    let setup = Parsed::read(setup, language, file, &mut log);
    let compiled = match (&script, &setup) {
        (None, Some(setup)) => {
            assemble(None, setup, scripts, &mut Context { log: &mut log, ..*cx })
        }
        (Some(Some(script)), Some(setup)) => {
            assemble(Some(script), setup, scripts, &mut Context { log: &mut log, ..*cx })
        }
        (_, None) | (Some(None), _) => None,
    };
    let is_wrong = log.has_errors();
    cx.log.extend(log.take());
    compiled.filter(|_| !is_wrong)
}

/// Returns the first line with text of a block: underlining the whole block would add nothing.
fn first_line(file: File<'_>, block: Span) -> Span {
    let text = file.text(block);
    let line = text.trim().lines().next().unwrap_or("");
    let place =
        |length: usize| block.start + u32::try_from(length).expect("texts are smaller than 4 GiB");
    let start = text.len() - text.trim_start().len();
    Span::new(place(start), place(start + line.trim_end().len()))
}

/// A block with its AST.
struct Parsed<'p> {
    block: &'p ScriptBlock,
    module: Module,
}

impl<'p> Parsed<'p> {
    /// Parses a block. `None` if it has errors, which are reported.
    fn read(
        block: &'p ScriptBlock,
        language: Language,
        file: File<'_>,
        log: &mut Diagnostics,
    ) -> Option<Self> {
        match bundle_js::parse_block(file.source, block.range.clone(), language) {
            Ok(module) => Some(Self { block, module }),
            Err(mistakes) => {
                log.extend(mistakes);
                None
            }
        }
    }
}

fn assemble(
    script: Option<&Parsed<'_>>,
    setup: &Parsed<'_>,
    scripts: &Scripts<'_>,
    cx: &mut Context<'_>,
) -> Option<CompiledScript> {
    let file = File { source: cx.options.source };
    let module = script.map(|script| &script.module);
    let modules: Vec<&Module> = [Some(&setup.module), module].into_iter().flatten().collect();
    let is_typescript = is_typescript(setup.block.lang());
    let mut walk = Walk::new(file, Usage::of(scripts.template, is_typescript), is_typescript);
    if let Some(module) = module {
        walk.script(module);
    }
    walk.setup(setup.block, &modules, cx.log);
    walk.macros.check_scope(&walk.setup_names, file, cx.log);
    let bindings = walk.bindings(module);
    let css = match css::call(scripts.css_vars, &bindings, cx.options) {
        Ok(call) => (!scripts.css_vars.is_empty()).then_some(call),
        Err(wrong) => {
            cx.log.extend(wrong.into_iter().map(messages::css_variable));
            return None;
        }
    };
    let default_export = module.and_then(|module| default_export::find(module, file));
    let facts = walk.facts(default_export, cx.options.name);
    let returned = walk.returned();
    let parts = Parts {
        file,
        name: Some(cx.options.name)
            .filter(|name| !name.is_empty() && !default_export.is_some_and(|it| it.has_name())),
        wrap: match (walk.is_typescript, cx.options.is_for_engines) {
            (true, _) => Wrap::DefineComponent,
            (false, true) => Wrap::Spread,
            (false, false) => Wrap::Assign,
        },
        is_production: cx.options.is_production,
        macros: &walk.macros,
        types: &walk.types,
        default_export,
        css,
        returned,
        blocks: Blocks {
            script: script.map(|script| script.block.span()),
            setup: setup.block.span(),
            hoisted: walk.hoisted,
        },
    };
    let code = write::module(&parts, walk.edits);
    Some(CompiledScript { code, bindings, facts, lang: setup.block.lang.clone() })
}

/// The facts gathered from the scripts, statement by statement.
struct Walk<'a> {
    file: File<'a>,
    is_typescript: bool,
    imports: Imports<'a>,
    script_names: Names,
    setup_names: Names,
    types: Declared,
    macros: Macros<'a>,
    edits: Edits,
    /// The pieces of `<script setup>` that are moved before the function, in order.
    hoisted: Vec<Span>,
}

impl<'a> Walk<'a> {
    fn new(file: File<'a>, usage: Usage, is_typescript: bool) -> Self {
        Self {
            file,
            is_typescript,
            imports: Imports::new(file, usage),
            script_names: Names::new(),
            setup_names: Names::new(),
            types: Declared::default(),
            macros: Macros::default(),
            edits: Edits::default(),
            hoisted: Vec::new(),
        }
    }

    /// Gathers the imports and declarations of the script without setup.
    fn script(&mut self, module: &Module) {
        for item in &module.body {
            match item {
                ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => {
                    self.imports.of_script(import);
                }
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                    declare(&export.decl, &self.imports.aliases, &mut self.script_names);
                }
                ModuleItem::Stmt(Stmt::Decl(declaration)) => {
                    declare(declaration, &self.imports.aliases, &mut self.script_names);
                }
                _ => {}
            }
        }
    }

    fn setup(&mut self, block: &ScriptBlock, modules: &[&'a Module], log: &mut Diagnostics) {
        let Some((module, _)) = modules.split_first() else { return };
        let ends = module.body.iter().skip(1).map(start).chain([block.span().end]);
        for (item, end) in module.body.iter().zip(ends) {
            // The piece of an import includes the text after it, up to the next statement: comments
            // there may belong to either.
            let piece = Span::new(start(item), end);
            match item {
                ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => {
                    self.imports.of_setup(import, &mut self.edits, log);
                    self.hoisted.push(piece);
                }
                ModuleItem::ModuleDecl(declaration) if is_type(declaration) => {
                    if let ModuleDecl::ExportDecl(export) = declaration {
                        self.types.record(&export.decl);
                    }
                    self.hoisted.push(piece);
                }
                ModuleItem::ModuleDecl(_) => {
                    report(log, messages::export_in_setup(self.file.label(item)));
                }
                ModuleItem::Stmt(statement) => {
                    let mut reader = Reader { file: self.file, modules, log: &mut *log };
                    self.statement(statement, piece, &mut reader);
                }
            }
        }
    }

    fn statement(&mut self, statement: &'a Stmt, piece: Span, reader: &mut Reader<'a, '_>) {
        match statement {
            Stmt::Labeled(LabeledStmt { label, body, .. })
                if label.sym == "ref" && body.is_expr() =>
            {
                report(reader.log, messages::ref_sugar(self.file.label(statement)));
            }
            Stmt::Expr(expression) => self.expression(expression, reader),
            Stmt::Decl(Decl::Var(variables)) if !variables.declare => {
                self.variables(variables, reader);
            }
            _ => {}
        }
        if let Stmt::Decl(declaration) = statement {
            declare(declaration, &self.imports.aliases, &mut self.setup_names);
            if self.is_typescript && is_outside(declaration) {
                self.types.record(declaration);
                self.hoisted.push(piece);
                return;
            }
        }
        for await_ in awaits::of(statement) {
            report(reader.log, messages::await_in_setup(Label::new(self.file.source, await_)));
        }
    }

    fn expression(&mut self, statement: &'a ExprStmt, reader: &mut Reader<'a, '_>) {
        if reader.read(&statement.expr, None, &mut self.macros) {
            self.remove_statement(block_span(statement.span));
        } else if let Some(callee) = reader.read_expose(&statement.expr, &mut self.macros) {
            self.edits.replace(callee, "expose");
        }
    }

    fn variables(&mut self, statement: &'a VarDecl, reader: &mut Reader<'a, '_>) {
        let variables = &statement.decls;
        let is_kept: Vec<bool> = variables
            .iter()
            .map(|variable| match &variable.init {
                Some(init) => !reader.read(init, Some(&variable.name), &mut self.macros),
                None => true,
            })
            .collect();
        let Some(first) = is_kept.iter().position(|kept| *kept) else {
            return self.remove_statement(block_span(statement.span));
        };
        for index in (0..variables.len()).filter(|index| !is_kept[*index]) {
            let span = |index: usize| block_span(variables[index].span);
            self.edits.remove(if index < first {
                Span::new(span(index).start, span(index + 1).start)
            } else {
                Span::new(span(index - 1).end, span(index).end)
            });
        }
    }

    /// Removes a statement, and keeps the statements before and after it separate.
    fn remove_statement(&mut self, statement: Span) {
        self.edits.replace(statement, self.file.separator(statement.end));
    }

    /// Returns the kind of each name for the template. If several sources declare a name, the last
    /// one below counts.
    fn bindings(&self, script: Option<&Module>) -> Bindings {
        let mut names = script.map(options::names).unwrap_or_default();
        let runtime = self.macros.props.as_ref().and_then(|props| props.runtime);
        names
            .extend(runtime.into_iter().flat_map(options::keys).map(|name| (name, Binding::Props)));
        if let Some(shape) = self.macros.props.as_ref().and_then(|props| props.shape) {
            names.extend(self.types.props(shape).into_keys().map(|name| (name, Binding::Props)));
        }
        let imports = self.imports.names.iter().filter(|(_, import)| !import.is_type);
        names.extend(imports.map(|(name, import)| (name.clone(), import.binding())));
        for declared in [&self.script_names, &self.setup_names] {
            names.extend(declared.iter().map(|(name, binding)| (name.clone(), *binding)));
        }
        Bindings { names, is_setup: true }
    }

    /// Returns the facts on which warnings about the template depend. `name`: the component's.
    fn facts(&self, default_export: Option<DefaultExport<'_>>, name: &str) -> Facts {
        let options = default_export.and_then(|export| export.options());
        let mut components = options.map(options::components).unwrap_or_default();
        components.push(name.to_owned());
        let has_all_names = default_export.is_none() && self.macros.knows_props();
        Facts { components, has_all_names }
    }

    /// Returns the names that the setup function returns.
    fn returned(&self) -> Vec<String> {
        let declared = self.script_names.keys().chain(self.setup_names.keys());
        let imports =
            self.imports.names.iter().filter(|(_, import)| !import.is_type && import.is_used);
        let names: IndexSet<&String> = declared.chain(imports.map(|(name, _)| name)).collect();
        names.into_iter().cloned().collect()
    }
}

/// Returns the start of a statement, its decorators included.
fn start(item: &ModuleItem) -> u32 {
    let start = block_span(item.span()).start;
    match item {
        ModuleItem::Stmt(Stmt::Decl(Decl::Class(class))) => {
            let decorators =
                class.class.decorators.iter().map(|decorator| block_span(decorator.span).start);
            decorators.fold(start, u32::min)
        }
        _ => start,
    }
}

/// True for declarations that are moved before the function: types, and declarations that a
/// function cannot contain.
fn is_outside(declaration: &Decl) -> bool {
    match declaration {
        Decl::TsInterface(_) | Decl::TsTypeAlias(_) | Decl::TsEnum(_) | Decl::TsModule(_) => true,
        Decl::Var(variables) => variables.declare,
        Decl::Fn(function) => function.declare,
        Decl::Class(_) | Decl::Using(_) => false,
    }
}

/// True for exports that do not exist at run time, and for TypeScript's own imports and exports.
fn is_type(declaration: &ModuleDecl) -> bool {
    match declaration {
        ModuleDecl::ExportNamed(export) => export.type_only,
        ModuleDecl::ExportDecl(export) => match &export.decl {
            Decl::TsInterface(_) | Decl::TsTypeAlias(_) => true,
            Decl::Class(class) => class.declare,
            Decl::Fn(function) => function.declare,
            Decl::Var(variables) => variables.declare,
            Decl::TsEnum(enumeration) => enumeration.declare,
            Decl::TsModule(module) => module.declare,
            Decl::Using(_) => false,
        },
        ModuleDecl::TsImportEquals(_)
        | ModuleDecl::TsExportAssignment(_)
        | ModuleDecl::TsNamespaceExport(_) => true,
        ModuleDecl::Import(_)
        | ModuleDecl::ExportDefaultDecl(_)
        | ModuleDecl::ExportDefaultExpr(_)
        | ModuleDecl::ExportAll(_) => false,
    }
}
