//! How components of Vue are compiled, decided. The defaults are those of vue-loader 15.

use indexmap::IndexMap;
use serde::Serialize;

/// How Vue components are compiled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VueConfig {
    /// The version is what is installed; otherwise it is 2, whatever is.
    pub is_installed: bool,
    /// What becomes of white space between elements.
    pub whitespace: Whitespace,
    /// Comments of templates are rendered.
    pub comments: bool,
    /// What interpolations stand between: `{{` and `}}`.
    pub delimiters: (String, String),
    /// Attributes of templates that name files: by tag (`*`: every tag) the attributes. Empty:
    /// none.
    pub asset_urls: IndexMap<String, Vec<String>>,
    /// What the ids of scoped styles follow from.
    pub scope_id: ScopeId,
}

impl Default for VueConfig {
    /// As vue-loader 15 compiles where nothing is configured.
    fn default() -> Self {
        let tags = [
            ("audio", &["src"][..]),
            ("video", &["src", "poster"]),
            ("source", &["src"]),
            ("img", &["src"]),
            ("image", &["xlink:href", "href"]),
            ("use", &["xlink:href", "href"]),
        ];
        let attributes = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self {
            is_installed: true,
            whitespace: Whitespace::Preserve,
            comments: false,
            delimiters: ("{{".to_owned(), "}}".to_owned()),
            asset_urls: tags
                .into_iter()
                .map(|(tag, names)| (tag.to_owned(), attributes(names)))
                .collect(),
            scope_id: ScopeId::Path,
        }
    }
}

/// What becomes of white space between the elements of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Whitespace {
    /// One space stays of it.
    Preserve,
    /// It goes where it has a line break; elsewhere, and in texts, one space stays.
    Condense,
}

/// What the id of a component's scoped styles follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeId {
    /// The file's path in the project.
    Path,
    /// The path in development, path and contents in production, as vue-loader does it.
    VueLoader,
}
