//! Gives short names to bindings. A binding may have any name that nothing else has where it is
//! mentioned: names of other bindings and free names are avoided only in the scopes that mention
//! them.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_ecma_ast::Module;

use super::{
    rename::respell,
    table::{Kind, Scopes, context_of},
    walk::{Mentions, number_with_mentions},
};

/// Gives the bindings of a program short names: in each scope, the first of a list that are free
/// there. `is_fixed`: these names stay. `next`: gives the names of the list one after the other.
pub(crate) fn shorten(
    module: &mut Module,
    is_strict: bool,
    is_fixed: impl Fn(&str) -> bool,
    mut next: impl FnMut() -> String,
) {
    let (table, mentions) = number_with_mentions(module, is_strict);
    let used = Used::new(&table, &mentions);
    let mut list: Vec<Atom> = Vec::new();
    let mut names: Vec<Atom> = table.bindings.iter().map(|binding| binding.name.clone()).collect();
    let mut declared: Vec<Vec<usize>> = vec![Vec::new(); table.list.len()];
    for (index, binding) in table.bindings.iter().enumerate() {
        declared[binding.scope].push(index);
    }
    let is_catch = |index: &usize| table.bindings[*index].kind == Kind::Catch;
    let of_catch: Vec<bool> = declared.iter().map(|own| own.iter().any(is_catch)).collect();
    for (scope, bindings) in declared.iter().enumerate() {
        // In most functions, another value is called `arguments`, and calls of `eval` are special.
        let is_special = |name: &str| name == "arguments" || name == "eval";
        let stays = |index: &usize| {
            let name = &names[*index];
            table.list[scope].is_dynamic || is_fixed(name) || is_special(name)
        };
        let (fixed, free): (Vec<usize>, Vec<usize>) = bindings.iter().partition(|it| stays(it));
        if free.is_empty() {
            continue;
        }
        let mut taken: FxHashSet<Atom> = used.free[scope].iter().map(|it| (*it).clone()).collect();
        // The names of a body and of its parameters, or of the parameter of `catch`, differ.
        let beside = table.list[scope].parent;
        let beside = beside.filter(|parent| table.list[scope].is_body || of_catch[*parent]);
        let beside = beside.into_iter().flat_map(|parent| &declared[parent]);
        let outer = used.bindings[scope].iter().chain(&fixed).chain(beside);
        taken.extend(outer.map(|index| names[*index].clone()));
        let mut at = 0;
        let given: Vec<Atom> = free
            .iter()
            .map(|_| {
                loop {
                    if at == list.len() {
                        list.push(next().into());
                    }
                    let name = &list[at];
                    at += 1;
                    if !taken.contains(name) {
                        break name.clone();
                    }
                }
            })
            .collect();
        for (index, name) in by_length(free, &given, &table).into_iter().zip(given) {
            names[index] = name;
        }
    }
    let renamed: FxHashMap<_, _> = names
        .into_iter()
        .enumerate()
        .filter(|(index, name)| *name != table.bindings[*index].name)
        .map(|(index, name)| (context_of(index), name))
        .collect();
    respell(module, &renamed);
}

/// Orders bindings so that those with the most uses get the shortest of the names, which are in
/// the order of their lengths. Bindings with names of one length stay in the order of their
/// declarations: equal text then gets equal names.
fn by_length(mut bindings: Vec<usize>, names: &[Atom], table: &Scopes) -> Vec<usize> {
    let uses = |index: &usize| {
        let binding = &table.bindings[*index];
        binding.declarations + binding.reads + binding.writes
    };
    let mut first = 0;
    for group in names.chunk_by(|a, b| a.len() == b.len()) {
        let rest = &mut bindings[first..];
        if group.len() < rest.len() {
            // Sorting is stable: of bindings with as many uses, the earlier ones come first.
            rest.sort_by_key(|index| Reverse(uses(index)));
            rest[..group.len()].sort_unstable();
            rest[group.len()..].sort_unstable();
        }
        first += group.len();
    }
    bindings
}

/// The names of outer scopes that each scope mentions, including its inner scopes.
struct Used<'a> {
    bindings: Vec<FxHashSet<usize>>,
    free: Vec<FxHashSet<&'a Atom>>,
}

impl<'a> Used<'a> {
    fn new(table: &Scopes, mentions: &'a Mentions) -> Self {
        let mut used = Self {
            bindings: vec![FxHashSet::default(); table.list.len()],
            free: vec![FxHashSet::default(); table.list.len()],
        };
        for (scope, binding) in &mentions.bindings {
            let declaring = table.bindings[*binding].scope;
            let mut scope = Some(*scope);
            while let Some(index) = scope.filter(|index| *index != declaring) {
                if !used.bindings[index].insert(*binding) {
                    break;
                }
                scope = table.list[index].parent;
            }
        }
        for (scope, name) in &mentions.free {
            let mut scope = Some(*scope);
            while let Some(index) = scope {
                if !used.free[index].insert(name) {
                    break;
                }
                scope = table.list[index].parent;
            }
        }
        used
    }
}
