//! The configuration as the user wrote it. Every field is optional, and every value has the place
//! where it was written, so that a mistake found by `decide` points at the file or names the flag.
//! Texts are kept as written; `decide` interprets them.

use std::sync::Arc;

use serde_json::Value;

use super::{model::Mode, plugins::Plugin, watch::Poll};
use crate::{asset::ContentHash, source::Source};

mod output; // what is written, where, and in which form

pub use super::written::{Origin, Pair, Written};
pub use output::{RawManifest, RawOutput, RawSharing};

/// The configuration file's name.
pub const FILE: &str = "bundle.config.json";

/// The pattern of files that means all of them.
pub const ANY_FILE: &str = "*";

/// A rule of `copy`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawCopy {
    /// `from`: a file, a folder or a glob.
    pub from: Written<String>,
    /// `to`: a folder, or the name of a file.
    pub to: Written<String>,
    /// `ignore`: globs of files that are not copied.
    pub ignore: Vec<Written<String>>,
}

/// The configuration as written in the configuration file, in package.json or as flags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawConfig {
    /// The project as a whole.
    pub project: RawProject,
    /// What to build.
    pub entries: RawEntries,
    /// How specifiers are resolved to files.
    pub resolve: RawResolve,
    /// How scripts are parsed, compiled and written.
    pub script: RawScript,
    /// How Vue components are compiled.
    pub vue: RawVue,
    /// How Sass is compiled.
    pub sass: RawSass,
    /// How files are used as they are.
    pub assets: RawAssets,
    /// `copy`: the files that are copied.
    pub copy: Vec<RawCopy>,
    /// `budgets`, in order.
    pub budgets: Vec<RawBudget>,
    /// `preprocess`: a command for each stylesheet language, as the words of the command.
    pub preprocess: Vec<Pair<Vec<String>>>,
    /// What runs in the project's Node process.
    pub plugins: RawPlugins,
    /// `cssModules`.
    pub css_modules: RawCssModules,
    /// What is written, where, and in which form.
    pub output: RawOutput,
    /// What differs by mode.
    pub modes: RawModes,
}

/// The project as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawProject {
    /// The configuration file, if there is one.
    pub file: Option<Arc<Source>>,
    /// `root`: where sources are.
    pub root: Option<Written<String>>,
    /// `name`.
    pub name: Option<Written<String>>,
    /// `mode`, `--mode`.
    pub mode: Option<Written<String>>,
    /// `--watch`: the mode is development unless another is set.
    pub watch: bool,
    /// `watch.reload`: files whose change reloads pages.
    pub reload: Option<Vec<Written<String>>>,
    /// `watch.socket`: whether edits are pushed to pages of this machine.
    pub socket: Option<Written<bool>>,
    /// `watch.origins`: origins of other pages that get edits pushed.
    pub origins: Option<Vec<Written<String>>>,
    /// `watch.poll`: whether files are polled for changes.
    pub poll: Option<Poll>,
    /// `watch.notify`: whether the desktop shows failed builds.
    pub notify: Option<Written<bool>>,
    /// `lint`.
    pub lint: RawLint,
    /// `cache`.
    pub cache: RawCache,
    /// `silence`: codes of warnings.
    pub silence: Option<Vec<Written<String>>>,
    /// `severity`: a level by code.
    pub severity: Vec<Pair<String>>,
}

/// `cache`: the cache that machines share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawCache {
    /// `cache.remote`: the address of the store.
    pub remote: Option<Written<String>>,
    /// `cache.read`: the domains whose entries are used.
    pub read: Option<Vec<Written<String>>>,
}

/// `lint`: whether and how scripts are linted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawLint {
    /// `true`, an object, `--lint`.
    pub is_wanted: Option<Written<bool>>,
    /// `lint.timeout`, in seconds.
    pub timeout: Option<Written<usize>>,
    /// `lint.overlay`.
    pub overlay: Option<Written<bool>>,
}

/// What to build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawEntries {
    /// `areas`, in order.
    pub areas: Vec<RawArea>,
    /// Arguments: paths, `NAME=PATH`, names of areas. If there are any, only these are built.
    pub chosen: Vec<Written<String>>,
}

/// An area: a feature's bundles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawArea {
    /// The area's name, which is the name of its output, or the folder of its outputs.
    pub name: Written<String>,
    /// Paths and globs. At least one, unless the area only claims packages.
    pub entries: Vec<Written<String>>,
    /// The entry is one string, not a list. Unless it is a glob, its output has exactly the area's
    /// name.
    pub is_single: bool,
    /// The area is written in its short form, without an object.
    pub is_short: bool,
    /// `globalName`.
    pub global_name: Option<Written<String>>,
    /// `stylesheet`.
    pub stylesheet: Option<Written<String>>,
    /// `hash`.
    pub hash: Option<Written<bool>>,
    /// `shared`.
    pub shared: Option<Written<bool>>,
    /// `packages`: names and patterns.
    pub packages: Vec<Written<String>>,
}

/// How large the pages of some entries may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawBudget {
    /// The name of the entries, with `*` for any text.
    pub entries: Written<String>,
    /// `js`: a size.
    pub js: Option<Written<String>>,
    /// `css`: a size.
    pub css: Option<Written<String>>,
    /// `total`: a size.
    pub total: Option<Written<String>>,
    /// `gzip`: whether sizes are measured after gzip.
    pub gzip: Option<Written<bool>>,
}

/// What an alias is replaced with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawAlias {
    /// Another specifier, or a path.
    To(String),
    /// `false`: an empty module.
    Nothing,
}

/// Where an external module comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawGlobal {
    /// A page global.
    Named(String),
    /// No global is given.
    Unnamed,
    /// `{ "global": …, "handle": … }`: also WordPress's name of the script that sets the global.
    Handled {
        /// `None`: no global is given.
        global: Option<String>,
        /// The name of the script.
        handle: String,
    },
    /// `false`: the module is bundled, whatever pattern fits it too.
    Bundled,
}

/// What the files of a pattern are used as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRule {
    /// The word: `script`; `None` for files that are only exposed.
    pub used_as: Option<String>,
    /// `exports`: the global of a script that imports of it give.
    pub exports: Option<Written<String>>,
    /// `expose`: the page globals that get a module's exports.
    pub expose: Vec<Written<String>>,
}

/// How specifiers are resolved to files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawResolve {
    /// `platform`.
    pub platform: Option<Written<String>>,
    /// `node`.
    pub node: Option<Written<String>>,
    /// `alias`.
    pub alias: Vec<Pair<RawAlias>>,
    /// `externals`.
    pub externals: Vec<Pair<RawGlobal>>,
    /// `provide`: the module and perhaps the export.
    pub provide: Vec<Pair<(String, Option<String>)>>,
    /// `rules`: what files are used as, by pattern.
    pub rules: Vec<Pair<RawRule>>,
    /// `contexts`: names of packages.
    pub contexts: Option<Vec<Written<String>>>,
    /// How the package.json of packages is read.
    pub package_json: RawPackageJson,
    /// `extensions`.
    pub extensions: Option<Vec<Written<String>>>,
    /// Where bare specifiers are found.
    pub bare_specifiers: RawBareSpecifiers,
    /// `tsconfig`.
    pub tsconfig: Option<Written<String>>,
    /// `followSymlinks`.
    pub follow_symlinks: Option<Written<bool>>,
}

/// Where bare specifiers are found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawBareSpecifiers {
    /// `modulePaths`: folders, and perhaps `node_modules`.
    pub module_paths: Option<Vec<Written<String>>>,
    /// `preferRelative`.
    pub prefer_relative: Option<Written<bool>>,
}

/// How the package.json of packages is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawPackageJson {
    /// `conditions`, besides the mode's.
    pub conditions: Option<Vec<Written<String>>>,
    /// `mainFields`.
    pub main_fields: Option<Vec<Written<String>>>,
    /// `sideEffects`.
    pub side_effects: Option<Written<bool>>,
}

/// Options of TypeScript's compiler.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawTypeScript {
    /// `useDefineForClassFields`, or what follows from `target`.
    pub define_class_fields: Option<bool>,
    /// `emitDecoratorMetadata`.
    pub decorator_metadata: Option<bool>,
    /// `strictNullChecks`, or `strict`.
    pub strict_null_checks: Option<bool>,
    /// `verbatimModuleSyntax`, or what was before it.
    pub keeps_imports: Option<bool>,
}

/// How scripts are parsed, compiled and written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawScript {
    /// `target`: a version, or queries that together name browsers.
    pub target: Option<Written<Vec<String>>>,
    /// `env`: prefixes of variables; empty for `false`.
    pub env: Option<Vec<Written<String>>>,
    /// `define`: JavaScript text by name.
    pub define: Vec<Pair<String>>,
    /// `drop`.
    pub drop: Option<Vec<Written<String>>>,
    /// `jsx`.
    pub jsx: RawJsx,
    /// Options that only tsconfig.json has.
    pub typescript: RawTypeScript,
    /// `polyfills`: `usage` or `false`.
    pub polyfills: Option<Written<String>>,
    /// `globals`.
    pub globals: Option<Written<String>>,
    /// `decorators`.
    pub decorators: Option<Written<String>>,
    /// `loose`.
    pub loose: Option<Written<bool>>,
    /// `charset`.
    pub charset: Option<Written<String>>,
    /// `sourceCharset`.
    pub source_charset: Option<Written<String>>,
}

/// How JSX is compiled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawJsx {
    /// `classic`, `automatic` or `vue2`.
    pub runtime: Option<Written<String>>,
    /// The function that creates an element, in the classic form.
    pub factory: Option<Written<String>>,
    /// The component of a fragment, in the classic form.
    pub fragment: Option<Written<String>>,
    /// The package that has the runtime, in the automatic form.
    pub import_source: Option<Written<String>>,
}

/// How Vue components are compiled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawVue {
    /// `version`.
    pub version: Option<Written<String>>,
    /// `whitespace`.
    pub whitespace: Option<Written<String>>,
    /// `comments`.
    pub comments: Option<Written<bool>>,
    /// `delimiters`: the opening and the closing one.
    pub delimiters: Option<Written<Vec<String>>>,
    /// `transformAssetUrls`: attributes by tag.
    pub asset_urls: Option<Vec<Pair<Vec<String>>>>,
    /// `scopeId`.
    pub scope_id: Option<Written<String>>,
    /// `compiler`: the path of a script.
    pub compiler: Option<Written<String>>,
}

/// How files are used as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawAssets {
    /// `inlineBelow`, in bytes.
    pub inline_below: Option<Written<usize>>,
    /// `names`: by patterns of files, the patterns of their names.
    pub names: Option<Vec<Pair<String>>>,
    /// `symbolId`: a pattern.
    pub symbol_id: Option<Written<String>>,
    /// `warnAbove`, in bytes.
    pub warn_above: Option<Written<usize>>,
    /// `extensions`, beyond the ones that are known.
    pub extensions: Option<Written<Vec<String>>>,
    /// `urls`: whether addresses in stylesheets lead to files; `rebase`.
    pub urls: Option<Written<String>>,
    /// `html`: pages to write.
    pub pages: Vec<RawPage>,
}

/// A page of `html`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawPage {
    /// Its path in the output folder.
    pub path: Written<String>,
    /// `template`.
    pub template: Written<String>,
    /// `title`.
    pub title: Option<Written<String>>,
    /// `entries`.
    pub entries: Option<Vec<Written<String>>>,
}

/// What runs in the project's Node process.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawPlugins {
    /// `plugins` of a configuration in JSON.
    pub named: Vec<RawPlugin>,
    /// `plugins` of a script, which the process has and describes.
    pub described: Vec<Plugin>,
    /// The files of such a script.
    pub digest: Option<ContentHash>,
    /// `pluginTimeout`, in seconds.
    pub timeout: Option<Written<usize>>,
    /// `postcss`: `true`, `false`, or the path of its configuration.
    pub postcss: Option<Written<String>>,
    /// `babel`: likewise.
    pub babel: Option<Written<String>>,
}

/// A plugin by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawPlugin {
    /// The name of a package, or a path.
    pub name: Written<String>,
    /// What the plugin's function receives.
    pub options: Option<Value>,
}

/// How names of CSS modules are made unique.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawCssModules {
    /// `names`: a pattern.
    pub names: Option<Written<String>>,
    /// `camelCase`.
    pub camel_case: Option<Written<bool>>,
}

/// How Sass is compiled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawSass {
    /// `loadPaths`: folders.
    pub load_paths: Option<Vec<Written<String>>>,
    /// `additionalData`: text that precedes every stylesheet.
    pub additional_data: Option<Written<String>>,
    /// `silenceDeprecations`: names of deprecations.
    pub silence_deprecations: Option<Vec<Written<String>>>,
}

/// What differs by mode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawModes {
    /// `modes.development`.
    pub development: Option<Box<RawConfig>>,
    /// `modes.production`.
    pub production: Option<Box<RawConfig>>,
}

impl RawModes {
    /// Returns the section of a mode.
    pub fn get(&self, mode: Mode) -> Option<&RawConfig> {
        match mode {
            Mode::Development => self.development.as_deref(),
            Mode::Production => self.production.as_deref(),
        }
    }
}
