//! The decided configuration of resolving: the platform, aliases, externals and provided names.

use camino::Utf8PathBuf;
use indexmap::IndexMap;
use serde::Serialize;

/// The platform on which the output runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// Pages: `browser` fields and conditions apply, and an import of a Node built-in is an error.
    Browser,
    /// Node: its built-ins are external.
    Node,
}

/// How specifiers are resolved to files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResolveConfig {
    /// Where the output runs.
    pub platform: Platform,
    /// Replacements of specifiers, in the order written. A key with `$` at its end (`vue$`) matches
    /// exactly; any other key matches the whole specifier or its beginning up to a `/`.
    pub alias: IndexMap<String, AliasTarget>,
    /// Specifiers that are not bundled, in the order written.
    pub externals: IndexMap<String, External>,
    /// Free variables that become imports: `$` → `jquery`, or `Promise` → the export `Promise` of
    /// `es6-promise`.
    pub provide: IndexMap<String, Provide>,
    /// Conditions of `exports` and `imports` in package.json, besides `import`/`require`/`default`,
    /// by preference.
    pub conditions: Vec<String>,
    /// Fields of package.json that name the entry file, by preference.
    pub main_fields: Vec<String>,
    /// Extensions to try, in order, each with its dot.
    pub extensions: Vec<String>,
    /// Whether symbolic links are followed to the real file (Node's default).
    pub follow_symlinks: bool,
    /// The tsconfig.json whose `paths` apply; `None`: the one nearest to each importer.
    pub tsconfig: Option<Utf8PathBuf>,
}

/// What an alias is replaced with.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum AliasTarget {
    /// Another specifier, or an absolute path.
    To(String),
    /// An empty module.
    Ignore,
}

/// Where an external module comes from at run time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct External {
    /// The page global, as a dotted path from the global object without `window.`: `Vue`,
    /// `App.lib.jq`. `None`: cjs and esm import the external by its name, and iife derives a global
    /// from the specifier.
    pub global: Option<String>,
}

/// What a provided free variable imports.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Provide {
    /// The specifier of the module.
    pub specifier: String,
    /// The name of the export; `None`: the module itself, as `require` or a default import gives
    /// it.
    pub export: Option<String>,
}
