//! Where the text of a module comes from: a file, a part of one, or our own runtime.

use std::sync::Arc;

use bundle_base::{Source, loader::Language};
use bundle_resolve::Resolved;

use crate::memo::FileEntry;

/// A module before it is loaded.
#[derive(Debug)]
pub(crate) enum Origin {
    /// A file.
    File(Resolved),
    /// A part of a file beside its main one.
    Part {
        /// The file.
        resolved: Resolved,
        /// Which part: `?template`.
        suffix: String,
        /// The file as it was loaded.
        file: Arc<FileEntry>,
    },
    /// A module of our runtime, by its specifier.
    Runtime(&'static str),
    /// A text that stands for something that is no file: an ignored module, a data URL, a
    /// `require.context`.
    Text {
        /// What it is called.
        key: String,
        /// Its text.
        text: String,
        /// What the text is.
        language: Language,
        /// Where relative specifiers in it start from.
        folder: camino::Utf8PathBuf,
    },
}

impl Origin {
    /// What tells it from every other module. May hold a path of the machine: never reaches an
    /// output.
    pub fn identity(&self) -> String {
        match self {
            Self::File(resolved) => format!("{}{}", resolved.path, resolved.query),
            // A request with the same query would load the file once more.
            Self::Part { resolved, suffix, .. } => {
                format!("{}{}\0{suffix}", resolved.path, resolved.query)
            }
            Self::Runtime(specifier) => (*specifier).to_owned(),
            Self::Text { key, .. } => key.clone(),
        }
    }

    /// What users and outputs call it.
    pub fn name(&self) -> String {
        match self {
            Self::File(resolved) => format!("{}{}", resolved.name, resolved.query),
            Self::Part { resolved, suffix, .. } => {
                format!("{}{}{suffix}", resolved.name, resolved.query)
            }
            Self::Runtime(_) | Self::Text { .. } => self.identity(),
        }
    }

    /// An empty module: what `false` in a browser field or an alias stands for.
    pub fn ignored(name: &str) -> Self {
        let (key, text) = (format!("(ignored) {name}"), String::new());
        Self::Text { key, text, language: Language::JavaScript, folder: "/".into() }
    }
}

/// The source of a text that is no file.
pub(super) fn source_of_text(key: &str, text: &str) -> Arc<Source> {
    Source::new(key, key, text)
}
