//! The metafile, in esbuild's shape: which files were read, which were written, and how many bytes
//! of each input are in each output. It adds fields of our own: inclusion reasons, names of chunks
//! and globals.

use bundle_base::{
    Config,
    config::{absolute, relative},
};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph, ChunkId},
    link::EntryKind,
    module::{Module, ModuleGraph, Target},
    record::SourceFormat,
};
use serde_json::{Map, Value, json};

use super::{
    files::WithMap,
    finish::Written,
    globals::Globals,
    output::{OutputFile, OutputKind},
    reasons::{self, Reasons},
    styles,
};
use crate::scan::Scan;

/// Returns the metafile. Paths are relative to the project.
pub(super) fn metafile(
    config: &Config,
    scan: &Scan,
    graph: &ChunkGraph<'_, '_>,
    (written, assets): (&[Written], &[OutputFile]),
) -> Value {
    let inputs = inputs(config, scan, graph);
    let (modules, places) = (graph.graph(), &scan.places);
    let mut outputs = Map::new();
    let (reasons, globals) = (Reasons::of(graph, places), Globals::of(graph, places));
    for (chunk, Written { script, bytes, exports, styles }) in graph.chunks.iter().zip(written) {
        let static_entry = graph.entry_within(chunk).unwrap_or(chunk).static_entry;
        let entry = static_entry.map(|static_entry| &modules.module(static_entry.module).key);
        if let Some(WithMap { file, .. }) = script {
            let mut parts = Map::new();
            for (id, bytes) in bytes {
                parts
                    .insert(modules.module(*id).key.to_string(), reasons.input(chunk, *id, *bytes));
            }
            // Only imports are left of these modules. They are listed because inclusion reasons
            // lead through them.
            for id in chunk
                .modules
                .iter()
                .filter(|id| !bytes.contains_key(*id) && scan.styles[id.index()].is_none())
            {
                parts.insert(modules.module(*id).key.to_string(), reasons.input(chunk, *id, 0));
            }
            let imports = imports(config, chunk, (graph, written));
            let mut output = json!({
                "bytes": file.bytes.len(), "inputs": parts, "imports": imports, "exports": exports,
            });
            output["name"] = json!(chunk.name);
            output["neededFor"] = json!(reasons.roots(chunk));
            globals.add_to_output(chunk, &mut output);
            if let Some(static_entry) = static_entry {
                output["entryPoint"] = json!(entry);
                if static_entry.kind == EntryKind::Worker {
                    output["worker"] = json!(true);
                }
            }
            if let Some(style) = styles.first() {
                output["cssBundle"] = json!(output_path(config, &style.file.path));
            }
            outputs.insert(output_path(config, &file.path), output);
        }
        let of_script = script.iter().flat_map(|script| &script.map);
        let of_styles =
            styles.iter().flat_map(|style| std::iter::once(&style.file).chain(&style.map));
        let mut sheets = styles::bytes(chunk, graph, scan).into_iter();
        for file in of_script.chain(of_styles) {
            let mut output =
                json!({ "bytes": file.bytes.len(), "inputs": {}, "imports": [], "exports": [] });
            if file.kind == OutputKind::Style {
                output["name"] = json!(chunk.name);
                if script.is_none() {
                    output["neededFor"] = json!(reasons.roots(chunk));
                }
                // If a stylesheet is split, the first file is the one that a page includes.
                let inside = sheets.by_ref().map(|(id, bytes)| {
                    let mut input = reasons.input(chunk, id, bytes);
                    let sources = styles::sources(id, scan);
                    if sources.len() > 1 {
                        input["sources"] = json!(sources);
                    }
                    (modules.module(id).key.to_string(), input)
                });
                output["inputs"] = Value::Object(inside.collect());
                if std::ptr::eq(file, &raw const styles[0].file) {
                    let parts =
                        styles.iter().skip(1).map(|part| output_path(config, &part.file.path));
                    output["imports"] =
                        parts.map(|path| json!({ "path": path, "kind": "import-rule" })).collect();
                }
            }
            if let Some(entry) =
                entry.filter(|_| script.is_none() && file.kind == OutputKind::Style)
            {
                output["entryPoint"] = json!(entry);
            }
            outputs.insert(output_path(config, &file.path), output);
        }
    }
    for file in assets {
        let output =
            json!({ "bytes": file.bytes.len(), "inputs": {}, "imports": [], "exports": [] });
        outputs.insert(output_path(config, &file.path), output);
    }
    json!({ "inputs": inputs, "outputs": outputs })
}

/// Returns the inputs: the modules that were read, by key.
fn inputs(config: &Config, scan: &Scan, graph: &ChunkGraph<'_, '_>) -> Map<String, Value> {
    let mut inputs = Map::new();
    let modules = graph.graph();
    for (module, bytes) in modules.modules.iter().zip(&scan.bytes).filter(|(m, _)| !m.is_runtime())
    {
        let imports: Vec<Value> = module
            .record
            .requests
            .iter()
            .zip(&module.targets)
            .filter_map(|(request, target)| {
                let mut import = import(modules, request, target)?;
                reasons::add_place(module, request.span, &scan.places, &mut import);
                Some(import)
            })
            .collect();
        let format = match module.record.format {
            SourceFormat::Esm => "esm",
            SourceFormat::CommonJs => "cjs",
        };
        let mut input = json!({ "bytes": bytes, "imports": imports, "format": format });
        if let Some(bundle) = module.bundle {
            input["claimedBy"] = json!(config.shared[bundle].name);
        }
        inputs.insert(module.key.to_string(), input);
    }
    inputs
}

/// Returns the chunks that a chunk imports, loads or starts as workers, and its externals.
fn imports(
    config: &Config,
    chunk: &Chunk,
    (graph, written): (&ChunkGraph<'_, '_>, &[Written]),
) -> Vec<Value> {
    let import = |id: ChunkId, kind: &str| {
        let Written { script, styles, .. } = &written[id.index()];
        // Without a script the import is of a stylesheet; in ES modules, the entries have that
        // stylesheet.
        let file = script.as_ref().or(styles.first())?;
        Some(json!({ "path": output_path(config, &file.file.path), "kind": kind }))
    };
    let shared = chunk.imports.iter().filter_map(|taken| import(taken.chunk, "import-statement"));
    let loaded = graph.loaded_by(chunk).into_iter().filter_map(|id| import(id, "dynamic-import"));
    let external = |id| graph.graph().external(id).specifier.clone();
    let externals = chunk.externals.iter();
    let externals = externals
        .map(|id| json!({ "path": external(*id), "kind": "import-statement", "external": true }));
    let started = graph.started_by(chunk).into_iter().filter_map(|id| import(id, "new-worker"));
    shared.chain(loaded).chain(started).chain(externals).collect()
}

fn import(
    graph: &ModuleGraph,
    request: &bundle_graph::record::Request,
    target: &Target,
) -> Option<Value> {
    let kind = reasons::kind(&request.kind)?;
    match target {
        // An asset that is used unchanged has a request for its own address.
        Target::Module(_) if request.specifier == "?" => None,
        Target::Module(to) => {
            let to: &Module = graph.module(*to);
            Some(json!({ "path": to.key, "kind": kind, "original": request.specifier }))
        }
        Target::External(to) => {
            Some(json!({ "path": graph.external(*to).specifier, "kind": kind, "external": true }))
        }
        Target::Missing | Target::Text(_) | Target::None => None,
    }
}

/// Returns the name of an output in the metafile: its path relative to the project, which begins
/// with `../` if the output is outside the project.
pub fn output_path(config: &Config, file: &str) -> String {
    relative(&config.project, &absolute(&config.output.dir, file))
}
