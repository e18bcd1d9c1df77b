//! Character references. Attributes know five of them; texts know all that HTML has, with and
//! without semicolon.

use crate::code::Code;

/// The value of an attribute. Only what an attribute needs is decoded: `&nbsp;` stays as it is
/// written.
pub(crate) fn decode_attribute(raw: Code) -> Code {
    const KNOWN: [(&str, &str); 5] =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&"), ("&#39;", "'")];
    decode(raw, |reference| {
        let (written, meant) = KNOWN.iter().find(|(written, _)| reference.starts_with(written))?;
        Some((written.len(), (*meant).to_owned()))
    })
}

/// A text. As in browsers, `&copy` needs no semicolon, and numbers of Windows' characters mean
/// these.
pub(crate) fn decode_text(raw: Code) -> Code {
    decode(raw, |reference| {
        let length = reference_length(reference);
        let meant = htmlize::unescape(&reference[..length]);
        (meant != reference[..length]).then(|| (length, meant.into_owned()))
    })
}

/// `known`: of a text that begins with `&`, how much is a reference, and what it means.
fn decode(raw: Code, known: impl Fn(&str) -> Option<(usize, String)>) -> Code {
    let text = raw.text();
    if !text.as_bytes().contains(&b'&') {
        return raw;
    }
    let mut decoded = Code::default();
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

/// How far what might be a reference reaches.
fn reference_length(text: &str) -> usize {
    let after = &text[1..];
    let digits =
        after.strip_prefix('#').map(|number| number.strip_prefix(['x', 'X']).unwrap_or(number));
    let rest = digits.unwrap_or(after).trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    text.len() - rest.strip_prefix(';').unwrap_or(rest).len()
}
