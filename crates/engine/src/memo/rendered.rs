//! A rendered part as plain data: its text, in a registry also the entry of a table and the map of
//! that entry, and its diagnostics.

use std::sync::OnceLock;

use bundle_base::{Diagnostic, asset::ContentHash, place::Place};
use bundle_js::RenderedModule;
use serde::{Deserialize, Serialize};

use super::part_entry::Provenance;

/// A rendered part, with the diagnostics of checking its text against the target.
#[derive(Debug)]
pub(crate) struct Rendered {
    /// What its source map shows.
    pub provenance: Provenance,
    pub module: RenderedModule,
    /// The finished text, in a registry.
    pub registered: Option<RegisteredText>,
    /// A hash of `registered`, computed when it is first needed.
    pub hash: OnceLock<ContentHash>,
    /// The source map of `registered`, in a registry with source maps.
    pub section: Option<Section>,
    pub diagnostics: Vec<Diagnostic>,
}

/// The entry of one module in the table of a registry.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RegisteredText {
    /// The entry without the separator that follows it.
    pub text: String,
    /// The place of the module's declarations in the text.
    pub hoisted: Placed,
    /// The place of the module's statements in the text.
    pub body: Placed,
}

/// A piece in a text: the byte where it starts, and the names in its slots.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Placed {
    pub start: usize,
    pub names: Vec<String>,
}

/// The map of one module's text.
#[derive(Debug)]
pub(crate) struct Section {
    /// The place where the text ends, relative to its beginning.
    pub end: Place,
    /// The names of the sources, and whether each lies in the project.
    pub sources: Vec<(String, bool)>,
    /// The JSON of the map after its `sources`, up to and including the closing brace.
    pub rest: String,
}
