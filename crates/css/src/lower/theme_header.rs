//! The comment at the beginning of `style.css` in a theme of WordPress, which reads the name of
//! the theme there. A theme without a name is broken:
//!
//! ```css
//! /*
//!  * Theme Name: Example
//!  */
//! ```

use std::ops::Range;

use lightningcss::{stylesheet::StyleSheet, values::string::CowArcStr};

/// What `get_file_data` of WordPress looks for.
const FIELD: &str = "theme name:";

/// Keeps the header of a theme like a legal comment.
pub(super) fn keep<'i>(parsed: &mut StyleSheet<'i>, css: &'i str) {
    let Some(header) = header(css).map(CowArcStr::from) else { return };
    if !parsed.license_comments.contains(&header) {
        parsed.license_comments.insert(0, header);
    }
}

/// Returns where the text of a header is; empty without one.
pub(super) fn range(css: &str) -> Range<usize> {
    let Some(header) = header(css) else { return 0..0 };
    let start = header.as_ptr().addr() - css.as_ptr().addr();
    start..start + header.len()
}

/// Returns the text of the header, which is a comment before the first rule.
fn header(css: &str) -> Option<&str> {
    let mut rest = css;
    let mut comments = std::iter::from_fn(move || {
        let (comment, after) = rest.trim_start().strip_prefix("/*")?.split_once("*/")?;
        rest = after;
        Some(comment)
    });
    comments.find(|comment| is_header(comment))
}

fn is_header(comment: &str) -> bool {
    let is_mark = |c: char| c.is_whitespace() || "/*#@!".contains(c);
    let is_field = |line: &str| {
        let line = line.trim_start_matches(is_mark);
        line.get(..FIELD.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(FIELD))
    };
    comment.lines().any(is_field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_comments_before_the_first_rule() {
        assert_eq!(header("/* a */\n/*\n * theme name: b\n*/ c {}"), Some("\n * theme name: b\n"));
        assert_eq!(header("/*! Theme Name: b */"), Some("! Theme Name: b "));
        assert_eq!(header("a {} /* Theme Name: b */"), None);
        assert_eq!(range("/* a */ /* Theme Name: b */"), 10..25);
        assert_eq!(range("/* a */"), 0..0);
        assert_eq!(header("/* The Theme Name: b */"), None);
    }
}
