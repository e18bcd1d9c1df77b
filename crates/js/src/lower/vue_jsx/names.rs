//! Converts names of attributes between the source's spelling and Vue's.

/// Whether a name is a directive: `v-show`, `vShow`, but not `value`.
pub(super) fn is_directive(name: &str) -> bool {
    name.strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c == '-' || c.is_ascii_uppercase()))
}

/// Returns a name with a lower-case initial: `Click` → `click`.
pub(super) fn small_initial(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Returns the attribute with its namespace: `xlinkHref` → `xlink:href`.
pub(super) fn xlink(name: &str) -> String {
    match name.strip_prefix("xlink") {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_uppercase()) => {
            format!("xlink:{}", small_initial(rest))
        }
        _ => name.to_owned(),
    }
}

/// Converts a name to kebab case: `FooBar2` → `foo-bar-2`, `HTMLFoo` → `html-foo`. Letters of one
/// case and digits form words.
pub(super) fn kebab_case(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, &c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            continue;
        }
        let before = at.checked_sub(1).map(|before| chars[before]);
        if !out.is_empty() && before.is_some_and(|before| starts_word(before, c, chars.get(at + 1)))
        {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn starts_word(before: char, c: char, after: Option<&char>) -> bool {
    if !before.is_alphanumeric() || before.is_numeric() != c.is_numeric() {
        return true;
    }
    c.is_uppercase() && (!before.is_uppercase() || after.is_some_and(|after| after.is_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_by_dashes() {
        let cases = [
            ("Show", "show"),
            ("-show", "show"),
            ("FooBar2", "foo-bar-2"),
            ("-foo-bar", "foo-bar"),
            ("HTMLFoo", "html-foo"),
            ("InnerHTML", "inner-html"),
            ("", ""),
            ("-", ""),
            ("A1b2", "a-1-b-2"),
        ];
        for (written, expected) in cases {
            assert_eq!(kebab_case(written), expected, "{written}");
        }
    }

    #[test]
    fn directives_start_with_v() {
        let directives = ["v-show", "vShow", "v-", "v", "value", "vfoo", "véa"].map(is_directive);
        assert_eq!(directives, [true, true, true, false, false, false, false]);
    }
}
