//! A scan after an edit that changed only the bodies of modules, as most edits do. Changed modules
//! are loaded again. If each makes the same requests as before and linking would see no difference,
//! it replaces its old version in the graph of the previous successful build, and no other module
//! is looked at. Otherwise the caller scans in the usual way, and finds the loaded files in the
//! memo tables.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostics,
    asset::{Address, Asset},
    config::{Minify, Mode, ModulesForm},
};
use bundle_graph::{
    link::can_replace,
    module::{Module, ModuleId},
};

use super::{
    assemble::{is_wrong, style_bytes},
    empty,
    model::Scan,
    node::Node,
    origin::Origin,
    state::{Reached, ScanInput, ScanState},
    tasks::{ScanResult, finish, merge, start},
};
use crate::{
    Counts,
    memo::{Memo, NodeId, Nodes, PartKey, Tree},
    previous_build::PreviousBuild,
};

/// The previous successful build, with the edited modules in its scan.
pub(crate) struct Edited {
    pub previous: PreviousBuild,
    /// The modules that were loaded again, in ascending order.
    pub changed: Vec<ModuleId>,
    /// The ASTs of `changed`, in the same order.
    pub trees: Vec<Option<Tree>>,
    /// The parts that were replaced.
    pub replaced: Vec<PartKey>,
}

/// Takes the previous successful build and replaces the edited modules in it. `Err`: more than
/// bodies may differ, so a full scan must follow; the counts are the work done so far.
pub(crate) fn edited(
    input: ScanInput<'_>,
    memo: &mut Memo,
    previous_build: &mut Option<PreviousBuild>,
) -> Result<Edited, Counts> {
    let is_usable =
        |previous: &&PreviousBuild| previous.is_patchable && allows_replacing_modules(input.config);
    let Some(previous) = previous_build.as_ref().filter(is_usable) else {
        return Err(Counts::default());
    };
    let scan = &previous.scan;
    let mut nodes = std::mem::take(&mut memo.nodes);
    let mut found = scan.made_of.nodes.clone();
    found.resize(nodes.origins.len(), None);
    let differing = refresh(&mut found, &nodes);
    let unknown: Vec<NodeId> =
        differing.iter().copied().filter(|id| found[id.index()].is_none()).collect();
    let of = |is_wanted: fn(&Origin) -> bool| -> Vec<NodeId> {
        unknown.iter().copied().filter(|id| is_wanted(&nodes.origins[id.index()])).collect()
    };
    // Files come first, because loading one also loads the newest version of its own parts. Files
    // and parts also load the new texts of their patterns.
    let files = of(|origin| matches!(origin, Origin::File(_) | Origin::Runtime(_)));
    let parts = of(|origin| matches!(origin, Origin::Part { .. }));
    let texts = of(|origin| matches!(origin, Origin::Text { .. }));
    let has_begun = found.iter().map(Option::is_some).collect();
    nodes.known.resize(nodes.origins.len(), None);
    let reached = Reached { nodes, has_begun, found, results: Vec::new() };
    let shared = ScanState::of(input, memo, scan.made_of.entries.clone(), reached);
    for modules in [files, parts, texts] {
        rayon::scope_fifo(|scope| start(modules, &shared, scope));
    }
    let mut made = finish(shared, &mut Diagnostics::new());
    let counts = merge(memo, &mut made, false);
    let ScanResult { reached, copies, are_copies_without_diagnostics, .. } = made;
    let can_replace = scan.are_copies_without_diagnostics
        && are_copies_without_diagnostics
        && differing.iter().all(|id| fits(*id, previous, &reached));
    let Reached { mut nodes, found, .. } = reached;
    let has_unresolved =
        |id: &NodeId| found[id.index()].as_ref().is_some_and(|node| node.has_unresolved);
    nodes.missing.extend(differing.iter().copied().filter(has_unresolved));
    memo.nodes = nodes;
    for (known, found) in memo.nodes.known.iter_mut().zip(&found) {
        if let Some(node) = found.as_ref().filter(|node| node.is_reusable && known.is_none()) {
            *known = Some(Arc::clone(node));
        }
    }
    let Some(mut previous) = previous_build.take_if(|_| can_replace) else { return Err(counts) };
    previous.scan.copies = copies;
    previous.scan.counts = Counts { modules: previous.scan.graph.modules.len(), ..counts };
    let ids = &previous.scan.made_of.ids;
    let place = |id: &NodeId| Some((ids[id.index()]?, Arc::clone(found[id.index()].as_ref()?)));
    let mut nodes: Vec<(ModuleId, Arc<Node>)> = differing.iter().filter_map(place).collect();
    nodes.sort_unstable_by_key(|(module, _)| *module);
    let trees = nodes.iter().map(|(_, node)| node.entry.take_tree()).collect();
    let replaced = replace_modules(&nodes, &mut previous.scan);
    previous.scan.made_of.ids.resize(found.len(), None);
    previous.scan.made_of.nodes = found;
    let changed = nodes.into_iter().map(|(module, _)| module).collect();
    Ok(Edited { previous, changed, trees, replaced })
}

/// Replaces the nodes that differ from those in the tables. Returns their ids; a node that is not
/// in the tables becomes `None`.
fn refresh(found: &mut [Option<Arc<Node>>], nodes: &Nodes) -> Vec<NodeId> {
    let mut differing = Vec::new();
    for ((id, before), known) in (0..).map(NodeId).zip(found).zip(&nodes.known) {
        let is_known =
            |before: &Arc<Node>| known.as_ref().is_some_and(|known| Arc::ptr_eq(before, known));
        if before.as_ref().is_some_and(|before| !is_known(before)) {
            before.clone_from(known);
            differing.push(id);
        }
    }
    differing
}

/// Whether the form of the output lets one module be replaced by its new version.
fn allows_replacing_modules(config: &Config) -> bool {
    let output = &config.output;
    output.modules == ModulesForm::Registry
        && output.minify == Minify::No
        && config.mode == Mode::Development
}

/// Whether the new version of a module can replace the old one.
fn fits(id: NodeId, previous: &PreviousBuild, reached: &Reached) -> bool {
    let scan = &previous.scan;
    let before = scan.made_of.nodes[id.index()].as_ref();
    let (Some(before), Some(now)) = (before, reached.found[id.index()].as_ref()) else {
        return false;
    };
    let Some(module) = scan.made_of.ids[id.index()] else { return true };
    let has_no_diagnostics =
        |node: &Node| !is_wrong(node) && node.entry.record.diagnostics.is_empty();
    let is_entry = scan.graph.entries.contains(&module);
    has_no_diagnostics(before)
        && has_no_diagnostics(now)
        && (before.resolved_imports == now.resolved_imports && before.calls == now.calls)
        && is_same_asset(before.address.as_ref(), now.address.as_ref())
        && before.assets.len() == now.assets.len()
        && before.assets.iter().zip(&now.assets).all(|(before, now)| is_same_file(before, now))
        && symbol(before) == symbol(now)
        && before.style.is_some() == now.style.is_some()
        && !(is_entry && (is_empty(before) || is_empty(now)))
        && !previous.has_label_in(&before.part.source)
        && can_replace(scan.graph.module(module), &replacement(scan.graph.module(module), now))
}

/// Makes the module of a node that replaces an older version of itself.
fn replacement(before: &Module, node: &Node) -> Module {
    Module {
        key: Arc::clone(&before.key),
        record: Arc::clone(&node.entry.record),
        source: Arc::clone(&node.part.source),
        has_side_effects: node.has_side_effects,
        is_node_esm: node.is_node_esm,
        is_data: node.is_data,
        is_typescript: node.is_typescript,
        style_bytes: node.style.as_ref().map_or(0, |style| style_bytes(&style.source.text)),
        ..before.clone()
    }
}

fn is_same_asset(before: Option<&Address>, now: Option<&Address>) -> bool {
    match (before, now) {
        (Some(Address::File(before)), Some(Address::File(now))) => is_same_file(before, now),
        (before, now) => before == now,
    }
}

fn is_same_file(before: &Asset, now: &Asset) -> bool {
    (before.hash, &before.name, &before.path) == (now.hash, &now.name, &now.path)
}

/// Returns the symbol id, if the module is an SVG that becomes a symbol.
fn symbol(node: &Node) -> Option<&String> {
    node.file.as_ref()?.loaded.as_ref()?.symbol.as_ref()
}

/// Whether an entry made of this node is empty: it is built in another way, with a warning.
fn is_empty(node: &Node) -> bool {
    let is_blank = node.style.as_ref().is_some_and(|style| style.source.text.trim().is_empty());
    is_blank || node.bytes == 0 || empty::is_empty_script(&node.entry.record)
}

/// Replaces modules by their new versions. Returns the parts that were replaced.
fn replace_modules(nodes: &[(ModuleId, Arc<Node>)], scan: &mut Scan) -> Vec<PartKey> {
    let mut replaced = Vec::new();
    for (module, node) in nodes {
        let at = module.index();
        scan.graph.modules[at] = replacement(&scan.graph.modules[at], node);
        scan.cached[at] = node.entry.cached;
        scan.bytes[at] = node.bytes;
        scan.styles[at].clone_from(&node.style);
        let before = std::mem::replace(&mut scan.parts[at], node.part.clone());
        Arc::make_mut(&mut scan.part_origins).replace(&before.source, node);
        replaced.push(before);
    }
    replaced
}
