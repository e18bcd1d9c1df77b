//! The result of chunk assignment: which entry points need and load each module, and the groups of
//! modules that ship together.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::{
    link::{
        EntryPoint, Group, Resolved, StyleOrder, entry_point_sets::Bits, evaluation_order,
        manual_chunks::ManualChunks,
    },
    module::{ModuleGraph, ModuleId},
};

/// The entry points of a program, and which modules each of them needs and loads.
pub(in crate::link) struct ChunkAssignment {
    pub entry_points: Vec<EntryPoint>,
    /// Per module, the modules that it needs without `import()`: only modules of the program,
    /// without our own runtime.
    pub needs: Vec<Vec<ModuleId>>,
    /// Per module, the modules that its live statements import by `import()`.
    pub dynamic: Vec<Vec<ModuleId>>,
    /// Per module, the entry points that need it.
    pub needed: Bits,
    /// What manual chunks change: which entry points load each module, and which manual chunk it is
    /// in.
    pub manual_chunks: ManualChunks,
    /// The order of stylesheets in one file.
    pub style_order: StyleOrder,
    /// The position of the first manual chunk in `Config::shared`.
    pub first_manual_chunk: usize,
    /// Per entry point, its evaluation order, found on first use: every step after the assignment
    /// needs it, and none changes it.
    pub orders: Vec<OnceCell<Vec<ModuleId>>>,
    /// Whether chunks were merged. Then an entry point may load a module without needing it, and
    /// without the stylesheets that the module needs.
    pub is_merged: bool,
}

impl ChunkAssignment {
    /// Whether an entry point needs a module.
    pub fn is_needed(&self, entry_point: usize, id: ModuleId) -> bool {
        self.needed.has(id, entry_point)
    }

    /// Whether every entry point that needs `importer` needs `id`.
    pub fn is_needed_by(&self, id: ModuleId, importer: ModuleId) -> bool {
        self.needed.is_within(importer, id)
    }

    /// Whether all entry points that load a module need it.
    pub fn is_needed_where_loaded(&self, id: ModuleId) -> bool {
        self.needed.set(id) == self.manual_chunks.loads.set(id)
    }

    /// Returns the modules that some entry points load without needing them, each with the entry
    /// points that need it, in ascending order.
    pub fn unneeded(&self) -> FxHashMap<ModuleId, Vec<usize>> {
        let all = (0..self.needs.len()).map(ModuleId::from_index);
        let unneeded = all.filter(|id| !self.is_needed_where_loaded(*id));
        unneeded.map(|id| (id, Bits::entry_points(self.needed.set(id)).collect())).collect()
    }

    /// Returns the specification's evaluation order from an entry point, reduced to the modules
    /// that the entry point needs.
    pub fn evaluation_order(&self, entry_point: usize, graph: &ModuleGraph) -> &[ModuleId] {
        self.orders[entry_point].get_or_init(|| {
            let start = self.entry_points[entry_point].module();
            let mut order = evaluation_order::static_closure(start, graph);
            order.retain(|id| self.is_needed(entry_point, *id));
            order
        })
    }
}

/// The groups, and per module the position of its group.
pub(in crate::link) struct Groups {
    pub groups: Vec<Group>,
    pub homes: Vec<Option<usize>>,
}

/// Returns the module of the graph that a resolved name belongs to; `None` for externals and
/// missing names.
pub(in crate::link) fn owner(resolved: &Resolved) -> Option<ModuleId> {
    match resolved {
        Resolved::Symbol(symbol) => Some(symbol.module),
        Resolved::Namespace(of)
        | Resolved::Dynamic { module: of, .. }
        | Resolved::Constant(of, _) => Some(*of),
        Resolved::CommonJs(interop) => Some(interop.of),
        Resolved::External(_) | Resolved::Missing => None,
    }
}
