//! The text between elements: lines are trimmed and joined by one space. Characters written as
//! entities (`&nbsp;`, `&#32;`) do not count as white space.

use swc_ecma_ast::JSXText;

/// Returns the value of a text between elements; `None` if only white space remains.
pub(in crate::lower) fn shown_text(text: &JSXText) -> Option<String> {
    let value = text.value.to_string_lossy();
    if !text.raw.contains('&') {
        return trimmed(&value);
    }
    // A mark replaces each entity while lines are trimmed.
    let (mut marked, mut entities) = (String::new(), Vec::new());
    let (mut raw, mut read) = (text.raw.as_str(), value.chars());
    while let Some(first) = raw.chars().next() {
        let Some(c) = read.next() else { break };
        let entity = entity(raw).filter(|entity| c != '&' || is_ampersand(entity));
        marked.push(if entity.is_some() { MARK } else { c });
        entities.extend(entity.map(|_| c));
        raw = &raw[entity.map_or(first.len_utf8(), str::len)..];
    }
    let mut entities = entities.into_iter();
    let restored = |c| if c == MARK { entities.next().unwrap_or(c) } else { c };
    trimmed(&marked).map(|text| text.chars().map(restored).collect())
}

/// Replaces an entity. It is a noncharacter, so no text has it.
const MARK: char = '\u{10ffff}';

/// Returns the entity that a text begins with.
fn entity(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('&')?;
    let end = inner.find(|c: char| c != '#' && !c.is_ascii_alphanumeric())?;
    (end > 0 && inner[end..].starts_with(';')).then(|| &text[..end + 2])
}

fn is_ampersand(entity: &str) -> bool {
    let digits = entity.trim_start_matches("&#").trim_end_matches(';');
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    entity == "&amp;" || entity.starts_with("&#") && code == Ok(38)
}

/// Returns a text as Vue's preset does: tabs are blanks, and entities are also white space.
pub(in crate::lower) fn with_blanks(text: &str) -> Option<String> {
    trimmed(&text.replace('\t', " "))
}

/// Returns a text without entities as a value; `None` if only white space remains.
fn trimmed(text: &str) -> Option<String> {
    const BLANKS: [char; 2] = [' ', '\t'];
    let text = text.replace("\r\n", "\n");
    let lines: Vec<&str> = text.split(['\n', '\r']).collect();
    let has_text = |line: &&str| line.contains(|c| !BLANKS.contains(&c));
    let last_with_text = lines.iter().rposition(has_text).unwrap_or(0);
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        let line = if index == 0 { line } else { line.trim_start_matches(BLANKS) };
        let line = if index + 1 == lines.len() { line } else { line.trim_end_matches(BLANKS) };
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
            ("\ta\tb\t", Some("\ta\tb\t")),
            ("a\r\n\tb\rc", Some("a b c")),
            (" ", Some(" ")),
            ("\n\u{a0}\n", Some("\u{a0}")),
        ];
        for (text, expected) in cases {
            assert_eq!(trimmed(text).as_deref(), expected, "{text:?}");
        }
        assert_eq!(with_blanks("\ta\tb\t").as_deref(), Some(" a b "));
    }
}
