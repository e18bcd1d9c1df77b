//! The decided configuration of resolving: the platform, aliases, externals and provided names.

use camino::{Utf8Path, Utf8PathBuf};
use indexmap::IndexMap;
use serde::Serialize;

use super::FilePattern;
use crate::installed::below_packages;

/// The platform on which the output runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// Pages: `browser` fields and conditions apply, and an import of a Node built-in is an error.
    Browser,
    /// Node: its built-ins are external.
    Node,
}

/// What replaces Node's built-in modules and globals in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeShims {
    /// Installed packages, such as `path-browserify` for `path`.
    Packages,
    /// Installed packages, then small modules of our own, then empty modules.
    Shims,
}

/// How specifiers are resolved to files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResolveConfig {
    /// Where the output runs.
    pub platform: Platform,
    /// What replaces Node's built-in modules and globals. Read only for pages.
    pub node: NodeShims,
    /// Replacements of specifiers, in the order written. A key with `$` at its end (`vue$`) matches
    /// exactly; any other key matches the whole specifier or its beginning up to a `/`.
    pub alias: IndexMap<String, AliasTarget>,
    /// Specifiers that are not bundled, in the order written.
    pub externals: IndexMap<String, External>,
    /// Free variables that become imports: `$` → `jquery`, or `Promise` → the export `Promise` of
    /// `es6-promise`.
    pub provide: IndexMap<String, Provide>,
    /// What files are used as, besides their kind; the first rule that fits applies.
    pub rules: Vec<Rule>,
    /// Packages in which requests with an expression lead to all files that they may mean.
    pub contexts: Vec<String>,
    /// How the package.json of packages is read.
    pub package_json: PackageJsonConfig,
    /// Extensions to try, in order, each with its dot.
    pub extensions: Vec<String>,
    /// Where bare specifiers are found.
    #[serde(flatten)]
    pub bare_specifiers: BareSpecifiersConfig,
    /// Whether symbolic links are followed to the real file (Node's default).
    pub follow_symlinks: bool,
    /// The tsconfig.json whose `paths` apply; `None`: the one nearest to each importer.
    pub tsconfig: Option<Utf8PathBuf>,
}

/// Where bare specifiers are found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BareSpecifiersConfig {
    /// Absolute paths of folders, and `node_modules` for the packages, in order.
    pub module_paths: Vec<String>,
    /// Whether scripts find files beside the importer first.
    pub prefer_relative: bool,
}

/// How the package.json of packages is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PackageJsonConfig {
    /// Conditions of `exports` and `imports`, besides `import`/`require`/`default`, by preference.
    pub conditions: Vec<String>,
    /// Fields that name the entry file, by preference.
    pub main_fields: Vec<String>,
    /// Whether `sideEffects` counts. webpack before version 4 does not know it.
    pub side_effects: bool,
}

/// What the files of a pattern are used as, if a request has no query of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// The pattern as the user wrote it, for diagnostics.
    pub written: String,
    /// The files.
    #[serde(flatten)]
    pub files: FilePattern,
    /// The query that requests of these files get: `?raw`.
    pub query: String,
}

impl ResolveConfig {
    /// Whether requests with an expression in a file lead to all files that they may mean:
    /// in the project's own code, and in the configured packages.
    pub fn follows_expressions(&self, file: &Utf8Path) -> bool {
        let Some(inside) = below_packages(file.as_str()) else { return true };
        let is_in = |package: &String| {
            inside.strip_prefix(package.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        self.contexts.iter().any(is_in)
    }
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
    /// from the specifier. A `*` means the text that `*` in the specifier matches. A name may be
    /// any text without a dot: `flarum.core.forum/app` is `flarum.core["forum/app"]`.
    pub global: Option<String>,
    /// `*` in the global means the matched text as it is, because it is in brackets. Otherwise it
    /// means the text in camel case.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub keeps_text: bool,
    /// WordPress's name of the script that sets the global. A `*` means the text that `*` in the
    /// specifier matches. `None`: the name follows from the specifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    /// The module is bundled, whatever pattern after this one fits it too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_bundled: bool,
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
    /// It was not configured: the name is a global of Node, and a package replaces it. Modules that
    /// test for the name with `typeof` do without it.
    pub is_implied: bool,
}
