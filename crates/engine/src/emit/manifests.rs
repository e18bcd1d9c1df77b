//! What a backend reads to know the files of a page: per entry its scripts and sheets in the order
//! in which a page includes them. Three formats tell the same: our own, Laravel Mix's and Vite's.

use bundle_base::{
    Config, Diagnostics,
    asset::{self, ContentHash},
    config::{Format, Manifest, Mode},
};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph, ChunkId, imported_first},
    link::EntryKind,
};
use indexmap::IndexSet;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

use super::{OutputFile, OutputKind};
use crate::messages;

/// The manifest that says which files were written.
pub const RECORD: &str = "entrypoints.json";

/// What prints tags, for whoever renders pages with PHP.
const PHP: &str = include_str!("../../../../php/bundle.php");

/// What was written of a chunk: paths in the output folder.
pub(super) struct ChunkFiles {
    /// `None`: there is nothing in it but styles.
    pub script: Option<String>,
    /// The sheet that a page includes.
    pub style: Option<String>,
    /// How many sheets a page has with it: it may import parts.
    pub sheets: usize,
    /// Their names follow from what is in them.
    pub is_hashed: bool,
}

/// A program in files.
struct Told<'t, 'g, 'l> {
    config: &'t Config,
    graph: &'t ChunkGraph<'g, 'l>,
    chunks: &'t [ChunkFiles],
    files: &'t [OutputFile],
}

/// The manifests that the configuration wants. `files`: everything else that is written; `chunks`:
/// which of it is whose.
pub(super) fn manifests(
    config: &Config,
    graph: &ChunkGraph<'_, '_>,
    chunks: &[ChunkFiles],
    files: &[OutputFile],
) -> Vec<OutputFile> {
    let told = Told { config, graph, chunks, files };
    let one = |manifest: &Manifest| {
        let (path, text) = match manifest {
            Manifest::Entrypoints => (RECORD, printed(&told.entrypoints())),
            Manifest::Mix => ("mix-manifest.json", printed(&told.mix())),
            Manifest::Vite => ("manifest.json", printed(&told.vite())),
            Manifest::Php => ("bundle.php", PHP.to_owned()),
        };
        OutputFile {
            path: path.to_owned(),
            bytes: text.into_bytes().into(),
            kind: OutputKind::Manifest,
        }
    };
    config.output.manifests.iter().map(one).collect()
}

/// Says which pages have more sheets than a browser that was asked for reads.
pub(super) fn check_sheets(
    config: &Config,
    graph: &ChunkGraph<'_, '_>,
    chunks: &[ChunkFiles],
    log: &mut Diagnostics,
) {
    let Some(most) = bundle_css::most_sheets(&config.script.target) else { return };
    if chunks.iter().map(|chunk| chunk.sheets).sum::<usize>() <= most {
        return;
    }
    let told = Told { config, graph, chunks, files: &[] };
    for chunk in told.entries() {
        let sheets: usize = told.needed(chunk).iter().map(|id| chunks[id.index()].sheets).sum();
        if sheets > most {
            log.push(messages::too_many_sheets(&chunk.name, sheets, most));
        }
    }
}

fn printed(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).expect("a value is printable"))
}

impl Told<'_, '_, '_> {
    /// Entries with addresses, and the files that this build has written.
    fn entrypoints(&self) -> Value {
        let bytes: FxHashMap<&str, &[u8]> =
            self.files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect();
        let mut entries = Map::new();
        let mut integrity = Map::new();
        for chunk in self.entries() {
            let needed: Vec<&ChunkFiles> =
                self.needed(chunk).iter().map(|id| &self.chunks[id.index()]).collect();
            let mut addresses = |file: fn(&ChunkFiles) -> Option<&String>| -> Vec<String> {
                let files = needed.iter().filter_map(|files| Some((file(files)?, files.is_hashed)));
                // An entry may be in the files of a bundle that it needs.
                let files: IndexSet<(&String, bool)> = files.collect();
                let address = |(file, is_hashed): (&String, bool)| {
                    let (address, bytes) = (self.address(file), bytes[file.as_str()]);
                    if is_hashed {
                        integrity.entry(&address).or_insert_with(|| json!(asset::integrity(bytes)));
                        return address;
                    }
                    if self.config.output.hash {
                        format!("{address}?id={}", id_of(bytes))
                    } else {
                        address
                    }
                };
                files.into_iter().map(address).collect()
            };
            // Who includes a sheet alone needs no script that its entry might.
            let is_script = self.chunks[chunk.id.index()].script.is_some();
            let entry = json!({
                "js": if is_script { addresses(|files| files.script.as_ref()) } else { Vec::new() },
                "css": addresses(|files| files.style.as_ref()),
            });
            entries.insert(chunk.name.clone(), entry);
        }
        let written: Vec<&str> = self.files.iter().map(|file| file.path.as_str()).collect();
        let is_module = self.config.output.format == Format::Esm;
        let mut told = json!({
            "entrypoints": entries, "publicPath": self.config.output.public_path,
            "module": is_module,
        });
        if !integrity.is_empty() {
            told["integrity"] = Value::Object(integrity);
        }
        told["files"] = json!(written);
        // Files of the generation before, which whoever writes these may leave for pages that are
        // still open.
        if self.config.mode == Mode::Production {
            told["kept"] = json!([]);
        }
        told
    }

    /// Every file a page may ask for, with what follows from its contents, so that a browser asks
    /// again when they change.
    fn mix(&self) -> Value {
        let mut files = Map::new();
        let hashed = self.hashed();
        for file in self.files.iter().filter(|file| file.kind != OutputKind::SourceMap) {
            let path = &file.path;
            let (name, id) = match unhashed(path, &hashed) {
                Some(name) => (name, String::new()),
                None => (path.clone(), format!("?id={}", id_of(&file.bytes))),
            };
            files.insert(format!("/{name}"), json!(format!("/{path}{id}")));
        }
        Value::Object(files)
    }

    /// Chunks by the source of their entry, or by their file.
    fn vite(&self) -> Value {
        let mut told = Map::new();
        for (chunk, files) in self.graph.chunks.iter().zip(self.chunks) {
            // It is told as its entry.
            if self.graph.entry_within(chunk).is_some() {
                continue;
            }
            let Some(file) = files.script.as_ref().or(files.style.as_ref()) else { continue };
            let mut value = json!({ "file": file, "name": chunk.name });
            if let Some(static_entry) = chunk.static_entry {
                value["src"] = json!(self.graph.graph().module(static_entry.module).key);
                value["isEntry"] = json!(matches!(static_entry.kind, EntryKind::Configured(_)));
            }
            let keys = |ids: &mut dyn Iterator<Item = ChunkId>| {
                ids.map(|id| self.key(self.graph.chunk(id))).collect()
            };
            let imports = self.graph.scripts_imported(chunk).map(|import| import.chunk);
            let imports = imports.filter(|id| chunk.within != Some(*id));
            let imports: Vec<String> = keys(&mut { imports });
            let loaded: Vec<String> = keys(&mut self.graph.loaded_by(chunk).into_iter());
            if !imports.is_empty() {
                value["imports"] = json!(imports);
            }
            if !loaded.is_empty() {
                value["dynamicImports"] = json!(loaded);
            }
            let silent = chunk
                .imports
                .iter()
                .map(|import| import.chunk)
                .filter(|id| self.graph.chunk(*id).is_silent);
            let sheets = silent.filter_map(|id| self.chunks[id.index()].style.as_ref());
            let sheets: Vec<&String> =
                sheets.chain(files.style.as_ref().filter(|_| files.script.is_some())).collect();
            if !sheets.is_empty() {
                value["css"] = json!(sheets);
            }
            told.insert(self.key(chunk), value);
        }
        Value::Object(told)
    }

    /// Entries that pages include, in their order.
    fn entries(&self) -> impl Iterator<Item = &Chunk> {
        let is_entry = |chunk: &&Chunk| {
            chunk
                .static_entry
                .is_some_and(|static_entry| matches!(static_entry.kind, EntryKind::Configured(_)))
        };
        self.graph.chunks.iter().filter(is_entry)
    }

    /// The chunks that a page includes for one, each behind those that it needs. ES modules ask for
    /// theirs themselves.
    fn needed(&self, chunk: &Chunk) -> Vec<ChunkId> {
        if self.config.output.format != Format::Iife {
            return vec![chunk.id];
        }
        imported_first(&self.graph.chunks, [chunk.id])
    }

    fn key(&self, chunk: &Chunk) -> String {
        let chunk = self.graph.entry_within(chunk).unwrap_or(chunk);
        match chunk.static_entry {
            Some(static_entry) => self.graph.graph().module(static_entry.module).key.to_string(),
            None => {
                format!("_{}", self.chunks[chunk.id.index()].script.as_ref().unwrap_or(&chunk.file))
            }
        }
    }

    fn address(&self, file: &str) -> String {
        format!("{}{file}", self.config.output.public_path)
    }

    /// Paths up to the hash and with it, and what they are without.
    fn hashed(&self) -> FxHashMap<&str, &str> {
        let chunks = self.graph.chunks.iter().zip(self.chunks).filter(|(_, files)| files.is_hashed);
        let paths = chunks.flat_map(|(chunk, files)| {
            files.script.iter().chain(&files.style).map(move |path| (chunk, path))
        });
        paths
            .filter_map(|(chunk, path)| Some((path.rsplit_once('.')?.0, chunk.name.as_str())))
            .collect()
    }
}

/// The path of a file without the hash in it; `None`: there is none.
fn unhashed(path: &str, hashed: &FxHashMap<&str, &str>) -> Option<String> {
    path.match_indices('.')
        .find_map(|(at, _)| Some(format!("{}{}", hashed.get(&path[..at])?, &path[at..])))
}

/// What tells contents from others in an address, as long as Laravel Mix has it.
fn id_of(bytes: &[u8]) -> String {
    ContentHash::of(bytes).to_string()[..20].to_owned()
}
