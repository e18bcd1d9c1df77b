//! Finds the symbols that are mentioned outside the statements of their own modules. Minifying must
//! keep these, and may rename, inline or drop all others.

use rustc_hash::FxHashSet;

use super::{CrossModuleSymbols, Named, requests::of_request};
use crate::{
    link::{LinkedGraph, Program, Resolved},
    module::SymbolRef,
};

/// Finds the symbols of a program that other modules, namespace objects, exports or glue mention.
pub(super) fn find(program: &Program, linked: &LinkedGraph<'_>) -> CrossModuleSymbols {
    let mut symbols = FxHashSet::default();
    let mut by_glue = FxHashSet::default();
    let symbol = |resolved: &Resolved| {
        if let Resolved::Symbol(symbol) = resolved { Some(*symbol) } else { None }
    };
    for (id, linked_module) in program.iter() {
        let module = linked.graph.module(id);
        let members = linked_module.members.iter().map(|m| &m.resolved);
        symbols.extend(linked_module.resolved.iter().flatten().chain(members).filter_map(symbol));
        by_glue.extend(linked_module.exported.iter().filter_map(|(_, resolved)| symbol(resolved)));
        for (request, target) in module.record.requests.iter().zip(&module.targets) {
            if let Some(Named::Symbol(symbol)) = of_request(request, target, id, linked, |_| false)
            {
                symbols.insert(symbol);
            }
        }
        // Glue calls the runtime, and returns the default export of data to modules that require
        // it.
        if module.is_runtime() || module.is_data {
            by_glue.extend(
                module.record.exports.iter().map(|e| SymbolRef { module: id, symbol: e.symbol }),
            );
        }
    }
    symbols.extend(&by_glue);
    CrossModuleSymbols { symbols, by_glue }
}
