//! What the user writes about outputs.

use super::super::{output::Splitting, written::Written};

/// What is written, where, and in which form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawOutput {
    /// `outDir`.
    pub dir: Option<Written<String>>,
    /// `--out-file`.
    pub file: Option<Written<String>>,
    /// `manifest`; `true` is its first kind, and `false` an empty list.
    pub manifest: Option<Vec<RawManifest>>,
    /// `hash`.
    pub hash: Option<Written<bool>>,
    /// `publicPath`.
    pub public_path: Option<Written<String>>,
    /// `styles`.
    pub styles: Option<Written<String>>,
    /// `rtl`; `true` is `-rtl`, and `false` is empty.
    pub rtl: Option<Written<String>>,
    /// `format`.
    pub format: Option<Written<String>>,
    /// `globalName`.
    pub global_name: Option<Written<String>>,
    /// `minify`.
    pub minify: Option<Written<String>>,
    /// `sourcemap`.
    pub source_map: Option<Written<String>>,
    /// `sourcemapDir`.
    pub source_map_dir: Option<Written<String>>,
    /// `sourcesContent`.
    pub sources_content: Option<Written<bool>>,
    /// Whether scripts contain the client that shows edits.
    pub updates: Option<Written<bool>>,
    /// `splitting`; an object means `true`.
    pub splitting: Option<Written<Splitting>>,
    /// `splitting` as an object.
    pub sharing: RawSharing,
    /// `modules`.
    pub modules: Option<Written<String>>,
    /// `--metafile`: the host decides what to do with it.
    pub metafile: bool,
}

/// `splitting` as an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawSharing {
    /// `minSize`: bytes, or a text with a unit.
    pub min_size: Option<Written<String>>,
    /// `minUses`.
    pub min_uses: Option<Written<usize>>,
    /// `maxRequests`.
    pub max_requests: Option<Written<usize>>,
}

/// A manifest: its kind alone, or an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawManifest {
    /// `kind`.
    pub kind: Written<String>,
    /// `file`: its path in `outDir`.
    pub file: Option<Written<String>>,
    /// `publicPath`: the prefix of addresses, instead of the build's.
    pub public_path: Option<Written<String>>,
    /// `prefix`: the prefix of names.
    pub prefix: Option<Written<String>>,
}
