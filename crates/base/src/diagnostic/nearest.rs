//! Finds the name that was probably meant, for suggestions.

/// Returns the candidate nearest to `name` by edit distance, if it is near enough to be what was
/// meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = match name.chars().count() {
        0..=2 => 1,
        3..=5 => 2,
        _ => 3,
    };
    let distance = |c: &str| typing_mistakes(name, c);
    let (best, how_far) =
        candidates.into_iter().map(|c| (c, distance(c))).min_by_key(|(_, d)| *d)?;
    (how_far <= limit && how_far < name.chars().count()).then_some(best)
}

/// Returns the number of typing mistakes between two words: letters that are wrong, missing, added
/// or swapped.
pub fn typing_mistakes(written: &str, meant: &str) -> usize {
    strsim::damerau_levenshtein(written, meant)
}
