//! How chunks take from each other and load each other, by format: declarations (esm), `require`
//! (cjs), or a record that the page's registry runs once everything it needs is there (iife;
//! `bundle_js/runtime/chunks.js`).

use bundle_base::config::Format;
use bundle_graph::{
    chunk::{Chunk, ChunkGraph, ChunkId, Named},
    link::{Found, Resolved},
    module::ModuleId,
    plan::Wrap,
    record::SymbolKind,
};
use indexmap::IndexMap;

use super::{exports, glue::Scope, text};

/// Adds the names that other chunks make: properties of what these give.
pub(super) fn name_properties(
    names: &mut IndexMap<Named, String>,
    chunk: &Chunk,
    graph: &ChunkGraph<'_, '_>,
) {
    for import in &chunk.imports {
        for named in &import.names {
            let (home, key) =
                graph.foreign(named, chunk).expect("an imported name is another chunk's");
            let property = text::member(&names[&Named::Chunk(home)], key);
            names.insert(named.clone(), property);
        }
    }
}

/// Import declarations of other chunks (esm), in the order in which they run.
pub(super) fn import_lines(scope: &Scope<'_>) -> Vec<String> {
    let line = |import: &bundle_graph::chunk::ChunkImport| {
        let from = text::string(&relative(import.chunk, scope));
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

/// The export declaration of a chunk that is no entry (esm).
pub(super) fn export_lines(scope: &Scope<'_>) -> Vec<String> {
    let name = |(named, key): (&Named, &String)| clause(scope.name(named), key);
    let names: Vec<String> = scope.chunk.exports.iter().map(name).collect();
    if names.is_empty() { Vec::new() } else { vec![format!("export {{ {} }};", names.join(", "))] }
}

fn clause(from: &str, to: &str) -> String {
    if from == to { from.to_owned() } else { format!("{from} as {to}") }
}

/// `require`s of other chunks (cjs), in the order in which they run.
pub(super) fn require_lines(scope: &Scope<'_>) -> Vec<String> {
    let line = |import: &bundle_graph::chunk::ChunkImport| {
        let call = format!("require({})", text::string(&relative(import.chunk, scope)));
        match import.names.as_slice() {
            [] => format!("{call};"),
            _ => format!("var {} = {call};", scope.name(&Named::Chunk(import.chunk))),
        }
    };
    scope.graph.scripts_imported(scope.chunk).map(line).collect()
}

/// The body of a function that loads the chunk of a module and gives a promise of its namespace.
pub(super) fn load(id: ModuleId, is_node: bool, scope: &Scope<'_>) -> String {
    let home = scope.graph.home(id, scope.chunk);
    let key = &scope.graph.chunk(home).exports[&Named::Import(id, is_node)];
    let give = format!(".then(function (chunk) {{ return {}(); }});", text::member("chunk", key));
    let file = || text::string(&relative(home, scope));
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

/// The call that lets scripts meet on the page, if no other one has (iife).
pub(super) fn install(loader: ModuleId, scope: &Scope<'_>) -> String {
    let install =
        runtime_function((loader, "install"), scope).expect("whoever has the module has this");
    let loads = runtime_function((loader, "loads"), scope)
        .map(|loads| format!(", {loads}"))
        .unwrap_or_default();
    format!("{install}(page, {}{loads});", whereabouts(scope))
}

/// The property of the page where scripts that split meet.
pub(super) fn meeting_place(scope: &Scope<'_>) -> String {
    text::string(&format!("bundle:{}", scope.config.name))
}

/// The call that finds out where a script that meets no others is (iife), if it has to know.
pub(super) fn addresses(scope: &Scope<'_>) -> Option<String> {
    let chunk = scope.chunk;
    let addresses = scope
        .modules_graph()
        .addresses
        .filter(|_| !chunk.is_registered && scope.has(&Named::Loader))?;
    Some(format!("{}({})", runtime_function((addresses, "addresses"), scope)?, whereabouts(scope)))
}

/// The project, the script's file, and the configured address of its folder.
fn whereabouts(scope: &Scope<'_>) -> String {
    let about = [&scope.config.name, &scope.chunk.file, &scope.config.output.public_path];
    about.map(|each| text::string(each)).join(", ")
}

/// The name of a function of our runtime, if the script has it.
pub(super) fn runtime_function<'s>(
    (module, name): (ModuleId, &str),
    scope: &'s Scope<'_>,
) -> Option<&'s str> {
    let Found::Yes(Resolved::Symbol(symbol)) = scope.exports.export(module, name) else {
        unreachable!("the runtime exports {name}");
    };
    let named = Named::Symbol(symbol);
    scope.has(&named).then(|| scope.name(&named))
}

/// The opening of a registered script: its file, what it looks like to others, what it needs, and
/// its function.
pub(super) fn register(scope: &Scope<'_>) -> String {
    let key = meeting_place(scope);
    let need = |import: &bundle_graph::chunk::ChunkImport| {
        let chunk = scope.graph.chunk(import.chunk);
        format!("[{}, {}]", text::string(&chunk.file), text::string(&chunk.version))
    };
    let needs: Vec<String> = scope.graph.scripts_imported(scope.chunk).map(need).collect();
    let mut given = vec![Named::Loader];
    if scope.graph.is_registry {
        given.extend([Named::Modules, Named::Registry]);
    } else {
        given.extend(
            scope.graph.scripts_imported(scope.chunk).map(|import| Named::Chunk(import.chunk)),
        );
    }
    let parameters: Vec<&str> = given.iter().map(|named| scope.name(named)).collect();
    let (file, version) =
        (text::string(&scope.chunk.record_name()), text::string(&scope.chunk.version));
    format!(
        "(this[{key}] = this[{key}] || []).push([{file}, {version}, [{}], function ({}) {{",
        needs.join(", "),
        parameters.join(", ")
    )
}

/// What an entry's record ends with: the global name that gets its exports, if there is one.
pub(super) fn entry_mark(scope: &Scope<'_>) -> String {
    let Some(static_entry) = scope.chunk.static_entry else { return String::new() };
    match exports::global_name(static_entry, scope) {
        Some(global) => format!(", {}", text::string(global)),
        None => ", 1".to_owned(),
    }
}

/// What a chunk gives to those that import it, or an entry to the page, as statements over lines.
pub(super) fn given(scope: &Scope<'_>, prefix: &str) -> Vec<String> {
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

/// Whether a name has its value for good when its chunk has run.
fn is_constant(named: &Named, scope: &Scope<'_>) -> bool {
    match named {
        Named::Symbol(of) => {
            let symbol = &scope.module(of.module).record.symbols[of.symbol.0 as usize];
            let is_set =
                scope.part(of.module).wrap == Wrap::Hoisted || symbol.kind == SymbolKind::Function;
            is_set && !symbol.is_reassigned
        }
        Named::Namespace(id) => {
            scope.part(*id).wrap == Wrap::Hoisted || scope.exports.dynamic_stars(*id).is_empty()
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

/// The path of another chunk's file from this one's.
fn relative(to: ChunkId, scope: &Scope<'_>) -> String {
    bundle_graph::chunk::relative(&scope.graph.chunk(to).file, &scope.chunk.file)
}
