//! Imported names that stand for short literals, and members of imported enumerations and objects
//! that do. Where a name certainly has its value when it is read, the literal takes its place, and
//! the declaration goes if nothing else needs it. In a cycle of modules that is not certain:
//! reading a `const` too early throws, and that error must not get lost.

use std::cell::OnceCell;

use rustc_hash::FxHashSet;

use super::{Exports, StaticEntry, objects};
use crate::{
    cycles::cycles,
    module::{ModuleGraph, ModuleId, SymbolRef, Target},
    record::{KnownValue, Literal},
};

/// The constants of a graph.
pub(super) struct Constants<'g> {
    graph: &'g ModuleGraph,
    /// Per module: the cycle that it is in, by the number of one of its modules.
    cycles: Vec<usize>,
    /// The numbers of cycles of more than one.
    in_cycles: FxHashSet<usize>,
}

impl<'g> Constants<'g> {
    /// Finds the cycles of a graph.
    pub fn new(graph: &'g ModuleGraph) -> Self {
        let targets = |module: usize| {
            graph.modules[module].targets.iter().filter_map(Target::module).map(ModuleId::index)
        };
        let cycles = cycles(graph.modules.len(), targets);
        let others = cycles.iter().copied().enumerate().filter(|(module, cycle)| module != cycle);
        let in_cycles = others.map(|(_, cycle)| cycle).collect();
        Self { graph, cycles, in_cycles }
    }

    /// A reader runs when what it imports from is done, with everything that this imports.
    fn is_done(&self, imported: ModuleId, reader: ModuleId) -> bool {
        self.cycles[imported.index()] != self.cycles[reader.index()]
    }

    /// No other module imports it before it is done.
    fn is_in_no_cycle(&self, module: ModuleId) -> bool {
        !self.in_cycles.contains(&self.cycles[module.index()])
    }

    fn value(&self, symbol: SymbolRef) -> Option<&'g Literal> {
        let constants = &self.graph.module(symbol.module).record.constants;
        constants.iter().find(|(constant, _)| *constant == symbol.symbol).map(|(_, value)| value)
    }
}

/// What is a literal in one program.
pub(super) struct Literals<'p, 'g> {
    constants: &'p Constants<'g>,
    exports: &'p Exports<'g>,
    static_entries: &'p [StaticEntry],
    /// Objects that somebody may change; asked for by few programs.
    changing: OnceCell<FxHashSet<(ModuleId, usize)>>,
}

impl<'p, 'g> Literals<'p, 'g> {
    /// The literals of what the entries reach.
    pub fn new(
        constants: &'p Constants<'g>,
        exports: &'p Exports<'g>,
        static_entries: &'p [StaticEntry],
    ) -> Self {
        Self { constants, exports, static_entries, changing: OnceCell::new() }
    }

    /// What a reader may put in the place of a name that it imports from a module.
    pub fn value(
        &self,
        (reader, imported): (ModuleId, ModuleId),
        symbol: SymbolRef,
    ) -> Option<&'g Literal> {
        self.constants.value(symbol).filter(|_| self.constants.is_done(imported, reader))
    }

    /// What a reader may put in the place of a member of what a name that it imports from a module
    /// stands for.
    pub fn member(
        &self,
        (reader, imported): (ModuleId, ModuleId),
        symbol: SymbolRef,
        name: &str,
    ) -> Option<&'g Literal> {
        let (place, object) = objects::known(self.constants.graph, symbol)?;
        let KnownValue::Literal(value) = object.member(name)? else { return None };
        let is_sure = self.constants.is_done(imported, reader)
            && (object.is_fixed || !self.changing().contains(&place));
        is_sure.then_some(value)
    }

    /// What a namespace object may give for a name, whoever asks.
    pub fn exported(&self, by: ModuleId, symbol: SymbolRef) -> Option<&'g Literal> {
        self.constants.value(symbol).filter(|_| self.constants.is_in_no_cycle(by))
    }

    fn changing(&self) -> &FxHashSet<(ModuleId, usize)> {
        self.changing.get_or_init(|| objects::out_of_sight(self.static_entries, self.exports))
    }
}
