//! Characters beyond ASCII as escapes, so that the encoding of the page and of the server does not matter.

use bundle_base::woven::{Edit, Woven};

/// The same sheet in ASCII. An escape means its character in names, strings and addresses.
pub(super) fn escaped(sheet: &Woven) -> Woven {
    let text = sheet.text();
    if text.is_ascii() {
        return sheet.edited(&[]);
    }
    let beyond = text.char_indices().filter(|(_, c)| !c.is_ascii());
    let edits = beyond.map(|(at, c)| {
        let end = at + c.len_utf8();
        // What follows would be taken for a part of the number, or for its end.
        let needs_end = text[end..].starts_with(|next: char| next.is_ascii_hexdigit() || next.is_ascii_whitespace());
        let space = if needs_end { " " } else { "" };
        Edit::replace(at..end, format!("\\{:x}{space}", u32::from(c)))
    });
    sheet.edited(&edits.collect::<Vec<_>>())
}
