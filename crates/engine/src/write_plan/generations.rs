//! Decides which files of earlier builds are kept, by the `entrypoints.json` that these builds
//! wrote. Only files that it names are ever removed. `files` are those of its own build; `kept` are
//! those of the generation before, because pages that were served before may still request them.
//! Other programs can write to this file, so it is trusted only as far as a wrong entry does no
//! harm.

use std::collections::BTreeSet;

use bundle_base::{config::Mode, json::pretty};
use camino::{Utf8Component, Utf8Path};
use serde_json::{Map, Value};

#[cfg(test)]
mod tests;

/// How many hexadecimal digits make a part of a name a content hash.
const HASH_DIGITS: usize = 8;

/// A parsed `entrypoints.json`; empty where the text is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct EntrypointsFile {
    json: Map<String, Value>,
    files: BTreeSet<String>,
    /// `None`: its build kept no files for older pages.
    kept: Option<BTreeSet<String>>,
}

/// The manifest of a build, and what becomes of the files of earlier builds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Generations {
    /// The manifest to write.
    pub manifest: Vec<u8>,
    /// Files to remove once the manifest is in its place.
    pub leaving: BTreeSet<String>,
    /// Files to keep for pages that were served before.
    pub kept: BTreeSet<String>,
    /// Some entries of the old manifest were not built: manifests keep what they have about these.
    pub is_part: bool,
}

impl EntrypointsFile {
    /// Parses the manifest. Returns the empty value for a text that is not a manifest.
    pub fn parse(bytes: &[u8]) -> Self {
        let Ok(Value::Object(json)) = serde_json::from_slice(bytes) else { return Self::default() };
        let (files, kept) = (inside(list(&json, "files")), inside(list(&json, "kept")));
        let kept = json.contains_key("kept").then_some(kept);
        Self { json, files, kept }
    }

    /// Iterates over every file that it names.
    pub fn files(&self) -> impl Iterator<Item = &String> {
        self.files.iter().chain(self.kept.iter().flatten())
    }

    /// Decides what becomes of the files that it names when the manifest `new` replaces it.
    /// `is_chosen`: the user named entries, so the build may cover only a part of the entries.
    /// `unfinished`: files that a killed build was about to remove.
    pub fn next_generation(
        &self,
        new: &[u8],
        mode: Mode,
        is_chosen: bool,
        unfinished: &BTreeSet<String>,
    ) -> Generations {
        let mut new = Self::parse(new);
        let is_part =
            is_chosen && !self.entries().all(|entry| new.entries().any(|other| other == entry));
        if is_part {
            new.merge(self);
        } else if mode == Mode::Production && new.files.iter().any(|file| is_hashed(file)) {
            new.kept = Some(self.kept_by(&new));
        }
        let stays: BTreeSet<&String> = new.files().collect();
        let leaving =
            self.files().chain(unfinished).filter(|file| !stays.contains(file)).cloned().collect();
        Generations {
            leaving,
            kept: new.kept.clone().unwrap_or_default(),
            manifest: new.print(),
            is_part,
        }
    }

    /// Iterates over the names of its entries.
    fn entries(&self) -> impl Iterator<Item = &String> {
        self.json.get("entrypoints").and_then(Value::as_object).into_iter().flat_map(Map::keys)
    }

    /// Returns its files that a production build keeps: those that open pages may still request.
    /// If the same build is run once more, it keeps the same files again.
    fn kept_by(&self, new: &Self) -> BTreeSet<String> {
        // It was written by another kind of build: none of its files are kept.
        let Some(kept) = &self.kept else { return BTreeSet::new() };
        let before = if self.files == new.files { kept } else { &self.files };
        before
            .iter()
            .filter(|file| is_hashed(file) && !new.files.contains(*file))
            .cloned()
            .collect()
    }

    /// Takes from the old manifest what it has about entries that are not in this one, in the old
    /// order: building the same part once more changes nothing.
    fn merge(&mut self, before: &Self) {
        self.kept.clone_from(&before.kept);
        let new = self.files.difference(&before.files).cloned().map(Value::from);
        let all: Vec<Value> = list(&before.json, "files").map(Value::from).chain(new).collect();
        self.json.insert("files".to_owned(), all.into());
        self.files.extend(before.files.iter().cloned());
        // Addresses of another kind of page would be wrong here.
        if ["publicPath", "module"].iter().any(|key| self.json.get(*key) != before.json.get(*key)) {
            return;
        }
        for (key, theirs) in &before.json {
            let Some(theirs) = theirs.as_object() else { continue };
            let ours = self.json.get(key).and_then(Value::as_object).cloned().unwrap_or_default();
            self.json.insert(key.clone(), overlaid(theirs, ours).into());
        }
    }

    fn print(mut self) -> Vec<u8> {
        if let Some(kept) = self.kept {
            self.json.insert("kept".to_owned(), kept.into_iter().collect());
        }
        pretty(&self.json).into_bytes()
    }
}

/// Merges the manifest of a partial build into the old one, for manifests other than
/// `entrypoints.json`: what the old one has about other entries is kept. `None` if one of them is
/// not a manifest.
pub(super) fn merged(new: &[u8], before: &[u8]) -> Option<Vec<u8>> {
    let object = |bytes: &[u8]| serde_json::from_slice::<Map<String, Value>>(bytes).ok();
    Some(pretty(&overlaid(&object(before)?, object(new)?)).into_bytes())
}

fn overlaid(before: &Map<String, Value>, new: Map<String, Value>) -> Map<String, Value> {
    let mut all = before.clone();
    all.extend(new);
    all
}

/// Iterates over the strings of a list.
fn list<'a>(json: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a str> {
    json.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// Returns the paths that may be outputs of ours.
pub(super) fn inside<'a>(paths: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    paths.into_iter().filter(|path| is_inside(path)).map(str::to_owned).collect()
}

/// Whether a path below the output folder may be an output of ours. A configuration
/// file of a server (`.ht…`) never is.
fn is_inside(path: &str) -> bool {
    let mut parts = Utf8Path::new(path).components().peekable();
    let is_plain =
        parts.peek().is_some() && parts.all(|part| matches!(part, Utf8Component::Normal(_)));
    let name = path.rsplit('/').next().unwrap_or_default();
    is_plain && !path.contains(['\\', '\0']) && !path.ends_with('/') && !name.starts_with(".ht")
}

/// Whether a file's name has a content hash: `app.1f3a9c2b.js`. Other files are replaced in
/// place.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_hash = |part: &str| {
        part.len() >= HASH_DIGITS
            && part.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
    };
    name.split(|c: char| !c.is_ascii_alphanumeric()).any(is_hash)
}
