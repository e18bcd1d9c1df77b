//! The cache that machines share. The host reads this: libraries know no network.

use serde::Serialize;

use super::budget::WrittenAt;

/// Where a shared cache is, and whose entries a build uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CacheConfig {
    /// The address of the store, as written; `None`: this machine's cache is the only one.
    pub remote: Option<String>,
    /// The domains whose entries are used, such as names of branches.
    pub read: Vec<String>,
    /// Where `remote` is written, for diagnostics.
    #[serde(skip)]
    pub at: WrittenAt,
}

impl Default for CacheConfig {
    fn default() -> Self {
        Self { remote: None, read: vec!["main".to_owned()], at: WrittenAt(None) }
    }
}
