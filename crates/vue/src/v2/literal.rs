//! String literals in what is generated.

use crate::code::Code;

/// A text of ours as a string literal.
pub(super) fn string(text: &str) -> String {
    Code::made(text).quoted().text().to_owned()
}

/// Appends JavaScript in which the two line ends that older engines do not allow in strings are
/// escaped.
pub(super) fn push_without_line_ends(code: &mut Code, value: &Code) {
    let mut plain = 0;
    for (at, found) in value.text().match_indices(['\u{2028}', '\u{2029}']) {
        code.push_slice(value, plain..at);
        code.push_made_of(
            if found == "\u{2028}" { "\\u2028" } else { "\\u2029" },
            value.origin(at),
        );
        plain = at + found.len();
    }
    code.push_slice(value, plain..value.text().len());
}
