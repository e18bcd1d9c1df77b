//! Gives the private members of classes short names. Only code inside the class sees such a name,
//! and no code reaches it by its text, except a direct `eval`.

use std::cmp::Reverse;

use bundle_graph::chunk::names::{is_reserved, short};
use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_ecma_ast::{Class, ClassMember, Key, Module, PrivateName};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

/// Gives private members of inner classes names that no outer class has, so that code of an outer
/// class may move into an inner one. No program has such names: [`shorten`] has to follow.
pub(super) fn set_apart(module: &mut Module) {
    module.visit_mut_with(&mut SetApart::default());
}

#[derive(Default)]
struct SetApart {
    /// For each class around the current place, its names as written, with those that they have
    /// now.
    classes: Vec<FxHashMap<Atom, Atom>>,
}

impl SetApart {
    /// Returns what a name as written is called now.
    fn now(&self, written: &Atom) -> Option<&Atom> {
        self.classes.iter().rev().find_map(|names| names.get(written))
    }
}

impl VisitMut for SetApart {
    noop_visit_mut_type!();

    fn visit_mut_class(&mut self, class: &mut Class) {
        // These are outside the class.
        class.super_class.visit_mut_with(self);
        class.decorators.visit_mut_with(self);
        let depth = self.classes.len();
        let own = class.body.iter().filter_map(private_member).map(|written| {
            let now = match self.now(written) {
                Some(_) => format!("{written} {depth}").into(),
                None => written.clone(),
            };
            (written.clone(), now)
        });
        let own = own.collect();
        self.classes.push(own);
        class.body.visit_mut_with(self);
        self.classes.pop();
    }

    fn visit_mut_private_name(&mut self, private: &mut PrivateName) {
        if let Some(now) = self.now(&private.name) {
            private.name = now.clone();
        }
    }
}

/// Returns the name that a member declares.
fn private_member(member: &ClassMember) -> Option<&Atom> {
    match member {
        ClassMember::PrivateMethod(method) => Some(&method.key.name),
        ClassMember::PrivateProp(field) => Some(&field.key.name),
        ClassMember::AutoAccessor(accessor) => match &accessor.key {
            Key::Private(name) => Some(&name.name),
            Key::Public(_) => None,
        },
        ClassMember::Constructor(_)
        | ClassMember::Method(_)
        | ClassMember::ClassProp(_)
        | ClassMember::TsIndexSignature(_)
        | ClassMember::Empty(_)
        | ClassMember::StaticBlock(_) => None,
    }
}

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
