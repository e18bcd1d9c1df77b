//! The decided configuration of outputs: where they go, and in which form.

use camino::Utf8PathBuf;
use serde::Serialize;

use super::shared::Sharing;

/// What is written, where, and in which form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of the user")]
pub struct OutputConfig {
    /// The folder that output names are relative to, absolute.
    pub dir: Utf8PathBuf,
    /// The name of the only output, relative to `dir`, for a build with one entry (`--out-file`).
    pub file: Option<String>,
    /// The module format of scripts.
    pub format: Format,
    /// Which modules of an entry are in other files than its own.
    pub splitting: Splitting,
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
    /// The end, before `.css`, of the names of stylesheets for pages that are read from right to
    /// left; `None`: there are no such stylesheets.
    pub rtl: Option<String>,
    /// Hoisted modules in one scope, or a registry of wrapped modules.
    pub modules: ModulesForm,
    /// The host wants the metafile.
    #[serde(skip)]
    pub metafile: bool,
}

impl OutputConfig {
    /// Whether pages replace modules while they run.
    pub fn is_hot(&self) -> bool {
        self.updates && self.modules == ModulesForm::Registry
    }

    /// Whether a manifest of this kind is written.
    pub fn has_manifest(&self, kind: ManifestKind) -> bool {
        self.manifests.iter().any(|manifest| manifest.kind == kind)
    }

    /// Whether there are chunks besides those of entries.
    pub fn is_split(&self) -> bool {
        self.splitting != Splitting::None
    }

    /// Whether each entry is a program of its own that may have several scripts.
    pub fn is_split_by_entry(&self) -> bool {
        matches!(self.splitting, Splitting::Single | Splitting::Async)
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

/// Which modules of an entry are in other files than its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Splitting {
    /// None: each entry is one file.
    None,
    /// What only `import()` loads. There is one entry.
    Single,
    /// What only `import()` loads. Entries share nothing: each has chunks of its own, in a folder
    /// of its own.
    Async,
    /// What several entries need, and what only `import()` loads.
    Shared,
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

/// A file that tells a backend which files a page includes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Manifest {
    /// The tool whose form it has, or ours.
    pub kind: ManifestKind,
    /// Its path in `dir`; empty for `Wordpress`, which has a file for each entry.
    pub file: String,
    /// The prefix of the addresses in it; `None`: the build's.
    pub public_path: Option<String>,
    /// The prefix of the names in it; `None`: none, or for `Encore` the folder of the addresses.
    pub prefix: Option<String>,
}

impl From<ManifestKind> for Manifest {
    /// Returns the manifest with its usual name, addresses and names.
    fn from(kind: ManifestKind) -> Self {
        let file = match kind {
            ManifestKind::Entrypoints => "entrypoints.json",
            ManifestKind::Mix => "mix-manifest.json",
            ManifestKind::Vite
            | ManifestKind::Encore
            | ManifestKind::Webpack
            | ManifestKind::Bud => "manifest.json",
            ManifestKind::Php => "bundle.php",
            ManifestKind::Wordpress => "",
        };
        Self { kind, file: file.to_owned(), public_path: None, prefix: None }
    }
}

/// The format of a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ManifestKind {
    /// `entrypoints.json`: the files of each entry, in order.
    Entrypoints,
    /// `mix-manifest.json`, as Laravel Mix writes it.
    Mix,
    /// `manifest.json`, as Vite writes it.
    Vite,
    /// `manifest.json`, as Webpack Encore writes it beside `entrypoints.json`.
    Encore,
    /// `manifest.json`, as webpack-manifest-plugin writes it.
    Webpack,
    /// `manifest.json` and what is in `entrypoints.json` as Bud writes it, for Acorn.
    Bud,
    /// `bundle.php`, which reads `entrypoints.json` and prints the tags of an entry.
    Php,
    /// `NAME.asset.php` for each entry, as WordPress's build tools write it.
    Wordpress,
}
