//! Arguments of `rgb` and `rgba` that sasso 0.21 refuses beside a variable of CSS: their names, and
//! channels in a list with commas.
//!
//! ```scss
//! $channels: 94, 92, 207;
//! a { color: rgba($color: var(--text), $alpha: 0.8); background: rgba($channels, var(--alpha)) }
//! ```

use std::ops::Range;

use bundle_base::stylesheet::bare;

use super::{semicolons::is_comment, tokens};

const COLOR: &str = "$color:";
const ALPHA: &str = "$alpha:";

/// The function `channels`: the first argument of `rgb`, as text and as it is.
pub(super) const CHANNELS: &str = "bundle-channels($text, $value)";

/// Returns the text of a list, as the compiler encodes it, and every other value as it is.
pub(super) fn channels(arguments: &[u8]) -> Result<Vec<u8>, String> {
    /// What an encoded list begins with.
    const LIST: u8 = 4;
    // Before the length of the text: the number of arguments, its kind, whether it has quotes.
    let length = arguments.get(6..10).and_then(|bytes| bytes.try_into().ok());
    let end = length.map(|length| 10 + u32::from_le_bytes(length) as usize);
    let (text, value) = end
        .and_then(|end| Some((arguments.get(4..end)?, arguments.get(end..)?)))
        .ok_or_else(|| "no arguments".to_owned())?;
    Ok(if value.starts_with(&[LIST]) { text } else { value }.to_vec())
}

/// Returns what makes a call of `channels` of the first of two arguments where the second is a
/// variable of CSS, and where it is inserted in a text of SCSS.
pub(super) fn insertions(text: &str) -> Vec<(usize, String)> {
    let mut inserted = Vec::new();
    if !["rgb", "var("].iter().all(|word| text.contains(word)) {
        return inserted;
    }
    // A custom property contains text, and values only in `#{…}`.
    let (mut at, mut depth, mut start) = (0, 0_usize, 0);
    while let Some(&byte) = text.as_bytes().get(at) {
        match byte {
            b'{' if text[..at].ends_with('#') => depth += 1,
            b'}' if depth > 0 => depth -= 1,
            b'{' | b'}' | b';' if depth == 0 => start = at + 1,
            b'(' if is_first_argument(text, at + 1) => {
                let is_custom = depth == 0 && text[start..at].trim_start().starts_with("--");
                let first = first_of_two(text, at + 1).filter(|_| !is_custom);
                if let Some(first) = first {
                    let call = format!("bundle-channels(#{{{}}},", &text[first.clone()]);
                    inserted.extend([(first.start, call), (first.end, ")".to_owned())]);
                }
            }
            _ => {}
        }
        let end = tokens::after(text, at);
        if is_comment(&text[at..]) && text[start..at].trim().is_empty() {
            start = end;
        }
        at = end;
    }
    inserted
}

/// Returns the first of two arguments, if it may be a list and the second is a variable of CSS.
/// `at`: after the bracket.
fn first_of_two(text: &str, at: usize) -> Option<Range<usize>> {
    let second = second_argument(text, at, "var(")?;
    let comma = text[at..second].rfind(',')? + at;
    let first = bare(text, at..comma);
    let written = &text[first.clone()];
    let may_be_list =
        written.contains('$') || written.contains('(') && !written.starts_with("var(");
    (may_be_list && !written.starts_with(COLOR) && !written.contains("#{")).then_some(first)
}

/// Returns a text of SCSS with spaces in place of these two names, `None` if it has none: the
/// arguments are in the order in which the functions take them. Every other character keeps its
/// place.
pub(super) fn without_names(text: &str) -> Option<String> {
    let mut names: Vec<Range<usize>> = Vec::new();
    let found = text.match_indices(COLOR).map(|(start, _)| start);
    let first: Vec<usize> = found.filter(|start| is_first_argument(text, *start)).collect();
    for start in tokens::in_code(text, first) {
        if let Some(alpha) = second_argument(text, start + COLOR.len(), ALPHA) {
            names.extend([start..start + COLOR.len(), alpha..alpha + ALPHA.len()]);
        }
    }
    if names.is_empty() {
        return None;
    }
    let mut done = text.to_owned();
    for name in names {
        let blank = " ".repeat(name.len());
        done.replace_range(name, &blank);
    }
    Some(done)
}

/// Whether a call of `rgb` or `rgba` begins before this place.
fn is_first_argument(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end().strip_suffix('(').unwrap_or_default();
    let before = before.strip_suffix("rgba").or_else(|| before.strip_suffix("rgb"));
    before.is_some_and(|before| {
        let is_name = |c: char| c.is_alphanumeric() || "_-.".contains(c);
        let rules = ["@function", "@mixin", "@include"];
        let is_own = rules.iter().any(|rule| before.trim_end().ends_with(rule));
        !before.ends_with(is_name) && !is_own
    })
}

/// Returns where the second of two arguments begins, if it begins with a word. `at`: inside the
/// first.
fn second_argument(text: &str, at: usize, word: &str) -> Option<usize> {
    let (mut at, mut depth, mut second) = (at, 0_usize, None);
    while let Some(&byte) = text.as_bytes().get(at) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return second,
            b')' => depth -= 1,
            b',' if depth == 0 => {
                let rest = text[at + 1..].trim_start();
                if second.is_some() || !rest.starts_with(word) {
                    return None;
                }
                second = Some(text.len() - rest.len());
            }
            b'{' if !text[..at].ends_with('#') => return None,
            b';' => return None,
            _ => {}
        }
        at = tokens::after(text, at);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_may_be_a_list() {
        let changed = |text: &str| {
            let mut inserted = insertions(text);
            inserted.reverse();
            let mut changed = text.to_owned();
            for (at, part) in inserted {
                changed.insert_str(at, &part);
            }
            changed
        };
        assert_eq!(
            changed("a { b: rgba( $c, var(--d, 1)); --e: #{rgb($f, var(--g))} }"),
            "a { b: rgba( bundle-channels(#{$c},$c), var(--d, 1)); \
             --e: #{rgb(bundle-channels(#{$f},$f), var(--g))} }"
        );
        for kept in [
            "a { --b: rgba($c, var(--d)) }",
            "a { // it's\n --b: rgba($c, var(--d)); /* x */ --e: rgba($c, var(--d)) }",
            "a { b: rgba(var(--c), var(--d)) rgba(#{$c}, var(--d)) rgba($c, 1) rgba(1, 2, var(--d)) }",
            "// rgba($c, var(--d))\na { b: 'rgba($c, var(--d))' tint-rgba($c, var(--d)) }",
            "@function rgba($c, $d: var(--d)) { @return $c }",
        ] {
            assert_eq!(changed(kept), kept);
        }
    }

    #[test]
    fn the_text_of_lists_is_taken() {
        let arguments =
            |value: &[u8]| [b"\x02\0\0\0\x03\0\x04\0\0\x001, 2".as_slice(), value].concat();
        assert_eq!(
            channels(&arguments(b"\x04..")).as_deref(),
            Ok(b"\x03\0\x04\0\0\x001, 2".as_slice())
        );
        assert_eq!(channels(&arguments(b"\x06..")).as_deref(), Ok(b"\x06..".as_slice()));
        assert!(channels(b"\0").is_err());
    }

    #[test]
    fn names_of_two_arguments_go() {
        assert_eq!(
            without_names("a { b: rgba( $color: f(\",)\", é), $alpha: 1) }").as_deref(),
            Some("a { b: rgba(         f(\",)\", é),         1) }")
        );
        assert_eq!(
            without_names("rgb($color: rgba($color: $x, $alpha: 1), $alpha: 2)").as_deref(),
            Some("rgb(        rgba(        $x,         1),         2)")
        );
        for kept in [
            "@function rgba($color: red, $alpha: 1) { @return $color }",
            "shade-rgba($color: red, $alpha: 1)",
            "rgba($color: red)",
            "@include tint($color: red, $alpha: 1)",
            "@mixin rgba($color: red, $alpha: 1) { top: 0 }",
            "@include rgba($color: red, $alpha: 1)",
            "a { content: 'rgba($color: red, $alpha: 1)' } // rgba($color: red, $alpha: 1)",
        ] {
            assert_eq!(without_names(kept), None);
        }
    }
}
