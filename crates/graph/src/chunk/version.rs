//! The version of a script, for scripts that import it: scripts of two builds fit together if it is
//! the same. It covers which export name belongs to which module, because short names alone may
//! mean anything.

use bundle_base::{Config, FxIndexMap, config::ModulesForm, stable_hash};

use super::{Named, model::Linked};
use crate::module::{ModuleGraph, ModuleId};

/// The version of every script if pages receive hot updates. The updates name the scripts that are
/// out of date, so an edit of an export need not rewrite the scripts that import from the edited
/// one.
const OF_UPDATES: &str = "watched";

/// Returns the version of a chunk with its named exports; empty if it does not register with the
/// page.
pub(super) fn of(
    chunk: &Linked<'_>,
    exports: &FxIndexMap<Named, String>,
    modules: &ModuleGraph,
    config: &Config,
) -> String {
    if !chunk.links.is_registered {
        return String::new();
    }
    let version = match (config.output.modules, config.output.updates) {
        (ModulesForm::Registry, true) => return OF_UPDATES.to_owned(),
        (ModulesForm::Registry, false) => of_registered(&chunk.group.modules, modules),
        (ModulesForm::Hoisted, _) => of_exports(exports, modules),
    };
    format!("{:08x}", version >> 32)
}

/// Hashes module keys and export names, because in a registry other scripts request modules by key
/// and exports by name.
fn of_registered(own: &[ModuleId], modules: &ModuleGraph) -> u64 {
    let of = |id: &ModuleId| {
        let module = modules.module(*id);
        let given = module.record.exports.iter().map(|export| export.name.clone());
        std::iter::once(module.key.to_string()).chain(given)
    };
    hash(own.iter().flat_map(of))
}

fn of_exports(exports: &FxIndexMap<Named, String>, modules: &ModuleGraph) -> u64 {
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
    hash(exports.iter().flat_map(|(named, key)| [key.clone(), what(named)]))
}

/// Hashes some texts. The result is the same on every machine.
pub(super) fn hash(texts: impl Iterator<Item = String>) -> u64 {
    // No byte of UTF-8 is 0xff, so the end of each text is part of the hash.
    stable_hash(texts.flat_map(|text| text.into_bytes().into_iter().chain([0xff])))
}
