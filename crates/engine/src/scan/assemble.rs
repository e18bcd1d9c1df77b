//! Assembles the `ModuleGraph` from nodes that arrived in any order. Ids are given in evaluation
//! order: depth first from each entry through what runs at once, then what runs later (`import()`,
//! workers). So the order of the graph depends on the program alone.

use std::{collections::VecDeque, sync::Arc};

use bundle_base::{
    Config, Diagnostic, Diagnostics, FxIndexMap, Label,
    config::{Format, Mode, Platform},
    diagnostic::Severity,
    installed::is_installed,
};
use bundle_graph::{
    module::{ExternalId, ExternalModule, Module, ModuleGraph, ModuleId, Target},
    record::{ModuleRecord, Request, RequestKind},
};
use bundle_js::{Feature, Support, runtime};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    assets::Assets,
    confined::is_confined,
    manual_chunks::ManualChunks,
    model::{Scan, UsedEntries},
    node::{Node, ResolvedImport},
    origin::Origin,
    part_origins::PartOrigins,
    state::Reached,
};
use crate::{Counts, memo::NodeId, messages};

/// Puts the nodes in order, and reports their diagnostics in that order. `linked` holds, for
/// entries whose file has another name, the entry as the user wrote it.
pub(super) fn assemble(
    entries: &[NodeId],
    linked: &FxHashMap<NodeId, String>,
    reached: &Reached,
    config: &Config,
    log: &mut Diagnostics,
) -> Scan {
    let order = order(entries, reached);
    let mut ids: Vec<Option<ModuleId>> = vec![None; reached.found.len()];
    for (position, id) in order.iter().enumerate() {
        ids[id.index()] = Some(ModuleId::from_index(position));
    }
    let mut scan = Scan {
        graph: roots(entries, &ids, reached, config),
        parts: Vec::with_capacity(order.len()),
        cached: Vec::with_capacity(order.len()),
        bytes: Vec::with_capacity(order.len()),
        styles: Vec::with_capacity(order.len()),
        assets: Assets::default(),
        part_origins: Arc::default(),
        counts: Counts::default(),
        made_of: UsedEntries::default(),
        copies: Vec::new(),
        are_copies_without_diagnostics: true,
    };
    scan.graph.modules.reserve_exact(order.len());
    let mut externals = Externals::default();
    let mut part_origins = PartOrigins::default();
    let mut names = UniqueKeys::default();
    let importers = importers(&order, reached);
    let manual_chunks = ManualChunks::new(config);
    let may_join = config.output.is_split() && config.mode == Mode::Production;
    for &id in &order {
        let node = node(id, reached);
        if is_wrong(node) || !node.entry.record.diagnostics.is_empty() {
            report(id, node, &importers, linked, reached, log);
        }
        scan.assets.add(node, config, log);
        let (manual_chunk, private_to) = manual_chunks.of(&node.part.source.path);
        scan.graph.modules.push(Module {
            key: names.unique(&node.name),
            record: Arc::clone(&node.entry.record),
            source: Arc::clone(&node.part.source),
            targets: node
                .resolved_imports
                .iter()
                .map(|resolved_import| externals.target(resolved_import, &ids))
                .collect(),
            has_side_effects: node.has_side_effects,
            is_node_esm: node.is_node_esm,
            is_data: node.is_data,
            style_bytes: node.style.as_ref().map_or(0, |style| style_bytes(&style.source.text)),
            is_confined: may_join
                && node.style.as_ref().is_some_and(|style| is_confined(&style.source.text)),
            address: scan.assets.address(node, scan.graph.public_path.is_some(), config),
            manual_chunk,
            private_to,
            is_typescript: node.is_typescript,
        });
        scan.parts.push(node.part.clone());
        scan.cached.push(node.entry.cached);
        scan.bytes.push(node.bytes);
        scan.styles.push(node.style.clone());
        part_origins.add(node);
    }
    let external = |(specifier, global): (String, Option<String>)| {
        let global = page_global(&specifier, global, config);
        ExternalModule { specifier, global }
    };
    scan.graph.externals = externals.found.into_iter().map(external).collect();
    scan.part_origins = Arc::new(part_origins);
    scan.made_of.ids = ids;
    scan
}

/// Returns a graph with the entries and the modules of our runtime that glue calls, but without
/// modules.
fn roots(
    entries: &[NodeId],
    ids: &[Option<ModuleId>],
    reached: &Reached,
    config: &Config,
) -> ModuleGraph {
    let runtime_module =
        |specifier: &str| reached.nodes.runtime(specifier).and_then(|id| ids[id.index()]);
    ModuleGraph {
        entries: entries.iter().filter_map(|id| ids[id.index()]).collect(),
        interop: runtime_module(runtime::INTEROP),
        chunk_loader: runtime_module(runtime::CHUNKS)
            .map(|plain| runtime_module(runtime::CHUNKS_BY_PUBLIC_PATH).unwrap_or(plain)),
        chunk_loader_without_loads: runtime_module(runtime::CHUNKS_WITHOUT_LOADS),
        registry: runtime_module(runtime::REGISTRY),
        addresses: runtime_module(runtime::ADDRESSES_BY_PUBLIC_PATH)
            .or_else(|| runtime_module(runtime::ADDRESSES)),
        public_path: runtime_module(runtime::PUBLIC_PATH),
        can_await: config.output.format == Format::Esm
            && Support::of(&config.script.target).has(Feature::TopLevelAwait),
        ..ModuleGraph::default()
    }
}

fn node(id: NodeId, reached: &Reached) -> &Node {
    reached.found[id.index()].as_ref().expect("what was begun was finished")
}

/// Reports the diagnostics of a module's task and of its analysis.
fn report(
    id: NodeId,
    node: &Node,
    importers: &FxHashMap<NodeId, Label>,
    linked: &FxHashMap<NodeId, String>,
    reached: &Reached,
    log: &mut Diagnostics,
) {
    let importer = importers.get(&id);
    // A diagnostic about a file as a whole has no place in it, so it points at the first import of
    // the file.
    log.extend(node.diagnostics.iter().cloned().map(|diagnostic| match importer {
        Some(importer) if diagnostic.primary.is_none() => diagnostic.at(importer.clone()),
        Some(_) => diagnostic,
        None => match linked.get(&id) {
            Some(entry) => messages::linked_entry(messages::of_an_entry(diagnostic), entry),
            None => messages::of_an_entry(diagnostic),
        },
    }));
    let is_installed = || is_installed(&reached.nodes.origins[id.index()].identity());
    log.extend(mistakes(&node.entry.record, importer.filter(|_| is_installed())));
}

/// Returns the diagnostics of a part. With an `importer`, which a file of a package has, the first
/// error also shows where the file is imported: the user did not write the file, but the import.
fn mistakes(record: &ModuleRecord, importer: Option<&Label>) -> Vec<Diagnostic> {
    let mut found = record.diagnostics.clone();
    let first = found.iter_mut().find(|d| d.severity == Severity::Error);
    if let (Some(first), Some(importer)) = (first, importer) {
        *first = messages::imported_from(first.clone(), importer);
    }
    found
}

/// Returns the size of a stylesheet in bytes; 0 if it has only white space.
pub(super) fn style_bytes(css: &str) -> u64 {
    if css.trim().is_empty() { 0 } else { css.len() as u64 }
}

pub(super) fn is_wrong(node: &Node) -> bool {
    !node.diagnostics.is_empty() || node.entry.is_broken
}

/// Finds, per module with diagnostics, its first import in a text that the user wrote. Modules that
/// are made for a pattern have no such text; they count as the place that holds the pattern.
fn importers(order: &[NodeId], reached: &Reached) -> FxHashMap<NodeId, Label> {
    let is_synthetic =
        |id: NodeId| matches!(*reached.nodes.origins[id.index()], Origin::Text { .. });
    let needs_importer = |id: &NodeId| is_wrong(node(*id, reached)) || is_synthetic(*id);
    let wrong: FxHashSet<NodeId> = order.iter().copied().filter(needs_importer).collect();
    let mut importers: FxHashMap<NodeId, (NodeId, Label)> = FxHashMap::default();
    for (id, node) in order.iter().map(|id| (*id, node(*id, reached))).filter(|_| !wrong.is_empty())
    {
        for (request, resolved_import) in
            node.entry.record.requests.iter().zip(&node.resolved_imports)
        {
            if let ResolvedImport::Module(to) = resolved_import
                && wrong.contains(to)
            {
                let label = || Label::new(&node.part.source, request.span).text("imported here");
                importers.entry(*to).or_insert_with(|| (id, label()));
            }
        }
    }
    let written = |id: &NodeId| {
        let (importer, label) = &importers[id];
        let above = importers.get(importer).filter(|_| is_synthetic(*importer));
        above.map_or(label, |(_, above)| above).clone()
    };
    importers.keys().map(|id| (*id, written(id))).collect()
}

/// Makes module keys unique. Copies of one package outside the project have the same name: the
/// second in order gets a number.
#[derive(Default)]
struct UniqueKeys {
    taken: FxHashSet<Arc<str>>,
}

impl UniqueKeys {
    fn unique(&mut self, name: &Arc<str>) -> Arc<str> {
        let numbered = (2..).map(|n| Arc::from(format!("{name} ({n})")));
        let mut free = std::iter::once(Arc::clone(name)).chain(numbered);
        let free = free.find(|name| self.taken.insert(Arc::clone(name)));
        free.expect("numbers do not run out")
    }
}

/// Returns the page global that holds an external; `None`: the external is imported or required. In
/// Node a classic script has `require`, and needs a global only where the configuration names one.
fn page_global(specifier: &str, named: Option<String>, config: &Config) -> Option<String> {
    match (config.output.format, config.resolve.platform) {
        (Format::Iife, Platform::Browser) => Some(named.unwrap_or_else(|| specifier.to_owned())),
        (Format::Iife, Platform::Node) => named,
        (Format::Cjs | Format::Esm, _) => None,
    }
}

/// The externals with their globals, in the order of first mention.
#[derive(Default)]
struct Externals {
    found: FxIndexMap<String, Option<String>>,
}

impl Externals {
    fn target(&mut self, resolved_import: &ResolvedImport, ids: &[Option<ModuleId>]) -> Target {
        match resolved_import {
            ResolvedImport::Module(id) => ids[id.index()].map_or(Target::Missing, Target::Module),
            ResolvedImport::External { specifier, global } => {
                let (index, _) = self.found.insert_full(specifier.clone(), global.clone());
                Target::External(ExternalId(
                    u32::try_from(index).expect("fewer than four billion externals"),
                ))
            }
            ResolvedImport::Missing => Target::Missing,
            ResolvedImport::Text(text) => Target::Text(text.clone()),
            ResolvedImport::None => Target::None,
        }
    }
}

fn order(entries: &[NodeId], reached: &Reached) -> Vec<NodeId> {
    let mut walk = Walk {
        reached,
        seen: vec![false; reached.found.len()],
        order: Vec::new(),
        later: VecDeque::new(),
    };
    for entry in entries {
        walk.later.push_back(*entry);
        while let Some(start) = walk.later.pop_front() {
            walk.visit(start);
        }
    }
    let glue = [
        runtime::INTEROP,
        runtime::CHUNKS,
        runtime::CHUNKS_WITHOUT_LOADS,
        runtime::REGISTRY,
        runtime::ADDRESSES,
    ];
    let by_public_path = [runtime::ADDRESSES_BY_PUBLIC_PATH, runtime::CHUNKS_BY_PUBLIC_PATH];
    for ours in glue.into_iter().chain(by_public_path) {
        if let Some(id) = reached.nodes.runtime(ours) {
            walk.visit(id);
        }
    }
    walk.order
}

struct Walk<'n> {
    reached: &'n Reached,
    seen: Vec<bool>,
    order: Vec<NodeId>,
    later: VecDeque<NodeId>,
}

impl<'n> Walk<'n> {
    /// Visits in post-order from `start` through what runs at once, and queues what runs later.
    /// This is a loop because chains of imports are long.
    fn visit(&mut self, start: NodeId) {
        let mut stack = Vec::from_iter(self.enter(start));
        while let Some((id, rest)) = stack.last_mut() {
            let id = *id;
            let Some((request, resolved_import)) = rest.next() else {
                self.order.push(id);
                stack.pop();
                continue;
            };
            match (resolved_import, &request.kind) {
                (ResolvedImport::Module(to), RequestKind::Dynamic | RequestKind::Worker) => {
                    self.later.push_back(*to);
                }
                (ResolvedImport::Module(to), _) => stack.extend(self.enter(*to)),
                (
                    ResolvedImport::External { .. }
                    | ResolvedImport::Missing
                    | ResolvedImport::Text(_)
                    | ResolvedImport::None,
                    _,
                ) => {}
            }
        }
    }

    /// Marks a module as seen, and returns its requests with where they lead; `None` if it was seen
    /// before or not loaded.
    fn enter(
        &mut self,
        id: NodeId,
    ) -> Option<(NodeId, impl Iterator<Item = (&'n Request, &'n ResolvedImport)> + use<'n>)> {
        let node = self.reached.found.get(id.index())?.as_ref()?;
        let is_new = !std::mem::replace(&mut self.seen[id.index()], true);
        is_new.then(|| (id, node.entry.record.requests.iter().zip(&node.resolved_imports)))
    }
}
