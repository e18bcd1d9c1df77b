//! Named arguments of `rgb` and `rgba`, which sasso 0.21 refuses for a colour that is no value of
//! Sass:
//!
//! ```scss
//! a { color: rgba($color: var(--text), $alpha: 0.8) }
//! ```

use std::ops::Range;

use super::tokens;

const COLOR: &str = "$color:";
const ALPHA: &str = "$alpha:";

/// Returns a text of SCSS with spaces in place of these two names, `None` if it has none: the
/// arguments are in the order in which the functions take them. Every other character keeps its
/// place.
pub(super) fn without_names(text: &str) -> Option<String> {
    let mut names: Vec<Range<usize>> = Vec::new();
    let found = text.match_indices(COLOR).map(|(start, _)| start);
    let first: Vec<usize> = found.filter(|start| is_first_argument(text, *start)).collect();
    for start in tokens::in_code(text, first) {
        if let Some(alpha) = second_argument(text, start + COLOR.len()) {
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

/// Returns whether a call of `rgb` or `rgba` begins before this place.
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

/// Returns where the second of two arguments begins, if it is `$alpha`. `at`: inside the first.
fn second_argument(text: &str, at: usize) -> Option<usize> {
    let (mut at, mut depth, mut second) = (at, 0_usize, None);
    while let Some(&byte) = text.as_bytes().get(at) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return second,
            b')' => depth -= 1,
            b',' if depth == 0 => {
                let rest = text[at + 1..].trim_start();
                if second.is_some() || !rest.starts_with(ALPHA) {
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
