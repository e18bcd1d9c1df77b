//! `ModuleGraph` → `LinkedGraph`: per import its binding, per statement whether it stays, which modules must be wrapped.
//! Without splitting each entry is linked alone and sees only its own modules, so a graph links to one `Program` an
//! entry. Each step is a file: `order` (who runs when), `resolve` (what a name means), `constants` (what is a literal), `live` (what stays), `wrap` (who
//! cannot be hoisted), `checks` (what the user should hear).

use bundle_base::{
    Config, Diagnostics,
    config::{Format, Mode},
};

use crate::{
    module::{ExternalId, ModuleGraph, ModuleId, SymbolRef},
    plan::Wrap,
};

mod checks;
mod constants;
mod live;
mod order;
mod resolve;
#[cfg(test)]
mod tests;
mod wrap;

pub use resolve::{Exports, Found, Interop, Resolved};

/// The linked form of a graph.
pub struct LinkedGraph<'g> {
    /// What was linked.
    pub graph: &'g ModuleGraph,
    /// One an entry, in the order of entries.
    pub programs: Vec<Program>,
}

/// One entry with the modules it needs.
pub struct Program {
    /// Position in `ModuleGraph::entries`.
    pub entry: usize,
    /// How its exports can be observed.
    pub exposes: Exposes,
    /// Per module of the graph: its part in this program, `None` if it has none.
    pub modules: Vec<Option<LinkedModule>>,
    /// What runs at the top level, in the spec's evaluation order: hoisted modules' statements, and calls of the wrapped
    /// ones that they import.
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
pub enum Exposes {
    /// Not at all: a classic script without a global name.
    Nothing,
    /// By name, as export declarations.
    Names,
    /// As an object: `module.exports` or a page global.
    Object,
}

/// A module's part in a program.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "facts that exclude nothing of each other")]
pub struct LinkedModule {
    /// How it shares its chunk.
    pub wrap: Wrap,
    /// It, or something that runs because of it, awaits at its top level: its init function gives a promise.
    pub is_async: bool,
    /// Per statement: it stays.
    pub live: Vec<bool>,
    /// Per symbol: a live statement or an exported name mentions it.
    pub used: Vec<bool>,
    /// Per symbol: what an imported name means; `None` for names of its own.
    pub resolved: Vec<Option<Resolved>>,
    /// Members of imported namespaces that are read by name, and what they mean.
    pub members: Vec<Member>,
    /// What it exports, sorted by name as the spec sorts; filled where its exports are used as a whole (namespace objects,
    /// entries that show theirs), otherwise empty.
    pub exported: Vec<(String, Resolved)>,
    /// Its namespace object is needed as a value.
    pub needs_namespace: bool,
    /// Somebody asks for it by `require`.
    pub needs_require: bool,
    /// Somebody asks for it by `import()`.
    pub needs_import: bool,
    /// For wrapped modules: what its body runs first, in order. Empty for hoisted ones.
    pub prologue: Vec<Step>,
}

/// A member of an imported namespace, read by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The namespace's local symbol.
    pub symbol: crate::record::SymbolIndex,
    /// The name read.
    pub name: String,
    /// What it means.
    pub resolved: Resolved,
}

impl Program {
    /// A module's part in this program.
    pub fn module(&self, id: ModuleId) -> Option<&LinkedModule> {
        self.modules[id.index()].as_ref()
    }

    /// True if the symbol's declaration stays.
    pub fn is_used(&self, symbol: SymbolRef) -> bool {
        self.module(symbol.module).is_some_and(|m| m.used[symbol.symbol.0 as usize])
    }

    /// Included modules with their ids, in id order.
    pub fn iter(&self) -> impl Iterator<Item = (ModuleId, &LinkedModule)> {
        self.modules.iter().enumerate().filter_map(|(i, m)| Some((ModuleId::from_index(i), m.as_ref()?)))
    }
}

/// Links every entry of a graph.
pub fn link<'g>(graph: &'g ModuleGraph, config: &Config, log: &mut Diagnostics) -> LinkedGraph<'g> {
    let exports = Exports::new(graph);
    checks::imports(&exports, log);
    let constants = (config.mode == Mode::Production).then(|| constants::Constants::new(graph));
    let scope = (&exports, constants.as_ref());
    let programs = (0..graph.entries.len()).map(|entry| program(entry, scope, config, log)).collect();
    LinkedGraph { graph, programs }
}

fn program<'g>(
    entry: usize,
    (exports, constants): (&Exports<'g>, Option<&constants::Constants<'g>>),
    config: &Config,
    log: &mut Diagnostics,
) -> Program {
    let graph = exports.graph();
    let start = graph.entries[entry];
    let exposes = match (config.output.format, &config.entries[entry].global_name) {
        (Format::Esm, _) => Exposes::Names,
        (Format::Cjs, _) | (Format::Iife, Some(_)) => Exposes::Object,
        (Format::Iife, None) => Exposes::Nothing,
    };
    let mut modules = live::mark(start, exposes, exports, constants);
    wrap::decide(start, graph, &mut modules);
    live::mark_runtime(&mut modules, (start, exposes), exports, config);
    let sequence = order::sequence(start, graph, &modules);
    checks::program(&checks::Scope { exports, modules: &modules, sequence: &sequence, config }, log);
    Program { entry, exposes, modules, sequence }
}
