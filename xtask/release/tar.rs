//! Archives in the format of POSIX.1-1988 (ustar), which everything reads: sorted, owned by root,
//! with one time for all entries.

use std::collections::BTreeSet;

use crate::entry::Entry;

const BLOCK: usize = 512;

/// Returns an archive of files with their folders.
pub fn tar(entries: &[Entry], time: u64) -> Vec<u8> {
    let mut folders = BTreeSet::new();
    for entry in entries {
        let ends = entry.path.match_indices('/').map(|(at, _)| at + 1);
        folders.extend(ends.map(|end| &entry.path[..end]));
    }
    let mut sorted: Vec<(&str, Option<&Entry>)> =
        folders.into_iter().map(|folder| (folder, None)).collect();
    sorted.extend(entries.iter().map(|entry| (entry.path.as_str(), Some(entry))));
    sorted.sort_by_key(|(path, _)| *path);
    let mut archive = Vec::new();
    for (path, entry) in sorted {
        let (bytes, mode) = entry.map_or((&[][..], 0o755), |entry| (&entry.bytes, entry.mode()));
        archive.extend(header(path, mode, (bytes.len(), time)));
        archive.extend(bytes);
        archive.resize(archive.len().next_multiple_of(BLOCK), 0);
    }
    // Two empty blocks end it.
    archive.resize(archive.len() + 2 * BLOCK, 0);
    archive
}

fn header(path: &str, mode: u32, (length, time): (usize, u64)) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let mut put = |at: usize, text: &[u8]| block[at..at + text.len()].copy_from_slice(text);
    assert!(path.len() <= 100, "{path} is too long for this format");
    put(0, path.as_bytes());
    put(100, format!("{mode:07o}\0{:07o}\0{:07o}\0", 0, 0).as_bytes());
    put(124, format!("{length:011o}\0{time:011o}\0").as_bytes());
    put(148, b"        ");
    put(156, if path.ends_with('/') { b"5" } else { b"0" });
    put(257, b"ustar\x0000");
    put(265, b"root");
    put(297, b"root");
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, tar};
    use crate::entry::Entry;

    #[test]
    fn entries_are_sorted_and_have_their_folders() {
        let archive = tar(
            &[Entry::text("d/b", "two"), Entry::program("d/a", "one"), Entry::text("c", "")],
            7,
        );
        let path = |at: usize| {
            let name = &archive[at * BLOCK..at * BLOCK + 100];
            String::from_utf8_lossy(name).trim_end_matches('\0').to_owned()
        };
        assert_eq!([path(0), path(1), path(2), path(4)], ["c", "d/", "d/a", "d/b"]);
        assert_eq!(&archive[2 * BLOCK + 100..2 * BLOCK + 107], b"0000755");
        assert_eq!(&archive[2 * BLOCK + 136..2 * BLOCK + 147], b"00000000007");
        assert_eq!(archive.len(), 8 * BLOCK);
    }
}
