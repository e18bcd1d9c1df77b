//! The metafile, in esbuild's shape: which files were read, which were written, and how many bytes
//! of each input are in each output. It adds fields of our own: inclusion reasons, names of chunks
//! and globals.

use std::collections::BTreeSet;

use bundle_base::{
    Config, FxIndexSet,
    config::{absolute, relative},
};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph, ChunkId},
    link::{EntryKind, StaticEntry},
    module::{ExternalId, Module, ModuleGraph, ModuleId, Target},
    record::SourceFormat,
};
use serde_json::{Map, Value, json};

use super::{
    files::WithMap,
    finish::WrittenChunk,
    globals::Globals,
    output::OutputFile,
    reasons::{self, Reasons},
    styles,
};
use crate::scan::Scan;

/// Returns the metafile. Paths are relative to the project.
pub(super) fn metafile(
    config: &Config,
    scan: &Scan,
    graph: &ChunkGraph<'_, '_>,
    written: &[WrittenChunk],
    assets: &[OutputFile],
) -> Value {
    let (reasons, globals) =
        (Reasons::of(graph, &scan.part_origins), Globals::of(graph, &scan.part_origins));
    let of = OutputInput { config, scan, graph, written, reasons, globals };
    let mut outputs = Map::new();
    for (chunk, files) in graph.chunks.iter().zip(written) {
        if let Some(WithMap { file, map, .. }) = &files.script {
            outputs.insert(output_path(config, &file.path), of.script(chunk, files, file));
            outputs.extend(map.iter().map(|map| (output_path(config, &map.path), plain(map))));
        }
        for (number, WithMap { file, map, .. }) in files.styles.iter().enumerate() {
            outputs.insert(output_path(config, &file.path), of.stylesheet(chunk, files, number));
            outputs.extend(map.iter().map(|map| (output_path(config, &map.path), plain(map))));
        }
    }
    outputs.extend(assets.iter().map(|file| (output_path(config, &file.path), plain(file))));
    json!({ "inputs": inputs(config, scan, graph), "outputs": outputs })
}

/// Returns the description of an output of which only the size is known.
fn plain(file: &OutputFile) -> Value {
    json!({ "bytes": file.bytes.len(), "inputs": {}, "imports": [], "exports": [] })
}

/// What the outputs are described from.
struct OutputInput<'m, 'g, 'l> {
    config: &'m Config,
    scan: &'m Scan,
    graph: &'m ChunkGraph<'l, 'g>,
    written: &'m [WrittenChunk],
    reasons: Reasons<'m, 'g, 'l>,
    globals: Globals<'m, 'g, 'l>,
}

impl OutputInput<'_, '_, '_> {
    /// Returns the key of a module.
    fn key(&self, id: ModuleId) -> String {
        self.graph.graph().module(id).key.to_string()
    }

    /// Returns the entry whose files hold a chunk.
    fn static_entry(&self, chunk: &Chunk) -> Option<StaticEntry> {
        self.graph.entry_within(chunk).unwrap_or(chunk).static_entry
    }

    /// Describes the script of a chunk.
    fn script(&self, chunk: &Chunk, written: &WrittenChunk, file: &OutputFile) -> Value {
        let WrittenChunk { bytes, exports, styles, .. } = written;
        let mut parts = Map::new();
        let inside = self.graph.entry_within(chunk);
        let is_implicit = |chunk: usize| self.config.shared[chunk].is_implicit;
        let alone = inside.filter(|_| chunk.manual_chunk.is_some_and(is_implicit));
        let input = |id: ModuleId, bytes: usize| {
            let mut input = self.reasons.input(chunk, id, bytes);
            // A page that loads something of the entry has the script of the entry.
            let is_shared = alone.is_some() && chunk.modules.binary_search(&id).is_ok();
            if is_shared && input["neededFor"].is_null() {
                input["neededFor"] = json!(self.reasons.roots(chunk));
            }
            (self.key(id), input)
        };
        parts.extend(bytes.iter().map(|(id, bytes)| input(*id, *bytes)));
        // Only imports are left of these modules. They are listed because inclusion reasons lead
        // through them.
        let modules = std::iter::once(chunk).chain(inside).flat_map(|part| &part.modules);
        let is_left =
            |id: &&ModuleId| !bytes.contains_key(*id) && self.scan.styles[id.index()].is_none();
        parts.extend(modules.filter(is_left).map(|id| input(*id, 0)));
        let imports = imports(self.config, chunk, self.graph, self.written);
        let mut output = json!({
            "bytes": file.bytes.len(), "inputs": parts, "imports": imports, "exports": exports,
        });
        output["name"] = json!(chunk.files.name);
        output["neededFor"] = json!(self.reasons.roots(alone.unwrap_or(chunk)));
        self.globals.add_to_output(chunk, &mut output);
        if let Some(static_entry) = self.static_entry(chunk) {
            output["entryPoint"] = json!(self.key(static_entry.module));
            if static_entry.kind == EntryKind::Worker {
                output["worker"] = json!(true);
            }
        }
        if let Some(style) = styles.first() {
            output["cssBundle"] = json!(output_path(self.config, &style.file.path));
        }
        output
    }

    /// Describes a stylesheet of a chunk. If it is split, the first file is the one that a page
    /// includes.
    fn stylesheet(
        &self,
        chunk: &Chunk,
        WrittenChunk { script, styles, .. }: &WrittenChunk,
        at: usize,
    ) -> Value {
        let mut output = plain(&styles[at].file);
        output["name"] = json!(chunk.files.name);
        if script.is_none() {
            output["neededFor"] = json!(self.reasons.roots(chunk));
        }
        if at == 0 {
            let inside = styles::bytes(chunk, self.graph, self.scan).into_iter();
            let inside = inside.map(|(id, bytes)| {
                let mut input = self.reasons.input(chunk, id, bytes);
                let sources = styles::sources(id, self.scan);
                if sources.len() > 1 {
                    input["sources"] = json!(sources);
                }
                (self.key(id), input)
            });
            output["inputs"] = Value::Object(inside.collect());
        }
        let is_rtl = styles[at].is_rtl;
        if styles.iter().position(|file| file.is_rtl == is_rtl) == Some(at) {
            let parts = styles.iter().skip(at + 1).filter(|part| part.is_rtl == is_rtl);
            let parts = parts.map(|part| output_path(self.config, &part.file.path));
            output["imports"] =
                parts.map(|path| json!({ "path": path, "kind": "import-rule" })).collect();
        }
        let is_first = at == 0 && script.is_none();
        if let Some(static_entry) = self.static_entry(chunk).filter(|_| is_first) {
            output["entryPoint"] = json!(self.key(static_entry.module));
        }
        output
    }
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
                reasons::add_place(module, request.span, &scan.part_origins, &mut import);
                Some(import)
            })
            .collect();
        let format = match module.record.format {
            SourceFormat::Esm => "esm",
            SourceFormat::CommonJs => "cjs",
        };
        let mut input = json!({ "bytes": bytes, "imports": imports, "format": format });
        if let Some(chunk) = module.manual_chunk {
            input["claimedBy"] = json!(config.shared[chunk].name);
        }
        inputs.insert(module.key.to_string(), input);
    }
    inputs
}

/// Returns the chunks that the script of a chunk imports, loads or starts as workers, and its
/// externals.
fn imports(
    config: &Config,
    chunk: &Chunk,
    graph: &ChunkGraph<'_, '_>,
    written: &[WrittenChunk],
) -> Vec<Value> {
    let import = |id: ChunkId, kind: &str| {
        let WrittenChunk { script, styles, .. } = &written[id.index()];
        // Without a script the import is of a stylesheet; in ES modules, the entries have that
        // stylesheet.
        let file = script.as_ref().or(styles.first())?;
        Some(json!({ "path": output_path(config, &file.file.path), "kind": kind }))
    };
    let parts = || std::iter::once(chunk).chain(graph.entry_within(chunk));
    let taken = parts().flat_map(|part| &part.links.imports).map(|taken| taken.chunk);
    let taken: FxIndexSet<ChunkId> = taken.filter(|id| *id != chunk.id).collect();
    let loaded: BTreeSet<ChunkId> = parts().flat_map(|part| graph.loaded_by(part)).collect();
    let started: BTreeSet<ChunkId> = parts().flat_map(|part| graph.started_by(part)).collect();
    let externals: BTreeSet<ExternalId> =
        parts().flat_map(|part| part.externals.iter().copied()).collect();
    let taken = taken.into_iter().filter_map(|id| import(id, "import-statement"));
    let loaded = loaded.into_iter().filter_map(|id| import(id, "dynamic-import"));
    let started = started.into_iter().filter_map(|id| import(id, "new-worker"));
    let external = |id| graph.graph().external(id).specifier.clone();
    let externals = externals
        .into_iter()
        .map(|id| json!({ "path": external(id), "kind": "import-statement", "external": true }));
    taken.chain(loaded).chain(started).chain(externals).collect()
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
