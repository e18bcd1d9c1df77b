//! The version of a script, for scripts that import it: scripts of two builds fit together if it is
//! the same. It covers which export name belongs to which module, because short names alone may
//! mean anything.

use bundle_base::Config;

use super::{Chunk, ChunkGraph, Named, files::hash};
use crate::module::{ModuleGraph, ModuleId};

/// The version of every script if pages receive hot updates. The updates name the scripts that are
/// out of date, so an edit of an export does not have to rewrite the scripts that import from the
/// edited one.
const OF_UPDATES: &str = "watched";

/// Sets the version of every chunk that registers with the page.
pub(super) fn give(graph: &mut ChunkGraph<'_, '_>, config: &Config) {
    let linked = graph.linked;
    for chunk in graph.chunks.iter_mut().filter(|chunk| chunk.is_registered) {
        let version = match (graph.is_registry, config.output.updates) {
            (true, true) => {
                OF_UPDATES.clone_into(&mut chunk.version);
                continue;
            }
            (true, false) => of_registered(chunk, linked.graph),
            (false, _) => of_exports(chunk, linked.graph),
        };
        chunk.version = format!("{:08x}", version >> 32);
    }
}

/// Hashes module keys and export names, because in a registry other scripts request modules by key
/// and exports by name.
fn of_registered(chunk: &Chunk, modules: &ModuleGraph) -> u64 {
    let of = |id: &ModuleId| {
        let module = modules.module(*id);
        let given = module.record.exports.iter().map(|export| export.name.clone());
        std::iter::once(module.key.to_string()).chain(given)
    };
    hash(chunk.modules.iter().flat_map(of))
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
