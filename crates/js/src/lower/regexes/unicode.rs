//! Writes out the flag `u` for engines that match UTF-16 units: a character beyond U+FFFF is two
//! units, and a construct that matches any character but some must match both. Patterns with
//! `\p{…}` are not rewritten, because their tables would be larger than most programs.

use std::{fmt::Write, iter::Peekable, str::Chars};

/// Matches a character of two units, or a first half without its second. A second half alone is not
/// included: without look-behind it cannot be distinguished from the end of a pair, where no match
/// may start. Only malformed UTF-16 contains such halves.
const PAIR_OR_HALF: &str = r"[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])";

/// Returns the pattern without the flag `u` (and `s`); `None` if it cannot be rewritten.
pub(super) fn written_out(pattern: &str, is_dot_all: bool) -> Option<String> {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => escape(&mut rest, &mut out)?,
            '[' => Class::parse(&mut rest)?.write(&mut out),
            '.' if is_dot_all => _ = write!(out, r"(?:[^\uD800-\uDFFF]|{PAIR_OR_HALF})"),
            '.' => _ = write!(out, r"(?:[^\n\r\u2028\u2029\uD800-\uDFFF]|{PAIR_OR_HALF})"),
            c if c > '\u{FFFF}' => astral(c as u32, &mut out),
            c => out.push(c),
        }
    }
    Some(out)
}

fn escape(rest: &mut Peekable<Chars<'_>>, out: &mut String) -> Option<()> {
    match rest.peek()? {
        'p' | 'P' => return None,
        'D' | 'S' | 'W' => {
            let class = rest.next()?.to_ascii_lowercase();
            _ = write!(out, r"(?:[^\{class}\uD800-\uDFFF]|{PAIR_OR_HALF})");
        }
        'u' => match code_point(rest)? {
            code @ 0x10000.. => astral(code, out),
            0xD800..0xE000 => return None,
            code => _ = write!(out, "\\u{code:04X}"),
        },
        _ => {
            out.push('\\');
            out.push(rest.next()?);
        }
    }
    Some(())
}

/// Reads `u{1F600}`, `uD83D\uDE00` or `u0041`, after the backslash.
fn code_point(rest: &mut Peekable<Chars<'_>>) -> Option<u32> {
    rest.next();
    if rest.peek() == Some(&'{') {
        rest.next();
        let digits: String = rest.by_ref().take_while(|c| *c != '}').collect();
        return u32::from_str_radix(&digits, 16).ok();
    }
    let first = four_digits(rest)?;
    if !(0xD800..0xDC00).contains(&first) {
        return Some(first);
    }
    let mut ahead = rest.clone();
    if ahead.next() == Some('\\')
        && ahead.next() == Some('u')
        && let Some(second @ 0xDC00..0xE000) = four_digits(&mut ahead)
    {
        *rest = ahead;
        return Some(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
    }
    Some(first)
}

fn four_digits(rest: &mut Peekable<Chars<'_>>) -> Option<u32> {
    let mut value = 0;
    for _ in 0..4 {
        value = value * 16 + rest.next()?.to_digit(16)?;
    }
    Some(value)
}

/// Writes a character of two units as a group, which a quantifier applies to as a whole.
fn astral(code: u32, out: &mut String) {
    let (high, low) = halves(code);
    _ = write!(out, "(?:\\u{high:04X}\\u{low:04X})");
}

fn halves(code: u32) -> (u32, u32) {
    let rest = code - 0x10000;
    (0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3FF))
}

/// A character class, split into units and characters of two units.
#[derive(Default)]
struct Class {
    is_negated: bool,
    /// The part with one unit per character, in the syntax of a class without `u`.
    units: String,
    /// The ranges beyond U+FFFF.
    pairs: Vec<(u32, u32)>,
    /// Whether it has `\D`, `\S` or `\W`, which include all characters of two units.
    has_all_pairs: bool,
    /// Whether it includes every surrogate half.
    has_halves: bool,
}

impl Class {
    /// Parses the text after `[`, up to and including `]`.
    fn parse(rest: &mut Peekable<Chars<'_>>) -> Option<Self> {
        let mut class = Self { is_negated: rest.next_if_eq(&'^').is_some(), ..Self::default() };
        loop {
            if rest.next_if_eq(&']').is_some() {
                return Some(class);
            }
            let Some(start) = class.atom(rest)? else { continue };
            let mut ahead = rest.clone();
            let is_range = ahead.next() == Some('-') && ahead.peek() != Some(&']');
            if !is_range {
                class.range(start, start)?;
                continue;
            }
            *rest = ahead;
            let end = class.atom(rest)??;
            class.range(start, end)?;
        }
    }

    /// Reads a character. `Some(None)`: an escape for many characters.
    #[expect(clippy::option_option, reason = "beyond us, many characters, one character")]
    fn atom(&mut self, rest: &mut Peekable<Chars<'_>>) -> Option<Option<u32>> {
        let c = rest.next()?;
        if c != '\\' {
            return Some(Some(c as u32));
        }
        Some(match rest.peek()? {
            'p' | 'P' => return None,
            'u' => Some(code_point(rest)?),
            'x' => {
                rest.next();
                let (high, low) = (rest.next()?.to_digit(16)?, rest.next()?.to_digit(16)?);
                Some(high * 16 + low)
            }
            'c' => {
                rest.next();
                Some(rest.next()? as u32 % 32)
            }
            &c @ ('d' | 's' | 'w' | 'D' | 'S' | 'W') => {
                rest.next();
                self.has_all_pairs |= c.is_ascii_uppercase();
                _ = write!(self.units, "\\{c}");
                None
            }
            &c => {
                rest.next();
                Some(match c {
                    'b' => 8,
                    't' => 9,
                    'n' => 10,
                    'v' => 11,
                    'f' => 12,
                    'r' => 13,
                    '0' => 0,
                    other => other as u32,
                })
            }
        })
    }

    /// Adds a range. `None`: it includes some surrogate halves and not others.
    fn range(&mut self, start: u32, end: u32) -> Option<()> {
        match (start < 0xD800, end > 0xDFFF) {
            (true, true) => {
                self.units(start, 0xD7FF);
                self.units(0xE000, end.min(0xFFFF));
                self.has_halves = true;
            }
            _ if end < 0xD800 || start > 0xDFFF => self.units(start, end.min(0xFFFF)),
            _ => return None,
        }
        if end > 0xFFFF {
            self.pairs.push((start.max(0x10000), end));
        }
        Some(())
    }

    fn units(&mut self, start: u32, end: u32) {
        if start > end {
            return;
        }
        self.unit(start);
        if end > start {
            self.units.push('-');
            self.unit(end);
        }
    }

    fn unit(&mut self, unit: u32) {
        match char::from_u32(unit) {
            Some(c) if c.is_ascii_alphanumeric() => self.units.push(c),
            _ => _ = write!(self.units, "\\u{unit:04X}"),
        }
    }

    fn write(&self, out: &mut String) {
        if self.is_negated {
            return self.write_negated(out);
        }
        let mut choices: Vec<String> =
            self.pairs.iter().flat_map(|(start, end)| pair_ranges(*start, *end)).collect();
        if self.has_all_pairs {
            choices.push(r"[\uD800-\uDBFF][\uDC00-\uDFFF]".to_owned());
        }
        if self.has_all_pairs || self.has_halves {
            choices.push(r"[\uD800-\uDBFF](?![\uDC00-\uDFFF])".to_owned());
        }
        if choices.is_empty() {
            _ = write!(out, "[{}]", self.units);
            return;
        }
        if !self.units.is_empty() {
            choices.push(format!("[{}]", self.units));
        }
        _ = write!(out, "(?:{})", choices.join("|"));
    }

    /// Writes the negated class: a pair that is not in it, a unit that is not in it and not a half,
    /// or a half on its own.
    fn write_negated(&self, out: &mut String) {
        let named: Vec<String> =
            self.pairs.iter().flat_map(|(start, end)| pair_ranges(*start, *end)).collect();
        let but_not =
            if named.is_empty() { String::new() } else { format!("(?!{})", named.join("|")) };
        let units = &self.units;
        if self.has_all_pairs {
            _ = write!(out, "[^{units}\\uD800-\\uDFFF]");
            return;
        }
        let half = if self.has_halves { "" } else { r"|[\uD800-\uDBFF](?![\uDC00-\uDFFF])" };
        _ = write!(
            out,
            r"(?:{but_not}[\uD800-\uDBFF][\uDC00-\uDFFF]|[^{units}\uD800-\uDFFF]{half})"
        );
    }
}

/// Returns a range of two-unit characters as alternatives of unit ranges.
fn pair_ranges(start: u32, end: u32) -> Vec<String> {
    let ((first, first_low), (last, last_low)) = (halves(start), halves(end));
    let one = |high: u32, from: u32, to: u32| {
        if from == to {
            format!("\\u{high:04X}\\u{from:04X}")
        } else {
            format!("\\u{high:04X}[\\u{from:04X}-\\u{to:04X}]")
        }
    };
    if first == last {
        return vec![one(first, first_low, last_low)];
    }
    let mut ranges = vec![one(first, first_low, 0xDFFF)];
    if first + 1 < last {
        let (from, to) = (first + 1, last - 1);
        ranges.push(format!("[\\u{from:04X}-\\u{to:04X}][\\uDC00-\\uDFFF]"));
    }
    ranges.push(one(last, 0xDC00, last_low));
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_without_wide_characters_stay() {
        assert_eq!(written_out(r"^a+[b-z]\d\/$", false).as_deref(), Some(r"^a+[b-z]\d\/$"));
    }

    #[test]
    fn a_wide_character_is_one_thing() {
        assert_eq!(written_out(r"\u{1F600}+", false).as_deref(), Some(r"(?:\uD83D\uDE00)+"));
        assert_eq!(written_out("😀?", false).as_deref(), Some(r"(?:\uD83D\uDE00)?"));
        assert_eq!(written_out(r"\ud83d\ude00", false).as_deref(), Some(r"(?:\uD83D\uDE00)"));
    }

    #[test]
    fn classes_are_split() {
        assert_eq!(written_out("[a😀]", false).as_deref(), Some(r"(?:\uD83D\uDE00|[a])"));
        assert_eq!(
            written_out(r"[\u{1F600}-\u{1F64F}]", false).as_deref(),
            Some(r"(?:\uD83D[\uDE00-\uDE4F])")
        );
    }

    #[test]
    fn halves_are_beyond_us() {
        assert_eq!(written_out(r"\ud83d", false), None);
        assert_eq!(written_out(r"[\ud800-\udbff]", false), None);
        assert!(written_out(r"[\0-\u{10ffff}]", false).is_some());
    }

    #[test]
    fn properties_are_beyond_us() {
        assert_eq!(written_out(r"\p{L}", false), None);
        assert_eq!(written_out(r"[\P{L}]", false), None);
    }
}
