//! Runs swc's compressor, with options that do not change meaning. `top_retain` is not used,
//! because it drops functions that are still referenced; `export { … }` keeps the names that other
//! modules see.

use bundle_base::Config;
use bundle_graph::record::SymbolIndex;
use swc_common::{DUMMY_SP, SourceMap, comments::SingleThreadedComments, sync::Lrc};
use swc_ecma_ast::{
    EsVersion, ExportNamedSpecifier, ExportSpecifier, Module, ModuleDecl, ModuleExportName,
    ModuleItem, NamedExport, Program, Stmt,
};
use swc_ecma_minifier::{
    optimize,
    option::{CompressOptions, ExtraOptions, MinifyOptions},
};
use swc_ecma_transforms_base::fixer::paren_remover;

use super::{effects, hidden, marks::Marks, proto, receivers};
use crate::{features::Support, render::slot};

/// Makes a module of statements that exports the names which other modules see.
pub(super) fn with_exports(statements: Vec<Stmt>, shared: &[SymbolIndex]) -> Program {
    let mut body: Vec<ModuleItem> = statements.into_iter().map(ModuleItem::Stmt).collect();
    let specifier = |symbol: &SymbolIndex| {
        ExportSpecifier::Named(ExportNamedSpecifier {
            span: DUMMY_SP,
            orig: ModuleExportName::Ident(slot::ident(symbol.0, DUMMY_SP)),
            exported: None,
            is_type_only: false,
        })
    };
    body.push(ModuleItem::ModuleDecl(ModuleDecl::ExportNamed(NamedExport {
        span: DUMMY_SP,
        specifiers: shared.iter().map(specifier).collect(),
        src: None,
        type_only: false,
        with: None,
    })));
    Program::Module(Module { body, ..Module::default() })
}

/// Compresses a program in `passes` passes. A second pass saves only a hundredth.
pub(super) fn run(
    mut program: Program,
    marks: Marks,
    (comments, passes): (&SingleThreadedComments, usize),
    config: &Config,
) -> Program {
    let ecma = edition(config);
    let compress = CompressOptions {
        ecma,
        module: matches!(program, Program::Module(_)),
        passes,
        // Host objects of Internet Explorer have types of their own.
        typeofs: ecma > EsVersion::Es5,
        ..CompressOptions::default()
    };
    let options = MinifyOptions { compress: Some(compress), ..MinifyOptions::default() };
    let extra = ExtraOptions {
        unresolved_mark: marks.unresolved,
        top_level_mark: marks.top_level,
        mangle_name_cache: None,
    };
    // The compressor does not look through parentheses for conditions: it would move assignments
    // into code that may not run.
    program.mutate(paren_remover(Some(comments)));
    proto::compute(&mut program);
    let values = receivers::mark(&mut program);
    hidden::hide(&mut program, marks.unresolved);
    effects::hide(&mut program, marks.unresolved);
    let mut small =
        optimize(program, Lrc::new(SourceMap::default()), Some(comments), None, &options, &extra);
    effects::show(&mut small);
    hidden::show(&mut small);
    receivers::detach(&mut small, values);
    small
}

/// Returns the newest edition whose constructs the target has completely.
fn edition(config: &Config) -> EsVersion {
    const EDITIONS: [(u16, EsVersion); 7] = [
        (2015, EsVersion::Es2015),
        (2016, EsVersion::Es2016),
        (2017, EsVersion::Es2017),
        (2018, EsVersion::Es2018),
        (2019, EsVersion::Es2019),
        (2020, EsVersion::Es2020),
        (2021, EsVersion::Es2021),
    ];
    let support = Support::of(&config.script.target);
    let known = EDITIONS.iter().take_while(|(year, _)| support.has_edition(*year));
    known.last().map_or(EsVersion::Es5, |(_, version)| *version)
}
