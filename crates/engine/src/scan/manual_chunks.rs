//! Which manual chunk claims a module, and which page's folder it lies in.

use bundle_base::{
    Config,
    config::{SharedBundle, claim, package_of},
};
use camino::Utf8Path;

/// The folders of pages: of entries that are no bundle's, and with no bundle's folder below.
pub(super) struct ManualChunks<'c> {
    config: &'c Config,
    pages: Vec<(usize, &'c Utf8Path)>,
}

impl<'c> ManualChunks<'c> {
    pub fn new(config: &'c Config) -> Self {
        let shared: Vec<&SharedBundle> =
            config.shared.iter().filter(|bundle| !bundle.is_spare).collect();
        let is_page = |entry: usize| shared.iter().all(|bundle| bundle.entry != Some(entry));
        let is_apart = |folder: &&Utf8Path| {
            shared.iter().flat_map(|bundle| &bundle.folder).all(|f| !f.starts_with(folder))
        };
        let folder = |entry: usize| config.entries[entry].path.parent().filter(is_apart);
        let entries = if shared.is_empty() { 0 } else { config.entries.len() };
        let pages = (0..entries)
            .filter(|entry| is_page(*entry))
            .filter_map(|entry| Some((entry, folder(entry)?)));
        Self { config, pages: pages.collect() }
    }

    /// The bundle of `Config::shared`, or else the entry that a file belongs to alone.
    pub fn of(&self, path: &Utf8Path) -> (Option<usize>, Option<usize>) {
        let bundle = claim(&self.config.shared, path);
        if bundle.is_some() || package_of(path).is_some() {
            return (bundle, None);
        }
        let around = self.pages.iter().filter(|(_, folder)| path.starts_with(folder));
        (None, around.max_by_key(|(_, folder)| folder.as_str().len()).map(|(entry, _)| *entry))
    }
}
