//! Characters beyond ASCII as escapes, so that the encoding of the page and of the server does not
//! matter; of others only those that end a line for readers of source maps, and none in CSS.

use bundle_base::{
    config::Charset,
    woven::{Edit, Woven},
};

/// The same sheet with the characters that are wanted. An escape means its character in names,
/// strings and addresses.
pub(super) fn escaped(sheet: &Woven, charset: Charset) -> Woven {
    let text = sheet.text();
    if text.is_ascii() {
        return sheet.edited(&[]);
    }
    let is_escaped = |c: char| match charset {
        Charset::Ascii => !c.is_ascii(),
        Charset::Utf8 => matches!(c, '\u{2028}' | '\u{2029}'),
    };
    let beyond = text.char_indices().filter(|(_, c)| is_escaped(*c));
    let edits = beyond.map(|(at, c)| {
        let end = at + c.len_utf8();
        // What follows would be taken for a part of the number, or for its end.
        let needs_end = text[end..]
            .starts_with(|next: char| next.is_ascii_hexdigit() || next.is_ascii_whitespace());
        let space = if needs_end { " " } else { "" };
        Edit::replace(at..end, format!("\\{:x}{space}", u32::from(c)))
    });
    sheet.edited(&edits.collect::<Vec<_>>())
}
