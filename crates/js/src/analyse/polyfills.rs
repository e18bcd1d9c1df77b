//! Adds the core-js modules that statements need at the target. They are requests like any other,
//! attached to the statements that need them, so tree shaking keeps them only with these
//! statements. A built-in whose existence the code checks first gets no polyfill.

use bundle_base::{
    Config,
    config::{Polyfills, Target},
};
use bundle_graph::record::{ChunkOptions, GlobalUse, Request, RequestKind};
use rustc_hash::FxHashMap;

use super::{mentions::Mentions, request_table::Requests};
use crate::builtins;

/// Adds the requests of every statement after all other requests, in the order in which polyfills
/// must run.
pub(super) fn ask(
    mentions: &mut [Mentions],
    globals: &[Vec<GlobalUse>],
    requests: &mut Requests,
    config: &Config,
) {
    if config.script.polyfills == Polyfills::None || config.script.target == Target::ESNEXT {
        return;
    }
    let mut modules: FxHashMap<&str, Vec<&'static str>> = FxHashMap::default();
    let needs = || globals.iter().flatten().filter(|global| !global.is_optional);
    for global in needs() {
        modules
            .entry(&global.name)
            .or_insert_with(|| builtins::modules(&global.name, &config.script.target));
    }
    let mut wanted: Vec<(&str, &GlobalUse)> = needs()
        .flat_map(|global| {
            modules[global.name.as_str()].iter().map(move |module| (*module, global))
        })
        .collect();
    wanted.sort_by_key(|(module, _)| builtins::place(module));
    for (module, global) in wanted {
        requests.index(request(module, global));
    }
    for (found, globals) in mentions.iter_mut().zip(globals) {
        for global in globals.iter().filter(|global| !global.is_optional) {
            for module in &modules[global.name.as_str()] {
                let index = requests.index(request(module, global));
                found.request_always(index);
            }
        }
    }
}

fn request(module: &str, global: &GlobalUse) -> Request {
    Request {
        specifier: format!("core-js/modules/{module}.js"),
        kind: RequestKind::Polyfill,
        span: global.span,
        is_optional: false,
        attribute: None,
        chunk_options: ChunkOptions::default(),
    }
}
