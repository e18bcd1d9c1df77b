//! The outputs of a build as plain data.

use std::{collections::BTreeMap, sync::Arc};

/// Everything to be written, as values.
#[derive(Clone, Debug, PartialEq)]
pub struct Outputs {
    /// The chunks of entries, then the chunks that entries share or load, then workers; last the
    /// assets that these refer to, and the manifests.
    pub files: Vec<OutputFile>,
    /// The keys of the modules that are bundled, except those of our own runtime, and the names of
    /// the copied files.
    pub inputs: Vec<Arc<str>>,
    /// A hash of each script and stylesheet, by its path. Empty unless pages are updated after
    /// edits.
    pub hashes: BTreeMap<String, String>,
    /// The stylesheets of each script, and the scripts of the workers that it starts, by its path.
    /// Empty unless pages are updated after edits.
    pub attached: BTreeMap<String, Vec<String>>,
    /// The hot update that leads pages from the previous build to this one, as it was announced.
    pub update: Option<Update>,
    /// The metafile in esbuild's shape, if the configuration requests one.
    pub metafile: Option<serde_json::Value>,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Relative to the output folder, with `/`.
    pub path: String,
    /// The contents. They are shared with the session, which returns the same bytes again for a
    /// chunk that did not change.
    pub bytes: Arc<Vec<u8>>,
    /// What the file is.
    pub kind: OutputKind,
}

/// What an output file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutputKind {
    /// A script.
    Script,
    /// The source map of the script or stylesheet before it.
    SourceMap,
    /// The stylesheet of the script before it.
    Style,
    /// A file that scripts or stylesheets refer to, or that the configuration copies.
    Asset,
    /// A file that tells a backend which files a page needs.
    Manifest,
}

/// The changes of one build, for pages that have the previous build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// A hash of the text, which is the update's name.
    pub id: String,
    /// The script with the changed modules, which passes them to the page's client.
    pub text: String,
    /// The source map of the text, if scripts have maps as files or inline. The text does not name
    /// the map.
    pub map: Option<String>,
    /// The hashes of each script before and after the update, by the script's path.
    pub scripts: BTreeMap<String, (String, String)>,
    /// Whether the update covers all changes of scripts: a page with the previous build needs no
    /// script file of this one.
    pub is_whole: bool,
}
