//! Typing mistakes: whether one word was probably meant to be another.

use bundle_base::diagnostic::typing_mistakes;

/// Returns how many letters occur in only one of two words; the true number may be larger. A typing
/// mistake accounts for two at most.
fn differing_letters(one: &str, other: &str) -> usize {
    let set = |word: &str| {
        word.chars().fold(0_u64, |set, letter| set | 1 << (u32::from(letter) % u64::BITS))
    };
    usize::try_from((set(one) ^ set(other)).count_ones()).expect("there are 64 bits")
}

/// Whether one word was probably meant to be the other: letters are wrong, missing, superfluous or
/// exchanged. If one word begins or ends with the other (`items` and `item`, `b-table` and
/// `table`), or if they differ only in digits, they are different words.
pub(super) fn is_slip(written: &str, meant: &str) -> bool {
    let letters = [written, meant].map(|word| word.chars().count());
    let allowed = match letters[0].min(letters[1]) {
        0..=3 => return false,
        4..=9 => 1,
        _ => 2,
    };
    if letters[0].abs_diff(letters[1]) > allowed || differing_letters(written, meant) > 2 * allowed
    {
        return false;
    }
    let without_digits = |word: &str| word.replace(|c: char| c.is_ascii_digit(), "");
    let contains = |word: &str, other: &str| word.starts_with(other) || word.ends_with(other);
    let is_longer = contains(written, meant) || contains(meant, written);
    !is_longer
        && without_digits(written) != without_digits(meant)
        && typing_mistakes(written, meant) <= allowed
}
