//! Nodes that arrived in any order → a graph whose order depends on the program alone. Ids are given in first evaluation
//! order: depth first from each entry through what runs at once, then what runs later.

use std::collections::VecDeque;

use bundle_base::{Diagnostic, Diagnostics, Label, diagnostic::Severity};
use bundle_graph::{
    module::{ExternalId, ExternalModule, Module, ModuleGraph, ModuleId, Target},
    record::{ModuleRecord, RequestKind},
};
use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Lead, Node, Scan};
use crate::{Counts, memo::Used, messages};

/// Puts the nodes in order, and reports what they found in that order. With the entries comes how the user calls those
/// that are links.
pub(super) fn assemble(
    (entries, linked): (&[String], &FxHashMap<String, String>),
    mut nodes: FxHashMap<String, Node>,
    log: &mut Diagnostics,
) -> Scan {
    let order = order(entries, &nodes);
    let ids: FxHashMap<&str, ModuleId> =
        order.iter().enumerate().map(|(i, key)| (key.as_str(), ModuleId::from_index(i))).collect();
    let mut externals = Externals::default();
    let mut graph = ModuleGraph {
        entries: entries.iter().filter_map(|key| ids.get(key.as_str()).copied()).collect(),
        interop: ids.get(bundle_js::runtime::INTEROP).copied(),
        chunk_loader: ids.get(bundle_js::runtime::CHUNKS).copied(),
        ..ModuleGraph::default()
    };
    let (mut parts, mut bytes) = (Vec::new(), Vec::new());
    let mut names = Names::default();
    let importers = importers(&order, &nodes);
    for identity in &order {
        let node = nodes.remove(identity).expect("order lists nodes");
        // What is wrong with a file as a whole has no place in it: the first that imports it has one.
        log.extend(node.diagnostics.into_iter().map(|diagnostic| match importers.get(identity) {
            Some(importer) if diagnostic.primary.is_none() => diagnostic.at(importer.clone()),
            Some(_) => diagnostic,
            None => match linked.get(identity) {
                Some(entry) => messages::behind_a_link(diagnostic, entry),
                None => diagnostic,
            },
        }));
        log.extend(mistakes(&node.entry.record, importers.get(identity).filter(|_| is_installed(identity))));
        graph.modules.push(Module {
            key: names.unique(&node.name),
            record: std::sync::Arc::clone(&node.entry.record),
            source: std::sync::Arc::clone(&node.part.source),
            targets: node.targets.iter().map(|lead| externals.target(lead, &ids)).collect(),
            has_side_effects: node.has_side_effects,
            is_node_esm: node.is_node_esm,
            is_data: node.is_data,
            is_typescript: node.is_typescript,
        });
        parts.push((node.part, node.entry));
        bytes.push(node.bytes);
    }
    graph.externals =
        externals.found.into_iter().map(|(specifier, global)| ExternalModule { specifier, global }).collect();
    Scan { graph, parts, bytes, counts: Counts::default(), used: Used::default() }
}

/// What is wrong with a part. Nobody wrote a package's file just now: who brings it in is the news.
fn mistakes(record: &ModuleRecord, importer: Option<&Label>) -> Vec<Diagnostic> {
    let mut found = record.diagnostics.clone();
    let first = found.iter_mut().find(|d| d.severity == Severity::Error);
    if let (Some(first), Some(importer)) = (first, importer) {
        *first = messages::brought_in(first.clone(), importer);
    }
    found
}

/// True for a file that lies where packages are installed.
fn is_installed(identity: &str) -> bool {
    identity.contains("/node_modules/")
}

fn is_wrong(node: &Node) -> bool {
    !node.diagnostics.is_empty() || node.entry.ast.is_none()
}

/// Per module with mistakes, where it is first asked for.
fn importers(order: &[String], nodes: &FxHashMap<String, Node>) -> FxHashMap<String, Label> {
    let mut importers = FxHashMap::default();
    for node in order.iter().filter_map(|identity| nodes.get(identity)) {
        for (request, lead) in node.entry.record.requests.iter().zip(&node.targets) {
            if let Lead::Module(to) = lead
                && nodes.get(to).is_some_and(is_wrong)
            {
                let label = || Label::new(&node.part.source, request.span).text("imported here");
                importers.entry(to.clone()).or_insert_with(label);
            }
        }
    }
    importers
}

/// Copies of one package outside the project have one name: the second in order gets a number.
#[derive(Default)]
struct Names {
    taken: FxHashSet<String>,
}

impl Names {
    fn unique(&mut self, name: &str) -> String {
        let numbered = (2..).map(|n| format!("{name} ({n})"));
        let free = std::iter::once(name.to_owned()).chain(numbered).find(|n| !self.taken.contains(n));
        let free = free.expect("numbers do not run out");
        self.taken.insert(free.clone());
        free
    }
}

/// Externals in the order of first mention.
#[derive(Default)]
struct Externals {
    found: IndexMap<String, Option<String>>,
}

impl Externals {
    fn target(&mut self, lead: &Lead, ids: &FxHashMap<&str, ModuleId>) -> Target {
        match lead {
            Lead::Module(key) => ids.get(key.as_str()).map_or(Target::Missing, |id| Target::Module(*id)),
            Lead::External { specifier, global } => {
                let (index, _) = self.found.insert_full(specifier.clone(), global.clone());
                Target::External(ExternalId(u32::try_from(index).expect("fewer than four billion externals")))
            }
            Lead::Missing => Target::Missing,
            Lead::Text(text) => Target::Text(text.clone()),
            Lead::None => Target::None,
        }
    }
}

fn order(entries: &[String], nodes: &FxHashMap<String, Node>) -> Vec<String> {
    let mut walk =
        Walk { nodes, seen: FxHashSet::default(), order: Vec::with_capacity(nodes.len()), later: VecDeque::new() };
    for entry in entries {
        walk.later.push_back(entry);
        while let Some(start) = walk.later.pop_front() {
            walk.visit(start);
        }
    }
    walk.visit(bundle_js::runtime::INTEROP);
    walk.visit(bundle_js::runtime::CHUNKS);
    walk.order
}

struct Walk<'n> {
    nodes: &'n FxHashMap<String, Node>,
    seen: FxHashSet<&'n str>,
    order: Vec<String>,
    later: VecDeque<&'n str>,
}

impl<'n> Walk<'n> {
    /// Post-order from `start` through what runs at once; what runs later is put off. A loop: chains are long.
    fn visit(&mut self, start: &'n str) {
        let mut stack: Vec<(Option<&str>, std::vec::IntoIter<&str>)> = vec![(None, vec![start].into_iter())];
        while let Some((key, rest)) = stack.last_mut() {
            let Some(next) = rest.next() else {
                self.order.extend(key.map(str::to_owned));
                stack.pop();
                continue;
            };
            let Some(node) = self.nodes.get(next) else { continue };
            if self.seen.insert(next) {
                let now = self.now(node);
                stack.push((Some(next), now.into_iter()));
            }
        }
    }

    /// What a module asks for at once; what it imports dynamically is put off.
    fn now(&mut self, node: &'n Node) -> Vec<&'n str> {
        let mut now = Vec::new();
        for (request, lead) in node.entry.record.requests.iter().zip(&node.targets) {
            match (lead, &request.kind) {
                (Lead::Module(to), RequestKind::Dynamic) => self.later.push_back(to),
                (Lead::Module(to), _) => now.push(to.as_str()),
                (Lead::External { .. } | Lead::Missing | Lead::Text(_) | Lead::None, _) => {}
            }
        }
        now
    }
}
