//! Text → record and AST: parses, checks and lowers a part, then describes the lowered program for
//! the linker. Rendering sees the same statement and symbol indices. In a CommonJS file only
//! imported names are symbols: its own names are local to the function around it.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostic, Label,
    config::{Format, Target},
    diagnostic::Severity,
};
use bundle_graph::record::{
    CommonJsUses, Effects, ModuleRecord, RequestIndex, SourceFormat, SymbolIndex,
};
use rustc_hash::FxHashMap;
use swc_common::{Globals, Mark, SyntaxContext};
use swc_ecma_ast::{Id, Module, ModuleItem, Stmt};

use crate::{
    Analysis, FormatHint, PartInput,
    ast::{self, Ast, PlainComments, guarded, within},
    early,
    lower::{self, Lowered},
    messages, parse,
};

pub(crate) mod annex_b; // functions in blocks of sloppy code
pub(crate) mod awaits; // top-level await
mod commonjs; // the exports that a CommonJS file certainly has
mod constants; // names bound to short literals
mod declarators; // splits declarations into one per variable
mod effects; // the side effects of each statement
mod enumerations; // the code that enums are compiled to
mod free; // free names and module-system idioms, rewritten
mod globals; // what each item needs beyond ECMAScript 5
mod implied; // scripts that are really ES modules
mod objects; // names bound to objects of short literals
mod picked; // `const { x } = ns` of imported names, written as `ns.x`
mod polyfills; // modules of core-js that statements need
pub(crate) mod requests; // which expressions request a module
mod scope; // which identifiers are declared at the top level
mod symbols; // symbols, imports and exports
#[cfg(test)]
pub(crate) mod tests;
mod uses; // which symbols, requests and members each statement uses
mod wrapper_names; // declarations of a CommonJS file that have the name of a wrapper's parameter

/// Maps identifiers and expressions to the symbols and requests of the record, so that rendering
/// finds them again.
#[derive(Debug)]
pub(crate) struct Names {
    /// The module format of the part.
    pub format: SourceFormat,
    /// The symbol of each identifier.
    pub symbols: FxHashMap<Id, SymbolIndex>,
    /// The symbol of an `export default` whose value has no name.
    pub default_value: Option<SymbolIndex>,
    /// The request of each key; equal requests have the same key.
    pub requests: FxHashMap<requests::Key, RequestIndex>,
    /// Whether the target has `const`.
    pub has_const: bool,
    /// The syntax context of names that this crate inserted: those of the interop runtime, and
    /// provided ones.
    pub runtime: SyntaxContext,
}

/// See `bundle_js::analyse`.
pub(crate) fn run(input: &PartInput<'_>, config: &Config) -> Analysis {
    let globals = Globals::new();
    let attempt = guarded(input.source, || within(&globals, || attempt(input, config)));
    match attempt {
        Ok(Ok(found)) => {
            let ast = Ast {
                globals,
                module: found.module,
                comments: found.comments,
                marks: found.marks,
                source: Arc::clone(input.source),
                names: found.names,
                lines: std::sync::OnceLock::new(),
            };
            Analysis { record: found.record, ast: Some(Arc::new(ast)) }
        }
        Ok(Err(diagnostics)) => failed(input, diagnostics),
        Err(bug) => failed(input, vec![bug]),
    }
}

struct Analysed {
    module: Module,
    comments: PlainComments,
    marks: ast::Marks,
    names: Names,
    record: ModuleRecord,
}

fn attempt(input: &PartInput<'_>, config: &Config) -> Result<Analysed, Vec<Diagnostic>> {
    let parsed = parse::parse(input)?;
    if !parsed.is_module
        && input.format == FormatHint::Auto
        && implied::is_module(&parsed.module, input)
        && let Ok(module) = parse::parse(&PartInput { format: FormatHint::Esm, ..*input })
        && let Ok(found) = analysed(module, input, config)
    {
        return Ok(found);
    }
    analysed(parsed, input, config)
}

fn analysed(
    parsed: parse::Parsed,
    input: &PartInput<'_>,
    config: &Config,
) -> Result<Analysed, Vec<Diagnostic>> {
    let early = early::check(&parsed.module, parsed.is_module, input.source, ast::BASE);
    if early.iter().any(|d| d.severity == Severity::Error) {
        return Err(early);
    }
    // Lowering may turn `for await` into a loop where it can no longer be seen.
    let top_level_await = awaits::first(&parsed.module.body).map(ast::span);
    let mut lowered = lower::lower(parsed, input, config)?;
    lowered.diagnostics.splice(0..0, early);
    let mut analysed = describe(lowered, input, config);
    if analysed.record.diagnostics.iter().any(|d| d.severity == Severity::Error) {
        return Err(analysed.record.diagnostics);
    }
    analysed.record.top_level_await = top_level_await;
    Ok(analysed)
}

/// Makes the record of a lowered program.
fn describe(lowered: Lowered, input: &PartInput<'_>, config: &Config) -> Analysed {
    let Lowered { mut module, is_module, comments, marks, mut diagnostics } = lowered;
    let label = |span| Label::new(input.source, ast::span(span));
    let is_strict = is_module || begins_with_use_strict(&module);
    if !is_module && module.body.iter().all(is_directive) {
        // Nothing follows that the directives could apply to.
        module.body.clear();
    }
    let comments = PlainComments::keep(&comments);
    let format = if is_module { SourceFormat::Esm } else { SourceFormat::CommonJs };
    let runtime = SyntaxContext::empty().apply_mark(Mark::new());
    let recognise = requests::Recognise::new(marks, runtime, config);
    let unresolved = SyntaxContext::empty().apply_mark(marks.unresolved);
    if !is_strict {
        annex_b::unite(&mut module);
    }
    if !is_module {
        wrapper_names::rename_conflicts(&mut module, marks.top_level);
        if config.output.format == Format::Esm
            && let Some(name) = wrapper_names::spell_for_modules(&mut module, unresolved)
        {
            diagnostics.push(messages::sloppy_name_in_module(label(name.span), &name.sym));
        }
    }
    let about = free::About { recognise, unresolved, runtime, config, part: input };
    let outside = free::rewrite(&mut module, format, &about);
    picked::spell_out(&mut module);
    if is_module {
        declarators::take_apart(&mut module.body);
    }
    diagnostics.extend(free::warn(&outside, label));

    let mut table = symbols::Table::build(&module.body, format, input.source);
    table.provide(&outside, config, runtime);
    table.runtime_names(&module, marks, runtime);
    let mut uses = uses::Uses::new(&mut table, recognise, objects::names(&module.body));
    let mut mentions: Vec<_> = module.body.iter().map(|item| uses.of(item, &table)).collect();
    let uses::Uses { requests, mut commonjs, assigned, created, .. } = uses;
    table.note_assigned(&assigned);
    table.note_assigned(&created);
    let facts = effects::Facts { comments: &comments, marks, assigned: &assigned };
    let effects = match (format, outside.direct_eval) {
        (SourceFormat::Esm, None) => effects::of(&module.body, &table, &facts),
        // A CommonJS file is kept or dropped as a whole. Code that `eval` runs may use any name.
        (_, _) => vec![Effects::Any; module.body.len()],
    };
    let globals = globals::of(
        &module.body,
        &globals::About { recognise, format, marks, source: input.source },
    );
    let mut requests = requests;
    polyfills::ask(&mut mentions, &globals, &mut requests, config);
    let statements = mentions.into_iter().zip(effects).zip(globals).enumerate();
    let statements = statements.map(|(index, ((found, effects), globals))| {
        found.statement(table.declared_by(index), effects, globals)
    });
    let mut statements: Vec<_> = statements.collect();
    match format {
        SourceFormat::Esm => {
            commonjs = CommonJsUses::default();
            let misplaced = commonjs::misplaced(&module.body, recognise);
            diagnostics.extend(misplaced.map(|at| messages::exports_in_module(label(at))));
        }
        SourceFormat::CommonJs => table.shadowed(&mut commonjs),
    }
    let mut objects = objects::Objects::new(&table, unresolved);
    let constants =
        constants::of(&module.body, &table, |index, item, known| objects.item(index, item, known));
    let mut objects = objects.finish(&mut statements);
    if outside.direct_eval.is_some() {
        // Code that `eval` runs may change any object.
        objects.clear();
    }
    let names = Names {
        format,
        symbols: table.by_id,
        default_value: table.default_value.map(|(symbol, _)| symbol),
        requests: requests.by_key,
        has_const: matches!(config.script.target, Target::Ecma(2015..)),
        runtime,
    };
    let mut imports = table.imports;
    imports.sort_by_key(|import| import.symbol);
    let record = ModuleRecord {
        format,
        is_strict,
        requests: requests.list,
        constants,
        objects,
        statements,
        top_level_await: None,
        commonjs,
        commonjs_exports: match format {
            SourceFormat::Esm => Vec::new(),
            SourceFormat::CommonJs => commonjs::exports(&module.body, recognise),
        },
        symbols: table.symbols,
        imports,
        exports: table.exports,
        stars: table.stars,
        diagnostics,
    };
    Analysed { module, comments, marks, names, record }
}

fn is_directive(item: &ModuleItem) -> bool {
    matches!(item, ModuleItem::Stmt(statement) if statement.can_precede_directive())
}

/// Whether a program begins with `"use strict"`.
fn begins_with_use_strict(module: &Module) -> bool {
    let directives = module.body.iter().map_while(|item| match item {
        ModuleItem::Stmt(statement) if statement.can_precede_directive() => Some(statement),
        _ => None,
    });
    directives.into_iter().any(Stmt::is_use_strict)
}

/// Makes a record that holds only diagnostics.
fn failed(input: &PartInput<'_>, diagnostics: Vec<Diagnostic>) -> Analysis {
    let format = match input.format {
        FormatHint::Esm => SourceFormat::Esm,
        FormatHint::CommonJs | FormatHint::Auto => SourceFormat::CommonJs,
    };
    let record = ModuleRecord {
        format,
        is_strict: false,
        requests: Vec::new(),
        symbols: Vec::new(),
        imports: Vec::new(),
        exports: Vec::new(),
        stars: Vec::new(),
        statements: Vec::new(),
        constants: Vec::new(),
        objects: Vec::new(),
        top_level_await: None,
        commonjs: CommonJsUses::default(),
        commonjs_exports: Vec::new(),
        diagnostics,
    };
    Analysis { record, ast: None }
}
