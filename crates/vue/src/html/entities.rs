//! Decodes character references. In attributes five of them are known; in texts all that HTML has,
//! with and without semicolon.

use crate::mapped_code::MappedCode;

/// Decodes the value of an attribute. Only `&lt;`, `&gt;`, `&quot;`, `&amp;` and `&#39;` are
/// decoded: `&nbsp;` stays as written.
pub(crate) fn decode_attribute(raw: MappedCode) -> MappedCode {
    const KNOWN: [(&str, &str); 5] =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&"), ("&#39;", "'")];
    decode(raw, |reference| {
        let (written, meant) = KNOWN.iter().find(|(written, _)| reference.starts_with(written))?;
        Some((written.len(), (*meant).to_owned()))
    })
}

/// Decodes a text. As in browsers, `&copy` needs no semicolon, and numbers of Windows-1252
/// characters mean those characters.
pub(crate) fn decode_text(raw: MappedCode) -> MappedCode {
    decode(raw, |reference| {
        let length = reference_length(reference);
        let meant = htmlize::unescape(&reference[..length]);
        (meant != reference[..length]).then(|| (length, meant.into_owned()))
    })
}

/// Replaces references by their meaning. `known`: for a text that begins with `&`, returns the
/// length of the reference and what it means, or `None` if it is not a reference.
fn decode(raw: MappedCode, known: impl Fn(&str) -> Option<(usize, String)>) -> MappedCode {
    let text = raw.text();
    if !text.as_bytes().contains(&b'&') {
        return raw;
    }
    let mut decoded = MappedCode::default();
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = text[at..].find('&') {
        let start = at + found;
        let Some((length, meant)) = known(&text[start..]) else {
            at = start + 1;
            continue;
        };
        decoded.push_slice(&raw, copied..start);
        decoded.push_made_of(&meant, raw.origin(start));
        at = start + length;
        copied = at;
    }
    decoded.push_slice(&raw, copied..text.len());
    decoded
}

/// Returns the length of what may be a reference at the start of a text.
fn reference_length(text: &str) -> usize {
    let after = &text[1..];
    let digits =
        after.strip_prefix('#').map(|number| number.strip_prefix(['x', 'X']).unwrap_or(number));
    let rest = digits.unwrap_or(after).trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    text.len() - rest.strip_prefix(';').unwrap_or(rest).len()
}
