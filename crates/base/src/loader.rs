//! One file to its parts: text in, text out. A loader never sees the graph; whatever it reads or
//! resolves goes through its `LoadContext`, so that a change of it makes the file fall from the
//! memo table.

use std::{cell::Cell, sync::Arc};

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use crate::{
    asset::{Address, Asset},
    config::Config,
    diagnostic::{Diagnostic, Diagnostics, Label},
    fs::FileSystem,
    sheet::exports::{Exports, Naming},
    source::Source,
    text_map::TextMap,
    woven::Woven,
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
    /// A stylesheet, and the script that has what it exports.
    Style(Option<SheetScript>),
    /// A template, by language name.
    Template(String),
    /// Bytes for the output folder.
    Bytes(Arc<Vec<u8>>),
}

/// What scripts get of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetScript {
    /// Its text, under the sheet's name.
    pub source: Arc<Source>,
    /// Where its names and specifiers were written.
    pub map: Arc<TextMap>,
}

/// A part of a loaded file. The first part is the module that importers of the file get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What is appended to the file's key: empty for the main part, `?template` or `?style=0` for
    /// side parts. Scripts among the parts ask for one another by this alone: `import "?template"`.
    pub suffix: String,
    /// What it is.
    pub content: PartContent,
    /// Its text, under the name diagnostics show. The file's own source where the part is the whole
    /// file.
    pub source: Arc<Source>,
    /// Where the text comes from, for source maps; `None`: it is the file's, or nobody wants source
    /// maps.
    pub map: Option<Arc<TextMap>>,
}

/// A file as its parts. At least one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The parts; the first is the main one.
    pub parts: Vec<Part>,
    /// Files that its sheets refer to, by placeholders.
    pub assets: Vec<Arc<Asset>>,
    /// Where its contents are going to be, if it is used as it is. Its script asks for this by
    /// `require.resolve("?")`, or as a URL, `new URL("?", import.meta.url)`.
    pub address: Option<Address>,
    /// The id of the symbol that it puts into pages.
    pub symbol: Option<String>,
}

impl Loaded {
    /// A file that is one script or sheet.
    pub fn of(part: Part) -> Self {
        Self { parts: vec![part], ..Self::default() }
    }
}

/// A file as read, before anybody decided what it is.
#[derive(Clone, Debug)]
pub struct File {
    /// Where it was read from, absolute.
    pub path: Utf8PathBuf,
    /// What users and outputs call it.
    pub name: String,
    /// The query of the request, with its `?`, or empty.
    pub query: String,
    /// The bytes as read.
    pub bytes: Arc<Vec<u8>>,
}

/// What a loader may use.
pub struct LoadContext<'a> {
    /// What the user wants.
    pub config: &'a Config,
    /// Reading access; everything asked is recorded.
    pub fs: &'a dyn FileSystem,
    /// Finds what a specifier in the file means; that it was asked is recorded.
    pub resolve: &'a dyn Resolve,
    /// Compiles stylesheets that stand in the file.
    pub styles: &'a dyn CompileStyle,
    /// Runs programs that the configuration names.
    pub tools: &'a dyn Tools,
    /// What the loader made of the file last, if it had nothing to report: some of it need not be
    /// made again.
    pub before: Option<&'a Before<'a>>,
    /// Where to report.
    pub log: &'a mut Diagnostics,
}

/// What a loader made of a file before the file changed, or something else that it read.
pub struct Before<'a> {
    /// It.
    pub loaded: &'a Loaded,
    /// Nothing has changed but the file itself.
    pub is_only_itself: bool,
    /// Set by the loader: it took over something that follows from other files than this one.
    pub is_taken_over: Cell<bool>,
}

/// Runs programs of the user's, for languages that nobody here compiles.
pub trait Tools: Send + Sync {
    /// What a program prints that gets a text. `command`: its name and its arguments; `folder`:
    /// where it runs.
    fn run(&self, command: &[String], folder: &Utf8Path, input: &str) -> Result<String, ToolError>;
}

/// Why there is nothing that a program printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToolError {
    /// No program runs here.
    Unable,
    /// There is no such program.
    Missing,
    /// It could not be started, or did not end: why.
    Broken(String),
    /// It ended with an error: what it said.
    Failed(String),
}

impl ToolError {
    /// What the program said.
    pub fn said(&self) -> Option<&str> {
        match self {
            Self::Failed(said) => Some(said),
            Self::Unable | Self::Missing | Self::Broken(_) => None,
        }
    }
}

/// Whether a file with this extension is read as something else than bytes.
pub fn is_loaded(extension: &str) -> bool {
    const OURS: [&str; 13] = [
        "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "json", "css", "scss", "sass", "vue",
    ];
    OURS.contains(&extension) || is_foreign(extension)
}

/// Whether a file with this extension is a source that another tool compiles: as it is, a page has
/// no use for it.
pub fn is_foreign(extension: &str) -> bool {
    const LANGUAGES: [&str; 20] = [
        "less",
        "styl",
        "stylus",
        "sss",
        "pcss",
        "postcss",
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

/// What to write into the configuration for a language of styles that is not compiled here; `None`:
/// nobody knows it.
pub fn preprocessor_advice(lang: &str) -> Option<String> {
    let (key, command, package) = match lang {
        "less" => ("less", "lessc --source-map-inline -", "less"),
        "styl" | "stylus" => ("styl", "stylus --print", "stylus"),
        "pcss" | "postcss" => ("pcss", "postcss", "postcss-cli"),
        "sss" => ("sss", "postcss --parser sugarss", "postcss-cli sugarss"),
        _ => return None,
    };
    let entry = format!("\"preprocess\": {{ \"{key}\": \"{command}\" }}");
    Some(format!(
        "add {entry} to bundle.config.json, and install it: npm install --save-dev {package}"
    ))
}

/// Where no program runs.
pub struct NoTools;

impl Tools for NoTools {
    fn run(&self, _: &[String], _: &Utf8Path, _: &str) -> Result<String, ToolError> {
        Err(ToolError::Unable)
    }
}

/// A file that an address means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is, absolute.
    pub path: Utf8PathBuf,
    /// What users call it.
    pub name: String,
    /// `?query` and `#fragment` as written, or empty.
    pub query: String,
}

/// Finds files for a loader.
pub trait Resolve {
    /// The file that a specifier means, as an import of it would. `label`: where it is written.
    fn resolve(&self, specifier: &str, label: Label) -> Result<Utf8PathBuf, Box<Diagnostic>>;
    /// The file that an address means beside `importer`, by an alias or in a package; `Ok(None)`:
    /// it is none of ours to move. `label`: where it is written.
    fn asset(
        &self,
        address: &str,
        importer: &Utf8Path,
        label: Label,
    ) -> Result<Option<Found>, Box<Diagnostic>>;
    /// The stylesheet that a specifier means in another one: by aliases, and in packages by the
    /// conditions `sass` and `style`.
    fn style(&self, specifier: &str, importer: &Utf8Path) -> Option<Utf8PathBuf>;
    /// What users and outputs call a file.
    fn name(&self, path: &Utf8Path) -> String;
}

/// Makes CSS of stylesheets in other languages.
pub trait CompileStyle {
    /// The stylesheet as CSS, or `None`: `cx.log` says why.
    fn compile(&self, sheet: &StyleText<'_>, cx: &mut LoadContext<'_>) -> Option<Woven>;
    /// Gives classes, ids and animations of a sheet in CSS names of their own, and says which. The
    /// other source is what it stands in. `None`: the log says why.
    fn own_names(
        &self,
        sheet: (Woven, &Arc<Source>),
        naming: &Naming,
        cx: &mut LoadContext<'_>,
    ) -> Option<(Woven, Exports)>;
}

/// A stylesheet in a file.
pub struct StyleText<'s> {
    /// `scss` or `sass`.
    pub lang: &'s str,
    /// What it says.
    pub text: &'s str,
    /// The file that it stands in.
    pub source: &'s Arc<Source>,
    /// Where what stands at a byte of the text is in the file.
    pub origin: &'s dyn Fn(usize) -> u32,
}

/// Maps one file to its parts.
pub trait Loader: Send + Sync {
    /// The parts of a file, or `None`: `cx.log` says why.
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded>;
}
