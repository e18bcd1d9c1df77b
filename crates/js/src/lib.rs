//! JavaScript and TypeScript: turns one part's text into a module record and an AST, and an AST
//! with its render plan into text. Only this crate and bundle_vue use swc. Each part is parsed
//! under its own swc `Globals`, which its `Ast` keeps. Parts share nothing, so they are analysed
//! and rendered in parallel, and nothing grows over a session.

#![expect(clippy::wildcard_enum_match_arm, reason = "matches here are over swc's enums, not ours")]

mod analyse; // text -> Analysis: parses, checks, lowers and describes a part
mod analysis; // Analysis: what `analyse` returns
mod arithmetic; // operators on numbers that are known
mod ast; // Ast: the lowered program of one part, opaque
mod browsers; // browserslist queries
mod builtins; // what is newer than ECMAScript 5, since which versions, and its core-js modules
mod compress; // programs -> the same in less text
mod early; // early errors that the parser lets through, and regular expressions
mod features; // which constructs of a program exceed a target
mod input_map; // source maps that compilers wrote next to their output
mod lower; // TypeScript, JSX, decorators, define, and the target's lowering
mod messages; // every message this crate can report
mod parse; // text -> program, and the parser's errors as diagnostics
mod part; // PartInput: what `analyse` takes
mod print; // programs -> text
mod render; // Ast + RenderPlan -> RenderedModule
pub mod runtime; // our own run-time modules: lowering helpers and module interop
mod scopes; // what every name of a program refers to
pub mod static_evaluation; // configuration scripts, read without being run
mod syntax_check; // checks rendered text without building a tree

use std::{ops::Range, sync::Arc};

use bundle_base::{Config, Diagnostic, Source, Span, config::Target, loader::Language};
use bundle_graph::plan::RenderPlan;

pub use analysis::Analysis;
pub use ast::Ast;
pub use browsers::browsers;
pub use builtins::BIG_INT_LITERAL;
pub use input_map::decode as decode_map;
pub use part::{FormatHint, PartInput};
pub use render::{
    Anchor, Fill, Fragment, Hole, LocalScope, Mapping, Piece, PieceMap, RenderedModule, Role,
    SlotUse, vlq,
};

/// Parses, checks, lowers and analyses one part. Never panics on any text: a panic inside is a bug
/// of this crate or of swc, and is reported as the diagnostic `internal-error` with the part's
/// name.
pub fn analyse(input: &PartInput<'_>, config: &Config) -> Analysis {
    analyse::run(input, config)
}

/// Renders one part by its render plan. Takes the live statements out of the AST if `ast` is its
/// only owner, and copies them otherwise.
pub fn render(
    ast: Arc<Ast>,
    plan: &RenderPlan,
    mapping: Mapping<'_>,
    config: &Config,
) -> RenderedModule {
    render::run(ast, plan, mapping, config)
}

/// Returns the first version in the target that lacks a built-in, and the core-js modules that
/// polyfill it (possibly none). `None`: the whole target has it, or the built-in is unknown.
pub fn lacking(name: &str, target: &Target) -> Option<(String, Vec<&'static str>)> {
    builtins::lacking(name, target)
}

/// Returns the browsers of a target that lack a built-in of pages. `None`: all have it, or the
/// target is an edition, which says nothing about pages.
pub fn browsers_lacking(name: &str, target: &Target) -> Option<String> {
    let Target::Browsers(browsers) = target else { return None };
    let lacks = |one: &&(String, String)| {
        builtins::lacking(name, &Target::Browsers(vec![(*one).clone()])).is_some()
    };
    let without: Vec<_> = browsers.iter().filter(lacks).cloned().collect();
    (!without.is_empty()).then(|| features::target_name(&Target::Browsers(without)))
}

/// Returns the browsers of a target that lack BigInts; `None`: all have them.
pub fn lacking_big_ints(target: &Target) -> Option<String> {
    let feature = features::Feature::BigInt;
    (!features::Support::of(target).has(feature)).then(|| features::lacking(feature, target))
}

/// Whether a target supports arrow functions.
pub fn has_arrows(target: &Target) -> bool {
    features::Support::of(target).has(features::Feature::ArrowFunction)
}

/// Whether a target supports async functions.
pub fn has_async_functions(target: &Target) -> bool {
    features::Support::of(target).has(features::Feature::AsyncFunction)
}

/// Whether a target supports `await` at the top level of ES modules.
pub fn has_top_level_await(target: &Target) -> bool {
    features::Support::of(target).has(features::Feature::TopLevelAwait)
}

/// Whether a target supports `import.meta`.
pub fn has_import_meta(target: &Target) -> bool {
    features::Support::of(target).has(features::Feature::ImportMeta)
}

/// Minifies a joined chunk and renames across it as a whole. Returns the text unchanged where that
/// is impossible. `depth`: how many functions enclose the statements of its modules. `is_strict`:
/// the whole chunk is strict code.
pub fn minify_chunk(text: &Arc<Source>, depth: usize, is_strict: bool, config: &Config) -> String {
    render::minify::chunk::run(text, depth, is_strict, config)
}

/// Finds the place where a text nests too deeply for code that parses and walks it with less stack
/// than `analyse` has: deeper than `levels` brackets, or than as many operators as need the same
/// stack.
pub fn too_deep(text: &str, language: Language, levels: usize) -> Option<Span> {
    parse::too_deep(text, language, levels)
}

/// Parses an ES module in the middle of a file, such as a component's script. `Err` holds every
/// mistake found; it is empty if the range is not inside the file.
pub fn parse_block(
    file: &Arc<Source>,
    block: Range<usize>,
    language: Language,
) -> Result<swc_ecma_ast::Module, Vec<Diagnostic>> {
    parse::block::parse(file, block, language)
}

/// Parses a text that is one expression, such as a value in a template. `None`: the text is not an
/// expression, or nests too deeply.
pub fn parse_expression(text: &str, language: Language) -> Option<Box<swc_ecma_ast::Expr>> {
    parse::block::expression(text, language)
}

/// Converts a span of an AST from `parse_block` to bytes of the file, or of an AST from
/// `parse_expression` to bytes of its text.
pub fn block_span(span: swc_common::Span) -> Span {
    ast::span(span)
}

/// Finds the first mistake in a JSON text.
pub fn check_json(text: &Arc<Source>) -> Option<Diagnostic> {
    parse::json::mistake(text)
}

/// Reads a rendered text again and checks it against the target. Returns an error for each
/// construct that the target lacks. The errors name the module by `text.name`. `is_strict`: the
/// text will be inside strict code.
pub fn check_rendered(text: &Arc<Source>, is_strict: bool, config: &Config) -> Vec<Diagnostic> {
    features::check_rendered(text, is_strict, config)
}
