//! A free name of an expression. The parser and the quick reader both find these.

/// A free name: one that the code mentions and does not declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FreeName {
    /// Its start in the text, in bytes.
    pub start: usize,
    pub end: usize,
    /// It is a shorthand property, and so the key as well: `{ name }`.
    pub is_shorthand: bool,
}
