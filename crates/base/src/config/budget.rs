//! How large pages may be. The host measures the sizes, because it knows what servers send.

use serde::Serialize;

use super::shared::fits;
use crate::diagnostic::Label;

/// The largest total size of the files that an entry's page loads initially.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Budget {
    /// The entries it applies to: a name, with `*` for any text.
    pub entries: String,
    /// The kind of files that are counted.
    pub of: BudgetFor,
    /// The limit in bytes.
    pub bytes: u64,
    /// Sizes are measured after gzip.
    pub is_gzip: bool,
    /// Where the budget is written, for diagnostics.
    #[serde(skip)]
    pub at: WrittenAt,
}

impl Budget {
    /// Whether the budget applies to an entry.
    pub fn is_for(&self, entry: &str) -> bool {
        fits(&self.entries, entry)
    }
}

/// The kind of files that a budget limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BudgetFor {
    /// Scripts.
    Js,
    /// Stylesheets.
    Css,
    /// Both.
    Total,
}

/// A place in the configuration. Any two are equal: configurations that differ only in places are
/// the same.
#[derive(Clone, Debug)]
pub struct WrittenAt(pub Option<Label>);

impl PartialEq for WrittenAt {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for WrittenAt {}
