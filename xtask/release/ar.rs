//! The format of Unix's `ar`, which is the outer one of Debian's packages.

/// Returns an archive of members in this order.
pub fn ar(members: &[(&str, Vec<u8>)], time: u64) -> Vec<u8> {
    let mut archive = b"!<arch>\n".to_vec();
    for (name, bytes) in members {
        let length = bytes.len();
        let header = format!("{name:<16}{time:<12}{:<6}{:<6}{:<8}{length:<10}`\n", 0, 0, 100_644);
        archive.extend(header.as_bytes());
        archive.extend(bytes);
        if length % 2 == 1 {
            archive.push(b'\n');
        }
    }
    archive
}
