//! The incremental link of a registry: what still holds of the link of the build before. To other
//! modules a module is what it imports, exports and requests, and most edits change none of that.
//! Then the whole link is kept, and linking costs a comparison of two graphs. Where something did
//! change, the modules are kept that see no changed module.
//!
//! The comparison covers everything that linking looks at, so the outcome equals a fresh link.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    link::{LinkedGraph, LinkedModule, Program},
    module::{Module, ModuleGraph, ModuleId, Target},
    record::{ModuleRecord, Path, RequestIndex, SymbolIndex, SymbolUse},
};

/// What was linked without a word to the user, with what it was linked of.
pub struct PreviousLink {
    graph: ModuleGraph,
    programs: Vec<Program>,
}

/// What stands of it for another graph.
pub(super) enum Stands {
    /// All of it, with the modules whose own text is another one.
    All(Vec<Program>, Vec<ModuleId>),
    /// The parts of untouched modules.
    Parts(Earlier),
    /// Nothing.
    Nothing,
}

/// Programs of the build before, for linking another graph of the same modules.
pub(super) struct Earlier {
    programs: Vec<Program>,
    /// Per module: it is another one, or its imports may mean something else.
    is_touched: Vec<bool>,
}

impl PreviousLink {
    /// Keeps what a build linked. `LinkedGraph::may_stand` says whether it may be kept.
    pub fn new(graph: ModuleGraph, programs: Vec<Program>) -> Self {
        Self { graph, programs }
    }

    /// What of it stands for another graph.
    pub(super) fn of(self, graph: &ModuleGraph) -> Stands {
        let Some((own, moved)) = differing(&self.graph, graph) else { return Stands::Nothing };
        let programs = self.programs;
        if !moved.is_empty() {
            let is_touched = touched([own, moved].concat(), graph);
            return Stands::Parts(Earlier { programs, is_touched });
        }
        Stands::All(programs, own)
    }
}

impl<'g> LinkedGraph<'g> {
    /// The linked form of a graph in which some modules got other bodies since `programs` were
    /// linked, and nothing else changed. `changed`: these modules, rising; each is alike to the one
    /// that it replaces (`is_alike`).
    pub fn with_bodies(
        graph: &'g ModuleGraph,
        mut programs: Vec<Program>,
        changed: Vec<ModuleId>,
    ) -> Self {
        for program in &mut programs {
            // Which functions of our runtime live does not depend on bodies.
            for &id in changed.iter().filter(|id| !graph.module(**id).is_runtime()) {
                if let Some(part) = program.module_mut(id) {
                    part.live = vec![true; graph.module(id).record.statements.len()];
                }
            }
        }
        Self { graph, programs, changed: Some(changed), fresh: 0, may_stand: true }
    }
}

/// Whether a module of a registry can take the place of another one without anybody else being
/// linked anew.
pub fn is_alike(before: &Module, now: &Module) -> bool {
    let is_same_record =
        || Arc::ptr_eq(&before.record, &now.record) || looks_alike(&before.record, &now.record);
    before.key == now.key && stands_alike(before, now) && is_same_record()
}

impl Earlier {
    /// Whether a module has to be looked at again.
    pub(super) fn is_touched(&self, id: ModuleId) -> bool {
        self.is_touched[id.index()]
    }

    /// The untouched parts of a program, per module of the graph. What they mean does not depend on
    /// which program it is.
    pub(super) fn take(&mut self, program: usize) -> Vec<Option<LinkedModule>> {
        let mut parts: Vec<Option<LinkedModule>> = self.is_touched.iter().map(|_| None).collect();
        if let Some(program) = self.programs.get_mut(program) {
            let ids = std::mem::take(&mut program.ids);
            for (id, part) in ids.into_iter().zip(std::mem::take(&mut program.parts)) {
                parts[id.index()] = (!self.is_touched[id.index()]).then_some(part);
            }
        }
        parts
    }
}

/// The modules that differ where only they can see it, and those that differ otherwise; `None`: the
/// graphs are not of the same modules.
fn differing(before: &ModuleGraph, now: &ModuleGraph) -> Option<(Vec<ModuleId>, Vec<ModuleId>)> {
    let ours =
        |graph: &ModuleGraph| (graph.interop, graph.chunk_loader, graph.registry, graph.addresses);
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
        if !stands_alike(known, module)
            || !(is_same_text || looks_alike(&known.record, &module.record))
        {
            moved.push(id);
        } else if !is_same_text {
            own.push(id);
        }
    }
    Some((own, moved))
}

/// Per module: it is one of `changed`, or asks for one, or for one that exports something of one of
/// these again, and so on.
fn touched(changed: Vec<ModuleId>, graph: &ModuleGraph) -> Vec<bool> {
    let mut again: Vec<(ModuleId, ModuleId)> = Vec::new();
    for (id, module) in graph.iter() {
        again.extend(exported_again(module).map(|of| (of, id)));
    }
    again.sort_unstable();
    let mut is_moved = vec![false; graph.modules.len()];
    let mut stack = changed;
    while let Some(id) = stack.pop() {
        if !std::mem::replace(&mut is_moved[id.index()], true) {
            let first = again.partition_point(|(of, _)| *of < id);
            stack.extend(again[first..].iter().take_while(|(of, _)| *of == id).map(|(_, by)| *by));
        }
    }
    let asks = |target: &Target| matches!(target, Target::Module(to) if is_moved[to.index()]);
    graph
        .iter()
        .map(|(id, module)| is_moved[id.index()] || module.targets.iter().any(asks))
        .collect()
}

/// The modules that something of is exported again, by stars and by name.
fn exported_again(module: &Module) -> impl Iterator<Item = ModuleId> {
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

fn stands_alike(before: &Module, now: &Module) -> bool {
    let flags =
        |m: &Module| (m.has_side_effects, m.is_node_esm, m.is_data, m.is_style(), m.is_typescript);
    before.targets == now.targets && before.address == now.address && flags(before) == flags(now)
}

/// The same to whoever links: all but places, bodies, and what only shaking and inlining ask for.
fn looks_alike(before: &ModuleRecord, now: &ModuleRecord) -> bool {
    let facts = |r: &ModuleRecord| (r.format, r.is_strict, r.commonjs, r.top_level_await.is_some());
    facts(before) == facts(now)
        && before.commonjs_exports == now.commonjs_exports
        && alike(&before.requests, &now.requests, |r| {
            (&r.specifier, &r.kind, r.is_optional, &r.attribute_type)
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

/// What the statements of a module do with names and requests.
#[derive(PartialEq)]
struct Mentions<'r> {
    declared: BTreeSet<SymbolIndex>,
    /// Whether it is exported or not: a name that is only exported again may be missing.
    used: BTreeSet<SymbolIndex>,
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
            used: uses.clone().map(|used| used.symbol).collect(),
            members: uses.filter_map(member).collect(),
            eager_reads: eager_reads.map(|(symbol, _)| *symbol).collect(),
            requests: statements
                .iter()
                .flat_map(|statement| statement.requests.iter().copied())
                .collect(),
        }
    }
}
