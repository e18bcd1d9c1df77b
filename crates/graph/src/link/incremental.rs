//! The incremental link of a registry: which part of the previous link is still valid. Other
//! modules see only the imports, exports and requests of a module, and most edits change none of
//! these. Then the whole link is kept, and linking costs a comparison of two graphs. After any
//! other edit, the modules that depend on no changed module are kept.
//!
//! The comparison covers everything that linking reads, so the result equals a fresh link. It does
//! not cover the sizes of modules. Production builds merge chunks by these sizes, so they never
//! keep the whole link.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    link::{LinkedGraph, LinkedModule, Program},
    module::{Module, ModuleGraph, ModuleId, Target},
    record::{ModuleRecord, Path, RequestIndex, SymbolIndex, SymbolUse},
};

/// A link that reported no diagnostics, with the graph that was linked.
pub struct PreviousLink {
    graph: ModuleGraph,
    programs: Vec<Program>,
}

/// The part of a previous link that is valid for another graph.
pub(super) enum Reused {
    /// All programs, with the modules whose own text changed.
    All(Vec<Program>, Vec<ModuleId>),
    /// The untouched modules.
    Parts(PreviousPrograms),
    /// No part of it.
    Nothing,
}

/// The programs of the previous build, for linking another graph of the same modules.
pub(super) struct PreviousPrograms {
    programs: Vec<Program>,
    /// Per module: it changed, or its imports may mean something else.
    is_touched: Vec<bool>,
}

impl PreviousLink {
    /// Keeps the link of a build. It may be kept only if `LinkedGraph::may_be_reused` is true.
    pub fn new(graph: ModuleGraph, programs: Vec<Program>) -> Self {
        Self { graph, programs }
    }

    /// Returns the part of it that is valid for another graph. `merges_chunks`: chunks may be
    /// merged by their sizes.
    pub(super) fn valid_for(self, graph: &ModuleGraph, merges_chunks: bool) -> Reused {
        let Some((own, moved)) = differing(&self.graph, graph) else { return Reused::Nothing };
        let programs = self.programs;
        if merges_chunks || !moved.is_empty() {
            let is_touched = touched([own, moved].concat(), graph);
            return Reused::Parts(PreviousPrograms { programs, is_touched });
        }
        Reused::All(programs, own)
    }
}

impl<'g> LinkedGraph<'g> {
    /// Makes the linked form of a graph in which only the bodies of some modules changed since
    /// `programs` were linked. `changed`: these modules, in ascending order; `can_replace` must
    /// hold for each module and the one that it replaces.
    pub fn with_bodies(
        graph: &'g ModuleGraph,
        mut programs: Vec<Program>,
        changed: Vec<ModuleId>,
    ) -> Self {
        for program in &mut programs {
            // Which functions of our runtime are live does not depend on bodies.
            for &id in changed.iter().filter(|id| !graph.module(**id).is_runtime()) {
                if let Some(linked) = program.module_mut(id) {
                    linked.live = vec![true; graph.module(id).record.statements.len()];
                }
            }
        }
        Self { graph, programs, changed: Some(changed), fresh: 0, may_be_reused: true }
    }
}

/// Whether a module of a registry can replace another one without linking any other module again.
pub fn can_replace(before: &Module, now: &Module) -> bool {
    let is_same_record =
        || Arc::ptr_eq(&before.record, &now.record) || links_alike(&before.record, &now.record);
    before.key == now.key && has_same_targets_and_flags(before, now) && is_same_record()
}

impl PreviousPrograms {
    /// Whether a module has to be linked again.
    pub(super) fn is_touched(&self, id: ModuleId) -> bool {
        self.is_touched[id.index()]
    }

    /// Takes the untouched modules of a program, per module of the graph. What their names mean
    /// does not depend on the program.
    pub(super) fn take(&mut self, program: usize) -> Vec<Option<LinkedModule>> {
        let mut modules: Vec<Option<LinkedModule>> = self.is_touched.iter().map(|_| None).collect();
        if let Some(program) = self.programs.get_mut(program) {
            let ids = std::mem::take(&mut program.ids);
            for (id, linked) in ids.into_iter().zip(std::mem::take(&mut program.modules)) {
                modules[id.index()] = (!self.is_touched[id.index()]).then_some(linked);
            }
        }
        modules
    }
}

/// Returns the modules that changed only inside, and those that also changed for other modules;
/// `None`: the graphs do not have the same modules.
fn differing(before: &ModuleGraph, now: &ModuleGraph) -> Option<(Vec<ModuleId>, Vec<ModuleId>)> {
    let ours = |graph: &ModuleGraph| {
        let ModuleGraph { interop, registry, addresses, public_path, .. } = *graph;
        let loaders = [graph.chunk_loader, graph.chunk_loader_without_loads];
        (loaders, [interop, registry, addresses, public_path])
    };
    let is_same = before.modules.len() == now.modules.len()
        && before.entries == now.entries
        && ours(before) == ours(now)
        && before.externals == now.externals
        && before.modules.iter().zip(&now.modules).all(|(before, now)| before.key == now.key);
    if !is_same {
        return None;
    }
    let (mut own, mut moved) = (Vec::new(), Vec::new());
    for (id, module) in now.iter() {
        let known = before.module(id);
        let is_same_text = Arc::ptr_eq(&known.record, &module.record);
        if !has_same_targets_and_flags(known, module)
            || !(is_same_text || links_alike(&known.record, &module.record))
        {
            moved.push(id);
        } else if !is_same_text {
            own.push(id);
        }
    }
    Some((own, moved))
}

/// Returns per module whether it has to be linked again: it is in `changed`, re-exports something
/// from a module in `changed`, directly or through others, or requests any of these.
fn touched(changed: Vec<ModuleId>, graph: &ModuleGraph) -> Vec<bool> {
    let mut re_exports: Vec<(ModuleId, ModuleId)> = Vec::new();
    for (id, module) in graph.iter() {
        re_exports.extend(re_exported(module).map(|of| (of, id)));
    }
    re_exports.sort_unstable();
    let mut is_affected = vec![false; graph.modules.len()];
    let mut stack = changed;
    while let Some(id) = stack.pop() {
        if !std::mem::replace(&mut is_affected[id.index()], true) {
            let first = re_exports.partition_point(|(of, _)| *of < id);
            stack.extend(
                re_exports[first..].iter().take_while(|(of, _)| *of == id).map(|(_, by)| *by),
            );
        }
    }
    let leads_to_affected =
        |target: &Target| matches!(target, Target::Module(to) if is_affected[to.index()]);
    graph
        .iter()
        .map(|(id, module)| is_affected[id.index()] || module.targets.iter().any(leads_to_affected))
        .collect()
}

/// Iterates over the modules from which a module re-exports something, by `export *` or by name.
fn re_exported(module: &Module) -> impl Iterator<Item = ModuleId> {
    let record = &module.record;
    let is_exported = |symbol| record.exports.iter().any(|export| export.symbol == symbol);
    let named = record
        .imports
        .iter()
        .filter(move |import| is_exported(import.symbol))
        .map(|import| import.request);
    let requests = record.stars.iter().map(|star| star.request).chain(named);
    requests.filter_map(|request| module.target(request).module())
}

fn has_same_targets_and_flags(before: &Module, now: &Module) -> bool {
    let flags =
        |m: &Module| (m.has_side_effects, m.is_node_esm, m.is_data, m.is_style(), m.is_typescript);
    before.targets == now.targets && before.address == now.address && flags(before) == flags(now)
}

/// Whether two records are the same for linking: everything except positions, bodies, and facts
/// that only tree shaking and inlining read.
fn links_alike(before: &ModuleRecord, now: &ModuleRecord) -> bool {
    let facts = |r: &ModuleRecord| (r.format, r.is_strict, r.commonjs, r.top_level_await.is_some());
    facts(before) == facts(now)
        && before.commonjs_exports == now.commonjs_exports
        && alike(&before.requests, &now.requests, |r| {
            (&r.specifier, &r.kind, r.is_optional, &r.attribute)
        })
        && alike(&before.symbols, &now.symbols, |s| (&s.name, s.kind, s.is_reassigned))
        && alike(&before.imports, &now.imports, |i| (i.symbol, i.request, &i.name))
        && alike(&before.exports, &now.exports, |e| (&e.name, e.symbol))
        && alike(&before.stars, &now.stars, |star| star.request)
        && Mentions::of(before) == Mentions::of(now)
}

fn alike<'r, T, K: PartialEq>(before: &'r [T], now: &'r [T], key: impl Fn(&'r T) -> K) -> bool {
    before.len() == now.len() && before.iter().zip(now).all(|(a, b)| key(a) == key(b))
}

/// How the statements of a module use names and requests.
#[derive(PartialEq)]
struct Mentions<'r> {
    declared: BTreeSet<SymbolIndex>,
    /// The symbols that statements mention: an imported name that is only re-exported may be
    /// missing without a diagnostic, and so may one that may be a type.
    used: BTreeSet<(SymbolIndex, bool)>,
    members: Vec<(SymbolIndex, bool, &'r [Path])>,
    eager_reads: BTreeSet<SymbolIndex>,
    requests: Vec<RequestIndex>,
}

impl<'r> Mentions<'r> {
    fn of(record: &'r ModuleRecord) -> Self {
        let statements = &record.statements;
        let uses = statements.iter().flat_map(|statement| &statement.uses);
        let member = |used: &'r SymbolUse| {
            (!used.members.is_empty()).then_some((
                used.symbol,
                used.is_whole,
                used.members.as_slice(),
            ))
        };
        let eager_reads = statements.iter().flat_map(|statement| &statement.eager_reads);
        Self {
            declared: statements
                .iter()
                .flat_map(|statement| statement.declares.iter().copied())
                .collect(),
            used: uses.clone().map(|used| (used.symbol, used.may_be_type)).collect(),
            members: uses.filter_map(member).collect(),
            eager_reads: eager_reads.map(|(symbol, _)| *symbol).collect(),
            requests: statements
                .iter()
                .flat_map(|statement| statement.requests.iter().copied())
                .collect(),
        }
    }
}
