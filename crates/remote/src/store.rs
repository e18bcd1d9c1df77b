//! What every store can do, and the names of the values in it.

use std::fmt;

use bundle_base::asset::ContentHash;

use crate::Failure;

/// The form of manifests and segments: a store may hold those of several versions.
const FORM: &str = "bundle-1";

/// A server that keeps values under names. Threads use a store side by side.
pub trait Store: Send + Sync {
    /// Reads a value of at most `limit` bytes; `Ok(None)`: there is none.
    fn get(&self, name: &Name, limit: u64) -> Result<Option<Vec<u8>>, Failure>;

    /// Writes a value. A manifest replaces the one before; a segment never changes.
    fn put(&self, name: &Name, bytes: &[u8]) -> Result<(), Failure>;

    /// Removes a value, if it is there.
    fn delete(&self, name: &Name) -> Result<(), Failure>;
}

/// A part of a store that only some may write: what pull requests write must not reach the builds
/// of the main branch. Who may write where is decided by the store's access rules for names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain(String);

impl Domain {
    /// Returns the domain with a name, such as a branch's. Letters that are not safe in the names
    /// of all stores are written as `~` and their hexadecimal digits. `None`: the name is empty or
    /// longer than 200 bytes.
    pub fn named(name: &str) -> Option<Self> {
        let safe = |byte: u8| {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
                char::from(byte).to_string()
            } else {
                format!("~{byte:02x}")
            }
        };
        (1..=200).contains(&name.len()).then(|| Self(name.bytes().map(safe).collect()))
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The manifest and the segments of one configuration in one domain.
#[derive(Clone, Debug)]
pub struct StoreLocation {
    /// The domain.
    pub domain: Domain,
    /// The name of the cache: a hash of the program and the configuration.
    pub cache: String,
}

impl StoreLocation {
    pub(crate) fn manifest(&self) -> Name {
        let Self { domain: Domain(domain), cache } = self;
        Name { text: format!("{FORM}/{domain}/{cache}.json"), is_replaced: true }
    }

    pub(crate) fn probe(&self) -> Name {
        let Domain(domain) = &self.domain;
        Name { text: format!("{FORM}/{domain}/probe"), is_replaced: false }
    }

    pub(crate) fn segment(&self, hash: ContentHash) -> Name {
        let Domain(domain) = &self.domain;
        Name { text: format!("{FORM}/{domain}/{hash}.pack"), is_replaced: false }
    }
}

/// The name of a value in a store: letters, digits, and `-_~./`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    text: String,
    /// The value under this name is replaced by newer ones.
    pub(crate) is_replaced: bool,
}

impl Name {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
