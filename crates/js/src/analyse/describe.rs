//! Makes the record of a lowered program: rewrites the program to the form that rendering relies
//! on, then lists its symbols, its statements with their uses and side effects, and its constants.

use std::sync::Arc;

use bundle_base::{
    Config, Label, Source,
    config::{Format, Target},
};
use bundle_graph::record::{Branch, CommonJsUses, Effects, ModuleRecord, SourceFormat, Statement};
use swc_ecma_ast::{Id, Module};

use super::{
    commonjs, constants, declarators, effects,
    findings::{self, Findings},
    free_names, globals,
    magic_comments::MagicComments,
    member_reads,
    names::NodeNames,
    objects, polyfills,
    recognise::Recognise,
    request_table::Requests,
    symbols::Table,
    uses::Uses,
    wrapper_names,
};
use crate::{
    FormatHint, PartInput,
    ast::{self, PlainComments, is_directive},
    features::begins_with_use_strict,
    lower::Lowered,
    messages,
    scopes::{Scopes, check, number},
};

/// A part's program as rendering takes it, and its record.
pub(super) struct Analysed {
    pub module: Module,
    pub comments: PlainComments,
    pub scopes: Scopes,
    pub names: NodeNames,
    pub record: ModuleRecord,
    /// Whether each name is the token at its place.
    pub is_as_written: bool,
}

/// Makes the record of a lowered program.
pub(super) fn describe(lowered: Lowered, input: &PartInput<'_>, config: &Config) -> Analysed {
    let Lowered { mut module, comments, mut scopes, mut diagnostics, is_module, .. } = lowered;
    let Lowered { kinds, is_as_written, .. } = lowered;
    let label = |span| Label::new(input.source, ast::span(span));
    let is_strict = is_module || begins_with_use_strict(&module);
    if !is_module && module.body.iter().all(is_directive) {
        // Nothing follows that the directives could apply to.
        module.body.clear();
    }
    let magic = MagicComments::of(&comments, &input.source.text);
    let comments = PlainComments::keep(&comments);
    let format = if is_module { SourceFormat::Esm } else { SourceFormat::CommonJs };
    let recognise = Recognise::new(config);
    let part = input;
    let magic = &magic;
    let rewrite_input = free_names::RewriteInput { format, recognise, magic, config, part, kinds };
    let (findings, is_rewritten) = rewrite(&mut module, &mut scopes, &rewrite_input);
    diagnostics.extend(findings::warn(&findings, label));

    let program = Program {
        module: &module,
        format,
        is_strict,
        recognise,
        comments: &comments,
        magic,
        source: input.source,
        findings: &findings,
        inserted: &scopes.inserted,
    };
    let (mut record, names) = program.record(config);
    if record.has_eval && format == SourceFormat::CommonJs && input.format != FormatHint::Script {
        // Code that `eval` runs may mention them.
        (record.commonjs.mentions_module, record.commonjs.mentions_exports) = (true, true);
    }
    record.diagnostics.splice(0..0, diagnostics);
    let is_as_written = is_as_written && !is_rewritten;
    Analysed { module, comments, scopes, names, record, is_as_written }
}

/// Rewrites a program to the form that rendering relies on. Returns the uses of its surroundings,
/// and whether it changed names.
fn rewrite(
    module: &mut Module,
    scopes: &mut Scopes,
    input: &free_names::RewriteInput<'_>,
) -> (Findings, bool) {
    let is_module = input.format == SourceFormat::Esm;
    let mut reserved_name = None;
    let mut is_renamed = false;
    if !is_module {
        is_renamed = wrapper_names::rename_conflicts(module, scopes);
        if input.config.output.format == Format::Esm {
            is_renamed = true;
            reserved_name = wrapper_names::spell_for_modules(module, scopes);
        }
    }
    let (findings, is_changed) = free_names::rewrite(module, scopes, input);
    let is_changed = member_reads::spell_out(module, input.kinds) || is_changed;
    if is_changed {
        *scopes = number(module, scopes.is_strict);
    }
    if is_module {
        declarators::take_apart(&mut module.body);
    }
    if cfg!(debug_assertions) {
        check(module, scopes);
    }
    (Findings { reserved_name, ..findings }, is_changed || is_renamed)
}

/// A program that was rewritten, and what is known of it as a whole.
struct Program<'a> {
    module: &'a Module,
    format: SourceFormat,
    is_strict: bool,
    recognise: Recognise,
    comments: &'a PlainComments,
    magic: &'a MagicComments<'a>,
    source: &'a Arc<Source>,
    findings: &'a Findings,
    inserted: &'a [Id],
}

/// The statements of a program, and what they use of the module system.
struct Listed {
    statements: Vec<Statement>,
    branches: Vec<Branch>,
    requests: Requests,
    commonjs: CommonJsUses,
}

impl Program<'_> {
    /// Makes the record, and the table with which rendering finds its symbols and requests again.
    fn record(&self, config: &Config) -> (ModuleRecord, NodeNames) {
        let &Self { module, format, recognise, .. } = self;
        let mut table = Table::build(&module.body, format, self.source);
        table.provide(&self.findings.provided, config);
        table.runtime_names(self.inserted);
        let Listed { mut statements, branches, requests, mut commonjs } =
            self.list(&mut table, config);
        let label = |span| Label::new(self.source, ast::span(span));
        let mut diagnostics = Vec::new();
        match format {
            SourceFormat::Esm => {
                commonjs = CommonJsUses::default();
                let misplaced = commonjs::misplaced_export(&module.body, recognise);
                diagnostics.extend(misplaced.map(|at| messages::exports_in_module(label(at))));
            }
            SourceFormat::CommonJs => table.note_shadowed(&mut commonjs),
        }
        let mut objects = objects::Objects::new(&table);
        let constants = constants::of(&module.body, &table, |index, item, known| {
            objects.item(index, item, known);
        });
        let mut objects = objects.finish(&mut statements);
        if self.findings.direct_eval.is_some() {
            // Code that `eval` runs may change any object.
            objects.clear();
        }
        let names = NodeNames {
            format,
            symbols: table.by_id,
            default_value: table.default_value.map(|(symbol, _)| symbol),
            requests: requests.by_key,
            has_const: matches!(config.script.target, Target::Ecma(2015..)),
        };
        let mut imports = table.imports;
        imports.sort_by_key(|import| import.symbol);
        let record = ModuleRecord {
            format,
            is_strict: self.is_strict,
            has_eval: self.findings.direct_eval.is_some(),
            requests: requests.list,
            constants,
            objects,
            branches,
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
        (record, names)
    }

    /// Lists the statements. Marks the symbols that they write to.
    fn list(&self, table: &mut Table, config: &Config) -> Listed {
        let &Self { format, recognise, comments, source, .. } = self;
        let items = &self.module.body[..];
        let mut uses = Uses::new(table, recognise, self.magic, items);
        let mut mentions: Vec<_> = items.iter().map(|item| uses.of(item, table)).collect();
        let Uses { mut requests, commonjs, assigned, created, branches, .. } = uses;
        table.note_assigned(&assigned);
        table.note_assigned(&created);
        let facts = effects::EffectsInput { comments, assigned: &assigned };
        let effects = match (format, self.findings.direct_eval) {
            (SourceFormat::Esm, None) => effects::of(items, table, &facts),
            // A CommonJS file is kept or dropped as a whole. Code that `eval` runs may use any
            // name.
            (_, _) => vec![Effects::Any; items.len()],
        };
        let globals = globals::of(items, &globals::GlobalsInput { recognise, format, source });
        polyfills::ask(&mut mentions, &globals, &mut requests, config);
        let statements = mentions.into_iter().zip(effects).zip(globals).enumerate();
        let statements = statements.map(|(index, ((found, effects), globals))| {
            found.statement(table.declared_by(index), effects, globals)
        });
        let branches = branches.into_list();
        Listed { statements: statements.collect(), branches, requests, commonjs }
    }
}
