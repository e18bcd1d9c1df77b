//! Finds calls of `random()` and `unique-id()`, whose result differs from build to build. They are
//! errors: outputs depend on their sources alone, and the compiler takes these results from the
//! clock.

use std::ops::Range;

use bundle_base::stylesheet::after_token;

/// Returns where the first call of `random()` or `unique-id()` is, with or without a namespace.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    let names = ["random(", "unique-id("];
    if !names.iter().any(|name| text.contains(name)) {
        return None;
    }
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        }
        let is_begin =
            !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'));
        let declares = || text[..at].trim_end().ends_with("@function");
        if let Some(name) = names.iter().find(|name| is_begin && rest.starts_with(*name)) {
            // A function that the stylesheet declares under this name is not the built-in one.
            return (!declares()).then(|| at..at + name.len() - 1);
        }
        at = after_token(text, at);
    }
    None
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
            ("@function random($n) { @return $n } a { b: random(5) }", None),
        ] {
            assert_eq!(find(text).map(|range| &text[range]), found, "{text}");
        }
    }
}
