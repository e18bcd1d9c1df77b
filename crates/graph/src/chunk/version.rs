//! The version of a script, for scripts that import it: two scripts of different builds fit
//! together if it is the same. It covers which name belongs to which module, because short names
//! alone may mean anything.

use bundle_base::Config;

use super::{Chunk, ChunkGraph, Named, files::hash};
use crate::module::{ModuleGraph, ModuleId};

/// Said of each script where pages learn of edits: they hear which script is out of date, and an
/// edit of an export need not write the scripts that it does not concern.
const OF_UPDATES: &str = "watched";

/// Gives every chunk that meets others on a page its version.
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

/// Others ask for modules by their keys, and for exports by their names.
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
