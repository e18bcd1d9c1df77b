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

pub use analyse::run as analyse;
pub use analysis::Analysis;
pub use ast::Ast;
pub use browsers::browsers;
pub use builtins::{BIG_INT_LITERAL, lacking};
pub use features::{Feature, Support, check_rendered};
pub use input_map::decode as decode_map;
pub use parse::too_deep;
pub use part::{FormatHint, PartInput};
pub use render::{
    Anchor, Fill, Fragment, Hole, LocalScope, Mapping, Piece, PieceMap, RenderedModule, Role,
    SlotUse, run as render, vlq,
};

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
    let feature = Feature::BigInt;
    (!Support::of(target).has(feature)).then(|| features::lacking(feature, target))
}

/// Minifies a joined chunk and renames across it as a whole. Returns the text unchanged where that
/// is impossible. `depth`: how many functions enclose the statements of its modules. `is_strict`:
/// the whole chunk is strict code.
pub fn minify_chunk(text: &Arc<Source>, depth: usize, is_strict: bool, config: &Config) -> String {
    render::minify::chunk::run(text, depth, is_strict, config)
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
