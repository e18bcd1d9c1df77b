//! Finds functions and units in values that not all browsers have. The printer computes functions
//! of constants, or writes them in older syntax, so they are not reported.

use std::ops::Range;

use bundle_base::stylesheet::after_token;

use super::constructs::{Construct, Use};

/// Adds the constructs that a value uses to `found`.
pub(super) fn uses(css: &str, range: Range<usize>, found: &mut Vec<Use>) {
    for word in (Words { css, at: range.start, end: range.end }) {
        let construct = match word.kind {
            Kind::Function => of_function(css, &word.range, range.end),
            Kind::Unit => of_unit(&css[word.range.clone()]),
            Kind::Other => None,
        };
        found.extend(construct.map(|construct| (construct, word.range)));
    }
}

fn of_function(css: &str, name: &Range<usize>, end: usize) -> Option<Construct> {
    let arguments = name.end + 1..closing(css, name.end, end);
    Some(match &css[name.clone()] {
        // The printer writes `light-dark()` with two custom properties.
        "var" | "light-dark" => Construct::CustomProperties,
        "clamp" | "min" | "max" if !is_computed(css, arguments.clone()) => Construct::Math,
        "calc" if !is_computed(css, arguments.clone()) => Construct::Calc,
        "linear-gradient"
        | "radial-gradient"
        | "repeating-linear-gradient"
        | "repeating-radial-gradient" => Construct::Gradient,
        "conic-gradient" | "repeating-conic-gradient" => Construct::ConicGradient,
        "color-mix" if is_open(&css[arguments.clone()]) => Construct::ColorMix,
        "lab" | "lch" | "oklab" | "oklch" | "color" if is_open(&css[arguments.clone()]) => {
            Construct::ModernColor
        }
        "rgba" | "hsla" => Construct::Alpha,
        _ => return None,
    })
}

fn of_unit(unit: &str) -> Option<Construct> {
    Some(match unit {
        "rem" => Construct::Rem,
        "vw" | "vh" => Construct::Viewport,
        "vmin" => Construct::Vmin,
        "vmax" => Construct::Vmax,
        "dvw" | "dvh" | "dvmin" | "dvmax" | "dvi" | "dvb" | "svw" | "svh" | "svmin" | "svmax"
        | "svi" | "svb" | "lvw" | "lvh" | "lvmin" | "lvmax" | "lvi" | "lvb" => {
            Construct::DynamicViewport
        }
        "cqw" | "cqh" | "cqi" | "cqb" | "cqmin" | "cqmax" => Construct::ContainerUnits,
        _ => return None,
    })
}

/// Whether a colour depends on something that only the browser knows.
fn is_open(arguments: &str) -> bool {
    ["var(", "env(", "currentcolor", "currentColor"].iter().any(|open| arguments.contains(open))
}

/// Whether all arguments are numbers of one unit, so that the printer computes the result.
fn is_computed(css: &str, arguments: Range<usize>) -> bool {
    let mut unit = None;
    Words { css, at: arguments.start, end: arguments.end }.all(|word| {
        let text = &css[word.range];
        match word.kind {
            Kind::Unit => *unit.get_or_insert(text) == text,
            Kind::Function => matches!(text, "min" | "max" | "clamp" | "calc"),
            Kind::Other => false,
        }
    })
}

/// Returns where the parenthesis at `open` is closed, or `end` if it is not.
pub(super) fn closing(css: &str, open: usize, end: usize) -> usize {
    let mut depth = 0_u32;
    let mut at = open;
    while at < end {
        match css.as_bytes()[at] {
            b'(' => depth += 1,
            b')' if depth == 1 => return at,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at = after_token(css, at);
    }
    end
}

enum Kind {
    /// A name that an opening parenthesis follows.
    Function,
    /// What follows a number directly.
    Unit,
    Other,
}

struct Word {
    kind: Kind,
    range: Range<usize>,
}

/// Returns the words of a value, outside of strings, comments and addresses.
struct Words<'t> {
    css: &'t str,
    at: usize,
    end: usize,
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let bytes = self.css.as_bytes();
        let is_name = |byte: &u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || !byte.is_ascii()
        };
        let length = |at: usize, fits: &dyn Fn(&u8) -> bool| {
            bytes[at..self.end].iter().take_while(|b| fits(b)).count()
        };
        while self.at < self.end {
            let start = self.at;
            let first = bytes[start];
            let after = after_token(self.css, start);
            if first.is_ascii_digit() {
                let unit = start + length(start, &|byte| byte.is_ascii_digit() || *byte == b'.');
                self.at = unit + length(unit, &|byte| byte.is_ascii_alphabetic() || *byte == b'%');
                return Some(Word { kind: Kind::Unit, range: unit..self.at });
            }
            // `-1px` is a number, and an address is one token: neither is a name.
            let is_number = first == b'-'
                && bytes.get(after).is_some_and(|byte| !is_name(byte) || byte.is_ascii_digit());
            if is_name(&first)
                && !is_number
                && after == start + self.css[start..].chars().next().map_or(1, char::len_utf8)
            {
                self.at = start + length(start, &is_name);
                let is_function = bytes.get(self.at) == Some(&b'(') && self.at < self.end;
                let kind = if is_function { Kind::Function } else { Kind::Other };
                return Some(Word { kind, range: start..self.at });
            }
            // The digits of a colour are not a number.
            self.at = if first == b'#' { after + length(after, &is_name) } else { after };
        }
        None
    }
}
