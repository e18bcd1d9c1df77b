//! Text → record and AST: parses, checks and lowers a part, then describes the lowered program for
//! the linker. Rendering sees the same statement and symbol indices. In a CommonJS file only
//! imported names are symbols: its own names are local to the enclosing function.

use std::sync::Arc;

use bundle_base::{Config, Diagnostic, config::Format, diagnostic::Severity};
use bundle_graph::record::{CommonJsUses, ModuleRecord, SourceFormat, TopLevelAwait};
use swc_common::Globals;

use crate::{
    Analysis, FormatHint, PartInput,
    ast::{self, Ast, guarded, within},
    early,
    features::{Feature, Support},
    lower, parse,
};
use describe::{Analysed, describe};

pub(crate) mod awaits; // top-level await
mod branch_tests; // tests of branches that linking may decide
mod commonjs; // the exports that a CommonJS file certainly has
mod constants; // names bound to short literals
mod declarators; // splits declarations into one per variable
mod describe; // the record of a lowered program
pub(crate) mod effects; // the side effects of each statement
mod enumerations; // the code that enums are compiled to
mod findings; // what rewriting found, and the warnings about it
mod free_names; // free names and module-system idioms, rewritten
mod globals; // what each item needs beyond ECMAScript 5
pub(crate) mod heritage; // what a class can extend
mod implied_esm; // scripts that are really ES modules
mod magic_comments; // webpack's comments in an `import()`
mod member_reads; // `const { x } = ns` of imported names, written as `ns.x`
mod member_values; // what is known of the members of objects
mod mentions; // what each item mentions, and in which branches
mod names; // which symbol an identifier is, and which request an expression makes
mod native_import; // `import()`s that the browser resolves, and those that reject
mod objects; // names bound to objects of short literals
mod polyfills; // modules of core-js that statements need
mod provided_names; // names that the configuration provides
pub(crate) mod recognise; // which expressions request a module
mod request_pattern; // the files that a request with an expression may mean
mod request_table; // the requests of a part
mod scope; // which identifiers are declared at the top level
mod symbols; // symbols, imports and exports
mod tested_globals; // globals of Node that a module tests for
#[cfg(test)]
pub(crate) mod tests;
mod uses; // which symbols, requests and members each statement uses
mod wrapper_names; // declarations of a CommonJS file that have the name of a wrapper's parameter

pub(crate) use names::NodeNames;

/// Parses, checks, lowers and analyses one part. Never panics on any text: a panic inside is a bug
/// of this crate or of swc, and is reported as the diagnostic `internal-error` with the part's
/// name.
pub fn run(input: &PartInput<'_>, config: &Config) -> Analysis {
    let globals = Globals::new();
    let attempt = guarded(input.source, || within(&globals, || attempt(input, config)));
    match attempt {
        Ok(Ok(found)) => {
            let ast = Ast {
                module: found.module,
                comments: found.comments,
                scopes: found.scopes,
                source: Arc::clone(input.source),
                names: found.names,
                is_as_written: found.is_as_written,
                lines: std::sync::OnceLock::new(),
            };
            Analysis { record: found.record, ast: Some(Arc::new(ast)) }
        }
        Ok(Err(diagnostics)) => failed(input, diagnostics),
        Err(bug) => failed(input, vec![bug]),
    }
}

fn attempt(input: &PartInput<'_>, config: &Config) -> Result<Analysed, Vec<Diagnostic>> {
    let parsed = parse::parse(input)?;
    if !parsed.is_module
        && input.format == FormatHint::Auto
        && implied_esm::is_module(&parsed.module, input)
        && let Ok(module) = parse::parse(&PartInput { format: FormatHint::Esm, ..*input })
        && let Ok(found) = analysed(module, input, config)
    {
        return Ok(found);
    }
    analysed(parsed, input, config)
}

fn analysed(
    mut parsed: parse::Parsed,
    input: &PartInput<'_>,
    config: &Config,
) -> Result<Analysed, Vec<Diagnostic>> {
    let (early, kinds) = early::check(&parsed.module, parsed.is_module, input.source, ast::BASE);
    parsed.kinds = Some(kinds);
    if early.iter().any(|d| d.severity == Severity::Error) {
        return Err(early);
    }
    // Lowering may turn `for await` into a loop where it can no longer be seen.
    let body = &parsed.module.body;
    let top_level_await = awaits::first(body).map(|first| TopLevelAwait {
        span: ast::span(first),
        is_unlowered: config.output.format != Format::Esm
            && !Support::of(&config.script.target).has(Feature::AsyncFunction)
            && !awaits::is_last(body),
    });
    let mut lowered = lower::lower(parsed, input, config)?;
    lowered.diagnostics.splice(0..0, early);
    let mut analysed = describe(lowered, input, config);
    if analysed.record.diagnostics.iter().any(|d| d.severity == Severity::Error) {
        return Err(analysed.record.diagnostics);
    }
    analysed.record.top_level_await = top_level_await;
    Ok(analysed)
}

/// Makes a record that holds only diagnostics.
fn failed(input: &PartInput<'_>, diagnostics: Vec<Diagnostic>) -> Analysis {
    let format = match input.format {
        FormatHint::Esm => SourceFormat::Esm,
        FormatHint::CommonJs | FormatHint::Script | FormatHint::Auto => SourceFormat::CommonJs,
    };
    let record = ModuleRecord {
        format,
        is_strict: false,
        has_eval: false,
        requests: Vec::new(),
        symbols: Vec::new(),
        imports: Vec::new(),
        exports: Vec::new(),
        stars: Vec::new(),
        statements: Vec::new(),
        constants: Vec::new(),
        objects: Vec::new(),
        branches: Vec::new(),
        top_level_await: None,
        commonjs: CommonJsUses::default(),
        commonjs_exports: Vec::new(),
        diagnostics,
    };
    Analysis { record, ast: None }
}
