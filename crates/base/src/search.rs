//! Looks for words in source texts. Every module is searched for several words, and this is several
//! times as fast as the search of the standard library.

use memchr::memmem;

/// Whether a text contains a word.
pub fn contains(text: &str, word: &str) -> bool {
    memmem::find(text.as_bytes(), word.as_bytes()).is_some()
}

/// Returns the texts after each occurrence of a word.
pub fn texts_after<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = &'t str> {
    places(text, word).map(|at| &text[at + word.len()..])
}

/// Returns the byte offsets at which a word occurs.
pub fn places<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> {
    memmem::find_iter(text.as_bytes(), word.as_bytes())
}
