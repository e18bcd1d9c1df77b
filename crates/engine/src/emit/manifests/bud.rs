//! What Bud adds to `entrypoints.json`, and its `manifest.json`. Acorn, the Laravel of WordPress
//! themes, reads both: `bundle('app')` and `asset('images/logo.svg')`.

use bundle_base::FxIndexSet;
use bundle_graph::chunk::Chunk;
use bundle_resolve::Externals;
use serde_json::{Map, Value, json};

use super::{
    input::{ChunkFiles, ManifestInput},
    wordpress,
};

/// The folders in which Bud writes what entries have. Their names do not have these.
const FOLDERS: [&str; 2] = ["js/", "css/"];

/// Returns the files of each entry, relative to the folder of the outputs, and the handles of what
/// WordPress loads before them. An entry that is a script and one that is a stylesheet may have
/// one name: `js/app` and `css/app`.
pub(super) fn entries(input: &ManifestInput<'_, '_, '_>) -> Map<String, Value> {
    let externals = Externals::new(input.config);
    let mut entries: Map<String, Value> = Map::new();
    for chunk in input.entries() {
        let needed: Vec<&ChunkFiles> =
            input.needed(chunk).iter().map(|id| &input.chunks[id.index()]).collect();
        let files = |file: fn(&ChunkFiles) -> Option<&String>| -> FxIndexSet<&String> {
            needed.iter().filter_map(|files| file(files)).collect()
        };
        let is_script = input.chunks[chunk.id.index()].script.is_some();
        let scripts =
            if is_script { files(|files| files.script.as_ref()) } else { FxIndexSet::default() };
        let entry = entries.entry(name(chunk)).or_insert_with(|| json!({}));
        for (key, files) in [("js", scripts), ("css", files(|files| files.style.as_ref()))] {
            if files.is_empty() {
                continue;
            }
            if let Value::Array(known) = &mut entry[key] {
                known.extend(files.into_iter().map(|file| json!(file)));
            } else {
                entry[key] = json!(files);
            }
        }
        let handles = wordpress::handles(chunk, input, &externals);
        if entry.get("dependencies").is_none() || !handles.is_empty() {
            entry["dependencies"] = json!(handles);
        }
    }
    entries
}

/// Returns the path of each file by its name: `app.js` for an entry's script, `images/logo.svg`.
pub(super) fn manifest(input: &ManifestInput<'_, '_, '_>) -> Map<String, Value> {
    let mut files = Map::new();
    for chunk in input.entries() {
        let written = &input.chunks[chunk.id.index()];
        for (path, extension) in [(&written.script, "js"), (&written.style, "css")] {
            if let Some(path) = path {
                files.insert(format!("{}.{extension}", name(chunk)), json!(path));
            }
        }
    }
    for (name, path) in input.by_name("", "") {
        files.entry(name).or_insert(path);
    }
    files
}

/// Returns the name of an entry as templates write it.
fn name(chunk: &Chunk) -> String {
    let written = &chunk.files.name;
    let short = FOLDERS.iter().find_map(|folder| written.strip_prefix(folder));
    short.unwrap_or(written).to_owned()
}
