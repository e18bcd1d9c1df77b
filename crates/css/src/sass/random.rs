//! `random()` and `unique-id()`. Their results follow from the stylesheet, so that the same sources
//! give the same files; the compiler's own functions use the clock. A warning reports this.

use std::{cell::Cell, ops::Range};

use bundle_base::{asset::ContentHash, stylesheet::after_token};

use super::inherited;

/// The functions, as Sass names them, and as `with_function` of the compiler takes them.
pub(super) const RANDOM: &str = "random($limit...)";
pub(super) const UNIQUE_ID: &str = "unique-id()";

/// A value as the compiler encodes it for functions: a tag, then what it consists of.
const NUMBER: u8 = 2;
const STRING: u8 = 3;

/// The results, one after the other.
pub(super) struct Numbers(Cell<u64>);

impl Numbers {
    /// Begins with a number for the stylesheet with this name and text.
    pub fn of(name: &str, text: &str) -> Self {
        let hash = ContentHash::of_value(&(name, text));
        let (first, _) = hash.bytes().split_first_chunk().expect("a hash has 16 bytes");
        Self(Cell::new(u64::from_le_bytes(*first)))
    }

    /// Returns the next number, by `SplitMix64` (Steele, Lea, Flood: Fast splittable pseudorandom
    /// number generators).
    fn next(&self) -> u64 {
        let state = self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.0.set(state);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// `random()`: a number below 1, or a whole number from 1 up to the limit.
    pub fn random(&self, arguments: &[u8]) -> Result<Vec<u8>, String> {
        let below_1 =
            f64::from(u32::try_from(self.next() >> 32).expect("32 bits")) / 2_f64.powi(32);
        let number = match limit(arguments)? {
            None => (below_1 * 1e10).round() / 1e10,
            Some(limit) if (limit - limit.round()).abs() >= 1e-11 => {
                return Err(format!("$limit: {limit} is not an int."));
            }
            Some(limit) if limit.round() < 1.0 => {
                return Err(format!("$limit: Must be greater than 0, was {limit}."));
            }
            Some(limit) => (below_1 * limit.round()).floor() + 1.0,
        };
        let no_units = [0; 8];
        Ok([&[NUMBER][..], &number.to_le_bytes(), &no_units].concat())
    }

    /// `unique-id()`: an identifier.
    pub fn unique_id(&self) -> Vec<u8> {
        let text = format!("u{:09x}", self.next() >> 28);
        let length = u32::try_from(text.len()).expect("10 bytes").to_le_bytes();
        let is_quoted = 0;
        [&[STRING, is_quoted][..], &length, text.as_bytes()].concat()
    }
}

/// Reads the limit of an encoded list of arguments; `None`: there is none, or it is null.
fn limit(arguments: &[u8]) -> Result<Option<f64>, String> {
    const LIST_HEADER: usize = 11;
    const NULL: u8 = 0;
    let u32_at = |at: usize| {
        let bytes = arguments.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    };
    // Arguments without a name come first, then those with a name, each after the text of its name.
    let value = match u32_at(LIST_HEADER - 4) {
        Some(0) if arguments.get(LIST_HEADER) == Some(&1) => {
            u32_at(LIST_HEADER + 7).map(|length| LIST_HEADER + 11 + length)
        }
        Some(0) | None => None,
        Some(_) => Some(LIST_HEADER),
    };
    let Some(value) = value else { return Ok(None) };
    match arguments.get(value) {
        Some(&NULL) => Ok(None),
        Some(&NUMBER) => {
            let bytes = arguments.get(value + 1..value + 9).and_then(|bytes| bytes.try_into().ok());
            Ok(bytes.map(f64::from_le_bytes))
        }
        Some(_) | None => Err("$limit is not a number.".to_owned()),
    }
}

/// A call of one of the functions.
pub(super) struct Call {
    /// The name of the function.
    pub name: Range<usize>,
    /// Where the namespace before it begins: `math.random`.
    namespace: Option<usize>,
}

/// Returns the calls of the functions. There are none if the stylesheet declares a function with
/// such a name.
pub(super) fn calls(text: &str) -> Vec<Call> {
    let mut calls = Vec::new();
    let has_some = NAMES.iter().any(|name| text.contains(name));
    let declares_none = has_some && find(text, 0..text.len(), &mut calls);
    if declares_none { calls } else { Vec::new() }
}

const NAMES: [&str; 2] = ["random(", "unique-id("];

/// Adds the calls in a range of a text. Returns false if a function with such a name is declared
/// there.
fn find(text: &str, range: Range<usize>, calls: &mut Vec<Call>) -> bool {
    let mut at = range.start;
    while at < range.end {
        let (before, rest) = text.split_at(at);
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        }
        let is_begin = !before.ends_with(is_of_name);
        if let Some(name) = NAMES.iter().find(|name| is_begin && rest.starts_with(*name)) {
            if before.trim_end().ends_with("@function") {
                return false;
            }
            let namespace =
                before.strip_suffix('.').map(|before| before.trim_end_matches(is_of_name).len());
            calls.push(Call { name: at..at + name.len() - 1, namespace });
        }
        let end = after_token(text, at);
        if rest.starts_with(['"', '\'']) {
            for (inner, _) in text[at..end].match_indices("#{") {
                let inner = at + inner + 2;
                let length = text[inner..end].find('}').unwrap_or(0);
                if !find(text, inner..inner + length, calls) {
                    return false;
                }
            }
        }
        at = end;
    }
    true
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// The prefix that replaces a namespace. The shortest namespace has the same length, with its dot.
const PREFIX: &str = "zz";

/// Returns the names of a function's replacements as the compiler takes them: without and with a
/// namespace. Where there is none, the compiler warns that the function is deprecated.
pub(super) fn signatures(signature: &str) -> [String; 2] {
    [signature.to_owned(), format!("{PREFIX}{signature}")]
}

/// Returns where to insert the prefix before the functions of a text: they are functions of Sass's
/// modules where `@use "sass:math" as *` is in the text or in `before`, the text that precedes it.
pub(super) fn prefixes(text: &str, before: &str) -> Vec<(usize, &'static str)> {
    let is_used = |text: &str| inherited::namespaces(text).iter().any(|name| name == "*");
    let calls = calls(text);
    if calls.is_empty() || !(is_used(text) || is_used(before)) {
        return Vec::new();
    }
    let own = calls.iter().filter(|call| call.namespace.is_none());
    own.map(|call| (call.name.start, PREFIX)).collect()
}

/// Replaces the namespaces of Sass's modules before these functions with the prefix: functions that
/// the compiler is given have none. The text keeps its length, so that places stay.
pub(super) fn without_namespaces(text: &mut String) {
    let namespaces = inherited::namespaces(text);
    for Call { name, namespace } in calls(text) {
        let Some(begin) = namespace else { continue };
        if namespaces.iter().any(|known| *known == text[begin..name.start - 1]) {
            let spaces = " ".repeat(name.start - begin - PREFIX.len());
            let call = format!("{PREFIX}{}({spaces}", &text[name.clone()]);
            text.replace_range(begin..=name.end, &call);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_found_and_words_like_them_are_not() {
        for (text, found) in [
            ("a { b: random() }", Some("random")),
            ("a { b: math.random(5) }", Some("random")),
            ("@use 'sass:string' as s; a { b: #{s.unique-id()} }", Some("unique-id")),
            ("// it's random()\na { b: c }", None),
            ("/* random() */ a { b: 'random()' }", None),
            ("a { b: my-random(5) }", None),
            ("a { b: '#{c}-#{unique-id()}' }", Some("unique-id")),
            ("@function random($n) { @return $n } a { b: random(5) }", None),
        ] {
            assert_eq!(calls(text).first().map(|call| &text[call.name.clone()]), found, "{text}");
        }
    }

    #[test]
    fn namespaces_of_sass_give_way() {
        let rules = "@use 'sass:math' as m; @use 'sass:string';";
        let mut text = format!("{rules} a {{ b: 1*m.random(5) own.random(6) string.unique-id() }}");
        without_namespaces(&mut text);
        let changed = "a { b: 1*zzrandom(5) own.random(6) zzunique-id(     ) }";
        assert_eq!(text, format!("{rules} {changed}"));
    }

    #[test]
    fn functions_without_a_namespace_get_the_prefix() {
        let text = "a { b: random() m.random() }";
        assert_eq!(prefixes(text, "@use 'sass:math' as *;"), [(7, PREFIX)]);
        assert_eq!(prefixes(text, "@use 'sass:math';"), []);
    }

    #[test]
    fn results_follow_from_the_stylesheet() {
        let results = |name| {
            let numbers = Numbers::of(name, "a { b: c }");
            (numbers.unique_id(), numbers.random(&[1, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]))
        };
        assert_eq!(results("a.scss"), results("a.scss"));
        assert_ne!(results("a.scss"), results("b.scss"));
    }
}
