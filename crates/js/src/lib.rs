//! JavaScript and TypeScript: one part's text to a record and a tree, and a tree and a plan to
//! text. The only crate, with bundle_vue, that knows swc. Each part is parsed under its own swc
//! `Globals`, kept in its `Ast`; nothing is shared between parts, so parts are analysed and
//! rendered in parallel and nothing grows over a session.

#![expect(clippy::wildcard_enum_match_arm, reason = "matches here are over swc's enums, not ours")]

mod analyse; // lowered program -> ModuleRecord
mod ast; // Ast: the lowered program of one part, opaque
mod browsers; // browserslist queries
mod builtins; // what is newer than ECMAScript 5, since when, and what brings it
mod early; // early errors that the parser lets through, and regular expressions
mod features; // which constructs of a program exceed a target
mod input_map; // source maps that compilers left with their output
mod lower; // TypeScript, JSX, decorators, define, and the target's lowering
mod messages; // every sentence this crate can say
mod parse; // text -> program, and the parser's errors as diagnostics
mod render; // Ast + RenderPlan -> RenderedModule
pub mod runtime; // our own run-time modules: lowering helpers and module interop

use std::{ops::Range, sync::Arc};

use bundle_base::{Config, Diagnostic, Source, Span, config::Target, loader::Language};
use bundle_graph::{plan::RenderPlan, record::ModuleRecord};

pub use ast::Ast;
pub use browsers::browsers;
pub use input_map::decode as decode_map;
pub use render::{
    Anchor, Fill, Fragment, Hole, LocalScope, Mapping, Piece, PieceMap, RenderedModule, Role,
    SlotUse, vlq,
};

/// What is known of a part beside its text.
pub struct PartInput<'a> {
    /// The text, under its names.
    pub source: &'a Arc<Source>,
    /// What the parser must accept.
    pub language: Language,
    /// What its file name and package say about its format.
    pub format: FormatHint,
    /// It is an entry of the build: what `require.main === module` asks.
    pub is_entry: bool,
}

/// What a file's name and package say about its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormatHint {
    /// An ES module whatever is in it: `.mjs`, `.mts`, or `.js` under `"type": "module"`.
    Esm,
    /// A CommonJS module whatever is in it: `.cjs`, `.cts`.
    CommonJs,
    /// Its contents decide. (`"type": "commonjs"` is here too: `npm init` writes it beside ES
    /// modules.)
    Auto,
}

/// What `analyse` gives: the record always, the tree only if the part can be rendered.
pub struct Analysis {
    /// What others need to know; its `diagnostics` say what is wrong.
    pub record: ModuleRecord,
    /// The lowered program; `None` if there was an error.
    pub ast: Option<Arc<Ast>>,
}

/// Parses, checks, lowers and analyses one part. Never panics on any text: our own bugs are caught
/// and reported as the diagnostic `internal-error` with the part's name.
pub fn analyse(input: &PartInput<'_>, config: &Config) -> Analysis {
    analyse::run(input, config)
}

/// Renders one part by its plan. Works on a copy of the live statements, unless nobody else has the
/// tree.
pub fn render(
    ast: Arc<Ast>,
    plan: &RenderPlan,
    mapping: Mapping<'_>,
    config: &Config,
) -> RenderedModule {
    render::run(ast, plan, mapping, config)
}

/// Who of a target is without a built-in, and the modules of core-js that bring it, if any do.
pub fn lacking(name: &str, target: &Target) -> Option<(String, Vec<&'static str>)> {
    builtins::lacking(name, target)
}

/// A target understands arrow functions.
pub fn has_arrows(target: &Target) -> bool {
    features::Support::of(target).has(features::Feature::ArrowFunction)
}

/// A target understands `import.meta`.
pub fn has_import_meta(target: &Target) -> bool {
    features::Support::of(target).has(features::Feature::ImportMeta)
}

/// A joined chunk, compressed and named as a whole; its text as it was where that cannot be.
/// `depth`: how many functions stand around its modules' statements. `is_strict`: all of it is
/// strict code.
pub fn minify_chunk(text: &Arc<Source>, depth: usize, is_strict: bool, config: &Config) -> String {
    render::minify::chunk::run(text, depth, is_strict, config)
}

/// The place where a text nests too deeply for whoever parses and walks it with less stack than
/// `analyse` has: deeper than a number of levels of brackets, or than as many operators as take the
/// same stack.
pub fn too_deep(text: &str, language: Language, levels: usize) -> Option<Span> {
    parse::too_deep(text, language, levels)
}

/// Parses an ES module that stands in the middle of a file, such as a component's script. `Err`
/// holds every mistake that was found; it is empty if the range is none of the file.
pub fn parse_block(
    file: &Arc<Source>,
    block: Range<usize>,
    language: Language,
) -> Result<swc_ecma_ast::Module, Vec<Diagnostic>> {
    parse::block::parse(file, block, language)
}

/// Parses a text that is one expression, such as a value in a template. `None`: it is none, or
/// nests too deeply.
pub fn parse_expression(text: &str, language: Language) -> Option<Box<swc_ecma_ast::Expr>> {
    parse::block::expression(text, language)
}

/// A span in what `parse_block` gave, as bytes of the file; or in what `parse_expression` gave, as
/// bytes of its text.
pub fn block_span(span: swc_common::Span) -> Span {
    ast::span(span)
}

/// What is wrong with a JSON text, if anything.
pub fn check_json(text: &Arc<Source>) -> Option<Diagnostic> {
    parse::json::mistake(text)
}

/// Parses a rendered text again and walks it against the target. Empty: every construct in it is
/// allowed. `name` is the module to blame in the diagnostics. `is_strict`: it will stand in strict
/// code.
pub fn verify(text: &Arc<Source>, is_strict: bool, config: &Config) -> Vec<Diagnostic> {
    features::verify(text, is_strict, config)
}
