//! Tokens of SCSS: those of CSS, and comments up to the end of the line.

use bundle_base::stylesheet::after_token;

/// Returns the place after the token at `at`.
pub(super) fn after(text: &str, at: usize) -> usize {
    if text[at..].starts_with("//") {
        return at + text[at..].find('\n').unwrap_or(text.len() - at);
    }
    after_token(text, at)
}

/// Returns which of some ascending places are neither in comments nor in strings.
pub(super) fn in_code(text: &str, places: Vec<usize>) -> Vec<usize> {
    let Some(last) = places.last().copied() else { return places };
    let mut rest = places.into_iter().peekable();
    let mut found = Vec::new();
    let mut at = 0;
    while at <= last && at < text.len() {
        while rest.next_if(|place| *place < at).is_some() {}
        found.extend(rest.next_if_eq(&at));
        at = after(text, at);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::in_code;

    #[test]
    fn comments_and_strings_are_no_code() {
        let text = "$a: '$b'; // $c it's\n/* $d */ $e: url($f)";
        let places = text.match_indices('$').map(|(at, _)| at).collect();
        let names: Vec<&str> =
            in_code(text, places).into_iter().map(|at| &text[at..at + 2]).collect();
        assert_eq!(names, ["$a", "$e"]);
    }
}
