//! Scripts in the middle of another file, such as the blocks of a component. They are parsed in
//! place, so every position is a position in the file.

use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use bundle_base::{Diagnostic, Label, Source, Span, diagnostic::Severity, loader::Language};
use swc_common::{BytePos, Spanned};
use swc_ecma_ast::{EsVersion, Expr, Module};
use swc_ecma_parser::{Lexer, Parser, StringInput, error::SyntaxError};

use super::{
    depth,
    program::{self, syntax},
};
use crate::{FormatHint, PartInput, ast, early, messages};

#[cfg(test)]
mod tests;

/// Parses the ES module at `block` in a file. `Err` holds every mistake found.
pub(crate) fn parse(
    file: &Arc<Source>,
    block: Range<usize>,
    language: Language,
) -> Result<Module, Vec<Diagnostic>> {
    let Some(text) = file.text.get(block.clone()) else { return Err(Vec::new()) };
    if let Some(at) = depth::too_deep(text, language) {
        let start = offset(block.start);
        let at = Span::new(start + at.start, start + at.end);
        return Err(vec![messages::nested_too_deeply(Label::new(file, at))]);
    }
    let parsed = ast::guarded(file, || module(text, block.start, language));
    let Ok(Some(module)) = parsed else { return Err(mistakes(file, block, language)) };
    // TypeScript may merge declarations. Duplicate names are checked after its types are stripped.
    let mut found = match language {
        Language::JavaScript | Language::Jsx => early(file, block.end, &module),
        Language::TypeScript | Language::Tsx => Vec::new(),
    };
    found.retain(|diagnostic| diagnostic.severity == Severity::Error);
    if found.is_empty() { Ok(module) } else { Err(found) }
}

/// Returns the early errors that the parser lets through. Some checks read the text after a node,
/// so the text must end with the block.
fn early(file: &Arc<Source>, end: usize, module: &Module) -> Vec<Diagnostic> {
    let cut = Source::new(file.path.clone(), file.name.clone(), &file.text[..end]);
    in_file(file, early::check(module, true, &cut, ast::BASE).0)
}

/// Parses the program. `None`: it has a mistake.
fn module(text: &str, start: usize, language: Language) -> Option<Module> {
    let base = BytePos(ast::BASE.0 + offset(start));
    let input = StringInput::new(text, base, BytePos(base.0 + offset(text.len())));
    let mut parser = Parser::new_from(Lexer::new(syntax(language), EsVersion::EsNext, input, None));
    let module = parser.parse_module().ok()?;
    // Only CommonJS has `return` at the top level.
    let is_for_early =
        |kind| program::is_for_early(kind) && !matches!(kind, SyntaxError::ReturnNotAllowed);
    parser.take_errors().iter().all(|error| is_for_early(error.kind())).then_some(module)
}

fn offset(length: usize) -> u32 {
    u32::try_from(length).expect("the scanner refuses texts over 4 GiB")
}

/// Parses a text that is one expression. `None`: the text is not an expression, or nests too
/// deeply.
pub(crate) fn expression(text: &str, language: Language) -> Option<Box<Expr>> {
    if depth::too_deep(text, language).is_some() {
        return None;
    }
    let parse = || {
        let input = StringInput::new(text, ast::BASE, BytePos(ast::BASE.0 + offset(text.len())));
        let mut parser =
            Parser::new_from(Lexer::new(syntax(language), EsVersion::EsNext, input, None));
        let expression = parser.parse_expr().ok()?;
        let end = ast::span(expression.span()).end as usize;
        (is_blank(&text[end..]) && parser.take_errors().is_empty()).then_some(expression)
    };
    // The parser panics on some texts that end too early.
    catch_unwind(AssertUnwindSafe(parse)).ok().flatten()
}

/// Whether a text has only white space and comments.
fn is_blank(text: &str) -> bool {
    let mut rest = text.trim_start();
    loop {
        let after = match (rest.strip_prefix("//"), rest.strip_prefix("/*")) {
            (Some(line), _) => line.split_once('\n').map_or("", |(_, after)| after),
            (_, Some(comment)) => comment.split_once("*/").map_or("", |(_, after)| after),
            _ => return rest.is_empty(),
        };
        rest = after.trim_start();
    }
}

/// Explains the parser's errors. The explanations read the surrounding text, which is markup here,
/// so the text before the block is replaced by spaces (which keeps every position) and the file is
/// cut after the block.
fn mistakes(file: &Arc<Source>, block: Range<usize>, language: Language) -> Vec<Diagnostic> {
    let text = " ".repeat(block.start) + &file.text[block];
    let alone = Source::new(file.path.clone(), file.name.clone(), text);
    let input = PartInput { source: &alone, language, format: FormatHint::Esm, is_entry: false };
    in_file(file, super::parse(&input).err().unwrap_or_default())
}

/// Moves diagnostics for a text that equals the file up to some place to the file itself.
fn in_file(file: &Arc<Source>, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for diagnostic in &mut found {
        let notes = diagnostic.notes.iter_mut().filter_map(|note| note.label.as_mut());
        for label in diagnostic.primary.iter_mut().chain(notes) {
            label.source = Arc::clone(file);
        }
    }
    found
}
