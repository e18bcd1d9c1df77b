//! Patterns for files that keys of the configuration apply to: `icons/*.svg` for the files of a
//! folder, `*.woff2` for files of this name in any folder.

use camino::Utf8Path;
use globset::{GlobBuilder, GlobMatcher};
use serde::Serialize;

/// A pattern for files, compiled.
#[derive(Clone, Debug, Serialize)]
pub struct FilePattern {
    /// The folder below which files are, relative to the project, with `/`; `None`: anywhere.
    pub folder: Option<String>,
    /// A glob: relative to the folder, or, without one, for the name of the file.
    pub pattern: String,
    /// `None`: the pattern is invalid, which was reported.
    #[serde(skip)]
    matcher: Option<GlobMatcher>,
}

impl FilePattern {
    /// Compiles a glob that is relative to a folder of the project, or for names of files.
    pub fn new(folder: Option<String>, pattern: String) -> Self {
        let glob =
            GlobBuilder::new(&pattern).literal_separator(true).empty_alternates(true).build();
        Self { folder, matcher: glob.map(|glob| glob.compile_matcher()).ok(), pattern }
    }

    /// Whether a file fits. `name`: its path relative to the project, or the name that
    /// outputs have for it.
    pub fn fits(&self, name: &str) -> bool {
        let file = Utf8Path::new(name);
        let place = match &self.folder {
            Some(folder) => file.strip_prefix(folder).ok().map(Utf8Path::as_str),
            None => file.file_name(),
        };
        place.is_some_and(|place| self.matcher.as_ref().is_some_and(|glob| glob.is_match(place)))
    }

    fn written(&self) -> (&Option<String>, &str) {
        (&self.folder, &self.pattern)
    }
}

impl PartialEq for FilePattern {
    fn eq(&self, other: &Self) -> bool {
        self.written() == other.written()
    }
}

impl Eq for FilePattern {}

impl std::hash::Hash for FilePattern {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.written().hash(state);
    }
}
