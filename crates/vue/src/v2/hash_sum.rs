//! The short hash that names custom properties in production, and the id of scoped styles. It
//! equals the hash of npm's `hash-sum`, so that styles compiled elsewhere fit.

/// Returns the hash of a text: what `hash-sum` folds for a string without a key.
pub(super) fn hash_sum(text: &str) -> String {
    let folded = ["", "[object String]", "string", text].into_iter().fold(0, fold);
    format!("{folded:08x}")
}

/// JavaScript's arithmetic: signed 32 bits inside the loop, more after it.
fn fold(hash: i64, text: &str) -> i64 {
    if text.is_empty() {
        return hash;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`hash << 5` takes the low 32 bits in JavaScript"
    )]
    let start = hash as i32;
    let mut units = text.encode_utf16();
    // The first subtraction uses the whole number, and only its result is cut to 32 bits.
    let first = i64::from(units.next().unwrap_or_default());
    #[expect(clippy::cast_possible_truncation, reason = "`| 0`")]
    let start = (i64::from(start.wrapping_shl(5)) - hash + first) as i32;
    let folded = units.fold(start, |hash, unit| {
        hash.wrapping_shl(5).wrapping_sub(hash).wrapping_add(i32::from(unit))
    });
    if folded < 0 { i64::from(folded) * -2 } else { i64::from(folded) }
}
