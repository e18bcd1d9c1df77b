//! How chunks import and load each other, by format: declarations (esm), `require` (cjs), or a
//! record that the page's registry runs once every chunk that it needs is there (iife;
//! `bundle_js/runtime/chunks.js`).

use bundle_base::config::{Format, ModulesForm, Splitting};
use bundle_graph::{
    chunk::{ChunkId, Named},
    link::{ExportLookup, Resolved},
    module::ModuleId,
    plan::Wrap,
    record::SymbolKind,
};

use super::{exports, glue::Scope};
use crate::text;

/// Returns the import declarations for other chunks (esm), in the order in which these run.
pub(super) fn import_lines(scope: &Scope<'_>) -> Vec<String> {
    let line = |import: &bundle_graph::chunk::ChunkImport| {
        let from = text::string(&specifier_of(import.chunk, scope));
        let name = |named: &Named| {
            clause(&scope.graph.chunk(import.chunk).exports[named], scope.name(named))
        };
        match import.names.as_slice() {
            [] => format!("import {from};"),
            names => format!(
                "import {{ {} }} from {from};",
                names.iter().map(name).collect::<Vec<_>>().join(", ")
            ),
        }
    };
    scope.graph.scripts_imported(scope.chunk).map(line).collect()
}

/// Returns the export declaration of a chunk that is not an entry (esm).
pub(super) fn export_lines(scope: &Scope<'_>) -> Vec<String> {
    let name = |(named, key): (&Named, &String)| clause(scope.name(named), key);
    let names: Vec<String> = scope.chunk.exports.iter().map(name).collect();
    if names.is_empty() { Vec::new() } else { vec![format!("export {{ {} }};", names.join(", "))] }
}

fn clause(from: &str, to: &str) -> String {
    if from == to { from.to_owned() } else { format!("{from} as {to}") }
}

/// Returns the `require` calls for other chunks (cjs), in the order in which these run.
pub(super) fn require_lines(scope: &Scope<'_>) -> Vec<String> {
    let line = |import: &bundle_graph::chunk::ChunkImport| {
        let call = format!("require({})", text::string(&specifier_of(import.chunk, scope)));
        match import.names.as_slice() {
            [] => format!("{call};"),
            _ => format!("var {} = {call};", scope.name(&Named::Chunk(import.chunk))),
        }
    };
    scope.graph.scripts_imported(scope.chunk).map(line).collect()
}

/// Returns the body of a function that loads the chunk of a module and returns a promise of the
/// module's namespace.
pub(super) fn load(id: ModuleId, is_node: bool, scope: &Scope<'_>) -> String {
    let home = scope.graph.home(id, scope.chunk);
    let key = &scope.graph.chunk(home).exports[&Named::Import(id, is_node)];
    let give = format!(".then(function (chunk) {{ return {}(); }});", text::member("chunk", key));
    let file = || text::string(&specifier_of(home, scope));
    match scope.format() {
        Format::Esm => format!("return import({}){give}", file()),
        Format::Cjs => {
            let required = format!("function () {{ return require({}); }}", file());
            format!("return Promise.resolve().then({required}){give}")
        }
        Format::Iife => {
            let files = scope.graph.files_loaded_with(id, scope.chunk);
            let files: Vec<String> = files.iter().map(|file| text::string(file)).collect();
            let version = text::string(&scope.graph.chunk(home).version);
            format!(
                "return {}([{}], {version}){give}",
                scope.name(&Named::Loader),
                files.join(", ")
            )
        }
    }
}

/// Returns the call that installs the loader on the page, unless another script has installed it
/// (iife).
pub(super) fn install(loader: ModuleId, scope: &Scope<'_>) -> String {
    let install =
        runtime_function(loader, "install", scope).expect("whoever has the module has this");
    let has_loads = scope.modules_graph().chunk_loader == Some(loader);
    let loads = if has_loads { runtime_function(loader, "loads", scope) } else { None };
    let entry = only_entry(scope).map(text::string);
    let more = match (loads, entry) {
        (None, None) => String::new(),
        (Some(loads), None) => format!(", {loads}"),
        (loads, Some(entry)) => format!(", {}, {entry}", loads.unwrap_or("null")),
    };
    format!("{install}(page, {}{more});", identity(scope))
}

/// Returns the property of the global object in which the scripts of a split program register.
pub(super) fn registration_key(scope: &Scope<'_>) -> String {
    let name = &scope.config.name;
    text::string(&match only_entry(scope) {
        Some(entry) => format!("bundle:{name}:{entry}"),
        None => format!("bundle:{name}"),
    })
}

/// Returns the name of the entry of a script, if entries share no scripts. Each entry then has
/// modules of its own, even on a page that includes several.
fn only_entry<'s>(scope: &'s Scope<'_>) -> Option<&'s str> {
    let is_apart = scope.config.output.splitting == Splitting::Async;
    let entry = scope.graph.program(scope.chunk).only_entry().filter(|_| is_apart)?;
    Some(&scope.config.entries[entry].name)
}

/// Returns the call that finds the address of a script that does not register (iife), if the script
/// loads chunks.
pub(super) fn addresses(scope: &Scope<'_>) -> Option<String> {
    let chunk = scope.chunk;
    let addresses = scope
        .modules_graph()
        .addresses
        .filter(|_| !chunk.links.is_registered && scope.has(&Named::Loader))?;
    Some(format!("{}({})", runtime_function(addresses, "addresses", scope)?, identity(scope)))
}

/// Returns the arguments that identify a script: the project's name, the script's file, and the
/// configured public path.
pub(super) fn identity(scope: &Scope<'_>) -> String {
    let about = [&scope.config.name, &scope.chunk.files.script, &scope.config.output.public_path];
    about.map(|each| text::string(each)).join(", ")
}

/// Returns the name of a function of our runtime, if the script has it.
pub(super) fn runtime_function<'s>(
    module: ModuleId,
    name: &str,
    scope: &'s Scope<'_>,
) -> Option<&'s str> {
    let ExportLookup::Yes(Resolved::Symbol(symbol)) = scope.exports.export(module, name) else {
        unreachable!("the runtime exports {name}");
    };
    let named = Named::Symbol(symbol);
    scope.has(&named).then(|| scope.name(&named))
}

/// Returns the opening of a registered script: its file, its version, the chunks that it needs, and
/// its function.
pub(super) fn register(scope: &Scope<'_>) -> String {
    let key = registration_key(scope);
    let need = |import: &bundle_graph::chunk::ChunkImport| {
        let chunk = scope.graph.chunk(import.chunk);
        format!("[{}, {}]", text::string(&chunk.files.script), text::string(&chunk.version))
    };
    let needs: Vec<String> = scope.graph.scripts_imported(scope.chunk).map(need).collect();
    let mut given = vec![Named::Loader];
    if scope.graph.form == ModulesForm::Registry {
        given.extend([Named::Modules, Named::Registry]);
    } else {
        given.extend(
            scope.graph.scripts_imported(scope.chunk).map(|import| Named::Chunk(import.chunk)),
        );
    }
    let parameters: Vec<&str> = given.iter().map(|named| scope.name(named)).collect();
    let (file, version) =
        (text::string(&scope.chunk.record_name()), text::string(&scope.chunk.version));
    // Our loader adds what only `import()` loads, as a classic script. Pages include the others,
    // with type=module too, where `this` is undefined.
    let is_loaded = scope.config.output.is_split_by_entry()
        && scope.chunk.static_entry.is_none()
        && scope.chunk.files.entry.is_none();
    let page = if is_loaded { "this" } else { "(this || self)" };
    format!(
        "({page}[{key}] = {page}[{key}] || []).push([{file}, {version}, [{}], function ({}) {{",
        needs.join(", "),
        parameters.join(", ")
    )
}

/// Returns the end of an entry's record: the global name that gets its exports, or `1`. Empty for a
/// chunk that is not an entry.
pub(super) fn entry_mark(scope: &Scope<'_>) -> String {
    let Some(static_entry) = scope.chunk.static_entry else { return String::new() };
    match exports::global_name(static_entry, scope) {
        Some(global) => format!(", {}", text::string(global)),
        None => ", 1".to_owned(),
    }
}

/// Returns statements, line by line, that return or assign (`prefix`) the object that a chunk gives
/// to its importers, or what an entry exports to the page.
pub(super) fn exports_object(scope: &Scope<'_>, prefix: &str) -> Vec<String> {
    if scope.chunk.static_entry.is_some() {
        return exports::value(scope).map(|value| format!("return {value};")).into_iter().collect();
    }
    if scope.chunk.exports.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![format!("{prefix}{{")];
    for (named, key) in &scope.chunk.exports {
        let (key, name) = (text::key(key), scope.name(named));
        lines.push(if is_constant(named, scope) {
            format!("{key}: {name},")
        } else {
            format!("get {key}() {{ return {name}; }},")
        });
    }
    if let Some(last) = lines.last_mut() {
        last.pop();
    }
    lines.push("};".to_owned());
    lines
}

/// Whether a name keeps its value once its chunk has run. Others need a getter.
fn is_constant(named: &Named, scope: &Scope<'_>) -> bool {
    match named {
        Named::Symbol(of) => {
            let symbol = &scope.module(of.module).record.symbols[of.symbol.0 as usize];
            let is_set = scope.linked_module(of.module).wrap == Wrap::Hoisted
                || symbol.kind == SymbolKind::Function;
            is_set && !symbol.is_reassigned
        }
        Named::Namespace(id) => {
            scope.linked_module(*id).wrap == Wrap::Hoisted
                || scope.exports.dynamic_stars(*id).is_empty()
        }
        Named::Init(_) | Named::Require(_) | Named::Import(..) => true,
        Named::Exports(_)
        | Named::Default(_)
        | Named::CommonJsNamespace(..)
        | Named::External(_)
        | Named::ExternalRequire(_)
        | Named::ExternalImport(..)
        | Named::ExternalDefault(_)
        | Named::ExternalNamespace(..)
        | Named::ExternalName(..)
        | Named::Lifted(..)
        | Named::Load(..)
        | Named::Chunk(_)
        | Named::Loader
        | Named::Registry
        | Named::Modules => false,
    }
}

/// Returns the path of another chunk's file, relative to the file of this one.
fn specifier_of(to: ChunkId, scope: &Scope<'_>) -> String {
    bundle_graph::chunk::specifier_from(
        &scope.chunk.files.script,
        &scope.graph.chunk(to).files.script,
    )
}
