//! Compression. The headers hold neither a time nor a system.

use std::io::Write as _;

use flate2::{Compression, GzBuilder, write::DeflateEncoder};

/// Says that the system is not known.
const UNKNOWN_SYSTEM: u8 = 255;

/// Compresses as gzip does.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let builder = GzBuilder::new().mtime(0).operating_system(UNKNOWN_SYSTEM);
    let mut encoder = builder.write(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

/// Compresses without a header, for zip files.
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}
