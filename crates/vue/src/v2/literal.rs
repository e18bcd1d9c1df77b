//! String literals in generated code.

use crate::mapped_code::MappedCode;

/// Returns a generated text as a string literal.
pub(super) fn string(text: &str) -> String {
    MappedCode::made(text).quoted().text().to_owned()
}

/// Appends JavaScript. Escapes U+2028 and U+2029, the two line ends that older engines do not allow
/// in strings.
pub(super) fn push_without_line_ends(code: &mut MappedCode, value: &MappedCode) {
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
