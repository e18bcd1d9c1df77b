//! Decodes the bytes of a file to text. Sources are UTF-8; a byte order mark is removed, and
//! selects UTF-8 or UTF-16. Other bytes are decoded as `sourceCharset` says, or are an error that
//! guesses the encoding, because "invalid byte at 17" helps no user.

use std::sync::Arc;

use camino::Utf8Path;

use crate::{diagnostic::Diagnostic, source::Source};

mod charset; // which encoding is read, and why bytes are not text
mod messages; // the error for bytes that are not text

pub use charset::{DecodeError, SourceCharset};

/// Decodes a file's bytes to a source, or reports why they are not text. `name`: the file's display
/// name.
pub fn source(
    path: &Utf8Path,
    name: &str,
    bytes: &[u8],
    charset: SourceCharset,
) -> Result<Arc<Source>, Box<Diagnostic>> {
    match decode(bytes, charset) {
        Ok(text) => Ok(Source::new(path, name, text)),
        Err(error) => Err(Box::new(messages::not_utf8(
            &Source::new(path, name, decode_lossy(bytes)),
            &error,
            charset,
        ))),
    }
}

/// Decodes a file without its byte order mark. NUL characters and line ends are kept.
pub fn decode(bytes: &[u8], charset: SourceCharset) -> Result<String, DecodeError> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest, 3),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes, "UTF-16LE"),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes, "UTF-16BE"),
        _ => utf8(bytes, 0).or_else(|error| charset.decode(bytes).ok_or(error)),
    }
}

/// Decodes bytes for an excerpt in a diagnostic: every invalid sequence is replaced.
pub fn decode_lossy(bytes: &[u8]) -> String {
    decode(bytes, SourceCharset::UTF_8)
        .unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
}

fn utf8(bytes: &[u8], mark: usize) -> Result<String, DecodeError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            Err(DecodeError { offset: mark + error.valid_up_to(), looks_like: guess(bytes) })
        }
    }
}

fn utf16(
    bytes: &[u8],
    unit: fn([u8; 2]) -> u16,
    name: &'static str,
) -> Result<String, DecodeError> {
    let pairs = bytes.chunks_exact(2);
    let is_odd = !pairs.remainder().is_empty();
    let units = pairs.map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len());
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok(c) => text.push(c),
            Err(_) => {
                return Err(DecodeError {
                    offset: 2 + utf16_length(&text),
                    looks_like: Some(name),
                });
            }
        }
    }
    if is_odd {
        Err(DecodeError { offset: 1 + bytes.len(), looks_like: Some(name) })
    } else {
        Ok(text)
    }
}

fn utf16_length(text: &str) -> usize {
    2 * text.chars().map(char::len_utf16).sum::<usize>()
}

/// The encoding of Windows for Western Europe, Latin-1 with more signs.
const WESTERN: &str = "windows-1252";

/// The number of bytes that are examined: enough to guess the encoding, and a large binary file is
/// not read to its end.
const SAMPLE: usize = 4096;

/// Guesses the encoding. It checks which multi-byte grammar the bytes above ASCII fit, and whether
/// they are in the range of the language's common characters: Hangul for EUC-KR, kana for
/// `Shift_JIS`.
fn guess(bytes: &[u8]) -> Option<&'static str> {
    if let Some(name) = guess_utf16(bytes) {
        return Some(name);
    }
    if bytes.iter().take(SAMPLE).any(|&b| b == 0) {
        // Text in any of the encodings below has no NUL, so this is an image or an archive.
        return None;
    }
    let euc = double_bytes(
        bytes,
        |lead| (0xA1..=0xFE).contains(&lead),
        |trail| (0xA1..=0xFE).contains(&trail),
    );
    // Windows' superset of EUC-KR, with syllables that the standard left out.
    let cp949 = double_bytes(
        bytes,
        |lead| (0x81..=0xFE).contains(&lead),
        |trail| matches!(trail, 0x41..=0x5A | 0x61..=0x7A | 0x81..=0xFE),
    );
    let sjis = double_bytes(
        bytes,
        |lead| (0x81..=0x9F).contains(&lead) || (0xE0..=0xFC).contains(&lead),
        |trail| (0x40..=0x7E).contains(&trail) || (0x80..=0xFC).contains(&trail),
    );
    if let Some(leads) = &euc {
        return Some(if mostly(leads, |lead| (0xB0..=0xC8).contains(&lead)) {
            "EUC-KR"
        } else if mostly(leads, |lead| matches!(lead, 0xA4 | 0xA5)) {
            "EUC-JP"
        } else if has_lone_pairs(bytes) {
            WESTERN
        } else {
            "GBK"
        });
    }
    if cp949.is_some_and(|leads| mostly(&leads, |lead| (0xB0..=0xC8).contains(&lead))) {
        return Some("EUC-KR");
    }
    if sjis.is_some_and(|leads| mostly(&leads, |lead| (0x81..=0x9F).contains(&lead))) {
        return Some("Shift_JIS");
    }
    let high = bytes.iter().filter(|b| **b >= 0x80).take(SAMPLE);
    // Letters of Western Europe and the quotation marks of Windows; binary data has control
    // characters too.
    let has_controls = bytes.iter().take(SAMPLE).any(|b| *b < 0x09 || (0x0E..0x20).contains(b));
    let mut western = high.map(|b| *b >= 0xA0 || matches!(b, 0x80 | 0x85 | 0x91..=0x97 | 0x99));
    (!has_controls && western.all(|fits| fits)).then_some(WESTERN)
}

/// Whether all bytes above ASCII are pairs within words, as in `größe`. Texts in other scripts have
/// more of them in a row.
fn has_lone_pairs(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let mut runs = sample.chunk_by(|one, other| one.is_ascii() == other.is_ascii()).peekable();
    let mut is_after_letter = false;
    while let Some(run) = runs.next() {
        if run[0].is_ascii() {
            is_after_letter = run.last().is_some_and(u8::is_ascii_alphabetic);
            continue;
        }
        let is_before_letter = runs.peek().is_some_and(|next| next[0].is_ascii_alphabetic());
        if run.len() != 2 || !(is_after_letter || is_before_letter) {
            return false;
        }
    }
    true
}

/// Guesses UTF-16 without a byte order mark: in mostly ASCII text every second byte is zero.
fn guess_utf16(bytes: &[u8]) -> Option<&'static str> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let many = sample.len() / 4;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > many => Some("UTF-16LE"),
        (even, 0) if even > many => Some("UTF-16BE"),
        _ => None,
    }
}

/// Returns the lead bytes; `None` if a byte above ASCII is not part of a pair of this grammar.
fn double_bytes(
    bytes: &[u8],
    is_lead: fn(u8) -> bool,
    is_trail: fn(u8) -> bool,
) -> Option<Vec<u8>> {
    let mut leads = Vec::new();
    let mut rest = bytes.iter().copied();
    while let Some(byte) = rest.next() {
        if byte < 0x80 {
            continue;
        }
        // Half-width kana are single bytes in Shift_JIS, and no lead bytes there.
        if !is_lead(byte) || !is_trail(rest.next()?) {
            return None;
        }
        leads.push(byte);
        if leads.len() == SAMPLE {
            break;
        }
    }
    (!leads.is_empty()).then_some(leads)
}

fn mostly(leads: &[u8], is_common: fn(u8) -> bool) -> bool {
    leads.iter().filter(|lead| is_common(**lead)).count() * 10 >= leads.len() * 6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
        super::decode(bytes, SourceCharset::UTF_8)
    }

    fn looks_like(bytes: &[u8]) -> Option<&'static str> {
        decode(bytes).expect_err("it is not UTF-8").looks_like
    }

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(decode(b"\xEF\xBB\xBFvar a"), Ok("var a".to_owned()));
        assert_eq!(decode(b"\xFF\xFEa\0\x3D\xD8\x00\xDE"), Ok("a\u{1F600}".to_owned()));
        assert_eq!(decode(b"\xFE\xFF\0a\0\n"), Ok("a\n".to_owned()));
        assert_eq!(decode(b""), Ok(String::new()));
        assert_eq!(decode(b"a\0b\r\n"), Ok("a\0b\r\n".to_owned()));
    }

    #[test]
    fn only_what_is_not_utf_8_is_in_another_charset() {
        let charset = SourceCharset::named("euc-kr").expect("there is one");
        let decode = |bytes| super::decode(bytes, charset);
        assert_eq!(decode(b"\xC7\xD1\xB1\xDB"), Ok("\u{D55C}\u{AE00}".to_owned()));
        assert_eq!(decode("\u{D55C}\u{AE00}".as_bytes()), Ok("\u{D55C}\u{AE00}".to_owned()));
        assert_eq!(decode(b"a\xFF").map_err(|error| error.offset), Err(1));
        assert_eq!(SourceCharset::named("utf8"), Some(SourceCharset::UTF_8));
        assert_eq!(SourceCharset::named("iso-2022-kr"), None);
    }

    #[test]
    fn bad_bytes_are_placed() {
        assert_eq!(decode(b"ab\xFF"), Err(DecodeError { offset: 2, looks_like: Some(WESTERN) }));
        assert_eq!(decode(b"\xEF\xBB\xBFa\xC3(").map_err(|e| e.offset), Err(4));
        assert_eq!(decode(b"\xFF\xFEa\0b").map_err(|e| e.offset), Err(4));
        assert_eq!(decode(b"\xFF\xFEa\0\x00\xDCb\0").map_err(|e| e.offset), Err(4));
    }

    #[test]
    fn encodings_are_guessed() {
        // "안녕하세요" in EUC-KR, "こんにちは" in Shift_JIS and EUC-JP, "café" in Latin-1.
        assert_eq!(
            looks_like(b"// \xBE\xC8\xB3\xE7\xC7\xCF\xBC\xBC\xBF\xE4\nvar a;"),
            Some("EUC-KR")
        );
        assert_eq!(looks_like(b"// \x82\xB1\x82\xF1\x82\xC9\x82\xBF\x82\xCD"), Some("Shift_JIS"));
        assert_eq!(looks_like(b"// \xA4\xB3\xA4\xF3\xA4\xCB\xA4\xC1\xA4\xCF"), Some("EUC-JP"));
        assert_eq!(looks_like(b"caf\xE9 au lait"), Some(WESTERN));
        assert_eq!(looks_like(b"let gr\xF6\xDFe = 1;"), Some(WESTERN));
        assert_eq!(looks_like(b"v\0a\0r\0 \0\xE9\0"), Some("UTF-16LE"));
        assert_eq!(looks_like(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), None);
    }
}
