//! Sizes as people read them.

/// Returns a size in B, kB or MB.
pub fn size(bytes: u64) -> String {
    // The number is only shown, so the loss of precision does not matter.
    #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
    let kilo = bytes as f64 / 1000.0;
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{kilo:.1} kB"),
        _ => format!("{:.2} MB", kilo / 1000.0),
    }
}

/// Returns the difference of two sizes: `+1.2 kB`, `-300 B`, or an empty text if they are equal.
pub fn change(before: u64, now: u64) -> String {
    match now.cmp(&before) {
        std::cmp::Ordering::Greater => format!("+{}", size(now - before)),
        std::cmp::Ordering::Less => format!("-{}", size(before - now)),
        std::cmp::Ordering::Equal => String::new(),
    }
}
