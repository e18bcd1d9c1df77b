//! Translates the parser's errors to the user's words. The place is the parser's, except for
//! something that is never closed, which is reported where it was opened.

use bundle_base::{Diagnostic, Label, Span};
use swc_common::Spanned;
use swc_ecma_parser::error::{Error, SyntaxError};

use super::{
    depth,
    guess::{self, StopPlace},
    mistakes,
};
use crate::{PartInput, ast, messages};

/// Returns every error as a diagnostic, in order of position, at most one for each place.
pub(super) fn report(input: &PartInput<'_>, errors: &[Error]) -> Vec<Diagnostic> {
    let mut places: Vec<(Span, &SyntaxError)> =
        errors.iter().map(|error| (ast::span(error.span()), kind(error))).collect();
    places.sort_by_key(|(span, _)| span.start);
    places.dedup_by_key(|(span, _)| span.start);
    let first = places.first().map_or(Span::default(), |(span, _)| *span);
    // An error of a rule is surrounded by valid syntax, so the file is in the language that its
    // name indicates.
    let is_lost = places.iter().any(|(_, kind)| !is_rule(kind));
    if let Some(whole) = mistakes::of(input, first, is_lost) {
        return vec![whole];
    }
    // If a JSX element is not closed, the code after it is parsed as its text.
    let has_open_element = places.iter().any(|(_, kind)| guess::is_open_element(kind));
    let is_text =
        |kind: &SyntaxError| matches!(kind, SyntaxError::UnexpectedTokenWithSuggestions { .. });
    places.retain(|(_, kind)| !(has_open_element && is_text(kind)));
    // An unclosed string takes the brackets after it, and its closing quote on a later line opens
    // another string.
    let is_string = |kind: &SyntaxError| matches!(kind, SyntaxError::UnterminatedStrLit);
    if let Some(string) = places.iter().position(|(_, kind)| is_string(kind)) {
        places.truncate(string + 1);
    }
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for (span, kind) in places {
        let diagnostic = one(&StopPlace::new(input, span), kind);
        // Two errors at two places may have one cause, such as a bracket that is never closed.
        let is_new = |other: &Diagnostic| match (&other.primary, &diagnostic.primary) {
            (Some(other), Some(this)) => {
                this.span.start >= other.span.end || this.span.start < other.span.start
            }
            _ => true,
        };
        if diagnostics.iter().all(is_new) {
            diagnostics.push(diagnostic);
        }
    }
    diagnostics
}

/// Returns the error for a text on which the parser panicked, as it does on some texts that end too
/// early. If a bracket is open at the end, that explains the error.
pub(super) fn after_panic(input: &PartInput<'_>, broken: Diagnostic) -> Diagnostic {
    let text = input.source.text.as_str();
    match depth::open_bracket(text, input.language, text.len()) {
        Some((opener, close)) => messages::never_closed(Label::new(input.source, opener), close),
        None => broken,
    }
}

fn kind(error: &Error) -> &SyntaxError {
    match error.kind() {
        SyntaxError::WithLabel { inner, .. } => kind(inner),
        kind => kind,
    }
}

fn one(place: &StopPlace<'_>, kind: &SyntaxError) -> Diagnostic {
    let opening = || {
        let open = depth::open_text(place.text(), place.input.language);
        open.map_or_else(|| place.at(), |open| place.label(open))
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
    if let Some(diagnostic) = guess::meant(place, kind) {
        return diagnostic;
    }
    if place.found.is_empty() || matches!(kind, SyntaxError::Eof) {
        return match place.open() {
            Some((opener, close)) => messages::never_closed(opener, close),
            None => messages::unexpected_end(place.at(), &words(kind)),
        };
    }
    rule(place, kind)
        .or_else(|| messages::grammar(&place.at(), kind))
        .unwrap_or_else(|| unexpected(place, kind))
}

/// Whether a rule forbids something that the parser can read. The parser then continues after it.
fn is_rule(kind: &SyntaxError) -> bool {
    matches!(
        kind,
        SyntaxError::WithInStrict
            | SyntaxError::TS1102
            | SyntaxError::LegacyOctal
            | SyntaxError::LegacyDecimal
            | SyntaxError::EvalAndArgumentsInStrict
            | SyntaxError::InvalidIdentInStrict(_)
            | SyntaxError::InvalidIdentInAsync
            | SyntaxError::InvalidSuper
            | SyntaxError::InvalidSuperCall
            | SyntaxError::InvalidNewTarget
            | SyntaxError::ConstDeclarationsRequireInitialization
            | SyntaxError::DuplicateConstructor
            | SyntaxError::MultipleDefault { .. }
            | SyntaxError::DuplicateLabel(_)
            | SyntaxError::NonTopLevelImportExport
            | SyntaxError::ImportExportInScript
            | SyntaxError::DuplicatedRegExpFlags(_)
            | SyntaxError::UnknownRegExpFlags
    )
}

/// Returns the message for a rule that `early` checks too, where the parser lets more through. Both
/// have the same words.
fn rule(place: &StopPlace<'_>, kind: &SyntaxError) -> Option<Diagnostic> {
    let (at, found) = (place.at(), place.found);
    let is_number = found.starts_with(|c: char| c.is_ascii_digit());
    let strict = |diagnostic: Diagnostic| {
        messages::because_strict(diagnostic, mistakes::why_strict(place.input))
    };
    Some(match kind {
        SyntaxError::WithInStrict => strict(messages::with_statement(at)),
        SyntaxError::TS1102 => strict(messages::delete_name(at, found)),
        SyntaxError::LegacyOctal | SyntaxError::LegacyDecimal if is_number => {
            strict(messages::octal_number(at, found))
        }
        SyntaxError::LegacyOctal | SyntaxError::LegacyDecimal => strict(messages::octal_escape(at)),
        SyntaxError::EvalAndArgumentsInStrict | SyntaxError::TS1100 => {
            strict(messages::strict_target(at, found))
        }
        SyntaxError::TS2406 if matches!(found, "eval" | "arguments") => {
            strict(messages::strict_target(at, found))
        }
        SyntaxError::InvalidIdentInStrict(word) => strict(messages::strict_reserved_word(at, word)),
        SyntaxError::InvalidIdentInAsync => messages::taken_word(at, "await"),
        SyntaxError::Unexpected { expected, .. } if expected.starts_with("let is reserved") => {
            messages::lexical_let(at)
        }
        SyntaxError::InvalidSuper => messages::super_member(at),
        SyntaxError::InvalidSuperCall => messages::super_call(at),
        SyntaxError::InvalidNewTarget => messages::new_target(at),
        SyntaxError::DuplicatedRegExpFlags(flag) => {
            messages::invalid_regexp(at, &format!("the flag `{flag}` is given twice"))
        }
        SyntaxError::UnknownRegExpFlags => {
            messages::invalid_regexp(at, "its flags can be d, g, i, m, s, u, v and y")
        }
        _ => return None,
    })
}

/// Returns the message for a token that the grammar does not allow at the place.
fn unexpected(place: &StopPlace<'_>, kind: &SyntaxError) -> Diagnostic {
    let (at, found) = (place.at(), place.found);
    let closes_nothing = || match found.chars().next() {
        Some(c @ (')' | ']' | '}')) if place.open().is_none_or(|(_, close)| close != c) => {
            Some(messages::never_opened(at.clone(), c, place.open().map(|(opener, _)| opener)))
        }
        _ => None,
    };
    match kind {
        SyntaxError::UnterminatedStrLit => messages::unterminated(
            at,
            "string",
            "close it on the same line, or write it as a template literal with ` to go on",
        ),
        SyntaxError::UnterminatedRegExp => {
            messages::unterminated(at, "regular expression", "close it with /")
        }
        SyntaxError::Expected(wanted, _) if wanted == "," => match place.open() {
            Some((opener, close)) => messages::expected_in_list(at, found, opener, close),
            None => messages::expected(at, ",", found, guess::keyword(found)),
        },
        SyntaxError::Expected(wanted, _) => match place.open() {
            Some((opener, close)) if wanted.chars().eq([close]) => {
                messages::expected_close(at, found, opener, close)
            }
            _ => messages::expected(at, wanted, found, guess::keyword(found)),
        },
        SyntaxError::ExpectedSemi
        | SyntaxError::ExpectedSemiForExprStmt { .. }
        | SyntaxError::TS1005 => closes_nothing()
            .unwrap_or_else(|| messages::statement_goes_on(at, found, guess::misspelt(place))),
        SyntaxError::TS1109 | SyntaxError::InvalidExpr | SyntaxError::Unexpected { .. } => {
            closes_nothing().unwrap_or_else(|| messages::unexpected(at, found, expected_of(kind)))
        }
        SyntaxError::ExpectedIdent if found == "await" => messages::await_in_field(at),
        SyntaxError::ExpectedIdent | SyntaxError::TS1003 => messages::name_expected(at, found),
        SyntaxError::UnexpectedChar { c } => messages::unexpected_character(at, *c),
        SyntaxError::UnexpectedTokenWithSuggestions { .. }
            if matches!(found.get(..1), Some("}" | ">")) =>
        {
            messages::sign_in_element(at, &found[..1])
        }
        SyntaxError::AwaitInFunction => messages::await_outside_async(at),
        _ => messages::syntax_error(at, &words(kind)),
    }
}

/// Returns what the parser expected, if the text is short enough to help.
fn expected_of(kind: &SyntaxError) -> Option<&str> {
    match kind {
        SyntaxError::Unexpected { expected, .. } if expected.contains("for the computed key") => {
            Some("the name of a property or method, such as `a`, `\"a b\"` or `[expression]`")
        }
        SyntaxError::Unexpected { expected, .. } if expected.len() < 70 => Some(expected),
        _ => None,
    }
}

/// Returns the parser's message in the style of ours: lower case, no full stop, names in backticks.
fn words(kind: &SyntaxError) -> String {
    let sentence = kind.msg();
    let sentence = sentence.trim_end_matches('.');
    // Apostrophes inside words are kept.
    let is_quote = |at: usize| {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        !(is_letter(sentence[..at].chars().next_back())
            && is_letter(sentence[at + 1..].chars().next()))
    };
    let quoted = |(at, c)| if c == '\'' && is_quote(at) { '`' } else { c };
    let sentence: String = sentence.char_indices().map(quoted).collect();
    let mut chars = sentence.chars();
    match chars.next() {
        Some(first) if chars.as_str().starts_with(|c: char| c.is_lowercase() || c == ' ') => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => sentence,
    }
}
