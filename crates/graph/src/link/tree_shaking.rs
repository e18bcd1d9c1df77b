//! Tree shaking: which statements are kept. A statement is kept if it has effects and its module
//! runs, or if a kept statement mentions a name that it declares. A module runs if it is an entry,
//! if a running module imports it and it may have side effects, or if one of its names is used. A
//! CommonJS module is kept or removed as a whole.

use crate::{
    link::{
        ExportLookup, ExportMode, Exports, LinkedModule, Member, Resolved, StaticEntry, branches,
        constants::Literals, members,
    },
    module::{Module, ModuleGraph, ModuleId, SymbolRef, Target},
    plan::Wrap,
    record::{
        Effects, Import, ImportName, Literal, Path, RequestIndex, RequestKind, Statement,
        StatementIndex, SymbolIndex, SymbolUse,
    },
};

/// Marks everything that the entries need. Returns per module of the graph its linked form, `None`
/// for modules that are left out. `literals`: the names that literals replace; `None` in
/// development.
pub(super) fn mark<'g>(
    static_entries: &[StaticEntry],
    exports: &Exports<'g>,
    literals: Option<&Literals<'_, 'g>>,
) -> Vec<Option<LinkedModule>> {
    let mut marker =
        Marker::new(exports, (0..exports.graph().modules.len()).map(|_| None).collect());
    marker.literals = literals;
    for &StaticEntry { module, export_mode, .. } in static_entries {
        marker.work.push(Work::Module(module));
        if !exports.graph().module(module).is_commonjs() {
            match export_mode {
                ExportMode::None => {}
                ExportMode::Named => marker.work.push(Work::Exports(module)),
                ExportMode::Object => marker.work.push(Work::Namespace(module)),
            }
        }
        marker.run();
    }
    marker.modules
}

/// Marks some functions of our own runtime with what they need, in addition to what is marked in
/// `modules`.
pub(super) fn mark_functions(
    functions: impl Iterator<Item = SymbolRef>,
    modules: Vec<Option<LinkedModule>>,
    exports: &Exports<'_>,
) -> Vec<Option<LinkedModule>> {
    let mut marker = Marker::new(exports, modules);
    marker.work.extend(functions.map(Work::Symbol));
    marker.run();
    marker.modules
}

enum Work {
    /// The module runs.
    Module(ModuleId),
    /// The statement is kept.
    Statement(ModuleId, StatementIndex),
    /// The name is used.
    Symbol(SymbolRef),
    /// Every export is used.
    Exports(ModuleId),
    /// The namespace object is used as a value.
    Namespace(ModuleId),
}

/// The statements to keep once a symbol is used.
#[derive(Default)]
struct Pending {
    by_symbol: Vec<Vec<StatementIndex>>,
    exports_used: bool,
}

/// The module that mentions a name, and the module that it imports the name from.
type Reader = (ModuleId, Option<ModuleId>);

struct Marker<'e, 'g> {
    exports: &'e Exports<'g>,
    /// Names that become literals; `None` in development, where developers look for the names in
    /// the output.
    literals: Option<&'e Literals<'e, 'g>>,
    modules: Vec<Option<LinkedModule>>,
    pending: Vec<Option<Pending>>,
    work: Vec<Work>,
}

impl<'e, 'g> Marker<'e, 'g> {
    fn new(exports: &'e Exports<'g>, modules: Vec<Option<LinkedModule>>) -> Self {
        let pending = modules.iter().map(|_| None).collect();
        Self { exports, literals: None, modules, pending, work: Vec::new() }
    }

    fn run(&mut self) {
        while let Some(work) = self.work.pop() {
            match work {
                Work::Module(id) => self.include(id),
                Work::Statement(id, statement) => self.keep(id, statement),
                Work::Symbol(symbol) => self.use_symbol(symbol),
                Work::Exports(id) => self.use_exports(id),
                Work::Namespace(id) => self.use_namespace(id),
            }
        }
    }

    fn graph(&self) -> &'g crate::module::ModuleGraph {
        self.exports.graph()
    }

    fn linked(&mut self, id: ModuleId) -> &mut LinkedModule {
        self.modules[id.index()]
            .as_mut()
            .expect("a module is included before anything of it is marked")
    }

    fn include(&mut self, id: ModuleId) {
        if self.modules[id.index()].is_some() {
            return;
        }
        let module = self.graph().module(id);
        let dead = if self.literals.is_some() {
            branches::dead(module, |symbol, path| {
                self.known(SymbolRef { module: id, symbol }, path)
            })
        } else {
            Vec::new()
        };
        self.modules[id.index()] = Some(LinkedModule { dead, ..unmarked(module) });
        let all = module.is_commonjs();
        for (index, statement) in module.record.statements.iter().enumerate() {
            if all || statement.effects == Effects::Any {
                self.work.push(Work::Statement(id, statement_index(index)));
            }
        }
        for (request, target) in module.record.requests.iter().zip(&module.targets) {
            let (RequestKind::Import, Target::Module(to)) = (&request.kind, target) else {
                continue;
            };
            if self.graph().module(*to).has_side_effects {
                self.work.push(Work::Module(*to));
            }
        }
    }

    fn keep(&mut self, id: ModuleId, index: StatementIndex) {
        if std::mem::replace(&mut self.linked(id).live[index.0 as usize], true) {
            return;
        }
        let module = self.graph().module(id);
        let statement = &module.record.statements[index.0 as usize];
        for used in &statement.uses {
            if !self.linked(id).is_dead_use(used) {
                self.mention(id, used);
            }
        }
        self.use_changed_symbol(id, statement);
        let requests: Vec<_> = self.linked(id).requests_of(statement).collect();
        for request in requests {
            self.mark_request(id, module, request);
        }
    }

    /// A kept statement may change a symbol of its module (`A.x = 1`, `Effects::Of`). Marks that
    /// symbol as used, so that its declaration is kept too.
    fn use_changed_symbol(&mut self, id: ModuleId, statement: &Statement) {
        if let Effects::Of(symbol) = statement.effects {
            self.work.push(Work::Symbol(SymbolRef { module: id, symbol }));
        }
    }

    fn mention(&mut self, id: ModuleId, used: &SymbolUse) {
        let symbol = SymbolRef { module: id, symbol: used.symbol };
        if used.is_whole {
            self.work.push(Work::Symbol(symbol));
        }
        if used.members.is_empty() {
            return;
        }
        let ExportLookup::Yes(meaning) = self.exports.meaning(symbol) else {
            return self.work.push(Work::Symbol(symbol));
        };
        let imported = self.exports.import_of(symbol).and_then(|import| self.imported(id, import));
        for path in &used.members {
            let (resolved, taken) = self.read((id, imported), &meaning, path);
            // An object that is used as a whole exists anyway, so its functions are called on it.
            if used.is_whole && !matches!(resolved, Resolved::Constant(..)) {
                continue;
            }
            if taken == 0 {
                self.work.push(Work::Symbol(symbol));
                continue;
            }
            self.use_resolved(&resolved);
            let member = Member { symbol: used.symbol, path: path[..taken].to_vec(), resolved };
            if !self.linked(id).members.contains(&member) {
                self.linked(id).members.push(member);
            }
        }
        self.use_module_of(&meaning);
    }

    fn use_symbol(&mut self, symbol: SymbolRef) {
        self.include(symbol.module);
        let at = symbol.symbol.0 as usize;
        if std::mem::replace(&mut self.linked(symbol.module).used[at], true) {
            return;
        }
        if let Some(import) = self.exports.import_of(symbol) {
            let resolved = match self.exports.meaning(symbol) {
                ExportLookup::Yes(resolved) => {
                    let resolved = reachable_from(symbol.module, import, resolved, self.graph());
                    self.constant((symbol.module, self.imported(symbol.module, import)), resolved)
                }
                ExportLookup::No | ExportLookup::Circular => Resolved::Missing,
            };
            self.use_resolved(&resolved);
            self.linked(symbol.module).resolved[at] = Some(resolved);
            return;
        }
        self.pending(symbol.module);
        let declaring = self.pending[symbol.module.index()]
            .as_mut()
            .map(|w| std::mem::take(&mut w.by_symbol[at]));
        self.work.extend(
            declaring.unwrap_or_default().into_iter().map(|s| Work::Statement(symbol.module, s)),
        );
    }

    /// Returns the module of the graph that an import takes its name from.
    fn imported(&self, importer: ModuleId, import: &Import) -> Option<ModuleId> {
        match self.graph().module(importer).target(import.request) {
            Target::Module(id) => Some(*id),
            Target::External(_) | Target::Missing | Target::Text(_) | Target::None => None,
        }
    }

    /// Resolves a path of members as far as it can be resolved without reading properties at run
    /// time. Returns what the resolved part means and how many members it has.
    fn read(&self, reader: Reader, meaning: &Resolved, path: &Path) -> (Resolved, usize) {
        let (resolved, taken) = members::follow(self.exports, meaning, path);
        if let (Resolved::Symbol(symbol), Some(name)) = (&resolved, path.get(taken))
            && let (Some(literals), (reader, Some(imported))) = (self.literals, reader)
            && let Some(value) = literals.member(reader, imported, *symbol, name)
        {
            return (Resolved::Constant(symbol.module, value.clone()), taken + 1);
        }
        (self.constant(reader, resolved), taken)
    }

    /// Replaces a name by its literal, if the reader can be sure of the value.
    fn constant(&self, reader: Reader, resolved: Resolved) -> Resolved {
        let (Some(literals), (reader, Some(imported))) = (self.literals, reader) else {
            return resolved;
        };
        literal(resolved, |symbol| literals.value(reader, imported, symbol))
    }

    /// Returns the literal that a name of a module, or a member of it, means wherever the module
    /// mentions it.
    fn known(&self, symbol: SymbolRef, path: &Path) -> Option<Literal> {
        let Some(import) = self.exports.import_of(symbol) else {
            let own = self.literals?.own(symbol);
            return own.filter(|_| path.is_empty()).cloned();
        };
        let ExportLookup::Yes(meaning) = self.exports.meaning(symbol) else { return None };
        let reader = (symbol.module, self.imported(symbol.module, import));
        match self.read(reader, &meaning, path) {
            (Resolved::Constant(_, value), taken) if taken == path.len() => Some(value),
            _ => None,
        }
    }

    fn use_resolved(&mut self, resolved: &Resolved) {
        match resolved {
            Resolved::Symbol(symbol) => self.work.push(Work::Symbol(*symbol)),
            Resolved::Namespace(of) | Resolved::Dynamic { module: of, .. } => {
                self.work.push(Work::Namespace(*of));
            }
            Resolved::CommonJs(interop) => self.work.push(Work::Module(interop.of)),
            // The module of the constant is used, so it runs.
            Resolved::Constant(of, _) => self.work.push(Work::Module(*of)),
            Resolved::External(_) | Resolved::Missing => {}
        }
    }

    /// Marks the module of a namespace whose members alone are read: the module runs, but the
    /// object is not built.
    fn use_module_of(&mut self, meaning: &Resolved) {
        if let Resolved::Namespace(of) = meaning
            && self.graph().module(*of).has_side_effects
        {
            self.work.push(Work::Module(*of));
        }
    }

    fn use_exports(&mut self, id: ModuleId) {
        self.include(id);
        if std::mem::replace(&mut self.pending(id).exports_used, true) {
            return;
        }
        let literals = self.literals.filter(|_| self.linked(id).needs_namespace);
        for name in self.exports.names(id) {
            if let ExportLookup::Yes(resolved) = self.exports.export(id, &name) {
                let value = |symbol| literals.and_then(|literals| literals.exported(id, symbol));
                let resolved = literal(resolved, value);
                self.use_resolved(&resolved);
                self.linked(id).exported.push((name, resolved));
            }
        }
    }

    fn use_namespace(&mut self, id: ModuleId) {
        self.include(id);
        if std::mem::replace(&mut self.linked(id).needs_namespace, true) {
            return;
        }
        self.work.push(Work::Exports(id));
        for target in self.exports.dynamic_stars(id) {
            if let Target::Module(to) = target {
                self.work.push(Work::Module(to));
            }
        }
    }

    /// Marks what a request inside a kept statement needs.
    fn mark_request(&mut self, id: ModuleId, module: &Module, request: RequestIndex) {
        let Target::Module(to) = *module.target(request) else { return };
        let kind = &module.record.requests[request.0 as usize].kind;
        // A worker is a program of its own.
        if *kind == RequestKind::Worker {
            return;
        }
        self.include(to);
        let is_commonjs = self.graph().module(to).is_commonjs();
        match kind {
            RequestKind::Require | RequestKind::Context(_) => self.linked(to).needs_require = true,
            RequestKind::Dynamic => self.linked(to).needs_import = true,
            RequestKind::Glob(_) => {
                if let ExportLookup::Yes(resolved) = self.exports.export(to, "default") {
                    self.use_resolved(&resolved);
                }
                return;
            }
            RequestKind::Import
            | RequestKind::RequireResolve
            | RequestKind::Url
            | RequestKind::Worker
            | RequestKind::Runtime
            | RequestKind::Polyfill => return,
        }
        debug_assert!(self.modules[id.index()].is_some());
        if !is_commonjs {
            self.exports.names(to).iter().for_each(|name| self.run_reexport_chain(to, name));
        }
        let gives_default = self.graph().module(to).is_data && !self.linked(to).needs_import;
        match self.exports.export(to, "default") {
            ExportLookup::Yes(default) if gives_default => self.use_resolved(&default),
            ExportLookup::Yes(_) | ExportLookup::No | ExportLookup::Circular if is_commonjs => {}
            ExportLookup::Yes(_) | ExportLookup::No | ExportLookup::Circular => {
                self.work.push(Work::Namespace(to));
            }
        }
    }

    /// Marks the modules that re-export `name` between `module` and its declaration: they run even
    /// if their packages declare no side effects, because a module that throws must throw before
    /// the export is available.
    fn run_reexport_chain(&mut self, module: ModuleId, name: &str) {
        for (importer, to) in self.exports.reexport_chain(module, name) {
            self.include(importer);
            self.work.push(Work::Module(to));
            let runs = &mut self.linked(importer).runs;
            if !runs.contains(&to) {
                runs.push(to);
            }
        }
    }

    fn pending(&mut self, id: ModuleId) -> &mut Pending {
        let module = self.graph().module(id);
        self.pending[id.index()].get_or_insert_with(|| {
            let mut by_symbol: Vec<Vec<StatementIndex>> =
                vec![Vec::new(); module.record.symbols.len()];
            for (index, statement) in module.record.statements.iter().enumerate() {
                for SymbolIndex(symbol) in &statement.declares {
                    by_symbol[*symbol as usize].push(statement_index(index));
                }
                if let Effects::Of(SymbolIndex(symbol)) = statement.effects {
                    by_symbol[symbol as usize].push(statement_index(index));
                }
            }
            Pending { by_symbol, exports_used: false }
        })
    }
}

/// Replaces a name by its literal value, if `value` has one.
fn literal<'g>(resolved: Resolved, value: impl Fn(SymbolRef) -> Option<&'g Literal>) -> Resolved {
    let Resolved::Symbol(symbol) = resolved else { return resolved };
    value(symbol).map_or(resolved, |value| Resolved::Constant(symbol.module, value.clone()))
}

/// Replaces an imported name by a property of the namespace object if the importer cannot reach the
/// name. A CommonJS body may be outside the strict layer, where names of ES modules are not in
/// scope, so it reads provided names from the namespace object. The runtime is in scope everywhere.
pub(super) fn reachable_from(
    importer: ModuleId,
    import: &Import,
    resolved: Resolved,
    graph: &ModuleGraph,
) -> Resolved {
    let module = graph.module(importer);
    match (&resolved, module.target(import.request), &import.name) {
        (Resolved::Symbol(symbol), Target::Module(to), ImportName::Named(name))
            if module.is_commonjs() && !graph.module(symbol.module).is_runtime() =>
        {
            Resolved::Dynamic { module: *to, name: name.clone() }
        }
        _ => resolved,
    }
}

fn statement_index(index: usize) -> StatementIndex {
    StatementIndex(u32::try_from(index).expect("fewer than four billion statements"))
}

pub(super) fn unmarked(module: &Module) -> LinkedModule {
    let record = &module.record;
    LinkedModule {
        wrap: if module.is_commonjs() { Wrap::CommonJs } else { Wrap::Hoisted },
        is_async: false,
        live: vec![false; record.statements.len()],
        dead: Vec::new(),
        used: vec![false; record.symbols.len()],
        resolved: vec![None; record.symbols.len()],
        members: Vec::new(),
        exported: Vec::new(),
        dynamic_stars: Vec::new(),
        needs_namespace: false,
        needs_require: false,
        needs_import: false,
        is_script: false,
        runs: Vec::new(),
        prologue: Vec::new(),
    }
}
