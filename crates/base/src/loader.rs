//! The interface between the engine and the loaders. A loader turns one file into its parts: text
//! in, text out. It never sees the graph. Whatever it reads or resolves goes through its
//! `LoadContext`, so a change of anything that it read invalidates the file's memo entry.

use std::{cell::Cell, sync::Arc};

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use crate::{
    asset::{Address, Asset},
    config::Config,
    diagnostic::{Diagnostic, Diagnostics, Label},
    fs::FileSystem,
    mapped_text::MappedText,
    source::Source,
    stylesheet::exports::{Exports, Naming},
    text_map::TextMap,
    tools::Tools,
};

/// The language of a script part: what the parser must accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// `.js .mjs .cjs`; JSX is accepted too, because so much of it is in `.js` files.
    JavaScript,
    /// `.jsx`.
    Jsx,
    /// `.ts .mts .cts`.
    TypeScript,
    /// `.tsx`.
    Tsx,
}

/// The contents of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartContent {
    /// A script in some language.
    Script(Language),
    /// A stylesheet.
    Style(Stylesheet),
    /// A template, with the name of its language.
    Template(String),
    /// Bytes that are written to the output folder.
    Bytes(Arc<Vec<u8>>),
}

/// What a stylesheet has besides its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stylesheet {
    /// The script with what it exports to other scripts.
    pub script: Option<StylesheetScript>,
    /// Its text for pages that are read from right to left, if these have stylesheets of their own.
    pub rtl: Option<MappedText>,
}

/// The script that importers of a stylesheet get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StylesheetScript {
    /// The script's text, under the stylesheet's name.
    pub source: Arc<Source>,
    /// Where its names and specifiers were written in the stylesheet.
    pub map: Arc<TextMap>,
}

/// A part of a loaded file. The first part is the module that importers of the file get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The suffix of the part's key after the file's key: empty for the main part, `?template` or
    /// `?style=0` for side parts. Scripts among the parts import one another by this suffix alone:
    /// `import "?template"`.
    pub suffix: String,
    /// The kind of the part, with the data of that kind.
    pub content: PartContent,
    /// The part's text, under the name that diagnostics show. The file's own source if the part is
    /// the whole file.
    pub source: Arc<Source>,
    /// Where the text was written, for source maps. `None`: the text is the file's own, or no
    /// source maps are made.
    pub map: Option<Arc<TextMap>>,
}

/// A loaded file as its parts. There is at least one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The parts; the first is the main one.
    pub parts: Vec<Part>,
    /// Files that its stylesheets refer to by placeholders.
    pub assets: Vec<Arc<Asset>>,
    /// Where the contents will be, if the file is used as it is. Its script gets the address by
    /// `require.resolve("?")`, or as a URL, `new URL("?", import.meta.url)`.
    pub address: Option<Address>,
    /// The id of the SVG symbol that the file adds to pages.
    pub symbol: Option<String>,
    /// Whether plugins or the loader made a module of the file, which may then have side effects
    /// although the file is data.
    pub is_made: bool,
    /// Whether the module is kept although nothing of it is used, as those declared that made it;
    /// `None`: its package says so.
    pub declared_side_effects: Option<bool>,
}

impl Loaded {
    /// Makes a file that consists of one part.
    pub fn of(part: Part) -> Self {
        Self { parts: vec![part], ..Self::default() }
    }
}

/// A file as read, before its loader is chosen.
#[derive(Clone, Debug)]
pub struct File {
    /// Where it was read from, absolute.
    pub path: Utf8PathBuf,
    /// The name that users and outputs see.
    pub name: String,
    /// The query of the request, with its `?`, or empty.
    pub query: String,
    /// The bytes as read, or those that plugins made.
    pub bytes: Arc<Vec<u8>>,
    /// What plugins made of the file; `None`: it is as read.
    pub made: Option<PluginOutput>,
}

/// A text that plugins made.
#[derive(Clone, Debug)]
pub struct PluginOutput {
    /// The text.
    pub text: String,
    /// Its source map as JSON, if the plugins know where it comes from.
    pub map: Option<String>,
    /// The type of the module: `js`, `css`. `None`: it follows from the file's name.
    pub kind: Option<String>,
    /// Whether the module is kept although nothing of it is used; `None`: its package says so.
    pub side_effects: Option<bool>,
    /// The names of the plugins.
    pub by: Vec<String>,
}

/// What a loader can use.
pub struct LoadContext<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// Reading access; every question to it is recorded.
    pub fs: &'a dyn FileSystem,
    /// Resolves specifiers in the file; every question to it is recorded.
    pub resolve: &'a dyn Resolve,
    /// Compiles stylesheets that are blocks of the file.
    pub styles: &'a dyn CompileStyle,
    /// Runs programs that the configuration names.
    pub tools: &'a dyn Tools,
    /// Asks plugins about blocks of the file.
    pub blocks: &'a dyn Blocks,
    /// The loader's previous result for the file, if it came without diagnostics: the loader may
    /// reuse parts of it.
    pub before: Option<&'a Before<'a>>,
    /// Where diagnostics are reported.
    pub log: &'a mut Diagnostics,
}

/// A loader's result for a file before the file, or something else that the loader read, changed.
pub struct Before<'a> {
    /// The previous result.
    pub loaded: &'a Loaded,
    /// Nothing has changed but the file itself.
    pub is_only_itself: bool,
    /// Set by the loader: the new result reuses something that depends on other files than this
    /// one.
    pub is_taken_over: Cell<bool>,
}

/// Whether files with this extension are read as something other than bytes.
pub fn is_loaded(extension: &str) -> bool {
    const OURS: [&str; 10] = ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "json", "vue"];
    OURS.contains(&extension) || is_css_or_sass(extension) || is_foreign(extension)
}

/// Whether files with this extension are stylesheets that bundle compiles itself. PostCSS
/// gets all stylesheets; `.pcss` only says so.
pub fn is_css_or_sass(extension: &str) -> bool {
    matches!(extension, "css" | "pcss" | "postcss" | "scss" | "sass")
}

/// Whether files with this extension are sources that another tool compiles: pages cannot
/// use them as they are.
pub fn is_foreign(extension: &str) -> bool {
    const LANGUAGES: [&str; 18] = [
        "less",
        "styl",
        "stylus",
        "sss",
        "coffee",
        "litcoffee",
        "ls",
        "elm",
        "purs",
        "re",
        "res",
        "pug",
        "jade",
        "haml",
        "svelte",
        "astro",
        "mdx",
        "marko",
    ];
    LANGUAGES.contains(&extension)
}

/// Returns what to write into the configuration for a stylesheet language that bundle does not
/// compile; `None`: no program is known for the language.
pub fn preprocessor_advice(lang: &str) -> Option<String> {
    let (key, command, package) = match lang {
        "less" => ("less", "lessc --source-map-inline -", "less"),
        "styl" | "stylus" => ("styl", "stylus --print", "stylus"),
        "sss" => ("sss", "postcss --parser sugarss", "postcss-cli sugarss"),
        _ => return None,
    };
    let entry = format!("\"preprocess\": {{ \"{key}\": \"{command}\" }}");
    Some(format!(
        "add {entry} to bundle.config.json, and install it: npm install --save-dev {package}"
    ))
}

/// The file that an address refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressTarget {
    /// The file's path, absolute.
    pub path: Utf8PathBuf,
    /// The name that users see.
    pub name: String,
    /// `?query` and `#fragment` as written, or empty.
    pub query: String,
}

/// Finds files for a loader.
pub trait Resolve {
    /// Resolves a specifier to a file, as an import of it would. `label`: where the specifier is
    /// written.
    fn resolve(&self, specifier: &str, label: Label) -> Result<Utf8PathBuf, Box<Diagnostic>>;
    /// Resolves an address relative to `importer`, by an alias or in a package. `Ok(None)`: the
    /// address is left as it is. `label`: where the address is written.
    fn asset(
        &self,
        address: &str,
        importer: &Utf8Path,
        label: Label,
    ) -> Result<Option<AddressTarget>, Box<Diagnostic>>;
    /// Resolves a specifier in a stylesheet to another stylesheet: by aliases, and in packages by
    /// the conditions `sass` and `style`.
    fn style(&self, specifier: &str, importer: &Utf8Path) -> Option<Utf8PathBuf>;
    /// Returns the name by which users and outputs see a file.
    fn name(&self, path: &Utf8Path) -> String;
}

/// Asks plugins about texts that are a block of a file.
pub trait Blocks {
    /// Returns the script that plugins make of a text. `query`: the part of its id after the file's
    /// id. `Ok(None)`: no plugin changes it. `Err`: `cx.log` has the reason.
    fn made(
        &self,
        query: &str,
        text: &str,
        cx: &mut LoadContext<'_>,
    ) -> Result<Option<Part>, Refused>;
}

/// A text that could not be loaded; the log has the reason.
#[derive(Clone, Copy, Debug)]
pub struct Refused;

/// The `Blocks` of a host without plugins.
pub struct NoBlocks;

impl Blocks for NoBlocks {
    fn made(&self, _: &str, _: &str, _: &mut LoadContext<'_>) -> Result<Option<Part>, Refused> {
        Ok(None)
    }
}

/// Compiles stylesheets in other languages to CSS.
pub trait CompileStyle {
    /// Returns the stylesheet as CSS. `None`: `cx.log` has the reason.
    fn compile(&self, stylesheet: &StyleText<'_>, cx: &mut LoadContext<'_>) -> Option<MappedText>;
    /// Returns the stylesheet as PostCSS leaves it, if the project has PostCSS. The `Source` is the
    /// file that contains the stylesheet. `None`: `cx.log` has the reason.
    fn postcss(
        &self,
        stylesheet: MappedText,
        file: &Source,
        cx: &mut LoadContext<'_>,
    ) -> Option<MappedText>;
    /// Gives the classes, ids and animations of a stylesheet unique names, and returns them as
    /// exports. The `Source` is the file that contains the stylesheet. `None`: `cx.log` has the
    /// reason.
    fn own_names(
        &self,
        stylesheet: MappedText,
        file: &Arc<Source>,
        naming: &Naming,
        cx: &mut LoadContext<'_>,
    ) -> Option<(MappedText, Exports)>;
}

/// A stylesheet that is a block of a file.
pub struct StyleText<'s> {
    /// The language: `scss`, `sass`, or one that a command of `preprocess` compiles.
    pub lang: &'s str,
    /// The text of the block.
    pub text: &'s str,
    /// The file that contains the block.
    pub source: &'s Arc<Source>,
    /// Maps a byte offset in `text` to the offset in the file.
    pub origin: &'s dyn Fn(usize) -> u32,
}

/// Turns one file into its parts.
pub trait Loader: Send + Sync {
    /// Returns the parts of a file. `None`: `cx.log` has the reason.
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded>;
}
