//! Known objects, whose members may be replaced by literals: which of them cannot change. An object
//! may change once anything except a known member of it is mentioned: a variable that holds it, a
//! call with it as an argument, `Object.keys`, one of its functions, whose `this` it is. The same
//! goes for namespace objects that it is a property of. The members of such an object are read as
//! written.

use rustc_hash::FxHashSet;

use super::{ExportLookup, ExportMode, Exports, Resolved, StaticEntry, members};
use crate::{
    module::{Module, ModuleGraph, ModuleId, SymbolRef, Target},
    record::{KnownObject, Path, RequestKind, Statement, SymbolIndex, SymbolUse},
};

/// A known object: its module, and its position in `ModuleRecord::objects`.
type ObjectRef = (ModuleId, usize);

/// Returns the known object that a name refers to.
pub(super) fn known(graph: &ModuleGraph, symbol: SymbolRef) -> Option<(ObjectRef, &KnownObject)> {
    let objects = &graph.module(symbol.module).record.objects;
    let index = objects.iter().position(|object| object.symbols.contains(&symbol.symbol))?;
    Some(((symbol.module, index), &objects[index]))
}

/// Returns the known objects that modules of a program may change, because they use or export the
/// object as a whole. Objects that are fixed (`KnownObject::is_fixed`) may be among them.
pub(super) fn out_of_sight(
    static_entries: &[StaticEntry],
    exports: &Exports<'_>,
) -> FxHashSet<ObjectRef> {
    let graph = exports.graph();
    let mut seen =
        Seen { exports, objects: FxHashSet::default(), namespaces: FxHashSet::default() };
    for static_entry in
        static_entries.iter().filter(|static_entry| static_entry.export_mode != ExportMode::None)
    {
        seen.whole(Resolved::Namespace(static_entry.module));
    }
    let mut reached = vec![false; graph.modules.len()];
    let mut stack: Vec<ModuleId> =
        static_entries.iter().map(|static_entry| static_entry.module).collect();
    while let Some(id) = stack.pop() {
        if std::mem::replace(&mut reached[id.index()], true) {
            continue;
        }
        let module = graph.module(id);
        seen.module(id, module);
        stack.extend(module.targets.iter().filter_map(|target| match target {
            Target::Module(to) => Some(*to),
            Target::External(_) | Target::Missing | Target::Text(_) | Target::None => None,
        }));
    }
    seen.objects
}

struct Seen<'e, 'g> {
    exports: &'e Exports<'g>,
    objects: FxHashSet<ObjectRef>,
    namespaces: FxHashSet<ModuleId>,
}

impl Seen<'_, '_> {
    fn module(&mut self, id: ModuleId, module: &Module) {
        for statement in &module.record.statements {
            for used in &statement.uses {
                self.mention(SymbolRef { module: id, symbol: used.symbol }, used, statement);
            }
        }
        // A CommonJS module reads provided names from the namespace object.
        for (request, target) in module.record.requests.iter().zip(&module.targets) {
            let is_by_name = matches!(
                request.kind,
                RequestKind::Import | RequestKind::Runtime | RequestKind::Polyfill
            );
            if let Target::Module(to) = target
                && (!is_by_name || module.is_commonjs())
            {
                self.whole(Resolved::Namespace(*to));
            }
        }
    }

    fn mention(&mut self, symbol: SymbolRef, used: &SymbolUse, statement: &Statement) {
        let graph = self.exports.graph();
        let record = &graph.module(symbol.module).record;
        // Most symbols are neither known objects nor imports.
        if record.objects.is_empty() && self.exports.import_of(symbol).is_none() {
            return;
        }
        // `export default config` gives the object another name, whose uses are checked too. The
        // object's own declaration counts as a use, because it may hold functions that change the
        // object.
        let declares = |name: &SymbolIndex| statement.declares.contains(name);
        let is_naming = !declares(&symbol.symbol)
            && known(graph, symbol).is_some_and(|(_, object)| object.symbols.iter().any(declares));
        let ExportLookup::Yes(meaning) = self.exports.meaning(symbol) else { return };
        used.members.iter().for_each(|path| self.path(&meaning, path));
        if used.is_whole && !is_naming {
            self.whole(meaning);
        }
    }

    fn path(&mut self, meaning: &Resolved, path: &Path) {
        let (resolved, taken) = members::follow(self.exports, meaning, path);
        let is_member = match (&resolved, path.get(taken)) {
            (Resolved::Symbol(symbol), Some(name)) => known(self.exports.graph(), *symbol)
                .is_some_and(|(_, object)| object.member(name).is_some()),
            (_, _) => false,
        };
        if !is_member {
            self.whole(resolved);
        }
    }

    /// Marks an object as changeable because it is used as a value, or the objects that a namespace
    /// used as a value gives access to.
    fn whole(&mut self, resolved: Resolved) {
        let mut stack = vec![resolved];
        while let Some(resolved) = stack.pop() {
            match resolved {
                Resolved::Symbol(symbol) => {
                    self.objects
                        .extend(known(self.exports.graph(), symbol).map(|(object, _)| object));
                }
                Resolved::Namespace(of) => {
                    if self.namespaces.insert(of) {
                        let names = self.exports.names(of);
                        stack.extend(names.iter().filter_map(|name| {
                            match self.exports.export(of, name) {
                                ExportLookup::Yes(resolved) => Some(resolved),
                                ExportLookup::No | ExportLookup::Circular => None,
                            }
                        }));
                    }
                }
                Resolved::CommonJs(_)
                | Resolved::External(_)
                | Resolved::Dynamic { .. }
                | Resolved::Constant(..)
                | Resolved::Missing => {}
            }
        }
    }
}
