//! How Vue components are compiled: the decided configuration. The defaults are vue-loader 15's.

use camino::Utf8PathBuf;
use indexmap::IndexMap;
use serde::Serialize;

/// How Vue components are compiled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VueConfig {
    /// The installed version of Vue counts; otherwise it is taken to be 2, whatever is installed.
    pub is_installed: bool,
    /// How white space between elements is handled.
    pub whitespace: Whitespace,
    /// Whether comments in templates are rendered.
    pub comments: bool,
    /// The delimiters of interpolations: `{{` and `}}`.
    pub delimiters: (String, String),
    /// The attributes of templates that refer to files, by tag (`*`: every tag). Empty: no
    /// attribute does.
    pub asset_urls: IndexMap<String, Vec<String>>,
    /// What the ids of scoped styles are derived from.
    pub scope_id: ScopeId,
    /// The script with the modules and directives of Vue's compiler, which then compiles templates.
    pub compiler: Option<Utf8PathBuf>,
}

impl Default for VueConfig {
    /// The configuration of vue-loader 15 without options.
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
            compiler: None,
        }
    }
}

/// How white space between the elements of a template is handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Whitespace {
    /// It becomes one space.
    Preserve,
    /// It is removed if it contains a line break; otherwise, and within texts, it becomes one
    /// space.
    Condense,
}

/// What the id of a component's scoped styles is derived from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeId {
    /// The file's path relative to the project.
    Path,
    /// The path in development, the path and the contents in production, as in vue-loader.
    VueLoader,
}
