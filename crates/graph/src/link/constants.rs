//! Imported names whose value is a short literal, and members of imported enumerations and objects
//! that have such a value. Where a name certainly has its value when it is read, the literal
//! replaces it, and the declaration is removed if no other code needs it. In a cycle of modules
//! that is not certain: reading a `const` too early throws, and that error must be kept.

use std::cell::OnceCell;

use rustc_hash::FxHashSet;

use super::{Exports, StaticEntry, objects};
use crate::{
    cycles::cycles,
    module::{ModuleGraph, ModuleId, SymbolRef, Target},
    record::{Effects, KnownValue, Literal},
};

/// The constants of a graph.
pub(super) struct Constants<'g> {
    graph: &'g ModuleGraph,
    /// Per module: the component of the graph that it is in, by the number of one of its modules.
    cycles: Vec<usize>,
    /// The components of more than one module: the real cycles.
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

    /// Whether `imported`, with everything that it imports, has always run before `reader` runs.
    fn is_done(&self, imported: ModuleId, reader: ModuleId) -> bool {
        self.cycles[imported.index()] != self.cycles[reader.index()]
    }

    /// Whether a module is in no cycle, so no other module can read it before it has run.
    fn is_in_no_cycle(&self, module: ModuleId) -> bool {
        !self.in_cycles.contains(&self.cycles[module.index()])
    }

    fn value(&self, symbol: SymbolRef) -> Option<&'g Literal> {
        let constants = &self.graph.module(symbol.module).record.constants;
        constants.iter().find(|(constant, _)| *constant == symbol.symbol).map(|(_, value)| value)
    }
}

/// The literals of one program.
pub(super) struct Literals<'p, 'g> {
    constants: &'p Constants<'g>,
    exports: &'p Exports<'g>,
    static_entries: &'p [StaticEntry],
    /// The known objects that code of the program may change. Few programs need them, so they are
    /// found on demand.
    changing: OnceCell<FxHashSet<(ModuleId, usize)>>,
}

impl<'p, 'g> Literals<'p, 'g> {
    /// Makes the literals of the program that the entries reach.
    pub fn new(
        constants: &'p Constants<'g>,
        exports: &'p Exports<'g>,
        static_entries: &'p [StaticEntry],
    ) -> Self {
        Self { constants, exports, static_entries, changing: OnceCell::new() }
    }

    /// Returns the literal that may replace a name which `reader` imports from `imported`.
    pub fn value(
        &self,
        reader: ModuleId,
        imported: ModuleId,
        symbol: SymbolRef,
    ) -> Option<&'g Literal> {
        self.constants.value(symbol).filter(|_| self.constants.is_done(imported, reader))
    }

    /// Returns the literal that may replace the member `name` of a name which `reader` imports from
    /// `imported`.
    pub fn member(
        &self,
        reader: ModuleId,
        imported: ModuleId,
        symbol: SymbolRef,
        name: &str,
    ) -> Option<&'g Literal> {
        let (place, object) = objects::known(self.constants.graph, symbol)?;
        let KnownValue::Literal(value) = object.member(name)? else { return None };
        let is_sure = self.constants.is_done(imported, reader)
            && (object.is_fixed || !self.changing().contains(&place));
        is_sure.then_some(value)
    }

    /// Returns the literal that a namespace object of module `by` may return for a name, whichever
    /// module reads it.
    pub fn exported(&self, by: ModuleId, symbol: SymbolRef) -> Option<&'g Literal> {
        self.constants.value(symbol).filter(|_| self.constants.is_in_no_cycle(by))
    }

    /// Returns the value of a constant wherever its own module mentions it: nothing that runs
    /// before its declaration can read it.
    pub fn own(&self, symbol: SymbolRef) -> Option<&'g Literal> {
        let value = self.constants.value(symbol)?;
        let statements = &self.constants.graph.module(symbol.module).record.statements;
        let mut before = statements.iter().take_while(|one| !one.declares.contains(&symbol.symbol));
        let is_first = before.all(|statement| statement.effects == Effects::None);
        (is_first && self.constants.is_in_no_cycle(symbol.module)).then_some(value)
    }

    fn changing(&self) -> &FxHashSet<(ModuleId, usize)> {
        self.changing.get_or_init(|| objects::out_of_sight(self.static_entries, self.exports))
    }
}
