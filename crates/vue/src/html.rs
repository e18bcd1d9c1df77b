//! The tokenizer for component files and templates: markup to events. It reads what Vue reads, and
//! is as tolerant. The grammar is not HTML's: it follows the few regular expressions that every
//! version of Vue uses, and accepts what they accept.
//!
//! Offsets are bytes of the text. Texts and attribute values are raw: pass them to `decode_text`
//! and `decode_attribute`.

use std::{borrow::Cow, ops::Range};

use rustc_hash::FxHashMap;

mod entities; // decodes `&amp;` to `&`, with positions
mod scan; // reads names, attributes and white space
mod table; // HTML's facts about tags, as Vue has them

#[cfg(test)]
mod tests;

pub(crate) use entities::{decode_attribute, decode_text};
pub(crate) use scan::Attribute;

/// Which rules of HTML apply to tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tags {
    /// None, as in the file of a component: each tag has an end tag or a slash.
    AsWritten,
    /// As Vue reads templates: some tags are void, some may be left open, and some end
    /// a paragraph.
    Html,
}

/// A piece of the text. Events come in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event<'t> {
    Start(StartTag<'t>),
    /// The end of an element. Every start that is not unary has one.
    End {
        /// The name as the start tag spells it.
        tag: &'t str,
        /// The end tag. Empty where another tag or the end of the text closed the element.
        span: Range<usize>,
    },
    /// Text between tags. Never empty.
    Text(Range<usize>),
    Comment {
        content: Range<usize>,
        span: Range<usize>,
    },
    /// An element without an end tag. Its `End` follows.
    Unclosed {
        tag: &'t str,
        start_tag: Range<usize>,
    },
    /// An end tag without a start tag. It has no effect.
    Stray {
        tag: &'t str,
        span: Range<usize>,
    },
    /// An unfinished tag at the end of the text, outside of every element. It was also emitted as
    /// text.
    Malformed(Range<usize>),
}

/// A start tag, or an end tag that acts as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StartTag<'t> {
    pub name: &'t str,
    /// The attributes in order. Empty for tags within a block of a file, where nothing reads them.
    pub attributes: Vec<Attribute<'t>>,
    /// The element has no content, and no `End` follows.
    pub is_unary: bool,
    pub span: Range<usize>,
}

/// Splits a text into events. Takes time proportional to the length of the text, whatever it
/// contains.
pub(crate) fn tokenize(text: &str, tags: Tags) -> Vec<Event<'_>> {
    let mut tokenizer = Tokenizer {
        text,
        tags,
        at: 0,
        last_close: text.rfind('>'),
        no_bracket_before: 0,
        open: Vec::new(),
        deep_names: FxHashMap::default(),
        // There is about one event for 32 bytes.
        events: Vec::with_capacity(text.len() / 32),
    };
    tokenizer.read();
    tokenizer.events
}

/// The first so many open elements are searched one by one, which is faster than a table. Few texts
/// nest deeper.
const SHALLOW: usize = 32;

struct Tokenizer<'t> {
    text: &'t str,
    tags: Tags,
    at: usize,
    /// The position of the last `>`: no tag ends after it. Without this field, each of many
    /// unfinished `</a` would search the rest of the text.
    last_close: Option<usize>,
    /// `scan::Cursor::no_bracket_before`, kept from tag to tag.
    no_bracket_before: usize,
    open: Vec<Open<'t>>,
    /// How many elements of each name, in lower case, are open beyond the first `SHALLOW`. With it,
    /// a stray end tag need not search all of them.
    deep_names: FxHashMap<Cow<'t, str>, usize>,
    events: Vec<Event<'t>>,
}

/// An element that is not closed yet.
struct Open<'t> {
    name: &'t str,
    lowercase: Cow<'t, str>,
    has_raw_text: bool,
    span: Range<usize>,
}

impl<'t> Tokenizer<'t> {
    fn read(&mut self) {
        while self.at < self.text.len() {
            let before = self.at;
            if let Some(open) = self.open.last()
                && open.has_raw_text
            {
                self.raw_text(open.name);
            } else {
                self.markup();
                if self.at == before {
                    self.characters();
                }
            }
            if self.at == before {
                self.remainder();
                break;
            }
        }
        while let Some(open) = self.open.pop() {
            self.events.push(Event::Unclosed { tag: open.name, start_tag: open.span });
            self.events.push(Event::End { tag: open.name, span: self.text.len()..self.text.len() });
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Reads a comment or a tag. Does not move if there is none. Skips a start tag that breaks off.
    fn markup(&mut self) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        if bytes[start] != b'<' {
            return;
        }
        match bytes.get(start + 1) {
            Some(b'!') => self.declaration(),
            Some(b'/') => {
                if let Some(name) = self.end_tag_name(start) {
                    let close = bytes[start..].iter().position(|byte| *byte == b'>');
                    self.at = close.map_or(bytes.len(), |close| start + close + 1);
                    self.close(name, start..self.at);
                }
            }
            Some(_) | None => self.start_tag(),
        }
    }

    /// Reads `<!`: a comment, or a declaration, which is ignored. An unfinished one stops the
    /// tokenizer, so that the search for its end is not repeated.
    fn declaration(&mut self) {
        let (rest, start) = (self.rest(), self.at);
        if rest.starts_with("<!--")
            && let Some(close) = rest.find("-->")
        {
            self.at += close + 3;
            // In `<!-->` the dashes belong to both the start and the end of the comment.
            let content = start + close.min(4)..start + close.max(4);
            self.events.push(Event::Comment { content, span: start..self.at });
        } else if rest.starts_with("<![")
            && let Some(close) = rest.find("]>")
        {
            self.at += close + 2;
        } else if self.has_close_after(start)
            && let Some(length) = scan::doctype(rest)
        {
            self.at += length;
        }
    }

    /// Returns the name of the end tag at `at`, if there is one.
    fn end_tag_name(&self, at: usize) -> Option<&'t str> {
        let after = self.text[at..].strip_prefix("</")?;
        let name = &after[..scan::tag_name(after)?];
        self.has_close_after(at).then_some(name)
    }

    /// Whether a `>` follows, so that a search for it succeeds.
    fn has_close_after(&self, at: usize) -> bool {
        self.last_close.is_some_and(|close| close > at)
    }

    fn start_tag(&mut self) {
        let start = self.at;
        let Some(length) = scan::tag_name(&self.text[start + 1..]) else { return };
        let name = &self.text[start + 1..][..length];
        let mut cursor = scan::Cursor {
            text: self.text,
            at: start + 1 + length,
            no_bracket_before: self.no_bracket_before,
        };
        let is_asked_for = self.tags == Tags::Html || self.open.is_empty();
        let mut attributes = Vec::new();
        let end = loop {
            if let Some(end) = cursor.tag_end() {
                break Some(end);
            }
            match cursor.attribute() {
                Some(attribute) if is_asked_for => attributes.push(attribute),
                Some(_) => {}
                None => break None,
            }
        };
        self.at = cursor.at;
        self.no_bracket_before = cursor.no_bracket_before;
        let Some(has_slash) = end else { return };
        let span = start..self.at;
        self.open(StartTag { name, attributes, is_unary: has_slash, span });
        // Browsers drop the line break after `<pre>`.
        if table::drops_first_line_break(name) && self.rest().starts_with('\n') {
            self.at += 1;
        }
    }

    fn open(&mut self, mut tag: StartTag<'t>) {
        let start = tag.span.start;
        if self.tags == Tags::Html {
            if self.is_innermost("p") && table::ends_paragraph(tag.name) {
                self.close("p", start..start);
            }
            if self.is_innermost(tag.name) && table::may_be_left_open(tag.name) {
                self.close(tag.name, start..start);
            }
            tag.is_unary |= table::is_void(tag.name);
        }
        if !tag.is_unary {
            let lowercase = lowercase(tag.name);
            if self.open.len() >= SHALLOW {
                *self.deep_names.entry(lowercase.clone()).or_default() += 1;
            }
            let has_raw_text = table::has_raw_text(&lowercase);
            self.open.push(Open {
                name: tag.name,
                lowercase,
                has_raw_text,
                span: tag.span.clone(),
            });
        }
        self.events.push(Event::Start(tag));
    }

    fn is_innermost(&self, name: &str) -> bool {
        self.open.last().is_some_and(|open| open.name == name)
    }

    /// Handles an end tag: closes the innermost open element of its name, and all elements in it.
    fn close(&mut self, name: &'t str, span: Range<usize>) {
        let wanted = lowercase(name);
        if !self.is_open(&wanted) {
            return self.close_nothing(name, span);
        }
        while let Some(open) = self.open.pop() {
            if self.open.len() >= SHALLOW
                && let Some(count) = self.deep_names.get_mut(&open.lowercase)
            {
                *count -= 1;
            }
            if open.lowercase == wanted {
                self.events.push(Event::End { tag: open.name, span });
                return;
            }
            self.events.push(Event::Unclosed { tag: open.name, start_tag: open.span });
            self.events.push(Event::End { tag: open.name, span: span.start..span.start });
        }
    }

    /// Whether an element of this name, in lower case, is open.
    fn is_open(&self, wanted: &str) -> bool {
        let shallow = &self.open[..self.open.len().min(SHALLOW)];
        self.deep_names.get(wanted).is_some_and(|count| *count > 0)
            || shallow.iter().rev().any(|open| open.lowercase == wanted)
    }

    /// Handles an end tag without a start tag. Browsers make elements of `</br>` and `</p>`.
    fn close_nothing(&mut self, name: &'t str, span: Range<usize>) {
        let is_break = name.eq_ignore_ascii_case("br");
        if !is_break && !name.eq_ignore_ascii_case("p") {
            self.events.push(Event::Stray { tag: name, span });
            return;
        }
        let start =
            StartTag { name, attributes: Vec::new(), is_unary: is_break, span: span.clone() };
        self.events.push(Event::Start(start));
        if !is_break {
            self.events.push(Event::End { tag: name, span });
        }
    }

    /// Reads text up to what begins like markup. Any other `<` is text, unless it is the last one.
    fn characters(&mut self) {
        let next = |from: usize| self.text.as_bytes()[from..].iter().position(|byte| *byte == b'<');
        let mut end = next(self.at).map_or(self.text.len(), |found| self.at + found);
        while end < self.text.len() && !self.begins_markup(end) {
            match next(end + 1) {
                Some(found) => end += 1 + found,
                None => break,
            }
        }
        self.push_text(self.at..end);
        self.at = end;
    }

    fn begins_markup(&self, at: usize) -> bool {
        let after = &self.text[at + 1..];
        match after.as_bytes().first() {
            Some(b'!') => after.starts_with("!--") || after.starts_with("!["),
            Some(b'/') => self.end_tag_name(at).is_some(),
            Some(_) | None => scan::tag_name(after).is_some(),
        }
    }

    /// Reads the content of an element that contains only text. Without an end tag the content is
    /// empty.
    fn raw_text(&mut self, name: &'t str) {
        let rest = self.rest();
        let found = scan::find_end_tag(rest, name);
        let close = found.and_then(|start| Some((start, start + rest[start..].find('>')? + 1)));
        let Some((start, end)) = close else { return self.close(name, self.at..self.at) };
        let dropped = usize::from(table::drops_first_line_break(name) && rest.starts_with('\n'));
        let (from, base) = (self.at + dropped, self.at);
        self.push_text(from..base + start);
        self.at = base + end;
        self.close(name, base + start..base + end);
    }

    /// Emits the rest of the text, which cannot be read, as text.
    fn remainder(&mut self) {
        let range = self.at..self.text.len();
        self.push_text(range.clone());
        if self.open.is_empty() {
            self.events.push(Event::Malformed(range));
        }
    }

    fn push_text(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.events.push(Event::Text(range));
        }
    }
}

fn lowercase(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(name.to_lowercase())
    }
}
