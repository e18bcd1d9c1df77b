//! The requests of a module for others: what the source says, before anything is resolved.

use bundle_base::Span;
use serde::{Deserialize, Serialize};

/// A request for another module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// The specifier as written.
    pub specifier: String,
    /// The syntax of the request.
    pub kind: RequestKind,
    /// The specifier's literal in the source, for diagnostics.
    pub span: Span,
    /// Whether it is inside `try { … }` (or a promise with a rejection handler): then a missing
    /// module is a warning, and throws at run time.
    pub is_optional: bool,
    /// What makes it another request than those with the same specifier and kind.
    pub attribute: Option<Attribute>,
    /// What the comments in an `import()` specify about its chunk.
    pub chunk_options: ChunkOptions,
}

/// What makes a request another one than those with the same specifier and kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Attribute {
    /// The import attribute: `json` for `type: "json"`.
    Type(String),
    /// Lowering made this `import()` from `require([…])` or `require.ensure`: its module has a
    /// function for each of these specifiers, which requires it. The scan makes the module.
    LaterRequires(Vec<String>),
}

impl Request {
    /// Returns the import attribute `type`.
    pub fn attribute_type(&self) -> Option<&str> {
        match self.attribute.as_ref()? {
            Attribute::Type(value) => Some(value),
            Attribute::LaterRequires(_) => None,
        }
    }
}

/// What webpack's comments in an `import()` specify about the chunk of its module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChunkOptions {
    /// The module is in the chunk of its importer.
    pub is_eager: bool,
    /// The name of the chunk.
    pub chunk_name: Option<String>,
}

/// The syntax of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RequestKind {
    /// `import … from`, `export … from`.
    Import,
    /// `import(…)`.
    Dynamic,
    /// `require(…)`.
    Require,
    /// `require.resolve(…)`.
    RequireResolve,
    /// `new URL("…", import.meta.url)`.
    Url,
    /// `new Worker(new URL("…", import.meta.url))`, or `SharedWorker`: the module starts a program
    /// of its own.
    Worker,
    /// `require.context(directory, deep, pattern)`: the specifier is the directory.
    Context(Box<ContextRequest>),
    /// `import.meta.glob(patterns, options)`: the specifier is the first pattern.
    Glob(Box<GlobRequest>),
    /// A helper of our own runtime; the specifier is the runtime module's name.
    Runtime,
    /// A polyfill of a built-in that the target lacks. It runs before the module, if a statement
    /// that needs it is kept.
    Polyfill,
}

/// The arguments of `require.context`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ContextRequest {
    /// Whether it descends into sub-directories.
    pub is_deep: bool,
    /// The source of the regular expression that relative names must match.
    pub pattern: String,
    /// The flags of the regular expression.
    pub flags: String,
    /// The result of the function for a name.
    pub mode: ContextMode,
    /// The source and the flags of a regular expression that paths must also match.
    pub include: Option<(String, String)>,
    /// The same for one that they must not match.
    pub exclude: Option<(String, String)>,
    /// The name of the chunks that it loads, with `[request]` and `[index]`.
    pub chunk_name: Option<String>,
}

/// The result of a `require.context` function for a name: webpack's modes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ContextMode {
    /// The module.
    #[default]
    Sync,
    /// The module; the names are those of a `require` with an expression, which may leave out
    /// extensions.
    Request,
    /// A promise of the module, which is loaded for the call; names as for `Request`.
    Lazy,
    /// A promise of the module, which is loaded with the importer; names as for `Request`.
    Eager,
}

/// The arguments of `import.meta.glob`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GlobRequest {
    /// All patterns; those that begin with `!` exclude files.
    pub patterns: Vec<String>,
    /// Whether to import the modules at once instead of giving functions that do.
    pub is_eager: bool,
    /// The export to import; `None`: the namespace.
    pub import: Option<String>,
    /// What follows the path of each file, from `?` on.
    pub query: Option<String>,
    /// The folder that patterns and names are relative to, instead of the importer's.
    pub base: Option<String>,
}
