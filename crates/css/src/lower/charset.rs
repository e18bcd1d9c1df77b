//! Writes characters beyond ASCII as escapes, so that the encoding of the page and of the server
//! does not matter. With `Charset::Utf8`, only characters are escaped that end a line for readers
//! of source maps but not in CSS.

use bundle_base::{
    config::Charset,
    mapped_text::{Edit, MappedText},
};

use super::theme_header;

/// Returns the stylesheet with the characters that `charset` does not allow as escapes. An escape
/// means its character in names, strings and addresses. In a comment it would be text, so the
/// header of a theme stays as it is.
pub(super) fn escaped(stylesheet: &MappedText, charset: Charset) -> MappedText {
    let text = stylesheet.text();
    if text.is_ascii() {
        return stylesheet.edited(&[]);
    }
    let is_escaped = |c: char| match charset {
        Charset::Ascii => !c.is_ascii(),
        Charset::Utf8 => matches!(c, '\u{2028}' | '\u{2029}'),
    };
    let header = theme_header::range(text);
    let beyond = text.char_indices().filter(|(at, c)| is_escaped(*c) && !header.contains(at));
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
