//! The encoding of files that are not UTF-8, and why bytes are not text in it.

use std::fmt;

use encoding_rs::Encoding;
use serde::{Serialize, Serializer};

/// The encoding of files that are not UTF-8. Files that are UTF-8 are read as UTF-8 in any case:
/// packages are, whatever the project's own files are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceCharset(Option<&'static Encoding>);

impl SourceCharset {
    /// Files that are not UTF-8 are errors.
    pub const UTF_8: Self = Self(None);

    /// Finds an encoding by its label in the WHATWG Encoding Standard; `None`: there is no such
    /// label.
    pub fn named(name: &str) -> Option<Self> {
        let encoding = Encoding::for_label_no_replacement(name.as_bytes())?;
        Some(Self((encoding != encoding_rs::UTF_8).then_some(encoding)))
    }

    /// Decodes bytes; `None` if they are not valid in this encoding.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<String> {
        let text = self.0?.decode_without_bom_handling_and_without_replacement(bytes)?;
        Some(text.into_owned())
    }

    /// Returns the name of the encoding.
    pub(super) fn name(self) -> &'static str {
        self.0.unwrap_or(encoding_rs::UTF_8).name()
    }
}

impl Serialize for SourceCharset {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Why bytes are not text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DecodeError {
    /// Offset of the first byte that is not UTF-8 (or not UTF-16, if the byte order mark selects
    /// that).
    pub offset: usize,
    /// The encoding that the bytes look like, by the name that editors show: `EUC-KR`.
    pub looks_like: Option<&'static str>,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.looks_like {
            Some(name) => write!(f, "it is not UTF-8 text; it looks like {name}"),
            None => f.write_str("it is not UTF-8 text"),
        }
    }
}
