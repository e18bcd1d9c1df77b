//! A text and places in it. Every position in the program is a byte offset into the `text` of a
//! `Source`, after the byte order mark was taken off; lines and columns are computed only when
//! somebody is told about them.

use std::sync::Arc;

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

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
    /// The range from `start` up to, not including, `end`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }
}

/// One decoded text with the names it goes by. Cheap to share: always behind `Arc`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// Where it was read from, absolute. Never reaches an output.
    pub path: Utf8PathBuf,
    /// What users and outputs call it: relative to the project with `/`, outside it
    /// `name@version/path`.
    pub name: String,
    /// The contents as UTF-8, without a byte order mark; line ends are as they were.
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
    /// Whether it is installed, and so not the user's to mend.
    pub fn is_of_a_package(&self) -> bool {
        self.path.as_str().contains("/node_modules/")
    }

    /// A text under a path and a display name.
    pub fn new(
        path: impl Into<Utf8PathBuf>,
        name: impl Into<String>,
        text: impl Into<String>,
    ) -> Arc<Self> {
        Arc::new(Self { path: path.into(), name: name.into(), text: text.into() })
    }

    /// Line and column of a byte offset; an offset past the end is the end.
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
