//! Lists of names in sentences.

/// The most names that a list shows.
const SHOWN: usize = 5;

/// Joins names with commas, and counts those that are not shown.
pub fn listed(all: &[impl AsRef<str>]) -> String {
    let shown: Vec<&str> = all.iter().take(SHOWN).map(AsRef::as_ref).collect();
    let more = all.len().saturating_sub(SHOWN);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}
