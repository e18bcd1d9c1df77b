//! The order of stylesheets in one file. Ids follow the order in which modules run, from the first
//! entry on. A program of another entry alone has an order of its own.

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use crate::{
    link::{StaticEntry, StyleOrder},
    module::{Module, ModuleGraph, ModuleId, Target},
    record::RequestKind,
};

/// Finds the order for the entries of a program.
pub(super) fn of(static_entries: &[StaticEntry], graph: &ModuleGraph) -> StyleOrder {
    let [only] = static_entries else { return StyleOrder::default() };
    let is_first = graph.entries.first() == Some(&only.module);
    if is_first || !graph.modules.iter().any(Module::is_style) {
        return StyleOrder::default();
    }
    let order = from(only.module, graph).into_iter();
    let stylesheets = order.filter(|id| graph.module(*id).is_style());
    StyleOrder { places: stylesheets.enumerate().map(|(place, id)| (id, place)).collect() }
}

/// Returns the modules in the order of the scan (`scan/assemble.rs`): depth first through what runs
/// at once, then what runs later. The walk is a loop because chains of imports are long.
fn from(start: ModuleId, graph: &ModuleGraph) -> Vec<ModuleId> {
    let mut seen = FxHashSet::default();
    let mut order = Vec::new();
    let mut later = VecDeque::from([start]);
    while let Some(first) = later.pop_front() {
        let mut stack = Vec::from_iter(seen.insert(first).then_some((first, 0)));
        while let Some((id, next)) = stack.last_mut() {
            let module = graph.module(*id);
            let Some(target) = module.targets.get(*next) else {
                order.push(*id);
                stack.pop();
                continue;
            };
            let kind = &module.record.requests[*next].kind;
            *next += 1;
            match (target, kind) {
                (Target::Module(to), RequestKind::Dynamic | RequestKind::Worker) => {
                    later.push_back(*to);
                }
                (Target::Module(to), _) => {
                    stack.extend(seen.insert(*to).then_some((*to, 0)));
                }
                (Target::External(_) | Target::Missing | Target::Text(_) | Target::None, _) => {}
            }
        }
    }
    order
}
