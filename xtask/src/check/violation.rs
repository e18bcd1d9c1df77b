//! One broken rule, with its place.

use std::fmt;

use crate::tree::TextFile;

/// One broken rule.
pub struct Violation {
    /// The file, relative to the root.
    pub path: String,
    /// The line, counted from 1; 0 means the file as a whole.
    pub line: usize,
    /// What is wrong, and the rule.
    pub text: String,
}

impl Violation {
    /// Returns a broken rule at a line of a file.
    pub fn new(file: &TextFile, line: usize, text: impl Into<String>) -> Self {
        Self { path: file.path.clone(), line, text: text.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.text)
    }
}
