//! Vite's manifest. It has the chunks of entries and of modules that `import()` loads by their
//! sources, other chunks by their files, and the assets by their sources. PHP looks images up in
//! it, as `Vite::asset('resources/images/logo.png')` of Laravel does.

use std::collections::BTreeSet;

use bundle_base::FxIndexSet;
use bundle_graph::{
    chunk::{Chunk, ChunkId},
    link::{EntryKind, EntryPoint},
    module::ModuleId,
};
use rustc_hash::FxHashSet;
use serde_json::{Map, Value, json};

use super::input::{ChunkFiles, ManifestInput};
use crate::emit::output::{OutputFile, OutputKind};

/// Returns the manifest.
pub(super) fn manifest(input: &ManifestInput<'_, '_, '_>) -> Value {
    let sources = Sources::of(input);
    let mut manifest = Map::new();
    for (chunk, files) in input.graph.chunks.iter().zip(input.chunks) {
        // This chunk is listed under its entry.
        if input.graph.entry_within(chunk).is_some() {
            continue;
        }
        // The files of an entry come before those of a worker that is the same module.
        if let Some(value) = described(chunk, files, &sources) {
            manifest.entry(sources.key(chunk)).or_insert(value);
        }
    }
    for (source, file) in assets(input) {
        // An entry may be an asset. Its script keeps the key, as in Vite.
        manifest.entry(source).or_insert_with(|| json!({ "file": file, "src": source }));
    }
    Value::Object(manifest)
}

/// The modules that Vite's manifest names chunks after.
struct Sources<'i, 't, 'g, 'l> {
    input: &'i ManifestInput<'t, 'g, 'l>,
    /// Per chunk: the module that `import()` loads with it.
    loaded: Vec<Option<ModuleId>>,
}

impl<'i, 't, 'g, 'l> Sources<'i, 't, 'g, 'l> {
    fn of(input: &'i ManifestInput<'t, 'g, 'l>) -> Self {
        let graph = input.graph;
        let entries = graph.chunks.iter().filter_map(|chunk| chunk.static_entry);
        // Entries with chunks of their own may each have one with the same module.
        let mut taken: FxHashSet<ModuleId> = entries.map(|entry| entry.module).collect();
        let mut loaded = |chunk: &Chunk| {
            if chunk.static_entry.is_some() || chunk.manual_chunk.is_some() {
                return None;
            }
            let targets =
                graph.program(chunk).entry_points.iter().filter_map(|point| match point {
                    EntryPoint::Static(_) => None,
                    EntryPoint::Dynamic(module) => Some(*module),
                });
            // The source of an asset is the key of its file.
            let is_here = |id: &ModuleId| {
                chunk.modules.binary_search(id).is_ok()
                    && graph.graph().module(*id).address.is_none()
            };
            targets.filter(is_here).find(|id| taken.insert(*id))
        };
        Self { input, loaded: graph.chunks.iter().map(&mut loaded).collect() }
    }

    /// Returns the key of a chunk: its source, or else its file.
    fn key(&self, chunk: &Chunk) -> String {
        let chunk = self.input.graph.entry_within(chunk).unwrap_or(chunk);
        self.source(chunk).map_or_else(
            || {
                let script = self.input.chunks[chunk.id.index()].script.as_ref();
                format!("_{}", script.unwrap_or(&chunk.files.script))
            },
            str::to_owned,
        )
    }

    /// Returns the source that a chunk is named after.
    fn source(&self, chunk: &Chunk) -> Option<&str> {
        let entry = chunk.static_entry.map(|entry| entry.module);
        let module = entry.or(self.loaded[chunk.id.index()])?;
        Some(&self.input.graph.graph().module(module).key)
    }
}

/// Describes a chunk; `None`: it has no files.
fn described(
    chunk: &Chunk,
    files: &ChunkFiles,
    sources: &Sources<'_, '_, '_, '_>,
) -> Option<Value> {
    let ManifestInput { graph, chunks, .. } = sources.input;
    let file = files.script.as_ref().or(files.style.as_ref())?;
    let mut value = json!({ "file": file, "name": chunk.files.name });
    if let Some(source) = sources.source(chunk) {
        value["src"] = json!(source);
    }
    if let Some(entry) = chunk.static_entry {
        value["isEntry"] = json!(matches!(entry.kind, EntryKind::Configured(_)));
    } else if sources.loaded[chunk.id.index()].is_some() {
        value["isDynamicEntry"] = json!(true);
    }
    let keys = |ids: &mut dyn Iterator<Item = ChunkId>| -> Vec<String> {
        ids.map(|id| sources.key(graph.chunk(id))).collect()
    };
    let imports = graph.scripts_imported(chunk).map(|import| import.chunk);
    let imports = keys(&mut imports.filter(|id| chunk.files.within != Some(*id)));
    let manual_chunk = chunk.files.within.map(|id| graph.chunk(id));
    let parts = std::iter::once(chunk).chain(manual_chunk);
    let loaded: BTreeSet<ChunkId> = parts.flat_map(|part| graph.loaded_by(part)).collect();
    let loaded = keys(&mut loaded.into_iter());
    if !imports.is_empty() {
        value["imports"] = json!(imports);
    }
    if !loaded.is_empty() {
        value["dynamicImports"] = json!(loaded);
    }
    let imported = chunk.links.imports.iter().map(|import| import.chunk);
    let silent = imported.filter(|id| graph.chunk(*id).links.has_no_script);
    let stylesheets = silent.filter_map(|id| chunks[id.index()].style.as_ref());
    let own = files.style.as_ref().filter(|_| files.script.is_some());
    let stylesheets: Vec<&String> = stylesheets.chain(own).collect();
    if !stylesheets.is_empty() {
        value["css"] = json!(stylesheets);
    }
    let assets = assets_of(std::iter::once(chunk).chain(manual_chunk), sources.input);
    if !assets.is_empty() {
        value["assets"] = json!(assets);
    }
    Some(value)
}

/// Returns the files of the assets that the modules of chunks are, or that their stylesheets refer
/// to, in the order of the modules.
fn assets_of<'i>(
    chunks: impl Iterator<Item = &'i Chunk>,
    input: &'i ManifestInput<'_, '_, '_>,
) -> Vec<&'i str> {
    let all = &input.scan.assets;
    let is_asset = |file: &&OutputFile| file.kind == OutputKind::Asset;
    let written: FxHashSet<&str> =
        input.files.iter().filter(is_asset).map(|file| file.path.as_str()).collect();
    let modules = chunks.flat_map(|chunk| &chunk.modules);
    let hashes =
        modules.flat_map(|id| all.own[id.index()].iter().chain(&all.of_stylesheets[id.index()]));
    let paths = hashes.map(|hash| &*all.get(*hash).path).filter(|path| written.contains(path));
    let paths: FxIndexSet<&str> = paths.collect();
    paths.into_iter().collect()
}

/// Iterates over the sources of the assets that the build writes, each with its file. Sources with
/// the same contents have one file.
fn assets<'i>(input: &'i ManifestInput<'_, '_, '_>) -> impl Iterator<Item = (&'i str, &'i str)> {
    let assets = input.files.iter().filter(|file| file.kind == OutputKind::Asset);
    let written: FxHashSet<&str> = assets.map(|file| file.path.as_str()).collect();
    let sources = input.scan.assets.sources();
    sources.filter(move |(_, file)| written.contains(file))
}
