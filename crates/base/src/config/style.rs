//! The decided configuration of stylesheets: Sass, CSS modules, and the languages that a command
//! may compile.

use camino::Utf8PathBuf;
use serde::Serialize;

/// The languages, each with all its names; the first name is the file extension.
pub(super) const LANGUAGES: [&[&str]; 6] =
    [&["less"], &["styl", "stylus"], &["scss"], &["sass"], &["pcss", "postcss"], &["sss"]];

/// Whether a file with this extension is a stylesheet: only CSS is written for it.
pub fn is_stylesheet(extension: &str) -> bool {
    extension == "css" || LANGUAGES.iter().flat_map(|names| *names).any(|name| *name == extension)
}

/// How Sass is compiled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SassConfig {
    /// Folders in which partials are looked for, after the folder of the importer; absolute, in the
    /// order written.
    pub load_paths: Vec<Utf8PathBuf>,
    /// Text that precedes every stylesheet.
    pub additional_data: String,
    /// Names of deprecations that are not reported.
    pub silence_deprecations: Vec<String>,
}

/// How class names and other names of a CSS module are made unique.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CssModulesConfig {
    /// The pattern of the unique name, with `[local]`, `[name]` and `[hash]`.
    pub names: String,
    /// Scripts also get every name that has dashes in camel case.
    pub camel_case: bool,
}
