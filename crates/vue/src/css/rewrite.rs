//! A sheet while it is rewritten from its start to its end.

use std::ops::Range;

use crate::code::Code;

/// What is rewritten so far.
pub(crate) struct Rewrite<'c> {
    sheet: &'c Code,
    done: usize,
    out: Code,
}

impl<'c> Rewrite<'c> {
    pub fn new(sheet: &'c Code) -> Self {
        Self { sheet, done: 0, out: Code::default() }
    }

    fn copy_to(&mut self, at: usize) {
        if at > self.done {
            self.out.push_slice(self.sheet, self.done..at);
            self.done = at;
        }
    }

    pub fn insert(&mut self, at: usize, text: &str) {
        self.copy_to(at);
        self.out.push_str(text);
    }

    pub fn replace(&mut self, range: Range<usize>, text: &str) {
        self.insert(range.start, text);
        self.done = self.done.max(range.end);
    }

    /// Of a range, keeps a part.
    pub fn keep_only(&mut self, range: Range<usize>, part: Range<usize>) {
        self.copy_to(range.start);
        self.done = self.done.max(part.start);
        self.copy_to(part.end);
        self.done = self.done.max(range.end);
    }

    pub fn finish(mut self) -> Code {
        self.copy_to(self.sheet.text().len());
        self.out
    }
}
