//! `Config`: the configuration with everything decided, with its entries and its mode. The groups
//! of its fields are in files of their own, by the phase or crate that reads them.

use camino::Utf8PathBuf;
use indexmap::IndexMap;
use serde::Serialize;

use super::{
    assets::{AssetsConfig, CopyRule},
    budget::Budget,
    cache::CacheConfig,
    lint::LintConfig,
    output::OutputConfig,
    plugins::PluginsConfig,
    resolve::ResolveConfig,
    script::ScriptConfig,
    shared::ManualChunk,
    style::{CssModulesConfig, LANGUAGES, SassConfig},
    vue::VueConfig,
    watch::WatchConfig,
};
use crate::diagnostic::Severities;

/// The configuration with everything decided. Paths are absolute, and no default in it depends on
/// the machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Config {
    /// The project's folder (where the configuration file is, or the working directory). Module
    /// keys and names in outputs are relative to it.
    pub project: Utf8PathBuf,
    /// The name of the project, after which the registry object on the page is named.
    pub name: String,
    /// The entries to build, in order; output names are unique.
    pub entries: Vec<Entry>,
    /// Bundles that pages share, in order. Read by scan, link and chunk.
    pub shared: Vec<ManualChunk>,
    /// Development or production.
    pub mode: Mode,
    /// How specifiers are resolved. Read by scan and bundle_resolve.
    pub resolve: ResolveConfig,
    /// How scripts are compiled. Read by bundle_js.
    pub script: ScriptConfig,
    /// How Vue components are compiled. Read by bundle_vue.
    pub vue: VueConfig,
    /// How Sass is compiled. Read by bundle_css.
    pub sass: SassConfig,
    /// How assets are named and inlined. Read by bundle_css and the loader of assets.
    pub assets: AssetsConfig,
    /// Files that are copied, in order. Read by scan.
    pub copy: Vec<CopyRule>,
    /// Commands that compile stylesheets, by language. Read by bundle_css and the loaders.
    pub preprocess: IndexMap<String, Vec<String>>,
    /// What runs in the project's Node process. Read by scan, and by bundle_css.
    pub plugins: PluginsConfig,
    /// How the class names of CSS modules are made. Read by bundle_css and bundle_vue.
    pub css_modules: CssModulesConfig,
    /// What is written, and in which form. Read by link, chunk, render and emit.
    pub output: OutputConfig,
    /// How large pages may be. Read by the host, which can know what servers send.
    pub budgets: Vec<Budget>,
    /// How changes are noticed. Read by the host while it watches.
    pub watch: WatchConfig,
    /// How scripts are linted; `None`: they are not. Read by the host.
    pub lint: Option<LintConfig>,
    /// The cache that machines share. Read by the host.
    pub cache: CacheConfig,
    /// Which severity diagnostics have, by code.
    pub severities: Severities,
}

impl Config {
    /// Returns the command that compiles stylesheets in a language, by any name of the language:
    /// `less`, `stylus`.
    pub fn preprocessor(&self, lang: &str) -> Option<&[String]> {
        let names = LANGUAGES.iter().find(|names| names.contains(&lang))?;
        self.preprocess.get(names[0]).map(Vec::as_slice)
    }

    /// Whether warnings with this code are hidden.
    pub fn is_silenced(&self, code: &str) -> bool {
        self.severities.hides(code)
    }
}

/// One entry: the module to start from, and the name of the output that it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Output name without the build's folder and without extension: `main`,
    /// `vue/hello_world/HelloWorld`.
    pub name: String,
    /// The entry as the user wrote it, for diagnostics: `src/main.js`, or a package specifier.
    pub specifier: String,
    /// The absolute path of the file to start from; for a package entry the bare specifier.
    pub path: Utf8PathBuf,
    /// The page global that gets the entry's exports (`iife`), dotted paths allowed.
    pub global_name: Option<String>,
    /// The name of its stylesheet, as `name`, if the user chose another name than the script's.
    pub stylesheet: Option<String>,
    /// The user chose the exact name, so no hash is added to it.
    pub is_exact: bool,
    /// The area that declares the entry, if one does.
    pub area: Option<String>,
}

impl Entry {
    /// Returns the name of its stylesheet: the one that the user chose, or the script's.
    pub fn stylesheet_name(&self) -> &str {
        self.stylesheet.as_ref().unwrap_or(&self.name)
    }
}

/// The mode of a build: development keeps what helps debugging, production serves users of the
/// page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Readable names, `debugger` statements kept, run-time checks with full messages.
    Development,
    /// `process.env.NODE_ENV` is `"production"`.
    Production,
}

impl Mode {
    /// Returns the word for the mode, as `--mode` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Production => "production",
        }
    }
}
