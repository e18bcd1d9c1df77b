//! Bytes -> tokens. The readers of expressions decide whether `/` starts a regular expression, and
//! where a template's parts end.

use super::{
    characters::{
        continues_ascii_name, continues_name, ends_line, is_space, is_special_in_text, starts_name,
    },
    escapes,
    reader::{Read, Reader},
    token::{Kind, Token},
    words,
};

impl Reader<'_> {
    #[inline]
    pub fn byte(&self, at: u32) -> u8 {
        self.bytes.get(at as usize).copied().unwrap_or(0)
    }

    fn char_at(&self, at: u32) -> Option<char> {
        self.text.get(at as usize..)?.chars().next()
    }

    /// Reads the token that follows `at`.
    pub fn scan(&self, mut at: u32, mut flags: u8) -> Read<Token> {
        loop {
            match self.byte(at) {
                b' ' | b'\t' | 0x0B | 0x0C => at += 1,
                b'\n' | b'\r' => {
                    flags |= Token::NEW_LINE;
                    at += 1;
                }
                b'/' if matches!(self.byte(at + 1), b'/' | b'*') => {
                    at = self.comment(at, &mut flags)?;
                }
                b'<' | b'-' if self.is_html_comment(at, flags) => {
                    if self.reading.is_module {
                        return self.fail_at(at, "an HTML comment in a module");
                    }
                    at = self.line_end(at);
                }
                0x80.. => match self.char_at(at) {
                    Some(c) if is_space(c) => at += width(c),
                    Some(c) if ends_line(c) => {
                        flags |= Token::NEW_LINE;
                        at += width(c);
                    }
                    _ => return self.token_at(at, flags),
                },
                _ => return self.token_at(at, flags),
            }
        }
    }

    fn is_html_comment(&self, at: u32, flags: u8) -> bool {
        let rest = &self.bytes[at as usize..];
        rest.starts_with(b"<!--") || flags & Token::NEW_LINE != 0 && rest.starts_with(b"-->")
    }

    /// Returns the end of a comment.
    fn comment(&self, at: u32, flags: &mut u8) -> Read<u32> {
        if self.byte(at + 1) == b'/' {
            return Ok(self.line_end(at));
        }
        let start = at as usize + 2;
        let Some(length) = self.text[start..].find("*/") else {
            return self.fail_at(at, "a comment that does not end");
        };
        if self.text[start..start + length].contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
            *flags |= Token::NEW_LINE;
        }
        Ok(offset(start + length + 2))
    }

    fn line_end(&self, at: u32) -> u32 {
        let mut at = at as usize;
        while let Some(byte) = self.bytes.get(at) {
            match byte {
                b'\n' | b'\r' => break,
                0xE2 if matches!(self.bytes[at + 1..], [0x80, 0xA8 | 0xA9, ..]) => break,
                _ => at += 1,
            }
        }
        offset(at)
    }

    #[inline]
    fn token_at(&self, start: u32, flags: u8) -> Read<Token> {
        match self.byte(start) {
            b'a'..=b'z' | b'A'..=b'Z' | b'$' | b'_' => self.word_at(start, flags),
            b'0'..=b'9' => self.number(start, flags),
            b'"' | b'\'' => self.string(start, flags),
            b'.' if self.byte(start + 1).is_ascii_digit() => self.number(start, flags),
            b'#' => self.private_name(start, flags),
            b'\\' | 0x80.. => self.odd_word(start, start, flags),
            _ if start as usize >= self.bytes.len() => {
                Ok(Token::new(Kind::End, flags | Token::NEW_LINE, start, start))
            }
            byte => {
                let Some((kind, length)) = self.sign(byte, start) else {
                    return self.fail_at(start, "a character that no token has");
                };
                Ok(Token::new(kind, flags, start, start + length))
            }
        }
    }

    #[inline]
    fn sign(&self, byte: u8, at: u32) -> Option<(Kind, u32)> {
        Some(match byte {
            b'(' => (Kind::ParenOpen, 1),
            b')' => (Kind::ParenClose, 1),
            b'{' => (Kind::BraceOpen, 1),
            b'}' => (Kind::BraceClose, 1),
            b'[' => (Kind::BracketOpen, 1),
            b']' => (Kind::BracketClose, 1),
            b';' => (Kind::Semicolon, 1),
            b',' => (Kind::Comma, 1),
            b':' => (Kind::Colon, 1),
            b'~' => (Kind::Tilde, 1),
            b'`' => (Kind::Backquote, 1),
            b'@' => (Kind::At, 1),
            _ => return self.long_sign(byte, at),
        })
    }

    fn long_sign(&self, byte: u8, at: u32) -> Option<(Kind, u32)> {
        let next = [1, 2, 3].map(|distance| self.byte(at + distance));
        Some(match (byte, next) {
            (b'.', [b'.', b'.', _]) => (Kind::Ellipsis, 3),
            (b'.', _) => (Kind::Dot, 1),
            (b'=' | b'!', [b'=', b'=', _]) => (Kind::Equal, 3),
            (b'=' | b'!', [b'=', ..]) => (Kind::Equal, 2),
            (b'=', [b'>', ..]) => (Kind::Arrow, 2),
            (b'=', _) => (Kind::Assign, 1),
            (b'!', _) => (Kind::Not, 1),
            (b'+', [b'+', ..]) => (Kind::PlusPlus, 2),
            (b'-', [b'-', ..]) => (Kind::MinusMinus, 2),
            (b'*', [b'*', b'=', _]) => (Kind::AssignExponent, 3),
            (b'*', [b'*', ..]) => (Kind::Exponent, 2),
            (b'/', [b'=', ..]) => (Kind::AssignSlash, 2),
            (b'+' | b'-' | b'*' | b'%' | b'^', [b'=', ..]) => (Kind::AssignOther, 2),
            (b'+', _) => (Kind::Plus, 1),
            (b'-', _) => (Kind::Minus, 1),
            (b'*', _) => (Kind::Times, 1),
            (b'/', _) => (Kind::Slash, 1),
            (b'%', _) => (Kind::Percent, 1),
            (b'^', _) => (Kind::BitXor, 1),
            (b'?', [b'.', next, _]) if !next.is_ascii_digit() => (Kind::QuestionDot, 2),
            (b'<' | b'>', _) => angle(byte, next),
            (b'&' | b'|' | b'?', _) => logical(byte, next),
            _ => return None,
        })
    }

    #[inline]
    fn word_at(&self, start: u32, flags: u8) -> Read<Token> {
        let mut end = start as usize + 1;
        while let Some(&byte) = self.bytes.get(end) {
            if !continues_ascii_name(byte) {
                if byte >= 0x80 || byte == b'\\' {
                    return self.odd_word(start, offset(end), flags);
                }
                break;
            }
            end += 1;
        }
        let kind = words::kind_of(&self.bytes[start as usize..end]);
        Ok(Token::new(kind, flags, start, offset(end)))
    }

    /// A word with an escape or a character beyond ASCII. `at`: the first of them.
    #[cold]
    fn odd_word(&self, start: u32, mut at: u32, mut flags: u8) -> Read<Token> {
        while let Some(c) = self.char_at(at) {
            let is_first = at == start;
            let (c, length) = if c == '\\' {
                flags |= Token::ESCAPED;
                let Some((value, length)) = escapes::unicode(&self.bytes[at as usize + 1..]) else {
                    return self.fail_ours(at, "a wrong escape in a name");
                };
                match char::from_u32(value) {
                    Some(c) => (c, length + 1),
                    None => return self.fail_at(at, "a surrogate in a name"),
                }
            } else {
                (c, width(c))
            };
            if !(if is_first { starts_name(c) } else { continues_name(c) }) {
                if self.byte(at) == b'\\' {
                    return self.fail_ours(at, "a character that no name has");
                }
                if is_first {
                    return self.fail_at(at, "a character that no name has");
                }
                break;
            }
            if c > '\u{FFFF}' {
                flags |= Token::ASTRAL;
            }
            at += length;
        }
        let kind = if flags & Token::ESCAPED == 0 {
            words::kind_of(&self.bytes[start as usize..at as usize])
        } else {
            words::kind_of_escaped(&escapes::decoded(&self.text[start as usize..at as usize]))
        };
        Ok(Token::new(kind, flags, start, at))
    }

    /// `#name`, as one token.
    fn private_name(&self, start: u32, flags: u8) -> Read<Token> {
        let word = self.token_at(start + 1, 0);
        match word {
            Ok(word) if word.kind.is_word() => {
                let escaped = if word.has(Token::ESCAPED) { Token::ESCAPED } else { 0 };
                Ok(Token::new(Kind::PrivateName, flags | escaped, start, word.end))
            }
            _ => self.fail_ours(start, "`#` without a name"),
        }
    }

    fn string(&self, start: u32, mut flags: u8) -> Read<Token> {
        let quote = self.byte(start);
        let mut at = start as usize + 1;
        loop {
            let Some(&byte) = self.bytes.get(at) else {
                return self.fail_at(start, "a string that does not end");
            };
            if !is_special_in_text(byte) {
                at += 1;
                continue;
            }
            match byte {
                _ if byte == quote => break,
                b'\n' | b'\r' => return self.fail_at(start, "a string that does not end"),
                b'\\' => {
                    let Some(length) = escapes::in_string(&self.bytes[at + 1..], &mut flags) else {
                        return self.fail_ours(offset(at), "a wrong escape in a string");
                    };
                    at += 1 + length as usize;
                }
                0xE2 if matches!(self.bytes[at + 1..], [0x80, 0xA8 | 0xA9, ..]) => {
                    flags |= Token::LINE_SEPARATOR;
                    at += 3;
                }
                _ => at += 1,
            }
        }
        Ok(Token::new(self.kind_of_string(start, at, flags), flags, start, offset(at + 1)))
    }

    /// `end`: the place of the closing quote.
    fn kind_of_string(&self, start: u32, end: usize, flags: u8) -> Kind {
        let raw = &self.text[start as usize + 1..end];
        let is_symbol = if flags & Token::ESCAPED == 0 {
            raw == "symbol"
        } else {
            raw.len() < 80 && escapes::decoded(raw) == "symbol"
        };
        if is_symbol { Kind::SymbolText } else { Kind::Text }
    }
}

fn angle(byte: u8, next: [u8; 3]) -> (Kind, u32) {
    match (byte, next) {
        (b'>', [b'>', b'>', b'=']) => (Kind::AssignOther, 4),
        (b'>', [b'>', b'>', _]) => (Kind::Shift, 3),
        (_, [same, b'=', _]) if same == byte => (Kind::AssignOther, 3),
        (_, [same, ..]) if same == byte => (Kind::Shift, 2),
        (_, [b'=', ..]) => (Kind::Relation, 2),
        _ => (Kind::Relation, 1),
    }
}

fn logical(byte: u8, next: [u8; 3]) -> (Kind, u32) {
    let (once, twice) = match byte {
        b'&' => (Kind::BitAnd, Kind::And),
        b'|' => (Kind::BitOr, Kind::Or),
        _ => (Kind::Question, Kind::Nullish),
    };
    match next {
        [same, b'=', _] if same == byte => (Kind::AssignLogical, 3),
        [same, ..] if same == byte => (twice, 2),
        [b'=', ..] if byte != b'?' => (Kind::AssignOther, 2),
        _ => (once, 1),
    }
}

/// A place in the text. No text that is read reaches 4 GiB.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn width(c: char) -> u32 {
    offset(c.len_utf8())
}
