//! The text that is read, with the names found so far; reads white space, words, strings, numbers
//! and operators.

use std::ops::Range;

use crate::expression::free_name::FreeName;

/// How deep brackets may nest. Deeper texts are left to the parser.
const DEEPEST: usize = 150;

/// The bytes that words consist of.
const WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$';
        byte += 1;
    }
    table
};

/// The bytes that do not continue a word or a number.
const ENDS_TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = !WORD[byte as usize] && !matches!(byte, b'\\' | b'#' | b'@');
        byte += 1;
    }
    table
};

pub(super) struct Quick<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) depth: usize,
    /// The last word that was read. Most words are read twice, because each could be the parameter
    /// of an arrow function.
    pub(super) word: Range<usize>,
    /// The caller wants the free names.
    pub(super) wants_names: bool,
    /// The names that are mentioned. At the end of a function, the names that it declares anywhere
    /// are removed.
    pub(super) names: Vec<FreeName>,
    /// The functions that contain the current position.
    pub(super) scopes: Vec<Scope<'a>>,
}

/// The scope of a function.
#[derive(Default)]
pub(super) struct Scope<'a> {
    pub(super) declared: Vec<&'a str>,
    /// The index in `Quick::names` at which the names mentioned in it begin.
    pub(super) start: usize,
}

impl<'a> Quick<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let (names, scopes) = (Vec::new(), Vec::new());
        Self { text, at: 0, depth: 0, word: 0..0, wants_names: false, names, scopes }
    }

    /// Reads the content of brackets. `None` if they nest too deeply.
    pub(super) fn inside<R>(&mut self, read: impl FnOnce(&mut Self) -> Option<R>) -> Option<R> {
        (self.depth < DEEPEST).then_some(())?;
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    pub(super) fn mention(&mut self, start: usize, length: usize, is_shorthand: bool) {
        if self.wants_names {
            self.names.push(FreeName { start, end: start + length, is_shorthand });
        }
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// Skips white space and returns the next byte without reading it.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match *self.bytes().get(self.at)? {
                b' ' | b'\n' | b'\t' | b'\r' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    /// Whether only white space precedes on the line.
    pub(super) fn is_line_start(&self) -> bool {
        let before = self.text[..self.at].trim_end_matches([' ', '\t']);
        before.ends_with(['\n', '\r'])
    }

    pub(super) fn is_at_end(&mut self) -> bool {
        self.peek().is_none() && self.at == self.text.len()
    }

    /// Reads a bracket, a comma, a colon or a semicolon if it is next. Reads a `.` or `?` only if
    /// it is not part of a longer token.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte)
            && match (byte, self.bytes().get(self.at + 1)) {
                (b'.', next) => next != Some(&b'.'),
                (b'?', next) => !matches!(next, Some(b'.' | b'?')),
                _ => true,
            };
        self.at += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, byte: u8) -> Option<()> {
        self.take(byte).then_some(())
    }

    /// Reads `?.`, unless a digit follows: then it is `?` and `.5`.
    pub(super) fn take_optional(&mut self) -> bool {
        let found = self.peek() == Some(b'?')
            && self.bytes().get(self.at + 1) == Some(&b'.')
            && !self.bytes().get(self.at + 2).is_some_and(u8::is_ascii_digit);
        self.at += if found { 2 } else { 0 };
        found
    }

    /// Reads `=>`. `None` if it begins a line, which is an error.
    pub(super) fn take_arrow(&mut self) -> Option<bool> {
        let behind = self.at;
        if self.peek() != Some(b'=') || self.bytes().get(self.at + 1) != Some(&b'>') {
            return Some(false);
        }
        (!self.text[behind..self.at].contains(['\n', '\r'])).then_some(())?;
        self.at += 2;
        Some(true)
    }

    /// Reads an ASCII word. Returns it with its start.
    pub(super) fn word(&mut self) -> Option<(usize, &'a str)> {
        self.peek()?;
        let start = self.at;
        if self.word.start == start && !self.word.is_empty() {
            self.at = self.word.end;
            return Some((start, &self.text[self.word.clone()]));
        }
        let rest = &self.bytes()[start..];
        let length = rest.iter().position(|byte| !WORD[usize::from(*byte)]).unwrap_or(rest.len());
        let is_word = length > 0 && !rest[0].is_ascii_digit();
        // The word may continue with characters outside ASCII.
        (is_word && rest.get(length).is_none_or(|byte| ENDS_TOKEN[usize::from(*byte)]))
            .then_some(())?;
        self.at += length;
        self.word = start..self.at;
        Some((start, &self.text[start..self.at]))
    }

    /// Whether the character at `at` does not continue the token before it.
    fn ends_token(&self, at: usize) -> bool {
        self.bytes().get(at).is_none_or(|byte| ENDS_TOKEN[usize::from(*byte)])
    }

    pub(super) fn property_name(&mut self) -> Option<()> {
        self.word().map(|_| ())
    }

    /// Reads a string that has only the most common escapes.
    pub(super) fn string(&mut self) -> Option<()> {
        let quote = *self.bytes().get(self.at)?;
        self.at += 1;
        loop {
            match self.bytes().get(self.at)? {
                b'\n' | b'\r' => return None,
                b'\\' => {
                    let escaped = *self.bytes().get(self.at + 1)?;
                    let digits = self.bytes().get(self.at + 2..self.at + 6);
                    let length = match escaped {
                        b'n' | b'r' | b't' | b'b' | b'f' | b'v' | b'"' | b'\'' | b'\\' | b'/' => 2,
                        b'u' if digits
                            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) =>
                        {
                            6
                        }
                        _ => return None,
                    };
                    self.at += length;
                }
                byte if *byte == quote => {
                    self.at += 1;
                    return Some(());
                }
                _ => self.at += 1,
            }
        }
    }

    /// Reads `12` or `1.5`.
    pub(super) fn number(&mut self) -> Option<()> {
        let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let whole = digits(&self.bytes()[self.at..]);
        (whole == 1 || self.bytes()[self.at] != b'0').then_some(())?;
        self.at += whole;
        if self.bytes().get(self.at) == Some(&b'.') {
            let fraction = digits(&self.bytes()[self.at + 1..]);
            (fraction > 0).then_some(())?;
            self.at += 1 + fraction;
        }
        (self.ends_token(self.at) && self.bytes().get(self.at) != Some(&b'.')).then_some(())
    }

    /// Reads an operator before an operand. Operators with special rules for combining them are
    /// left to the parser.
    pub(super) fn unary_operator(&mut self) -> bool {
        let Some(byte) = self.peek() else { return false };
        let next = self.bytes().get(self.at + 1);
        let length = match byte {
            b'!' | b'~' => 1,
            b'-' | b'+' if next != Some(&byte) => 1,
            b't' if self.is_word_here("typeof") => 6,
            b'v' if self.is_word_here("void") => 4,
            _ => 0,
        };
        self.at += length;
        length > 0
    }

    /// Reads an operator between operands.
    pub(super) fn binary_operator(&mut self) -> bool {
        let Some(byte) = self.peek() else { return false };
        let rest = &self.bytes()[self.at..];
        let next = rest.get(1).copied().unwrap_or_default();
        let length = match byte {
            b'i' if self.is_word_here("in") => 2,
            b'i' if self.is_word_here("instanceof") => 10,
            b'=' | b'!' if next == b'=' => 2 + usize::from(rest.get(2) == Some(&b'=')),
            b'>' if rest.starts_with(b">>>") => 3,
            b'<' | b'>' if next == byte || next == b'=' => 2,
            b'&' | b'|' if next == byte => 2,
            b'+' | b'-' | b'*' | b'/' | b'%' | b'<' | b'>' | b'&' | b'|' | b'^' => 1,
            _ => return false,
        };
        // `a += b`, `a++`, `a ** b`, `a // b`, `a <!-- b`.
        let is_other = match rest.get(length) {
            Some(b'=') => true,
            Some(next @ (b'+' | b'-' | b'*' | b'/' | b'|' | b'&')) => {
                length == 1 && *next == byte || byte == b'/'
            }
            Some(b'!') => rest.starts_with(b"<!--"),
            _ => false,
        };
        self.at += if is_other { 0 } else { length };
        !is_other
    }

    /// Reads `=`, `+=` and the like, at a place where there is no binary operator.
    pub(super) fn assign_operator(&mut self) -> bool {
        let Some(byte) = self.peek() else { return false };
        let rest = &self.bytes()[self.at..];
        let length = match byte {
            b'=' => 1,
            b'+' | b'-' | b'*' | b'/' | b'%' | b'&' | b'|' | b'^' if rest.get(1) == Some(&b'=') => {
                2
            }
            b'<' if rest.starts_with(b"<<=") => 3,
            b'>' if rest.starts_with(b">>=") => 3,
            b'>' if rest.starts_with(b">>>=") => 4,
            _ => return false,
        };
        let found = !matches!(rest.get(length), Some(b'=' | b'>'));
        self.at += if found { length } else { 0 };
        found
    }

    fn is_word_here(&self, word: &str) -> bool {
        self.text[self.at..].starts_with(word) && self.ends_token(self.at + word.len())
    }
}
