//! The warning about two copies of Vue 2 in one output. Its package has a file per format: an
//! `import` takes one, and a `require` in a package another, unless an alias leads both to one
//! file.

use bundle_base::{Diagnostics, Label};
use bundle_graph::{
    chunk::ChunkGraph,
    module::{ModuleGraph, ModuleId},
};
use rustc_hash::FxHashSet;

use crate::messages;

/// Where the package has its files.
const FOLDER: &str = "node_modules/vue/dist/";

/// Reports the second copy of Vue.
pub(super) fn check(graph: &ChunkGraph<'_, '_>, log: &mut Diagnostics) {
    let modules = graph.graph();
    let key = |id: ModuleId| &*modules.module(id).key;
    let all = graph.chunks.iter().flat_map(|chunk| &chunk.modules).copied();
    let mut copies: Vec<ModuleId> = all.filter(|id| build_of(key(*id)).is_some()).collect();
    copies.sort_unstable();
    let mut seen = FxHashSet::default();
    copies.retain(|id| {
        let (folder, _) = key(*id).rsplit_once('/').unwrap_or_default();
        seen.insert((folder, build_of(key(*id))))
    });
    if copies.len() < 2 {
        return;
    }
    let labels = copies.iter().filter_map(|copy| asked_for(*copy, modules));
    let names: Vec<&str> = copies.iter().map(|id| key(*id)).collect();
    log.push(messages::vue_copies(&names, labels.collect()));
}

/// Returns what asks for a copy, from outside its folder.
fn asked_for(copy: ModuleId, modules: &ModuleGraph) -> Option<Label> {
    let importers = |of: ModuleId| {
        modules.iter().filter_map(move |(id, importer)| Some((id, importer.request_label(of)?)))
    };
    let is_outside = |id: ModuleId| !modules.module(id).key.contains(FOLDER);
    let through = importers(copy).find(|(id, _)| !is_outside(*id));
    let mut direct = importers(copy).filter(|(id, _)| is_outside(*id));
    let (_, label) = direct.next().or_else(|| importers(through?.0).next())?;
    Some(label)
}

/// Returns which build of Vue 2 a file is; `None` if it is none. The files `*.common.js` only
/// choose between two that count as one, for development and for production.
fn build_of(key: &str) -> Option<&str> {
    const BUILDS: [&str; 10] = [
        "vue",
        "vue.min",
        "vue.common",
        "vue.esm",
        "vue.esm.browser",
        "vue.esm.browser.min",
        "vue.runtime",
        "vue.runtime.min",
        "vue.runtime.common",
        "vue.runtime.esm",
    ];
    let (_, file) = key.rsplit_once(FOLDER)?;
    let stem = file.strip_suffix(".js").filter(|stem| !stem.ends_with(".common"))?;
    let build = stem.strip_suffix(".dev").or(stem.strip_suffix(".prod")).unwrap_or(stem);
    BUILDS.contains(&build).then_some(build)
}
