//! A script or a stylesheet with its source map: as it is drafted, with hash placeholders, and as
//! it will be written.

use bundle_base::asset::ContentHash;

use super::output::OutputFile;

/// A file whose path and text still have hash placeholders.
pub(super) struct DraftFile {
    pub path: String,
    pub text: String,
    pub map: Option<String>,
    /// A hash of the text, if it is known without reading the text.
    pub hash: Option<ContentHash>,
    /// A stylesheet for pages that are read from right to left.
    pub is_rtl: bool,
}

/// A file, and its source map if that is a file of its own.
#[derive(Clone)]
pub(super) struct WithMap {
    pub file: OutputFile,
    pub map: Option<OutputFile>,
    /// A hash of the file's contents, if pages are updated after edits.
    pub hash: Option<String>,
    /// A stylesheet for pages that are read from right to left.
    pub is_rtl: bool,
}

impl WithMap {
    pub fn files(self) -> impl Iterator<Item = OutputFile> {
        std::iter::once(self.file).chain(self.map)
    }
}
