//! A text and places in it. Every position in the program is a byte offset into the `text` of a
//! `Source`, counted after the byte order mark was removed. Lines and columns are computed only for
//! diagnostics.

use std::sync::Arc;

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

use crate::installed::is_installed;

/// A range of bytes in the text of one `Source`; `start <= end`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The range from `start` up to but not including `end`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }
}

/// One decoded text with its path and its display name. Always shared in an `Arc`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// The absolute path it was read from. It never reaches an output.
    pub path: Utf8PathBuf,
    /// The name that users and outputs see: relative to the project, with `/`; outside the project
    /// `name@version/path`.
    pub name: String,
    /// The contents as UTF-8, without a byte order mark. Line ends are unchanged.
    pub text: String,
}

/// A line and a column as editors count them: both from 1, the column in characters (code points).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// Line number, from 1. `\n`, `\r\n`, `\r`, U+2028 and U+2029 end a line.
    pub line: u32,
    /// Column number, from 1, in code points.
    pub column: u32,
}

impl Source {
    /// Whether the file belongs to an installed package, so that the user cannot fix it.
    pub fn is_of_a_package(&self) -> bool {
        is_installed(self.path.as_str())
    }

    /// Makes a source from a path, a display name and a text.
    pub fn new(
        path: impl Into<Utf8PathBuf>,
        name: impl Into<String>,
        text: impl Into<String>,
    ) -> Arc<Self> {
        Arc::new(Self { path: path.into(), name: name.into(), text: text.into() })
    }

    /// Returns the line and column of a byte offset. An offset past the end counts as the end.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let mut end = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let mut at = LineColumn { line: 1, column: 1 };
        let mut previous = '\0';
        for c in self.text[..end].chars() {
            match c {
                '\n' if previous == '\r' => {}
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                    at = LineColumn { line: at.line + 1, column: 1 }
                }
                _ => at.column += 1,
            }
            previous = c;
        }
        at
    }
}
