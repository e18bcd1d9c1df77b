//! Copies pieces of the file with replacements in them.

use bundle_base::Span;

use super::file::File;
use crate::mapped_code::MappedCode;

/// Replacements in the file. If one contains another, the outer one counts.
#[derive(Debug, Default)]
pub(super) struct Edits {
    list: Vec<(Span, String)>,
}

impl Edits {
    pub fn remove(&mut self, span: Span) {
        self.replace(span, "");
    }

    pub fn replace(&mut self, span: Span, text: impl Into<String>) {
        self.list.push((span, text.into()));
    }

    pub fn insert(&mut self, at: u32, text: &str) {
        self.replace(Span::new(at, at), text);
    }

    /// Sorts the edits into the order of the file, which `copy` needs.
    pub fn sorted(mut self) -> Sorted {
        self.list.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        Sorted { list: self.list }
    }
}

/// Edits in the order of the file.
#[derive(Debug)]
pub(super) struct Sorted {
    list: Vec<(Span, String)>,
}

impl Sorted {
    /// Appends a piece of the file with the edits that are in it.
    pub fn copy(&self, file: File<'_>, piece: Span, to: &mut MappedCode) {
        let first = self.list.partition_point(|(span, _)| span.start < piece.start);
        let mut at = piece.start;
        for (span, text) in self.list[first..].iter().take_while(|(span, _)| span.end <= piece.end)
        {
            if span.start < at {
                continue;
            }
            to.push_copied(file.text(Span::new(at, span.start)), at);
            if !text.is_empty() {
                to.push_made_of(text, span.start);
            }
            at = span.end;
        }
        to.push_copied(file.text(Span::new(at, piece.end)), at);
    }
}
