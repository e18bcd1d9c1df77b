//! JavaScript in templates, whatever the version of Vue: whether a text is an expression, and which
//! of its names are free. Texts are parsed as code in a function of a classic script, as Vue
//! compiles them: `await` is a name there.

use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
};

use bundle_base::{Span, loader::Language};
use swc_common::{BytePos, Spanned};
use swc_ecma_ast::{AssignProp, EsVersion, Stmt};
use swc_ecma_parser::{
    EsSyntax, Lexer, Parser, StringInput, Syntax, TsSyntax,
    error::{Error, SyntaxError},
};
use swc_ecma_visit::{Visit, VisitWith};

mod free; // which names are free
mod plain; // expressions that need no look at all
mod quick; // code that needs no parser
mod strings; // the code of an expression without its strings
#[cfg(test)]
mod tests;

pub(crate) use free::{Mention, mentions};
pub(crate) use plain::is_name;
use plain::is_plain;
pub(crate) use quick::{Piece, add_free_names};
pub(crate) use strings::without_strings;

/// A name that is declared nowhere in the code that mentions it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FreeName {
    /// Where it starts in the text.
    pub start: usize,
    pub end: usize,
    /// It is a property as well: `{ name }`.
    pub is_shorthand: bool,
}

/// The free names of a program that consists of variables with functions and lists of functions, by
/// place. The names of these functions are not known in them.
pub(crate) fn free_names(program: &str, is_typescript: bool) -> Result<Vec<FreeName>, Mistake> {
    let mut names = free::free_names(&parse(program, is_typescript)?);
    names.sort_unstable();
    Ok(names)
}

/// What is wrong with a text that should stand behind `return`.
pub(crate) fn check_expression(text: &str, is_typescript: bool) -> Result<(), Mistake> {
    if !is_typescript && quick::is_expression(text) || is_plain(text) {
        Ok(())
    } else {
        check("return ", text, "", is_typescript)
    }
}

/// What is wrong with statements.
pub(crate) fn check_statements(text: &str, is_typescript: bool) -> Result<(), Mistake> {
    check("", text, "", is_typescript)
}

/// What is wrong with the parameters of a function.
pub(crate) fn check_parameters(text: &str, is_typescript: bool) -> Result<(), Mistake> {
    let is_quick = is_name(text) || !is_typescript && quick::are_parameters(text);
    // A comment may follow the last one.
    if is_quick { Ok(()) } else { check("(function (", text, "\n) {})", is_typescript) }
}

/// What is wrong with what a variable is declared with: a name or a pattern.
pub(crate) fn check_variable(text: &str, is_typescript: bool) -> Result<(), Mistake> {
    if is_name(text) { Ok(()) } else { check("var ", text, "=_", is_typescript) }
}

/// Parses a text between others. Places are those in the text.
fn check(before: &str, text: &str, behind: &str, is_typescript: bool) -> Result<(), Mistake> {
    let within = |range: Range<usize>| {
        let place = |at: usize| at.saturating_sub(before.len()).min(text.len());
        place(range.start)..place(range.end)
    };
    match parse(&[before, text, behind].concat(), is_typescript) {
        Ok(_) => Ok(()),
        Err(Mistake::Syntax(range, reason)) => Err(Mistake::Syntax(within(range), reason)),
        Err(Mistake::TooDeep(range)) => Err(Mistake::TooDeep(within(range))),
    }
}

/// Position of a text's first byte. swc keeps 0 for "nowhere".
const BASE: BytePos = BytePos(1);

/// How deep a text may nest: in 2 MiB of stack, unoptimised, there is room for 820 parentheses in
/// each other, 366 functions in calls, or 5600 assignments. An element takes two levels at least.
const LEVELS: usize = 240;

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mistake {
    /// At a place of the text: why the parser cannot go on.
    Syntax(Range<usize>, String),
    /// From this place on it nests too deeply.
    TooDeep(Range<usize>),
}

/// Parses statements as they stand in a function.
fn parse(text: &str, is_typescript: bool) -> Result<Vec<Stmt>, Mistake> {
    let language = if is_typescript { Language::TypeScript } else { Language::JavaScript };
    if let Some(at) = bundle_js::too_deep(text, language, LEVELS) {
        return Err(Mistake::TooDeep(range_in(text, at)));
    }
    // The parser breaks on some texts that end too early.
    match catch_unwind(AssertUnwindSafe(|| statements(text, is_typescript))) {
        Ok(Ok(statements)) => without_stray_default(text, statements),
        Ok(Err(error)) => Err(mistake(text, &error)),
        Err(_) => Err(Mistake::Syntax(text.len()..text.len(), "it is not complete".to_owned())),
    }
}

fn statements(text: &str, is_typescript: bool) -> Result<Vec<Stmt>, Error> {
    let syntax = if is_typescript {
        Syntax::Typescript(TsSyntax::default())
    } else {
        Syntax::Es(EsSyntax { allow_return_outside_function: true, ..EsSyntax::default() })
    };
    let end = BytePos(BASE.0 + u32::try_from(text.len()).unwrap_or(u32::MAX - BASE.0));
    let mut parser = Parser::new_from(Lexer::new(
        syntax,
        EsVersion::EsNext,
        StringInput::new(text, BASE, end),
        None,
    ));
    let script = parser.parse_script()?;
    // Both may stand in the function that the text becomes a part of.
    let is_wrong = |error: &Error| {
        !matches!(error.kind(), SyntaxError::ReturnNotAllowed | SyntaxError::InvalidNewTarget)
    };
    match parser.take_errors().into_iter().find(is_wrong) {
        Some(error) => Err(error),
        None => Ok(script.body),
    }
}

/// `{ a = 1 }` is an object to the parser until it turns out to be a pattern, and stays one where
/// it does not.
fn without_stray_default(text: &str, statements: Vec<Stmt>) -> Result<Vec<Stmt>, Mistake> {
    let mut stray = StrayDefault { first: None };
    statements.visit_with(&mut stray);
    match stray.first {
        None => Ok(statements),
        Some(span) => Err(Mistake::Syntax(
            range_of(text, span),
            "a default value can only stand in a pattern".to_owned(),
        )),
    }
}

struct StrayDefault {
    first: Option<swc_common::Span>,
}

impl Visit for StrayDefault {
    fn visit_assign_prop(&mut self, property: &AssignProp) {
        self.first.get_or_insert(property.span);
    }
}

fn mistake(text: &str, error: &Error) -> Mistake {
    let range = range_of(text, error.span());
    let reason = reason(error.kind(), text[range.clone()].trim());
    Mistake::Syntax(range, reason)
}

fn range_of(text: &str, span: swc_common::Span) -> Range<usize> {
    let start = span.lo.0.saturating_sub(BASE.0);
    let end = span.hi.0.saturating_sub(BASE.0).max(start);
    range_in(text, Span::new(start, end))
}

/// A range of characters of the text, wherever the parser believes to be.
fn range_in(text: &str, span: Span) -> Range<usize> {
    let boundary = |at: u32| text.floor_char_boundary(at as usize);
    boundary(span.start)..boundary(span.end)
}

/// Why the parser cannot go on, as the end of a sentence. `found`: what stands there.
fn reason(kind: &SyntaxError, found: &str) -> String {
    match kind {
        SyntaxError::WithLabel { inner, .. } => reason(inner.kind(), found),
        SyntaxError::UnterminatedStrLit => "a string is not closed".to_owned(),
        SyntaxError::UnterminatedTpl => "a template literal is not closed".to_owned(),
        SyntaxError::UnterminatedRegExp => "a regular expression is not closed".to_owned(),
        SyntaxError::UnterminatedBlockComment => "a comment is not closed".to_owned(),
        SyntaxError::Eof => "it is not complete".to_owned(),
        SyntaxError::Unexpected { .. }
        | SyntaxError::Expected(..)
        | SyntaxError::UnexpectedTokenWithSuggestions { .. }
        | SyntaxError::ExpectedIdent
        | SyntaxError::ExpectedSemi
        | SyntaxError::ExpectedSemiForExprStmt { .. }
        | SyntaxError::InvalidExpr
        | SyntaxError::TS1003
        | SyntaxError::TS1005
        | SyntaxError::TS1109 => match found {
            "" => "it is not complete".to_owned(),
            _ => format!("`{}` cannot stand here", shortened(found)),
        },
        SyntaxError::InvalidAssignTarget | SyntaxError::NotSimpleAssign => {
            "this cannot be assigned to".to_owned()
        }
        other => format!("the parser says: {}", other.msg()),
    }
}

fn shortened(text: &str) -> &str {
    let line = text.lines().next().unwrap_or(text);
    line.char_indices().nth(40).map_or(line, |(end, _)| &line[..end])
}
