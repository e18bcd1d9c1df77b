//! Who needs what: per module, the set of roots that need it. Modules that the same roots need ship together, so a script
//! never holds a module that its page does not need, and no module is in two scripts. A module's own needs are needed by at
//! least the same roots: what ships together imports only what more roots need, and no circle of scripts can come to be.

use bundle_base::config::{Format, OutputConfig, SharedBundle};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    link::{
        Entrance, Exports, Group, LinkedModule, Resolved, Root, Step,
        areas::Areas,
        joins::{self, Outset},
        order,
        wrap::live_requests,
    },
    module::{Module, ModuleGraph, ModuleId, Target},
    record::RequestKind,
};

/// The roots of a program and who needs what.
pub(super) struct Reach {
    pub(super) roots: Vec<Root>,
    /// Per module, what it needs without `import()`: only modules of the program, not our own runtime's.
    pub(super) needs: Vec<Vec<ModuleId>>,
    /// Per module, what its live statements import dynamically.
    pub(super) dynamic: Vec<Vec<ModuleId>>,
    /// Per module, the roots that need it.
    pub(super) needed: Bits,
    /// What bundles that pages share make of it.
    pub(super) areas: Areas,
    /// Scripts were joined: who loads a module may do so without needing it, and without what it needs of styles.
    is_joined: bool,
}

const BITS: usize = u64::BITS as usize;

/// Per module a set of roots.
#[derive(Clone, Default)]
pub(super) struct Bits {
    /// Per module, `words` words with a bit a root.
    bits: Vec<u64>,
    words: usize,
}

impl Bits {
    fn new(modules: usize, roots: usize) -> Self {
        let words = roots.div_ceil(BITS);
        Self { bits: vec![0; words * modules], words }
    }

    /// The roots of a module.
    pub fn set(&self, id: ModuleId) -> &[u64] {
        &self.bits[id.index() * self.words..][..self.words]
    }

    /// Whether a root is among those of a module.
    pub fn has(&self, id: ModuleId, root: usize) -> bool {
        Self::holds(self.set(id), root)
    }

    /// Whether a module has no roots.
    pub fn is_empty(&self, id: ModuleId) -> bool {
        self.set(id).iter().all(|word| *word == 0)
    }

    /// Whether all roots of the one are roots of the other.
    pub fn is_within(&self, id: ModuleId, other: ModuleId) -> bool {
        Self::is_subset(self.set(id), self.set(other))
    }

    /// The roots of any of some modules.
    pub fn union(&self, modules: &[ModuleId]) -> Vec<u64> {
        let mut union = self.nobody();
        for id in modules {
            union.iter_mut().zip(self.set(*id)).for_each(|(all, own)| *all |= own);
        }
        union
    }

    /// Adds roots to those of a module; true if one of them is new.
    pub fn raise(&mut self, id: ModuleId, roots: &[u64]) -> bool {
        let own = &mut self.bits[id.index() * self.words..][..self.words];
        let is_new = own.iter().zip(roots).any(|(own, new)| new & !*own != 0);
        own.iter_mut().zip(roots).for_each(|(own, new)| *own |= new);
        is_new
    }

    /// A set of no roots.
    pub fn nobody(&self) -> Vec<u64> {
        vec![0; self.words]
    }

    /// Whether a root is in a set.
    pub fn holds(set: &[u64], root: usize) -> bool {
        set[root / BITS] & (1 << (root % BITS)) != 0
    }

    /// Whether all roots of the one set are in the other.
    pub fn is_subset(one: &[u64], other: &[u64]) -> bool {
        one.iter().zip(other).all(|(one, other)| one & !other == 0)
    }

    /// The roots in a set, rising.
    pub fn roots(set: &[u64]) -> impl Iterator<Item = usize> {
        (0..set.len() * BITS).filter(|root| Self::holds(set, *root))
    }

    /// Adds a root to a set.
    pub fn insert(set: &mut [u64], root: usize) {
        set[root / BITS] |= 1 << (root % BITS);
    }
}

impl Reach {
    /// Walks from every root. `worth`: what is written, where it counts which shared scripts are worth a request.
    pub(super) fn of(
        entrances: &[Entrance],
        exports: &Exports<'_>,
        modules: &[Option<LinkedModule>],
        (bundles, format, worth): (&[SharedBundle], Format, Option<&OutputConfig>),
    ) -> Self {
        let graph = exports.graph();
        let mut reach = Self {
            roots: entrances.iter().map(|e| Root::Entry(*e)).collect(),
            needs: Vec::with_capacity(modules.len()),
            dynamic: Vec::with_capacity(modules.len()),
            needed: Bits::default(),
            areas: Areas::default(),
            is_joined: worth.is_some(),
        };
        for (index, part) in modules.iter().enumerate() {
            let id = ModuleId::from_index(index);
            let (needs, dynamic) = part.as_ref().map_or_else(Default::default, |part| needs(id, part, exports));
            let is_ours = |to: &ModuleId| modules[to.index()].is_some() && !graph.module(*to).is_runtime() && *to != id;
            reach.needs.push(unique(needs.into_iter().filter(is_ours)));
            reach.dynamic.push(unique(dynamic.into_iter()));
        }
        let mut asked: Vec<ModuleId> = reach.dynamic.iter().flatten().copied().collect();
        asked.sort_unstable();
        asked.dedup();
        reach.roots.extend(asked.into_iter().map(Root::Dynamic));
        reach.needed = Bits::new(modules.len(), reach.roots.len());
        for root in 0..reach.roots.len() {
            reach.walk(root);
        }
        reach.areas = Areas::of(&reach.needed, &reach.roots, (graph, &reach.needs, &reach.dynamic), (bundles, format));
        if let Some(output) = worth {
            let sizes: Vec<u64> =
                modules.iter().enumerate().map(|(index, part)| size(&graph.modules[index], part.as_ref())).collect();
            for (modules, roots) in joins::joined(&Outset { graph, reach: &reach, sizes: &sizes }, output) {
                for id in modules {
                    reach.areas.loads.raise(id, &roots);
                }
            }
        }
        reach
    }

    fn walk(&mut self, root: usize) {
        let mut set = self.needed.nobody();
        Bits::insert(&mut set, root);
        let mut stack = vec![self.roots[root].module()];
        while let Some(id) = stack.pop() {
            if self.needed.raise(id, &set) {
                stack.extend(&self.needs[id.index()]);
            }
        }
    }

    /// Whether a root needs a module.
    pub(super) fn is_needed(&self, root: usize, id: ModuleId) -> bool {
        self.needed.has(id, root)
    }

    /// Whether every root that needs `importer` needs `id`.
    pub(super) fn is_needed_by(&self, id: ModuleId, importer: ModuleId) -> bool {
        self.needed.is_within(importer, id)
    }

    /// Whether everybody who loads a module needs it.
    pub(super) fn is_needed_where_loaded(&self, id: ModuleId) -> bool {
        self.needed.set(id) == self.areas.loads.set(id)
    }

    /// Modules that more roots load than need, with those that need them.
    pub(super) fn spare(&self) -> FxHashMap<ModuleId, Vec<usize>> {
        let all = (0..self.needs.len()).map(ModuleId::from_index);
        let spare = all.filter(|id| !self.is_needed_where_loaded(*id));
        spare.map(|id| (id, Bits::roots(self.needed.set(id)).collect())).collect()
    }

    /// The spec's evaluation order from a root, as far as the root needs it.
    pub(super) fn evaluation_order(&self, root: usize, graph: &ModuleGraph) -> Vec<ModuleId> {
        let mut order = order::static_closure(self.roots[root].module(), graph);
        order.retain(|id| self.is_needed(root, *id));
        order
    }

    /// Modules that ship together, without what runs in them: the entries' groups first, then by their first module.
    pub(super) fn groups(&self, graph: &ModuleGraph) -> Groups {
        let loads = &self.areas.loads;
        let mut groups: Vec<Group> = Vec::new();
        let mut by_set: FxHashMap<(Option<usize>, Vec<u64>), usize> = FxHashMap::default();
        for (root, entrance) in self.roots.iter().enumerate() {
            let Root::Entry(entrance) = entrance else { continue };
            let mut set = loads.nobody();
            Bits::insert(&mut set, root);
            by_set.insert((None, set), groups.len());
            groups.push(Group { entrance: Some(*entrance), ..empty(vec![root]) });
        }
        let mut homes = vec![None; self.needs.len()];
        for (index, home) in homes.iter_mut().enumerate() {
            let id = ModuleId::from_index(index);
            if loads.is_empty(id) {
                continue;
            }
            let bundle = self.areas.homes[index];
            let group = *by_set.entry((bundle, loads.set(id).to_vec())).or_insert_with(|| {
                let roots = Bits::roots(loads.set(id)).collect();
                groups.push(Group { bundle, ..empty(roots) });
                groups.len() - 1
            });
            groups[group].modules.push(id);
            *home = Some(group);
        }
        let mut groups = Groups { groups, homes };
        for group in 0..groups.groups.len() {
            groups.groups[group].imports = self.imports((group, &[]), &groups, graph);
        }
        for root in (0..self.roots.len()).filter(|_| self.is_joined) {
            let Root::Entry(_) = self.roots[root] else { continue };
            let sheets = self.sheets_apart(root, &groups, graph);
            if !sheets.is_empty() {
                groups.groups[root].imports = self.imports((root, &sheets), &groups, graph);
            }
        }
        // What the entry that is in its script waits for has to be there too.
        for group in 0..groups.groups.len() {
            let entry = groups.groups[group].bundle.and_then(|bundle| self.areas.entries[bundle]);
            let more = entry.map(|entry| groups.groups[entry].imports.clone()).unwrap_or_default();
            let imports = &mut groups.groups[group].imports;
            let new: Vec<usize> =
                more.into_iter().filter(|other| *other != group && !imports.contains(other)).collect();
            imports.extend(new);
        }
        groups
    }

    /// The groups with sheets that an entry needs, and that no script brings: those that ask for them are on more pages.
    fn sheets_apart(&self, root: usize, groups: &Groups, graph: &ModuleGraph) -> Vec<usize> {
        let mut brought = FxHashSet::from_iter([root]);
        let mut stack = vec![root];
        while let Some(group) = stack.pop() {
            stack.extend(groups.groups[group].imports.iter().filter(|import| brought.insert(**import)));
        }
        let order = self.evaluation_order(root, graph).into_iter().filter(|id| graph.module(*id).is_style());
        unique(order.filter_map(|id| groups.homes[id.index()]).filter(|home| !brought.contains(home)))
    }

    /// The groups that a group needs, `more` among them, in the order in which its only root needs them, or else in that of their modules.
    fn imports(&self, (group, more): (usize, &[usize]), groups: &Groups, graph: &ModuleGraph) -> Vec<usize> {
        let found = &groups.groups[group];
        let mut needed: FxHashSet<usize> =
            found.entrance.and_then(|e| groups.homes[e.module.index()]).into_iter().collect();
        for &id in &found.modules {
            // A dynamic import of what every page with this script has anyway costs no request.
            let at_hand = self.dynamic[id.index()].iter().filter(|to| self.areas.loads.is_within(id, **to));
            // Where not everybody has a sheet, entries bring it that need it.
            let is_brought = |to: &&ModuleId| !graph.module(**to).is_style() || self.areas.loads.is_within(id, **to);
            let needs = self.needs[id.index()].iter().filter(is_brought);
            needed.extend(needs.chain(at_hand).filter_map(|to| groups.homes[to.index()]));
        }
        needed.extend(more);
        needed.remove(&group);
        let order = match found.only_root() {
            Some(root) => self.evaluation_order(root, graph),
            None => Vec::new(),
        };
        let mut imports: Vec<usize> = unique(order.iter().filter_map(|id| groups.homes[id.index()]));
        imports.retain(|import| needed.remove(import));
        let mut rest: Vec<usize> = needed.into_iter().collect();
        rest.sort_unstable_by_key(|other| groups.groups[*other].modules.first().copied());
        imports.extend(rest);
        imports
    }
}

/// Groups, and which of them each module is in.
pub(super) struct Groups {
    pub(super) groups: Vec<Group>,
    pub(super) homes: Vec<Option<usize>>,
}

fn empty(roots: Vec<usize>) -> Group {
    Group { entrance: None, bundle: None, roots, modules: Vec::new(), imports: Vec::new(), sequence: Vec::new() }
}

/// About how many bytes of a module's source stay.
fn size(module: &Module, part: Option<&LinkedModule>) -> u64 {
    let Some(part) = part else { return 0 };
    let (all, live) = (part.live.len().max(1) as u64, part.live.iter().filter(|live| **live).count() as u64);
    module.source.text.len() as u64 * live / all
}

/// What a module needs when it runs, and what it imports dynamically.
fn needs(id: ModuleId, part: &LinkedModule, exports: &Exports<'_>) -> (Vec<ModuleId>, Vec<ModuleId>) {
    let graph = exports.graph();
    let module = graph.module(id);
    let (mut now, mut later) = (Vec::new(), Vec::new());
    for (request, target) in module.record.requests.iter().zip(&module.targets) {
        if let (RequestKind::Import, Target::Module(to)) = (&request.kind, target)
            && graph.module(*to).has_side_effects
        {
            now.push(*to);
        }
    }
    now.extend(&part.runs);
    // In a registry it is decided already what runs first.
    now.extend(part.prologue.iter().filter_map(|step| match step {
        Step::Module(to) => Some(*to),
        Step::External(_) => None,
    }));
    let members = part.members.iter().map(|m| &m.resolved);
    let exported = part.exported.iter().map(|(_, resolved)| resolved);
    now.extend(part.resolved.iter().flatten().chain(members).chain(exported).filter_map(owner));
    if part.needs_namespace {
        now.extend(exports.dynamic_stars(id).into_iter().filter_map(|target| match target {
            Target::Module(to) => Some(to),
            Target::External(_) | Target::Missing | Target::Text(_) | Target::None => None,
        }));
    }
    for request in live_requests(module, part) {
        let Target::Module(to) = *module.target(request) else { continue };
        match module.record.requests[request.0 as usize].kind {
            RequestKind::Dynamic => later.push(to),
            RequestKind::Require | RequestKind::Context(_) | RequestKind::Glob(_) | RequestKind::Polyfill => {
                now.push(to);
            }
            RequestKind::Import
            | RequestKind::RequireResolve
            | RequestKind::Url
            | RequestKind::Worker
            | RequestKind::Runtime => {}
        }
    }
    (now, later)
}

/// The module that something imported is in.
pub(super) fn owner(resolved: &Resolved) -> Option<ModuleId> {
    match resolved {
        Resolved::Symbol(symbol) => Some(symbol.module),
        Resolved::Namespace(of) | Resolved::Dynamic { module: of, .. } | Resolved::Constant(of, _) => Some(*of),
        Resolved::CommonJs(interop) => Some(interop.of),
        Resolved::External(_) | Resolved::Missing => None,
    }
}

/// Each once, in the order of first mention.
fn unique<T: Copy + Eq + std::hash::Hash>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = FxHashSet::default();
    all.filter(|each| seen.insert(*each)).collect()
}
