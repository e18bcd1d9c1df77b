//! The bytes of a segment as they are sent: compressed by Brotli, which makes a pack a tenth as
//! large for less time than the network would take for the rest.

use std::io::Read as _;

use brotli::{Decompressor, enc::BrotliEncoderParams};

/// Compresses an eighth better than 4, for half a second more for each 100 MB of packs.
const QUALITY: i32 = 5;
/// The window is as large as a segment usually is: 4 MiB.
const WINDOW: i32 = 22;

/// Compresses a pack.
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let settings = BrotliEncoderParams {
        quality: QUALITY,
        lgwin: WINDOW,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &settings)
        .expect("writing to memory does not fail");
    packed
}

/// Decompresses a pack of `length` bytes; `None`: it has another length, or is not such a pack.
pub fn unpacked(bytes: &[u8], length: u64) -> Option<Vec<u8>> {
    let mut pack = Vec::with_capacity(usize::try_from(length).ok()?);
    let reader = Decompressor::new(bytes, 1 << 16);
    reader.take(length + 1).read_to_end(&mut pack).ok()?;
    (pack.len() as u64 == length).then_some(pack)
}
