//! Every module of every entry with its edges. Ids are first evaluation order over all entries, so
//! ids, sorting and output don't depend on which file was read first.

use std::sync::Arc;

use bundle_base::{Source, Span};

use crate::link::Step;
use crate::record::{ModuleRecord, RequestIndex, RequestKind, SourceFormat, SymbolIndex};

/// Index into `ModuleGraph::modules`: first evaluation order over all entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(pub u32);

/// Index into `ModuleGraph::externals`: order of first mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExternalId(pub u32);

/// A symbol of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SymbolRef {
    /// Which module.
    pub module: ModuleId,
    /// Which of its symbols.
    pub symbol: SymbolIndex,
}

/// A program: all modules reachable from the entries.
#[derive(Clone, Debug, Default)]
pub struct ModuleGraph {
    /// In first evaluation order.
    pub modules: Vec<Module>,
    /// Modules that are not bundled.
    pub externals: Vec<ExternalModule>,
    /// The entry modules, in the order of the configuration.
    pub entries: Vec<ModuleId>,
    /// The module of interop functions (`bundle:runtime/interop`), which glue code calls.
    pub interop: Option<ModuleId>,
    /// The module that makes a page run chunks in whatever order they arrive
    /// (`bundle:runtime/chunks`): for classic scripts that split.
    pub chunk_loader: Option<ModuleId>,
    /// The module that keeps modules as functions under their keys (`bundle:runtime/registry`): for
    /// that form.
    pub registry: Option<ModuleId>,
    /// The module that tells a classic script where its files are (`bundle:runtime/addresses`):
    /// where somebody starts a worker.
    pub addresses: Option<ModuleId>,
}

/// A module and where its requests lead.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "facts that exclude nothing of each other")]
pub struct Module {
    /// What it is called everywhere: project-relative, or `name@version/path`, with its query.
    pub key: Arc<str>,
    /// What is known of its contents.
    pub record: Arc<ModuleRecord>,
    /// Its text, to point at in diagnostics.
    pub source: Arc<Source>,
    /// Per request of the record.
    pub targets: Vec<Target>,
    /// False: importing it for nothing does nothing (`sideEffects` of its package).
    pub has_side_effects: bool,
    /// Node would read it as an ES module (`.mjs`, `"type": "module"`): a default import of
    /// CommonJS is `module.exports`.
    pub is_node_esm: bool,
    /// Data (JSON): `require` gives its default export.
    pub is_data: bool,
    /// The bytes of the stylesheet that it is or brings, if that says something.
    pub style_bytes: u64,
    /// A stylesheet that can show nowhere but in what its own component shows.
    pub is_confined: bool,
    /// Where its contents are, if it is used as it is.
    pub address: Option<Address>,
    /// The bundle of `Config::shared` that claims it.
    pub bundle: Option<usize>,
    /// The entry, by its position in `Config::entries`, in whose own folder it lies, if pages do
    /// not share that.
    pub private_to: Option<usize>,
    /// Written in TypeScript: a re-exported name that does not exist may have been a type.
    pub is_typescript: bool,
}

/// Where the contents of a file are going to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// At this address, wherever the output folder is.
    Known(Arc<str>),
    /// At this path in the output folder, which a page tells or a script finds out (iife).
    Page(Arc<str>),
    /// At this path in the output folder, told from where the script is (esm).
    Beside(Arc<str>),
}

/// Where a request leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another module of the graph.
    Module(ModuleId),
    /// A module that is not bundled.
    External(ExternalId),
    /// Nothing was found, and that is only known to matter when it runs (`try { require("x") }`).
    Missing,
    /// A text: `require.resolve`, an asset's address.
    Text(String),
    /// Nothing to follow.
    None,
}

impl Target {
    /// The module of the graph that it is.
    pub fn module(&self) -> Option<ModuleId> {
        match self {
            Self::Module(id) => Some(*id),
            Self::External(_) | Self::Missing | Self::Text(_) | Self::None => None,
        }
    }
}

/// A module that is not bundled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalModule {
    /// As written by importers.
    pub specifier: String,
    /// The page global that it is, a dotted path (iife); `None`: an import declaration or `require`
    /// brings it.
    pub global: Option<String>,
}

impl ModuleGraph {
    /// The module under an id.
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0 as usize]
    }

    /// The external under an id.
    pub fn external(&self, id: ExternalId) -> &ExternalModule {
        &self.externals[id.0 as usize]
    }

    /// Ids with their modules, in order.
    pub fn iter(&self) -> impl Iterator<Item = (ModuleId, &Module)> {
        self.modules.iter().enumerate().map(|(i, m)| (ModuleId::from_index(i), m))
    }
}

impl ModuleId {
    /// The id at a position of `ModuleGraph::modules`.
    pub fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than four billion modules"))
    }

    /// The position in `ModuleGraph::modules`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The key prefix of our own run-time modules.
pub const RUNTIME_PREFIX: &str = "bundle:runtime/";

impl Module {
    /// True for the modules of our own runtime.
    pub fn is_runtime(&self) -> bool {
        self.key.starts_with(RUNTIME_PREFIX)
    }

    /// True if it is a stylesheet, or brings one, that says something.
    pub fn is_style(&self) -> bool {
        self.style_bytes > 0
    }

    /// True for CommonJS.
    pub fn is_commonjs(&self) -> bool {
        self.record.format == SourceFormat::CommonJs
    }

    /// Where a request leads.
    pub fn target(&self, request: RequestIndex) -> &Target {
        &self.targets[request.0 as usize]
    }

    /// Requests that run the target before this module's own statements: `import`, `export from`.
    pub fn static_targets(&self) -> impl Iterator<Item = ModuleId> {
        self.record.requests.iter().zip(&self.targets).filter_map(|(request, target)| {
            match (&request.kind, target) {
                (
                    RequestKind::Import | RequestKind::Glob(_) | RequestKind::Polyfill,
                    Target::Module(id),
                ) => Some(*id),
                _ => None,
            }
        })
    }

    /// The same with what is not bundled: everything that is evaluated or read before this module's
    /// own statements.
    pub fn static_steps(&self) -> impl Iterator<Item = Step> {
        self.record.requests.iter().zip(&self.targets).filter_map(|(request, target)| {
            match (&request.kind, target) {
                (
                    RequestKind::Import | RequestKind::Glob(_) | RequestKind::Polyfill,
                    Target::Module(id),
                ) => Some(Step::Module(*id)),
                (RequestKind::Import, Target::External(id)) => Some(Step::External(*id)),
                _ => None,
            }
        })
    }

    /// What it imports by `import()`.
    pub fn dynamic_targets(&self) -> impl Iterator<Item = ModuleId> {
        self.record.requests.iter().zip(&self.targets).filter_map(|(request, target)| {
            match (&request.kind, target) {
                (RequestKind::Dynamic, Target::Module(id)) => Some(*id),
                _ => None,
            }
        })
    }

    /// The text of a span, for diagnostics.
    pub fn label(&self, span: Span) -> bundle_base::Label {
        bundle_base::Label::new(&self.source, span)
    }
}
