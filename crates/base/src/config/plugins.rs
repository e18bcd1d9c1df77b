//! The decided configuration of what runs in the project's Node process: plugins, PostCSS, Babel.

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

use crate::{asset::ContentHash, tools::LIMIT};

/// The plugins, PostCSS and Babel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PluginsConfig {
    /// The plugins in the order in which they run. The process knows them by their index.
    pub list: Vec<Plugin>,
    /// A hash of what configures them, so that an edit of a plugin in the project is a new
    /// configuration.
    pub digest: Option<ContentHash>,
    /// Seconds after which a plugin that does not answer counts as hanging.
    pub timeout: u64,
    /// PostCSS's own configuration file; `None`: it does not run.
    pub postcss: Option<Utf8PathBuf>,
    /// Babel's own configuration file, if it has plugins for what bundle does not do; `None`: it
    /// does not run.
    pub babel: Option<Utf8PathBuf>,
}

impl Default for PluginsConfig {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            digest: None,
            timeout: LIMIT.as_secs(),
            postcss: None,
            babel: None,
        }
    }
}

/// A plugin, with everything that is known without asking its process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Plugin {
    /// Its name, which need not be unique.
    pub name: String,
    /// What its results depend on besides their input: its version and options. `None`: unknown, so
    /// its results are not stored.
    pub cache_key: Option<String>,
    /// The hooks that it has.
    pub filters: Hooks,
    /// Its hooks that are not called.
    #[serde(default)]
    pub ignored: Vec<String>,
}

/// For each hook of a plugin which modules it is called for; `None`: it has no such hook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Hooks {
    /// `resolveId`, by the specifier.
    pub resolve_id: Option<Filter>,
    /// `load`, by the module's id.
    pub load: Option<Filter>,
    /// `transform`, by the module's id and its text.
    pub transform: Option<Filter>,
}

/// Which modules a hook is called for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Patterns for the id or the specifier.
    pub id: Patterns,
    /// Patterns for the text.
    pub code: Patterns,
}

/// Patterns of what passes. Without `include`, everything passes that `exclude` does not match.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patterns {
    /// One of them must match.
    pub include: Vec<Pattern>,
    /// None of them may match.
    pub exclude: Vec<Pattern>,
}

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Pattern {
    /// A regular expression of JavaScript.
    Expression {
        /// Its text.
        source: String,
        /// Its flags.
        flags: String,
    },
    /// A text that is contained.
    Text {
        /// The text.
        text: String,
    },
}
