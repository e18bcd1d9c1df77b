//! Gives the private members of classes short names. Only code inside the class sees such a name,
//! and no code reaches it by its text, except a direct `eval`.

use std::cmp::Reverse;

use bundle_graph::chunk::names::{is_reserved, short};
use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_ecma_ast::{Module, PrivateName};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

/// Renames all private members. A name gets the same new name in every class, and those with the
/// most mentions get the shortest.
pub(super) fn shorten(module: &mut Module) {
    let mut mentions = Mentions::default();
    module.visit_with(&mut mentions);
    let mut names = mentions.names;
    names.sort_by_key(|(_, count)| Reverse(*count));
    let new = (0..).map(short).filter(|name| !is_reserved(name)).map(Atom::from);
    let names = names.into_iter().map(|(name, _)| name).zip(new).collect();
    module.visit_mut_with(&mut Rename { names });
}

/// Counts the mentions of each name.
#[derive(Default)]
struct Mentions {
    /// In the order of their first mention.
    names: Vec<(Atom, u32)>,
    places: FxHashMap<Atom, usize>,
}

impl Visit for Mentions {
    noop_visit_type!();

    fn visit_private_name(&mut self, private: &PrivateName) {
        let place = *self.places.entry(private.name.clone()).or_insert_with(|| {
            self.names.push((private.name.clone(), 0));
            self.names.len() - 1
        });
        self.names[place].1 += 1;
    }
}

struct Rename {
    names: FxHashMap<Atom, Atom>,
}

impl VisitMut for Rename {
    noop_visit_mut_type!();

    fn visit_mut_private_name(&mut self, private: &mut PrivateName) {
        if let Some(new) = self.names.get(&private.name) {
            private.name = new.clone();
        }
    }
}
