//! Finds which manual chunk claims a module, and otherwise in which page's own folder it lies.

use bundle_base::{
    Config,
    config::{ManualChunk, claim},
    installed::is_installed,
};
use camino::Utf8Path;

/// The configuration's manual chunks, and the folders of its pages: the folders of entries that are
/// not manual chunks, unless a manual chunk's folder is inside.
pub(super) struct ManualChunks<'c> {
    config: &'c Config,
    pages: Vec<(usize, &'c Utf8Path)>,
}

impl<'c> ManualChunks<'c> {
    pub fn new(config: &'c Config) -> Self {
        let shared: Vec<&ManualChunk> =
            config.shared.iter().filter(|chunk| !chunk.is_implicit).collect();
        let is_page = |entry: usize| shared.iter().all(|chunk| chunk.entry != Some(entry));
        let is_apart = |folder: &&Utf8Path| {
            shared.iter().flat_map(|chunk| &chunk.folder).all(|f| !f.starts_with(folder))
        };
        let folder = |entry: usize| config.entries[entry].path.parent().filter(is_apart);
        let entries = if shared.is_empty() { 0 } else { config.entries.len() };
        let pages = (0..entries)
            .filter(|entry| is_page(*entry))
            .filter_map(|entry| Some((entry, folder(entry)?)));
        Self { config, pages: pages.collect() }
    }

    /// Returns the manual chunk that claims a file (a position in `Config::shared`), or else the
    /// entry whose folder the file lies in (a position in `Config::entries`). Never both.
    pub fn of(&self, path: &Utf8Path) -> (Option<usize>, Option<usize>) {
        let chunk = claim(&self.config.shared, path);
        if chunk.is_some() || is_installed(path.as_str()) {
            return (chunk, None);
        }
        let around = self.pages.iter().filter(|(_, folder)| path.starts_with(folder));
        (None, around.max_by_key(|(_, folder)| folder.as_str().len()).map(|(entry, _)| *entry))
    }
}
