//! Gives new names to bindings that would hide others. Passes move code and make names, so a
//! mention may be inside a scope that declares another binding of the same name. One of the two is
//! renamed; every other name stays as written.

use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_common::SyntaxContext;
use swc_ecma_ast::{
    AssignPat, ComputedPropName, ExportNamedSpecifier, Expr, Ident, IdentName,
    ImportNamedSpecifier, KeyValuePatProp, KeyValueProp, Lit, Module, ModuleExportName,
    ObjectPatProp, Pat, Prop, PropName,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    table::{Kind, Scopes, context_of, index_of},
    walk::{Mentions, number_with_mentions},
};

/// Renames bindings that would hide others. `is_fixed`: these names must stay.
pub(crate) fn rename(module: &mut Module, is_strict: bool, is_fixed: impl Fn(&str) -> bool) {
    let (table, mentions) = number_with_mentions(module, is_strict);
    let mut conflicts = Conflicts::new(&table, &mentions, 0);
    if conflicts.shared.is_empty() {
        return;
    }
    conflicts.find(&mentions, &is_fixed);
    let renamed = conflicts.names();
    if !renamed.is_empty() {
        respell(module, &renamed);
    }
}

/// Numbers the names of a program, and renames bindings that would hide others. Those at the top
/// level of an ES module stay: the linker gives them names that hide nothing.
pub(crate) fn number_apart(module: &mut Module, is_strict: bool, is_module: bool) -> Scopes {
    let (table, mentions) = number_with_mentions(module, is_strict);
    set_apart(module, table, &mentions, is_module)
}

/// Renames bindings that would hide others in a program whose names are numbered. Returns its
/// table.
pub(crate) fn set_apart(
    module: &mut Module,
    mut table: Scopes,
    mentions: &Mentions,
    is_module: bool,
) -> Scopes {
    let mut conflicts = Conflicts::new(&table, mentions, usize::from(is_module));
    if conflicts.shared.is_empty() {
        return table;
    }
    conflicts.find(mentions, &|_| false);
    let renamed = conflicts.names();
    if !renamed.is_empty() {
        respell(module, &renamed);
        for (context, name) in renamed {
            let index = index_of(context).expect("only bindings are renamed");
            table.bindings[index].name = name;
        }
    }
    table
}

/// Gives the bindings with these numbers other names.
pub(crate) fn respell(module: &mut Module, names: &FxHashMap<SyntaxContext, Atom>) {
    module.visit_mut_with(&mut Respell { names });
}

struct Conflicts<'a> {
    table: &'a Scopes,
    /// All names, each with the first binding of it; free names have none.
    known: FxHashMap<&'a Atom, Option<usize>>,
    /// Names that mean more than one thing.
    shared: FxHashSet<&'a Atom>,
    /// By binding, whether its name is in `shared`.
    is_shared: Vec<bool>,
    /// The first scope whose bindings may hide others; those of the scopes before are left alone.
    first: usize,
    /// The bindings of shared names, by scope and name. Some scopes declare several of one name.
    declared: FxHashMap<(usize, &'a Atom), Vec<usize>>,
    /// The bindings to rename.
    renamed: FxHashSet<usize>,
}

impl<'a> Conflicts<'a> {
    fn new(table: &'a Scopes, mentions: &'a Mentions, first: usize) -> Self {
        let mut known: FxHashMap<&Atom, Option<usize>> =
            mentions.free.iter().map(|(_, name)| (name, None)).collect();
        let mut shared = FxHashSet::default();
        let mut is_shared = vec![false; table.bindings.len()];
        for (index, binding) in table.bindings.iter().enumerate() {
            match known.entry(&binding.name) {
                Entry::Vacant(new) => {
                    new.insert(Some(index));
                }
                Entry::Occupied(first) => {
                    shared.insert(&binding.name);
                    is_shared[index] = true;
                    first.get().iter().for_each(|first| is_shared[*first] = true);
                }
            }
        }
        let mut declared: FxHashMap<_, Vec<usize>> = FxHashMap::default();
        for (index, binding) in table.bindings.iter().enumerate() {
            if is_shared[index] && binding.scope >= first {
                declared.entry((binding.scope, &binding.name)).or_default().push(index);
            }
        }
        Self { table, known, shared, is_shared, first, declared, renamed: FxHashSet::default() }
    }

    fn find(&mut self, mentions: &'a Mentions, is_fixed: &impl Fn(&str) -> bool) {
        let is_movable = |binding: usize| {
            let binding = &self.table.bindings[binding];
            !is_fixed(&binding.name) && !self.table.list[binding.scope].is_dynamic
        };
        let mut renamed = FxHashSet::default();
        for twins in self.declared.values().filter(|twins| twins.len() > 1) {
            renamed.extend(twins[1..].iter().copied().filter(|twin| is_movable(*twin)));
        }
        let is_shared = |binding: usize| {
            self.is_shared[binding] && self.table.bindings[binding].scope >= self.first
        };
        let bound =
            mentions.bindings.iter().filter(|(_, binding)| is_shared(*binding)).map(
                |(scope, binding)| (*scope, &self.table.bindings[*binding].name, Some(*binding)),
            );
        let free = mentions.free.iter().filter(|(_, name)| self.shared.contains(name));
        let free = free.map(|(scope, name)| (*scope, name, None));
        for (scope, name, meant) in bound.chain(free) {
            for hiding in self.hiding(scope, name, meant) {
                let keeps_name = self.has_own_name(hiding);
                let victim = match meant.filter(|meant| is_movable(*meant)) {
                    Some(meant) if !is_movable(hiding) => meant,
                    Some(meant) if keeps_name && !self.has_own_name(meant) => meant,
                    _ => hiding,
                };
                if is_movable(victim) {
                    renamed.insert(victim);
                }
            }
        }
        self.renamed = renamed;
    }

    /// Returns the bindings that hide what a name means, where a scope mentions it.
    fn hiding(&self, scope: usize, name: &'a Atom, meant: Option<usize>) -> Vec<usize> {
        let declaring = meant.map(|binding| self.table.bindings[binding].scope);
        let mut found = Vec::new();
        let mut scope = Some(scope);
        while let Some(index) = scope.filter(|index| Some(*index) != declaring) {
            found.extend(self.declared.get(&(index, name)).into_iter().flatten());
            scope = self.table.list[index].parent;
        }
        found
    }

    /// Whether the name of a binding is also the `name` of its value.
    fn has_own_name(&self, binding: usize) -> bool {
        matches!(
            self.table.bindings[binding].kind,
            Kind::Function | Kind::Class | Kind::FunctionName | Kind::ClassName
        )
    }

    /// Returns the new names.
    fn names(&self) -> FxHashMap<SyntaxContext, Atom> {
        let mut made: FxHashSet<Atom> = FxHashSet::default();
        let mut renamed: Vec<usize> = self.renamed.iter().copied().collect();
        renamed.sort_unstable();
        let mut last: FxHashMap<&Atom, u32> = FxHashMap::default();
        let mut names = FxHashMap::default();
        for binding in renamed {
            let name = &self.table.bindings[binding].name;
            let number = last.entry(name).or_default();
            let new = loop {
                *number += 1;
                let new = Atom::from(format!("{name}{number}"));
                if !self.known.contains_key(&new) && made.insert(new.clone()) {
                    break new;
                }
            };
            names.insert(context_of(binding), new);
        }
        names
    }
}

/// Returns the key of a shorthand property. `__proto__: value` would set the prototype.
pub(crate) fn key_of(shorthand: &Ident) -> PropName {
    if shorthand.sym != "__proto__" {
        return IdentName::new(shorthand.sym.clone(), shorthand.span).into();
    }
    let text = Expr::Lit(Lit::Str(shorthand.sym.as_str().into()));
    PropName::Computed(ComputedPropName { span: shorthand.span, expr: Box::new(text) })
}

struct Respell<'a> {
    names: &'a FxHashMap<SyntaxContext, Atom>,
}

impl Respell<'_> {
    fn new_name(&self, ident: &Ident) -> Option<&Atom> {
        self.names.get(&ident.ctxt)
    }
}

impl VisitMut for Respell<'_> {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, ident: &mut Ident) {
        if let Some(new) = self.new_name(ident) {
            ident.sym = new.clone();
        }
    }

    fn visit_mut_import_named_specifier(&mut self, specifier: &mut ImportNamedSpecifier) {
        if self.new_name(&specifier.local).is_some() && specifier.imported.is_none() {
            specifier.imported = Some(ModuleExportName::Ident(specifier.local.clone()));
        }
        specifier.local.visit_mut_with(self);
    }

    fn visit_mut_export_named_specifier(&mut self, specifier: &mut ExportNamedSpecifier) {
        if let ModuleExportName::Ident(local) = &specifier.orig
            && self.new_name(local).is_some()
            && specifier.exported.is_none()
        {
            specifier.exported = Some(specifier.orig.clone());
        }
        specifier.orig.visit_mut_with(self);
    }

    fn visit_mut_prop(&mut self, prop: &mut Prop) {
        let Prop::Shorthand(ident) = prop else { return prop.visit_mut_children_with(self) };
        if self.new_name(ident).is_some() {
            let key = key_of(ident);
            ident.visit_mut_with(self);
            let value = Box::new(ident.clone().into());
            *prop = Prop::KeyValue(KeyValueProp { key, value });
        }
    }

    fn visit_mut_object_pat_prop(&mut self, prop: &mut ObjectPatProp) {
        let ObjectPatProp::Assign(assign) = prop else {
            return prop.visit_mut_children_with(self);
        };
        assign.value.visit_mut_with(self);
        if self.new_name(&assign.key.id).is_none() {
            return;
        }
        let key = IdentName::new(assign.key.sym.clone(), assign.key.span).into();
        assign.key.visit_mut_with(self);
        let target = Pat::Ident(assign.key.clone());
        let value = match assign.value.take() {
            None => target,
            Some(right) => {
                Pat::Assign(AssignPat { span: assign.span, left: Box::new(target), right })
            }
        };
        *prop = ObjectPatProp::KeyValue(KeyValuePatProp { key, value: Box::new(value) });
    }
}
