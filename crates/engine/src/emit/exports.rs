//! What the entry of a chunk returns, exports or imports, by format. For Node, a cjs output also
//! lists export names that Node would not find in the text by itself.

use std::cell::LazyCell;

use bundle_base::{FxIndexSet, config::Format};
use bundle_graph::{
    chunk::{Named, is_reexported},
    link::{EntryKind, ExportMode, Interop, Resolved, StaticEntry},
    module::{ExternalId, ModuleId, Target},
    record::SymbolKind,
};
use rustc_hash::FxHashSet;

use super::glue::Scope;
use crate::text;

/// How the value of an iife gets its global name.
pub(super) struct GlobalPrefix {
    /// Statements before the function: they make the objects on the way to a dotted name.
    pub before: Vec<String>,
    /// The text before the function: `var App = `, `App.lib = ` or nothing.
    pub assign: String,
}

/// Returns the prefix that assigns an iife to its page global; empty if none is configured.
pub(super) fn global_prefix(scope: &Scope<'_>) -> GlobalPrefix {
    let Some(global) =
        scope.chunk.static_entry.and_then(|static_entry| global_name(static_entry, scope))
    else {
        return GlobalPrefix { before: Vec::new(), assign: String::new() };
    };
    let segments: Vec<&str> = global.split('.').collect();
    let paths: Vec<String> = (1..=segments.len()).map(|n| segments[..n].join(".")).collect();
    let (last, objects) = paths.split_last().expect("a global name is not empty");
    let object = |(index, path): (usize, &String)| {
        let declare = if index == 0 { "var " } else { "" };
        format!("{declare}{path} = {path} || {{}};")
    };
    let declare = if objects.is_empty() { "var " } else { "" };
    GlobalPrefix {
        before: objects.iter().enumerate().map(object).collect(),
        assign: format!("{declare}{last} = "),
    }
}

/// Returns the page global that gets the exports of an entry.
pub(super) fn global_name<'s>(static_entry: StaticEntry, scope: &Scope<'s>) -> Option<&'s String> {
    match static_entry.kind {
        EntryKind::Configured(entry) => scope.config.entries[entry].global_name.as_ref(),
        EntryKind::Worker => None,
    }
}

/// Returns the value that the chunk exports as one object (iife, cjs), if it is visible outside.
pub(super) fn value(scope: &Scope<'_>) -> Option<String> {
    let static_entry = scope.chunk.static_entry.filter(|e| e.export_mode == ExportMode::Object)?;
    if scope.linked_module(static_entry.module).is_script {
        return Some("{}".to_owned());
    }
    if scope.module(static_entry.module).is_commonjs() {
        return Some(format!("{}()", scope.name(&Named::Require(static_entry.module))));
    }
    Some(format!(
        "{}({})",
        scope.runtime("to_commonjs"),
        scope.name(&Named::Namespace(static_entry.module))
    ))
}

/// Returns what an entry adds to `exports` (cjs) before any module runs: the `__esModule` marker
/// and its functions. An external that the entry requires may require the entry in turn, and finds
/// them there.
pub(super) fn early_lines(scope: &Scope<'_>) -> Vec<String> {
    let Some(entry) = named_entry(scope) else { return Vec::new() };
    let exported = &scope.linked_module(entry).exported;
    let mut lines = Vec::new();
    if has_statements(entry, scope) && exported.iter().all(|(name, _)| name != "__esModule") {
        lines.push("Object.defineProperty(exports, \"__esModule\", { value: true });".to_owned());
    }
    lines.extend(
        exported
            .iter()
            .filter(|export| is_early(export, scope))
            .map(|export| assignment(export, scope)),
    );
    lines
}

/// Returns what an entry adds to `exports` (cjs) when it has run, as statements line by line.
pub(super) fn property_lines(scope: &Scope<'_>) -> Vec<String> {
    let Some(entry) = named_entry(scope) else { return Vec::new() };
    let exported =
        scope.linked_module(entry).exported.iter().filter(|export| !is_early(export, scope));
    let is_plain =
        |(name, resolved): &&(String, Resolved)| is_settled(resolved, scope) && name != PROTOTYPE;
    let (plain, live): (Vec<_>, Vec<_>) = exported.partition(is_plain);
    let mut lines: Vec<String> =
        plain.into_iter().map(|export| assignment(export, scope)).collect();
    let value = |resolved| scope.expression(resolved);
    let descriptor =
        |it| format!("{{ enumerable: true, get: function () {{ return {}; }} }}", value(it));
    let (prototype, live): (Vec<_>, Vec<_>) =
        live.into_iter().partition(|(name, _)| name == PROTOTYPE);
    lines.extend(prototype.iter().map(|(name, it)| {
        format!("Object.defineProperty(exports, {}, {});", text::string(name), descriptor(it))
    }));
    if let Some(((name, it), rest)) = live.split_last() {
        // All getters in one call: Node leaves out a name that is defined alone with a getter of
        // another shape than it expects.
        lines.push("Object.defineProperties(exports, {".to_owned());
        lines.extend(
            rest.iter().map(|(name, it)| format!("{}: {},", text::key(name), descriptor(it))),
        );
        lines.push(format!("{}: {}", text::key(name), descriptor(it)));
        lines.push("});".to_owned());
    }
    lines
}

/// Whether a file has statements: an empty one is neither an ES module nor CommonJS yet.
fn has_statements(entry: ModuleId, scope: &Scope<'_>) -> bool {
    !scope.module(entry).record.statements.is_empty()
}

/// Whether an export is a function of this script's own scope: it exists before any module
/// runs.
fn is_early((name, resolved): &(String, Resolved), scope: &Scope<'_>) -> bool {
    let Resolved::Symbol(of) = resolved else { return false };
    let symbol = &scope.module(of.module).record.symbols[of.symbol.0 as usize];
    let is_here = scope.graph.foreign(&Named::Symbol(*of), scope.chunk).is_none();
    symbol.kind == SymbolKind::Function
        && is_here
        && is_settled(resolved, scope)
        && name != PROTOTYPE
}

fn assignment((name, resolved): &(String, Resolved), scope: &Scope<'_>) -> String {
    format!("{} = {};", text::member("exports", name), scope.expression(resolved))
}

/// As a key of an object literal, or assigned to, this name would set the prototype.
const PROTOTYPE: &str = "__proto__";

/// Returns the entry whose exports are assigned to `exports` name by name (cjs).
fn named_entry(scope: &Scope<'_>) -> Option<ModuleId> {
    let static_entry = scope
        .chunk
        .static_entry
        .filter(|e| e.export_mode == ExportMode::Named && scope.format() == Format::Cjs)?;
    Some(static_entry.module)
}

/// Whether an export keeps its value once the entry and all its imports have run. Others
/// need a getter.
fn is_settled(resolved: &Resolved, scope: &Scope<'_>) -> bool {
    match resolved {
        Resolved::Symbol(of) => {
            !scope.module(of.module).record.symbols[of.symbol.0 as usize].is_reassigned
        }
        Resolved::Namespace(_) | Resolved::Constant(..) | Resolved::Missing => true,
        Resolved::CommonJs(_) | Resolved::External(_) | Resolved::Dynamic { .. } => false,
    }
}

/// Returns lines that never run and name the exports of a script that Node would not find otherwise
/// (cjs). Node finds the names that an ES module can import in the text, as npm's cjs-module-lexer
/// does, before the script runs. It finds stars outside of parentheses only.
pub(super) fn names_for_node(scope: &Scope<'_>) -> Vec<String> {
    let Some(static_entry) = scope.chunk.static_entry.filter(|_| scope.format() == Format::Cjs)
    else {
        return Vec::new();
    };
    let stars = scope.exports.dynamic_stars(static_entry.module);
    let names = undetected_names(static_entry.module, &stars, scope);
    let members: Vec<String> = names.iter().map(|name| text::member("exports", name)).collect();
    let names = (!members.is_empty()).then(|| format!("0 && ({} = 0);", members.join(" = ")));
    let all_of = |star: &Target| match star {
        Target::External(of) => {
            let specifier = text::string(&scope.modules_graph().external(*of).specifier);
            Some(format!("0 && __exportStar(require({specifier}));"))
        }
        Target::Module(_) | Target::Missing | Target::Text(_) | Target::None => None,
    };
    names.into_iter().chain(stars.iter().filter_map(all_of)).collect()
}

/// Returns the names that an entry exports and its text does not show, each once.
fn undetected_names(entry: ModuleId, stars: &[Target], scope: &Scope<'_>) -> FxIndexSet<String> {
    let of_commonjs = |id: ModuleId| scope.module(id).record.commonjs_exports.iter().cloned();
    let mut names = FxIndexSet::default();
    if named_entry(scope).is_some() {
        let live = scope
            .linked_module(entry)
            .exported
            .iter()
            .filter(|(_, resolved)| !is_settled(resolved, scope));
        names.extend(live.map(|(name, _)| name.clone()));
    } else if scope.module(entry).is_commonjs() {
        names.extend(of_commonjs(entry));
    } else {
        names.extend(scope.exports.names(entry));
    }
    names.extend(
        stars
            .iter()
            .filter_map(Target::module)
            .filter(|id| scope.module(*id).is_commonjs())
            .flat_map(of_commonjs),
    );
    // Node's default import is always `module.exports`, whatever the text exports.
    names.retain(|name| !["default", "module.exports", PROTOTYPE].contains(&name.as_str()));
    names
}

/// Returns the names that the chunk exports, sorted.
pub(super) fn names(scope: &Scope<'_>) -> Vec<String> {
    let Some(static_entry) = scope.chunk.static_entry else {
        let mut names: Vec<String> = scope.chunk.exports.values().cloned().collect();
        names.sort_unstable();
        return names;
    };
    if static_entry.kind == EntryKind::Worker {
        return Vec::new();
    }
    match (scope.format(), scope.module(static_entry.module).is_commonjs()) {
        (Format::Esm, true) => vec!["default".to_owned()],
        (_, true) => Vec::new(),
        (_, false) => scope.exports.names(static_entry.module),
    }
}

/// Returns the import declarations of externals (esm).
pub(super) fn import_lines(scope: &Scope<'_>) -> Vec<String> {
    scope.chunk.externals.iter().flat_map(|id| imports_of(scope, *id)).collect()
}

fn imports_of(scope: &Scope<'_>, id: ExternalId) -> Vec<String> {
    let from = text::string(&scope.modules_graph().external(id).specifier);
    let (mut lines, mut named, mut default) = (Vec::new(), Vec::new(), None);
    for (what, local) in scope.named() {
        if let Named::ExternalNamespace(of, _) = what
            && *of == id
        {
            lines.push(format!("import * as {local} from {from};"));
        }
        let Named::ExternalName(of, name) = what else { continue };
        match name.as_str() {
            _ if *of != id => {}
            "default" => default = Some(local),
            name if name == local => named.push(local.to_owned()),
            name => named.push(format!("{} as {local}", text::clause_name(name))),
        }
    }
    let braces = (!named.is_empty()).then(|| format!("{{ {} }}", named.join(", ")));
    let clause: Vec<String> = default.map(str::to_owned).into_iter().chain(braces).collect();
    match (clause.is_empty(), lines.is_empty()) {
        (false, _) => lines.insert(0, format!("import {} from {from};", clause.join(", "))),
        (true, true) => lines.push(format!("import {from};")),
        (true, false) => {}
    }
    lines
}

/// Returns `export { foo } from "external"`. If the external lacks the name, this declaration fails
/// as the one in the source would.
fn reexport(interop: &Interop<ExternalId>, exported: &str, scope: &Scope<'_>) -> String {
    let name = text::clause_name(interop.name.as_deref().expect("a property has a name"));
    let exported = text::clause_name(exported);
    let clause = if name == exported { name } else { format!("{name} as {exported}") };
    format!(
        "export {{ {clause} }} from {};",
        text::string(&scope.modules_graph().external(interop.of).specifier)
    )
}

/// Returns the export declarations of the entry (esm).
pub(super) fn export_lines(static_entry: StaticEntry, scope: &Scope<'_>) -> Vec<String> {
    let entry = static_entry.module;
    if static_entry.export_mode == ExportMode::None {
        return Vec::new();
    }
    if scope.module(entry).is_commonjs() {
        return vec![format!("export default {}();", scope.name(&Named::Require(entry)))];
    }
    let taken = LazyCell::new(|| scope.named().map(|(_, name)| name).collect::<FxHashSet<_>>());
    let (mut lines, mut clause) = (Vec::new(), Vec::new());
    for (index, (name, resolved)) in scope.linked_module(entry).exported.iter().enumerate() {
        if let Resolved::External(interop) = resolved
            && is_reexported(resolved, Format::Esm)
        {
            lines.push(reexport(interop, name, scope));
            continue;
        }
        let local = match resolved {
            Resolved::Symbol(_) | Resolved::Namespace(_) | Resolved::External(_) => {
                scope.expression(resolved)
            }
            // A value of a CommonJS module is read once: an ES module's export has to be a
            // variable.
            Resolved::CommonJs(_)
            | Resolved::Dynamic { .. }
            | Resolved::Constant(..)
            | Resolved::Missing => {
                let mut local = format!("export${index}");
                while taken.contains(local.as_str()) {
                    local.push('$');
                }
                lines.push(format!("var {local} = {};", scope.expression(resolved)));
                local
            }
        };
        clause.push(if local == *name || local == text::clause_name(name) {
            local
        } else {
            format!("{local} as {}", text::clause_name(name))
        });
    }
    if !clause.is_empty() {
        lines.push(format!("export {{ {} }};", clause.join(", ")));
    }
    for target in scope.exports.dynamic_stars(entry) {
        if let Target::External(id) = target {
            lines.push(format!(
                "export * from {};",
                text::string(&scope.modules_graph().external(id).specifier)
            ));
        }
    }
    lines
}
