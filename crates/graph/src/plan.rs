//! The render plan: all that the rendered text of one module depends on. It is the key of the
//! render memo table. So it has no `ModuleId`, no final name, and nothing that changes with another
//! module unless this module's text changes with it.
//!
//! Rendered text has *slots* for linked names. Slots are numbered per module: symbol *i* of the
//! record is slot *i*, request *r* is slot `symbols.len() + r`, member *k* is slot `symbols.len() +
//! requests.len() + k`. The chunk printer asks the chunk graph which name belongs in a slot.
//! Minifying may move variables of functions to the top level: their slots follow those of the
//! members.

use std::sync::Arc;

use bundle_base::Span;

use crate::record::{Literal, Path, SymbolIndex};

/// How a module runs inside its chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wrap {
    /// Its statements are in the scope of the chunk and run when the chunk runs.
    Hoisted,
    /// An ES module that runs when it is first called. Its top-level names are declared in the
    /// scope of the chunk (functions as they are, everything else as `var`), and its other
    /// statements become assignments inside a function.
    Lazy,
    /// A CommonJS body inside `function (module, exports, require)`.
    CommonJs,
}

/// The render plan of one module.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct RenderPlan {
    /// How it runs inside its chunk.
    pub wrap: Wrap,
    /// Per statement of the record: whether it is kept.
    pub live: Vec<bool>,
    /// The branches that never run, without those inside them. Each has its place, and the outcome
    /// of its test for which it would run.
    pub dead: Vec<((Span, Span), bool)>,
    /// Per symbol of the record: what a mention of it becomes.
    pub bindings: Vec<Binding>,
    /// Members of imported namespaces and objects that are not written as property reads: `ns.a`
    /// becomes the binding of `a`, or a literal.
    pub members: Vec<MemberBinding>,
    /// Per request of the record: what its call becomes.
    pub calls: Vec<RequestCall>,
    /// The indentation of the text, in levels.
    pub indent: u32,
    /// When minifying: its own symbols that other modules, a namespace object or glue mention, in
    /// ascending order. Symbols that only this module mentions may be inlined and dropped. `None`:
    /// the output stays readable.
    pub cross_module_symbols: Option<Vec<SymbolIndex>>,
    /// In a registry: the function that encloses the module. `None`: the module shares a scope with
    /// others.
    pub registered: Option<Box<Registered>>,
}

/// The function that encloses a module in a registry. It names other modules by their keys only, so
/// the text of a registered module depends on nothing else.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Registered {
    /// Its key in the registry.
    pub key: Arc<str>,
    /// The keys of the modules and externals that run before it, in order.
    pub needs: Vec<Arc<str>>,
    /// It, or a module that it runs first, awaits at its top level.
    pub is_async: bool,
    /// Its slots with what they mention, in the order of the slots. A slot without an entry
    /// mentions no other module.
    pub mentions: Vec<(u32, Mention)>,
    /// The exports that come by `export *`. Exports that it declares are in its record.
    pub starred: Vec<(String, Binding, Option<Mention>)>,
    /// Keys of the CommonJS modules and externals that it re-exports by `export *`.
    pub stars: Vec<Arc<str>>,
    /// Its specifiers with the keys of their modules, if it mentions `module.hot` or
    /// `import.meta.hot`; otherwise empty.
    pub specifiers: Vec<(Arc<str>, Arc<str>)>,
}

/// What a slot of a registered module mentions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mention {
    /// A top-level name of its own.
    Own(SymbolIndex),
    /// A function of our runtime.
    Helper(String),
    /// The exports object of an ES module.
    Exports(Arc<str>),
    /// The value of a CommonJS module or an external, once it has run.
    CommonJs(Arc<str>),
    /// The getter of the default export of a CommonJS module or an external.
    Default(Arc<str>),
    /// The namespace of a CommonJS module or an external.
    CommonJsNamespace {
        /// The key of the module.
        key: Arc<str>,
        /// As in `Interop`.
        is_node: bool,
    },
    /// The function that returns what `require` returns.
    Require {
        /// The key of the module.
        key: Arc<str>,
        /// Whether the module is data, which has only a default export.
        is_data: bool,
    },
    /// The function that returns what `import()` resolves to.
    Import {
        /// The key of the module.
        key: Arc<str>,
        /// As in `Interop`.
        is_node: bool,
    },
    /// The default export of an ES module, read again at each mention.
    DefaultOf(Arc<str>),
    /// The function object that knows the addresses of output files.
    Loader,
    /// The function that loads scripts and returns a promise of what `Import` returns. The first
    /// script holds the module.
    Load(Box<Load>),
}

/// What is needed to load a module.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Load {
    /// The key of the module.
    pub key: Arc<str>,
    /// As in `Mention::Import`.
    pub is_node: bool,
    /// The files to load, relative to the output folder; the first one is the script that holds the
    /// module.
    pub files: Vec<String>,
    /// The version that the first script must have.
    pub version: String,
}

/// What a member of an imported name becomes (`ns.name`).
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct MemberBinding {
    /// The local symbol.
    pub symbol: SymbolIndex,
    /// The path of the member, written `ns.name` or `ns["name"]`; longer for a member of a member.
    pub path: Path,
    /// What the member becomes, with the member's slot.
    pub binding: Binding,
}

/// What a mention of a symbol becomes.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Binding {
    /// The name in the symbol's slot. For the module's own top-level names, and for imports of ES
    /// modules in the same chunk.
    Name,
    /// The slot, which holds a property of another chunk's exports; as a callee `(0, slot)`.
    Property,
    /// `slot.property`; as a callee `(0, slot.property)`.
    Member(String),
    /// `slot()`: the default export of a CommonJS module, whose interop is decided when it is read.
    Getter,
    /// A literal instead of the name.
    Literal(Literal),
    /// No module exports it, which the linker has reported: `void 0`.
    Missing,
}

/// What a call such as `require(…)` or `import(…)` becomes. `slot` is the slot of the request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RequestCall {
    /// The request is not a call (`import … from`), or its statement is not live.
    None,
    /// `slot()`: returns what `require` returns.
    Require,
    /// `Promise.resolve().then(function () { return slot(); })`: the namespace. In esnext an
    /// `async`-free arrow.
    DynamicInline,
    /// `slot()`: loads a chunk and returns a promise of the namespace.
    DynamicLoad,
    /// `slot`: the page global or variable of an external.
    External,
    /// `require("specifier")` stays as it is (cjs output).
    KeepRequire,
    /// `import("specifier")` stays as it is (esm output; external).
    KeepDynamic,
    /// Throws `Error('Cannot find module "…"')` with `code = "MODULE_NOT_FOUND"` when it runs (for
    /// `Dynamic`: rejects).
    Missing,
    /// A string literal: `require.resolve`, and asset URLs.
    Text(String),
    /// `new Worker(slot.address("file"), …)`, a classic script whatever the options are: `slot`
    /// knows the addresses of files.
    Worker(String),
    /// `slot.address("file")`, in place of a call or of the arguments of `new URL`: `slot` knows
    /// the addresses of files.
    Address(String),
    /// `new Worker(new URL("specifier", slot), { type: "module", … })` (esm output): `slot` is the
    /// module's own address.
    ModuleWorker(String),
}

impl RenderPlan {
    /// Returns what a mention of `symbol` becomes.
    pub fn binding(&self, symbol: SymbolIndex) -> &Binding {
        &self.bindings[symbol.0 as usize]
    }
}
