//! Modules without side effects whose names reach their users through a wrapped module that does
//! not need them itself: `export { a } from "pure"`. The wrapped module does not run them, so their
//! users do.

use rustc_hash::FxHashSet;

use crate::{
    link::{
        LinkedModule, Step, chunk_assignment::ChunkAssignment, evaluation_order,
        model::ProgramModules,
    },
    module::{ModuleGraph, ModuleId},
    plan::Wrap,
};

/// Adds such modules to the prologues of wrapped modules that use them.
pub(super) fn into_prologues(
    assignment: &ChunkAssignment,
    graph: &ModuleGraph,
    modules: &mut [Option<LinkedModule>],
) {
    for index in 0..modules.len() {
        let Some(linked) = modules[index].as_ref().filter(|m| m.wrap != Wrap::Hoisted) else {
            continue;
        };
        let mut ran = Executed::new(assignment, ProgramModules { graph, linked: modules });
        let id = ModuleId::from_index(index);
        if ran.candidates(id).next().is_none() {
            continue;
        }
        let prologue = ran.with_missing(linked.prologue.clone(), id);
        if let Some(linked) = &mut modules[index] {
            linked.prologue = prologue;
        }
    }
}

/// The modules that some steps have run, with everything in the prologues of these steps.
pub(super) struct Executed<'m> {
    assignment: &'m ChunkAssignment,
    modules: ProgramModules<'m>,
    done: FxHashSet<ModuleId>,
}

impl<'m> Executed<'m> {
    /// Starts before the first step.
    pub fn new(assignment: &'m ChunkAssignment, modules: ProgramModules<'m>) -> Self {
        Self { assignment, modules, done: FxHashSet::default() }
    }

    /// Takes the steps before a module, and returns them with the steps that the module lacks.
    pub fn with_missing(&mut self, mut steps: Vec<Step>, id: ModuleId) -> Vec<Step> {
        self.take(&steps);
        let missing: FxHashSet<ModuleId> =
            self.candidates(id).filter(|needed| !self.done.contains(needed)).collect();
        if !missing.is_empty() {
            // Modules that are only required run at their `require` calls.
            let imported = evaluation_order::static_closure(id, self.modules.graph);
            let missing = imported.into_iter().filter(|imported| missing.contains(imported));
            let from = steps.len();
            steps.extend(missing.map(Step::Module));
            self.take(&steps[from..]);
        }
        steps
    }

    /// Takes a step of a sequence, and returns it after the steps that it lacks.
    pub fn before(&mut self, step: Step) -> Vec<Step> {
        let mut steps = match step {
            Step::Module(id) if !self.modules.is_wrapped(id) => self.with_missing(Vec::new(), id),
            Step::Module(_) | Step::External(_) => Vec::new(),
        };
        self.take(&[step]);
        steps.push(step);
        steps
    }

    /// Whether a module of a script runs before a hoisted module without side effects that it uses
    /// and that is in the script too. `is_here`: whether a module is in the script.
    pub fn is_out_of_order(
        &mut self,
        sequence: &[Step],
        is_here: impl Fn(ModuleId) -> bool,
    ) -> bool {
        let hoisted = |needed: &ModuleId| {
            is_here(*needed)
                && !self.modules.graph.module(*needed).has_side_effects
                && !self.modules.is_wrapped(*needed)
        };
        for id in evaluation_order::modules_of(sequence) {
            let mut stack = vec![id];
            while let Some(id) = stack.pop() {
                if !is_here(id) || !self.done.insert(id) {
                    continue;
                }
                let mut needs = self.assignment.needs[id.index()].iter().filter(|id| hoisted(id));
                if needs.any(|needed| !self.done.contains(needed)) {
                    return true;
                }
                if let Some(linked) = self.modules.linked(id) {
                    stack.extend(evaluation_order::modules_of(&linked.prologue));
                }
            }
        }
        false
    }

    fn take(&mut self, steps: &[Step]) {
        let mut stack = evaluation_order::modules_of(steps);
        while let Some(id) = stack.pop() {
            if self.done.insert(id)
                && let Some(linked) = self.modules.linked(id)
            {
                stack.extend(evaluation_order::modules_of(&linked.prologue));
            }
        }
    }

    /// Iterates over the modules without side effects that a module uses and that run when called.
    fn candidates(&self, id: ModuleId) -> impl Iterator<Item = ModuleId> + use<'m> {
        let modules = self.modules;
        let is_called = move |needed: &ModuleId| {
            *needed != id
                && !modules.graph.module(*needed).has_side_effects
                && modules.is_wrapped(*needed)
        };
        self.assignment.needs[id.index()].iter().copied().filter(is_called)
    }
}
