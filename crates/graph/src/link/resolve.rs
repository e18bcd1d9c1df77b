//! What a name means: the spec's `ResolveExport` (16.2.1.7.2.2), extended to modules whose exports
//! are only known when they run (CommonJS, externals).

use std::{cell::RefCell, rc::Rc};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    module::{ExternalId, ModuleGraph, ModuleId, SymbolRef, Target},
    record::{Import, ImportName, Literal, SymbolIndex},
};

/// What an imported name means.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved {
    /// A top-level name of an ES module.
    Symbol(SymbolRef),
    /// The namespace object of an ES module.
    Namespace(ModuleId),
    /// Something of a CommonJS module.
    CommonJs(Interop<ModuleId>),
    /// Something of a module that is not bundled.
    External(Interop<ExternalId>),
    /// A property that the namespace object of `module` gets at run time, by `export *` from
    /// CommonJS or an external.
    Dynamic {
        /// Whose namespace object.
        module: ModuleId,
        /// Which property.
        name: String,
    },
    /// A short literal that a top-level name of this ES module stands for.
    Constant(ModuleId, Literal),
    /// Nothing: reading it gives `undefined`.
    Missing,
}

/// A name of a module whose exports are known only when it runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interop<T> {
    /// The module.
    pub of: T,
    /// The export; `None`: the namespace.
    pub name: Option<String>,
    /// The importer is one that Node calls an ES module.
    pub is_node: bool,
    /// It is read as a property, which may be absent: a member of a namespace, or what comes by
    /// `export *`. An import declaration that names it fails to link where there is no such export.
    pub is_property: bool,
}

impl Resolved {
    /// It is known only when it is read whether this is there at all.
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
    /// The namespace of a module, for importers that Node calls ES modules or not.
    fn namespace(of: T, is_node: bool) -> Self {
        Self { of, name: None, is_node, is_property: false }
    }

    /// What the property of a namespace means.
    #[must_use]
    pub fn property(self, name: &str) -> Self {
        Self { name: Some(name.to_owned()), is_property: true, ..self }
    }
}

/// The answer to "what does this module export under this name".
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// This.
    Yes(Resolved),
    /// Nothing.
    No,
    /// Two different things, by two `export *`.
    Ambiguous(ModuleId, ModuleId),
    /// Only itself: re-exports in a cycle.
    Circular,
}

/// Look-up of exports. What a name means that is imported or comes by a star is needed again and
/// again (barrels).
pub struct Exports<'g> {
    graph: &'g ModuleGraph,
    /// What imported names mean. Filled on demand, hence the cells.
    imported: RefCell<Imported>,
    /// What modules export by their stars.
    starred: RefCell<FxHashMap<ModuleId, FxHashMap<String, Found>>>,
    /// What stars lead to.
    below: RefCell<FxHashMap<ModuleId, Rc<Below<'g>>>>,
    /// Exports by name, of modules with many that were asked about: every chunk is joined with a
    /// look-up of its own, and may have one module of thousands.
    tables: RefCell<FxHashMap<ModuleId, FxHashMap<&'g str, SymbolIndex>>>,
}

/// What the stars of a module lead to, with its own exports.
struct Below<'g> {
    /// Names that its namespace may have, sorted by code units.
    names: Vec<&'g str>,
    /// CommonJS modules and externals.
    dynamic: Vec<Target>,
}

fn push_new(list: &mut Vec<Target>, target: &Target) {
    if !list.contains(target) {
        list.push(target.clone());
    }
}

/// What was found for every import of a graph.
#[derive(Default)]
struct Imported {
    /// Per module, the place of its first import.
    first: Vec<usize>,
    found: Vec<Option<Found>>,
}

impl Imported {
    /// There may be many look-ups that nobody asks for imports.
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

    fn place(&mut self, module: ModuleId, import: usize) -> &mut Option<Found> {
        &mut self.found[self.first[module.index()] + import]
    }
}

/// So many exports are looked through faster than a table is made.
const FEW: usize = 8;

/// What is being looked for on the way: a second visit is a cycle.
type Way<'n> = Vec<(ModuleId, &'n str)>;

impl<'g> Exports<'g> {
    /// Look-up in a graph.
    pub fn new(graph: &'g ModuleGraph) -> Self {
        Self {
            graph,
            imported: RefCell::default(),
            starred: RefCell::default(),
            below: RefCell::default(),
            tables: RefCell::default(),
        }
    }

    /// The graph it looks in.
    pub fn graph(&self) -> &'g ModuleGraph {
        self.graph
    }

    /// What `module` exports as `name`.
    pub fn export(&self, module: ModuleId, name: &str) -> Found {
        if let Some(symbol) = self.own(module, name) {
            return self.meaning(SymbolRef { module, symbol });
        }
        if name == "default" || self.graph.module(module).record.stars.is_empty() {
            return Found::No;
        }
        if let Some(found) = self.known_star(module, name) {
            return found;
        }
        let found = self.find(module, name, &mut Way::new());
        self.starred.borrow_mut().entry(module).or_default().insert(name.to_owned(), found.clone());
        found
    }

    /// What an import of `module` means.
    pub fn import(&self, module: ModuleId, import: &Import) -> Found {
        self.meaning(SymbolRef { module, symbol: import.symbol })
    }

    /// The import that binds a symbol.
    pub fn import_of(&self, symbol: SymbolRef) -> Option<&'g Import> {
        self.position(symbol)
            .map(|position| &self.graph.module(symbol.module).record.imports[position])
    }

    fn position(&self, symbol: SymbolRef) -> Option<usize> {
        let imports = &self.graph.module(symbol.module).record.imports;
        imports.binary_search_by_key(&symbol.symbol, |import| import.symbol).ok()
    }

    /// What a mention of a symbol means: itself, or what its import leads to.
    pub fn meaning(&self, symbol: SymbolRef) -> Found {
        let Some(position) = self.position(symbol) else {
            return Found::Yes(Resolved::Symbol(symbol));
        };
        if let Some(found) = self.known_import(symbol.module, position) {
            return found;
        }
        let import = &self.graph.module(symbol.module).record.imports[position];
        let found = self.follow(symbol.module, import, &mut Way::new());
        *self.imported.borrow_mut().place(symbol.module, position) = Some(found.clone());
        found
    }

    fn known_import(&self, module: ModuleId, position: usize) -> Option<Found> {
        let mut imported = self.imported.borrow_mut();
        imported.make_room(self.graph);
        imported.place(module, position).clone()
    }

    fn known_star(&self, module: ModuleId, name: &str) -> Option<Found> {
        self.starred.borrow().get(&module)?.get(name).cloned()
    }

    /// The symbol that a module exports by a declaration of its own.
    fn own(&self, module: ModuleId, name: &str) -> Option<SymbolIndex> {
        let exports = &self.graph.module(module).record.exports;
        if exports.len() <= FEW {
            return exports.iter().find(|export| export.name == name).map(|export| export.symbol);
        }
        let table = || exports.iter().map(|export| (export.name.as_str(), export.symbol)).collect();
        self.tables.borrow_mut().entry(module).or_insert_with(table).get(name).copied()
    }

    /// The cycle of re-exports that looking for a name ends in, each with the name it asks the next
    /// for.
    pub fn cycle(&self, module: ModuleId, name: &str) -> Vec<(ModuleId, String)> {
        let mut way: Vec<(ModuleId, String)> = Vec::new();
        let mut at = (module, name.to_owned());
        loop {
            if let Some(start) = way.iter().position(|step| *step == at) {
                return way.split_off(start);
            }
            let (module, name) = at.clone();
            way.push(at);
            let symbol = self.own(module, &name);
            let import = symbol.and_then(|symbol| self.import_of(SymbolRef { module, symbol }));
            let Some(Import { name: ImportName::Named(next), request, .. }) = import else {
                return way;
            };
            let Target::Module(to) = self.graph.module(module).target(*request) else { return way };
            at = (*to, next.clone());
        }
    }

    /// The module that `module` has an export from, and what it is called there; `None`: it is its
    /// own, or a namespace.
    pub fn passed_on(&self, module: ModuleId, name: &str) -> Option<(ModuleId, String)> {
        let Some(symbol) = self.own(module, name) else {
            let has = |to: ModuleId| matches!(self.export(to, name), Found::Yes(_));
            let mut stars = self.star_targets(module).filter_map(|target| match target {
                Target::Module(to) if !self.graph.module(*to).is_commonjs() => Some(*to),
                Target::Module(_)
                | Target::External(_)
                | Target::Missing
                | Target::Text(_)
                | Target::None => None,
            });
            return stars.find(|to| has(*to)).map(|to| (to, name.to_owned()));
        };
        let import = self.import_of(SymbolRef { module, symbol })?;
        match (self.graph.module(module).target(import.request), &import.name) {
            (Target::Module(to), ImportName::Named(next)) => Some((*to, next.clone())),
            (_, _) => None,
        }
    }

    /// The modules on the way to what `module` exports as `name`, each behind the one that imports
    /// it.
    pub fn way(&self, module: ModuleId, name: &str) -> Vec<(ModuleId, ModuleId)> {
        let mut way = Vec::new();
        let mut seen = vec![(module, name.to_owned())];
        while let Some((from, name)) =
            seen.last().filter(|(from, _)| !self.graph.module(*from).is_commonjs())
        {
            let from = *from;
            let Some(step) = self.passed_on(from, name) else { break };
            way.push((from, step.0));
            if seen.contains(&step) {
                break;
            }
            seen.push(step);
        }
        way
    }

    /// Every name that the namespace of `module` has, sorted as the spec sorts them (by code
    /// units).
    pub fn names(&self, module: ModuleId) -> Vec<String> {
        let below = self.below(module);
        let exported =
            below.names.iter().filter(|name| matches!(self.export(module, name), Found::Yes(_)));
        exported.map(|name| (*name).to_owned()).collect()
    }

    /// CommonJS modules and externals whose properties `module` re-exports by `export *`, its own
    /// and its stars'.
    pub fn dynamic_stars(&self, module: ModuleId) -> Vec<Target> {
        if self.graph.module(module).record.stars.is_empty() {
            Vec::new()
        } else {
            self.below(module).dynamic.clone()
        }
    }

    /// What the stars of a module lead to. Asked in the order of ids, each answer is made of those
    /// before it: chains of stars may be thousands long.
    fn below(&self, module: ModuleId) -> Rc<Below<'g>> {
        if let Some(below) = self.below.borrow().get(&module) {
            return Rc::clone(below);
        }
        let mut names: Vec<&'g str> = Vec::new();
        let mut dynamic: Vec<Target> = Vec::new();
        let mut seen = FxHashSet::default();
        let mut stack = vec![module];
        while let Some(id) = stack.pop() {
            if !seen.insert(id) {
                continue;
            }
            if let Some(known) = self.below.borrow().get(&id) {
                names.extend(known.names.iter().filter(|name| **name != "default"));
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
        names.dedup();
        let below = Rc::new(Below { names, dynamic });
        self.below.borrow_mut().insert(module, Rc::clone(&below));
        below
    }

    fn star_targets(&self, module: ModuleId) -> impl Iterator<Item = &'g Target> {
        let found = self.graph.module(module);
        found.record.stars.iter().map(|star| found.target(star.request))
    }

    fn find<'n>(&self, module: ModuleId, name: &'n str, way: &mut Way<'n>) -> Found
    where
        'g: 'n,
    {
        let own = self.own(module, name);
        let position = own.and_then(|symbol| self.position(SymbolRef { module, symbol }));
        if let (Some(symbol), None) = (own, position) {
            return Found::Yes(Resolved::Symbol(SymbolRef { module, symbol }));
        }
        let known = match position {
            Some(position) => self.known_import(module, position),
            None => self.known_star(module, name),
        };
        if let Some(found) = known {
            return found;
        }
        if way.contains(&(module, name)) {
            return Found::Circular;
        }
        way.push((module, name));
        match position {
            Some(position) => {
                self.follow(module, &self.graph.module(module).record.imports[position], way)
            }
            None if name == "default" => Found::No,
            None => self.find_in_stars(module, name, way),
        }
    }

    fn find_in_stars<'n>(&self, module: ModuleId, name: &'n str, way: &mut Way<'n>) -> Found
    where
        'g: 'n,
    {
        let mut answer: Option<(Resolved, ModuleId)> = None;
        // Whoever has the name when it is read. Where several may, the namespace object knows.
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
        for target in self.star_targets(module) {
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
            match self.find(to, name, way) {
                Found::Yes(found) if found.is_dynamic() => may_have(found),
                Found::Yes(found) => match &answer {
                    Some((first, by)) if *first != found => return Found::Ambiguous(*by, to),
                    Some(_) => {}
                    None => answer = Some((found, to)),
                },
                Found::Ambiguous(a, b) => return Found::Ambiguous(a, b),
                Found::No | Found::Circular => {}
            }
        }
        answer.map(|(found, _)| found).or(dynamic).map_or(Found::No, Found::Yes)
    }

    fn follow<'n>(&self, module: ModuleId, import: &'n Import, way: &mut Way<'n>) -> Found
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
                Found::Yes(Resolved::CommonJs(Interop {
                    name: own(),
                    ..Interop::namespace(*to, is_node)
                }))
            }
            (Target::Module(to), Some(name)) => self.find(*to, name, way),
            (Target::Module(to), None) => Found::Yes(Resolved::Namespace(*to)),
            (Target::External(to), _) => Found::Yes(Resolved::External(Interop {
                name: own(),
                ..Interop::namespace(*to, is_node)
            })),
            (Target::Missing | Target::Text(_) | Target::None, _) => Found::Yes(Resolved::Missing),
        }
    }
}
