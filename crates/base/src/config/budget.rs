//! How large pages may be. The sizes are counted by the host: it knows what servers send.

use serde::Serialize;

use super::shared::fits;
use crate::diagnostic::Label;

/// How large all may be that the page of an entry loads at first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Budget {
    /// Which entries: a name, with `*` for anything.
    pub entries: String,
    /// What of the page.
    pub of: BudgetFor,
    /// So many bytes.
    pub bytes: u64,
    /// They are counted after gzip.
    pub is_gzip: bool,
    /// Where it was written, to point at it.
    #[serde(skip)]
    pub at: WrittenAt,
}

impl Budget {
    /// Whether it is about an entry.
    pub fn is_for(&self, entry: &str) -> bool {
        fits(&self.entries, entry)
    }
}

/// What of a page a budget is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BudgetFor {
    /// Scripts.
    Js,
    /// Sheets.
    Css,
    /// Both.
    Total,
}

/// A place in the configuration. It is no part of what is configured: two that differ by places
/// alone are equal.
#[derive(Clone, Debug)]
pub struct WrittenAt(pub Option<Label>);

impl PartialEq for WrittenAt {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for WrittenAt {}
