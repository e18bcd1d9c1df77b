//! Two types, never one: `RawConfig` is what the user wrote (every field optional), `Config` is
//! what is meant (every field decided, paths absolute, hashable, never changed afterwards).
//! `decide` is the only way from one to the other and reports every mistake on the way. Grouped by
//! who reads it.

use camino::Utf8PathBuf;
use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use crate::decode::SourceCharset;

mod browserslist; // browsers that the project names for all tools
mod budget; // how large pages may be
mod decide; // RawConfig -> Config, and every mistake
mod find; // where the project is
mod gather; // flags and the project's files -> RawConfig
mod lint; // how scripts are linted
mod merge; // several RawConfigs -> one
mod messages; // every sentence about the configuration
mod parse; // bundle.config.json and package.json -> RawConfig
mod raw; // RawConfig
mod shared; // who is in which bundle that pages share
mod vue; // how components are compiled
mod watch; // how changes are noticed

pub use browserslist::Environment;
pub use budget::{Budget, BudgetFor, WrittenAt};
pub use decide::{Browsers, Host, absolute, decide, matching, relative};
pub use find::{FILE, WrittenIn, find, find_file};
pub use gather::gather;
pub use lint::LintConfig;
pub use messages::kind_of_build;
pub use parse::{KEYS, parse};
pub use raw::{
    Origin, Pair, RawAlias, RawArea, RawBudget, RawConfig, RawEntries, RawGlobal, RawJsx, RawLint,
    RawModes, RawOutput, RawProject, RawResolve, RawSass, RawScript, RawVue, Written,
};
pub use shared::{SharedBundle, Sharing, claim, package_of};
pub use vue::{ScopeId, VueConfig, Whitespace};
pub use watch::{Poll, WatchConfig};

/// Everything decided. Paths are absolute; there is no machine-dependent default left in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Config {
    /// The project's folder (where the configuration file is, or the working directory): module
    /// keys and names in outputs are relative to it.
    pub project: Utf8PathBuf,
    /// The name of the project, for the page's registry object.
    pub name: String,
    /// What to build, in order; output names are unique.
    pub entries: Vec<Entry>,
    /// Bundles that pages share, in order. Who reads it: scan, link, chunk.
    pub shared: Vec<SharedBundle>,
    /// Development or production.
    pub mode: Mode,
    /// Who reads it: scan and bundle_resolve.
    pub resolve: ResolveConfig,
    /// Who reads it: bundle_js.
    pub script: ScriptConfig,
    /// Who reads it: bundle_vue.
    pub vue: VueConfig,
    /// Who reads it: bundle_css.
    pub sass: SassConfig,
    /// Who reads it: bundle_css and the loader of assets.
    pub assets: AssetsConfig,
    /// Files that are copied, in order. Who reads it: scan.
    pub copy: Vec<CopyRule>,
    /// Commands that compile styles, by their language. Who reads it: bundle_css and the loaders.
    pub preprocess: IndexMap<String, Vec<String>>,
    /// Who reads it: bundle_css and bundle_vue.
    pub css_modules: CssModulesConfig,
    /// Who reads it: link, chunk, render, emit.
    pub output: OutputConfig,
    /// How large pages may be. Who reads it: the host, which may know what servers send.
    pub budgets: Vec<Budget>,
    /// Who reads it: the host, while it watches.
    pub watch: WatchConfig,
    /// How scripts are linted, if they are. Who reads it: the host.
    pub lint: Option<LintConfig>,
    /// Codes of warnings that are not shown.
    pub silenced: Vec<String>,
}

impl Config {
    /// The command that compiles styles in a language, by any of its names: `less`, `stylus`.
    pub fn preprocessor(&self, lang: &str) -> Option<&[String]> {
        let names = parse::LANGUAGES.iter().find(|names| names.contains(&lang))?;
        self.preprocess.get(names[0]).map(Vec::as_slice)
    }

    /// True if warnings of this code are not shown.
    pub fn is_silenced(&self, code: &str) -> bool {
        self.silenced.iter().any(|silenced| silenced == code)
    }
}

/// One entry: a module to start from and the output it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Output name without folder of the build and without extension: `main`,
    /// `vue/hello_world/HelloWorld`.
    pub name: String,
    /// The entry as the user wrote it, for diagnostics: `src/main.js`, or a package specifier.
    pub specifier: String,
    /// The file to start from, absolute; or the bare specifier for a package entry.
    pub path: Utf8PathBuf,
    /// The page global that gets the entry's exports (`iife`), dotted paths allowed.
    pub global_name: Option<String>,
    /// The name is the user's word, so nothing is added to it.
    pub is_exact: bool,
    /// The area that it is an entry of.
    pub area: Option<String>,
}

/// Development keeps what helps debugging; production what helps users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Readable names, `debugger` kept, run-time checks with sentences.
    Development,
    /// `process.env.NODE_ENV` is `"production"`.
    Production,
}

/// Where the output runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// Pages: `browser` fields and conditions count, Node's built-ins are mistakes.
    Browser,
    /// Node: its built-ins are external.
    Node,
}

/// How specifiers become files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResolveConfig {
    /// Where the output runs.
    pub platform: Platform,
    /// Replacements in the order written; `vue$` is exact, others match the whole specifier or up
    /// to a `/`.
    pub alias: IndexMap<String, AliasTarget>,
    /// Specifiers that are not bundled, in the order written.
    pub externals: IndexMap<String, External>,
    /// Free names that become imports: `$` → `jquery`, or `Promise` → `es6-promise` with the export
    /// `Promise`.
    pub provide: IndexMap<String, Provide>,
    /// Conditions of `exports` and `imports` beside `import`/`require`/`default`, by preference.
    pub conditions: Vec<String>,
    /// Fields of package.json that name the entry file, by preference.
    pub main_fields: Vec<String>,
    /// Extensions tried in order, each with its dot.
    pub extensions: Vec<String>,
    /// Follow symbolic links to the real file (Node's default).
    pub follow_symlinks: bool,
    /// A tsconfig.json whose `paths` count; `None`: the one nearest to each importer.
    pub tsconfig: Option<Utf8PathBuf>,
}

/// What an alias stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum AliasTarget {
    /// Another specifier, or an absolute path.
    To(String),
    /// An empty module.
    Ignore,
}

/// Where an external comes from at run time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct External {
    /// The page global, as a dotted path from the global object without `window.`: `Vue`,
    /// `App.lib.jq`. `None`: the external is only named (cjs and esm), and iife derives a global
    /// from the specifier.
    pub global: Option<String>,
}

/// What a provided free name imports.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Provide {
    /// The module.
    pub specifier: String,
    /// The export; `None`: the module as `require` or a default import would give it.
    pub export: Option<String>,
}

/// How scripts are read and written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScriptConfig {
    /// The engine that must understand every byte written.
    pub target: Target,
    /// Expressions replaced at compile time: an identifier or dotted path → JavaScript text (JSON
    /// or an identifier).
    pub define: IndexMap<String, String>,
    /// How JSX is compiled.
    pub jsx: Jsx,
    /// How it is compiled in Vue components.
    pub jsx_in_components: Jsx,
    /// How decorators are understood.
    pub decorators: Decorators,
    /// TypeScript's `useDefineForClassFields`.
    pub define_class_fields: bool,
    /// Whether output may contain non-ASCII text.
    pub charset: Charset,
    /// How files are read that are not UTF-8, styles and components too.
    pub source_charset: SourceCharset,
    /// What is done for built-ins that the target lacks.
    pub polyfills: Polyfills,
    /// What the target lacks, and nothing brings, is a mistake.
    pub lacks_no_globals: bool,
}

/// What is done for built-ins that the target lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Polyfills {
    /// Nothing: the page brings them.
    None,
    /// Modules of core-js are imported by who needs them.
    Usage,
}

/// What the output may use. Shown as it is written: `"es5"`, `["ie 9"]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A version of ECMAScript: 5, 2015, … 2025; `u16::MAX` is esnext.
    Ecma(u16),
    /// Browsers with their versions: the answer to a browserslist query, sorted; (`ie`, `9`). An
    /// edition of ECMAScript that was written beside browsers is one of them, by the name
    /// `EDITION`; (`es`, `2020`).
    Browsers(Vec<(String, String)>),
}

impl Target {
    /// `esnext`: nothing is lowered but what is no JavaScript at all.
    pub const ESNEXT: Self = Self::Ecma(u16::MAX);
    /// `es5`.
    pub const ES5: Self = Self::Ecma(5);
    /// What an edition of ECMAScript is called among browsers.
    pub const EDITION: &str = "es";

    /// A browser as one says it: `ie 9`, and `es2020`.
    pub fn shown(name: &str, version: &str) -> String {
        let space = if name == Self::EDITION { "" } else { " " };
        format!("{name}{space}{version}")
    }
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Ecma(u16::MAX) => serializer.serialize_str("esnext"),
            Self::Ecma(version) => serializer.collect_str(&format_args!("es{version}")),
            Self::Browsers(browsers) => {
                serializer.collect_seq(browsers.iter().map(|(name, v)| Self::shown(name, v)))
            }
        }
    }
}

/// How JSX is compiled.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "runtime", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum Jsx {
    /// `React.createElement(…)`.
    Classic {
        /// The call: `React.createElement`, `h`.
        factory: String,
        /// The fragment: `React.Fragment`.
        fragment: String,
    },
    /// `import { jsx } from "react/jsx-runtime"`.
    Automatic {
        /// The package: `react`, `preact`.
        import_source: String,
    },
    /// Vue 2: `h(tag, { attrs, on, … }, children)`.
    Vue2,
}

/// How decorators are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decorators {
    /// TypeScript's `experimentalDecorators`.
    Legacy,
    /// The 2022 proposal (2023-11).
    Standard,
}

/// How Sass is compiled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SassConfig {
    /// Folders that partials are looked for in, after that of who asks; absolute, in the order
    /// written.
    pub load_paths: Vec<Utf8PathBuf>,
    /// What every sheet begins with.
    pub additional_data: String,
    /// Names of deprecations that nobody is told of.
    pub silence_deprecations: Vec<String>,
}

/// Files that go into the output folder as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CopyRule {
    /// A file, or a folder, absolute.
    pub from: Utf8PathBuf,
    /// Which files of the folder: a glob below it; empty: all of them.
    pub pattern: String,
    /// A folder of the output folder; for one file the file's new name, unless it ends with `/`.
    /// Empty: the output folder.
    pub to: String,
    /// What the user wrote.
    pub written: String,
}

/// How names become a sheet's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CssModulesConfig {
    /// What a name becomes: a pattern of `[local]`, `[name]` and `[hash]`.
    pub names: String,
    /// Scripts get names with dashes in camel case too.
    pub camel_case: bool,
}

/// How files are used that are neither scripts nor sheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AssetsConfig {
    /// Files of fewer bytes are written into their addresses.
    pub inline_below: usize,
    /// Where the others go in the output folder: a pattern of `[dir]`, `[name]`, `[hash]` and
    /// `[ext]`.
    pub names: String,
    /// What `?sprite` calls a drawing in the page: a pattern of `[dir]` and `[name]`.
    pub symbol_id: String,
    /// Files of more bytes get a warning.
    pub warn_above: usize,
    /// Extensions of files that are used as they are, beyond the known ones: lower case, no dot.
    pub extensions: Vec<String>,
}

/// A file that tells a backend which files a page includes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Manifest {
    /// `entrypoints.json`: per entry, in order.
    Entrypoints,
    /// `mix-manifest.json`, as Laravel Mix writes it.
    Mix,
    /// `manifest.json`, as Vite writes it.
    Vite,
    /// `bundle.php`, which prints the tags of an entry by `entrypoints.json`.
    Php,
}

/// What characters the output may contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Charset {
    /// Non-ASCII text is escaped: the page's encoding does not matter.
    Ascii,
    /// Text stays as it is.
    Utf8,
}

/// What is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches of the user's, which exclude nothing of each other"
)]
pub struct OutputConfig {
    /// The folder that output names are relative to, absolute.
    pub dir: Utf8PathBuf,
    /// Exactly this file, relative to `dir`, for the only entry (`--out-file`).
    pub file: Option<String>,
    /// The form of scripts.
    pub format: Format,
    /// Shared and dynamic chunks; without it one file per entry.
    pub splitting: bool,
    /// Which shared scripts are worth their requests.
    pub sharing: Sharing,
    /// Compress and mangle.
    pub minify: Minify,
    /// Source maps.
    pub source_map: SourceMap,
    /// Where source maps that are files go, absolute; `None`: beside their scripts.
    pub source_map_dir: Option<Utf8PathBuf>,
    /// Source maps hold the texts of their sources.
    pub sources_content: bool,
    /// Scripts of entries carry a client that shows edits on their pages.
    pub updates: bool,
    /// The URL of `dir`.
    pub public_path: String,
    /// Names of files have a hash of their contents.
    pub hash: bool,
    /// What tells a backend which files a page includes.
    pub manifests: Vec<Manifest>,
    /// Where styles go.
    pub styles: Styles,
    /// Hoisted scopes, or a registry of wrapped modules.
    pub modules: ModulesForm,
    /// Somebody will read the metafile.
    #[serde(skip)]
    pub metafile: bool,
}

impl OutputConfig {
    /// Modules are exchanged while their pages run.
    pub fn is_hot(&self) -> bool {
        self.updates && self.modules == ModulesForm::Registry
    }
}

/// The form of scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// A classic script: a function expression that runs.
    Iife,
    /// A CommonJS module.
    Cjs,
    /// An ES module.
    Esm,
}

/// Where styles go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Styles {
    /// Into a sheet beside the script.
    File,
    /// Into the script, which puts them into the page.
    Inject,
}

/// How output is made small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Minify {
    /// It stays readable.
    No,
    /// Each module by itself, remembered between builds; names by their frequency in the chunk.
    Modules,
    /// The same, and then the whole chunk once more, at every build.
    Chunk,
}

/// Where source maps go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceMap {
    /// None.
    None,
    /// A file, named in the script.
    File,
    /// In the script.
    Inline,
    /// A file, not named in the script.
    Hidden,
}

/// How modules share a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ModulesForm {
    /// ES modules share one scope where they may.
    Hoisted,
    /// Every module wrapped under its key, for hot updates.
    Registry,
}
