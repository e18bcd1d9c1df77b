//! Checks imported names: those that no module exports, those that two `export *` bring, and
//! members of namespaces that are not there.

use std::collections::BTreeSet;

use bundle_base::{
    Diagnostic, Diagnostics, Label, diagnostic::Severity, installed::is_installed,
    loader::is_css_or_sass,
};
use rustc_hash::FxHashSet;

use crate::{
    link::{Conflict, ExportLookup, Exports, Resolved},
    messages,
    module::{Module, ModuleGraph, ModuleId, SymbolRef, Target},
    record::{Import, ImportName, RECEIVER, RequestKind, Star, SymbolKind},
};

/// Checks the imported names of every module of the graph for which `is_anew` holds, whether the
/// module is included or not.
pub(in crate::link) fn imports(
    exports: &Exports<'_>,
    is_anew: impl Fn(ModuleId) -> bool,
    log: &mut Diagnostics,
) {
    let mut cycles = FxHashSet::default();
    for (id, module) in exports.graph().iter().filter(|(id, _)| is_anew(*id)) {
        for import in &module.record.imports {
            if let ImportName::Named(name) = &import.name {
                log.extend(check_import(id, module, import, name, exports, &mut cycles));
            }
        }
        check_members(id, module, exports, log);
    }
    check_stars(exports, is_anew, log);
}

/// Reports names that two `export *` bring with different meanings. It looks only at modules whose
/// exports are all visible: entries, and modules that are imported as a whole. In packages, which
/// the user cannot fix, they are not reported.
fn check_stars(exports: &Exports<'_>, is_anew: impl Fn(ModuleId) -> bool, log: &mut Diagnostics) {
    let graph = exports.graph();
    // Most edits touch no module with `export *`.
    let has_stars =
        |(id, module): (ModuleId, &Module)| !module.record.stars.is_empty() && is_anew(id);
    if !graph.iter().any(has_stars) {
        return;
    }
    let whole = graph.iter().flat_map(|(_, module)| whole_imports(module));
    let seen: BTreeSet<ModuleId> = graph.entries.iter().copied().chain(whole).collect();
    let mut reported = FxHashSet::default();
    for id in seen.into_iter().filter(|id| is_anew(*id)) {
        for name in exports.repeated(id) {
            exports.export(id, &name);
            let Some(Conflict { module, first, second }) = exports.conflict(id, &name) else {
                continue;
            };
            let by = graph.module(module);
            let leads_there = |star: &&Star| by.target(star.request) == &Target::Module(second);
            let star = by.record.stars.iter().find(leads_there);
            if let Some(star) = star
                && !is_installed(&by.source.name)
                && reported.insert((module, name.clone()))
            {
                let [first, second] = [first, second].map(|id| graph.module(id).key.as_ref());
                let at = by.label(star.span);
                log.push(messages::conflicting_stars(at, &name, [first, second]));
            }
        }
    }
}

/// Returns the modules whose namespace objects a module imports, or takes by `require` and
/// `import()`.
fn whole_imports(module: &Module) -> impl Iterator<Item = ModuleId> {
    let namespaces = module.record.imports.iter().filter(|i| i.name == ImportName::Namespace);
    let requests = module.record.requests.iter().zip(&module.targets);
    let taken = requests
        .filter(|(request, _)| matches!(request.kind, RequestKind::Require | RequestKind::Dynamic));
    namespaces
        .filter_map(|import| module.target(import.request).module())
        .chain(taken.filter_map(|(_, target)| target.module()))
}

/// Reports members of namespaces that are not exported: `import * as math from …; math.sni(1)`.
fn check_members(id: ModuleId, module: &Module, exports: &Exports<'_>, log: &mut Diagnostics) {
    let uses = module.record.statements.iter().flat_map(|statement| &statement.uses);
    for used in uses.filter(|used| !used.is_whole && !used.may_be_type) {
        let symbol = SymbolRef { module: id, symbol: used.symbol };
        let ExportLookup::Yes(Resolved::Namespace(of)) = exports.meaning(symbol) else { continue };
        let mut reported: Vec<&String> = Vec::new();
        for name in used.members.iter().map(|path| &path[0]) {
            if name == RECEIVER
                || exports.export(of, name) != ExportLookup::No
                || reported.contains(&name)
            {
                continue;
            }
            reported.push(name);
            let known = exports.names(of);
            let from = &exports.graph().module(of).key;
            log.push(messages::missing_member(module.label(used.span), name, from, &known));
        }
    }
}

fn check_import(
    id: ModuleId,
    module: &Module,
    import: &Import,
    name: &str,
    exports: &Exports<'_>,
    cycles: &mut FxHashSet<(ModuleId, String)>,
) -> Option<Diagnostic> {
    let Target::Module(of) = *module.target(import.request) else { return None };
    let label = || module.label(import.span);
    let key = |id| exports.graph().module(id).key.as_ref();
    match exports.import(id, import) {
        ExportLookup::Yes(_) => exports.conflict(of, name).map(|conflict| {
            let [first, second] = [conflict.first, conflict.second].map(key);
            messages::ambiguous_export(label(), name, key(conflict.module), [first, second])
        }),
        // A name that is only re-exported may have been a type: TypeScript files are compiled one
        // by one. So may one that only metadata for decorators mentions.
        ExportLookup::No if module.is_typescript && !is_value(module, import) => None,
        // Babel's plugins that import components on demand import styles in this way.
        ExportLookup::No
            if name == "default"
                && is_stylesheet(exports.graph().module(of))
                && is_never_read(id, module, import, exports.graph()) =>
        {
            None
        }
        ExportLookup::No => {
            let names = exports.names(of);
            let mut found = missing(label(), &module.key, name, exports.graph().module(of), &names);
            if module.is_wasm_instance() {
                found = messages::imported_by_wasm(found);
            }
            if is_never_read(id, module, import, exports.graph()) {
                found.severity = Severity::Warning;
            }
            Some(found)
        }
        ExportLookup::Circular => {
            let cycle = exports.cycle(of, name);
            // A cycle is reported once, although each of its modules looks up the name.
            let is_new = cycle.iter().min().is_none_or(|first| cycles.insert(first.clone()));
            let mut keys: Vec<String> =
                cycle.iter().map(|(id, _)| exports.graph().module(*id).key.to_string()).collect();
            keys.extend(keys.first().cloned());
            is_new.then(|| messages::circular_export(label(), name, &keys))
        }
    }
}

/// Whether a module is a stylesheet. An empty one has no styles.
fn is_stylesheet(module: &Module) -> bool {
    let ending = module.key.rsplit_once('.').map(|(_, ending)| ending);
    module.is_style() || ending.is_some_and(is_css_or_sass)
}

fn missing(label: Label, importer: &str, name: &str, of: &Module, known: &[String]) -> Diagnostic {
    let named: Vec<String> = known.iter().filter(|n| *n != "default").cloned().collect();
    let is_part_of_importer =
        || of.key.strip_prefix(importer).is_some_and(|part| part.starts_with('?'));
    if name == "default" && is_part_of_importer() {
        return messages::missing_options(label, importer);
    }
    if of.is_wasm_instance() {
        return messages::not_in_wasm(label, name, &of.key, &named);
    }
    if is_stylesheet(of) && known.is_empty() {
        return messages::stylesheet_without_exports(label, &of.key);
    }
    if name == "default" {
        return messages::missing_default_export(label, &of.key, &named);
    }
    if named.is_empty() && !known.is_empty() {
        return messages::only_default_export(label, name, &of.key);
    }
    let is_own =
        |kind| matches!(kind, SymbolKind::Var | SymbolKind::Lexical | SymbolKind::Function);
    let declared =
        of.record.symbols.iter().find(|symbol| symbol.name == name && is_own(symbol.kind));
    match declared.filter(|symbol| symbol.span.start < symbol.span.end) {
        Some(symbol) => {
            messages::declared_but_not_exported(label, name, &of.key, of.label(symbol.span))
        }
        None => messages::missing_export(label, name, &of.key, &named),
    }
}

/// Whether a program runs the same without an imported binding: nothing in the module
/// mentions it, and no page can see it as an export of an entry.
fn is_never_read(id: ModuleId, module: &Module, import: &Import, graph: &ModuleGraph) -> bool {
    let is_exported = || module.record.exports.iter().any(|export| export.symbol == import.symbol);
    let is_visible = graph.entries.contains(&id) && is_exported();
    !is_visible && !is_mentioned(module, import)
}

fn is_mentioned(module: &Module, import: &Import) -> bool {
    module.record.uses(import).next().is_some()
}

fn is_value(module: &Module, import: &Import) -> bool {
    module.record.uses(import).any(|used| !used.may_be_type)
}
