//! Finds the JSX element that is open at a place. It is read from the text, because the parser only
//! reports that a closing tag is missing. This is an approximation, not a parser: `<` in other code
//! may look like a tag, which matters only if it is the last one open.

use bundle_base::Span;

/// An opening tag whose closing tag is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// Its name; empty for `<>`.
    pub name: &'t str,
    /// From `<` to the end of the name.
    pub span: Span,
}

/// Returns the closing tag that ends at a place, and the tag that is open before it.
pub(super) fn mismatch(text: &str, end: usize) -> Option<(Tag<'_>, Tag<'_>)> {
    let before = text.get(..end)?.strip_suffix('>')?;
    let start = before.rfind("</")?;
    let name = before[start + 2..].trim();
    let closing = Tag { name, span: span(start, end) };
    (is_name(name) || name.is_empty()).then_some(())?;
    let open = open(&text[..start])?;
    (open.name != name).then_some((closing, open))
}

/// Returns the innermost element that is open at the end of a text.
pub(super) fn open(text: &str) -> Option<Tag<'_>> {
    let mut stack: Vec<Tag<'_>> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        at = start + 1;
        if let Some(rest) = text[at..].strip_prefix('/') {
            let Some((name, _)) = rest.split_once('>') else { continue };
            if let Some(index) = stack.iter().rposition(|tag| tag.name == name.trim()) {
                stack.truncate(index);
            }
            continue;
        }
        let name = &text[at..at + name_length(&text[at..])];
        let Some(end) = end_of_tag(text, at + name.len()) else { continue };
        at = end;
        if !text[..end - 1].ends_with('/') {
            stack.push(Tag { name, span: span(start, start + 1 + name.len()) });
        }
    }
    stack.pop()
}

/// A mistake between an opening tag and the place where the parser stopped.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// A bracket that another one closes, with the character that should.
    Open(Span, char),
    /// A statement in braces: its first word.
    Statement(Span),
    /// `<!--`
    HtmlComment(Span),
}

/// Words that begin a statement and no expression.
const OF_STATEMENTS: [&str; 9] =
    ["if", "for", "while", "switch", "return", "const", "let", "var", "throw"];

/// Returns the first such mistake in a part of a text, which begins in an element.
pub(super) fn inside(text: &str, from: usize, to: usize) -> Option<Inside> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut at = from;
    while at < to {
        let rest = &text[at..];
        let c = rest.chars().next()?;
        match c {
            '<' if open.is_empty() && rest.starts_with("<!--") => {
                return Some(Inside::HtmlComment(span(at, at + 4)));
            }
            '"' | '\'' | '`' if !open.is_empty() => {
                let end =
                    rest[1..].find(c).filter(|end| c == '`' || !rest[1..=*end].contains('\n'));
                at += end.map_or(0, |end| end + 1);
            }
            '{' => {
                let word = rest[1..].trim_start();
                let length = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
                if open.is_empty() && OF_STATEMENTS.contains(&&word[..length]) {
                    let start = text.len() - word.len();
                    return Some(Inside::Statement(span(start, start + length)));
                }
                open.push((at, '}'));
            }
            '(' if !open.is_empty() => open.push((at, ')')),
            '[' if !open.is_empty() => open.push((at, ']')),
            '}' | ')' | ']' => match open.pop() {
                Some((start, close)) if close != c => {
                    return Some(Inside::Open(span(start, start + 1), close));
                }
                Some(_) | None => {}
            },
            _ => {}
        }
        at += c.len_utf8();
    }
    None
}

/// Returns the `{` that is open where a closing tag begins: after the last opening tag of its name.
pub(super) fn open_brace(text: &str, closing: usize) -> Option<Span> {
    let name = &text[closing + 2..];
    let opening = text[..closing].rfind(&format!("<{}", &name[..name_length(name)]))?;
    let mut open = Vec::new();
    for (at, c) in text[opening..closing].char_indices() {
        match c {
            '{' => open.push(opening + at),
            '}' => drop(open.pop()),
            _ => {}
        }
    }
    let at = open.pop()?;
    Some(span(at, at + 1))
}

fn name_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.' | ':')))
        .unwrap_or(text.len())
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && name_length(text) == text.len()
}

/// Returns the place after the `>` of a tag whose attributes begin at `at`; `None` if it is not a
/// tag.
fn end_of_tag(text: &str, at: usize) -> Option<usize> {
    let mut braces = 0_usize;
    let mut quote = None;
    for (offset, c) in text[at..].char_indices() {
        match (quote, c) {
            (Some(open), c) => quote = (c != open).then_some(open),
            (None, '"' | '\'') => quote = Some(c),
            (None, '{') => braces += 1,
            (None, '}') => braces = braces.checked_sub(1)?,
            (None, _) if braces > 0 => {}
            (None, '>') => return Some(at + offset + 1),
            (None, c) if c.is_alphanumeric() || c.is_whitespace() || "_$-.:=/".contains(c) => {}
            (None, _) => return None,
        }
    }
    None
}

fn span(start: usize, end: usize) -> Span {
    let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(narrow(start), narrow(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<&str> {
        open(text).map(|tag| tag.name)
    }

    #[test]
    fn the_innermost_is_found() {
        assert_eq!(name("a = <div><b>text</b>;"), Some("div"));
        assert_eq!(name("<ul><li a={() => x > 1} b=\"}>\">"), Some("li"));
        assert_eq!(name("<><br /><a.b/>"), Some(""));
        assert_eq!(name("for (i = 0; i<n; i++) <p>a</p>"), None);
    }

    #[test]
    fn mistakes_inside_of_an_element() {
        let found = |text: &str| inside(text, text.find('>').expect("it has a tag"), text.len());
        assert_eq!(
            found("<ul>{a.map(b => { return <li>it's</li>; }}</ul>"),
            Some(Inside::Open(span(10, 11), ')'))
        );
        assert_eq!(found("<p>{ if (a) { b }}</p>"), Some(Inside::Statement(span(5, 7))));
        assert_eq!(found("<p><!-- a --></p>"), Some(Inside::HtmlComment(span(3, 7))));
        assert_eq!(found("<p>:) {a ? \"}\" : (b)} {iffy}</p>"), None);
    }

    #[test]
    fn braces_that_are_open() {
        let found = |text: &str| open_brace(text, text.find("</").expect("it has a tag"));
        assert_eq!(found("f(() => { return <p>{a</p>; })"), Some(span(20, 21)));
        assert_eq!(found("<p a={1></p>"), Some(span(5, 6)));
        assert_eq!(found("<p>{a}</p>"), None);
    }

    #[test]
    fn two_names_that_differ() {
        let text = "<div><b>text</i></div>";
        let (closing, opening) =
            mismatch(text, text.find("</div").expect("it is there")).expect("they differ");
        assert_eq!((closing.name, opening.name), ("i", "b"));
        assert_eq!(mismatch("<b>text</b>", 11), None);
    }
}
