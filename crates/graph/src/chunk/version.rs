//! What a script looks like to those that import it: scripts of two builds fit together if this is the same. Which name is
//! which module's counts, for names alone may be short and mean anything.

use super::{Chunk, ChunkGraph, Named, files::hash};
use crate::{
    link::Program,
    module::{ModuleGraph, ModuleId, SymbolRef},
};

/// Gives every chunk that meets others on a page its version.
pub(super) fn give(graph: &mut ChunkGraph<'_, '_>) {
    let linked = graph.linked;
    for chunk in graph.chunks.iter_mut().filter(|chunk| chunk.is_registered) {
        let program = &linked.programs[chunk.program];
        let is_registry = graph.is_registry;
        let version =
            if is_registry { of_registered(chunk, program, linked.graph) } else { of_exports(chunk, linked.graph) };
        chunk.version = format!("{:08x}", version >> 32);
    }
}

/// Others ask for modules by their keys, and for exports by their names; of our runtime only some are there.
fn of_registered(chunk: &Chunk, program: &Program, modules: &ModuleGraph) -> u64 {
    let of = |id: &ModuleId| {
        let module = modules.module(*id);
        let is_ours = module.is_runtime();
        let given = module.record.exports.iter();
        let given =
            given.filter(|export| !is_ours || program.is_used(SymbolRef { module: *id, symbol: export.symbol }));
        let given: Vec<String> = given.map(|export| export.name.clone()).collect();
        std::iter::once(module.key.to_string()).chain(given)
    };
    hash(chunk.modules.iter().chain(&chunk.runtime).flat_map(of))
}

fn of_exports(chunk: &Chunk, modules: &ModuleGraph) -> u64 {
    let of = |id: &ModuleId| &modules.module(*id).key;
    let what = |named: &Named| match named {
        Named::Symbol(symbol) => {
            let name = &modules.module(symbol.module).record.symbols[symbol.symbol.0 as usize].name;
            format!("{} of {}", name, of(&symbol.module))
        }
        Named::Namespace(id) => format!("namespace of {}", of(id)),
        Named::Init(id) => format!("init of {}", of(id)),
        Named::Require(id) => format!("require of {}", of(id)),
        Named::Import(id, is_node) => format!("import of {} {is_node}", of(id)),
        Named::Exports(id) => format!("exports of {}", of(id)),
        Named::Default(id) => format!("default of {}", of(id)),
        Named::CommonJsNamespace(id, is_node) => format!("namespace of {} {is_node}", of(id)),
        Named::External(_)
        | Named::ExternalRequire(_)
        | Named::ExternalImport(..)
        | Named::ExternalDefault(_)
        | Named::ExternalNamespace(..)
        | Named::ExternalName(..)
        | Named::Lifted(..)
        | Named::Load(..)
        | Named::Chunk(_)
        | Named::Loader
        | Named::Registry
        | Named::Modules => {
            unreachable!("every chunk has its own")
        }
    };
    hash(chunk.exports.iter().flat_map(|(named, key)| [key.clone(), what(named)]))
}
