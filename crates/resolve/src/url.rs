//! Specifiers that are URLs: a `data:` URL contains its module; an address on the network is
//! external.

/// A decoded `data:` URL.
#[derive(Debug, PartialEq, Eq)]
pub struct DataUrl {
    /// The media type without parameters.
    pub mime: String,
    /// The decoded contents.
    pub bytes: Vec<u8>,
}

/// Whether a specifier is `http://`, `https://` or `//host/…`, which the page fetches itself.
pub fn is_remote(specifier: &str) -> bool {
    let has = |scheme: &str| {
        specifier.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    has("//") || has("http://") || has("https://")
}

/// Decodes a `data:` URL. `None`: the specifier is not one. `Err`: what is wrong with it.
pub fn data(specifier: &str) -> Option<Result<DataUrl, &'static str>> {
    let (scheme, rest) = specifier.split_at_checked(5)?;
    scheme.eq_ignore_ascii_case("data:").then(|| parse_data(rest))
}

fn parse_data(rest: &str) -> Result<DataUrl, &'static str> {
    let (head, body) = rest.split_once(',').ok_or("it has no comma before its contents")?;
    let mut fields = head.split(';');
    let mime = fields.next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_base64 = fields.any(|field| field.trim().eq_ignore_ascii_case("base64"));
    let bytes = unescape(body);
    let bytes =
        if is_base64 { base64(&bytes).ok_or("its contents are not valid base64")? } else { bytes };
    let mime = if mime.contains('/') { mime } else { "text/plain".to_owned() };
    Ok(DataUrl { mime, bytes })
}

/// Decodes percent escapes as in URLs; invalid escapes are kept.
pub fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        match (first, tail) {
            (b'%', [high, low, after @ ..])
                if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                bytes.push(hex(*high) * 16 + hex(*low));
                rest = after;
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    bytes
}

fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit - b'A' + 10,
    }
}

/// Decodes base64 as leniently as browsers do: standard or URL alphabet, optional padding, white
/// space skipped. `None` if it is invalid.
fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut buffer, mut bits) = (0u32, 0u32);
    let end = text
        .iter()
        .rposition(|b| *b != b'=' && !b.is_ascii_whitespace())
        .map_or(0, |last| last + 1);
    let digits = text[..end].iter().filter(|b| !b.is_ascii_whitespace());
    let mut count = 0;
    for digit in digits {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        count += 1;
        buffer = (buffer << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((buffer >> bits) & 0xFF).expect("masked to eight bits"));
        }
    }
    (count % 4 != 1).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{DataUrl, data, is_remote};

    fn parsed(specifier: &str) -> (String, String) {
        let DataUrl { mime, bytes } =
            data(specifier).expect("it is a data: URL").expect("it is a good one");
        (mime, String::from_utf8(bytes).expect("it is text"))
    }

    #[test]
    fn data_urls_are_decoded() {
        let pair = |mime: &str, text: &str| (mime.to_owned(), text.to_owned());
        assert_eq!(
            parsed("data:text/javascript,export%20default%201"),
            pair("text/javascript", "export default 1")
        );
        assert_eq!(
            parsed("DATA:text/javascript;charset=utf-8;base64,YSA9IDE="),
            pair("text/javascript", "a = 1")
        );
        assert_eq!(parsed("data:application/json;base64,e30"), pair("application/json", "{}"));
        assert_eq!(parsed("data:,100%"), pair("text/plain", "100%"));
        assert_eq!(data("data:text/javascript"), Some(Err("it has no comma before its contents")));
        assert_eq!(data("data:;base64,a"), Some(Err("its contents are not valid base64")));
        assert_eq!(data("./data"), None);
    }

    #[test]
    fn remote_addresses_are_recognised() {
        assert!(is_remote("https://cdn.example.com/x.js"));
        assert!(is_remote("HTTP://example.com"));
        assert!(is_remote("//cdn.example.com/x.js"));
        assert!(!is_remote("/x.js"));
        assert!(!is_remote("https"));
    }
}
