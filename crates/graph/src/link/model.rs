//! What linking makes: a `LinkedGraph` of `Program`s, whose modules ship together in `Group`s.
//! Plain data: every pass of `link` imports it, and it imports no pass but `resolve` for what a
//! name means.

use rustc_hash::FxHashMap;

use super::resolve::Resolved;
use crate::{
    module::{ExternalId, ModuleGraph, ModuleId, SymbolRef, Target},
    plan::Wrap,
};

/// The linked form of a graph.
pub struct LinkedGraph<'g> {
    /// What was linked.
    pub graph: &'g ModuleGraph,
    /// One an entry, in the order of entries; with splitting one for all of them. Then one a worker
    /// that somebody starts.
    pub programs: Vec<Program>,
    /// Where something stands of what was linked before: the modules whose text may be another one,
    /// rising.
    pub changed: Option<Vec<ModuleId>>,
    /// How many modules were linked anew.
    pub fresh: usize,
    /// Nobody had to hear anything, and no module depends on what is in another's body.
    pub may_stand: bool,
}

/// Modules that are linked together.
pub struct Program {
    /// The modules that it includes, in order.
    pub(super) ids: Vec<ModuleId>,
    /// Their parts.
    pub(super) parts: Vec<LinkedModule>,
    /// Where evaluation may start: the entries, then what `import()` asks for.
    pub entry_points: Vec<EntryPoint>,
    /// Who ships together: first one an entry, in the order of entries.
    pub groups: Vec<Group>,
    /// Modules that more entry points load than need, with those that need them: positions in
    /// `entry_points`, rising.
    pub unneeded: FxHashMap<ModuleId, Vec<usize>>,
    /// Its modules may be in several groups: one entry alone, or a worker, is one script whatever
    /// it imports.
    pub is_split: bool,
}

/// Where evaluation may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryPoint {
    /// An entry, or a worker.
    Static(StaticEntry),
    /// A module that a live `import()` asks for.
    Dynamic(ModuleId),
}

/// An entry and how it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StaticEntry {
    /// Who asks for it.
    pub kind: EntryKind,
    /// The module that it begins with.
    pub module: ModuleId,
    /// How its exports can be observed.
    pub export_mode: ExportMode,
}

/// Who asks for an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// The configuration: position in `ModuleGraph::entries`.
    Configured(usize),
    /// Modules that start it as a worker.
    Worker,
}

/// Modules that ship together because the same entry points need them.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The entry whose script this is. Its module may be in another group, if others need it too.
    pub static_entry: Option<StaticEntry>,
    /// The bundle of `Config::shared` that it is.
    pub bundle: Option<usize>,
    /// Who loads it: positions in `Program::entry_points`, rising.
    pub entry_points: Vec<usize>,
    /// In id order. Modules of our own runtime are in no group: they go where they are called.
    pub modules: Vec<ModuleId>,
    /// Groups that run before this one, in this order.
    pub imports: Vec<usize>,
    /// What runs at the top level: hoisted modules' statements, and calls of the wrapped modules
    /// that they import.
    pub sequence: Vec<Step>,
}

/// Something that runs: a module, or the reading of what is not bundled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A module runs.
    Module(ModuleId),
    /// The value of an external is read.
    External(ExternalId),
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

/// A module's part in a program.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "facts that exclude nothing of each other")]
pub struct LinkedModule {
    /// How it shares its chunk.
    pub wrap: Wrap,
    /// It, or something that runs because of it, awaits at its top level: its init function gives a
    /// promise.
    pub is_async: bool,
    /// Per statement: it stays.
    pub live: Vec<bool>,
    /// Per symbol: a live statement or an exported name mentions it.
    pub used: Vec<bool>,
    /// Per symbol: what an imported name means; `None` for names of its own.
    pub resolved: Vec<Option<Resolved>>,
    /// Members of imported namespaces and objects that are read by name, and what they mean.
    pub members: Vec<Member>,
    /// What it exports, sorted by name as the spec sorts; filled where its exports are used as a
    /// whole (namespace objects, entries that show theirs), otherwise empty.
    pub exported: Vec<(String, Resolved)>,
    /// In a registry: CommonJS modules and externals whose properties it exports again.
    pub dynamic_stars: Vec<Target>,
    /// Its namespace object is needed as a value.
    pub needs_namespace: bool,
    /// Somebody asks for it by `require`.
    pub needs_require: bool,
    /// Somebody asks for it by `import()`.
    pub needs_import: bool,
    /// A CommonJS module that exports nothing and runs at one place only: a script of the page's
    /// kind. A plain function is enough around it.
    pub is_script: bool,
    /// Modules whose packages promise no effects and that it runs all the same, because somebody
    /// loads by `require` or `import()` what they pass on. Each once.
    pub runs: Vec<ModuleId>,
    /// For wrapped modules: what its body runs first, in order. Empty for hoisted ones.
    pub prologue: Vec<Step>,
}

/// A member of an imported namespace or object, read by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The local symbol.
    pub symbol: crate::record::SymbolIndex,
    /// The names read.
    pub path: crate::record::Path,
    /// What it means.
    pub resolved: Resolved,
}

impl Group {
    /// The entry point that needs everything in it, if nobody else can ever load it.
    pub fn only_entry_point(&self) -> Option<usize> {
        match (self.bundle, self.entry_points.as_slice()) {
            (None, [only]) => Some(*only),
            (_, _) => None,
        }
    }
}

impl Program {
    /// `modules`: per module of the graph. Only what is there is kept, for there may be thousands
    /// of entries, each a program of a few of thousands of modules.
    pub(super) fn new(
        modules: Vec<Option<LinkedModule>>,
        entry_points: Vec<EntryPoint>,
        groups: Vec<Group>,
        is_split: bool,
    ) -> Self {
        let numbered = modules.into_iter().enumerate();
        let (ids, parts) =
            numbered.filter_map(|(i, part)| Some((ModuleId::from_index(i), part?))).unzip();
        Self { ids, parts, entry_points, groups, unneeded: FxHashMap::default(), is_split }
    }

    /// A module's part in this program.
    pub fn module(&self, id: ModuleId) -> Option<&LinkedModule> {
        // Most programs include all there is: then a module is where its number says.
        let is_there = self.ids.get(id.index()) == Some(&id);
        let found = if is_there { Ok(id.index()) } else { self.ids.binary_search(&id) };
        found.ok().map(|position| &self.parts[position])
    }

    pub(super) fn module_mut(&mut self, id: ModuleId) -> Option<&mut LinkedModule> {
        self.ids.binary_search(&id).ok().map(|position| &mut self.parts[position])
    }

    /// True if the symbol's declaration stays.
    pub fn is_used(&self, symbol: SymbolRef) -> bool {
        self.module(symbol.module).is_some_and(|m| m.used[symbol.symbol.0 as usize])
    }

    /// Included modules with their ids, in id order.
    pub fn iter(&self) -> impl Iterator<Item = (ModuleId, &LinkedModule)> {
        self.ids.iter().copied().zip(&self.parts)
    }
}

impl EntryPoint {
    /// The module that evaluation starts with.
    pub fn module(self) -> ModuleId {
        match self {
            Self::Static(static_entry) => static_entry.module,
            Self::Dynamic(module) => module,
        }
    }
}
