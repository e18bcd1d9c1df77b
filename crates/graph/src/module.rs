//! The module graph: every module of every entry, with its edges. Ids follow the evaluation order
//! over all entries (each module at its first place), so ids, sorting and output do not depend on
//! which file was read first.

use std::sync::Arc;

use bundle_base::{Source, Span};

use crate::record::{ModuleRecord, RequestIndex, RequestKind, SourceFormat, SymbolIndex};

/// Index into `ModuleGraph::modules`: evaluation order over all entries, each module at its first
/// place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(pub u32);

/// Index into `ModuleGraph::externals`: order of first mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExternalId(pub u32);

/// One step of evaluation: a module runs, or an external is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A module runs.
    Module(ModuleId),
    /// The value of an external is read.
    External(ExternalId),
}

/// A symbol of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SymbolRef {
    /// The module that declares or imports it.
    pub module: ModuleId,
    /// The index of the symbol in the record of the module.
    pub symbol: SymbolIndex,
}

/// All modules reachable from the entries, with their edges.
#[derive(Clone, Debug, Default)]
pub struct ModuleGraph {
    /// All modules, in evaluation order over all entries.
    pub modules: Vec<Module>,
    /// The externals, in order of first mention.
    pub externals: Vec<ExternalModule>,
    /// The entry modules, in the order of the configuration.
    pub entries: Vec<ModuleId>,
    /// The module of interop functions (`bundle:runtime/interop`), which glue code calls.
    pub interop: Option<ModuleId>,
    /// The runtime module that lets a page run chunks in whatever order they arrive
    /// (`bundle:runtime/chunks`). Only for classic scripts with splitting.
    pub chunk_loader: Option<ModuleId>,
    /// The same for entries that load no scripts.
    pub chunk_loader_without_loads: Option<ModuleId>,
    /// The runtime module that keeps modules as functions under their keys
    /// (`bundle:runtime/registry`). Only for the registry form.
    pub registry: Option<ModuleId>,
    /// The runtime module that finds the folder of a classic script (`bundle:runtime/addresses`).
    /// Only where a module starts a worker.
    pub addresses: Option<ModuleId>,
    /// The runtime module that keeps `__webpack_public_path__` (`bundle:runtime/public_path`). Only
    /// where a module names it in a classic script.
    pub public_path: Option<ModuleId>,
    /// Scripts of the output can await at their top level.
    pub can_await: bool,
}

/// A module and where its requests lead.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub struct Module {
    /// Its name in outputs and reports: project-relative, or `name@version/path`, with its query.
    pub key: Arc<str>,
    /// The record of its contents.
    pub record: Arc<ModuleRecord>,
    /// Its source text, for the positions in diagnostics.
    pub source: Arc<Source>,
    /// Where each request of the record leads, by `RequestIndex`.
    pub targets: Vec<Target>,
    /// False if importing it without using a name does nothing (`sideEffects` of its package).
    pub has_side_effects: bool,
    /// Node would read it as an ES module (`.mjs`, `"type": "module"`): a default import of
    /// CommonJS is `module.exports`.
    pub is_node_esm: bool,
    /// Data (JSON): `require` returns its default export.
    pub is_data: bool,
    /// The size in bytes of the stylesheet that it is or contains; 0 if there is none or it is
    /// empty.
    pub style_bytes: u64,
    /// A stylesheet whose rules match only inside its own component (scoped styles).
    pub is_confined: bool,
    /// The address of its file in the output, if it is an asset that is copied as it is.
    pub address: Option<Address>,
    /// The manual chunk that claims it: a position in `Config::shared`.
    pub manual_chunk: Option<usize>,
    /// The entry whose own folder it lies in, if pages do not share that folder: a position in
    /// `Config::entries`.
    pub private_to: Option<usize>,
    /// Written in TypeScript: a re-exported name that does not exist may have been a type.
    pub is_typescript: bool,
}

/// The address of a file in the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// This address, wherever the output folder is.
    Known(Arc<str>),
    /// This path in the output folder, whose address the page gives or the script finds out at run
    /// time (iife).
    Page(Arc<str>),
    /// This path in the output folder, written relative to the script (esm).
    Beside(Arc<str>),
}

/// Where a request leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another module of the graph.
    Module(ModuleId),
    /// An external module.
    External(ExternalId),
    /// Nothing was found, and that is an error only if the request runs (`try { require("x") }`).
    Missing,
    /// A string: the result of `require.resolve`, or the address of an asset.
    Text(String),
    /// Nothing: the request is not followed.
    None,
}

impl Target {
    /// Returns the module of the graph; `None` for every other target.
    pub fn module(&self) -> Option<ModuleId> {
        match self {
            Self::Module(id) => Some(*id),
            Self::External(_) | Self::Missing | Self::Text(_) | Self::None => None,
        }
    }
}

/// A module that is not bundled, because the page or host provides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalModule {
    /// The specifier as importers write it.
    pub specifier: String,
    /// The page global that holds it, a dotted path (iife); `None`: an import declaration or
    /// `require` loads it.
    pub global: Option<String>,
}

impl ModuleGraph {
    /// Returns the module with an id.
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0 as usize]
    }

    /// Returns the external with an id.
    pub fn external(&self, id: ExternalId) -> &ExternalModule {
        &self.externals[id.0 as usize]
    }

    /// Iterates over the modules with their ids, in id order.
    pub fn iter(&self) -> impl Iterator<Item = (ModuleId, &Module)> {
        self.modules.iter().enumerate().map(|(i, m)| (ModuleId::from_index(i), m))
    }

    /// Returns all modules, breadth first from the entries: roughly the order in which a scan
    /// reaches them.
    pub fn breadth_first(&self) -> Vec<ModuleId> {
        let mut is_found = vec![false; self.modules.len()];
        let mut found = Vec::with_capacity(self.modules.len());
        // Modules that no entry leads to are modules of our runtime.
        let all = (0..self.modules.len()).map(ModuleId::from_index);
        for root in self.entries.iter().copied().chain(all) {
            let mut next = found.len();
            if !std::mem::replace(&mut is_found[root.index()], true) {
                found.push(root);
            }
            while let Some(id) = found.get(next) {
                let targets = self.module(*id).targets.iter().filter_map(Target::module);
                let new = |id: &ModuleId| !std::mem::replace(&mut is_found[id.index()], true);
                let targets: Vec<ModuleId> = targets.filter(new).collect();
                found.extend(targets);
                next += 1;
            }
        }
        found
    }
}

impl ModuleId {
    /// Returns the id for a position in `ModuleGraph::modules`.
    pub fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than four billion modules"))
    }

    /// Returns the position in `ModuleGraph::modules`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The key prefix of our own run-time modules.
pub const RUNTIME_PREFIX: &str = "bundle:runtime/";

/// The mark in the key of a WebAssembly file that is imported for its exports.
pub const WASM_INSTANCE: &str = ".wasm?instance";

impl Module {
    /// True for the modules of our own runtime.
    pub fn is_runtime(&self) -> bool {
        self.key.starts_with(RUNTIME_PREFIX)
    }

    /// Whether it is or contains a stylesheet that is not empty.
    pub fn is_style(&self) -> bool {
        self.style_bytes > 0
    }

    /// Whether it is the instance of a WebAssembly file.
    pub fn is_wasm_instance(&self) -> bool {
        self.key.contains(WASM_INSTANCE)
    }

    /// Whether it is CommonJS.
    pub fn is_commonjs(&self) -> bool {
        self.record.format == SourceFormat::CommonJs
    }

    /// Returns the target of a request.
    pub fn target(&self, request: RequestIndex) -> &Target {
        &self.targets[request.0 as usize]
    }

    /// Iterates over the modules that run before this module's own statements: targets of `import`,
    /// `export from`, eager globs and polyfills.
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

    /// As `static_targets`, with the externals that are imported: everything that is evaluated or
    /// read before this module's own statements.
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

    /// Iterates over the modules that it imports by `import()`.
    pub fn dynamic_targets(&self) -> impl Iterator<Item = ModuleId> {
        self.record.requests.iter().zip(&self.targets).filter_map(|(request, target)| {
            match (&request.kind, target) {
                (RequestKind::Dynamic, Target::Module(id)) => Some(*id),
                _ => None,
            }
        })
    }

    /// Returns a label for a span of its source, for diagnostics.
    pub fn label(&self, span: Span) -> bundle_base::Label {
        bundle_base::Label::new(&self.source, span)
    }

    /// Returns a label for the first place where it requests another module.
    pub fn request_label(&self, of: ModuleId) -> Option<bundle_base::Label> {
        let mut requests = self.record.requests.iter().zip(&self.targets);
        let (request, _) = requests.find(|(_, target)| target.module() == Some(of))?;
        Some(self.label(request.span))
    }
}
