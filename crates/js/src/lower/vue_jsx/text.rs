//! The text between elements: lines are trimmed and joined by one blank, as in every JSX.

/// The text as a value; `None` if only line breaks and blanks around them are left of it.
pub(super) fn trimmed(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.split('\n').collect();
    let last = lines.len() - 1;
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        let line = line.trim_end_matches('\r');
        let line = if index == 0 { line } else { line.trim_start_matches([' ', '\t']) };
        let line = if index == last { line } else { line.trim_end_matches([' ', '\t']) };
        if line.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(line);
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_go() {
        assert_eq!(trimmed("\n  a b\n  c \n"), Some("a b c".to_owned()));
        assert_eq!(trimmed("\n   \n"), None);
        assert_eq!(trimmed(" a "), Some(" a ".to_owned()));
    }
}
