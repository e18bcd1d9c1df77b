//! Gives local names short names. Slots are kept: the chunk printer names them.

use bundle_graph::chunk::names::{is_reserved, short};
use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_common::Mark;
use swc_ecma_ast::{Id, Module};
use swc_ecma_transforms_base::{
    hygiene,
    rename::{Renamer, renamer},
};
use swc_ecma_visit::VisitMutWith;

use crate::render::slot::is_slot;

/// Renames every local except for those that must be kept. Names in the scope of a direct `eval` or
/// `with` are kept too.
pub(super) fn run(
    module: &mut Module,
    top_level_mark: Mark,
    (has_eval, stay): (bool, FxHashSet<Id>),
) {
    let config =
        hygiene::Config { keep_class_names: false, top_level_mark, ignore_eval: !has_eval };
    module.visit_mut_with(&mut renamer(config, Letters { stay }));
}

struct Letters {
    stay: FxHashSet<Id>,
}

impl Renamer for Letters {
    type Target = Atom;

    const MANGLE: bool = true;
    const RESET_N: bool = false;

    /// `n` counts the names tried in this scope.
    fn new_name_for(&self, _: &Id, n: &mut usize) -> Atom {
        loop {
            let name = short(*n);
            *n += 1;
            // Functions may read a kept name that belongs to the page.
            if !is_reserved(&name) && !self.stay.iter().any(|(stays, _)| **stays == *name) {
                return name.into();
            }
        }
    }

    fn preserve_name(&self, original: &Id) -> bool {
        is_slot(&original.0) || self.stay.contains(original)
    }
}
