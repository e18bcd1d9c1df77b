//! Converts an SVG to a `<symbol>`. Attributes of the root that affect looks are kept, and those
//! that affect its size are dropped. Ids and classes get unique names, because all symbols are in
//! one page.

use std::{collections::BTreeSet, fmt::Write, ops::Range, sync::Arc};

use bundle_base::{Diagnostic, Source};

use crate::messages;

/// An SVG as a symbol.
pub struct Symbol {
    /// The view box: `0 0 24 24`. Empty: unknown.
    pub view_box: String,
    /// `<symbol …>…</symbol>`.
    pub markup: String,
}

/// Converts an SVG to a symbol with this id. `Err`: the diagnostic of the first mistake in it.
pub fn symbol(source: &Arc<Source>, id: &str) -> Result<Symbol, Box<Diagnostic>> {
    let text = source.text.as_str();
    let tags = tags(text).map_err(|(at, why)| Box::new(messages::bad_svg(source, at, why)))?;
    let wrong = |at: usize, why: &str| Err(Box::new(messages::bad_svg(source, at, why)));
    let Some(root) = tags.first().filter(|tag| local(&text[tag.name.clone()]) == "svg") else {
        return wrong(0, "its first element is not <svg>");
    };
    let mut open: Vec<&Tag> = Vec::new();
    for tag in &tags {
        match tag.kind {
            TagKind::Start => open.push(tag),
            TagKind::Empty => {}
            TagKind::End => match open.pop() {
                Some(start) if text[start.name.clone()] == text[tag.name.clone()] => {}
                Some(start) => {
                    return wrong(
                        start.range.start,
                        "this element is not closed where it should be",
                    );
                }
                None => return wrong(tag.range.start, "this closes nothing"),
            },
        }
    }
    if let Some(unclosed) = open.last() {
        return wrong(unclosed.range.start, "this element is never closed");
    }
    let end =
        if root.kind == TagKind::Empty { root.range.end } else { tags[tags.len() - 1].range.start };
    let inner = renamed(text, root.range.end..end.max(root.range.end), &tags[1..], id);
    let (view_box, looks) = root_attributes(text, root);
    let mut markup = format!("<symbol id=\"{id}\"");
    if !view_box.is_empty() {
        write!(markup, " viewBox=\"{view_box}\"").expect("strings can be written");
    }
    write!(markup, "{looks}>{}</symbol>", plain(&inner)).expect("strings can be written");
    Ok(Symbol { view_box, markup })
}

/// Returns the view box of the root, and its attributes that affect looks, each with a blank before
/// it.
fn root_attributes(text: &str, root: &Tag) -> (String, String) {
    let mut looks = String::new();
    let mut view_box = String::new();
    let mut size = [None, None];
    for (name, value) in &root.attributes {
        let (name, value) = (&text[name.clone()], &text[value.clone()]);
        match name {
            "viewBox" => value.clone_into(&mut view_box),
            "width" | "height" => {
                size[usize::from(name == "height")] =
                    value.trim_end_matches("px").parse::<f64>().ok();
            }
            "id" | "class" | "x" | "y" | "version" | "style" | "enable-background"
            | "baseProfile" => {}
            _ if name.starts_with("xmlns")
                || name.starts_with("xml:")
                || name.starts_with("on") => {}
            _ if name.starts_with("sketch:")
                || name.starts_with("sodipodi:")
                || name.starts_with("inkscape:") => {}
            _ => write!(looks, " {name}=\"{}\"", value.replace('"', "&quot;"))
                .expect("strings can be written"),
        }
    }
    if let [Some(width), Some(height)] = size
        && view_box.is_empty()
    {
        view_box = format!("0 0 {width} {height}");
    }
    (view_box, looks)
}

/// Returns the contents of the root, with unique ids and classes and without comments.
fn renamed(text: &str, range: Range<usize>, tags: &[Tag], symbol: &str) -> String {
    let values = |wanted: &'static str| {
        let attributes = tags.iter().flat_map(|tag| &tag.attributes);
        attributes
            .filter(move |(name, _)| &text[name.clone()] == wanted)
            .map(|(_, value)| value.clone())
    };
    let ids: BTreeSet<&str> = values("id").map(|value| &text[value]).collect();
    let styles: Vec<&str> = style_texts(text, tags).map(|range| &text[range]).collect();
    let is_styled = |class: &&str| styles.iter().any(|style| mentions(style, '.', class));
    let classes: BTreeSet<&str> = values("class")
        .flat_map(|value| text[value].split_whitespace())
        .filter(is_styled)
        .collect();
    let mut edits: Vec<(Range<usize>, String)> =
        comments(text, range.clone()).map(|comment| (comment, String::new())).collect();
    for (name, value) in tags.iter().flat_map(|tag| &tag.attributes) {
        let (name, written) = (&text[name.clone()], &text[value.clone()]);
        let new = match name {
            "id" => format!("{symbol}-{written}"),
            "class" => {
                let own = |class: &str| {
                    if classes.contains(class) {
                        format!("{symbol}-{class}")
                    } else {
                        class.to_owned()
                    }
                };
                written.split_whitespace().map(own).collect::<Vec<_>>().join(" ")
            }
            "href" | "xlink:href" => match written.strip_prefix('#') {
                Some(id) if ids.contains(id) => format!("#{symbol}-{id}"),
                Some(_) | None => continue,
            },
            _ if written.contains('#') => with_own(written, '#', &ids, symbol),
            _ => continue,
        };
        edits.push((value.clone(), new));
    }
    for style in style_texts(text, tags) {
        let own =
            with_own(&with_own(&text[style.clone()], '#', &ids, symbol), '.', &classes, symbol);
        edits.push((style, own));
    }
    edits.sort_by_key(|(range, _)| range.start);
    let (mut out, mut done) = (String::new(), range.start);
    for (edit, new) in edits.into_iter().filter(|(edit, _)| edit.end <= range.end) {
        if edit.start >= done {
            out.push_str(&text[done..edit.start]);
            out.push_str(&new);
            done = edit.end;
        }
    }
    out.push_str(&text[done..range.end]);
    out
}

/// Finds the texts of `<style>` elements.
fn style_texts<'t>(text: &'t str, tags: &'t [Tag]) -> impl Iterator<Item = Range<usize>> + 't {
    let is_style =
        |tag: &Tag| tag.kind == TagKind::Start && local(&text[tag.name.clone()]) == "style";
    tags.windows(2)
        .filter(move |pair| is_style(&pair[0]))
        .map(|pair| pair[0].range.end..pair[1].range.start)
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

fn mentions(text: &str, mark: char, name: &str) -> bool {
    text.match_indices(mark)
        .any(|(at, _)| text[at + 1..].split(|c| !is_name(c)).next() == Some(name))
}

/// Prefixes the given names with the symbol's id, wherever they follow a mark (`#` or `.`).
fn with_own(text: &str, mark: char, names: &BTreeSet<&str>, symbol: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices(mark) {
        let name = text[at + 1..].split(|c| !is_name(c)).next().unwrap_or_default();
        if names.contains(name) {
            write!(out, "{}{mark}{symbol}-{name}", &text[done..at])
                .expect("strings can be written");
            done = at + 1 + name.len();
        }
    }
    out.push_str(&text[done..]);
    out
}

/// Removes white space that is not visible.
fn plain(inner: &str) -> String {
    let keeps_space =
        ["<text", "<foreignObject", "<style", "xml:space"].iter().any(|tag| inner.contains(tag));
    if keeps_space {
        return inner.trim().to_owned();
    }
    inner.split_whitespace().collect::<Vec<_>>().join(" ").replace("> <", "><")
}

/// A tag of an SVG, as ranges of the text.
struct Tag {
    range: Range<usize>,
    name: Range<usize>,
    /// Names and values of the attributes; values without quotes.
    attributes: Vec<(Range<usize>, Range<usize>)>,
    kind: TagKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TagKind {
    Start,
    End,
    Empty,
}

/// Returns a name without its namespace.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn comments(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let start = at + text.get(at..range.end)?.find("<!--")?;
        at = text[start..].find("-->").map_or(range.end, |length| start + length + 3);
        Some(start..at)
    })
}

/// Finds the tags of an SVG. `Err`: the offset of a tag that cannot be read, and why.
fn tags(text: &str) -> Result<Vec<Tag>, (usize, &'static str)> {
    /// How comments, CDATA, processing instructions and declarations begin and end.
    const OTHERS: [(&str, &str); 4] =
        [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('<').map(|found| at + found) {
        if let Some((_, end)) = OTHERS.iter().find(|(begin, _)| text[start..].starts_with(begin)) {
            // A document type may contain declarations in brackets.
            let from = if *end == ">" { start + subset(&text[start..]) } else { start };
            let length = text[from..].find(end).ok_or((start, "this is never closed"))?;
            at = from + length + end.len();
            continue;
        }
        let tag = tag(text, start)?;
        at = tag.range.end;
        tags.push(tag);
    }
    Ok(tags)
}

/// Returns the offset of the end of the declarations in a document type; 0 without any.
fn subset(text: &str) -> usize {
    let (bracket, end) = (text.find('['), text.find('>'));
    match (bracket, end) {
        (Some(bracket), Some(end)) if bracket < end => text.find(']').unwrap_or(end),
        _ => 0,
    }
}

fn tag(text: &str, start: usize) -> Result<Tag, (usize, &'static str)> {
    let is_end = text[start + 1..].starts_with('/');
    let name = word(text, start + 1 + usize::from(is_end));
    if name.is_empty() {
        return Err((
            start,
            "no name of an element follows this `<`: a `<` in a text is written `&lt;`",
        ));
    }
    let mut attributes = Vec::new();
    let mut at = after_space(text, name.end);
    loop {
        let rest = &text[at..];
        if rest.starts_with("/>") || rest.starts_with('>') {
            let is_empty = rest.starts_with('/');
            let range = start..at + if is_empty { 2 } else { 1 };
            let kind = if is_end {
                TagKind::End
            } else if is_empty {
                TagKind::Empty
            } else {
                TagKind::Start
            };
            return Ok(Tag { range, name, attributes, kind });
        }
        let attribute = word(text, at);
        if attribute.is_empty() {
            return Err((start, "this tag is never closed"));
        }
        let equals = after_space(text, attribute.end);
        if !text[equals..].starts_with('=') {
            return Err((attribute.start, "this attribute has no value"));
        }
        let quote = after_space(text, equals + 1);
        let mark = text[quote..].chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(mark) = mark else {
            return Err((attribute.start, "the value of this attribute is not in quotes"));
        };
        let length = text[quote + 1..].find(mark).ok_or((quote, "this quote is never closed"))?;
        attributes.push((attribute, quote + 1..quote + 1 + length));
        at = after_space(text, quote + 1 + length + 1);
    }
}

fn word(text: &str, start: usize) -> Range<usize> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '"' | '\'' | '<');
    let length = text[start..].find(is_end).unwrap_or(text.len() - start);
    start..start + length
}

fn after_space(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

#[cfg(test)]
mod tests;
