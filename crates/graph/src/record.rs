//! What later phases need to know of one script module. `bundle_js::analyse` makes it from the
//! *lowered* program (after TypeScript, JSX and the target's lowering), so statement and symbol
//! indices are those that rendering sees. All references are local indices. A record names another
//! module only by the specifier as written.

use std::borrow::Cow;

use bundle_base::{Diagnostic, Span};
use serde::{Deserialize, Serialize};

pub use self::request::{
    Attribute, ChunkOptions, ContextMode, ContextRequest, GlobRequest, Request, RequestKind,
};

mod request;

/// Index into `ModuleRecord::symbols`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SymbolIndex(pub u32);

/// Index into `ModuleRecord::requests`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RequestIndex(pub u32);

/// Index into `ModuleRecord::statements`: the n-th top-level item of the lowered program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StatementIndex(pub u32);

/// What later phases need to know of a module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModuleRecord {
    /// How it imports and exports.
    pub format: SourceFormat,
    /// Its code runs in strict mode: it is an ES module, or has `"use strict"` at its top.
    pub is_strict: bool,
    /// It calls `eval` directly or has `with`: both may look up its names, which stay as written.
    pub has_eval: bool,
    /// Its requests, in source order. Requests with the same specifier, kind and attribute are
    /// listed once.
    pub requests: Vec<Request>,
    /// Top-level names: declared ones, imported ones, and helper uses.
    pub symbols: Vec<Symbol>,
    /// Imported names, sorted by symbol. Each import has a symbol of its own in `symbols`.
    pub imports: Vec<Import>,
    /// Exported names, without `export *`. Names are unique.
    pub exports: Vec<Export>,
    /// `export * from`, in source order.
    pub stars: Vec<Star>,
    /// Top-level items of the lowered program, in order. A CommonJS module has them too, but tree
    /// shaking keeps or removes them all together.
    pub statements: Vec<Statement>,
    /// Exported or plain top-level `const`s (never assigned names) whose value is a short literal.
    pub constants: Vec<(SymbolIndex, Literal)>,
    /// Top-level `const`s and enumerations whose members are known and include a short literal.
    pub objects: Vec<KnownObject>,
    /// Code that runs only if a test on names holds. An enclosing branch comes before those in it.
    pub branches: Vec<Branch>,
    /// The first top-level `await` or `for await`.
    pub top_level_await: Option<TopLevelAwait>,
    /// The free names of a CommonJS body.
    pub commonjs: CommonJsUses,
    /// Exports that a CommonJS file certainly assigns: messages suggest them as similar names.
    pub commonjs_exports: Vec<String>,
    /// Diagnostics of reading the module. Builds that reuse the record report them again.
    #[serde(skip)]
    pub diagnostics: Vec<Diagnostic>,
}

/// The first top-level `await` or `for await` of a module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopLevelAwait {
    /// The whole statement or expression.
    pub span: Span,
    /// Whether the target has no functions that can contain it, and the format needs one.
    pub is_unlowered: bool,
}

impl ModuleRecord {
    /// Returns the uses of an import's name.
    pub fn uses(&self, import: &Import) -> impl Iterator<Item = &SymbolUse> + use<'_> {
        let symbol = import.symbol;
        let uses = self.statements.iter().flat_map(|statement| &statement.uses);
        uses.filter(move |used| used.symbol == symbol)
    }

    /// Whether a request is an import without names, such as `import "./logo.png"`. In TypeScript,
    /// it may have had names of types.
    pub fn imports_no_names(&self, request: &Request) -> bool {
        let is_of_request = |index: RequestIndex| self.requests[index.0 as usize] == *request;
        request.kind == RequestKind::Import
            && !self.imports.iter().any(|import| is_of_request(import.request))
            && !self.stars.iter().any(|star| is_of_request(star.request))
    }

    /// Whether all imports from a module may be types, which need no module: only TypeScript's
    /// metadata for decorators mentions them.
    pub fn may_import_only_types(&self, request: &Request) -> bool {
        let is_of_request = |import: &&Import| self.requests[import.request.0 as usize] == *request;
        let mut imports = self.imports.iter().filter(is_of_request).peekable();
        imports.peek().is_some()
            && imports.all(|import| {
                let mut uses = self.uses(import).peekable();
                uses.peek().is_some() && uses.all(|used| used.may_be_type)
            })
    }
}

/// How a module imports and exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SourceFormat {
    /// An ES module: it has `import`, `export`, `import.meta` or top-level await, or its name or
    /// package declares it one, or it calls `import()` and does nothing that only CommonJS allows.
    Esm,
    /// Any other module: it is wrapped in a function with `module`, `exports` and `require`.
    CommonJs,
}

/// Free names of a CommonJS body; all false in ES modules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommonJsUses {
    /// It mentions `module`.
    pub mentions_module: bool,
    /// It mentions `exports`, or `this` at the top level.
    pub mentions_exports: bool,
    /// It mentions `require` other than in a call that was resolved: it needs a `require` function
    /// at run time, which throws.
    pub mentions_require: bool,
}

/// A top-level name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Symbol {
    /// The name in the source; the linker names `default` expressions after the file.
    pub name: String,
    /// The position of the name in the source (empty for names made by lowering).
    pub span: Span,
    /// The kind of declaration.
    pub kind: SymbolKind,
    /// Whether it is assigned anywhere after its declaration (or at all, for `var` and functions).
    pub is_reassigned: bool,
}

/// The kind of a top-level name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SymbolKind {
    /// Declared by `var`.
    Var,
    /// Declared by `let`, `const` or `class`: reading it too early throws.
    Lexical,
    /// A function declaration: it can be called before its statement has run.
    Function,
    /// The value of `export default <expression>`.
    DefaultExpression,
    /// Bound by an import.
    Imported,
    /// A helper of the runtime.
    Helper,
}

impl SymbolKind {
    /// Whether a symbol is declared by its own module.
    pub(crate) fn is_own(self) -> bool {
        !matches!(self, Self::Imported | Self::Helper)
    }
}

/// An imported name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// The local symbol.
    pub symbol: SymbolIndex,
    /// The request for the importee.
    pub request: RequestIndex,
    /// What is imported from the importee.
    pub name: ImportName,
    /// The position of the imported name in the source.
    pub span: Span,
}

/// Which export an import binds.
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
    /// The name that importers use.
    pub name: String,
    /// The local symbol that is exported. `export { a as b } from "m"` and `export * as ns from
    /// "m"` have an `Imported` symbol of their own, which no statement uses.
    pub symbol: SymbolIndex,
    /// The position of the name in the source.
    pub span: Span,
}

/// `export * from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Star {
    /// The request for the module that is re-exported.
    pub request: RequestIndex,
    /// The specifier of the statement, for diagnostics.
    pub span: Span,
}

/// A top-level item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The symbols that it declares.
    pub declares: Vec<SymbolIndex>,
    /// The symbols that it mentions, nested functions included, each once, in order.
    pub uses: Vec<SymbolUse>,
    /// Requests inside it (`require`, `import()`, …; not `import … from`).
    pub requests: Vec<RequestIndex>,
    /// The requests that only branches make, with each of these branches.
    pub branched: Vec<(RequestIndex, BranchIndex)>,
    /// The side effects that would be lost without the statement.
    pub effects: Effects,
    /// Symbols that it may read *while it runs at the top level*, not in nested functions. The
    /// check for read-before-initialisation uses them.
    pub eager_reads: Vec<(SymbolIndex, Span)>,
    /// Globals beyond ECMAScript 5 that it needs from the engine and the page, nested functions
    /// included, each once, in order.
    pub globals: Vec<GlobalUse>,
}

/// A global or method that a statement needs and an ECMAScript 5 engine without a page lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlobalUse {
    /// `Promise`, `Object.assign`, `Array.prototype.includes`, `document`; `.includes`: a method of
    /// an object of unknown type.
    pub name: String,
    /// Its first use in the source.
    pub span: Span,
    /// The syntax that was lowered to this use; `None`: the source itself uses it.
    pub construct: Option<Cow<'static, str>>,
    /// Every use first checks whether the global exists.
    pub is_optional: bool,
}

/// A use of a symbol, as a whole or by its members.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SymbolUse {
    /// The symbol.
    pub symbol: SymbolIndex,
    /// Members that are read; only for imported symbols and known objects.
    pub members: Vec<Path>,
    /// The symbol is also used in other ways than by reading members.
    pub is_whole: bool,
    /// Its first use in the source.
    pub span: Span,
    /// Whether it may be a type, which no module exports: only TypeScript's metadata for decorators
    /// mentions it.
    pub may_be_type: bool,
    /// The branches that the uses are in; empty if a use is in none.
    pub branches: Vec<BranchIndex>,
}

/// A branch of a module: its place in `ModuleRecord::branches`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BranchIndex(pub u32);

/// Code that runs only if a test on names holds. Linking decides the test if the names mean
/// literals (`link/branches.rs`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// The places of its test and of the branch itself in the source. Branches that lowering makes
    /// from one branch have the same place.
    pub place: (Span, Span),
    /// The branch that encloses it.
    pub outer: Option<BranchIndex>,
    /// What decides whether it runs.
    pub test: Test,
    /// The outcome of the test for which it runs.
    pub runs_if: bool,
}

/// A test, as far as literals decide it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Test {
    /// Nothing is known of it.
    Unknown,
    /// `a`.
    Holds(Operand),
    /// `a === b`, or `a == b`.
    Equal {
        /// What is compared.
        operands: Box<[Operand; 2]>,
        /// Values of two types are not equal.
        is_strict: bool,
    },
    /// `!a`.
    Not(Box<Test>),
    /// `a && b`.
    Both(Box<[Test; 2]>),
    /// `a || b`.
    Either(Box<[Test; 2]>),
}

/// An operand of a test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Operand {
    /// A literal.
    Literal(Literal),
    /// A name, or the chain of its members.
    Name(SymbolIndex, Path),
}

/// A chain of member names, as far as they are written out: `ns.a.b` and `ns["a"].b` have the path
/// `a`, `b`. Never empty.
pub type Path = Vec<String>;

/// The member of a namespace that stands for the namespace as `this` of a call that lowering
/// rewrote: `ns.f(...list)` is `ns.f.apply(ns.<receiver>, list)`. It is `undefined` where functions
/// of the namespace are called without it, which are those of ES modules.
pub const RECEIVER: &str = "__receiver_of_calls";

/// The side effects of a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effects {
    /// None: without it only its declarations are lost.
    #[default]
    None,
    /// A change that only users of this symbol of the same module can notice (`A.total = 0`,
    /// `_define_property(A, …)`).
    Of(SymbolIndex),
    /// A change that any code may notice.
    Any,
}

/// A literal that may replace the uses of its name.
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

// Hashing bits is sound: the numbers are finite, and equal numbers have the same bits. Only the two
// zeros differ, and they are also written differently.
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

/// An object that a declaration makes and that is the only value of its names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownObject {
    /// The names of the object: the declared one first, then the symbol of its `export default`.
    pub symbols: Vec<SymbolIndex>,
    /// No code can change its members: it is an enumeration or frozen.
    pub is_fixed: bool,
    /// Its own members that are not callable, sorted by name.
    pub members: Vec<(String, KnownValue)>,
}

/// The value of a member that is not callable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum KnownValue {
    /// A short literal.
    Literal(Literal),
    /// A long literal, an object or an array.
    Data,
}

impl KnownObject {
    /// Returns the known value of a member; `None`: the object may lack it, or it may be a
    /// function.
    pub fn member(&self, name: &str) -> Option<&KnownValue> {
        let found = self.members.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
        Some(&self.members[found].1)
    }
}
