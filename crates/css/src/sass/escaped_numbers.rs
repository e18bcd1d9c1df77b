//! Numbers with an escaped slash, of which sasso 0.21 forgets the escape:
//!
//! ```scss
//! @each $key, $width in (1\/2: 50%) { .w-#{$key} { width: $width } }
//! ```

/// Returns a text of SCSS with interpolated strings in place of such numbers; `None` if it has
/// none. What stands behind one on its line moves.
pub(super) fn as_strings(text: &str) -> Option<String> {
    let mut done = String::new();
    let mut end = 0;
    for (slash, escape) in text.match_indices("\\/") {
        let is_digit = |c: char| c.is_ascii_digit();
        let (before, after) = (&text[..slash], &text[slash + escape.len()..]);
        let left = before.trim_end_matches(is_digit);
        let right = after.trim_start_matches(is_digit);
        let line = left.rsplit('\n').next().unwrap_or_default();
        let is_in_string = ['"', '\''].iter().any(|quote| line.matches(*quote).count() % 2 == 1);
        let is_number = left.len() < before.len()
            && right.len() < after.len()
            && left.ends_with([' ', '\t', '\n', '(', ',', ':', '{'])
            && right.starts_with([' ', '\t', '\n', ')', ',', ':', ';', '}']);
        if is_number && !is_in_string {
            let after_number = text.len() - right.len();
            done += &text[end..left.len()];
            done += "#{\"";
            done += &text[left.len()..slash];
            done += "\\\\/";
            done += &text[slash + escape.len()..after_number];
            done += "\"}";
            end = after_number;
        }
    }
    (end > 0).then(|| done + &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_change() {
        assert_eq!(
            as_strings("$w: (1\\/2: 50%,\n 10\\/12:1%)").as_deref(),
            Some("$w: (#{\"1\\\\/2\"}: 50%,\n #{\"10\\\\/12\"}:1%)")
        );
        for kept in [".w-1\\/2 { top: 0 }", "a { content: \"a 1\\/2 b\" }", "a { b: c\\/2 }"] {
            assert_eq!(as_strings(kept), None);
        }
    }
}
