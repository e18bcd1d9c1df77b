//! The files of the repository, as git knows them: tracked, and new ones that it does not ignore.

use std::fs;
use std::path::Path;

use crate::shell;

/// A text file of the repository.
pub struct TextFile {
    /// Relative to the root, with `/`.
    pub path: String,
    /// Its contents.
    pub text: String,
}

impl TextFile {
    /// Whether it is below this folder.
    pub fn is_in(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether it is Rust.
    pub fn is_rust(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|extension| extension == "rs")
    }

    /// Whether it is a test, in a file or a folder of its own.
    pub fn is_test(&self) -> bool {
        self.is_in("tests")
            || self.is_in("benches")
            || self.path.ends_with("/tests.rs")
            || self.path.contains("/tests/")
    }
}

/// Returns every text file, in git's order. Files that are not UTF-8 are left out.
pub fn text_files() -> Result<Vec<TextFile>, String> {
    let listed =
        shell::program("git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .output()?;
    let read = |path: &str| {
        let text = fs::read_to_string(shell::root().join(path)).ok()?;
        Some(TextFile { path: path.to_owned(), text })
    };
    Ok(listed.split('\0').filter(|path| !path.is_empty()).filter_map(read).collect())
}
