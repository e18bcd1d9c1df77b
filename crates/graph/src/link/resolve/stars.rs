//! Which `export *` of a module may have a name. Barrels have hundreds of them, and each name of
//! each importer is looked up.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{Exports, FEW};
use crate::module::{ModuleId, Target};

/// The `export *` of a module, by their positions.
pub(super) struct Stars<'g> {
    /// Those that lead to a module with an export of this name.
    by_name: FxHashMap<&'g str, Vec<usize>>,
    /// Those that may have any name at run time.
    dynamic: Vec<usize>,
}

impl<'g> Exports<'g> {
    /// Returns the positions of the `export *` of a module that may have a name.
    pub(super) fn stars_with(&self, module: ModuleId, name: &str) -> Vec<usize> {
        let count = self.graph.module(module).record.stars.len();
        if count <= FEW {
            return (0..count).collect();
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
        positions
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
