//! The elements of an SVG. Loaders that put it into a page give its ids and classes unique names,
//! because a page may contain many SVGs.

use std::{collections::BTreeSet, fmt::Write, ops::Range, sync::Arc};

use bundle_base::{Diagnostic, Source};

use crate::messages;

/// An SVG whose elements are closed where they should be.
pub(super) struct Svg<'t> {
    pub text: &'t str,
    /// All tags; the first is `<svg>`.
    pub tags: Vec<Tag>,
}

impl<'t> Svg<'t> {
    /// Reads an SVG. `Err`: the diagnostic of the first mistake in it.
    pub fn parse(source: &'t Arc<Source>) -> Result<Self, Box<Diagnostic>> {
        let text = source.text.as_str();
        let tags = tags(text).map_err(|(at, why)| Box::new(messages::bad_svg(source, at, why)))?;
        let wrong = |at: usize, why: &str| Err(Box::new(messages::bad_svg(source, at, why)));
        if tags.first().is_none_or(|tag| local(&text[tag.name.clone()]) != "svg") {
            return wrong(0, "its first element is not <svg>");
        }
        let mut open: Vec<&Tag> = Vec::new();
        for (at, tag) in tags.iter().enumerate() {
            if at > 0 && open.is_empty() {
                return wrong(tag.range.start, "<svg> is closed before this");
            }
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
        Ok(Self { text, tags })
    }

    /// Returns the root.
    pub fn root(&self) -> &Tag {
        &self.tags[0]
    }

    /// Finds the texts of `<style>` elements.
    pub fn style_texts(&self) -> impl Iterator<Item = Range<usize>> {
        let is_style = |tag: &Tag| {
            tag.kind == TagKind::Start && local(&self.text[tag.name.clone()]) == "style"
        };
        let pairs = self.tags.windows(2).filter(move |pair| is_style(&pair[0]));
        pairs.map(|pair| pair[0].range.end..pair[1].range.start)
    }
}

/// The names in an SVG that are unique in the page once a prefix is before them.
pub(super) struct UniqueNames<'t> {
    prefix: &'t str,
    ids: BTreeSet<&'t str>,
    /// The names that its stylesheets mention.
    classes: BTreeSet<&'t str>,
}

impl<'t> UniqueNames<'t> {
    /// Finds the names below the root.
    pub fn of(svg: &Svg<'t>, prefix: &'t str) -> Self {
        let text = svg.text;
        let values = |wanted: &'static str| {
            let attributes = svg.tags[1..].iter().flat_map(|tag| &tag.attributes);
            attributes
                .filter(move |(name, _)| &text[name.clone()] == wanted)
                .map(|(_, value)| value.clone())
        };
        let styles: Vec<&str> = svg.style_texts().map(|range| &text[range]).collect();
        let is_styled = |class: &&str| styles.iter().any(|style| mentions(style, '.', class));
        Self {
            prefix,
            ids: values("id").map(|value| &text[value]).collect(),
            classes: svg
                .tags
                .iter()
                .flat_map(|tag| &tag.attributes)
                .filter(|(name, _)| &text[name.clone()] == "class")
                .map(|(_, value)| value.clone())
                .flat_map(|value| text[value].split_whitespace())
                .filter(is_styled)
                .collect(),
        }
    }

    /// Returns the value of an attribute with unique names; `None`: it has none.
    pub fn value(&self, attribute: &str, written: &str) -> Option<String> {
        let prefix = self.prefix;
        match attribute {
            "id" => Some(format!("{prefix}-{written}")),
            "class" => {
                let own = |class: &str| {
                    if self.classes.contains(class) {
                        format!("{prefix}-{class}")
                    } else {
                        class.to_owned()
                    }
                };
                Some(written.split_whitespace().map(own).collect::<Vec<_>>().join(" "))
            }
            "href" | "xlink:href" => {
                let id = written.strip_prefix('#').filter(|id| self.ids.contains(id))?;
                Some(format!("#{prefix}-{id}"))
            }
            _ if written.contains('#') => Some(with_own(written, '#', &self.ids, prefix)),
            _ => None,
        }
    }

    /// Returns a stylesheet with unique names.
    pub fn style(&self, text: &str) -> String {
        let with_ids = with_own(text, '#', &self.ids, self.prefix);
        with_own(&with_ids, '.', &self.classes, self.prefix)
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

fn mentions(text: &str, mark: char, name: &str) -> bool {
    text.match_indices(mark)
        .any(|(at, _)| text[at + 1..].split(|c| !is_name(c)).next() == Some(name))
}

/// Prefixes the given names with the prefix, wherever they follow a mark (`#` or `.`).
fn with_own(text: &str, mark: char, names: &BTreeSet<&str>, prefix: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices(mark) {
        let name = text[at + 1..].split(|c| !is_name(c)).next().unwrap_or_default();
        if names.contains(name) {
            write!(out, "{}{mark}{prefix}-{name}", &text[done..at])
                .expect("strings can be written");
            done = at + 1 + name.len();
        }
    }
    out.push_str(&text[done..]);
    out
}

/// A tag of an SVG, as ranges of the text.
pub(super) struct Tag {
    pub range: Range<usize>,
    pub name: Range<usize>,
    /// Names and values of the attributes; values without quotes.
    pub attributes: Vec<(Range<usize>, Range<usize>)>,
    pub kind: TagKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TagKind {
    Start,
    End,
    Empty,
}

/// Returns a name without its namespace.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

pub(super) fn comments(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
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
