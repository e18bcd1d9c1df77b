//! The written files, as builds return them and summaries show them.

/// One output in a summary.
pub struct WrittenFile {
    /// The file, relative to the working directory.
    pub path: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// False if the file had this content already and was not written.
    pub is_changed: bool,
}

/// What a rebuild changed in the output folder.
#[derive(Default)]
pub struct Rebuilt {
    /// Every output; empty if all of them were known to be up to date.
    pub written: Vec<WrittenFile>,
    /// Files that are no longer made.
    pub removed: Vec<String>,
    /// Files that another process had changed or removed.
    pub restored: Vec<String>,
}
