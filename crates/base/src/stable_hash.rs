//! A hash for outputs, which is the same on every machine and in every version.

/// Hashes bytes with FNV-1a. The hash of our tables differs on machines with 32-bit words.
pub fn stable_hash(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
