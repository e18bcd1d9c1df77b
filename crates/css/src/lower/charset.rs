//! Writes characters beyond ASCII as escapes, so that the encoding of the page and of the server
//! does not matter. With `Charset::Utf8`, only characters are escaped that end a line for readers
//! of source maps but not in CSS.

use bundle_base::{
    config::Charset,
    mapped_text::{Edit, MappedText},
};

/// Returns the stylesheet with the characters that `charset` does not allow as escapes. An escape
/// means its character in names, strings and addresses. The printer writes comments only at the
/// beginning. They stay as they are: an escape in a comment is text.
pub(super) fn escaped(stylesheet: &MappedText, charset: Charset) -> MappedText {
    let text = stylesheet.text();
    if text.is_ascii() {
        return stylesheet.edited(&[]);
    }
    let is_escaped = |c: char| match charset {
        Charset::Ascii => !c.is_ascii(),
        Charset::Utf8 => matches!(c, '\u{2028}' | '\u{2029}'),
    };
    let start = after_comments(text);
    let beyond = text.char_indices().filter(|(at, c)| *at >= start && is_escaped(*c));
    let edits = beyond.map(|(at, c)| {
        let end = at + c.len_utf8();
        // Browsers would read a digit that follows as a part of the escape, and white space as its
        // end.
        let needs_end = text[end..]
            .starts_with(|next: char| next.is_ascii_hexdigit() || next.is_ascii_whitespace());
        let space = if needs_end { " " } else { "" };
        Edit::replace(at..end, format!("\\{:x}{space}", u32::from(c)))
    });
    stylesheet.edited(&edits.collect::<Vec<_>>())
}

/// Returns where the first rule begins.
fn after_comments(text: &str) -> usize {
    let mut rest = text.trim_start();
    while let Some((_, after)) =
        rest.strip_prefix("/*").and_then(|comment| comment.split_once("*/"))
    {
        rest = after.trim_start();
    }
    text.len() - rest.len()
}
