//! Files that are used as they are: images, fonts, and whatever else a script or a stylesheet
//! refers to. A small one is inlined as a `data:` URL; any other is copied into the output folder
//! under a name that depends on its contents.

use std::{
    fmt::Write,
    hash::{Hash, Hasher},
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256, Sha384};

use crate::config::AssetsConfig;

mod kinds; // files that may be imported without a query, and media types
mod messages; // the error for a file that is never published
mod private; // files that are never published

pub use kinds::is_known;
use kinds::media_type;
pub use messages::private_file;
pub use private::{Private, by_extension, private};

/// A file for the output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Identifies the contents.
    pub hash: ContentHash,
    /// The name that users see.
    pub name: Arc<str>,
    /// The path of the copy relative to the output folder, unless another file with the same
    /// contents already has one.
    pub path: Arc<str>,
    /// The contents.
    pub bytes: Arc<Vec<u8>>,
}

/// Identifies contents: the first 16 bytes of their SHA-256. Displayed as hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ContentHash([u8; 16]);

/// Where pages find the contents of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// In the address itself: a `data:` URL.
    Inline(Arc<str>),
    /// In a file of the output folder.
    File(Arc<Asset>),
}

/// The form in which a request wants a file, by its query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Inlined or as a file, whichever its size suggests.
    Either,
    /// `?url`: as a file.
    File,
    /// `?inline`: as a `data:` URL.
    Inline,
}

impl Wanted {
    /// Parses a query; `None`: it contains neither word.
    pub fn of(query: &str) -> Option<Self> {
        [("url", Self::File), ("inline", Self::Inline)]
            .into_iter()
            .find(|(flag, _)| has_flag(query, flag))
            .map(|(_, wanted)| wanted)
    }
}

/// Whether a query contains a word: `raw` is in `?raw` and in `?v=1&raw`.
pub fn has_flag(query: &str, flag: &str) -> bool {
    if query.is_empty() {
        return false;
    }
    let query = query.split('#').next().unwrap_or(query);
    query.trim_start_matches('?').split('&').any(|part| part == flag)
}

/// The prefix of a placeholder, which is followed by a `ContentHash`. It takes the place of a
/// file's address in a stylesheet, because the address depends on where the stylesheet is written.
pub const PLACEHOLDER: &str = "bundle-asset:";

/// Decides whether a file is inlined or copied, and returns its address. `name`: the name that
/// users see.
pub fn address(name: &str, bytes: &Arc<Vec<u8>>, wanted: Wanted, config: &AssetsConfig) -> Address {
    let is_small = bytes.len() < config.inline_below && wanted == Wanted::Either;
    if is_small || wanted == Wanted::Inline {
        return Address::Inline(data_url(name, bytes).into());
    }
    let hash = ContentHash::of(bytes);
    let path = output_path(name, hash, config.names_of(name)).into();
    Address::File(Arc::new(Asset { hash, name: name.into(), path, bytes: Arc::clone(bytes) }))
}

impl ContentHash {
    /// Returns the hash of some contents.
    pub fn of(bytes: &[u8]) -> Self {
        Self::beginning(Sha256::digest(bytes).into())
    }

    /// Returns the hash of everything that a value writes to a hasher. It is the same in every
    /// process and folder.
    pub fn of_value(value: &impl Hash) -> Self {
        let mut hasher = Sha(Sha256::new());
        value.hash(&mut hasher);
        Self::beginning(hasher.0.finalize().into())
    }

    /// The bytes of the hash.
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Makes a hash of its bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    fn beginning(digest: [u8; 32]) -> Self {
        let mut hash = [0; 16];
        hash.copy_from_slice(&digest[..16]);
        Self(hash)
    }

    /// Parses a hash; `None`: there are too few digits, or others than hexadecimal ones.
    pub fn parse(digits: &str) -> Option<Self> {
        let mut hash = [0; 16];
        for (index, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(digits.get(2 * index..2 * index + 2)?, 16).ok()?;
        }
        Some(Self(hash))
    }

    /// The number of hexadecimal digits of a hash.
    pub const DIGITS: usize = 32;
}

/// Collects what a value writes to a hasher; only the full digest is used.
struct Sha(Sha256);

impl Hasher for Sha {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        unreachable!("hashes that people or other processes see have more bits")
    }
}

/// Returns the value of an `integrity` attribute, with which browsers refuse any other contents
/// (Subresource Integrity).
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", base64(&Sha384::digest(bytes)))
}

impl std::fmt::Display for ContentHash {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// Fills in the pattern of an output path: `[dir]`, `[name]`, `[hash]` and `[ext]`, the last with
/// its dot.
fn output_path(name: &str, hash: ContentHash, pattern: &str) -> String {
    let (dir, file) = name.rsplit_once('/').unwrap_or(("", name));
    let (stem, extension) = match file.rfind('.') {
        Some(dot) if dot > 0 => file.split_at(dot),
        Some(_) | None => (file, ""),
    };
    // The name of a file outside the project must not lead out of the output folder.
    let dir: Vec<&str> = dir.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    let digits = hash.to_string();
    let path = pattern
        .replace("[dir]", &dir.join("/"))
        .replace("[name]", stem)
        .replace("[hash]", &digits[..8])
        .replace("[ext]", extension);
    path.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

/// Returns the path of a file without the content hash that is in its name: `img/logo.png` for
/// `img/logo-ba7816bf.png`. `None`: its name has no hash of its contents.
pub fn path_without_hash(path: &str, bytes: &[u8]) -> Option<String> {
    let digits = ContentHash::of(bytes).to_string();
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    let at = name + path[name..].find(&digits[..8])?;
    let separators = ['-', '.', '_'];
    let (before, after) = (path[..at].trim_end_matches(separators), &path[at + 8..]);
    if before.len() > name {
        return Some(format!("{before}{after}"));
    }
    let after = after.trim_start_matches(separators);
    after.contains('.').then(|| format!("{}{after}", &path[..name]))
}

/// Fills in the pattern of a symbol's id: `[dir]` and `[name]`. Characters that would need an
/// escape in an address become dashes.
pub fn symbol_id(name: &str, pattern: &str) -> String {
    let (dir, file) = name.rsplit_once('/').unwrap_or(("", name));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let id = pattern.replace("[dir]", dir).replace("[name]", stem);
    let is_kept = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    id.chars().map(|c| if is_kept(c) { c } else { '-' }).collect()
}

/// Returns a file as a `data:` URL. SVG is written as text, which is shorter than base64.
fn data_url(name: &str, bytes: &[u8]) -> String {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let kind = media_type(extension);
    match std::str::from_utf8(bytes) {
        Ok(text) if kind == "image/svg+xml" => format!("data:{kind},{}", escaped(text)),
        Ok(_) | Err(_) => format!("data:{kind};base64,{}", base64(bytes)),
    }
}

/// Escapes text for an address, quoted or not. White space in SVG is collapsed, unless there is an
/// element in which it counts.
fn escaped(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let keeps_space = ["<text", "<foreignObject", "<style", "<script", "xml:space"]
        .iter()
        .any(|tag| text.contains(tag));
    let blank = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = if keeps_space { text } else { &blank };
    let mut url = String::with_capacity(text.len() + text.len() / 4);
    for byte in text.bytes() {
        match byte {
            b'"' | b'%' | b'#' | b'{' | b'}' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'|' | b'\''
            | b'(' | b')' | b'&' => {
                write!(url, "%{byte:02X}").expect("strings can be written");
            }
            b' '..=b'~' => url.push(char::from(byte)),
            _ => write!(url, "%{byte:02X}").expect("strings can be written"),
        }
    }
    url
}

/// Encodes bytes in base64.
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let is_there = digit <= group.len();
            let value = (bits >> (18 - 6 * digit)) & 63;
            text.push(if is_there { char::from(DIGITS[value as usize]) } else { '=' });
        }
    }
    text
}

/// Escapes a relative path for an address: quoted or not, in a script or a stylesheet.
pub fn encoded(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'/'
            | b'.'
            | b'-'
            | b'_'
            | b'~'
            | b'@'
            | b'+' => {
                address.push(char::from(byte));
            }
            _ => write!(address, "%{byte:02X}").expect("strings can be written"),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_every_length() {
        let all =
            ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(all, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }

    #[test]
    fn addresses_are_ascii_and_end_nowhere_early() {
        assert_eq!(
            encoded("../maps/größe #1 (a).js.map"),
            "../maps/gr%C3%B6%C3%9Fe%20%231%20%28a%29.js.map"
        );
    }

    #[test]
    fn hashes_are_read_as_they_are_written() {
        let hash = ContentHash::of(b"abc");
        assert_eq!(
            hash.to_string(),
            "ba7816bf8f01cfea414140de5dae2223",
            "FIPS 180-2, appendix B.1"
        );
        assert_eq!(ContentHash::parse(&hash.to_string()), Some(hash));
        assert_eq!(ContentHash::parse("ba78"), None);
    }

    #[test]
    fn names_follow_their_pattern_and_stay_in_the_folder() {
        let hash = ContentHash::of(b"abc");
        let path = |name: &str, pattern: &str| output_path(name, hash, pattern);
        assert_eq!(path("img/logo.png", "assets/[name]-[hash][ext]"), "assets/logo-ba7816bf.png");
        let plain = |path: &str| path_without_hash(path, b"abc");
        assert_eq!(plain("assets/logo-ba7816bf.png").as_deref(), Some("assets/logo.png"));
        assert_eq!(plain("assets/ba7816bf-logo.png").as_deref(), Some("assets/logo.png"));
        assert_eq!(plain("assets/ba7816bf.png"), None);
        assert_eq!(plain("assets/logo-00000000.png"), None);
        assert_eq!(path("img/logo.min.png", "[dir]/[name][ext]"), "img/logo.min.png");
        assert_eq!(path("../../x/LICENSE", "[dir]/[name][ext]"), "x/LICENSE");
        assert_eq!(path(".htaccess", "a/[name][ext]"), "a/.htaccess");
    }

    #[test]
    fn svg_is_written_as_text() {
        let url = data_url("a.svg", "<svg a=\"b\">\n  <path d='M0 0'/>ö</svg>\n".as_bytes());
        assert_eq!(
            url,
            "data:image/svg+xml,%3Csvg a=%22b%22%3E %3Cpath d=%27M0 0%27/%3E%C3%B6%3C/svg%3E"
        );
        assert_eq!(data_url("a.gif", b"GIF"), "data:image/gif;base64,R0lG");
    }
}
