//! What earlier builds wrote, by the `entrypoints.json` that they left: the only files that are
//! ever removed. `files` are those of its own build, `kept` the ones of the generation before it
//! that pages may still ask for because they were served before it. It lies where anybody may
//! write, so it is believed only where believing it does no harm.

use std::collections::BTreeSet;

use bundle_base::config::Mode;
use camino::{Utf8Component, Utf8Path};
use serde_json::{Map, Value};

#[cfg(test)]
mod tests;

/// How many digits of a hash make a name one of this build alone.
const HASH_DIGITS: usize = 8;

/// A manifest, as far as it is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    told: Map<String, Value>,
    files: BTreeSet<String>,
    /// `None`: its build left nothing for pages of before.
    kept: Option<BTreeSet<String>>,
}

/// What follows a record.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Generations {
    /// The manifest to be written.
    pub manifest: Vec<u8>,
    /// Files that go once it is in place.
    pub leaving: BTreeSet<String>,
    /// Files that stay for pages of before.
    pub kept: BTreeSet<String>,
    /// There are entries that were not built: what manifests say of them stays.
    pub is_part: bool,
}

impl Record {
    /// What a file says. Of one that is no manifest: nothing.
    pub fn parse(bytes: &[u8]) -> Self {
        let Ok(Value::Object(told)) = serde_json::from_slice(bytes) else { return Self::default() };
        let (files, kept) = (inside(list(&told, "files")), inside(list(&told, "kept")));
        let kept = told.contains_key("kept").then_some(kept);
        Self { told, files, kept }
    }

    /// Every file that it names.
    pub fn files(&self) -> impl Iterator<Item = &String> {
        self.files.iter().chain(self.kept.iter().flatten())
    }

    /// What becomes of these files when a manifest takes its place. `is_chosen`: entries were named
    /// for the build, so that it may be a part of what was there. `unfinished`: what a killed build
    /// was about to remove.
    pub fn next_generation(
        &self,
        new: &[u8],
        mode: Mode,
        (is_chosen, unfinished): (bool, BTreeSet<String>),
    ) -> Generations {
        let mut new = Self::parse(new);
        let is_part =
            is_chosen && !self.entries().all(|entry| new.entries().any(|other| other == entry));
        if is_part {
            new.join(self);
        } else if mode == Mode::Production && new.files.iter().any(|file| is_hashed(file)) {
            new.kept = Some(self.kept_by(&new));
        }
        let stays: BTreeSet<&String> = new.files().collect();
        let leaving =
            self.files().chain(&unfinished).filter(|file| !stays.contains(file)).cloned().collect();
        Generations {
            leaving,
            kept: new.kept.clone().unwrap_or_default(),
            manifest: new.print(),
            is_part,
        }
    }

    /// The names of its entries.
    fn entries(&self) -> impl Iterator<Item = &String> {
        self.told.get("entrypoints").and_then(Value::as_object).into_iter().flat_map(Map::keys)
    }

    /// What a build in production leaves of this one: what pages that are open by now may still ask
    /// for. The same build once more leaves what it found.
    fn kept_by(&self, new: &Self) -> BTreeSet<String> {
        // Another kind of build: nothing of it outlives this one.
        let Some(kept) = &self.kept else { return BTreeSet::new() };
        let before = if self.files == new.files { kept } else { &self.files };
        before
            .iter()
            .filter(|file| is_hashed(file) && !new.files.contains(*file))
            .cloned()
            .collect()
    }

    /// Takes what the record before says of entries that are not in this one, in its order: the
    /// same part built once more changes nothing.
    fn join(&mut self, before: &Self) {
        self.kept.clone_from(&before.kept);
        let new = self.files.difference(&before.files).cloned().map(Value::from);
        let all: Vec<Value> = list(&before.told, "files").map(Value::from).chain(new).collect();
        self.told.insert("files".to_owned(), all.into());
        self.files.extend(before.files.iter().cloned());
        // Addresses of another kind of page are of no use here.
        if ["publicPath", "module"].iter().any(|key| self.told.get(*key) != before.told.get(*key)) {
            return;
        }
        for (key, theirs) in &before.told {
            let Some(theirs) = theirs.as_object() else { continue };
            let ours = self.told.get(key).and_then(Value::as_object).cloned().unwrap_or_default();
            self.told.insert(key.clone(), overlaid(theirs, ours).into());
        }
    }

    fn print(mut self) -> Vec<u8> {
        if let Some(kept) = self.kept {
            self.told.insert("kept".to_owned(), kept.into_iter().collect());
        }
        printed(&self.told)
    }
}

/// A manifest of another kind for a build of a part: what the one before says of others stays.
/// `None` if one of them is no manifest.
pub(super) fn joined(new: &[u8], before: &[u8]) -> Option<Vec<u8>> {
    let object = |bytes: &[u8]| serde_json::from_slice::<Map<String, Value>>(bytes).ok();
    Some(printed(&overlaid(&object(before)?, object(new)?)))
}

fn overlaid(before: &Map<String, Value>, new: Map<String, Value>) -> Map<String, Value> {
    let mut all = before.clone();
    all.extend(new);
    all
}

fn printed(told: &Map<String, Value>) -> Vec<u8> {
    let text = serde_json::to_string_pretty(told).expect("a value is printable");
    format!("{text}\n").into_bytes()
}

/// The texts of a list.
fn list<'a>(told: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a str> {
    told.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// Those paths that may be ours.
pub(super) fn inside<'a>(paths: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    paths.into_iter().filter(|path| is_inside(path)).map(str::to_owned).collect()
}

/// True for a path below the folder that may be one of ours. What a server reads for itself never
/// is.
fn is_inside(path: &str) -> bool {
    let mut parts = Utf8Path::new(path).components().peekable();
    let is_plain =
        parts.peek().is_some() && parts.all(|part| matches!(part, Utf8Component::Normal(_)));
    let name = path.rsplit('/').next().unwrap_or_default();
    is_plain && !path.contains(['\\', '\0']) && !path.ends_with('/') && !name.starts_with(".ht")
}

/// True if a file's name follows from its contents: `app.1f3a9c2b.js`. Any other is replaced in its
/// place.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_hash = |part: &str| {
        part.len() >= HASH_DIGITS
            && part.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
    };
    name.split(|c: char| !c.is_ascii_alphanumeric()).any(is_hash)
}
