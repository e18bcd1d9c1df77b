//! Writes characters and sets of characters as text of a pattern. Without the flag `u`, a character
//! beyond U+FFFF is two units, and a set with such characters is a choice between a class of single
//! units and sequences of two classes.

use std::fmt::Write;

use super::sets::{LAST, Set};

const HIGH: (u32, u32) = (0xD800, 0xDBFF);
const LOW: (u32, u32) = (0xDC00, 0xDFFF);

/// Fails where the second half of a character is next. Without look-behind, a pattern cannot
/// distinguish the end of a pair from a lone half, so no match begins at either.
pub(super) const NO_SECOND_HALF: &str = r"(?![\uDC00-\uDFFF])";

/// How characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// The pattern never had the flag `u` or `v`: its characters are units.
    Units,
    /// The pattern loses the flag: its characters are code points, its text is units.
    Pairs,
    /// The pattern keeps or gets the flag `u`.
    CodePoints,
}

/// Writes one character. The text is one atom.
pub(super) fn character(code: u32, mode: Mode, out: &mut String) {
    match mode {
        Mode::Pairs if code > 0xFFFF => {
            let (high, low) = halves(code);
            _ = write!(out, "(?:\\u{high:04X}\\u{low:04X})");
        }
        Mode::Pairs if (HIGH.0..=HIGH.1).contains(&code) => {
            _ = write!(out, "(?:\\u{code:04X}{NO_SECOND_HALF})");
        }
        Mode::CodePoints if (HIGH.0..=LOW.1).contains(&code) => _ = write!(out, "\\u{{{code:X}}}"),
        _ => unit(code, out, |c| "^$\\.*+?()[]{}|/".contains(c)),
    }
}

/// Writes a character inside a class.
pub(super) fn in_class(code: u32, out: &mut String) {
    unit(code, out, |c| "^\\[]-/".contains(c));
}

fn unit(code: u32, out: &mut String, is_syntax: impl Fn(char) -> bool) {
    match char::from_u32(code) {
        Some('\n') => out.push_str("\\n"),
        Some('\r') => out.push_str("\\r"),
        Some('\t') => out.push_str("\\t"),
        Some(c) if matches!(c, ' '..='~') => {
            if is_syntax(c) {
                out.push('\\');
            }
            out.push(c);
        }
        _ if code <= 0xFF => _ = write!(out, "\\x{code:02X}"),
        // In braces: two halves side by side would be one character.
        _ if code > 0xFFFF => _ = write!(out, "\\u{{{code:X}}}"),
        _ => _ = write!(out, "\\u{code:04X}"),
    }
}

/// Writes ranges inside a class.
pub(super) fn ranges(set: &Set, is_unicode: bool, out: &mut String) {
    for (start, end) in set.ranges().iter().copied() {
        class_unit(start, is_unicode, out);
        if end > start + 1 {
            out.push('-');
        }
        if end > start {
            class_unit(end, is_unicode, out);
        }
    }
}

fn class_unit(code: u32, is_unicode: bool, out: &mut String) {
    if is_unicode && (HIGH.0..=LOW.1).contains(&code) {
        _ = write!(out, "\\u{{{code:X}}}");
    } else if code == u32::from('^') {
        // Some packages, marked among them, remove each `^` from the `source` of an expression.
        out.push_str("\\x5E");
    } else {
        in_class(code, out);
    }
}

/// Writes a set as one atom.
pub(super) fn write_set(set: &Set, mode: Mode, out: &mut String) {
    match mode {
        Mode::Units => class(set, 0xFFFF, false, out),
        Mode::CodePoints => class(set, LAST, true, out),
        Mode::Pairs => pairs(set, out),
    }
}

/// Writes a class, negated if that is shorter.
fn class(set: &Set, last: u32, is_unicode: bool, out: &mut String) {
    let rest = set.complement(last);
    if rest.is_empty() {
        out.push_str("[\\s\\S]");
    } else if rest.ranges().len() < set.ranges().len() {
        out.push_str("[^");
        ranges(&rest, is_unicode, out);
        out.push(']');
    } else if let [(start, end)] = set.ranges()
        && start == end
    {
        character(*start, Mode::Units, out);
    } else {
        out.push('[');
        ranges(set, is_unicode, out);
        out.push(']');
    }
}

fn pairs(set: &Set, out: &mut String) {
    let units = set.within(0, 0xFFFF).difference(&Set::of(vec![HIGH]));
    let halves = set.within(HIGH.0, HIGH.1);
    let mut choices: Vec<String> = Vec::new();
    if !units.is_empty() {
        let mut text = String::new();
        class(&units, 0xFFFF, false, &mut text);
        choices.push(text);
    }
    choices.extend(sequences(&set.within(0x1_0000, LAST)));
    if !halves.is_empty() {
        let mut text = String::new();
        class(&halves, 0xFFFF, false, &mut text);
        choices.push(text + NO_SECOND_HALF);
    }
    match choices.as_slice() {
        [] => out.push_str("[]"),
        [only] if !set.meets(HIGH.0, HIGH.1) && !set.meets(0x1_0000, LAST) => out.push_str(only),
        _ => _ = write!(out, "(?:{})", choices.join("|")),
    }
}

/// Returns characters of two units as sequences of two classes. First halves with the same second
/// halves share one.
pub(super) fn sequences(astral: &Set) -> Vec<String> {
    let mut rows: Vec<(Set, Vec<(u32, u32)>)> = Vec::new();
    let mut add = |highs: (u32, u32), lows: Set| match rows.iter_mut().find(|row| row.0 == lows) {
        Some(row) => row.1.push(highs),
        None => rows.push((lows, vec![highs])),
    };
    let mut next = 0x1_0000;
    while next < LAST {
        let (start, end) = (next, next + 0x3FF);
        next += 0x400;
        let part = astral.within(start, end);
        if part.is_empty() {
            continue;
        }
        let lows = part.ranges().iter().map(|(from, to)| (halves(*from).1, halves(*to).1));
        let high = halves(start).0;
        add((high, high), Set::of(lows.collect()));
    }
    let written = rows.into_iter().map(|(lows, highs)| {
        let mut text = String::new();
        for half in [Set::of(highs), lows] {
            class(&half, 0xFFFF, false, &mut text);
        }
        text
    });
    written.collect()
}

fn halves(code: u32) -> (u32, u32) {
    let rest = code - 0x1_0000;
    (0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3FF))
}
