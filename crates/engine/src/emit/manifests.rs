//! Manifests, which tell a backend the files of a page. Our own and Vite's have the scripts and
//! stylesheets of each entry, in the order in which a page includes them. The manifests of Laravel
//! Mix, Webpack Encore and webpack-manifest-plugin have the address of each file by its name, and
//! Bud's has its path. WordPress has a file for each entry.

use bundle_base::{
    Diagnostics, FxIndexSet, asset,
    config::{Format, Manifest, ManifestKind, Mode, folder_of_addresses, shared_folder},
    json::pretty,
};
use bundle_graph::{
    chunk::{Chunk, ChunkId, imported_first},
    link::EntryKind,
};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

use super::output::{OutputFile, OutputKind};
use crate::messages;

mod bud; // what Bud writes
mod ids; // ids of contents
mod input; // what the manifests are written from
mod vite; // Vite's manifest
mod wordpress; // WordPress's files

use ids::id_of;
pub(super) use input::{ChunkFiles, ManifestInput};

/// The manifest that lists the files of the build.
pub const ENTRYPOINTS_FILE: &str = "entrypoints.json";

/// A PHP file that prints the tags of an entry, for backends that render pages with PHP.
const PHP: &str = include_str!("../../../../php/bundle.php");

/// Returns the configured manifests.
pub(super) fn manifests(input: &ManifestInput<'_, '_, '_>) -> Vec<OutputFile> {
    let one = |manifest: &Manifest| {
        let text = match manifest.kind {
            ManifestKind::Entrypoints => pretty(&input.entrypoints()),
            ManifestKind::Mix => pretty(&input.mix()),
            ManifestKind::Vite => pretty(&vite::manifest(input)),
            ManifestKind::Encore => {
                let public_path = input.public_path();
                let folder = || folder_of_addresses(public_path, &input.config.output.dir);
                let prefix = manifest.prefix.as_deref().unwrap_or_else(folder);
                pretty(&Value::Object(input.by_name(prefix, public_path)))
            }
            ManifestKind::Webpack => pretty(&input.webpack(manifest)),
            ManifestKind::Bud => pretty(&Value::Object(bud::manifest(input))),
            ManifestKind::Php => PHP.to_owned(),
            ManifestKind::Wordpress => return wordpress::manifests(input),
        };
        vec![(manifest.file.clone(), text)]
    };
    let file = |(path, text): (String, String)| OutputFile {
        path,
        bytes: text.into_bytes().into(),
        kind: OutputKind::Manifest,
    };
    input.config.output.manifests.iter().flat_map(one).map(file).collect()
}

/// Reports entries whose pages have more stylesheets than a browser of the target reads.
pub(super) fn check_stylesheets(input: &ManifestInput<'_, '_, '_>, log: &mut Diagnostics) {
    let Some(most) = bundle_css::most_stylesheets(&input.config.script.target) else { return };
    let chunks = input.chunks;
    if chunks.iter().map(|chunk| chunk.stylesheets).sum::<usize>() <= most {
        return;
    }
    for chunk in input.entries() {
        let stylesheets: usize =
            input.needed(chunk).iter().map(|id| chunks[id.index()].stylesheets).sum();
        if stylesheets > most {
            log.push(messages::too_many_stylesheets(&chunk.files.name, stylesheets, most));
        }
    }
}

impl ManifestInput<'_, '_, '_> {
    /// Returns our own manifest: the entries with the addresses of their files, and all files of
    /// the build.
    pub(super) fn entrypoints(&self) -> Value {
        let bytes: FxHashMap<&str, &[u8]> =
            self.files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect();
        let mut entries = Map::new();
        let mut integrity = Map::new();
        for chunk in self.entries() {
            let needed: Vec<&ChunkFiles> =
                self.needed(chunk).iter().map(|id| &self.chunks[id.index()]).collect();
            let mut addresses = |file: fn(&ChunkFiles) -> Option<&String>| -> Vec<String> {
                let files = needed.iter().filter_map(|files| Some((file(files)?, files.is_hashed)));
                // An entry may be in the files of a manual chunk that it needs, so its files may
                // repeat.
                let files: FxIndexSet<(&String, bool)> = files.collect();
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
            // For an entry that is a stylesheet, a page needs no scripts.
            let is_script = self.chunks[chunk.id.index()].script.is_some();
            let entry = json!({
                "js": if is_script { addresses(|files| files.script.as_ref()) } else { Vec::new() },
                "css": addresses(|files| files.style.as_ref()),
            });
            entries.insert(chunk.files.name.clone(), entry);
        }
        let written: Vec<&str> = self.files.iter().map(|file| file.path.as_str()).collect();
        let is_module = self.config.output.format == Format::Esm;
        let mut manifest = json!({
            "entrypoints": entries, "publicPath": self.config.output.public_path,
            "module": is_module,
        });
        if !integrity.is_empty() {
            manifest["integrity"] = Value::Object(integrity);
        }
        manifest["files"] = json!(written);
        // Files of the previous generation: the host that writes the outputs may keep them for
        // pages that are still open, and lists them here.
        if self.config.mode == Mode::Production {
            manifest["kept"] = json!([]);
        }
        // What we write ourselves wins: builds read it.
        if self.config.output.has_manifest(ManifestKind::Bud) {
            for (name, entry) in bud::entries(self) {
                manifest.as_object_mut().map(|all| all.entry(name).or_insert(entry));
            }
        }
        manifest
    }

    /// Returns Laravel Mix's manifest: every file that a page may request, with a query that
    /// follows from its contents, so that a browser requests the file again when it changes.
    fn mix(&self) -> Value {
        let mut files = Map::new();
        let hashed = self.hashed();
        for file in self.files.iter().filter(|file| file.kind != OutputKind::SourceMap) {
            let path = &file.path;
            let (name, id) = match self.unhashed(path, &hashed) {
                Some(name) => (name, String::new()),
                None => (path.clone(), format!("?id={}", id_of(&file.bytes))),
            };
            files.insert(format!("/{name}"), json!(format!("/{path}{id}")));
        }
        Value::Object(files)
    }

    /// Returns the manifest of webpack-manifest-plugin: all files by their names. For that plugin,
    /// the files of an entry have the entry's name, wherever they are: `app.js` for
    /// `js/[name].[contenthash].js`. So the names of entries without the folders that all of them
    /// share are keys too. If all share none, the scripts may, and the stylesheets; a name that two
    /// files would get then is no key.
    fn webpack(&self, manifest: &Manifest) -> Value {
        let public_path = manifest.public_path.as_deref().unwrap_or(self.public_path());
        let prefix = manifest.prefix.as_deref().unwrap_or_default();
        let mut files = self.by_name(prefix, public_path);
        let is_script = |chunk: &Chunk| self.chunks[chunk.id.index()].script.is_some();
        let names = |kinds: &[bool]| {
            let some = self.entries().filter(|chunk| kinds.contains(&is_script(chunk)));
            shared_folder(some.map(|chunk| chunk.files.name.as_str()))
        };
        let [of_all, of_styles, of_scripts] =
            [names(&[false, true]), names(&[false]), names(&[true])];
        let mut short: Map<String, Value> = Map::new();
        for chunk in self.entries() {
            let of_kind = if is_script(chunk) { of_scripts } else { of_styles };
            let shared = if of_all.is_empty() { of_kind } else { of_all };
            let written = &self.chunks[chunk.id.index()];
            for (path, extension) in [(&written.script, "js"), (&written.style, "css")] {
                let Some(path) = path else { continue };
                let name = &chunk.files.name[shared.len()..];
                let key = format!("{prefix}{name}.{extension}");
                let address = json!(format!("{public_path}{path}"));
                short.entry(key).and_modify(|known| *known = Value::Null).or_insert(address);
            }
        }
        for (key, address) in short.into_iter().filter(|(_, address)| !address.is_null()) {
            files.entry(key).or_insert(address);
        }
        Value::Object(files)
    }

    /// Returns the addresses of all files by their names without hashes. Names begin with `prefix`,
    /// and addresses with `public_path`.
    fn by_name(&self, prefix: &str, public_path: &str) -> Map<String, Value> {
        let mut files = Map::new();
        let hashed = self.hashed();
        for file in self.files.iter().filter(|file| file.kind != OutputKind::SourceMap) {
            let name = self
                .unhashed(&file.path, &hashed)
                .or_else(|| asset::path_without_hash(&file.path, &file.bytes));
            let name = name.as_deref().unwrap_or(&file.path);
            files.insert(format!("{prefix}{name}"), json!(format!("{public_path}{}", file.path)));
        }
        files
    }

    /// Returns the entries that pages include, in their order.
    fn entries(&self) -> impl Iterator<Item = &Chunk> {
        let is_entry = |chunk: &&Chunk| {
            chunk
                .static_entry
                .is_some_and(|static_entry| matches!(static_entry.kind, EntryKind::Configured(_)))
        };
        self.graph.chunks.iter().filter(is_entry)
    }

    /// Returns the chunks that a page includes for an entry, each after the chunks that it imports.
    /// ES modules load their imports themselves, and an entry that is a stylesheet has all of it in
    /// its own file.
    fn needed(&self, chunk: &Chunk) -> Vec<ChunkId> {
        let is_script = self.chunks[chunk.id.index()].script.is_some();
        if self.config.output.format != Format::Iife || !is_script {
            return vec![chunk.id];
        }
        imported_first(&self.graph.chunks, [chunk.id])
    }

    fn address(&self, file: &str) -> String {
        format!("{}{file}", self.public_path())
    }

    fn public_path(&self) -> &str {
        &self.config.output.public_path
    }

    /// Returns the paths of the chunks' files without hash and extension, by their paths up to and
    /// including the hash.
    fn hashed(&self) -> FxHashMap<&str, &str> {
        let files = self.chunks.iter().filter(|files| files.is_hashed);
        let paths = files.flat_map(|files| files.script.iter().chain(&files.style));
        let with_hash = paths.filter_map(|path| Some(path.rsplit_once('.')?.0));
        with_hash.filter_map(|path| Some((path, path.rsplit_once('.')?.0))).collect()
    }

    /// Returns the path of a file without its hash; `None` if it has no hash. A dot follows
    /// the hash, or the ending of right-to-left stylesheets (`output.rtl`).
    fn unhashed(&self, path: &str, hashed: &FxHashMap<&str, &str>) -> Option<String> {
        let ending = self.config.output.rtl.as_deref();
        path.match_indices('.').find_map(|(at, _)| {
            let rtl = ending.and_then(|ending| path[..at].strip_suffix(ending)).map(str::len);
            let mut ends = [Some(at), rtl].into_iter().flatten();
            ends.find_map(|end| Some(format!("{}{}", hashed.get(&path[..end])?, &path[end..])))
        })
    }
}
