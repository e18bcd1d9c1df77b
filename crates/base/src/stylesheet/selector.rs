//! Splits one selector into simple selectors and combinators.

use std::ops::Range;

use super::after_token;

#[cfg(test)]
mod tests;

/// A simple selector or a combinator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simple {
    /// The kind of the piece.
    pub kind: Kind,
    /// The range of the piece, in bytes.
    pub range: Range<usize>,
}

impl Simple {
    /// Whether this is the descendant combinator: white space between two pieces.
    pub fn is_blank(&self) -> bool {
        matches!(&self.kind, Kind::Combinator(operator) if operator.is_empty())
    }
}

/// The kind of a piece of a selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `>`, `+`, `~`, `>>>`, `/deep/`, with the white space on both sides; the range is the
    /// operator's, and empty for white space alone.
    Combinator(Range<usize>),
    /// `:hover`, `::before`, `:not(…)`.
    Pseudo {
        /// The colons and the name.
        name: Range<usize>,
        /// The range between the parentheses, if there are any.
        inner: Option<Range<usize>>,
    },
    /// A class: the range of the name without its dot, for the code that renames classes.
    Class(Range<usize>),
    /// A tag, an id, an attribute, `*`, `&`, a comment.
    Other,
}

/// Returns the pieces of a selector. `selector` has no white space at either end.
pub fn parse(css: &str, selector: Range<usize>) -> Vec<Simple> {
    let mut pieces = Vec::new();
    let mut at = selector.start;
    while at < selector.end {
        let start = at;
        let kind = match css.as_bytes()[at] {
            b':' => {
                at = after_name(
                    css,
                    at + css[at..selector.end].len()
                        - css[at..selector.end].trim_start_matches(':').len(),
                );
                let name = start..at;
                let inner = (css.as_bytes().get(at) == Some(&b'(')).then(|| {
                    let open = at;
                    at = after_bracket(css, at, selector.end);
                    open + 1..(at - 1).max(open + 1)
                });
                Kind::Pseudo { name, inner }
            }
            b'[' => {
                at = after_bracket(css, at, selector.end);
                Kind::Other
            }
            b'.' => {
                at = after_name(css, at + 1);
                Kind::Class(start + 1..at)
            }
            byte if matches!(byte, b'>' | b'+' | b'~')
                || css[at..].starts_with("/deep/")
                || after_blank(css, at, selector.end) > at =>
            {
                let operator = combinator(css, at, selector.end);
                at = after_blank(css, operator.end, selector.end);
                Kind::Combinator(operator)
            }
            _ => {
                let next = after_name(css, at + usize::from(css[at..].starts_with('#')));
                at = if next > at { next } else { after_token(css, at) };
                Kind::Other
            }
        };
        at = at.clamp(start + 1, selector.end.max(start + 1));
        pieces.push(Simple { kind, range: start..at });
    }
    pieces
}

/// Returns the operator of the combinator that begins at `at`, which may be at the white space
/// before it.
fn combinator(css: &str, at: usize, end: usize) -> Range<usize> {
    let start = after_blank(css, at, end);
    let rest = &css[start..end];
    let length = if rest.starts_with("/deep/") {
        "/deep/".len()
    } else {
        rest.len() - rest.trim_start_matches(['>', '+', '~']).len()
    };
    start..start + length
}

/// Returns the offset after white space and the comments in it. A comment without white space next
/// to it is not a combinator: the pieces beside it belong together.
fn after_blank(css: &str, start: usize, end: usize) -> usize {
    let (mut at, mut has_space) = (start, false);
    while at < end {
        if css[at..].starts_with("/*") {
            at = after_token(css, at);
        } else if css.as_bytes()[at].is_ascii_whitespace() {
            has_space = true;
            at += 1;
        } else {
            break;
        }
    }
    if has_space { at.min(end) } else { start }
}

/// Returns the offset after a name with its escapes.
fn after_name(css: &str, start: usize) -> usize {
    let is_part =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\\' | '%' | '|') || !c.is_ascii();
    let mut at = start;
    while let Some(c) = css[at..].chars().next().filter(|c| is_part(*c)) {
        at = if c == '\\' { after_escape(css, at) } else { at + c.len_utf8() };
    }
    at
}

/// Returns the offset after an escape: up to six digits and the white space that ends them, or one
/// character (CSS Syntax 4.3.7).
fn after_escape(css: &str, at: usize) -> usize {
    let digits =
        css.as_bytes()[at + 1..].iter().take(6).take_while(|byte| byte.is_ascii_hexdigit()).count();
    if digits == 0 {
        return after_token(css, at);
    }
    let end = at + 1 + digits;
    end + usize::from(css.as_bytes().get(end).is_some_and(u8::is_ascii_whitespace))
}

/// Returns the offset after the bracket that closes the one at `at`.
fn after_bracket(css: &str, mut at: usize, end: usize) -> usize {
    let mut depth = 0_u32;
    while at < end {
        match css.as_bytes()[at] {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            _ => {}
        }
        at = after_token(css, at);
        if depth == 0 {
            break;
        }
    }
    at.min(end)
}
