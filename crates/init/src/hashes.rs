//! Hashes in the names of chunks, for scripts without hashes in theirs. Views name the scripts,
//! which keep their names; scripts name their chunks, whose addresses change with their contents.

use serde_json::{Map, Value as Json, json};

use super::plan::Plan;

impl Plan {
    /// Turns `hash` on for chunks. Areas in the short form, and those with `"hash": false`, have
    /// exactly their names.
    pub(super) fn finish_hashes(&mut self, areas: &mut Map<String, Json>) {
        if !self.scripts.are_chunks_hashed || self.modes.production.contains_key("hash") {
            return;
        }
        // Modules import shared areas by their addresses, as they do chunks.
        let is_esm = self.keys.get("format") == Some(&json!("esm"));
        for area in areas.values_mut().filter(|area| area.is_object()) {
            if !(is_esm && area["shared"] == true) {
                area["hash"] = false.into();
            }
        }
        self.modes.production.insert("hash".to_owned(), true.into());
        self.modes.production.insert("silence".to_owned(), json!(["exact-name"]));
        self.comment(
            "modes",
            "hash: chunks get one; areas that are only a path, or say so, have exactly their names",
        );
    }

    /// Adds entrypoints.json to manifests that name files only: by it, builds remove files of
    /// earlier builds, which have other hashes.
    pub(super) fn finish_manifest(&mut self) {
        let is_hashed = self.modes.production.get("hash") == Some(&true.into());
        let Some(Json::Array(manifests)) = self.keys.get_mut("manifest").filter(|_| is_hashed)
        else {
            return;
        };
        let kind = |one: &Json| one["kind"].as_str().or(one.as_str()).map(str::to_owned);
        let names_files =
            |one: &Json| kind(one).is_some_and(|kind| ["mix", "webpack"].contains(&kind.as_str()));
        if manifests.iter().all(names_files) {
            manifests.push("entrypoints".into());
            let comment = self.comments.entry("manifest".to_owned()).or_default();
            comment.push_str("; by entrypoints.json, builds remove old files");
            self.set("splitting", "async");
        }
    }
}
