//! `SHA256SUMS`, over all artefacts of a folder, those of other hosts included.

use std::fmt::Write as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::release;

const NAME: &str = "SHA256SUMS";

/// Returns a checksum as hexadecimal digits.
pub fn of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Writes the checksums, and returns the artefacts with their sizes.
pub fn write(out: &Path) -> Result<String, String> {
    let (mut sums, mut sizes) = (String::new(), String::new());
    for name in release::names(out)?.iter().filter(|name| *name != NAME) {
        let bytes = release::read(&out.join(name))?;
        let _ = writeln!(sums, "{}  {name}", of(&bytes));
        let _ = writeln!(sizes, "{:>11}  {name}", bytes.len());
    }
    release::write(&out.join(NAME), sums.as_bytes())?;
    Ok(sizes.trim_end().to_owned())
}
