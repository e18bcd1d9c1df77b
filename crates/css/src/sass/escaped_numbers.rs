//! Numbers with an escaped slash, whose escape sasso 0.21 forgets:
//!
//! ```scss
//! @each $key, $width in (1\/2: 50%) { .w-#{$key} { width: $width } }
//! ```

use super::tokens;

/// Returns what makes strings of such numbers, and where it is inserted in a text of SCSS:
/// `#{"1\\/2"}`.
pub(super) fn insertions(text: &str) -> Vec<(usize, &'static str)> {
    const ESCAPE: &str = "\\/";
    let is_digit = |c: char| c.is_ascii_digit();
    let number = |(slash, _): (usize, &str)| {
        let left = text[..slash].trim_end_matches(is_digit);
        let right = text[slash + ESCAPE.len()..].trim_start_matches(is_digit);
        let (start, end) = (left.len(), text.len() - right.len());
        let is_number = start < slash
            && slash + ESCAPE.len() < end
            && left.ends_with([' ', '\t', '\n', '(', ',', ':', '{'])
            && right.starts_with([' ', '\t', '\n', ')', ',', ':', ';', '}']);
        is_number.then_some((start, slash, end))
    };
    let numbers: Vec<_> = text.match_indices(ESCAPE).filter_map(number).collect();
    let starts = tokens::in_code(text, numbers.iter().map(|(start, ..)| *start).collect());
    let is_code = |(start, ..): &&(usize, usize, usize)| starts.contains(start);
    let parts = |(start, slash, end): &(usize, usize, usize)| {
        [(*start, "#{\""), (*slash, "\\"), (*end, "\"}")]
    };
    numbers.iter().filter(is_code).flat_map(parts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_change() {
        let changed = |text: &str| {
            let mut text = text.to_owned();
            for (at, part) in insertions(&text).into_iter().rev() {
                text.insert_str(at, part);
            }
            text
        };
        assert_eq!(
            changed("// it's\n$w: (1\\/2: 50%,\n 10\\/12:1%)"),
            "// it's\n$w: (#{\"1\\\\/2\"}: 50%,\n #{\"10\\\\/12\"}:1%)"
        );
        for kept in [".w-1\\/2 { top: 0 }", "a { content: \"a 1\\/2 b\" }", "a { b: c\\/2 }"] {
            assert_eq!(changed(kept), kept);
        }
    }
}
