//! All that rendering one part may know. It is the key of the render memo table: no `ModuleId`, no
//! final name, nothing that changes when another module does, unless this part's text changes with
//! it.
//!
//! Rendered text has *slots* where linked names go. A slot is numbered locally: symbol *i* of the
//! record is slot *i*; request *r* is slot `symbols.len() + r`, member *k* is slot `symbols.len() +
//! requests.len() + k`. Who joins the pieces asks the chunk graph what stands there. Minifying may
//! move variables of functions to the top level: these get the slots after the members'.

use std::sync::Arc;

use crate::record::{Literal, Path, SymbolIndex};

/// How a module shares its chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wrap {
    /// Its statements stand in the chunk's scope and run there.
    Hoisted,
    /// An ES module that runs when first asked: its top-level names are declared in the chunk's
    /// scope (functions whole, everything else as `var`), and its other statements become
    /// assignments inside a function.
    Lazy,
    /// A CommonJS body inside `function (module, exports, require)`.
    CommonJs,
}

/// The plan of one part.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct RenderPlan {
    /// How it shares its chunk.
    pub wrap: Wrap,
    /// Per statement of the record: it stays.
    pub live: Vec<bool>,
    /// Per symbol of the record: what a mention of it becomes.
    pub bindings: Vec<Binding>,
    /// Members of imported namespaces and objects that are not read as properties: `ns.a` becomes
    /// the binding of `a`, or a literal.
    pub members: Vec<MemberBinding>,
    /// Per request of the record: what its call becomes.
    pub calls: Vec<RequestCall>,
    /// Levels of indentation the text starts at.
    pub indent: u32,
    /// Minify: its own symbols that anybody else mentions (another part, a namespace object, glue),
    /// rising; what only this part mentions may be inlined and dropped. `None`: keep it readable.
    pub shared: Option<Vec<SymbolIndex>>,
    /// In a registry: the function around it. `None`: it stands in a scope with others.
    pub registered: Option<Box<Registered>>,
}

/// What the function around a module says in a registry of modules. Others are told by their keys,
/// so this is all of it: the text of a registered module depends on nothing else.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Registered {
    /// The key it has in the registry.
    pub key: Arc<str>,
    /// Keys of what runs before it, in order.
    pub needs: Vec<Arc<str>>,
    /// It, or something that runs because of it, awaits at its top level.
    pub is_async: bool,
    /// What stands in its slots, but for its own names; rising.
    pub mentions: Vec<(u32, Mention)>,
    /// What its exports object gives by stars; what it declares to export is in its record.
    pub starred: Vec<(String, Binding, Option<Mention>)>,
    /// Keys of CommonJS modules and externals whose properties it exports again.
    pub stars: Vec<Arc<str>>,
    /// By what it asks for modules and their keys, if it tells which of them it accepts while the
    /// page runs.
    pub specifiers: Vec<(Arc<str>, Arc<str>)>,
}

/// What a registered module mentions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mention {
    /// A top-level name of its own.
    Own(SymbolIndex),
    /// A function of our runtime.
    Helper(String),
    /// The exports object of an ES module.
    Exports(Arc<str>),
    /// What a CommonJS module or an external gives, once it ran.
    CommonJs(Arc<str>),
    /// The getter of its default export.
    Default(Arc<str>),
    /// Its namespace; the flag is `Interop::is_node`.
    CommonJsNamespace(Arc<str>, bool),
    /// The function that gives what `require` gives; the flag says that it is data, which has only
    /// a default export.
    Require(Arc<str>, bool),
    /// The function that gives what `import()` resolves to; the flag is `Interop::is_node`.
    Import(Arc<str>, bool),
    /// The default export of an ES module, wherever it is read.
    DefaultOf(Arc<str>),
    /// What knows where files are.
    Loader,
    /// The function that loads scripts, the first of which holds the module, and gives a promise of
    /// what `Import` gives.
    Load(Box<Load>),
}

/// What it takes to load a module.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Load {
    /// The module.
    pub key: Arc<str>,
    /// The flag of `Mention::Import`.
    pub is_node: bool,
    /// Scripts, relative to the output folder; the first one holds the module.
    pub files: Vec<String>,
    /// The version that the first one must have.
    pub version: String,
}

/// What `ns.name` becomes, for an imported name `ns`.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct MemberBinding {
    /// The local symbol.
    pub symbol: SymbolIndex,
    /// The member, written `ns.name` or `ns["name"]`, or a member's member.
    pub path: Path,
    /// What it becomes; its slot is the member's.
    pub binding: Binding,
}

/// What a mention of a symbol becomes.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Binding {
    /// The name in the symbol's slot: its own top-level names, and imports of ES modules' names in
    /// the same chunk.
    Name,
    /// The slot, which stands for a property of what another chunk gives; as a callee `(0, slot)`.
    Property,
    /// `slot.property`; as a callee `(0, slot.property)`.
    Member(String),
    /// `slot()`: the default export of a CommonJS module, whose interop is decided when it is read.
    Getter,
    /// A literal instead of the name.
    Literal(Literal),
    /// Nothing exports it, and the linker has said so: `void 0`.
    Missing,
}

/// What `require(…)`, `import(…)` and their kin become. `slot` is the request's slot.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RequestCall {
    /// Not a call (`import … from`), or in a statement that does not live.
    None,
    /// `slot()`: gives what `require` gives.
    Require,
    /// `Promise.resolve().then(function () { return slot(); })`: the namespace. In esnext an
    /// `async`-free arrow.
    DynamicInline,
    /// `slot()`: loads a chunk and gives a promise of the namespace.
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
    /// `new Worker(slot.address("file"), …)`, a classic script whatever the options say: `slot`
    /// knows where files are.
    Worker(String),
    /// `slot.address("file")`, in the place of a call or of what a `new URL` is told: `slot` knows
    /// where files are.
    Address(String),
    /// `new Worker(new URL("specifier", slot), { type: "module", … })` (esm output): `slot` is the
    /// module's own address.
    ModuleWorker(String),
}

impl RenderPlan {
    /// What a mention of `symbol` becomes.
    pub fn binding(&self, symbol: SymbolIndex) -> &Binding {
        &self.bindings[symbol.0 as usize]
    }
}
