//! What the rest of the world needs to know of one script part. Made by `bundle_js::analyse` from
//! the *lowered* program (after TypeScript, JSX and the target's lowering), so statement and symbol
//! indices are those that rendering sees. Everything is by local index; nothing here names another
//! module but by the specifier as written.

use std::borrow::Cow;

use bundle_base::{Diagnostic, Span};
use serde::{Deserialize, Serialize};

/// Index into `ModuleRecord::symbols`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SymbolIndex(pub u32);

/// Index into `ModuleRecord::requests`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RequestIndex(pub u32);

/// Index into `ModuleRecord::statements`: the n-th top-level item of the lowered program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StatementIndex(pub u32);

/// What others need to know of a part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModuleRecord {
    /// How it talks to other modules.
    pub format: SourceFormat,
    /// Its code runs in strict mode (an ES module, or `"use strict"` at its top).
    pub is_strict: bool,
    /// Every module it asks for, in source order; what has the same specifier, kind and attribute
    /// is listed once.
    pub requests: Vec<Request>,
    /// Top-level names: declared ones, imported ones, and helper uses.
    pub symbols: Vec<Symbol>,
    /// Imported names, in the order of their symbols: each has one of its own in `symbols`.
    pub imports: Vec<Import>,
    /// Exported names, without `export *`. Names are unique.
    pub exports: Vec<Export>,
    /// `export * from`, in source order.
    pub stars: Vec<Star>,
    /// Top-level items of the lowered program, in order. `Wrapped` formats have them too, but they
    /// live or die as one.
    pub statements: Vec<Statement>,
    /// Exported or plain top-level `const`s (never assigned names) whose value is a short literal.
    pub constants: Vec<(SymbolIndex, Literal)>,
    /// Top-level `const`s and enumerations whose members are known, if a short literal is among
    /// them.
    pub objects: Vec<KnownObject>,
    /// The first top-level `await` or `for await`.
    pub top_level_await: Option<Span>,
    /// What a CommonJS body refers to freely.
    pub commonjs: CommonJsUses,
    /// Exports that a CommonJS file certainly assigns (`exports.x = …`), for near-name advice only.
    pub commonjs_exports: Vec<String>,
    /// Reported when the part was read, replayed on every build that uses it.
    #[serde(skip)]
    pub diagnostics: Vec<Diagnostic>,
}

/// How a part talks to other modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SourceFormat {
    /// It has `import`, `export`, `import.meta` or top-level await, or its name or package says so,
    /// or it calls `import()` and does nothing that only CommonJS allows.
    Esm,
    /// Anything else: wrapped in a function with `module`, `exports` and `require`.
    CommonJs,
}

/// Free names of a CommonJS body; all false in ES modules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommonJsUses {
    /// Mentions `module`.
    pub module: bool,
    /// Mentions `exports`, or `this` at the top level.
    pub exports: bool,
    /// Mentions `require` other than in a followed call: it needs a run-time `require` function
    /// that throws.
    pub require: bool,
}

/// A module asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// As written.
    pub specifier: String,
    /// The syntax that asks.
    pub kind: RequestKind,
    /// The specifier's literal in the source, for diagnostics.
    pub span: Span,
    /// Inside `try { … }` (or a promise with a rejection handler): a missing module is a warning,
    /// and throws at run time.
    pub is_optional: bool,
    /// Import attributes, as `type: "json"` → `json`.
    pub attribute_type: Option<String>,
}

/// The syntax that asks for a module.
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
    /// `new Worker(new URL("…", import.meta.url))`, or `SharedWorker`: the module begins a program
    /// of its own.
    Worker,
    /// `require.context(directory, deep, pattern)`: the specifier is the directory.
    Context(Box<ContextRequest>),
    /// `import.meta.glob(patterns, options)`: the specifier is the first pattern.
    Glob(Box<GlobRequest>),
    /// A helper of our own runtime; the specifier is the runtime module's name.
    Runtime,
    /// What brings a built-in that the target lacks: it runs before the module, if a statement
    /// stays that needs it.
    Polyfill,
}

/// The arguments of `require.context`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ContextRequest {
    /// Descend into sub-directories.
    pub deep: bool,
    /// The source of the regular expression that relative names must match.
    pub pattern: String,
    /// Its flags.
    pub flags: String,
}

/// The arguments of `import.meta.glob`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GlobRequest {
    /// All patterns, `!` ones exclude.
    pub patterns: Vec<String>,
    /// Import at once instead of as functions.
    pub eager: bool,
    /// The export wanted; `None` is the namespace.
    pub import: Option<String>,
}

/// A top-level name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Symbol {
    /// The name in the source; `default` expressions are named after the file by the linker.
    pub name: String,
    /// Where the name stands in the source (empty for names made by lowering).
    pub span: Span,
    /// What it is.
    pub kind: SymbolKind,
    /// Assigned anywhere after its declaration (or at all, for `var` and functions).
    pub is_reassigned: bool,
}

/// What a top-level name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SymbolKind {
    /// Declared by `var`.
    Var,
    /// Declared by `let`, `const` or `class`: reading it too early throws.
    Lexical,
    /// A function declaration: usable before its statement ran.
    Function,
    /// Stands for the value of `export default <expression>`.
    DefaultExpression,
    /// Bound by an import.
    Imported,
    /// Stands for a helper of the runtime.
    Helper,
}

/// An imported name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// The local symbol.
    pub symbol: SymbolIndex,
    /// Which request it comes from.
    pub request: RequestIndex,
    /// What of it.
    pub name: ImportName,
    /// The imported name in the source.
    pub span: Span,
}

/// What is imported of a module.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ImportName {
    /// An export by name; `default` too.
    Named(String),
    /// The namespace object.
    Namespace,
}

/// An exported name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// The name others import.
    pub name: String,
    /// The local symbol it stands for. `export { a as b } from "m"` and `export * as ns from "m"`
    /// have an `Imported` symbol of their own, used by no statement.
    pub symbol: SymbolIndex,
    /// The name in the source.
    pub span: Span,
}

/// `export * from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Star {
    /// Which request.
    pub request: RequestIndex,
    /// The statement's specifier, for diagnostics.
    pub span: Span,
}

/// A top-level item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Symbols it declares.
    pub declares: Vec<SymbolIndex>,
    /// Symbols it mentions, nested functions included, each once, in order.
    pub uses: Vec<SymbolUse>,
    /// Requests that stand inside it (`require`, `import()`, …; not `import … from`).
    pub requests: Vec<RequestIndex>,
    /// What is lost when it is left out.
    pub effects: Effects,
    /// Symbols it may read *while it runs at the top level*, not in nested functions: for
    /// read-before-initialisation.
    pub eager_reads: Vec<(SymbolIndex, Span)>,
    /// What it needs of the engine and the page beyond ECMAScript 5, nested functions included,
    /// each once, in order.
    pub globals: Vec<GlobalUse>,
}

/// Something that an engine of ECMAScript 5 without a page lacks, and a statement needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlobalUse {
    /// `Promise`, `Object.assign`, `Array.prototype.includes`, `document`; `.includes`: a method of
    /// an object that is not known.
    pub name: String,
    /// The first place in the source.
    pub span: Span,
    /// What was lowered to it; `None`: the code says it itself.
    pub construct: Option<Cow<'static, str>>,
    /// The code asks everywhere whether it is there.
    pub is_optional: bool,
}

/// A symbol mentioned, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SymbolUse {
    /// The symbol.
    pub symbol: SymbolIndex,
    /// Members that are read, of imported symbols and known objects.
    pub members: Vec<Path>,
    /// It is used otherwise too.
    pub is_whole: bool,
    /// First place in the source.
    pub span: Span,
}

/// Members read one of the other, as far as their names are written: `ns.a.b`, `ns["a"].b` are `a`,
/// `b`. Never empty.
pub type Path = Vec<String>;

/// What is lost when a statement is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effects {
    /// Nothing but its declarations.
    #[default]
    None,
    /// Something that only users of this symbol of the same module can see (`A.total = 0`,
    /// `_define_property(A, …)`).
    Of(SymbolIndex),
    /// Something anybody may see.
    Any,
}

/// A literal that may be carried to its uses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Literal {
    /// `undefined`.
    Undefined,
    /// `null`.
    Null,
    /// `true`, `false`.
    Boolean(bool),
    /// A finite number of few digits.
    Number(f64),
    /// A short string.
    String(String),
}

// Numbers here are finite, and those that are equal have the same bits but for zeros, which differ
// in texts too.
impl std::hash::Hash for Literal {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Undefined | Self::Null => {}
            Self::Boolean(value) => value.hash(state),
            Self::Number(value) => value.to_bits().hash(state),
            Self::String(value) => value.hash(state),
        }
    }
}

/// An object that was made by a declaration and is all its name ever stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownObject {
    /// Names of the object: the declared one first, then that of `export default` of it.
    pub symbols: Vec<SymbolIndex>,
    /// Nobody changes its members, whoever has it: an enumeration, or it is frozen.
    pub is_fixed: bool,
    /// Members of its own that cannot be called, sorted by name.
    pub members: Vec<(String, KnownValue)>,
}

/// The value of a member that cannot be called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum KnownValue {
    /// A short literal.
    Literal(Literal),
    /// A long one, an object or an array.
    Data,
}

impl KnownObject {
    /// What is known of a member: `None` for one that it may not have, or that may be a function.
    pub fn member(&self, name: &str) -> Option<&KnownValue> {
        let found = self.members.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
        Some(&self.members[found].1)
    }
}
