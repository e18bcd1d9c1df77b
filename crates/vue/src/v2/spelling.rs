//! Names in the spellings that Vue takes for the same: `my-button`, `myButton` and `MyButton`.

/// Returns the names that a tag may mean, in the order in which Vue looks for them: `my-button`,
/// `myButton`, `MyButton`.
pub(super) fn spellings(tag: &str) -> [String; 3] {
    let camel = camelized(tag);
    let pascal = capitalized(&camel);
    [tag.to_owned(), camel, pascal]
}

/// Returns `myButton` for `my-button`. Each `-` before a word character is removed, and the
/// character becomes upper case.
pub(super) fn camelized(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        match rest.peek().filter(|next| c == '-' && (next.is_ascii_alphanumeric() || **next == '_'))
        {
            Some(next) => {
                camel.push(next.to_ascii_uppercase());
                rest.next();
            }
            None => camel.push(c),
        }
    }
    camel
}

/// Returns `my-button` for `myButton`.
pub(super) fn hyphenated(name: &str) -> String {
    let mut hyphenated = String::with_capacity(name.len());
    let mut is_in_word = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && is_in_word {
            hyphenated.push('-');
        }
        is_in_word = c.is_ascii_alphanumeric() || c == '_';
        hyphenated.extend(c.to_lowercase());
    }
    hyphenated
}

/// Returns `MyButton` for `myButton`.
pub(super) fn capitalized(name: &str) -> String {
    let mut rest = name.chars();
    rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect()
}
