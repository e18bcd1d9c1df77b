//! Guesses what the user meant where the parser stopped, from the words around the place. That is
//! more useful than the character that the parser expected.

use bundle_base::{Diagnostic, Label, Span, diagnostic::nearest, loader::Language};
use swc_ecma_parser::error::SyntaxError;

use super::{depth, jsx};
use crate::{PartInput, early, messages};

/// The place where the parser stopped.
pub(super) struct StopPlace<'a> {
    pub input: &'a PartInput<'a>,
    pub span: Span,
    /// The word or character there; empty at the end of the text.
    pub found: &'a str,
}

impl<'a> StopPlace<'a> {
    pub fn new(input: &'a PartInput<'a>, span: Span) -> Self {
        Self { input, span, found: found(&input.source.text, span) }
    }

    pub fn text(&self) -> &'a str {
        &self.input.source.text
    }

    pub fn at(&self) -> Label {
        self.label(self.span)
    }

    pub fn label(&self, span: Span) -> Label {
        Label::new(self.input.source, span)
    }

    /// Returns the label of the word or character found.
    fn word(&self) -> Label {
        let start = self.span.start as usize + self.rest().len() - self.rest().trim_start().len();
        self.label(Span::new(narrow(start), narrow(start + self.found.len())))
    }

    pub fn before(&self) -> &'a str {
        self.text().get(..self.span.start as usize).unwrap_or("")
    }

    pub fn rest(&self) -> &'a str {
        self.text().get(self.span.start as usize..).unwrap_or("")
    }

    /// Returns the word before the place, and its span.
    fn word_before(&self) -> (&'a str, Span) {
        let before = self.before().trim_end();
        let start =
            before.rfind(|c: char| !is_of_word(c)).map_or(0, |at| at + char_length(before, at));
        (&before[start..], Span::new(narrow(start), narrow(before.len())))
    }

    /// Returns the bracket that is open at the place, and the character that closes it.
    pub fn open(&self) -> Option<(Label, char)> {
        let (span, close) =
            depth::open_bracket(self.text(), self.input.language, self.span.start as usize)?;
        Some((self.label(span), close))
    }
}

/// Returns the message for what the user probably meant.
pub(super) fn meant(place: &StopPlace<'_>, kind: &SyntaxError) -> Option<Diagnostic> {
    match kind {
        SyntaxError::NonTopLevelImportExport
        | SyntaxError::ImportExportInScript
        | SyntaxError::ExportNotAllowed
        | SyntaxError::InvalidImport => Some(not_at_the_top(place)),
        SyntaxError::UnterminatedRegExp if place.before().ends_with('<') => {
            let tag = Span::new(place.span.start - 1, place.span.end);
            let is_closing = place.text()[tag.start as usize..].starts_with("</");
            let brace =
                if is_closing { jsx::open_brace(place.text(), tag.start as usize) } else { None };
            if let Some(brace) = brace {
                return Some(messages::never_closed(place.label(brace), '}'));
            }
            Some(messages::elements_side_by_side(place.label(tag)))
        }
        _ if is_open_element(kind) => Some(open_element(place)),
        SyntaxError::ExpectedIdent | SyntaxError::TS1003 if early::is_reserved(place.found) => {
            Some(messages::reserved_word(place.at(), place.found))
        }
        SyntaxError::ExpectedIdent | SyntaxError::TS1003 if place.word_before().0 == "function" => {
            Some(messages::function_without_name(place.label(place.word_before().1)))
        }
        SyntaxError::Expected(wanted, _) => expected(place, wanted),
        SyntaxError::ExpectedSemi
        | SyntaxError::ExpectedSemiForExprStmt { .. }
        | SyntaxError::TS1005
        | SyntaxError::TS1109
        | SyntaxError::InvalidExpr
        | SyntaxError::Unexpected { .. } => by_words(place),
        _ => None,
    }
}

/// Returns the message for `import` or `export` in a function or block.
fn not_at_the_top(place: &StopPlace<'_>) -> Diagnostic {
    let opener = place.open().map(|(opener, _)| opener);
    if place.found != "import" {
        return messages::export_inside(place.at(), opener);
    }
    let line = place.rest().lines().next().unwrap_or("");
    let specifier = line.split(['"', '\'']).nth(1).filter(|name| !name.is_empty());
    messages::import_inside(place.at(), opener, specifier.unwrap_or("./module.js"))
}

/// Whether an error means that a JSX element does not end where it should.
pub(super) fn is_open_element(kind: &SyntaxError) -> bool {
    matches!(kind, SyntaxError::Expected(wanted, _) if wanted == "</" || wanted == "jsx tag end")
}

fn open_element(place: &StopPlace<'_>) -> Diagnostic {
    let end = place.before().trim_end().len();
    if let Some((closing, opening)) = jsx::mismatch(place.text(), end) {
        let (at, open) = (place.label(closing.span), place.label(opening.span));
        let is_open =
            place.before()[..closing.span.start as usize].contains(&format!("<{}", closing.name));
        return messages::elements_crossed(at, [closing.name, opening.name], open, is_open);
    }
    match jsx::open(place.before()) {
        Some(tag) => types_in_tsx(place, tag)
            .or_else(|| mistake_inside(place, tag))
            .unwrap_or_else(|| messages::element_never_closed(place.label(tag.span), tag.name)),
        None => messages::element_never_closed(place.at(), ""),
    }
}

/// Returns the message for `<T>(value: T) => value` and `<string>value`, which a .ts file may have.
fn types_in_tsx(place: &StopPlace<'_>, tag: jsx::Tag<'_>) -> Option<Diagnostic> {
    const TYPES: [&str; 8] =
        ["any", "bigint", "boolean", "never", "number", "string", "symbol", "unknown"];
    let rest = place.text()[tag.span.end as usize..].strip_prefix('>')?;
    if place.input.language != Language::Tsx {
        return None;
    }
    let label = place.label(tag.span);
    if TYPES.contains(&tag.name) {
        return Some(messages::type_before_a_value(label, tag.name));
    }
    let after = rest.strip_prefix('(').and_then(|rest| Some(rest.split_once(')')?.1.trim_start()));
    let is_function = after.is_some_and(|after| after.starts_with("=>") || after.starts_with(':'));
    is_function.then(|| messages::type_of_an_arrow_function(label, tag.name))
}

/// Returns the mistake that keeps an element from being closed.
fn mistake_inside(place: &StopPlace<'_>, tag: jsx::Tag<'_>) -> Option<Diagnostic> {
    let inside = jsx::inside(place.text(), tag.span.end as usize, place.text().len())?;
    Some(match inside {
        jsx::Inside::Open(span, close) => messages::never_closed(place.label(span), close),
        jsx::Inside::Statement(span) => messages::statement_in_element(place.label(span)),
        jsx::Inside::HtmlComment(span) => messages::html_comment_in_element(place.label(span)),
    })
}

fn expected(place: &StopPlace<'_>, wanted: &str) -> Option<Diagnostic> {
    let (word, _) = place.word_before();
    match (word, wanted) {
        ("for", "(") if place.found == "await" => Some(messages::await_outside_async(place.at())),
        ("export", "{") if place.found.starts_with(is_of_word) => {
            Some(messages::export_without_braces(place.word(), place.found))
        }
        (_, "from") if place.before().trim_end().ends_with(',') => {
            Some(messages::import_without_braces(place.word(), place.found))
        }
        _ => None,
    }
}

/// Returns the message for a misspelt or misplaced keyword, judged by the words around the place.
fn by_words(place: &StopPlace<'_>) -> Option<Diagnostic> {
    let (word, span) = place.word_before();
    match (word, place.found) {
        ("default", found @ ("const" | "let" | "var")) => {
            return Some(messages::default_of_variables(place.word(), found));
        }
        ("yield", _) => return Some(messages::yield_outside_generator(place.label(span))),
        ("await", _) => return Some(messages::await_outside_async(place.label(span))),
        (_, "else") => return Some(messages::without_partner(place.word(), "else", "if")),
        (_, found @ ("catch" | "finally")) => {
            return Some(messages::without_partner(place.word(), found, "try"));
        }
        (_, found @ ("case" | "default")) => {
            return Some(messages::without_partner(place.word(), found, "switch"));
        }
        _ => {}
    }
    if place.rest().trim_start().starts_with("</") {
        let start = place.text().len() - place.rest().trim_start().len();
        let end = place.text()[start..].find('>').map_or(start + 2, |end| start + end + 1);
        if let Some(brace) = jsx::open_brace(place.text(), start) {
            return Some(messages::never_closed(place.label(brace), '}'));
        }
        return Some(messages::closing_tag_alone(
            place.label(Span::new(narrow(start), narrow(end))),
        ));
    }
    None
}

/// Returns the word or punctuation character at the place; empty at the end of the text.
fn found(text: &str, span: Span) -> &str {
    let rest = text.get(span.start as usize..).unwrap_or("").trim_start();
    let Some(first) = rest.chars().next() else { return "" };
    let end = if is_of_word(first) {
        rest.find(|c| !is_of_word(c)).unwrap_or(rest.len())
    } else {
        first.len_utf8()
    };
    let shown = rest[..end].char_indices().nth(40).map_or(end, |(at, _)| at);
    &rest[..shown]
}

/// Words that are keywords in some statements but not reserved.
const CONTEXTUAL: [&str; 5] = ["async", "await", "from", "static", "yield"];

/// Returns the keyword that a word probably misspells.
pub(super) fn keyword(word: &str) -> Option<&'static str> {
    // Other short keywords are similar to too many words.
    let is_distinct = |keyword: &&str| keyword.len() > 4 || matches!(*keyword, "case" | "from");
    let keywords = || early::RESERVED.iter().chain(&CONTEXTUAL).copied().filter(is_distinct);
    if word.len() < 4 || keywords().any(|keyword| keyword == word) {
        return None;
    }
    nearest(word, keywords()).and_then(|near| keywords().find(|keyword| *keyword == near))
}

/// Returns the word before a place and the keyword that it probably misspells: `cosnt x` stops the
/// parser at `x`.
pub(super) fn misspelt(place: &StopPlace<'_>) -> Option<(Label, &'static str)> {
    let (word, span) = place.word_before();
    Some((place.label(span), keyword(word)?))
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn char_length(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
