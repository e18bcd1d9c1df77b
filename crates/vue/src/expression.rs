//! JavaScript in templates, for every version of Vue: checks whether a text is an expression, and
//! finds its free names. Texts are parsed as code in a function of a classic script, because Vue
//! compiles them so: `await` is a plain name there.

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

mod free; // finds free names in a parsed program
mod free_name; // what both the parser and the quick reader find
mod plain; // recognizes the simplest expressions
mod quick; // reads common code without a parser
mod strings; // blanks out the strings of an expression
#[cfg(test)]
mod tests;

pub(crate) use free::{Mention, mentions};
pub(crate) use free_name::FreeName;
pub(crate) use plain::is_name;
use plain::is_plain;
pub(crate) use quick::{Piece, add_free_names};
pub(crate) use strings::without_strings;

/// Returns the free names of a program, sorted by place. The program declares variables that hold
/// functions or lists of functions; the names of these variables are not known in the functions.
pub(crate) fn free_names(program: &str, is_typescript: bool) -> Result<Vec<FreeName>, Mistake> {
    let mut names = free::free_names(&parse(program, is_typescript)?);
    names.sort_unstable();
    Ok(names)
}

/// Checks a text that will follow `return`.
pub(crate) fn check_expression(text: &str, is_typescript: bool) -> Result<(), Mistake> {
    if !is_typescript && quick::is_expression(text) || is_plain(text) {
        Ok(())
    } else {
        check("return ", text, "", is_typescript)
    }
}

/// Checks a text of statements.
pub(crate) fn check_statements(text: &str, is_typescript: bool) -> Result<(), Mistake> {
    check("", text, "", is_typescript)
}

/// Checks the parameters of a function.
pub(crate) fn check_parameters(text: &str, is_typescript: bool) -> Result<(), Mistake> {
    let is_quick = is_name(text) || !is_typescript && quick::are_parameters(text);
    // The line break ends a comment that may follow the last parameter.
    if is_quick { Ok(()) } else { check("(function (", text, "\n) {})", is_typescript) }
}

/// Checks the name or the pattern that a variable is declared with.
pub(crate) fn check_variable(text: &str, is_typescript: bool) -> Result<(), Mistake> {
    if is_name(text) { Ok(()) } else { check("var ", text, "=_", is_typescript) }
}

/// Parses a text between two others. Ranges in the error are relative to the text.
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

/// The position of a text's first byte. swc reserves 0 for "no position".
const BASE: BytePos = BytePos(1);

/// How deep a text may nest. In a stack of 2 MiB, without optimizations, there is room for 820
/// nested parentheses, 366 functions in calls, or 5600 assignments. Each element takes at least two
/// levels.
const LEVELS: usize = 240;

/// A mistake in a text. Ranges are bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mistake {
    /// The parser cannot go on at this place, for this reason.
    Syntax(Range<usize>, String),
    /// The text nests too deeply from this place on.
    TooDeep(Range<usize>),
}

/// Parses a text as the statements of a function.
fn parse(text: &str, is_typescript: bool) -> Result<Vec<Stmt>, Mistake> {
    let language = if is_typescript { Language::TypeScript } else { Language::JavaScript };
    if let Some(at) = bundle_js::too_deep(text, language, LEVELS) {
        return Err(Mistake::TooDeep(range_in(text, at)));
    }
    // The parser panics on some texts that end too early.
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
    // `return` and `new.target` are allowed in the function that the text becomes a part of.
    let is_wrong = |error: &Error| {
        !matches!(error.kind(), SyntaxError::ReturnNotAllowed | SyntaxError::InvalidNewTarget)
    };
    match parser.take_errors().into_iter().find(is_wrong) {
        Some(error) => Err(error),
        None => Ok(script.body),
    }
}

/// Refuses `{ a = 1 }` where it is not a pattern. The parser reads it as an object until it turns
/// out to be a pattern, and reports nothing where it does not.
fn without_stray_default(text: &str, statements: Vec<Stmt>) -> Result<Vec<Stmt>, Mistake> {
    let mut stray = StrayDefault { first: None };
    statements.visit_with(&mut stray);
    match stray.first {
        None => Ok(statements),
        Some(span) => Err(Mistake::Syntax(
            range_of(text, span),
            "default values are only allowed in patterns".to_owned(),
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

/// Converts a span of the parser to a range of the text that begins and ends at characters.
fn range_in(text: &str, span: Span) -> Range<usize> {
    let boundary = |at: u32| text.floor_char_boundary(at as usize);
    boundary(span.start)..boundary(span.end)
}

/// Returns why the parser cannot go on, worded as the end of a sentence. `found`: the text at that
/// place.
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
