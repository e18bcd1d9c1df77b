//! The linked form of the build before, for a registry. What a module means to others there is what it imports, exports and asks
//! for; most edits change none of it. Then all that was linked stands, and linking costs a comparison of two graphs. What is
//! compared is everything that linking looks at, so the outcome is what linking anew would give.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    link::Program,
    module::{Module, ModuleGraph, ModuleId},
    record::{ModuleRecord, Path, RequestIndex, SymbolIndex, SymbolUse},
};

/// What was linked without a word to the user, with what it was linked of.
pub struct Standing {
    graph: ModuleGraph,
    programs: Vec<Program>,
}

impl Standing {
    /// Keeps what a build linked. `LinkedGraph::may_stand` says whether it may be kept.
    pub fn new(graph: ModuleGraph, programs: Vec<Program>) -> Self {
        Self { graph, programs }
    }

    /// The programs of another graph, with the modules whose own text is another one: `None` if it has to be linked anew.
    pub(super) fn programs_of(self, graph: &ModuleGraph) -> Option<(Vec<Program>, Vec<ModuleId>)> {
        let changed = changed(&self.graph, graph)?;
        let mut programs = self.programs;
        for program in &mut programs {
            for &id in &changed {
                if let Some(part) = program.module_mut(id) {
                    part.live = vec![true; graph.module(id).record.statements.len()];
                }
            }
        }
        Some((programs, changed))
    }
}

/// The modules that differ where only they can see it; `None`: the graphs differ otherwise.
fn changed(before: &ModuleGraph, now: &ModuleGraph) -> Option<Vec<ModuleId>> {
    let ours = |graph: &ModuleGraph| (graph.interop, graph.chunk_loader, graph.registry, graph.addresses);
    let is_same = before.modules.len() == now.modules.len()
        && before.entries == now.entries
        && ours(before) == ours(now)
        && before.externals == now.externals;
    if !is_same {
        return None;
    }
    let mut changed = Vec::new();
    for (id, module) in now.iter() {
        let known = before.module(id);
        if !stands_alike(known, module) {
            return None;
        }
        if !Arc::ptr_eq(&known.record, &module.record) {
            if !looks_alike(&known.record, &module.record) {
                return None;
            }
            changed.push(id);
        }
    }
    Some(changed)
}

fn stands_alike(before: &Module, now: &Module) -> bool {
    let flags = |m: &Module| (m.has_side_effects, m.is_node_esm, m.is_data, m.is_typescript);
    before.key == now.key && before.targets == now.targets && flags(before) == flags(now)
}

/// The same to whoever links: all but places, bodies, and what only shaking and inlining ask for.
fn looks_alike(before: &ModuleRecord, now: &ModuleRecord) -> bool {
    let facts = |r: &ModuleRecord| (r.format, r.is_strict, r.commonjs, r.top_level_await.is_some());
    facts(before) == facts(now)
        && before.commonjs_exports == now.commonjs_exports
        && alike(&before.requests, &now.requests, |r| (&r.specifier, &r.kind, r.is_optional, &r.attribute_type))
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
            (!used.members.is_empty()).then_some((used.symbol, used.is_whole, used.members.as_slice()))
        };
        let eager_reads = statements.iter().flat_map(|statement| &statement.eager_reads);
        Self {
            declared: statements.iter().flat_map(|statement| statement.declares.iter().copied()).collect(),
            used: uses.clone().map(|used| used.symbol).collect(),
            members: uses.filter_map(member).collect(),
            eager_reads: eager_reads.map(|(symbol, _)| *symbol).collect(),
            requests: statements.iter().flat_map(|statement| statement.requests.iter().copied()).collect(),
        }
    }
}
