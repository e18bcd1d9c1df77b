//! Prints numbers, strings and regular expressions.

use swc_ecma_ast::{BigInt, Lit, Number, Regex, Str};
use swc_ecma_utils::number::{ToJsString, minify_number};

use super::{
    Printer, escapes,
    precedence::{Level, Need},
};

/// Numbers from here on may be shorter in another notation.
const SHORT: f64 = 1000.0;

impl Printer<'_> {
    pub(super) fn lit(&mut self, node: &Lit, need: Need) {
        match node {
            Lit::Str(text) => self.string(text),
            Lit::Num(number) => {
                self.number(number, need);
            }
            Lit::Bool(value) => {
                self.keyword_at(value.span, if value.value { "true" } else { "false" });
            }
            Lit::Null(null) => self.keyword_at(null.span, "null"),
            Lit::BigInt(number) => self.big_int(number),
            Lit::Regex(regex) => self.regex(regex),
            Lit::JSXText(_) => unreachable!("JSX is gone before printing"),
        }
    }

    /// How strongly a number binds. Negative numbers and those without a literal are made by
    /// computing.
    pub(super) fn number_level(&self, node: &Number) -> Level {
        if self.is_division(node) && node.value != f64::INFINITY {
            Level::Product
        } else if node.value.is_sign_negative() && !node.value.is_nan() {
            Level::Prefix
        } else {
            Level::Call
        }
    }

    /// Whether a value that is not finite is printed as a division.
    fn is_division(&self, node: &Number) -> bool {
        !node.value.is_finite() && (self.out.is_compact || node.raw.is_none())
    }

    /// Prints a number. Returns whether a dot after it would be its decimal point.
    pub(super) fn number(&mut self, node: &Number, need: Need) -> bool {
        self.leading(node.span);
        self.at(node.span);
        if self.is_division(node) {
            self.division(node.value, need);
            return false;
        }
        self.number_text(node)
    }

    /// Prints a number that is the name of a property.
    pub(super) fn property_number(&mut self, node: &Number) {
        self.leading(node.span);
        self.at(node.span);
        if node.value.is_finite() || node.raw.is_some() {
            self.number_text(node);
        } else {
            self.out.word(&node.value.to_js_string());
        }
    }

    fn number_text(&mut self, node: &Number) -> bool {
        if node.value.is_sign_negative() && self.out.ends_with("-") {
            self.out.separate();
        }
        match &node.raw {
            Some(raw) if !(self.out.is_compact || self.is_es5 && is_newer(raw)) => self.digits(raw),
            Some(raw) if !self.out.is_compact && raw.contains('_') && !is_radix(raw) => {
                self.digits(&raw.replace('_', ""))
            }
            Some(raw) if node.value.is_infinite() => self.digits(raw),
            _ if self.out.is_compact => self.compact_number(node.value),
            _ if node.value == 0.0 => self.digits(&node.value.to_string()),
            _ => self.digits(&node.value.to_js_string()),
        }
    }

    fn compact_number(&mut self, value: f64) -> bool {
        let is_small = (0.0..SHORT).contains(&value) && value.fract() == 0.0;
        if is_small && value.is_sign_positive() {
            return self.small(value);
        }
        self.digits(&minify_number(value, &mut true))
    }

    /// Prints a whole number below 1000.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 999")]
    fn small(&mut self, value: f64) -> bool {
        let value = value as u16;
        let digits = [value / 100, value / 10 % 10, value % 10].map(|digit| b'0' + digit as u8);
        let start = usize::from(value < 100) + usize::from(value < 10);
        let text = str::from_utf8(&digits[start..]).expect("digits are ASCII");
        self.out.word(text);
        true
    }

    fn digits(&mut self, text: &str) -> bool {
        self.out.word(text);
        let is_octal = text.len() > 1 && text.starts_with('0');
        !is_octal && text.bytes().all(|c| c.is_ascii_digit() || c == b'_')
    }

    fn division(&mut self, value: f64, need: Need) {
        let spaced = if value.is_nan() {
            "0 / 0"
        } else if value < 0.0 {
            "-1 / 0"
        } else if need.level > Level::Product {
            "2e308"
        } else {
            "1 / 0"
        };
        if value < 0.0 && self.out.ends_with("-") {
            self.out.separate();
        }
        if self.out.is_compact {
            self.out.word(&spaced.replace(' ', ""));
        } else {
            self.out.word(spaced);
        }
    }

    pub(super) fn big_int(&mut self, node: &BigInt) {
        self.leading(node.span);
        self.at(node.span);
        let text = match &node.raw {
            Some(raw) if !self.out.is_compact && self.is_es5 => raw.replace('_', ""),
            Some(raw) if !self.out.is_compact => raw.as_str().to_owned(),
            _ => escapes::big_int(&node.value, self.out.is_compact),
        };
        self.out.word(&text);
    }

    fn regex(&mut self, node: &Regex) {
        self.leading(node.span);
        self.at(node.span);
        self.out.start();
        if self.out.ends_with("/") {
            self.out.separate();
        }
        self.out.mark("/");
        if self.out.ascii && !node.exp.is_ascii() {
            self.out.rest(&escapes::regex(&node.exp));
        } else {
            self.out.rest(&node.exp);
        }
        self.out.rest("/");
        self.out.rest(&node.flags);
        self.out.end_word();
    }

    pub(super) fn string(&mut self, node: &Str) {
        self.leading(node.span);
        self.at(node.span);
        let raw = node.raw.as_deref();
        if let Some(raw) = raw
            && raw.contains('\\')
            && node.value == *"use strict"
        {
            self.out.literal(raw);
            return self.after(node.span);
        }
        match raw {
            Some(raw) if self.keeps(raw) => self.out.literal(raw),
            _ => self.quoted(node),
        }
    }

    /// Whether a string is printed as it was written.
    fn keeps(&self, raw: &str) -> bool {
        let is_changed = self.out.is_compact
            || self.is_es5 && raw.contains("\\u{")
            || self.out.ascii && !raw.is_ascii();
        !is_changed
    }

    fn quoted(&mut self, node: &Str) {
        let quote = escapes::quote(&node.value);
        self.out.literal(quote);
        if let Some(text) = escapes::unescaped(&node.value, quote) {
            self.out.rest(text);
        } else {
            let text = escapes::string(&node.value, quote, self.out.ascii, self.is_es5);
            self.out.rest(&text);
        }
        self.out.rest(quote);
    }
}

/// Whether ECMAScript 5 lacks the notation of a number.
fn is_newer(raw: &str) -> bool {
    raw.len() > 2 && (is_radix(raw) || raw.contains('_'))
}

/// Whether a number is binary, or octal with the prefix of 2015.
fn is_radix(raw: &str) -> bool {
    raw.len() > 2 && matches!(raw.as_bytes(), [b'0', b'b' | b'B' | b'o' | b'O', ..])
}
