//! The warning about WebAssembly in scripts for browsers that lack it. WebAssembly is not part of
//! ECMAScript, so only a target that is a list of browsers decides whether it exists.

use bundle_base::{Config, Diagnostics};
use bundle_graph::{
    chunk::ChunkGraph,
    module::{Module, ModuleId},
};

use crate::{loaders::is_wasm_module, messages};

/// Reports the first WebAssembly file that a script runs, if a browser of the target cannot run it.
/// Code that tests for `WebAssembly` anywhere in the build knows about such browsers.
pub(super) fn check(config: &Config, graph: &ChunkGraph<'_, '_>, log: &mut Diagnostics) {
    // With `globals`, all that the target lacks is reported already.
    if config.script.has_all_globals {
        return;
    }
    let Some(who) = bundle_js::browsers_lacking("WebAssembly", &config.script.target) else {
        return;
    };
    let modules = graph.graph();
    let mut files: Vec<ModuleId> =
        graph.chunks.iter().flat_map(|chunk| &chunk.modules).copied().collect();
    files.retain(|id| is_wasm_module(&modules.module(*id).key));
    files.sort_unstable();
    files.dedup();
    let Some(first) = files.first() else { return };
    if modules.modules.iter().any(tests_for_it) {
        return;
    }
    if let Some(label) = modules.modules.iter().find_map(|importer| importer.request_label(*first))
    {
        log.push(messages::wasm_at_run_time(label, &who, files.len()));
    }
}

fn tests_for_it(module: &Module) -> bool {
    let mut globals = module.record.statements.iter().flat_map(|statement| &statement.globals);
    globals.any(|global| global.name == "WebAssembly" && global.is_optional)
}
