//! The origin of a part's text that is not a file as read: it was copied from a file piece by
//! piece, or compiled by another tool that wrote a source map. The source maps of outputs are
//! composed with it.

use std::{borrow::Cow, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    mapped_text::TextOrigins,
    place::{Lines, Place},
    source::{Source, Span},
};

pub use crate::mapped_text::Copied;

/// The origin of each token of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextMap {
    /// Ranges of another text.
    Copied {
        /// The other text.
        source: Arc<Source>,
        /// The lines of the other text.
        lines: Lines,
        /// The copied ranges, sorted by their offset in the part's text.
        ranges: Vec<Copied>,
    },
    /// The text was compiled by another tool, which wrote this source map.
    Mapped(InputMap),
    /// Pieces of several texts: the text is a stylesheet.
    Pieces(TextOrigins),
}

/// A source map, decoded and checked: every index is in range, and every place exists in a source
/// whose text is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InputMap {
    /// The sources that segments refer to.
    pub sources: Vec<Original>,
    /// The names that segments refer to.
    pub names: Vec<String>,
    /// The segments, sorted by their place in the part's text.
    pub segments: Vec<Segment>,
}

/// A source that a part's text was made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Original {
    /// The name that outputs show: as for `Source`.
    pub name: String,
    /// The source is a file of the project, and `name` is relative to the project's folder.
    pub is_in_project: bool,
    /// The source's text, if it is known.
    pub content: Option<String>,
}

/// A mapping that is valid from a place in the part's text up to the next segment on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Segment {
    /// The place in the part's text.
    pub at: Place,
    /// The origin: an index into `sources`, a place in that source, and an index into `names`.
    /// `None`: the text was generated.
    pub origin: Option<(u32, Place, Option<u32>)>,
}

/// Where a token comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenOrigin<'m> {
    /// The index of the source.
    pub source: u32,
    /// The place in the source.
    pub place: Place,
    /// The name at that place, if one is known.
    pub name: Option<&'m str>,
}

impl TextMap {
    /// Returns the origin of the text at a byte offset; `place` is the same offset as a place.
    /// `None`: the text was generated.
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
            // Stylesheets have no tokens that are rendered.
            Self::Pieces(_) => None,
        }
    }

    /// Maps a range of the text to a range of the text it was copied from. Generated text maps to
    /// the end of the copied text before it. `None`: another tool made the text.
    pub fn span(&self, span: Span) -> Option<(&Arc<Source>, Span)> {
        let (source, ranges) = match self {
            Self::Copied { source, ranges, .. } => (source, ranges),
            Self::Mapped(_) => return None,
            Self::Pieces(origins) => return origins.span(span),
        };
        let origin = |at: u32| {
            let next = ranges.partition_point(|range| range.at <= at);
            let range = next.checked_sub(1).map_or(ranges.first(), |index| ranges.get(index))?;
            Some(range.from + at.saturating_sub(range.at).min(range.length))
        };
        let start = origin(span.start)?;
        // The end is where the last byte ends, because the text after it may have another origin.
        let end = if span.end > span.start { origin(span.end - 1)? + 1 } else { start };
        Some((source, Span::new(start, end.max(start))))
    }
}

/// Returns the identifier that a text begins with, as spelled (with escapes).
pub fn identifier(text: &str) -> Option<&str> {
    let is_part = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '_' | '$' | '\\' | '\u{200c}' | '\u{200d}')
            || !c.is_ascii()
    };
    let is_space = |c: char| c.is_whitespace() || c == '\u{feff}';
    // Most identifiers are ASCII as a whole.
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

/// Whether a text surely begins with an identifier that is spelled like `name`. Quick; `false` for
/// some identifiers that are not ASCII or have escapes, which `identifier` reads.
pub fn begins_with(text: &str, name: &str) -> bool {
    let after = text.as_bytes().get(name.len());
    text.starts_with(name)
        && after
            .is_none_or(|byte| byte.is_ascii() && !IS_PLAIN[usize::from(*byte)] && *byte != b'\\')
}

/// Whether a byte is ASCII and can be part of an identifier without escapes.
const IS_PLAIN: [bool; 256] = {
    let mut is_plain = [false; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        is_plain[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
        byte += 1;
    }
    is_plain
};

/// Decodes the escapes of an identifier.
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

    #[test]
    fn a_name_ends_where_another_character_follows() {
        assert!(begins_with("name(x)", "name"));
        assert!(begins_with("name", "name"));
        for longer in ["names", "name1", "name$", "nameé", "name\\u0061", "nam"] {
            assert!(!begins_with(longer, "name"), "{longer}");
        }
    }
}
