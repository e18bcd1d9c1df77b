//! The configuration with everything decided, as plain data.

use camino::Utf8PathBuf;
use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use super::{
    budget::Budget,
    lint::LintConfig,
    shared::{SharedBundle, Sharing},
    vue::VueConfig,
    watch::WatchConfig,
};
use crate::decode::SourceCharset;

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
    /// What to build, in order; output names are unique.
    pub entries: Vec<Entry>,
    /// Bundles that pages share, in order. Read by scan, link and chunk.
    pub shared: Vec<SharedBundle>,
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
    /// Codes of warnings that are not shown.
    pub silenced: Vec<String>,
}

/// The languages that a command compiles, each with all its names; the first name is the file extension.
pub(super) const LANGUAGES: [&[&str]; 6] =
    [&["less"], &["styl", "stylus"], &["scss"], &["sass"], &["pcss", "postcss"], &["sss"]];

impl Config {
    /// Returns the command that compiles stylesheets in a language, by any name of the language:
    /// `less`, `stylus`.
    pub fn preprocessor(&self, lang: &str) -> Option<&[String]> {
        let names = LANGUAGES.iter().find(|names| names.contains(&lang))?;
        self.preprocess.get(names[0]).map(Vec::as_slice)
    }

    /// Returns whether warnings with this code are hidden.
    pub fn is_silenced(&self, code: &str) -> bool {
        self.silenced.iter().any(|silenced| silenced == code)
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
    /// The user chose the exact name, so no hash is added to it.
    pub is_exact: bool,
    /// The area that declares the entry, if one does.
    pub area: Option<String>,
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

/// How scripts are parsed, compiled and written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScriptConfig {
    /// The engines that must be able to run every byte written.
    pub target: Target,
    /// Expressions replaced at compile time: an identifier or dotted path, and the JavaScript text
    /// (JSON or an identifier) that replaces it.
    pub define: IndexMap<String, String>,
    /// How JSX is compiled.
    pub jsx: Jsx,
    /// How JSX is compiled in Vue components.
    pub jsx_in_components: Jsx,
    /// Which semantics decorators have.
    pub decorators: Decorators,
    /// TypeScript's `useDefineForClassFields`.
    pub define_class_fields: bool,
    /// Which characters the output may contain.
    pub charset: Charset,
    /// The encoding of files that are not UTF-8, stylesheets and components included.
    pub source_charset: SourceCharset,
    /// What is done about built-ins that the target lacks.
    pub polyfills: Polyfills,
    /// The build reports an error for every built-in that the target lacks and nothing provides.
    pub lacks_no_globals: bool,
}

/// What is done about built-ins that the target lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Polyfills {
    /// Nothing: the page provides them.
    None,
    /// Modules that use a built-in import its polyfill from core-js.
    Usage,
}

/// The language level of the output. Serialized as the user writes it: `"es5"`, `["ie 9"]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A version of ECMAScript: 5, 2015, … 2025; `u16::MAX` is esnext.
    Ecma(u16),
    /// Browsers with their versions, (`ie`, `9`): the sorted answer to a browserslist query. An
    /// edition of ECMAScript written beside browsers is listed among them under the name `EDITION`:
    /// (`es`, `2020`).
    Browsers(Vec<(String, String)>),
}

impl Target {
    /// `esnext`: only what is not JavaScript at all (TypeScript, JSX) is compiled.
    pub const ESNEXT: Self = Self::Ecma(u16::MAX);
    /// `es5`.
    pub const ES5: Self = Self::Ecma(5);
    /// The name of an edition of ECMAScript among browsers.
    pub const EDITION: &str = "es";

    /// Formats a browser for users: `ie 9`; an edition: `es2020`.
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
        /// The function that creates an element: `React.createElement`, `h`.
        factory: String,
        /// The component of a fragment: `React.Fragment`.
        fragment: String,
    },
    /// `import { jsx } from "react/jsx-runtime"`.
    Automatic {
        /// The package that has the runtime: `react`, `preact`.
        import_source: String,
    },
    /// Vue 2: `h(tag, { attrs, on, … }, children)`.
    Vue2,
}

/// Which semantics decorators have.
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
    /// Folders in which partials are looked for, after the folder of the importer; absolute, in the
    /// order written.
    pub load_paths: Vec<Utf8PathBuf>,
    /// Text that is put before every stylesheet.
    pub additional_data: String,
    /// Names of deprecations that are not reported.
    pub silence_deprecations: Vec<String>,
}

/// Files that are copied into the output folder unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CopyRule {
    /// The file or the folder to copy, absolute.
    pub from: Utf8PathBuf,
    /// Which files of the folder are copied: a glob relative to it; empty: all of them.
    pub pattern: String,
    /// The folder within the output folder. For a single file it is the file's new name, unless it
    /// ends with `/`. Empty: the output folder.
    pub to: String,
    /// The path or glob as the user wrote it, for diagnostics.
    pub written: String,
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

/// How files are used that are neither scripts nor stylesheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AssetsConfig {
    /// Files of fewer bytes are inlined as `data:` URLs.
    pub inline_below: usize,
    /// The name of every other file in the output folder: a pattern of `[dir]`, `[name]`, `[hash]`
    /// and `[ext]`.
    pub names: String,
    /// The id of a drawing that `?sprite` puts into the page: a pattern of `[dir]` and `[name]`.
    pub symbol_id: String,
    /// Files of more bytes get a warning.
    pub warn_above: usize,
    /// Extensions of files that are used as they are, besides the known ones: lower case, without
    /// dot.
    pub extensions: Vec<String>,
}

/// A file that tells a backend which files a page includes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Manifest {
    /// `entrypoints.json`: the files of each entry, in order.
    Entrypoints,
    /// `mix-manifest.json`, as Laravel Mix writes it.
    Mix,
    /// `manifest.json`, as Vite writes it.
    Vite,
    /// `bundle.php`, which reads `entrypoints.json` and prints the tags of an entry.
    Php,
}

/// What characters the output may contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Charset {
    /// Non-ASCII text is escaped, so the page's encoding does not matter.
    Ascii,
    /// Text stays as it is.
    Utf8,
}

/// What is written, where, and in which form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches of the user's, which exclude nothing of each other"
)]
pub struct OutputConfig {
    /// The folder that output names are relative to, absolute.
    pub dir: Utf8PathBuf,
    /// The name of the only output, relative to `dir`, for a build with one entry (`--out-file`).
    pub file: Option<String>,
    /// The module format of scripts.
    pub format: Format,
    /// Whether there are shared and dynamic chunks; otherwise each entry becomes one file.
    pub splitting: bool,
    /// When shared code gets a script of its own.
    pub sharing: Sharing,
    /// How output is minified.
    pub minify: Minify,
    /// Where source maps are written.
    pub source_map: SourceMap,
    /// The folder of source maps that are files, absolute; `None`: each is beside its script.
    pub source_map_dir: Option<Utf8PathBuf>,
    /// Source maps contain the texts of their sources (`sourcesContent`).
    pub sources_content: bool,
    /// Scripts of entries contain a client that shows edits on their pages.
    pub updates: bool,
    /// The URL at which pages find `dir`.
    pub public_path: String,
    /// File names contain a hash of the contents.
    pub hash: bool,
    /// The manifests to write, which tell a backend which files a page includes.
    pub manifests: Vec<Manifest>,
    /// Where styles are written.
    pub styles: Styles,
    /// Hoisted modules in one scope, or a registry of wrapped modules.
    pub modules: ModulesForm,
    /// The host wants the metafile.
    #[serde(skip)]
    pub metafile: bool,
}

impl OutputConfig {
    /// Returns whether pages replace modules while they run.
    pub fn is_hot(&self) -> bool {
        self.updates && self.modules == ModulesForm::Registry
    }
}

/// The module format of scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// A classic script: an immediately invoked function expression.
    Iife,
    /// A CommonJS module.
    Cjs,
    /// An ES module.
    Esm,
}

/// Where styles are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Styles {
    /// Into a stylesheet beside the script.
    File,
    /// Into the script, which inserts them into the page.
    Inject,
}

/// How output is minified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Minify {
    /// Not at all: output stays readable.
    No,
    /// Each module by itself, with results cached between builds. Names are given by their
    /// frequency in the chunk.
    Modules,
    /// As `Modules`, and then the whole chunk once more in every build.
    Chunk,
}

/// Where source maps are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceMap {
    /// No source map is made.
    None,
    /// Into a file that the script refers to.
    File,
    /// Into the script.
    Inline,
    /// Into a file that the script does not refer to.
    Hidden,
}

/// How the modules of a chunk share its script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ModulesForm {
    /// ES modules share one scope where possible.
    Hoisted,
    /// Every module is a function registered under its key, for hot updates.
    Registry,
}
