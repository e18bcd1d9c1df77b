//! Messages about invalid regular expressions: the regex library's messages in words that need no
//! knowledge of the grammar.

use bundle_base::{Diagnostic, Label};

/// The beginnings of the library's messages, each with ours.
const WORDS: &[(&str, &str)] = &[
    ("Unterminated capturing group", "a group is never closed: a `)` is missing"),
    ("Unterminated", "a group, class, name or escape is never closed"),
    (
        "Could not parse the entire pattern",
        "this does not close anything, or is an escape that the flag `u` does not allow",
    ),
    ("Lone quantifier", "there is nothing to repeat here"),
    ("Invalid braced quantifier", "there is nothing to repeat here"),
    (
        "Numbers out of order in braced quantifier",
        "in `{…}` the first number is greater than the second",
    ),
    ("Number is too large", "this number is too large"),
    (
        "Character class range with invalid atom",
        "a range cannot begin or end with a class such as `\\d`",
    ),
    ("Character", "this range ends before it begins"),
    ("Duplicated capturing group names", "two groups have the same name"),
    ("Group specifier is empty", "no group has this name"),
    ("Invalid named reference", "no group has this name"),
    ("Invalid indexed reference", "no group has this number"),
    ("Invalid unicode property", "this Unicode property does not exist"),
    ("Invalid unicode escape sequence", "this escape is incomplete: write \\u0041 or \\u{1F600}"),
    ("Invalid extended atom escape", "there is nothing to escape after this backslash"),
    (
        "Invalid modifiers",
        "only the modifiers i, m and s are allowed between `(?` and `:`, each once",
    ),
    (
        "Unknown modifiers",
        "`(?` must be followed by `:`, `=`, `!`, `<` or the modifiers i, m and s",
    ),
];

/// An invalid pattern or invalid flags; `words` are our message or the library's.
pub(crate) fn invalid_regexp(at: Label, words: &str) -> Diagnostic {
    let ours = WORDS
        .iter()
        .find(|(theirs, _)| words.starts_with(theirs))
        .map(|(_, ours)| (*ours).to_owned());
    let words = ours.unwrap_or_else(|| {
        let mut characters = words.chars();
        characters.next().into_iter().flat_map(char::to_lowercase).chain(characters).collect()
    });
    Diagnostic::error("invalid-regexp", format!("invalid regular expression: {words}")).at(at)
}
