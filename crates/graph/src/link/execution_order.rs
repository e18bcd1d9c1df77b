//! Execution order: which modules are wrapped because they would run too early. The hoisted modules
//! of a script run together when the script runs, and a script that several entries need runs
//! before each of them. That is not always where the specification runs each module.
//!
//! So the evaluation of every entry point is simulated with the scripts as they are, and compared
//! with the order of the specification. If a module runs too early and that is observable, the
//! hoisted module that causes it is wrapped, and the simulation starts again. Once all shared
//! modules are wrapped, an entry calls each module exactly where the specification runs it, so this
//! ends.
//!
//! Each simulation starts with no module evaluated. That is enough: a set of evaluated modules is
//! closed under imports, and leaving it out of both orders changes neither.
//! docs/design/execution-order.md has a worked example.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    link::{
        EntryPoint, Group, LinkedModule, Resolved, Step,
        chunk_assignment::{ChunkAssignment, Groups},
        evaluation_order::{self, ModuleLocation},
        model::ProgramModules,
        pure_reexports::{self, Executed},
        wrap,
    },
    module::{ModuleGraph, ModuleId},
    plan::Wrap,
    record::{Effects, SymbolKind},
};

/// The most rounds of simulating and wrapping. If a program needs more, all its shared modules are
/// wrapped.
const MAX_ROUNDS: usize = 50;

/// Returns the groups with what runs in them, and wraps modules until every entry point evaluates
/// in the order of the specification.
pub(super) fn settle(
    assignment: &ChunkAssignment,
    graph: &ModuleGraph,
    modules: &mut [Option<LinkedModule>],
) -> Vec<Group> {
    let mut groups = assignment.groups(graph);
    let observable: Vec<bool> =
        (0..modules.len()).map(|index| is_observable(index, graph, modules)).collect();
    wrap_unneeded(assignment, &observable, modules);
    for round in 0.. {
        // Only modules that use a name of a module without side effects run it.
        wrap::prologues(graph, modules, None, |id, importer| {
            let is_wanted = graph.module(id).has_side_effects
                || assignment.needs[importer.index()].contains(&id);
            is_wanted && assignment.is_needed_by(id, importer)
        });
        pure_reexports::into_prologues(assignment, graph, modules);
        let mut causes = FxHashMap::default();
        for group in 0..groups.groups.len() {
            groups.groups[group].sequence = sequence(
                group,
                &groups,
                assignment,
                ProgramModules { graph, linked: modules },
                &mut causes,
            );
            import_called_groups(group, &mut groups, modules);
        }
        let simulation = Simulation {
            assignment,
            groups: &groups,
            modules: ProgramModules { graph, linked: modules },
            observable: &observable,
            causes,
        };
        let early = simulation.early();
        if early.is_empty() {
            break;
        }
        let wrapped = if round < MAX_ROUNDS {
            with_importers(&early, &groups, assignment)
        } else {
            shared_modules(&groups)
        };
        for id in wrapped {
            if let Some(linked) = modules[id.index()].as_mut().filter(|m| m.wrap == Wrap::Hoisted) {
                linked.wrap = Wrap::Lazy;
            }
        }
        assert!(round <= MAX_ROUNDS, "with everything shared wrapped, the order is the spec's");
    }
    read_externals(&mut groups.groups, modules);
    groups.groups
}

/// Wraps the modules that are loaded where they are not needed, if running them is observable. A
/// manual chunk is loaded by pages that need only some of its modules: the others must not run
/// until they are called, and neither must the modules that need them.
fn wrap_unneeded(
    assignment: &ChunkAssignment,
    observable: &[bool],
    modules: &mut [Option<LinkedModule>],
) {
    let is_unneeded =
        |index: usize| !assignment.is_needed_where_loaded(ModuleId::from_index(index));
    if !(0..modules.len()).any(is_unneeded) {
        return;
    }
    let mut importers: Vec<Vec<usize>> = vec![Vec::new(); modules.len()];
    for (importer, needs) in assignment.needs.iter().enumerate() {
        for needed in needs {
            importers[needed.index()].push(importer);
        }
    }
    let mut is_observable = vec![false; modules.len()];
    let mut stack: Vec<usize> = (0..modules.len()).filter(|index| observable[*index]).collect();
    while let Some(index) = stack.pop() {
        if !std::mem::replace(&mut is_observable[index], true) {
            stack.extend(&importers[index]);
        }
    }
    let unneeded = modules
        .iter_mut()
        .enumerate()
        .filter(|(index, _)| is_observable[*index] && is_unneeded(*index));
    for (_, linked) in unneeded {
        if let Some(linked) = linked.as_mut().filter(|m| m.wrap == Wrap::Hoisted) {
            linked.wrap = Wrap::Lazy;
        }
    }
}

/// Makes a group import the groups of the wrapped modules that it calls. It may call modules that
/// none of its own modules needs, so that they run where the specification runs them.
fn import_called_groups(group: usize, groups: &mut Groups, modules: &[Option<LinkedModule>]) {
    let found = &groups.groups[group];
    let prologues = found
        .modules
        .iter()
        .filter_map(|id| modules[id.index()].as_ref())
        .flat_map(|m| &m.prologue);
    let home = |step: &Step| match step {
        Step::Module(id) => groups.homes[id.index()],
        Step::External(_) => None,
    };
    let called: Vec<usize> = found.sequence.iter().chain(prologues).filter_map(home).collect();
    let imports = &mut groups.groups[group].imports;
    for home in called {
        if home != group && !imports.contains(&home) {
            imports.push(home);
        }
    }
}

/// Adds steps that read the externals whose values reach a module through other scripts: each
/// script reads them for itself.
fn read_externals(groups: &mut [Group], modules: &mut [Option<LinkedModule>]) {
    for group in groups {
        let mut known: FxHashSet<Step> = group.sequence.iter().copied().collect();
        let mut early = Vec::new();
        for id in &group.modules {
            let Some(linked) = &mut modules[id.index()] else { continue };
            let steps: Vec<Step> = linked.externals().map(Step::External).collect();
            for step in steps {
                if linked.wrap == Wrap::Hoisted && known.insert(step) {
                    early.push(step);
                }
                if linked.wrap != Wrap::Hoisted && !linked.prologue.contains(&step) {
                    linked.prologue.push(step);
                }
            }
        }
        group.sequence.splice(0..0, early);
    }
}

/// Whether it is observable when a module runs: it has effects, or reads values that may change.
fn is_observable(index: usize, graph: &ModuleGraph, modules: &[Option<LinkedModule>]) -> bool {
    let Some(linked) = &modules[index] else { return false };
    let module = &graph.modules[index];
    if module.is_commonjs() {
        return true;
    }
    let live = module
        .record
        .statements
        .iter()
        .zip(&linked.live)
        .filter(|(_, live)| **live)
        .map(|(s, _)| s);
    live.into_iter().any(|statement| {
        let reads_changing = statement.eager_reads.iter().any(|(symbol, _)| {
            match &linked.resolved[symbol.0 as usize] {
                Some(Resolved::Symbol(of)) => {
                    graph.module(of.module).record.symbols[of.symbol.0 as usize].is_reassigned
                }
                Some(Resolved::Namespace(_) | Resolved::Constant(..) | Resolved::Missing) => false,
                Some(Resolved::CommonJs(_) | Resolved::External(_) | Resolved::Dynamic { .. }) => {
                    true
                }
                None => module.record.symbols[symbol.0 as usize].kind == SymbolKind::Imported,
            }
        });
        statement.effects == Effects::Any || reads_changing
    })
}

/// Returns what runs at the top level of a group's script. `causes`: per group and module that runs
/// there, the hoisted module that causes it to run; no hoisted module if an entry point itself
/// calls it.
fn sequence(
    group: usize,
    groups: &Groups,
    assignment: &ChunkAssignment,
    modules: ProgramModules<'_>,
    causes: &mut FxHashMap<(usize, ModuleId), ModuleId>,
) -> Vec<Step> {
    let found = &groups.groups[group];
    if let Some(entry_point) = &found.only_entry_point() {
        let place = |id: ModuleId| match groups.homes[id.index()] {
            Some(home) if home == group => ModuleLocation::Here,
            Some(_) if assignment.is_needed(*entry_point, id) => ModuleLocation::Elsewhere,
            Some(_) | None => ModuleLocation::Nowhere,
        };
        let start = assignment.entry_points[*entry_point];
        let own = found.modules.iter().filter_map(|id| modules.linked(*id));
        let used = evaluation_order::used_externals(own);
        let walk = |enters_all| {
            evaluation_order::sequence_of_root(start.module(), &used, modules, place, enters_all)
        };
        let mut sequence = walk(false);
        let is_here = |id: ModuleId| groups.homes[id.index()] == Some(group);
        if Executed::new(assignment, modules).is_out_of_order(&sequence, is_here) {
            let kept: FxHashSet<Step> = sequence.iter().copied().collect();
            sequence = walk(true);
            sequence.retain(|step| match step {
                Step::Module(id) if is_here(*id) => true,
                Step::Module(_) | Step::External(_) => kept.contains(step),
            });
        }
        // A wrapped target of `import()` is run by the `import()` itself.
        let is_start = |step: &Step| {
            matches!(
                (start, step),
                (EntryPoint::Dynamic(entry_point), Step::Module(id)) if entry_point == *id
            )
        };
        sequence.retain(|step| !is_start(step) || modules.is_hoisted(start.module()));
        // The sequence lacks the modules that only wrapped modules of the group import.
        let in_sequence: FxHashSet<Step> = sequence.iter().copied().collect();
        let is_missing = |id: &ModuleId| !in_sequence.contains(&Step::Module(*id));
        let missing = found.modules.iter().copied().filter(is_missing);
        let mut ran = Executed::new(assignment, modules);
        let steps = hoisted(missing, assignment, modules, &mut ran);
        let steps = steps.into_iter().map(|(step, _)| step);
        return steps.chain(sequence.into_iter().flat_map(|step| ran.before(step))).collect();
    }
    let mut ran = Executed::new(assignment, modules);
    let all = found.modules.iter().copied();
    let steps = hoisted(all, assignment, modules, &mut ran);
    for (step, cause) in &steps {
        if let Step::Module(id) = step {
            causes.insert((group, *id), *cause);
        }
    }
    steps.into_iter().map(|(step, _)| step).collect()
}

/// Returns what runs if the hoisted modules among `modules` run in turn, each step with the module
/// that causes it. Before each hoisted module, the wrapped modules that it imports run.
fn hoisted(
    ids: impl Iterator<Item = ModuleId>,
    assignment: &ChunkAssignment,
    modules: ProgramModules<'_>,
    ran: &mut Executed<'_>,
) -> Vec<(Step, ModuleId)> {
    let mut steps = Vec::new();
    let mut seen = FxHashSet::default();
    for id in ids.filter(|id| modules.is_hoisted(*id)) {
        let is_needed = |needed| assignment.is_needed_by(needed, id);
        let prologue = evaluation_order::prologue(id, modules, None, is_needed);
        let prologue = ran.with_missing(prologue, id);
        steps.extend(prologue.into_iter().filter(|step| seen.insert(*step)).map(|step| (step, id)));
        steps.push((Step::Module(id), id));
    }
    steps
}

/// Returns the modules to wrap, with all modules of the same scripts that import them. If these
/// importers stayed hoisted, they would call the modules just as early.
fn with_importers(
    early: &FxHashSet<ModuleId>,
    groups: &Groups,
    assignment: &ChunkAssignment,
) -> FxHashSet<ModuleId> {
    let mut importers: FxHashMap<ModuleId, Vec<ModuleId>> = FxHashMap::default();
    for &id in
        groups.groups.iter().filter(|g| g.only_entry_point().is_none()).flat_map(|g| &g.modules)
    {
        for needed in &assignment.needs[id.index()] {
            if groups.homes[needed.index()] == groups.homes[id.index()] {
                importers.entry(*needed).or_default().push(id);
            }
        }
    }
    let mut found = FxHashSet::default();
    let mut stack: Vec<ModuleId> = early.iter().copied().collect();
    while let Some(id) = stack.pop() {
        if found.insert(id) {
            stack.extend(importers.get(&id).into_iter().flatten());
        }
    }
    found
}

fn shared_modules(groups: &Groups) -> FxHashSet<ModuleId> {
    groups
        .groups
        .iter()
        .filter(|g| g.only_entry_point().is_none())
        .flat_map(|g| g.modules.iter().copied())
        .collect()
}

/// The input of the simulation.
struct Simulation<'a> {
    assignment: &'a ChunkAssignment,
    groups: &'a Groups,
    modules: ProgramModules<'a>,
    observable: &'a [bool],
    causes: FxHashMap<(usize, ModuleId), ModuleId>,
}

impl Simulation<'_> {
    /// Returns the hoisted modules that cause some module to run too early, for any entry point.
    fn early(&self) -> FxHashSet<ModuleId> {
        let mut found = FxHashSet::default();
        let mut places =
            [OrderPositions::of(self.observable.len()), OrderPositions::of(self.observable.len())];
        for entry_point in 0..self.assignment.entry_points.len() {
            let expected = self.assignment.evaluation_order(entry_point, self.modules.graph);
            if expected.iter().any(|id| self.is_shared(*id)) {
                let actual = Evaluation::of(entry_point, self).order;
                self.compare(expected, &actual, &mut places, &mut found);
            }
        }
        found
    }

    fn is_shared(&self, id: ModuleId) -> bool {
        self.groups.homes[id.index()]
            .is_some_and(|home| self.groups.groups[home].only_entry_point().is_none())
    }

    /// Compares two orders and adds the causes of early modules to `found`. `expected`: the order
    /// of the specification. `actual`: the simulated order, each module with the hoisted module
    /// that causes it to run.
    fn compare(
        &self,
        expected: &[ModuleId],
        actual: &[(ModuleId, Option<ModuleId>)],
        [expected_places, times]: &mut [OrderPositions; 2],
        found: &mut FxHashSet<ModuleId>,
    ) {
        expected_places.fill(expected.iter().copied());
        times.fill(actual.iter().map(|(id, _)| *id));
        // The smallest expected place of an observable module among those that run from here on.
        let mut first = usize::MAX;
        for (time, (id, cause)) in actual.iter().enumerate().rev() {
            let Some(own) = expected_places.get(*id) else { continue };
            if self.observable[id.index()] {
                if own > first {
                    found.extend(*cause);
                }
                first = first.min(own);
            }
            // A module that uses a name can see whether the module of the name has run.
            for needed in &self.assignment.needs[id.index()] {
                let (Some(its_place), Some(its_time)) =
                    (expected_places.get(*needed), times.get(*needed))
                else {
                    continue;
                };
                if (its_place < own) != (its_time < time) {
                    found.extend(actual[time.min(its_time)].1);
                }
            }
        }
    }
}

/// The place of each module in an order. One table is reused for many orders, to save allocations.
struct OrderPositions {
    /// By module: its place, and the number of the order that it belongs to.
    places: Vec<(u32, u32)>,
    order: u32,
}

impl OrderPositions {
    fn of(modules: usize) -> Self {
        Self { places: vec![(0, 0); modules], order: 0 }
    }

    /// Replaces the order.
    fn fill(&mut self, order: impl Iterator<Item = ModuleId>) {
        self.order += 1;
        for (place, id) in (0..).zip(order) {
            self.places[id.index()] = (place, self.order);
        }
    }

    fn get(&self, id: ModuleId) -> Option<usize> {
        let (place, order) = self.places[id.index()];
        (order == self.order).then_some(place as usize)
    }
}

/// The simulated evaluation of one entry point.
struct Evaluation<'a> {
    simulation: &'a Simulation<'a>,
    order: Vec<(ModuleId, Option<ModuleId>)>,
    has_started: Vec<bool>,
}

impl<'a> Evaluation<'a> {
    fn of(entry_point: usize, simulation: &'a Simulation<'a>) -> Self {
        let has_started = vec![false; simulation.observable.len()];
        let mut evaluation = Self { simulation, order: Vec::new(), has_started };
        let start = simulation.assignment.entry_points[entry_point];
        let first = match start {
            // The groups of entries are the first ones, in the order of entries.
            EntryPoint::Static(_) => Some(entry_point),
            EntryPoint::Dynamic(module) => simulation.groups.homes[module.index()],
        };
        for group in first.map(|first| run_order(first, simulation.groups)).unwrap_or_default() {
            for step in &simulation.groups.groups[group].sequence {
                if let Step::Module(id) = step {
                    evaluation.run(*id, simulation.causes.get(&(group, *id)).copied());
                }
            }
        }
        if matches!(start, EntryPoint::Dynamic(_)) {
            evaluation.run(start.module(), None);
        }
        evaluation
    }

    /// Runs a module if it has not run, after the modules that its prologue calls. A loop, because
    /// chains may be thousands of modules long.
    fn run(&mut self, id: ModuleId, cause: Option<ModuleId>) {
        let mut stack: Vec<(ModuleId, std::slice::Iter<'_, Step>)> = Vec::new();
        let mut next = Some(id);
        loop {
            let is_new =
                |id: &ModuleId| !std::mem::replace(&mut self.has_started[id.index()], true);
            if let Some(id) = next.take().filter(is_new) {
                let prologue = self.simulation.modules.linked(id).map_or(&[][..], |m| &m.prologue);
                stack.push((id, prologue.iter()));
            }
            let Some((id, rest)) = stack.last_mut() else { return };
            match rest.next() {
                Some(Step::Module(needed)) => next = Some(*needed),
                Some(Step::External(_)) => {}
                None => {
                    self.order.push((*id, cause));
                    stack.pop();
                }
            }
        }
    }
}

/// Returns the groups that run when `first` is loaded, in order: each after those it imports.
fn run_order(first: usize, groups: &Groups) -> Vec<usize> {
    let mut seen = FxHashSet::from_iter([first]);
    let mut order = Vec::new();
    let mut stack = vec![(first, groups.groups[first].imports.iter())];
    while let Some((group, rest)) = stack.last_mut() {
        match rest.next() {
            Some(import) if seen.insert(*import) => {
                stack.push((*import, groups.groups[*import].imports.iter()));
            }
            Some(_) => {}
            None => {
                order.push(*group);
                stack.pop();
            }
        }
    }
    order
}
