//! Removes the escape sequences of terminals from texts of other programs.

/// Removes the escape sequences for colours from a text.
pub fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(|part| {
        part.split_once(|c: char| c.is_ascii_alphabetic()).map_or("", |(_, rest)| rest)
    });
    std::iter::once(first).chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_go() {
        assert_eq!(without_colours("\u{1b}[31mone\u{1b}[39m two"), "one two");
    }
}
