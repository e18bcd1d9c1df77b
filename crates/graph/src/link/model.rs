//! The result of linking: a `LinkedGraph` of `Program`s, whose modules ship together in `Group`s.
//! Plain data: every pass of `link` imports it. It imports no pass except `resolve`, for the
//! meaning of names.

use rustc_hash::FxHashMap;

use super::resolve::Resolved;
use crate::{
    module::{ExternalId, ModuleGraph, ModuleId, Step, SymbolRef, Target},
    plan::Wrap,
};

/// The linked form of a graph.
pub struct LinkedGraph<'g> {
    /// The graph that was linked.
    pub graph: &'g ModuleGraph,
    /// The programs: one per entry, in the order of entries; with splitting one for all entries,
    /// unless that is `async`. The programs of workers follow, one per worker.
    pub programs: Vec<Program>,
    /// The modules whose text may have changed since the previous build, in ascending order; `None`
    /// if nothing of the previous link was reused.
    pub changed: Option<Vec<ModuleId>>,
    /// How many modules were not reused but linked in this build.
    pub fresh: usize,
    /// Whether the next build may reuse this link: linking reported no diagnostics, and no module
    /// depends on the body of another one.
    pub may_be_reused: bool,
}

/// Modules that are linked together.
pub struct Program {
    /// The ids of the modules that it includes, in order.
    pub(super) ids: Vec<ModuleId>,
    /// The linked form of each module in `ids`.
    pub(super) modules: Vec<LinkedModule>,
    /// Where evaluation may start: the static entries, then the targets of `import()`.
    pub entry_points: Vec<EntryPoint>,
    /// Modules that ship together: the groups of the entries first, in the order of entries.
    pub groups: Vec<Group>,
    /// The modules that some entry points load without needing them, each with the entry points
    /// that need it: positions in `entry_points`, in ascending order.
    pub unneeded: FxHashMap<ModuleId, Vec<usize>>,
    /// The order of its stylesheets in one file.
    pub style_order: StyleOrder,
    /// Whether its modules may be in several groups. False for one entry alone and for a worker:
    /// these are one script whatever they import.
    pub is_split: bool,
}

/// The order of the stylesheets of a program in one file.
#[derive(Clone, Debug, Default)]
pub struct StyleOrder {
    /// The place of each stylesheet that the only entry reaches; empty: ids are the order.
    pub(super) places: FxHashMap<ModuleId, usize>,
}

/// Where evaluation may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryPoint {
    /// An entry, or a worker.
    Static(StaticEntry),
    /// A module that a live `import()` requests.
    Dynamic(ModuleId),
}

/// An entry and how its exports can be observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StaticEntry {
    /// Whether the configuration or `new Worker` starts it.
    pub kind: EntryKind,
    /// The entry module.
    pub module: ModuleId,
    /// How its exports can be observed.
    pub export_mode: ExportMode,
}

/// What starts an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// The configuration: position in `ModuleGraph::entries`.
    Configured(usize),
    /// `new Worker` in other modules.
    Worker,
}

/// Modules that ship together because the same entry points need them.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The entry whose script this is. The entry module may be in another group, if other entry
    /// points need it too.
    pub static_entry: Option<StaticEntry>,
    /// The manual chunk that it is: a position in `Config::shared`.
    pub manual_chunk: Option<usize>,
    /// The entry points that load it: positions in `Program::entry_points`, in ascending order.
    pub entry_points: Vec<usize>,
    /// Its modules, in id order. Modules of our own runtime are in no group: chunking puts them
    /// where they are called.
    pub modules: Vec<ModuleId>,
    /// Groups that run before this one, in this order.
    pub imports: Vec<usize>,
    /// What runs at the top level, in order: statements of hoisted modules, and calls of the
    /// wrapped modules that these import.
    pub sequence: Vec<Step>,
}

impl Group {
    /// Makes the only group of a program that is one script. `linked`: its modules and those of the
    /// runtime.
    pub(super) fn of_one_script(
        static_entry: StaticEntry,
        linked: &[Option<LinkedModule>],
        graph: &ModuleGraph,
        sequence: Vec<Step>,
    ) -> Self {
        let is_of_user =
            |id: &ModuleId| linked[id.index()].is_some() && !graph.module(*id).is_runtime();
        Self {
            static_entry: Some(static_entry),
            manual_chunk: None,
            entry_points: vec![0],
            modules: (0..linked.len()).map(ModuleId::from_index).filter(is_of_user).collect(),
            imports: Vec::new(),
            sequence,
        }
    }
}

/// How the exports of an entry can be observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportMode {
    /// Not at all: a classic script without a global name.
    None,
    /// By name: as export declarations, or as properties of `exports`.
    Named,
    /// As an object: `module.exports` or a page global.
    Object,
}

/// The modules of one program, as far as they are linked.
#[derive(Clone, Copy)]
pub(super) struct ProgramModules<'a> {
    pub graph: &'a ModuleGraph,
    /// Per module of the graph; `None` if the program leaves it out.
    pub linked: &'a [Option<LinkedModule>],
}

impl<'a> ProgramModules<'a> {
    pub fn linked(self, id: ModuleId) -> Option<&'a LinkedModule> {
        self.linked[id.index()].as_ref()
    }

    /// Whether the statements of a module run with those of its script.
    pub fn is_hoisted(self, id: ModuleId) -> bool {
        self.linked(id).is_some_and(|linked| linked.wrap == Wrap::Hoisted)
    }

    /// Whether a module runs when it is called.
    pub fn is_wrapped(self, id: ModuleId) -> bool {
        self.linked(id).is_some_and(|linked| linked.wrap != Wrap::Hoisted)
    }
}

/// A module as linked in one program.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub struct LinkedModule {
    /// How it runs inside its chunk.
    pub wrap: Wrap,
    /// It, or a module that it runs first, awaits at its top level, so its init function returns a
    /// promise.
    pub is_async: bool,
    /// Per statement: whether it is kept.
    pub live: Vec<bool>,
    /// The branches that never run, in ascending order.
    pub dead: Vec<crate::record::BranchIndex>,
    /// Per symbol: whether a live statement or an exported name mentions it.
    pub used: Vec<bool>,
    /// Per symbol: what an imported name means; `None` for names that the module declares.
    pub resolved: Vec<Option<Resolved>>,
    /// Members of imported namespaces and objects that are read by name, with what they mean.
    pub members: Vec<Member>,
    /// Its exports, sorted by name as the specification sorts. Filled if its exports are used as a
    /// whole (namespace objects, entries whose exports can be observed), otherwise empty. In a
    /// registry: only the exports that come by `export *`.
    pub exported: Vec<(String, Resolved)>,
    /// In a registry: the CommonJS modules and externals that it re-exports by `export *`.
    pub dynamic_stars: Vec<Target>,
    /// Whether its namespace object is needed as a value.
    pub needs_namespace: bool,
    /// Whether a live `require` requests it.
    pub needs_require: bool,
    /// Whether a live `import()` requests it.
    pub needs_import: bool,
    /// Whether it is a CommonJS module that exports nothing and runs in one place only, like a
    /// classic script. Enclosing it in a plain function is enough.
    pub is_script: bool,
    /// Modules that it runs although their packages declare no side effects, because they pass on
    /// exports of a module that is loaded by `require` or `import()`. Each once.
    pub runs: Vec<ModuleId>,
    /// For wrapped modules: what runs before the body, in order. Empty for hoisted modules.
    pub prologue: Vec<Step>,
}

/// A member of an imported namespace or object, read by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The local symbol.
    pub symbol: crate::record::SymbolIndex,
    /// The member names, in the order they are read.
    pub path: crate::record::Path,
    /// What the member means.
    pub resolved: Resolved,
}

impl LinkedModule {
    /// Iterates over what its names, members and exports mean.
    pub(crate) fn meanings(&self) -> impl Iterator<Item = &Resolved> {
        let members = self.members.iter().map(|member| &member.resolved);
        let exported = self.exported.iter().map(|(_, resolved)| resolved);
        self.resolved.iter().flatten().chain(members).chain(exported)
    }

    /// Iterates over the externals whose values it uses or re-exports.
    pub(crate) fn externals(&self) -> impl Iterator<Item = ExternalId> {
        self.meanings().filter_map(|resolved| match resolved {
            Resolved::External(interop) => Some(interop.of),
            Resolved::Symbol(_)
            | Resolved::Namespace(_)
            | Resolved::CommonJs(_)
            | Resolved::Dynamic { .. }
            | Resolved::Constant(..)
            | Resolved::Missing => None,
        })
    }
}

impl Group {
    /// Returns the only entry point that loads this group; `None` if several load it, or if it is a
    /// manual chunk, which other entry points may load too.
    pub fn only_entry_point(&self) -> Option<usize> {
        match (self.manual_chunk, self.entry_points.as_slice()) {
            (None, [only]) => Some(*only),
            (_, _) => None,
        }
    }
}

impl Program {
    /// Makes a program. `modules`: per module of the graph, `None` for modules that are not
    /// included. Only included modules are stored: there may be thousands of entries, and each
    /// program may have only a few of thousands of modules.
    pub(super) fn new(
        modules: Vec<Option<LinkedModule>>,
        entry_points: Vec<EntryPoint>,
        groups: Vec<Group>,
        is_split: bool,
    ) -> Self {
        let numbered = modules.into_iter().enumerate();
        let (ids, modules) =
            numbered.filter_map(|(i, linked)| Some((ModuleId::from_index(i), linked?))).unzip();
        let (unneeded, style_order) = (FxHashMap::default(), StyleOrder::default());
        Self { ids, modules, entry_points, groups, unneeded, style_order, is_split }
    }

    /// Returns a module as linked in this program; `None` if it is not included.
    pub fn module(&self, id: ModuleId) -> Option<&LinkedModule> {
        self.position(id).map(|position| &self.modules[position])
    }

    /// Returns the position of a module among those of this program; `None` if it is not included.
    pub(crate) fn position(&self, id: ModuleId) -> Option<usize> {
        // Most programs include every module: then the position of a module is its id.
        let is_there = self.ids.get(id.index()) == Some(&id);
        if is_there { Some(id.index()) } else { self.ids.binary_search(&id).ok() }
    }

    pub(super) fn module_mut(&mut self, id: ModuleId) -> Option<&mut LinkedModule> {
        self.ids.binary_search(&id).ok().map(|position| &mut self.modules[position])
    }

    /// Returns the position in `ModuleGraph::entries` of the only entry; `None` if there are
    /// several entries, or if it is a worker.
    pub fn only_entry(&self) -> Option<usize> {
        let mut entries = self.entry_points.iter().map_while(|entry_point| match entry_point {
            EntryPoint::Static(static_entry) => Some(static_entry.kind),
            EntryPoint::Dynamic(_) => None,
        });
        match (entries.next()?, entries.next()) {
            (EntryKind::Configured(entry), None) => Some(entry),
            (EntryKind::Configured(_) | EntryKind::Worker, _) => None,
        }
    }

    /// Whether the declaration of the symbol is kept.
    pub fn is_used(&self, symbol: SymbolRef) -> bool {
        self.module(symbol.module).is_some_and(|m| m.used[symbol.symbol.0 as usize])
    }

    /// Iterates over the included modules with their ids, in id order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ModuleId, &LinkedModule)> {
        self.ids.iter().copied().zip(&self.modules)
    }
}

impl StyleOrder {
    /// Returns what stylesheets are sorted by.
    pub fn place(&self, id: ModuleId) -> (usize, ModuleId) {
        (self.places.get(&id).copied().unwrap_or(self.places.len()), id)
    }
}

impl EntryPoint {
    /// Returns the module that evaluation starts with.
    pub fn module(self) -> ModuleId {
        match self {
            Self::Static(static_entry) => static_entry.module,
            Self::Dynamic(module) => module,
        }
    }
}
