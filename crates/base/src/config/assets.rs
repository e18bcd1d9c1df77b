//! The decided configuration of files that are used as they are, and of files that are copied.

use camino::Utf8PathBuf;
use serde::Serialize;

use super::FilePattern;
use crate::diagnostic::Label;

/// How files are used that are neither scripts nor stylesheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AssetsConfig {
    /// Files of fewer bytes are inlined as `data:` URLs.
    pub inline_below: usize,
    /// The name of every other file in the output folder: a pattern of `[dir]`, `[name]`, `[hash]`
    /// and `[ext]`.
    pub names: String,
    /// The names of some files; the first that fits counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names_by_file: Vec<NamesOfFiles>,
    /// The id of an SVG that `?sprite` puts into the page: a pattern with `[dir]` and `[name]`.
    pub symbol_id: String,
    /// Files of more bytes get a warning.
    pub warn_above: usize,
    /// Extensions of files that are used as they are, besides the known ones: lower case, without
    /// dot.
    pub extensions: Vec<String>,
    /// What happens to `url()` and `image-set()` of stylesheets.
    pub urls: Urls,
}

/// The names of some files in the output folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamesOfFiles {
    /// The files.
    #[serde(flatten)]
    pub files: FilePattern,
    /// A pattern of `[dir]`, `[name]`, `[hash]` and `[ext]`.
    pub names: String,
}

impl AssetsConfig {
    /// Returns the pattern of a file's name in the output folder. `name`: the name that users see.
    pub fn names_of(&self, name: &str) -> &str {
        let own = self.names_by_file.iter().find(|one| one.files.fits(name));
        own.map_or(&self.names, |one| &one.names)
    }
}

/// What happens to the addresses in stylesheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Urls {
    /// They lead to files, which become assets of the output.
    Files,
    /// They stay as they are written.
    AsWritten,
    /// They stay, but those of an imported stylesheet become relative to the one that imports it.
    Rebased,
}

/// Files that are copied into the output folder unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CopyRule {
    /// The file or the folder to copy, absolute.
    pub from: Utf8PathBuf,
    /// Which files of the folder are copied: a glob relative to it; empty: all of them.
    pub pattern: String,
    /// Globs of files of the folder that are not copied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<String>,
    /// The folder within the output folder. For a single file it is the file's new name, unless it
    /// ends with `/`. Empty: the output folder.
    pub to: String,
    /// The path or glob as the user wrote it, for diagnostics.
    pub written: String,
    /// Where the user wrote it.
    #[serde(skip)]
    pub place: Option<Label>,
    /// Programs of the server are copied too: the rule names PHP files that WordPress includes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub has_programs: bool,
    /// The page that the file is the template of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
}

/// A page that is written from a template, with the tags of entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// The value of `htmlWebpackPlugin.options.title` in the template.
    pub title: String,
    /// The names of the entries; `None`: all of them.
    pub entries: Option<Vec<String>>,
}
