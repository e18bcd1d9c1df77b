//! The names that the `export *` of a module bring, and which `export *` may have a name. Barrels
//! have hundreds of `export *`, and each name of each importer is looked up.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{Exports, FEW, Stars};
use crate::module::{ModuleId, Target};

impl<'g> Exports<'g> {
    /// Returns the names that `export *` of a module and of modules below it bring several times.
    pub(crate) fn repeated(&self, module: ModuleId) -> Vec<String> {
        if self.graph.module(module).record.stars.is_empty() {
            return Vec::new();
        }
        self.below(module).repeated.iter().map(|name| (*name).to_owned()).collect()
    }

    /// Returns the CommonJS modules and externals whose properties `module` re-exports by `export
    /// *`, directly or through other modules.
    pub fn dynamic_stars(&self, module: ModuleId) -> Vec<Target> {
        if self.graph.module(module).record.stars.is_empty() {
            Vec::new()
        } else {
            self.below(module).dynamic.clone()
        }
    }

    /// Returns the targets of those `export *` of a module that may have a name, in order.
    pub(super) fn star_targets_with(&self, module: ModuleId, name: &str) -> Vec<&'g Target> {
        let exporter = self.graph.module(module);
        if exporter.record.stars.len() <= FEW {
            return self.star_targets(module).collect();
        }
        let known = self.stars.borrow().get(&module).map(Rc::clone);
        let stars = known.unwrap_or_else(|| {
            let stars = Rc::new(self.stars_by_name(module));
            self.stars.borrow_mut().insert(module, Rc::clone(&stars));
            stars
        });
        let named = stars.by_name.get(name).into_iter().flatten();
        let mut positions: Vec<usize> = named.chain(&stars.dynamic).copied().collect();
        positions.sort_unstable();
        positions.dedup();
        let target = |position: usize| exporter.target(exporter.record.stars[position].request);
        positions.into_iter().map(target).collect()
    }

    fn stars_by_name(&self, module: ModuleId) -> Stars<'g> {
        let mut stars = Stars { by_name: FxHashMap::default(), dynamic: Vec::new() };
        for (position, target) in self.star_targets(module).enumerate() {
            match target {
                Target::Module(to) if !self.graph.module(*to).is_commonjs() => {
                    let below = self.below(*to);
                    for name in &below.names {
                        stars.by_name.entry(name).or_default().push(position);
                    }
                    if !below.dynamic.is_empty() {
                        stars.dynamic.push(position);
                    }
                }
                Target::Module(_) | Target::External(_) => stars.dynamic.push(position),
                Target::Missing | Target::Text(_) | Target::None => {}
            }
        }
        stars
    }
}
