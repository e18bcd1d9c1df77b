//! Checks whether a text is JSON, and if not, why. JSON is checked here, without recursion, because
//! its grammar is smaller than JavaScript's and its mistakes have their own remedies.

use std::sync::Arc;

use bundle_base::{Diagnostic, Label, Source, Span};

use crate::messages;

mod kinds; // the kinds of mistakes

pub(crate) use kinds::JsonMistake;

/// Returns the first mistake in a JSON text.
pub(crate) fn mistake(source: &Arc<Source>) -> Option<Diagnostic> {
    let text = source.text.as_str();
    let (at, mistake) = check(text).err()?;
    let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    Some(messages::invalid_json(Label::new(source, span(at, end)), mistake))
}

fn span(start: usize, end: usize) -> Span {
    let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(narrow(start), narrow(end))
}

/// Whether a text is JSON.
pub(super) fn is_json(text: &str) -> bool {
    check(text).is_ok()
}

/// What may follow at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Value,
    /// A key or `}`.
    FirstKey,
    /// A key after a comma.
    Key,
    /// A value or `]`.
    FirstItem,
    /// A comma, or the end of the open object or array.
    Next,
}

struct Checker<'a> {
    text: &'a str,
    at: usize,
    /// The open brackets with their offsets.
    open: Vec<(u8, usize)>,
}

type Wrong = (usize, JsonMistake);

fn check(text: &str) -> Result<(), Wrong> {
    Checker { text, at: 0, open: Vec::new() }.run()
}

impl Checker<'_> {
    fn run(&mut self) -> Result<(), Wrong> {
        let mut expected = Expected::Value;
        self.space()?;
        if self.peek().is_none() {
            return Err((self.at, JsonMistake::Empty));
        }
        loop {
            self.space()?;
            if expected == Expected::Next && self.open.is_empty() {
                return if self.peek().is_none() {
                    Ok(())
                } else {
                    Err((self.at, JsonMistake::AfterEnd))
                };
            }
            let Some(byte) = self.peek() else { return Err(self.unclosed()) };
            expected = match (expected, byte) {
                (Expected::FirstItem | Expected::Next, b']')
                | (Expected::FirstKey | Expected::Next, b'}') => {
                    self.close(byte)?;
                    Expected::Next
                }
                (Expected::Next, b',') => self.comma()?,
                (Expected::Next, _) => return Err((self.at, JsonMistake::NoComma)),
                (Expected::FirstKey | Expected::Key, _) => {
                    self.key(byte)?;
                    Expected::Value
                }
                (Expected::Value | Expected::FirstItem, _) => self.value(byte)?,
            };
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) -> Result<(), Wrong> {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        let rest = &self.text[self.at..];
        if rest.starts_with("//") || rest.starts_with("/*") {
            Err((self.at, JsonMistake::Comment))
        } else {
            Ok(())
        }
    }

    fn unclosed(&self) -> Wrong {
        self.open
            .last()
            .map_or((self.at, JsonMistake::NoValue), |(_, at)| (*at, JsonMistake::Unclosed))
    }

    fn close(&mut self, byte: u8) -> Result<(), Wrong> {
        let opener = if byte == b']' { b'[' } else { b'{' };
        match self.open.pop() {
            Some((open, _)) if open == opener => {
                self.at += 1;
                Ok(())
            }
            Some((_, at)) => Err((at, JsonMistake::Unclosed)),
            None => Err((self.at, JsonMistake::AfterEnd)),
        }
    }

    fn comma(&mut self) -> Result<Expected, Wrong> {
        let comma = self.at;
        self.at += 1;
        self.space()?;
        if matches!(self.peek(), Some(b']' | b'}')) {
            return Err((comma, JsonMistake::TrailingComma));
        }
        let is_object = self.open.last().is_some_and(|(open, _)| *open == b'{');
        Ok(if is_object { Expected::Key } else { Expected::Value })
    }

    fn key(&mut self, byte: u8) -> Result<(), Wrong> {
        match byte {
            b'"' => {}
            b'\'' => return Err((self.at, JsonMistake::SingleQuotes)),
            b if b.is_ascii_alphanumeric() || b == b'_' || b == b'$' => {
                return Err((self.at, JsonMistake::UnquotedKey));
            }
            _ => return Err((self.at, JsonMistake::NoValue)),
        }
        self.string()?;
        self.space()?;
        if self.peek() != Some(b':') {
            return Err((self.at.min(self.text.len()), JsonMistake::NoColon));
        }
        self.at += 1;
        Ok(())
    }

    fn value(&mut self, byte: u8) -> Result<Expected, Wrong> {
        match byte {
            b'{' | b'[' => {
                self.open.push((byte, self.at));
                self.at += 1;
                return Ok(if byte == b'{' { Expected::FirstKey } else { Expected::FirstItem });
            }
            b'"' => self.string()?,
            b'\'' => return Err((self.at, JsonMistake::SingleQuotes)),
            b'-' | b'0'..=b'9' => self.number()?,
            _ => {
                let word = ["true", "false", "null"]
                    .into_iter()
                    .find(|word| self.text[self.at..].starts_with(word));
                self.at += word.ok_or((self.at, JsonMistake::NoValue))?.len();
            }
        }
        Ok(Expected::Next)
    }

    fn string(&mut self) -> Result<(), Wrong> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                None | Some(b'\n' | b'\r') => return Err((start, JsonMistake::UnterminatedString)),
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                Some(0..0x20) => return Err((self.at, JsonMistake::ControlCharacter)),
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Wrong> {
        let rest = &self.text.as_bytes()[self.at..];
        let length = match rest.get(1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
            Some(b'u') if rest.len() >= 6 && rest[2..6].iter().all(u8::is_ascii_hexdigit) => 6,
            _ => return Err((self.at, JsonMistake::Escape)),
        };
        self.at += length;
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<(), Wrong> {
        let start = self.at;
        let wrong = Err((start, JsonMistake::Number));
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let first = self.peek();
        let whole = self.digits();
        if whole == 0 || whole > 1 && first == Some(b'0') {
            return wrong;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return wrong;
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return wrong;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_texts() {
        for text in
            ["1", " [] ", "{}", r#"{"a":[1,-2.5e+3,"\u00e9\n",null,true,false]}"#, "\"\u{2028}\""]
        {
            assert!(check(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn mistakes_and_their_places() {
        use JsonMistake::*;
        for (text, at, mistake) in [
            ("", 0, Empty),
            ("{\"a\":1,}", 6, TrailingComma),
            ("[1,]", 2, TrailingComma),
            ("// x\n1", 0, Comment),
            ("{'a':1}", 1, SingleQuotes),
            ("{a:1}", 1, UnquotedKey),
            ("[1 2]", 3, NoComma),
            ("{\"a\" 1}", 5, NoColon),
            ("[1", 0, Unclosed),
            ("[1}", 0, Unclosed),
            ("\"a", 0, UnterminatedString),
            ("\"\t\"", 1, ControlCharacter),
            ("\"\\x\"", 1, Escape),
            ("01", 0, Number),
            ("1 1", 2, AfterEnd),
            ("undefined", 0, NoValue),
        ] {
            assert_eq!(check(text).err(), Some((at, mistake)), "{text}");
        }
    }

    #[test]
    fn depth_is_no_danger() {
        let text = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
        assert!(check(&text).is_ok());
    }
}
