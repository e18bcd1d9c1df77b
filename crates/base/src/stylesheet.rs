//! The structure of a stylesheet: where its selectors, at-rules and declarations are. It parses
//! just enough syntax to rewrite some of them in place. Unbalanced braces and comments are the only
//! mistakes that are found here; the CSS compiler reports all others.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Label};

pub mod exports; // what a stylesheet exports to scripts
mod messages; // every message about the structure of a stylesheet
pub mod selector; // one selector as simple selectors and combinators

#[cfg(test)]
mod tests;

/// One construct of a stylesheet. Ranges are bytes of the text, without the white space at either
/// end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// The selectors of a rule, commas included. Selectors of keyframes are left out.
    Selectors(Range<usize>),
    /// `@name prelude`, with or without a block.
    AtRule {
        /// The name, without `@`.
        name: Range<usize>,
        /// What follows it, up to the block or the semicolon.
        prelude: Range<usize>,
    },
    /// Any other statement: text without a colon.
    Junk(Range<usize>),
    /// `property: value`.
    Declaration {
        /// The range before the colon.
        property: Range<usize>,
        /// The range after the colon.
        value: Range<usize>,
    },
}

/// Returns the constructs of a stylesheet, in order. Takes time linear in its length.
pub fn items(css: &str) -> Vec<Item> {
    let mut items = Vec::new();
    // For each open block, whether it holds keyframes.
    let mut blocks: Vec<bool> = Vec::new();
    let mut at = 0;
    while at < css.len() {
        at = skip_blank(css, at);
        let end = statement_end(css, at);
        let statement = trimmed(css, at..end);
        let ending = css.as_bytes().get(end).copied();
        match ending {
            Some(b'{') if is_custom_property(&css[statement.clone()]) => {
                // A value in braces: nothing in it is a rule.
                at = block_end(css, end);
                continue;
            }
            Some(b'{') => {
                let (is_in_keyframes, item) = opener(css, statement, blocks.last() == Some(&true));
                blocks.push(is_in_keyframes);
                items.extend(item);
            }
            _ => items.extend(plain(css, statement)),
        }
        if ending == Some(b'}') {
            blocks.pop();
        }
        at = end + 1;
    }
    items
}

/// An unbalanced brace or comment of a stylesheet, with its byte offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unbalanced {
    /// `{` without `}`.
    Open(usize),
    /// `}` without `{`.
    Stray(usize),
    /// `/*` without `*/`.
    Comment(usize),
}

impl Unbalanced {
    /// Returns its byte offset.
    pub fn offset(self) -> usize {
        match self {
            Self::Open(at) | Self::Stray(at) | Self::Comment(at) => at,
        }
    }

    /// Returns the error about it.
    pub fn diagnostic(self, at: Label) -> Diagnostic {
        match self {
            Self::Open(_) => messages::open_block(at),
            Self::Stray(_) => messages::stray_brace(at),
            Self::Comment(_) => messages::open_comment(at),
        }
    }
}

/// Returns the first brace or comment that is not closed or not opened.
pub fn unbalanced(css: &str) -> Option<Unbalanced> {
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = css.as_bytes().get(after_plain(css, &mut at)) {
        let end = after_token(css, at);
        match byte {
            b'{' | b'(' => open.push((byte, at)),
            b')' => drop(open.pop_if(|(opener, _)| *opener == b'(')),
            b'}' => {
                // A parenthesis that is never closed does not swallow the rest.
                let opener = open.iter().rposition(|(opener, _)| *opener == b'{');
                let Some(opener) = opener else { return Some(Unbalanced::Stray(at)) };
                open.truncate(opener);
            }
            b'/' if css[at..].starts_with("/*") && !css[at + 2..end].ends_with("*/") => {
                return Some(Unbalanced::Comment(at));
            }
            _ => {}
        }
        at = end;
    }
    let block = open.iter().rfind(|(opener, _)| *opener == b'{')?;
    Some(Unbalanced::Open(block.1))
}

/// Whether the rules in a block are keyframes, and the construct that opens the block.
fn opener(css: &str, statement: Range<usize>, is_in_keyframes: bool) -> (bool, Option<Item>) {
    match at_rule(css, statement.clone()) {
        Some((name, prelude)) => {
            (is_keyframes(&css[name.clone()]), Some(Item::AtRule { name, prelude }))
        }
        None if is_in_keyframes || statement.is_empty() => (false, None),
        None => (false, Some(Item::Selectors(statement))),
    }
}

/// Returns the construct that a statement without a block is.
fn plain(css: &str, statement: Range<usize>) -> Option<Item> {
    if let Some((name, prelude)) = at_rule(css, statement.clone()) {
        return Some(Item::AtRule { name, prelude });
    }
    let Some(colon) = css[statement.clone()].find(':').map(|colon| statement.start + colon) else {
        return (!statement.is_empty()).then_some(Item::Junk(statement));
    };
    let property = trimmed(css, statement.start..colon);
    Some(Item::Declaration { property, value: trimmed(css, colon + 1..statement.end) })
}

fn at_rule(css: &str, statement: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let text = css[statement.clone()].strip_prefix('@')?;
    let start = statement.start + 1;
    let length =
        text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(text.len());
    Some((start..start + length, trimmed(css, start + length..statement.end)))
}

/// True for `keyframes` and `-webkit-keyframes`.
pub fn is_keyframes(name: &str) -> bool {
    name.ends_with("keyframes")
}

fn is_custom_property(statement: &str) -> bool {
    statement.starts_with("--") && statement.trim_end().ends_with(':')
}

/// Returns the offset at which a statement ends: its `{`, `;` or `}`, or the end of the text.
fn statement_end(css: &str, mut at: usize) -> usize {
    let mut depth = 0_u32;
    while let Some(byte) = css.as_bytes().get(after_plain(css, &mut at)) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            b'{' | b';' if depth == 0 => return at,
            // A bracket that is never closed does not swallow the rest.
            b'}' => return at,
            _ => {}
        }
        at = after_token(css, at);
    }
    css.len()
}

/// Returns the offset after the semicolon of a statement that ends at `end`; `end` itself if the
/// statement has none.
pub fn after_semicolon(css: &str, end: usize) -> usize {
    let rest = &css[end..];
    let blank = rest.len() - rest.trim_start().len();
    end + if rest[blank..].starts_with(';') { blank + 1 } else { 0 }
}

/// Returns the offset after the `}` of the block that opens at `at`.
pub fn block_end(css: &str, mut at: usize) -> usize {
    let mut depth = 0_u32;
    while let Some(byte) = css.as_bytes().get(after_plain(css, &mut at)) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        at = after_token(css, at);
        if depth == 0 {
            break;
        }
    }
    at
}

/// Moves `at` to the next byte at which a statement can end or a token begin.
fn after_plain(css: &str, at: &mut usize) -> usize {
    let rest = css.as_bytes()[(*at).min(css.len())..].iter();
    *at += rest.take_while(|byte| !IS_SPECIAL[usize::from(**byte)]).count();
    *at
}

/// Whether a byte can end a statement or begin a token that needs its own rule.
const IS_SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let special = b"/\"'\\uU()[]{};";
    let mut index = 0;
    while index < special.len() {
        table[special[index] as usize] = true;
        index += 1;
    }
    table
};

/// Returns the offset after the comment, string, escape, unquoted `url(…)` or character at `at`.
/// The `)` of the URL is not included.
pub fn after_token(css: &str, at: usize) -> usize {
    let bytes = css.as_bytes();
    match bytes[at] {
        b'/' if bytes.get(at + 1) == Some(&b'*') => {
            css[at + 2..].find("*/").map_or(css.len(), |length| at + 2 + length + 2)
        }
        quote @ (b'"' | b'\'') => after_string(css, at, quote),
        b'\\' => {
            css[at + 1..].chars().next().map_or(css.len(), |escaped| at + 1 + escaped.len_utf8())
        }
        b'u' | b'U' if is_plain_url(css, at) => {
            css[at..].find(')').map_or(css.len(), |length| at + length)
        }
        _ => css[at..].chars().next().map_or(css.len(), |c| at + c.len_utf8()),
    }
}

fn after_string(css: &str, start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = css.as_bytes().get(at) {
        match byte {
            b'\\' => at += 2,
            // A line break ends a string that was not closed.
            b'\n' => return at,
            _ if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    css.len()
}

/// Whether an unquoted `url(`, which may contain anything but `)`, begins here. The end of
/// a longer name, such as `font-url(`, does not count.
pub fn is_plain_url(css: &str, at: usize) -> bool {
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let rest = &css.as_bytes()[at..];
    let is_url = rest.len() > 4 && rest[..4].eq_ignore_ascii_case(b"url(");
    let first = rest.iter().skip(4).find(|byte| !byte.is_ascii_whitespace());
    is_url && !css[..at].ends_with(is_of_name) && !matches!(first, Some(b'"' | b'\'') | None)
}

/// Returns the parts of a comma-separated list, white space included.
pub fn list(css: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    let (mut at, mut depth) = (range.start, 0_u32);
    while at < range.end {
        match css.as_bytes()[at] {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                parts.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
        at = after_token(css, at);
    }
    parts.push(start..range.end);
    parts
}

/// Returns a range without the white space and comments at its ends.
pub fn bare(css: &str, range: Range<usize>) -> Range<usize> {
    let start = skip_blank(&css[..range.end], range.start);
    let (mut at, mut end) = (start, start);
    while at < range.end {
        let next = after_token(css, at);
        if !css[at..].starts_with("/*") && !css.as_bytes()[at].is_ascii_whitespace() {
            end = next.min(range.end);
        }
        at = next;
    }
    start..end
}

/// Returns the offset after white space and comments.
fn skip_blank(css: &str, mut at: usize) -> usize {
    loop {
        at += css[at..].len() - css[at..].trim_start().len();
        if !css[at..].starts_with("/*") {
            return at;
        }
        at = after_token(css, at);
    }
}

fn trimmed(css: &str, range: Range<usize>) -> Range<usize> {
    let text = &css[range.clone()];
    let start = range.start + text.len() - text.trim_start().len();
    start..start + text.trim().len()
}
