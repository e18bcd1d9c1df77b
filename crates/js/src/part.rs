//! The input of analysis: the text of a part, its language, and a hint about its module format.

use std::sync::Arc;

use bundle_base::{Source, loader::Language};

/// What `analyse` needs to know about a part.
pub struct PartInput<'a> {
    /// The text, with its path and its display name.
    pub source: &'a Arc<Source>,
    /// The syntax that the parser accepts.
    pub language: Language,
    /// What its file name and package specify about its format.
    pub format: FormatHint,
    /// Whether the part is an entry of the build: the value of `require.main === module`.
    pub is_entry: bool,
}

/// What a file's name and package specify about its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormatHint {
    /// An ES module whatever is in it: `.mjs`, `.mts`, or `.js` under `"type": "module"`.
    Esm,
    /// A CommonJS module whatever is in it: `.cjs`, `.cts`.
    CommonJs,
    /// A classic script: its top-level names are globals, and `this` is the page's global object.
    Script,
    /// The contents decide. `"type": "commonjs"` gives this too, because `npm init` writes it into
    /// packages of ES modules.
    Auto,
}
