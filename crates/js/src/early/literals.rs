//! Literals: escapes and numbers that strict mode forbids, and regular expressions.

use swc_common::{BytePos, Span};
use swc_ecma_ast::{Number, Regex, Str, TplElement};
use swc_ecma_regexp::{LiteralParser, Options};

use super::checker::Checker;
use crate::messages;

/// Patterns whose groups nest deeper are not checked: the parser is recursive, and WebAssembly has
/// the stack of its host.
const DEEPEST: usize = 1000;

impl Checker<'_> {
    /// Checks the escapes of a string.
    pub(super) fn string(&mut self, text: &Str) {
        let Some(raw) = &text.raw else { return };
        let escapes = Escapes::of(raw);
        if escapes.has_bad_code_point {
            self.report(messages::bad_code_point(self.label(text.span)));
        }
        if escapes.has_octal && self.is_strict() {
            self.report(messages::octal_escape(self.label(text.span)));
        }
    }

    /// Checks a piece of an untagged template, where octal escapes are never allowed.
    pub(super) fn template_piece(&mut self, piece: &TplElement) {
        let escapes = Escapes::of(&piece.raw);
        if escapes.has_octal || escapes.has_bad_code_point || piece.cooked.is_none() {
            self.report(messages::template_escape(self.label(piece.span)));
        }
    }

    /// Checks a number: strict code has no `010`.
    pub(super) fn number(&mut self, number: &Number) {
        let Some(raw) = &number.raw else { return };
        let mut characters = raw.chars();
        if self.is_strict()
            && characters.next() == Some('0')
            && characters.next().is_some_and(|c| c.is_ascii_digit())
        {
            self.report(messages::octal_number(self.label(number.span), raw));
        }
    }

    /// Checks a regular expression.
    pub(super) fn regular_expression(&mut self, regex: &Regex) {
        if regex.exp.contains(['\u{2028}', '\u{2029}']) {
            self.report(messages::invalid_regexp(
                self.label(regex.span),
                "it is broken by a line separator",
            ));
            return;
        }
        if group_depth(&regex.exp) > DEEPEST {
            return;
        }
        let parsed = LiteralParser::new(&regex.exp, Some(&regex.flags), Options::default()).parse();
        match parsed {
            Err(reason) => {
                let words = reason.to_string();
                let words = words.strip_prefix("Invalid regular expression: ").unwrap_or(&words);
                let at = place(&reason).and_then(|(from, to)| self.within_pattern(regex, from, to));
                self.report(messages::invalid_regexp(self.label(at.unwrap_or(regex.span)), words));
            }
            Ok(_) if quantifies_look_around(&regex.exp, regex.flags.contains(['u', 'v'])) => {
                let words = "an assertion cannot be repeated";
                self.report(messages::invalid_regexp(self.label(regex.span), words));
            }
            Ok(_) => {}
        }
    }

    /// Returns a place in a pattern as a span of the file, if it is inside the pattern, which
    /// begins after the literal's first slash.
    fn within_pattern(&self, regex: &Regex, from: u32, to: u32) -> Option<Span> {
        let start = regex.span.lo + BytePos(1);
        let span = Span::new(start + BytePos(from), start + BytePos(to.max(from + 1)));
        let is_inside = span.hi <= regex.span.hi
            && self.text(span.lo, span.hi).len() == span.hi.0 as usize - span.lo.0 as usize;
        is_inside.then_some(span)
    }

    /// Reports a private name that is not a member of an object.
    pub(super) fn lone_private(&mut self, span: Span) {
        self.report(messages::lone_private(self.label(span)));
    }
}

/// What the escapes of a text contain.
#[derive(Default)]
pub(super) struct Escapes {
    pub has_octal: bool,
    pub has_bad_code_point: bool,
}

impl Escapes {
    pub fn of(raw: &str) -> Self {
        let mut found = Self::default();
        let mut rest = raw;
        while let Some(at) = rest.find('\\') {
            rest = &rest[at + 1..];
            let mut characters = rest.chars();
            match characters.next() {
                // `\0` without a digit after it is the character NUL.
                Some('0') => {
                    found.has_octal |= characters.next().is_some_and(|c| c.is_ascii_digit());
                }
                Some('1'..='9') => found.has_octal = true,
                Some('u') if rest.starts_with("u{") => {
                    let digits = rest[2..].split('}').next().unwrap_or("");
                    found.has_bad_code_point |= !digits.chars().all(|c| c.is_ascii_hexdigit());
                }
                Some(_) | None => {}
            }
            // Skips the escaped character, which may be a backslash.
            rest = rest.chars().next().map_or("", |c| &rest[c.len_utf8()..]);
        }
        found
    }
}

/// Whether a look-around assertion has a quantifier where that is not allowed: `(?<=x)?` never is,
/// `(?=x)?` only without `u` and `v`. The regex library accepts both.
fn quantifies_look_around(pattern: &str, is_unicode: bool) -> bool {
    let mut open = Vec::new();
    let mut is_class = false;
    let mut characters = pattern.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => _ = characters.next(),
            '[' => is_class = true,
            ']' => is_class = false,
            '(' if !is_class => {
                let inside = &pattern[at + 1..];
                let is_behind = inside.starts_with("?<=") || inside.starts_with("?<!");
                let is_ahead = inside.starts_with("?=") || inside.starts_with("?!");
                open.push(is_behind || (is_ahead && is_unicode));
            }
            ')' if !is_class => {
                let is_next_quantifier =
                    pattern[at + 1..].starts_with(['?', '*', '+']) || is_braced(&pattern[at + 1..]);
                if open.pop() == Some(true) && is_next_quantifier {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// Whether a text begins with a quantifier in braces: `{2}`, `{2,}`, `{2,3}`.
fn is_braced(text: &str) -> bool {
    let Some((inside, _)) = text.strip_prefix('{').and_then(|text| text.split_once('}')) else {
        return false;
    };
    inside.starts_with(|c: char| c.is_ascii_digit())
        && inside.chars().all(|c| c.is_ascii_digit() || c == ',')
}

/// Returns the place that an error of the regex library names, as offsets into the pattern. The
/// library shows it only in the debug form of the error. If that form ever changes, the diagnostic
/// points at the whole literal.
fn place(reason: &impl std::fmt::Debug) -> Option<(u32, u32)> {
    let written = format!("{reason:?}");
    let (before, after) = written.rsplit_once("..")?;
    let from = before.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    let to = after.split(|c: char| !c.is_ascii_digit()).next()?;
    Some((from.parse().ok()?, to.parse().ok()?))
}

/// Returns how deep the groups of a pattern nest.
fn group_depth(pattern: &str) -> usize {
    let (mut depth, mut deepest, mut is_class) = (0_usize, 0, false);
    let mut bytes = pattern.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'[' => is_class = true,
            b']' => is_class = false,
            b'(' if !is_class => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b')' if !is_class => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
