//! The text between elements: lines are trimmed and joined by one space, as in all JSX.

/// Returns the text as a value; `None` if only white space remains.
pub(super) fn trimmed(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace('\t', " ");
    let lines: Vec<&str> = text.split(['\n', '\r']).collect();
    let last_with_text = lines.iter().rposition(|line| line.contains(|c| c != ' ')).unwrap_or(0);
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        let line = if index == 0 { line } else { line.trim_start_matches(' ') };
        let line = if index + 1 == lines.len() { line } else { line.trim_end_matches(' ') };
        out.push_str(line);
        if !line.is_empty() && index != last_with_text {
            out.push(' ');
        }
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_go() {
        let cases = [
            ("\n  a b\n  c \n", Some("a b c")),
            ("\n   \n", None),
            (" a ", Some(" a ")),
            ("\ta\t", Some(" a ")),
            ("a\r\n\tb\rc", Some("a b c")),
            (" ", Some(" ")),
            ("\n\u{a0}\n", Some("\u{a0}")),
        ];
        for (text, expected) in cases {
            assert_eq!(trimmed(text).as_deref(), expected, "{text:?}");
        }
    }
}
