//! Which symbols are mentioned by more than the statements of their own module: minifying must keep these, and may do what
//! it likes with the others.

use rustc_hash::FxHashSet;

use super::{Named, collect::of_request};
use crate::{
    link::{LinkedGraph, Program, Resolved},
    module::SymbolRef,
};

/// The symbols of a program that other modules, namespace objects, exports or glue mention.
pub(super) fn symbols(program: &Program, linked: &LinkedGraph<'_>) -> FxHashSet<SymbolRef> {
    let mut shared = FxHashSet::default();
    for (id, part) in program.iter() {
        let module = linked.graph.module(id);
        let members = part.members.iter().map(|m| &m.resolved);
        let exported = part.exported.iter().map(|(_, resolved)| resolved);
        for resolved in part.resolved.iter().flatten().chain(members).chain(exported) {
            if let Resolved::Symbol(symbol) = resolved {
                shared.insert(*symbol);
            }
        }
        for (request, target) in module.record.requests.iter().zip(&module.targets) {
            if let Some(Named::Symbol(symbol)) = of_request(request, target, (id, linked), |_| false) {
                shared.insert(symbol);
            }
        }
        // Glue calls the runtime, and gives the default export of data to whoever requires it.
        if module.is_runtime() || module.is_data {
            shared.extend(module.record.exports.iter().map(|e| SymbolRef { module: id, symbol: e.symbol }));
        }
    }
    shared
}
