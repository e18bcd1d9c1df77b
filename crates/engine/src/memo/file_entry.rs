//! The entry of a file in the memo tables.

use bundle_base::{
    Diagnostic,
    asset::ContentHash,
    fs::Reads,
    loader::{Loaded, Part, PartContent},
};
use camino::Utf8PathBuf;

use crate::cache::fingerprint::Question;

/// A file with its query. Each pair is loaded at most once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FileKey {
    pub path: Utf8PathBuf,
    pub query: String,
}

/// A loaded file, or the reason in `diagnostics` why it could not be loaded.
#[derive(Debug)]
pub(crate) struct FileEntry {
    pub loaded: Option<Loaded>,
    pub bytes: usize,
    pub reads: Reads,
    /// The loader asked the resolver, so the entry is dropped with the resolutions, unless the
    /// answers are the same afterwards.
    pub has_resolved: bool,
    /// What it asked, with hashes of the answers; `None`: not all of it is known.
    pub answers: Option<Vec<(Question, ContentHash)>>,
    pub diagnostics: Vec<Diagnostic>,
    /// Loading failed, and may succeed in the next build although nothing has changed.
    pub is_transient: bool,
}

impl FileEntry {
    /// Whether the file is nothing but a stylesheet.
    pub fn is_stylesheet(&self) -> bool {
        let is_style = |part: &Part| matches!(part.content, PartContent::Style(_));
        let parts = self.loaded.as_ref().map_or(&[][..], |loaded| &loaded.parts);
        !parts.is_empty() && parts.iter().all(is_style)
    }

    /// Returns the part of the file with this suffix.
    pub fn part(&self, suffix: &str) -> Option<&Part> {
        self.loaded.as_ref()?.parts.iter().find(|part| part.suffix == suffix)
    }
}
