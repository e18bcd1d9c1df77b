//! What a name means: the specification's `ResolveExport` (16.2.1.7.2.2), extended to modules whose
//! exports are known only at run time (CommonJS, externals). Of two `export *` with the same name,
//! the first counts, as in webpack and Rollup. Look-ups are cached in `Exports`, because barrels
//! look up the same names again and again.

use std::{cell::RefCell, rc::Rc};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    module::{ExternalId, ModuleGraph, ModuleId, SymbolRef, Target},
    record::{Import, ImportName, Literal, SymbolIndex},
};

mod reexport_chain; // which re-exports lead to a name
mod stars; // which `export *` may have a name

/// What an imported name means.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved {
    /// A top-level name of an ES module.
    Symbol(SymbolRef),
    /// The namespace object of an ES module.
    Namespace(ModuleId),
    /// An export or the namespace of a CommonJS module.
    CommonJs(Interop<ModuleId>),
    /// An export or the namespace of an external.
    External(Interop<ExternalId>),
    /// A property of the namespace object of `module` that is known only at run time: it comes by
    /// `export *` from CommonJS or an external.
    Dynamic {
        /// The module of the namespace object.
        module: ModuleId,
        /// The name of the property.
        name: String,
    },
    /// The short literal value of a top-level name of this ES module.
    Constant(ModuleId, Literal),
    /// No export: reading it gives `undefined`.
    Missing,
}

/// An export or the namespace of a module whose exports are known only at run time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interop<T> {
    /// The module.
    pub of: T,
    /// The name of the export; `None`: the namespace.
    pub name: Option<String>,
    /// Whether Node would treat the importer as an ES module.
    pub is_node: bool,
    /// Whether it is read as a property, which may be absent: a member of a namespace, or a name
    /// that comes by `export *`. An import declaration that names it would fail to link if there is
    /// no such export.
    pub is_property: bool,
}

impl Resolved {
    /// Whether the export may turn out to be absent at run time.
    fn is_dynamic(&self) -> bool {
        match self {
            Self::Dynamic { .. } => true,
            Self::CommonJs(interop) => interop.is_property,
            Self::External(interop) => interop.is_property,
            Self::Symbol(_) | Self::Namespace(_) | Self::Constant(..) | Self::Missing => false,
        }
    }
}

impl<T> Interop<T> {
    /// Makes the namespace of a module. `is_node`: Node would treat the importer as an ES module.
    fn namespace(of: T, is_node: bool) -> Self {
        Self { of, name: None, is_node, is_property: false }
    }

    /// Turns a namespace into one of its properties.
    #[must_use]
    pub fn property(self, name: &str) -> Self {
        Self { name: Some(name.to_owned()), is_property: true, ..self }
    }
}

/// The result of looking up an export of a module by name.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportLookup {
    /// The export means this.
    Yes(Resolved),
    /// There is no such export.
    No,
    /// Re-exports in a cycle, without a declaration.
    Circular,
}

/// Look-up of exports in a graph. Results for imported names and for names that come by `export *`
/// are cached, because barrels look them up again and again.
pub struct Exports<'g> {
    graph: &'g ModuleGraph,
    /// What imported names mean. Filled on demand, hence the cell, here and below.
    imported: RefCell<Imported>,
    /// What modules export by `export *`, per module and name.
    starred: RefCell<FxHashMap<ModuleId, FxHashMap<String, ExportLookup>>>,
    /// The names that two `export *` of a module bring with different meanings, among those that
    /// were looked up.
    conflicts: RefCell<FxHashMap<(ModuleId, String), Conflict>>,
    /// All names and dynamic sources that the `export *` of a module lead to.
    below: RefCell<FxHashMap<ModuleId, Rc<StarredExports<'g>>>>,
    /// Which `export *` may have a name, for modules with many of them.
    stars: RefCell<FxHashMap<ModuleId, Rc<Stars<'g>>>>,
    /// Exports by name, for modules with many exports. Filled on demand, because each chunk is
    /// printed with an `Exports` of its own and may have one module of thousands.
    tables: RefCell<FxHashMap<ModuleId, FxHashMap<&'g str, SymbolIndex>>>,
}

/// The modules of two `export *` that bring different things under one name. The first counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The module with the two `export *`.
    pub module: ModuleId,
    /// The module whose export counts.
    pub first: ModuleId,
    /// The module whose export is left out.
    pub second: ModuleId,
}

/// The exports of a module, its own and those that its `export *` lead to.
struct StarredExports<'g> {
    /// The names that its namespace may have, sorted by code units.
    names: Vec<&'g str>,
    /// Names that it may have from several modules.
    repeated: Vec<&'g str>,
    /// CommonJS modules and externals whose exports it re-exports.
    dynamic: Vec<Target>,
}

fn push_new(list: &mut Vec<Target>, target: &Target) {
    if !list.contains(target) {
        list.push(target.clone());
    }
}

/// The results for every import of a graph, in one list.
#[derive(Default)]
struct Imported {
    /// Per module, the position in `found` of its first import.
    first: Vec<usize>,
    found: Vec<Option<ExportLookup>>,
}

impl Imported {
    /// Allocates the lists on first use: many `Exports` are made that never look up an import.
    fn make_room(&mut self, graph: &ModuleGraph) {
        if self.first.is_empty() {
            let mut count = 0;
            self.first.extend(graph.modules.iter().map(|module| {
                count += module.record.imports.len();
                count - module.record.imports.len()
            }));
            self.found.resize(count, None);
        }
    }

    fn place(&mut self, module: ModuleId, import: usize) -> &mut Option<ExportLookup> {
        &mut self.found[self.first[module.index()] + import]
    }
}

/// Up to this number of exports, a search is faster than making a table.
const FEW: usize = 8;

/// The `export *` of a module, by their positions.
struct Stars<'g> {
    /// The stars that lead to a module with an export of this name.
    by_name: FxHashMap<&'g str, Vec<usize>>,
    /// The stars that may have any name at run time.
    dynamic: Vec<usize>,
}

/// The look-ups in progress. A second visit is a cycle.
#[derive(Default)]
struct LookupsInProgress<'n> {
    /// The first look-ups: most lists have no others.
    first: Vec<(ModuleId, &'n str)>,
    others: FxHashSet<(ModuleId, &'n str)>,
}

impl<'n> LookupsInProgress<'n> {
    /// Adds a look-up. Returns false if it is in progress.
    fn begin(&mut self, module: ModuleId, name: &'n str) -> bool {
        if self.first.contains(&(module, name)) {
            return false;
        }
        if self.first.len() < FEW {
            self.first.push((module, name));
            return true;
        }
        self.others.insert((module, name))
    }
}

impl<'g> Exports<'g> {
    /// Makes an empty look-up for a graph.
    pub fn new(graph: &'g ModuleGraph) -> Self {
        Self {
            graph,
            imported: RefCell::default(),
            starred: RefCell::default(),
            conflicts: RefCell::default(),
            below: RefCell::default(),
            stars: RefCell::default(),
            tables: RefCell::default(),
        }
    }

    /// Returns the graph that it looks in.
    pub fn graph(&self) -> &'g ModuleGraph {
        self.graph
    }

    /// Returns what `module` exports as `name`.
    pub fn export(&self, module: ModuleId, name: &str) -> ExportLookup {
        if let Some(symbol) = self.own(module, name) {
            return self.meaning(SymbolRef { module, symbol });
        }
        if name == "default" || self.graph.module(module).record.stars.is_empty() {
            return ExportLookup::No;
        }
        if let Some(found) = self.known_star(module, name) {
            return found;
        }
        let found = self.find(module, name, &mut LookupsInProgress::default());
        self.starred.borrow_mut().entry(module).or_default().insert(name.to_owned(), found.clone());
        found
    }

    /// Returns what an import of `module` means.
    pub fn import(&self, module: ModuleId, import: &Import) -> ExportLookup {
        self.meaning(SymbolRef { module, symbol: import.symbol })
    }

    /// Returns the import that binds a symbol; `None`: the module declares the symbol.
    pub fn import_of(&self, symbol: SymbolRef) -> Option<&'g Import> {
        self.position(symbol)
            .map(|position| &self.graph.module(symbol.module).record.imports[position])
    }

    fn position(&self, symbol: SymbolRef) -> Option<usize> {
        let imports = &self.graph.module(symbol.module).record.imports;
        imports.binary_search_by_key(&symbol.symbol, |import| import.symbol).ok()
    }

    /// Returns what a mention of a symbol means: the symbol itself, or what its import leads to.
    pub fn meaning(&self, symbol: SymbolRef) -> ExportLookup {
        let Some(position) = self.position(symbol) else {
            return ExportLookup::Yes(Resolved::Symbol(symbol));
        };
        if let Some(found) = self.known_import(symbol.module, position) {
            return found;
        }
        let import = &self.graph.module(symbol.module).record.imports[position];
        let found = self.follow(symbol.module, import, &mut LookupsInProgress::default());
        *self.imported.borrow_mut().place(symbol.module, position) = Some(found.clone());
        found
    }

    fn known_import(&self, module: ModuleId, position: usize) -> Option<ExportLookup> {
        let mut imported = self.imported.borrow_mut();
        imported.make_room(self.graph);
        imported.place(module, position).clone()
    }

    fn known_star(&self, module: ModuleId, name: &str) -> Option<ExportLookup> {
        self.starred.borrow().get(&module)?.get(name).cloned()
    }

    /// Returns the symbol that a module exports by this name other than by `export *`.
    fn own(&self, module: ModuleId, name: &str) -> Option<SymbolIndex> {
        let exports = &self.graph.module(module).record.exports;
        if exports.len() <= FEW {
            return exports.iter().find(|export| export.name == name).map(|export| export.symbol);
        }
        let table = || exports.iter().map(|export| (export.name.as_str(), export.symbol)).collect();
        self.tables.borrow_mut().entry(module).or_insert_with(table).get(name).copied()
    }

    /// Returns every name that the namespace of `module` has, sorted as the specification sorts
    /// them (by code units).
    pub fn names(&self, module: ModuleId) -> Vec<String> {
        let below = self.below(module);
        let exported = below
            .names
            .iter()
            .filter(|name| matches!(self.export(module, name), ExportLookup::Yes(_)));
        exported.map(|name| (*name).to_owned()).collect()
    }

    /// Returns the names and dynamic sources of a module and its `export *`, cached. Asked in id
    /// order, each result is made of earlier ones; chains of `export *` may be thousands long.
    fn below(&self, module: ModuleId) -> Rc<StarredExports<'g>> {
        if let Some(below) = self.below.borrow().get(&module) {
            return Rc::clone(below);
        }
        let mut names: Vec<&'g str> = Vec::new();
        let mut repeated: Vec<&'g str> = Vec::new();
        let mut dynamic: Vec<Target> = Vec::new();
        let mut seen = FxHashSet::default();
        let mut stack = vec![module];
        while let Some(id) = stack.pop() {
            if !seen.insert(id) {
                continue;
            }
            if let Some(known) = self.below.borrow().get(&id) {
                names.extend(known.names.iter().filter(|name| **name != "default"));
                repeated.extend(&known.repeated);
                known.dynamic.iter().for_each(|target| push_new(&mut dynamic, target));
                continue;
            }
            let own = self.graph.module(id).record.exports.iter().map(|e| e.name.as_str());
            names.extend(own.filter(|name| id == module || *name != "default"));
            let first = stack.len();
            for target in self.star_targets(id) {
                match target {
                    Target::Module(to) if !self.graph.module(*to).is_commonjs() => stack.push(*to),
                    Target::Module(_) | Target::External(_) => push_new(&mut dynamic, target),
                    Target::Missing | Target::Text(_) | Target::None => {}
                }
            }
            stack[first..].reverse();
        }
        if names.iter().all(|name| name.is_ascii()) {
            names.sort_unstable();
        } else {
            names.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
        }
        repeated.extend(names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]));
        repeated.sort_unstable();
        repeated.dedup();
        names.dedup();
        let below = Rc::new(StarredExports { names, repeated, dynamic });
        self.below.borrow_mut().insert(module, Rc::clone(&below));
        below
    }

    fn star_targets(&self, module: ModuleId) -> impl Iterator<Item = &'g Target> {
        let found = self.graph.module(module);
        found.record.stars.iter().map(|star| found.target(star.request))
    }

    /// Looks up an export. Chains of re-exports may be thousands long, so modules that only pass a
    /// name on are followed in a loop.
    fn find<'n>(
        &self,
        mut module: ModuleId,
        mut name: &'n str,
        in_progress: &mut LookupsInProgress<'n>,
    ) -> ExportLookup
    where
        'g: 'n,
    {
        let mut is_starred = false;
        let found = loop {
            let own = self.own(module, name);
            let position = own.and_then(|symbol| self.position(SymbolRef { module, symbol }));
            if let (Some(symbol), None) = (own, position) {
                return ExportLookup::Yes(Resolved::Symbol(SymbolRef { module, symbol }));
            }
            let known = match position {
                Some(position) => self.known_import(module, position),
                None => self.known_star(module, name),
            };
            if let Some(found) = known {
                break found;
            }
            if !in_progress.begin(module, name) {
                break ExportLookup::Circular;
            }
            match position.map(|position| &self.graph.module(module).record.imports[position]) {
                Some(import) => match self.next(module, import) {
                    Some(next) => (module, name) = next,
                    None => break self.follow(module, import, in_progress),
                },
                None if name == "default" => break ExportLookup::No,
                None => match self.only_star(module) {
                    Some(to) => (module, is_starred) = (to, true),
                    None => break self.find_in_stars(module, name, in_progress),
                },
            }
        };
        // `export *` leaves out a name that leads into a cycle.
        if is_starred && found == ExportLookup::Circular { ExportLookup::No } else { found }
    }

    /// Returns the export of an ES module that an import names.
    fn next(&self, module: ModuleId, import: &'g Import) -> Option<(ModuleId, &'g str)> {
        match (self.graph.module(module).target(import.request), &import.name) {
            (Target::Module(to), ImportName::Named(name)) => {
                (!self.graph.module(*to).is_commonjs()).then_some((*to, name.as_str()))
            }
            (_, _) => None,
        }
    }

    /// Returns the ES module whose exports a module passes on, if it has a single `export *`.
    fn only_star(&self, module: ModuleId) -> Option<ModuleId> {
        let mut targets = self.star_targets(module);
        match (targets.next(), targets.next()) {
            (Some(Target::Module(to)), None) => {
                (!self.graph.module(*to).is_commonjs()).then_some(*to)
            }
            (_, _) => None,
        }
    }

    fn find_in_stars<'n>(
        &self,
        module: ModuleId,
        name: &'n str,
        in_progress: &mut LookupsInProgress<'n>,
    ) -> ExportLookup
    where
        'g: 'n,
    {
        let mut answer: Option<(Resolved, ModuleId)> = None;
        // A source that may have the name at run time. If several sources may, the name is a
        // property of the namespace object.
        let mut dynamic: Option<Resolved> = None;
        let mut may_have = |found: Resolved| {
            let is_other = dynamic.as_ref().is_some_and(|known| *known != found);
            dynamic = Some(if is_other {
                Resolved::Dynamic { module, name: name.to_owned() }
            } else {
                found
            });
        };
        let is_node = self.graph.module(module).is_node_esm;
        for target in self.star_targets_with(module, name) {
            let to = match target {
                Target::Module(to) if !self.graph.module(*to).is_commonjs() => *to,
                Target::Module(of) => {
                    may_have(Resolved::CommonJs(Interop::namespace(*of, is_node).property(name)));
                    continue;
                }
                Target::External(of) => {
                    may_have(Resolved::External(Interop::namespace(*of, is_node).property(name)));
                    continue;
                }
                Target::Missing | Target::Text(_) | Target::None => continue,
            };
            match self.find(to, name, in_progress) {
                ExportLookup::Yes(found) if found.is_dynamic() => may_have(found),
                ExportLookup::Yes(found) => match &answer {
                    Some((first, by)) if *first != found => {
                        let conflict = Conflict { module, first: *by, second: to };
                        let mut known = self.conflicts.borrow_mut();
                        known.entry((module, name.to_owned())).or_insert(conflict);
                    }
                    Some(_) => {}
                    None => answer = Some((found, to)),
                },
                ExportLookup::No | ExportLookup::Circular => {}
            }
        }
        answer.map(|(found, _)| found).or(dynamic).map_or(ExportLookup::No, ExportLookup::Yes)
    }

    fn follow<'n>(
        &self,
        module: ModuleId,
        import: &'n Import,
        in_progress: &mut LookupsInProgress<'n>,
    ) -> ExportLookup
    where
        'g: 'n,
    {
        let importer = self.graph.module(module);
        let name = match &import.name {
            ImportName::Named(name) => Some(name.as_str()),
            ImportName::Namespace => None,
        };
        let is_node = importer.is_node_esm;
        let own = || name.map(str::to_owned);
        match (importer.target(import.request), name) {
            (Target::Module(to), _) if self.graph.module(*to).is_commonjs() => {
                ExportLookup::Yes(Resolved::CommonJs(Interop {
                    name: own(),
                    ..Interop::namespace(*to, is_node)
                }))
            }
            (Target::Module(to), Some(name)) => self.find(*to, name, in_progress),
            (Target::Module(to), None) => ExportLookup::Yes(Resolved::Namespace(*to)),
            (Target::External(to), _) => ExportLookup::Yes(Resolved::External(Interop {
                name: own(),
                ..Interop::namespace(*to, is_node)
            })),
            (Target::Missing | Target::Text(_) | Target::None, _) => {
                ExportLookup::Yes(Resolved::Missing)
            }
        }
    }
}
