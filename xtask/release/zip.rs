//! Archives for Windows, in the form of PKZIP 2.0. Times are those of the release in UTC; the
//! permissions of Unix are kept for those who unpack it there.

use crate::{compress, entry::Entry, time};

/// Made by version 2.0 of the format, on Unix.
const MADE_BY: u16 = 0x0314;
const NEEDED: u16 = 20;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
const DEFLATED: u16 = 8;
/// Says that a file is regular, in the permissions of Unix.
const REGULAR: u32 = 0o100_000;

/// Returns an archive of files, sorted.
pub fn zip(entries: &[Entry], seconds: u64) -> Vec<u8> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by_key(|entry| &entry.path);
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for entry in &sorted {
        let packed = compress::deflate(&entry.bytes);
        let offset = size(archive.len());
        let about = about(entry, packed.len(), seconds);
        archive.extend(*b"PK\x03\x04");
        archive.extend(&about);
        archive.extend(entry.path.as_bytes());
        archive.extend(packed);
        directory.extend(*b"PK\x01\x02");
        directory.extend(MADE_BY.to_le_bytes());
        directory.extend(about);
        // No comment, the first disk, no text attribute.
        directory.extend([0; 6]);
        directory.extend(((REGULAR | entry.mode()) << 16).to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(entry.path.as_bytes());
    }
    let (start, count) = (size(archive.len()), small(sorted.len()));
    archive.extend(&directory);
    archive.extend(*b"PK\x05\x06\0\0\0\0");
    archive.extend(count.to_le_bytes());
    archive.extend(count.to_le_bytes());
    archive.extend(size(directory.len()).to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0; 2]);
    archive
}

/// Returns what both headers of a file say.
fn about(entry: &Entry, packed: usize, seconds: u64) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(&entry.bytes);
    let (day, clock) = time::of_dos(seconds);
    let mut about = Vec::new();
    for number in [NEEDED, FLAGS, DEFLATED, clock, day] {
        about.extend(number.to_le_bytes());
    }
    for number in [crc.sum(), size(packed), size(entry.bytes.len())] {
        about.extend(number.to_le_bytes());
    }
    about.extend(small(entry.path.len()).to_le_bytes());
    about.extend([0; 2]);
    about
}

fn size(length: usize) -> u32 {
    u32::try_from(length).expect("no artefact has four gigabytes")
}

fn small(count: usize) -> u16 {
    u16::try_from(count).expect("there are few files, with short names")
}
