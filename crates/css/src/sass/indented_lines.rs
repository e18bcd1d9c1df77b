//! Lines of the indented syntax that sasso 0.21 joins with the next line: those that end like an
//! incomplete expression.
//!
//! ```sass
//! $width: 50%
//! $prefix: shop-
//! .a > *
//!   @if $width > 2%
//! ```

use super::tokens;

/// Rules with a value and no block.
const VALUES: [&str; 4] = ["@return", "@debug", "@warn", "@error"];

/// Returns what ends such lines, and where it is inserted.
pub(super) fn insertions(text: &str) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0);
    for line in text.split_inclusive('\n') {
        let (begin, outer) = (start, depth);
        start += line.len();
        let code = &line[..end_of_code(line)];
        let (end, written) = (begin + code.len(), code.trim());
        if line.trim_start().starts_with(['/', '*']) {
            continue;
        }
        depth = (depth + opened(written)).max(0);
        // In brackets, lines are read on anyway.
        if outer > 0 || depth > 0 {
            continue;
        }
        if written.ends_with('*') {
            if is_selector(line, &text[start..]) {
                found.push((end, "#{\"\"}"));
            }
        } else if ends_with_percentage(written) {
            let word = written.split_whitespace().next().unwrap_or_default();
            let condition = match word {
                "@if" | "@while" => Some(word),
                "@else" if written.contains("@else if ") => Some("@else if"),
                "@each" if written.contains(" in ") => Some(" in"),
                _ => None,
            };
            if let Some(word) = condition {
                found.push((begin + line.find(word).unwrap_or(0) + word.len(), " ("));
                found.push((end, ")"));
            } else if written.contains(':') || VALUES.contains(&word) {
                found.push((end, ";"));
            }
        } else if written.starts_with('$') && ends_with_name_and_hyphen(written) {
            found.push((end, ";"));
        }
    }
    found
}

/// Returns where the code of a line ends: before a comment, and the space in front of it.
fn end_of_code(line: &str) -> usize {
    let (mut at, mut end) = (0, 0);
    while at < line.len() {
        let next = tokens::after(line, at);
        let is_comment = line[at..].starts_with("//") || line[at..].starts_with("/*");
        if !is_comment && !line[at..next].trim().is_empty() {
            end = next;
        }
        at = next;
    }
    end
}

/// Returns how many brackets a line opens more than it closes, outside of strings and comments.
fn opened(line: &str) -> i32 {
    let (mut at, mut opened) = (0, 0);
    while at < line.len() {
        match line.as_bytes()[at] {
            b'(' | b'[' => opened += 1,
            b')' | b']' => opened -= 1,
            _ => {}
        }
        at = tokens::after(line, at);
    }
    opened
}

/// Whether a line that ends with `*` is a selector: the lines of its block come next, and it is not
/// a declaration.
fn is_selector(line: &str, rest: &str) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let next = rest.lines().find(|line| !line.trim().is_empty());
    let is_value = line.trim_start().starts_with('$') || line.contains(": ");
    !is_value && next.is_some_and(|next| indent(next) > indent(line))
}

fn ends_with_percentage(line: &str) -> bool {
    let number = line.strip_suffix('%').unwrap_or_default();
    number.ends_with(|c: char| c.is_ascii_digit())
}

fn ends_with_name_and_hyphen(line: &str) -> bool {
    let name = line.trim_end_matches('-');
    name.len() < line.len() && name.ends_with(|c: char| c.is_alphanumeric() || "_}".contains(c))
}

#[cfg(test)]
mod tests {
    use super::insertions;

    fn changed(text: &str) -> String {
        let mut text = text.to_owned();
        for (at, part) in insertions(&text).into_iter().rev() {
            text.insert_str(at, part);
        }
        text
    }

    #[test]
    fn lines_end() {
        for (text, expected) in [
            ("$a: 50%\n", "$a: 50%;\n"),
            ("$a: shop-\n.b\n", "$a: shop-;\n.b\n"),
            ("$a: shop- // b-\n", "$a: shop-; // b-\n"),
            ("  width: 50% /* c */\n", "  width: 50%; /* c */\n"),
            (".a\n  width: 50%", ".a\n  width: 50%;"),
            ("@if 3% > 2%\n  a", "@if ( 3% > 2%)\n  a"),
            ("@else if $a == 2%  \n", "@else if ( $a == 2%)  \n"),
            ("  @return 5.5%\n", "  @return 5.5%;\n"),
            ("@each $p in 25%, 50%\n  a", "@each $p in ( 25%, 50%)\n  a"),
            (".a:b,\n.c + *\n  .d", ".a:b,\n.c + *#{\"\"}\n  .d"),
        ] {
            assert_eq!(changed(text), expected);
        }
        for kept in [
            "@keyframes a\n  50%\n    b: c",
            "// 50%\n/* a: 50%\n * b *",
            "a: $b%",
            "$a: $b -\n  2px",
            "$m: (\n  a: 50%\n)",
            "+x(\n  $a: 50%\n  )",
            ".a\n  b: 2 *\n    3px",
            "$a: 2 *\n  3px",
        ] {
            assert_eq!(changed(kept), kept);
        }
    }
}
