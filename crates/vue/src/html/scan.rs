//! Reads names, attributes and white space at a position of a text. These functions match exactly
//! what the regular expressions of Vue's tokenizer match.

use std::ops::Range;

use crate::mapped_code::is_space;

/// An attribute as written in a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute<'t> {
    pub name: &'t str,
    /// The raw value, without its quotes. `None` if there is no `=`.
    pub value: Option<Range<usize>>,
    /// From the start of the name to the last quote.
    pub span: Range<usize>,
}

/// Reads the rest of a start tag, after its name.
pub(super) struct Cursor<'t> {
    pub text: &'t str,
    pub at: usize,
    /// No `]` comes before this position without a `=` before it. Without this bound, each of many
    /// `:[a` would search the whole text.
    pub no_bracket_before: usize,
}

impl<'t> Cursor<'t> {
    /// Reads the tag's `>` or `/>`. Returns whether it has a slash, or `None` if the tag does not
    /// end here.
    pub fn tag_end(&mut self) -> Option<bool> {
        let at = self.after_space(self.at);
        let bytes = self.text.as_bytes();
        let has_slash = match bytes.get(at)? {
            b'>' => false,
            b'/' if bytes.get(at + 1) == Some(&b'>') => true,
            _ => return None,
        };
        self.at = at + 1 + usize::from(has_slash);
        Some(has_slash)
    }

    /// Reads the next attribute.
    pub fn attribute(&mut self) -> Option<Attribute<'t>> {
        let start = self.after_space(self.at);
        let name_end = match self.dynamic_name(start) {
            Some(end) => end,
            None => self.while_in_name(start),
        };
        if name_end == start {
            return None;
        }
        let (value, end) =
            self.value(name_end).map_or((None, name_end), |(value, end)| (Some(value), end));
        self.at = end;
        Some(Attribute { name: &self.text[start..name_end], value, span: start..end })
    }

    /// Returns the end of a name like `:[a + b].sync`, whose brackets may contain spaces and
    /// quotes. They are not allowed there, but reading them as one name gives the diagnostic its
    /// place.
    fn dynamic_name(&mut self, start: usize) -> Option<usize> {
        let rest = &self.text[start..];
        let after_prefix = match rest.as_bytes().first()? {
            b'@' | b':' | b'#' => &rest[1..],
            b'v' => {
                let name = rest.strip_prefix("v-")?;
                let after = name.trim_start_matches(|c: char| {
                    c.is_ascii_alphanumeric() || c == '_' || c == '-'
                });
                after.strip_prefix(':').filter(|_| after.len() < name.len())?
            }
            _ => return None,
        };
        let inside = after_prefix.strip_prefix('[')?;
        let open = self.text.len() - inside.len();
        if open < self.no_bracket_before {
            return None;
        }
        // The brackets contain at least one character, which may be any.
        let first = inside.chars().next().filter(|c| *c != '=')?.len_utf8();
        match inside[first..].find([']', '=']) {
            Some(found) if inside[first + found..].starts_with(']') => {
                Some(self.while_in_name(open + first + found + 1))
            }
            found => {
                self.no_bracket_before =
                    found.map_or(self.text.len(), |found| open + first + found);
                None
            }
        }
    }

    /// Returns the end of the characters that a name may have.
    fn while_in_name(&self, start: usize) -> usize {
        let is_end = |c: char| matches!(c, '"' | '\'' | '<' | '>' | '/' | '=') || is_space(c);
        let from = start
            + position(&self.text.as_bytes()[start..], |byte| !ATTRIBUTE_NAME[usize::from(byte)]);
        match self.text.as_bytes().get(from) {
            Some(b'=' | b' ' | b'>' | b'\n') | None => from,
            Some(_) => self.text[from..].find(is_end).map_or(self.text.len(), |found| from + found),
        }
    }

    /// Reads `= value` after a name. Returns the range of the value and the end of the attribute.
    /// Several closing quotes count as one.
    fn value(&self, name_end: usize) -> Option<(Range<usize>, usize)> {
        let bytes = self.text.as_bytes();
        let equals = self.after_space(name_end);
        let start = (bytes.get(equals) == Some(&b'=')).then(|| self.after_space(equals + 1))?;
        let quote = *bytes.get(start)?;
        if quote == b'"' || quote == b'\'' {
            let length = bytes[start + 1..].iter().position(|byte| *byte == quote)?;
            let close = start + 1 + length;
            let end = close + position(&bytes[close..], |byte| byte != quote);
            return Some((start + 1..close, end));
        }
        let is_end = |c: char| matches!(c, '"' | '\'' | '=' | '<' | '>' | '`') || is_space(c);
        let rest = &self.text[start..];
        let end = rest.find(is_end).unwrap_or(rest.len());
        (end > 0).then_some((start..start + end, start + end))
    }

    fn after_space(&self, at: usize) -> usize {
        let at = at + position(&self.text.as_bytes()[at..], |byte| !matches!(byte, b' ' | b'\n'));
        match self.text.as_bytes().get(at) {
            // Most characters that are not white space are printable ASCII.
            Some(b'!'..=b'~') | None => at,
            Some(_) => self.text.len() - self.text[at..].trim_start_matches(is_space).len(),
        }
    }
}

/// Returns the position of the first byte that is wanted, or the end. Texts here are so short that
/// searching byte by byte is the fastest way.
fn position(bytes: &[u8], is_wanted: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| is_wanted(*byte)).unwrap_or(bytes.len())
}

/// The bytes that most attribute names consist of.
const ATTRIBUTE_NAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] =
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'@' | b'#' | b'.');
        byte += 1;
    }
    table
};

/// Returns the length of the tag name (`a` or `svg:a`) at the start of a text.
pub(super) fn tag_name(text: &str) -> Option<usize> {
    let first = simple_name(text)?;
    let second = text[first..].strip_prefix(':').and_then(simple_name);
    Some(second.map_or(first, |second| first + 1 + second))
}

fn simple_name(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (bytes.first()?.is_ascii_alphabetic() || bytes[0] == b'_').then_some(())?;
    let length = position(bytes, |byte| !TAG_NAME[usize::from(byte)]);
    match bytes.get(length) {
        Some(128..) => Some(text.find(|c| !is_name_part(c)).unwrap_or(text.len())),
        Some(_) | None => Some(length),
    }
}

/// The ASCII characters that tag names may have.
const TAG_NAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        byte += 1;
    }
    table
};

/// True for characters that names of custom elements may have and that are one UTF-16 unit.
fn is_name_part(c: char) -> bool {
    match c {
        _ if c.is_ascii() => TAG_NAME[c as usize],
        '\u{d7}' | '\u{f7}' | '\u{37e}' => false,
        '\u{b7}'
        | '\u{c0}'..='\u{1fff}'
        | '\u{200c}'..='\u{200d}'
        | '\u{203f}'..='\u{2040}'
        | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}'
        | '\u{f900}'..='\u{fdcf}'
        | '\u{fdf0}'..='\u{fffd}' => true,
        _ => false,
    }
}

/// Returns the length of the document type declaration at the start of a text.
pub(super) fn doctype(text: &str) -> Option<usize> {
    const START: &str = "<!DOCTYPE ";
    let start = text.get(..START.len()).filter(|start| start.eq_ignore_ascii_case(START))?;
    let close = text[start.len()..].find('>')?;
    (close > 0).then_some(START.len() + close + 1)
}

/// Returns the position of `</name`, in any case. What follows the name does not matter:
/// `</scripture>` ends a script.
pub(super) fn find_end_tag(text: &str, name: &str) -> Option<usize> {
    let is_name = |at: usize| {
        let after = text.as_bytes().get(at + 2..at + 2 + name.len());
        after.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    text.match_indices("</").map(|(at, _)| at).find(|at| is_name(*at))
}
