//! Where a part's text comes from when it is not a file as it was read: copied out of one piece by
//! piece, or compiled by another tool that left a source map. Source maps of ours go through it.

use std::{borrow::Cow, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    place::{Lines, Place},
    source::{Source, Span},
    woven::Weave,
};

/// Where the tokens of a text come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextMap {
    /// Ranges of another text.
    Copied {
        /// The other text.
        source: Arc<Source>,
        /// Its lines.
        lines: Lines,
        /// What was copied, by rising place in the part's text.
        ranges: Vec<Copied>,
    },
    /// What a source map says.
    Mapped(InputMap),
    /// Pieces of several texts: a stylesheet.
    Woven(Weave),
}

/// A range of one text that stands in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Copied {
    /// Where it is now, in bytes.
    pub at: u32,
    /// Where it was, in bytes.
    pub from: u32,
    /// Its length in bytes; 0: the text at `at` was made of what is at `from`.
    pub length: u32,
}

/// A source map, decoded and checked: every index is in range, and every place in a source whose
/// text is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InputMap {
    /// What it speaks of.
    pub sources: Vec<Original>,
    /// Names that segments mention.
    pub names: Vec<String>,
    /// By rising place in the part's text.
    pub segments: Vec<Segment>,
}

/// A source that a part's text was made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Original {
    /// What outputs call it: as for `Source`.
    pub name: String,
    /// It is a file of the project: `name` is relative to the project's folder.
    pub is_in_project: bool,
    /// Its text, if anybody knows it.
    pub content: Option<String>,
}

/// From a place in the part's text on, up to the next segment of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Segment {
    /// The place in the part's text.
    pub at: Place,
    /// Where that comes from: an index into `sources`, a place there, an index into `names`.
    pub origin: Option<(u32, Place, Option<u32>)>,
}

/// Where a token comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenOrigin<'m> {
    /// Which of the sources.
    pub source: u32,
    /// The place in it.
    pub place: Place,
    /// What stands there, if it is known to be a name.
    pub name: Option<&'m str>,
}

impl TextMap {
    /// Where what stands at a byte offset comes from; `place` is the same offset as a place.
    /// `None`: it was made up.
    pub fn origin(&self, offset: u32, place: Place) -> Option<TokenOrigin<'_>> {
        match self {
            Self::Copied { source, lines, ranges } => {
                let next = ranges.partition_point(|range| range.at <= offset);
                let range = ranges.get(next.checked_sub(1)?)?;
                let into = offset - range.at;
                if into > range.length {
                    return None;
                }
                let place = lines.place(&source.text, range.from + into)?;
                let name = identifier(source.text.get((range.from + into) as usize..)?);
                Some(TokenOrigin { source: 0, place, name })
            }
            Self::Mapped(map) => {
                let next = map.segments.partition_point(|segment| segment.at <= place);
                let segment =
                    map.segments.get(next.checked_sub(1)?).filter(|s| s.at.line == place.line)?;
                let (source, origin, name) = segment.origin?;
                let name = name
                    .filter(|_| segment.at == place)
                    .map(|index| map.names[index as usize].as_str());
                Some(TokenOrigin { source, place: origin, name })
            }
            // Stylesheets have no tokens that anybody renders.
            Self::Woven(_) => None,
        }
    }

    /// A range of the text as a range of what it was copied from. What was made up is at the end of
    /// what stands before it. `None`: another tool made the text.
    pub fn span(&self, span: Span) -> Option<(&Arc<Source>, Span)> {
        let (source, ranges) = match self {
            Self::Copied { source, ranges, .. } => (source, ranges),
            Self::Mapped(_) => return None,
            Self::Woven(weave) => return weave.span(span),
        };
        let origin = |at: u32| {
            let next = ranges.partition_point(|range| range.at <= at);
            let range = next.checked_sub(1).map_or(ranges.first(), |index| ranges.get(index))?;
            Some(range.from + at.saturating_sub(range.at).min(range.length))
        };
        let start = origin(span.start)?;
        // The end of the last byte: what follows it may come from elsewhere.
        let end = if span.end > span.start { origin(span.end - 1)? + 1 } else { start };
        Some((source, Span::new(start, end.max(start))))
    }
}

/// The identifier that a text begins with, as it is spelled.
pub fn identifier(text: &str) -> Option<&str> {
    let is_part = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '_' | '$' | '\\' | '\u{200c}' | '\u{200d}')
            || !c.is_ascii()
    };
    let is_space = |c: char| c.is_whitespace() || c == '\u{feff}';
    // Nearly all of it is ASCII, and nearly always that is all.
    let mut end = text.bytes().take_while(|byte| IS_PLAIN[usize::from(*byte)]).count();
    let mut rest = text[end..].chars();
    while let Some(c) = rest.next() {
        if !is_part(c) || is_space(c) {
            break;
        }
        end += c.len_utf8();
        // `\u{61}` is one character of a name.
        if c == '\\' && rest.as_str().starts_with("u{") {
            let escape = rest.as_str().find('}')? + 1;
            end += escape;
            rest = rest.as_str()[escape..].chars();
        }
    }
    let is_name = text[..end].bytes().next().is_some_and(|first| !first.is_ascii_digit());
    is_name.then(|| &text[..end])
}

/// Whether a byte is ASCII and may stand in a name as it is.
const IS_PLAIN: [bool; 256] = {
    let mut is_plain = [false; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        is_plain[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
        byte += 1;
    }
    is_plain
};

/// An identifier without escapes.
pub fn spelled_out(name: &str) -> Cow<'_, str> {
    if !name.contains('\\') {
        return Cow::Borrowed(name);
    }
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, escape)) = rest.split_once("\\u") {
        plain.push_str(before);
        let (digits, after) =
            match escape.strip_prefix('{').and_then(|braced| braced.split_once('}')) {
                Some(parts) => parts,
                None => escape.split_at_checked(4).unwrap_or((escape, "")),
            };
        plain.extend(u32::from_str_radix(digits, 16).ok().and_then(char::from_u32));
        rest = after;
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_read_up_to_their_end_and_without_escapes() {
        let read = |text| identifier(text).map(spelled_out).map(Cow::into_owned);
        assert_eq!(read("name(x)").as_deref(), Some("name"));
        assert_eq!(read("größe$1 = 2").as_deref(), Some("größe$1"));
        assert_eq!(read("\\u0061b\\u{63}+1").as_deref(), Some("abc"));
        assert_eq!(read("1a"), None);
        assert_eq!(read("(a)"), None);
        assert_eq!(read(""), None);
    }
}
