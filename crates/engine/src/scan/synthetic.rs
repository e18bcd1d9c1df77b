//! Modules whose text is made for a request: data URLs, workers. Each is a small text that
//! imports the real modules, so later phases treat it like any other module.

use std::collections::BTreeSet;

use bundle_base::{
    FileSystem, asset::has_flag, fs::FileKind, json::quoted, loader::Language, stable_hash,
};
use bundle_graph::record::{Request, RequestKind};
use bundle_resolve::Resolved;
use camino::{Utf8Path, Utf8PathBuf};
use globset::{GlobBuilder, GlobMatcher};

use super::{node::ResolvedImport, origin::Origin, state::ScanState};
use crate::loaders::WORKER;

/// Makes the module of a data URL: scripts and JSON as they are, anything else as its text.
pub(super) fn data(mime: &str, bytes: &[u8]) -> Origin {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let kind = mime.split(';').next().unwrap_or(mime).trim();
    let text = match kind {
        "text/javascript" | "application/javascript" => text,
        "application/json" => crate::loaders::json_module(&text),
        _ => crate::loaders::json_module(&serde_json::Value::String(text).to_string()),
    };
    let language = Language::JavaScript;
    let short: String = text.chars().take(24).filter(char::is_ascii_alphanumeric).collect();
    let digest = stable_hash(mime.bytes().chain([0]).chain(bytes.iter().copied()));
    Origin::Text { key: format!("data:{short}-{digest:016x}"), text, language, folder: "/".into() }
}

/// Whether JSON is imported with `type: "json"`: it has a default export and no others.
pub(super) fn is_default_alone(request: &Request, found: &Resolved) -> bool {
    let is_import = matches!(request.kind, RequestKind::Import | RequestKind::Dynamic);
    let is_json = found.path.extension() == Some("json") && found.query.is_empty();
    is_import && is_json && request.attribute_type() == Some("json")
}

/// Makes a module that has only the default export of a JSON file.
pub(super) fn default_of_json(found: &Resolved) -> Origin {
    let file = found.path.file_name().unwrap_or_default();
    let text = format!("export {{ default }} from {};\n", quoted(&format!("./{file}")));
    let key = format!("{} with {{ type: \"json\" }}", found.name);
    Origin::Text { key, text, language: Language::JavaScript, folder: found.path.clone() }
}

/// Makes the module of a classic script: the script itself, or, with `&exports=NAME` in its query,
/// a module that runs it and exports that global.
pub(super) fn script(found: Resolved) -> Origin {
    let Some((query, global)) = found.query.split_once("&exports=") else {
        return Origin::File(found);
    };
    let file = found.path.file_name().unwrap_or_default();
    let request = quoted(&format!("./{file}{query}"));
    let text = format!("require({request});\nmodule.exports = global.{global};\n");
    let key = format!("{}{}", found.name, found.query);
    Origin::Text { key, text, language: Language::JavaScript, folder: found.path.clone() }
}

/// The flag of a query that requests the ES module of a worker.
const MODULE: &str = "module";

/// Makes the module of `?worker`: a function that starts the script as a worker. It is the default
/// export, and the value of a `require`.
pub(super) fn worker(found: &Resolved, kind: &RequestKind) -> Origin {
    let file = format!("./{}", found.path.file_name().unwrap_or_default());
    // `import` gets the function from a module of its own.
    let is_value = *kind == RequestKind::Require && !has_flag(&found.query, MODULE);
    let (text, key) = if is_value {
        let module = quoted(&format!("{file}?{WORKER}&{MODULE}"));
        let text = format!("module.exports = require({module}).default;\n");
        (text + "module.exports.default = module.exports;\n", format!("{WORKER}&require"))
    } else {
        // Rendering adds the type to options that are written out.
        let options = "{ name: options && options.name }";
        let new = format!("new Worker(new URL({}, import.meta.url), {options})", quoted(&file));
        let text = format!("export default function (options) {{\n  return {new};\n}}\n");
        (text, WORKER.to_owned())
    };
    let key = format!("{}?{key}", found.name);
    Origin::Text { key, text, language: Language::JavaScript, folder: found.path.clone() }
}

/// Makes a module of a text. What it imports is looked for in the parent of `folder`.
pub(super) fn of_text(
    key: String,
    text: String,
    folder: Utf8PathBuf,
    shared: &ScanState<'_>,
) -> ResolvedImport {
    let language = Language::JavaScript;
    ResolvedImport::Module(shared.id(Origin::Text { key, text, language, folder }))
}

/// Whether the name of a file begins with a dot.
pub(super) fn is_hidden(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with('.'))
}

pub(super) fn compile(patterns: &[String]) -> Result<Vec<(GlobMatcher, bool)>, String> {
    let one = |pattern: &String| {
        let (keep, text) =
            pattern.strip_prefix('!').map_or((true, pattern.as_str()), |rest| (false, rest));
        let glob = GlobBuilder::new(text)
            .literal_separator(true)
            .build()
            .map_err(|e| e.kind().to_string())?;
        Ok((glob.compile_matcher(), keep))
    };
    patterns.iter().map(one).collect()
}

/// Returns the part of a pattern up to the last `/` before its first wildcard: `./pages/*.js` →
/// `./pages/`.
pub(super) fn fixed_folder(pattern: &str) -> String {
    let wild = pattern.find(['*', '?', '{', '[']).unwrap_or(pattern.len());
    pattern[..wild].rfind('/').map_or_else(String::new, |at| pattern[..=at].to_owned())
}

/// Folders with the names in them.
type Listed = Vec<(Utf8PathBuf, BTreeSet<String>)>;

/// Lists the files below a folder as sorted relative paths, without `node_modules` and folders
/// whose names begin with a dot. Adds the folders that it lists to `listed`.
pub(super) fn walk(
    folder: &Utf8Path,
    deep: bool,
    shared: &ScanState<'_>,
    listed: &mut Listed,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(inside) = folders.pop() {
        // Collected again from its components, so the path has no slash at its end.
        let looked_into: Utf8PathBuf = folder.join(&inside).components().collect();
        let entries = list(&looked_into, shared);
        listed.push((looked_into, entries.iter().map(|entry| entry.name.clone()).collect()));
        for entry in entries {
            let path = format!("{inside}{}", entry.name);
            match entry.kind {
                Some(FileKind::File) => found.push(path),
                Some(FileKind::Directory)
                    if deep && entry.name != "node_modules" && !entry.name.starts_with('.') =>
                {
                    folders.push(format!("{path}/"));
                }
                Some(FileKind::Directory | FileKind::Other) | None => {}
            }
        }
    }
    found.sort();
    found
}

fn list(folder: &Utf8Path, shared: &ScanState<'_>) -> Vec<bundle_base::fs::DirEntry> {
    let fs: &dyn FileSystem = &*shared.fs;
    fs.list(folder).unwrap_or_default()
}

pub(super) fn folder_of(from: &Origin) -> Utf8PathBuf {
    let path = match from {
        Origin::File(resolved) | Origin::Part { resolved, .. } => &resolved.path,
        Origin::Text { folder, .. } => folder,
        Origin::Runtime(_) => return "/".into(),
    };
    path.parent().map_or_else(|| "/".into(), Utf8Path::to_owned)
}

pub(super) fn importer_name(from: &Origin) -> Option<String> {
    match from {
        Origin::File(resolved) | Origin::Part { resolved, .. } => {
            resolved.path.file_name().map(str::to_owned)
        }
        Origin::Text { .. } | Origin::Runtime(_) => None,
    }
}

/// Joins `base` and a relative path, and resolves `.` and `..`.
pub(super) fn join(base: &Utf8Path, relative: &str) -> Utf8PathBuf {
    let mut path = base.to_owned();
    for segment in relative.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(path.pop()),
            name => path.push(name),
        }
    }
    path
}
