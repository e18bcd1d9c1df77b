//! Where the text of a module comes from: a file, a part of a file, our own runtime, or a text made
//! for the request. The origin gives a module its identity before it is loaded.

use std::sync::Arc;

use bundle_base::{Source, loader::Language};
use bundle_resolve::Resolved;
use camino::{Utf8Path, Utf8PathBuf};

use crate::memo::FileEntry;

/// A module before it is loaded.
#[derive(Debug)]
pub(crate) enum Origin {
    /// A file.
    File(Resolved),
    /// A part of a file other than its main one.
    Part {
        /// The file, as resolved.
        resolved: Resolved,
        /// The suffix of the part: `?template`.
        suffix: String,
        /// The loaded file.
        file: Arc<FileEntry>,
    },
    /// A module of our runtime, by its specifier.
    Runtime(&'static str),
    /// A text that is made for a request that leads to no file: an ignored module, a data URL, a
    /// `require.context`.
    Text {
        /// Its identity and its name.
        key: String,
        /// The text.
        text: String,
        /// The language of the text.
        language: Language,
        /// The path of the importer that specifiers in it are resolved for. Its last segment only
        /// takes the place of a file name.
        folder: Utf8PathBuf,
    },
}

impl Origin {
    /// Returns a string that no other module has. It may hold a path of the machine, so it must
    /// never reach an output.
    pub fn identity(&self) -> String {
        match self {
            Self::File(resolved) => format!("{}{}", resolved.path, resolved.query),
            // The NUL keeps it apart from a request for the file with the same query, which would
            // load the file once more.
            Self::Part { resolved, suffix, .. } => {
                format!("{}{}\0{suffix}", resolved.path, resolved.query)
            }
            Self::Runtime(specifier) => (*specifier).to_owned(),
            Self::Text { key, .. } => key.clone(),
        }
    }

    /// Returns the name that users and outputs use.
    pub fn name(&self) -> String {
        match self {
            Self::File(resolved) => format!("{}{}", resolved.name, resolved.query),
            Self::Part { resolved, suffix, .. } => {
                format!("{}{}{suffix}", resolved.name, resolved.query)
            }
            Self::Runtime(_) | Self::Text { .. } => self.identity(),
        }
    }

    /// Returns the path that specifiers in the module are resolved for.
    pub fn importer(&self) -> &Utf8Path {
        match self {
            Self::File(resolved) | Self::Part { resolved, .. } => &resolved.path,
            Self::Runtime(_) => Utf8Path::new("/"),
            Self::Text { folder, .. } => folder,
        }
    }

    /// Returns the query of a file that is an importer; empty for others.
    pub fn query(&self) -> &str {
        match self {
            Self::File(resolved) | Self::Part { resolved, .. } => &resolved.query,
            Self::Runtime(_) | Self::Text { .. } => "",
        }
    }

    /// Makes our own version of a built-in module of Node. It is empty if we have none, as for
    /// `fs`.
    pub fn of_node(name: &str) -> Self {
        let text = bundle_js::runtime::of_node(name).unwrap_or_default().to_owned();
        let key = format!("node:{name}");
        Self::Text { key, text, language: Language::JavaScript, folder: "/".into() }
    }

    /// Makes an empty module, for `false` in a browser field or an alias.
    pub fn ignored(name: &str) -> Self {
        let (key, text) = (format!("(ignored) {name}"), String::new());
        Self::Text { key, text, language: Language::JavaScript, folder: "/".into() }
    }
}

/// Makes the source of a text that is in no file.
pub(super) fn source_of_text(key: &str, text: &str) -> Arc<Source> {
    Source::new(key, key, text)
}
