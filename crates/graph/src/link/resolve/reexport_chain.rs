//! Which re-exports lead from a module to the declaration of a name that it exports. Diagnostics
//! and tree shaking use it.

use super::{Conflict, ExportLookup, Exports};
use crate::{
    module::{ModuleId, SymbolRef, Target},
    record::{Import, ImportName},
};

impl Exports<'_> {
    /// Returns the cycle of re-exports that the look-up of a name ends in: each module with the
    /// name that it is asked for.
    pub fn cycle(&self, module: ModuleId, name: &str) -> Vec<(ModuleId, String)> {
        let mut steps: Vec<(ModuleId, String)> = Vec::new();
        let mut at = (module, name.to_owned());
        loop {
            if let Some(start) = steps.iter().position(|step| *step == at) {
                return steps.split_off(start);
            }
            let (module, name) = at.clone();
            steps.push(at);
            let symbol = self.own(module, &name);
            let import = symbol.and_then(|symbol| self.import_of(SymbolRef { module, symbol }));
            let Some(Import { name: ImportName::Named(next), request, .. }) = import else {
                return steps;
            };
            let Target::Module(to) = self.graph.module(module).target(*request) else {
                return steps;
            };
            at = (*to, next.clone());
        }
    }

    /// Returns the module that `module` re-exports a name from, and the name of the export there;
    /// `None`: `module` declares it itself, or it is a namespace.
    pub fn passed_on(&self, module: ModuleId, name: &str) -> Option<(ModuleId, String)> {
        let Some(symbol) = self.own(module, name) else {
            let has = |to: ModuleId| matches!(self.export(to, name), ExportLookup::Yes(_));
            let targets = self.star_targets_with(module, name).into_iter();
            let mut modules = targets.filter_map(|target| match target {
                Target::Module(to) if !self.graph.module(*to).is_commonjs() => Some(*to),
                Target::Module(_)
                | Target::External(_)
                | Target::Missing
                | Target::Text(_)
                | Target::None => None,
            });
            return modules.find(|to| has(*to)).map(|to| (to, name.to_owned()));
        };
        let import = self.import_of(SymbolRef { module, symbol })?;
        match (self.graph.module(module).target(import.request), &import.name) {
            (Target::Module(to), ImportName::Named(next)) => Some((*to, next.clone())),
            (_, _) => None,
        }
    }

    /// Returns the conflict of two `export *` that decides what `module` exports as `name`, after
    /// that was looked up.
    pub fn conflict(&self, module: ModuleId, name: &str) -> Option<Conflict> {
        let mut at = (module, name.to_owned());
        let mut seen = Vec::new();
        // Conflicts are rare, and without any the chain need not be walked.
        while !self.conflicts.borrow().is_empty() && !seen.contains(&at) {
            if let Some(conflict) = self.conflicts.borrow().get(&at) {
                return Some(*conflict);
            }
            let next = self.passed_on(at.0, &at.1)?;
            seen.push(std::mem::replace(&mut at, next));
        }
        None
    }

    /// Returns the re-exports between `module` and the declaration of its export `name`: pairs of
    /// importer and importee, each pair continues the one before.
    pub fn reexport_chain(&self, module: ModuleId, name: &str) -> Vec<(ModuleId, ModuleId)> {
        let mut chain = Vec::new();
        let mut seen = vec![(module, name.to_owned())];
        while let Some((from, name)) =
            seen.last().filter(|(from, _)| !self.graph.module(*from).is_commonjs())
        {
            let from = *from;
            let Some(step) = self.passed_on(from, name) else { break };
            chain.push((from, step.0));
            if seen.contains(&step) {
                break;
            }
            seen.push(step);
        }
        chain
    }
}
