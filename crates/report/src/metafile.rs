//! The fields of a metafile that the engine does not fill in: how the outputs were built, and the
//! versions of packages.

use bundle_base::{
    Config, FileSystem,
    config::{Minify, absolute},
};
use serde_json::{Map, Value, json};

use crate::packages;

/// Adds `mode`, `minified` and `packages` to a metafile whose paths are relative to the project.
pub fn complete(metafile: &mut Value, config: &Config, fs: &dyn FileSystem) {
    metafile["mode"] = json!(config.mode);
    metafile["minified"] = json!(config.output.minify != Minify::No);
    let keys = metafile["inputs"].as_object().into_iter().flat_map(Map::keys);
    let mut folders: Vec<String> = keys
        .filter_map(|key| packages::of(key))
        .filter(|package| package.version.is_none())
        .map(|package| package.folder.to_owned())
        .collect();
    folders.sort_unstable();
    folders.dedup();
    let version = |folder: &String| {
        let text = fs.read(&absolute(&config.project, folder).join("package.json")).ok()?;
        let package: Value = serde_json::from_slice(&text).ok()?;
        Some((folder.clone(), package["version"].as_str()?.into()))
    };
    let versions: Map<String, Value> = folders.iter().filter_map(version).collect();
    metafile["packages"] = Value::Object(versions);
}
