//! The text inside quotes, names and regular expressions: which characters are escaped, and how.

use std::fmt::Write;

use swc_atoms::wtf8::{CodePoint, Wtf8};
use swc_ecma_ast::BigIntValue;

/// Writes into a string, which cannot fail.
macro_rules! put {
    ($out:expr, $($rest:tt)*) => {
        write!($out, $($rest)*).expect("strings can be written")
    };
}

/// Returns the quote with fewer escapes.
pub(super) fn quote(value: &Wtf8) -> &'static str {
    let (mut double, mut single) = (0, 0);
    for byte in value.as_bytes() {
        double += usize::from(*byte == b'"');
        single += usize::from(*byte == b'\'');
    }
    if double > single { "'" } else { "\"" }
}

/// Returns the text of a string in which nothing is escaped.
pub(super) fn unescaped<'v>(value: &'v Wtf8, quote: &str) -> Option<&'v str> {
    let quote = quote.as_bytes()[0];
    let is_plain = |byte: &u8| (0x20..0x7f).contains(byte) && *byte != b'\\' && *byte != quote;
    value.as_bytes().iter().all(is_plain).then(|| value.as_str()).flatten()
}

/// Returns the text of a string between quotes.
pub(super) fn string(value: &Wtf8, quote: &str, ascii: bool, is_es5: bool) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    let mut rest = value.code_points().peekable();
    while let Some(point) = rest.next() {
        let is_digit = |next: &CodePoint| (0x30..0x3a).contains(&next.to_u32());
        match point.to_char() {
            Some('\0') if rest.peek().is_some_and(is_digit) => out.push_str("\\x00"),
            Some(c) if quote.starts_with(c) => {
                out.push('\\');
                out.push(c);
            }
            Some(c) => character(c, ascii, is_es5, &mut out),
            // Half of a pair.
            None => put!(out, "\\u{:04X}", point.to_u32()),
        }
    }
    out
}

fn character(c: char, ascii: bool, is_es5: bool, out: &mut String) {
    match c {
        '\0' => out.push_str("\\0"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\u{b}' => out.push_str("\\v"),
        '\\' => out.push_str("\\\\"),
        '\t' | '\x20'..='\x7e' => out.push(c),
        '\x01'..='\x1f' => put!(out, "\\x{:02x}", u32::from(c)),
        // Control characters, and spaces and hyphens that nobody sees.
        '\u{7f}'..='\u{a0}' | '\u{ad}' => put!(out, "\\x{:x}", u32::from(c)),
        '\u{7f}'..='\u{ff}' if ascii => put!(out, "\\x{:x}", u32::from(c)),
        '\u{2028}' | '\u{2029}' | '\u{feff}' => put!(out, "\\u{:04X}", u32::from(c)),
        '\u{10000}'.. if is_es5 => pair(c, out),
        '\u{10000}'.. if ascii => put!(out, "\\u{{{:04X}}}", u32::from(c)),
        _ if ascii => put!(out, "\\u{:04X}", u32::from(c)),
        _ => out.push(c),
    }
}

/// Writes a character beyond U+FFFF as two escapes.
fn pair(c: char, out: &mut String) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        put!(out, "\\u{unit:04X}");
    }
}

/// Returns a name in ASCII.
pub(super) fn name(name: &str, is_es5: bool) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    for c in name.chars() {
        match c {
            _ if c.is_ascii() => out.push(c),
            '\u{10000}'.. if !is_es5 => put!(out, "\\u{{{:04X}}}", u32::from(c)),
            '\u{10000}'.. => pair(c, &mut out),
            '\u{7f}'..='\u{ff}' => put!(out, "\\u{:04x}", u32::from(c)),
            _ => put!(out, "\\u{:04X}", u32::from(c)),
        }
    }
    out
}

/// Returns the name of a property in ASCII: a name, or a string if that is shorter.
pub(super) fn property(name: &str, is_es5: bool) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut is_quoted = false;
    for c in name.chars() {
        match c {
            '\u{7f}'..='\u{ff}' => {
                is_quoted = true;
                put!(out, "\\x{:x}", u32::from(c));
            }
            '\u{10000}'.. if is_es5 => {
                is_quoted = true;
                pair(c, &mut out);
            }
            other => out.push_str(&self::name(other.encode_utf8(&mut [0; 4]), is_es5)),
        }
    }
    if is_quoted { format!("\"{out}\"") } else { out }
}

/// Returns a regular expression in ASCII.
pub(super) fn regex(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    for c in pattern.chars() {
        match c {
            '\0'..='\x7e' => out.push(c),
            // The name of a group must not contain `\x`.
            '\u{7f}'..='\u{ff}' if !pattern.contains("(?<") => {
                put!(out, "\\x{:02x}", u32::from(c));
            }
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    put!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out
}

/// Returns a `BigInt`. In the compact form large numbers are hexadecimal.
pub(super) fn big_int(value: &BigIntValue, is_compact: bool) -> String {
    let decimal = value.to_string();
    // From 10^16 on, which has 17 digits.
    if !is_compact || decimal.trim_start_matches('-').len() < 17 {
        return decimal + "n";
    }
    let sign = if decimal.starts_with('-') { "-" } else { "" };
    format!("{sign}0x{}n", value.to_str_radix(16).trim_start_matches('-'))
}
