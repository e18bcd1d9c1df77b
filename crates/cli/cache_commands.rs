//! `bundle cache`: shows what is cached on this machine and in the shared cache, checks whether it
//! is intact, and removes entries.

use std::{fmt::Write as _, fs};

use bundle_base::{Diagnostics, config::relative};
use bundle_engine::EntryKind;
use bundle_remote::{
    fetch::manifest,
    inspect::{Checked, check, prune, try_writing},
};
use camino::Utf8Path;
use serde_json::{Value, json};

use crate::{
    args::Invocation,
    cache, messages,
    project::{self, Project, shown},
    report,
    shared_cache::Sharing,
};

/// Prints what is cached.
pub fn stats(invocation: &Invocation, mut log: Diagnostics) -> Result<(), Diagnostics> {
    let Some(project) = project::open(invocation, &mut log) else { return Err(log) };
    let here = on_disk(&project);
    let shared = project.sharing.as_ref().map(|sharing| in_store(&project, sharing));
    let all = json!({ "here": here, "shared": shared });
    report::answer(&if invocation.json { format!("{all:#}\n") } else { as_text(&all) })
}

/// Reads all that is cached for the configuration, and reports what is damaged and what does not
/// work.
pub fn verify(invocation: &Invocation, mut log: Diagnostics) -> Result<(), Diagnostics> {
    let Some(project) = project::open(invocation, &mut log) else { return Err(log) };
    let packages = cache::packages(&project);
    let mut text = String::new();
    if let Some(packages) = &packages {
        let mut kept = cache::empty(&project, Some(packages));
        let path = cache::path_of(&kept, packages);
        let is_whole = match project.fs.read(&path) {
            Ok(bytes) => kept.restore(bytes).is_ok() && kept.is_intact(),
            Err(_) => true, // there is none
        };
        let name = shown(&path, &project.cwd);
        if is_whole {
            let _ = writeln!(text, "{name}: intact");
        } else {
            log.push(messages::cache_is_damaged(&name));
        }
    }
    if let Some(sharing) = &project.sharing {
        let name = cache::empty(&project, packages.as_deref()).name();
        let store = sharing.store();
        let shown = sharing.shown();
        for location in sharing.locations(&name) {
            match check(&*store, &location) {
                Ok(Checked { segments, damaged }) => {
                    let _ = writeln!(text, "{shown} {}: {segments} segments", location.domain);
                    for failure in damaged {
                        log.push(messages::store_fails(&shown, &failure.to_string()));
                    }
                }
                Err(failure) => log.push(messages::store_fails(&shown, &failure.to_string())),
            }
        }
        if let Some(location) = sharing.write_location(&name) {
            match try_writing(&*store, &location) {
                Ok(()) => {
                    let _ = writeln!(text, "{shown} {}: can be written", location.domain);
                }
                Err(failure) => log.push(messages::store_fails(&shown, &failure.to_string())),
            }
        }
    }
    let found = report::answer(&text);
    if log.is_empty() { found } else { Err(log) }
}

/// Removes what no build of this configuration uses: the files of other configurations on this
/// machine, and segments in the shared cache that newer ones replaced.
pub fn remove(invocation: &Invocation, mut log: Diagnostics) -> Result<(), Diagnostics> {
    let Some(project) = project::open(invocation, &mut log) else { return Err(log) };
    let packages = cache::packages(&project);
    let kept = cache::empty(&project, packages.as_deref());
    let mut text = String::new();
    if let Some(packages) = &packages {
        let own = cache::path_of(&kept, packages);
        let (mut files, mut bytes) = (0, 0);
        for (path, size) in files_in(&packages.join(cache::FOLDER)) {
            if path != own && fs::remove_file(&path).is_ok() {
                (files, bytes) = (files + 1, bytes + size);
            }
        }
        let _ = writeln!(text, "{files} files of other configurations removed, {}", size(bytes));
    }
    if let Some((sharing, location)) = project
        .sharing
        .as_ref()
        .and_then(|sharing| Some((sharing, sharing.write_location(&kept.name())?)))
    {
        match prune(&*sharing.store(), &location) {
            Ok(segments) => {
                let _ = writeln!(
                    text,
                    "{} {}: {segments} replaced segments removed",
                    sharing.shown(),
                    location.domain
                );
            }
            Err(failure) => {
                log.push(messages::store_fails(&sharing.shown(), &failure.to_string()));
            }
        }
    }
    let removed = report::answer(&text);
    if log.is_empty() { removed } else { Err(log) }
}

/// Returns what this machine keeps.
fn on_disk(project: &Project) -> Value {
    let Some(packages) = cache::packages(project) else { return Value::Null };
    let mut kept = cache::empty(project, Some(&packages));
    let path = cache::path_of(&kept, &packages);
    let entries = project.fs.read(&path).ok().filter(|bytes| !bytes.is_empty()).map(|bytes| {
        let length = bytes.len();
        let is_read = kept.restore(bytes).is_ok();
        let of = |kind| {
            let (entries, bytes) = kept.size_of(kind);
            json!({ "entries": entries, "bytes": bytes })
        };
        json!({
            "path": relative(&project.cwd, &path), "bytes": length, "readable": is_read,
            "files": of(EntryKind::File), "records": of(EntryKind::Record),
            "renderings": of(EntryKind::Rendering),
        })
    });
    let folder = packages.join(cache::FOLDER);
    let all = files_in(&folder);
    json!({
        "folder": relative(&project.cwd, &folder), "files": all.len(),
        "bytes": all.iter().map(|(_, size)| size).sum::<u64>(), "configuration": entries,
    })
}

/// Returns the cache files of a folder with their sizes.
fn files_in(folder: &Utf8Path) -> Vec<(camino::Utf8PathBuf, u64)> {
    let listing = folder.read_dir_utf8().into_iter().flatten().flatten();
    let sized = listing.filter_map(|entry| {
        let size = entry.metadata().ok()?.len();
        (entry.path().extension() == Some(cache::KEPT)).then(|| (entry.path().to_owned(), size))
    });
    let mut files: Vec<_> = sized.collect();
    files.sort();
    files
}

/// Returns what the shared cache has for the configuration, by domain.
fn in_store(project: &Project, sharing: &Sharing) -> Value {
    let packages = cache::packages(project);
    let name = cache::empty(project, packages.as_deref()).name();
    let store = sharing.store();
    let domains: Vec<Value> = sharing
        .locations(&name)
        .iter()
        .map(|location| match manifest(&*store, location) {
            Ok(Some(manifest)) => json!({
                "domain": location.domain.to_string(), "generation": manifest.generation,
                "segments": manifest.segments.len(), "entries": manifest.entries(),
                "bytes": manifest.bytes(), "replaced": manifest.retired.len(),
            }),
            Ok(None) => json!({ "domain": location.domain.to_string(), "segments": 0 }),
            Err(failure) => {
                json!({ "domain": location.domain.to_string(), "failure": failure.to_string() })
            }
        })
        .collect();
    json!({ "address": sharing.shown(), "configuration": name, "domains": domains })
}

fn as_text(all: &Value) -> String {
    let mut text = String::new();
    let number = |value: &Value| value.as_u64().unwrap_or_default();
    let here = &all["here"];
    if here.is_null() {
        text.push_str("this machine keeps nothing: there is no node_modules\n");
    } else {
        let folder = here["folder"].as_str().unwrap_or_default();
        let (files, bytes) = (number(&here["files"]), size(number(&here["bytes"])));
        let _ = writeln!(text, "{folder}: {files} files, {bytes}");
        let own = &here["configuration"];
        for (name, key) in [
            ("compiled files", "files"),
            ("records", "records"),
            ("rendered modules", "renderings"),
        ] {
            if let Some(entries) = own[key]["entries"].as_u64().filter(|_| own.is_object()) {
                let bytes = size(number(&own[key]["bytes"]));
                let _ = writeln!(text, "  {entries} {name}, {bytes}");
            }
        }
    }
    let shared = &all["shared"];
    if let Some(address) = shared["address"].as_str() {
        let _ = writeln!(text, "{address}");
        for domain in shared["domains"].as_array().into_iter().flatten() {
            let name = domain["domain"].as_str().unwrap_or_default();
            let _ = match domain["failure"].as_str() {
                Some(failure) => writeln!(text, "  {name}: {failure}"),
                None => writeln!(
                    text,
                    "  {name}: {} entries in {} segments, {}",
                    number(&domain["entries"]),
                    number(&domain["segments"]),
                    size(number(&domain["bytes"]))
                ),
            };
        }
    }
    text
}

fn size(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}
