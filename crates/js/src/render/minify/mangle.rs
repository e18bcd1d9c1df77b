//! Letters for local names. Slots stay: who joins the pieces names them.

use std::cell::RefCell;

use bundle_graph::chunk::names::{is_reserved, short};
use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_common::Mark;
use swc_ecma_ast::{Id, Module};
use swc_ecma_transforms_base::{
    hygiene,
    rename::{Renamer, renamer},
};
use swc_ecma_visit::VisitMutWith;

use super::slot::is_slot;

/// Renames every local. Names in sight of a direct `eval` or `with` stay.
pub(super) fn run(module: &mut Module, top_level_mark: Mark, has_eval: bool) {
    let config = hygiene::Config { keep_class_names: false, top_level_mark, ignore_eval: !has_eval };
    module.visit_mut_with(&mut renamer(config, Letters::default()));
}

/// The same with names that want a place of their own in the order of names, and others that stay.
pub(super) fn by_frequency(
    module: &mut Module,
    top_level_mark: Mark,
    places: FxHashMap<Id, usize>,
    stay: FxHashSet<Id>,
) {
    let config = hygiene::Config { keep_class_names: false, top_level_mark, ignore_eval: true };
    module.visit_mut_with(&mut renamer(config, Letters { places: RefCell::new(places), stay }));
}

#[derive(Default)]
struct Letters {
    /// Names that want to be the n-th. Asked a second time, the first that is free will do.
    places: RefCell<FxHashMap<Id, usize>>,
    stay: FxHashSet<Id>,
}

impl Renamer for Letters {
    type Target = Atom;

    const MANGLE: bool = true;
    const RESET_N: bool = false;

    /// `n` counts the names that were tried in this scope.
    fn new_name_for(&self, original: &Id, n: &mut usize) -> Atom {
        // Functions may read what the page knows by a name that stays.
        let is_free = |name: &String| !is_reserved(name) && !self.stay.iter().any(|(stays, _)| *stays == **name);
        if let Some(place) = self.places.borrow_mut().remove(original) {
            let wanted = short(place);
            if is_free(&wanted) {
                return wanted.into();
            }
        }
        loop {
            let name = short(*n);
            *n += 1;
            if is_free(&name) {
                return name.into();
            }
        }
    }

    fn preserve_name(&self, original: &Id) -> bool {
        is_slot(&original.0) || self.stay.contains(original)
    }
}
