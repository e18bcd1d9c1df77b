//! The parser's errors in the user's words. The place is the parser's, except where something was opened and never
//! closed: there it is the opening.

use bundle_base::{Diagnostic, Label, Span, diagnostic::nearest};
use swc_common::Spanned;
use swc_ecma_parser::error::{Error, SyntaxError};

use super::{depth, mistakes};
use crate::{PartInput, ast, messages};

/// Every error as a diagnostic, the first place first, one for each place.
pub(super) fn report(input: &PartInput<'_>, errors: &[Error]) -> Vec<Diagnostic> {
    let mut places: Vec<(Span, &Error)> = errors.iter().map(|error| (ast::span(error.span()), error)).collect();
    places.sort_by_key(|(span, _)| span.start);
    places.dedup_by_key(|(span, _)| span.start);
    if let Some(whole) = mistakes::of(input, places.first().map_or(Span::default(), |(span, _)| *span)) {
        return vec![whole];
    }
    let mut said: Vec<Diagnostic> = Vec::new();
    for (span, error) in places {
        let diagnostic = one(input, span, error.kind());
        // Two errors at two places may have one cause, such as a bracket that is never closed.
        if said.iter().all(|other| other.primary != diagnostic.primary) {
            said.push(diagnostic);
        }
    }
    said
}

/// The parser breaks on some texts that end too early. Where something is open at the end, that says enough.
pub(super) fn after_panic(input: &PartInput<'_>, broken: Diagnostic) -> Diagnostic {
    let text = input.source.text.as_str();
    match depth::open_bracket(text, input.language, text.len()) {
        Some((opener, close)) => messages::never_closed(Label::new(input.source, opener), close),
        None => broken,
    }
}

fn one(input: &PartInput<'_>, span: Span, kind: &SyntaxError) -> Diagnostic {
    if let SyntaxError::WithLabel { inner, .. } = kind {
        return one(input, span, inner.kind());
    }
    let text = input.source.text.as_str();
    let at = Label::new(input.source, span);
    let found = found(text, span);
    let opening =
        || depth::open_text(text, input.language).map_or_else(|| at.clone(), |open| Label::new(input.source, open));
    let open = || {
        let open = depth::open_bracket(text, input.language, span.start as usize)?;
        Some((Label::new(input.source, open.0), open.1))
    };
    match kind {
        SyntaxError::UnterminatedTpl => {
            return messages::unterminated(opening(), "template literal", "close it with `");
        }
        SyntaxError::UnterminatedBlockComment => {
            return messages::unterminated(opening(), "comment", "close it with */");
        }
        _ => {}
    }
    if let SyntaxError::Expected(wanted, _) = kind
        && (wanted == "</" || wanted == "jsx tag end")
    {
        return messages::element_never_closed(at);
    }
    if found.is_none() || matches!(kind, SyntaxError::Eof) {
        return match open() {
            Some((opener, close)) => messages::never_closed(opener, close),
            None => messages::unexpected_end(at, &words(kind)),
        };
    }
    let found = found.unwrap_or_default();
    match kind {
        SyntaxError::UnterminatedStrLit => messages::unterminated(
            at,
            "string",
            "close it on the same line, or write it as a template literal with ` to go on",
        ),
        SyntaxError::UnterminatedRegExp => messages::unterminated(at, "regular expression", "close it with /"),
        SyntaxError::Expected(wanted, _) if wanted == "," => match open() {
            Some((opener, close)) => messages::expected_in_list(at, &found, opener, close),
            None => messages::expected(at, ",", &found, keyword(&found)),
        },
        SyntaxError::Expected(wanted, _) => match open() {
            Some((opener, close)) if wanted.chars().eq([close]) => messages::expected_close(at, &found, opener, close),
            _ => messages::expected(at, wanted, &found, keyword(&found)),
        },
        SyntaxError::ExpectedSemi | SyntaxError::ExpectedSemiForExprStmt { .. } | SyntaxError::TS1005 => {
            match found.chars().next() {
                Some(c @ (')' | ']' | '}')) if open().is_none_or(|(_, close)| close != c) => {
                    messages::never_opened(at, c, open().map(|(opener, _)| opener))
                }
                _ => messages::statement_goes_on(at, &found, misspelt(input, span)),
            }
        }
        SyntaxError::TS1109 | SyntaxError::InvalidExpr | SyntaxError::Unexpected { .. } => match found.chars().next() {
            Some(c @ (')' | ']' | '}')) if open().is_none_or(|(_, close)| close != c) => {
                messages::never_opened(at, c, open().map(|(opener, _)| opener))
            }
            _ => messages::unexpected(at, &found, expected_of(kind)),
        },
        SyntaxError::ExpectedIdent | SyntaxError::TS1003 => messages::name_expected(at, &found),
        SyntaxError::UnexpectedChar { c } => messages::unexpected_character(at, *c),
        SyntaxError::AwaitInFunction => messages::await_outside_async(at),
        SyntaxError::LineBreakInThrow => messages::line_break_in_throw(at),
        _ => messages::syntax_error(at, &words(kind)),
    }
}

/// What stands at the place: a word, or a character of punctuation. `None` at the end of the text.
fn found(text: &str, span: Span) -> Option<String> {
    let rest = text.get(span.start as usize..)?.trim_start();
    let first = rest.chars().next()?;
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let length = if is_word(first) { rest.find(|c| !is_word(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
    let word: String = rest[..length].chars().take(40).collect();
    Some(word)
}

/// Words that statements start with or have in them.
const KEYWORDS: &[&str] = &[
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "default",
    "delete",
    "export",
    "extends",
    "finally",
    "from",
    "function",
    "import",
    "instanceof",
    "return",
    "static",
    "switch",
    "throw",
    "typeof",
    "while",
    "yield",
];

/// The keyword that a word was meant to be, if it is nearly one.
fn keyword(word: &str) -> Option<&'static str> {
    if word.len() < 4 || KEYWORDS.contains(&word) {
        return None;
    }
    nearest(word, KEYWORDS.iter().copied()).and_then(|near| KEYWORDS.iter().copied().find(|keyword| *keyword == near))
}

/// The word before a place, if it is nearly a keyword: `cosnt x` stops the parser at `x`.
fn misspelt(input: &PartInput<'_>, span: Span) -> Option<(Label, &'static str)> {
    let before = input.source.text.get(..span.start as usize)?.trim_end();
    let start = before.rfind(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').map_or(0, |at| at + 1);
    let near = keyword(before.get(start..)?)?;
    let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Some((Label::new(input.source, Span::new(narrow(start), narrow(before.len()))), near))
}

/// What the parser would have taken, where that is short enough to help.
fn expected_of(kind: &SyntaxError) -> Option<&str> {
    match kind {
        SyntaxError::Unexpected { expected, .. } if expected.len() < 70 => Some(expected),
        _ => None,
    }
}

/// The parser's sentence as ours read: lower case, no full stop, names in backticks.
fn words(kind: &SyntaxError) -> String {
    let sentence = kind.msg();
    let sentence = sentence.trim_end_matches('.').replace('\'', "`");
    let mut chars = sentence.chars();
    match chars.next() {
        Some(first) if chars.as_str().starts_with(|c: char| c.is_lowercase() || c == ' ') => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => sentence,
    }
}
