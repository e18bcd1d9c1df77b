//! The names of output files. Entries are named by the configuration. Other chunks and workers are
//! in a folder of their own and are named after the module that is loaded or started, or after the
//! entries that share them. A name does not change when a module changes, except for its content
//! hash; until that is known, a hash placeholder is in its place.
//!
//! A generated name has only letters, digits, `-`, `_`, `.`, `~` and `+`, so it never leaves the
//! folder.

use bundle_base::{
    Config,
    config::{Format, Splitting},
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{ChunkId, Files, model::Grouped, version::hash};
use crate::{
    link::{EntryKind, EntryPoint, LinkedGraph, StaticEntry},
    module::{ModuleId, Target},
};

/// The folder of chunks that are not entries.
const FOLDER: &str = "chunks";

/// The folder of workers.
const WORKERS: &str = "workers";

/// The most entry points that a generated name lists.
const LISTED: usize = 3;

/// Names the files of every chunk.
pub(super) fn files_of_chunks(
    chunks: &[Grouped<'_>],
    linked: &LinkedGraph<'_>,
    config: &Config,
) -> Vec<Files> {
    let within = manual_chunks_of_entries(chunks, linked, config);
    let manual_chunk_of: FxHashMap<ChunkId, ChunkId> = within.iter().copied().collect();
    let mut placeholders = FxHashSet::default();
    let mut all: Vec<Files> = Vec::with_capacity(chunks.len());
    for (chunk, name) in chunks.iter().zip(unique_names(chunks, linked, config)) {
        all.push(match manual_chunk_of.get(&chunk.id) {
            Some(manual_chunk) => Files { name, within: Some(*manual_chunk), ..Files::default() },
            None => files(name, chunk, &mut placeholders, config),
        });
    }
    for (id, manual_chunk) in within {
        all[manual_chunk.index()].entry = Some(id);
        let Files { script, stylesheet, is_hashed, .. } = all[manual_chunk.index()].clone();
        let own = &mut all[id.index()];
        (own.script, own.stylesheet, own.is_hashed) = (script, stylesheet, is_hashed);
    }
    all
}

/// Returns the name of every chunk. No two are the same.
fn unique_names(chunks: &[Grouped<'_>], linked: &LinkedGraph<'_>, config: &Config) -> Vec<String> {
    let of_entries = chunks.iter().filter_map(configured).map(|entry| &config.entries[entry].name);
    // Some file systems ignore case.
    let mut taken: FxHashSet<String> = of_entries.map(|name| name.to_lowercase()).collect();
    let requested = requested_names(linked);
    let name = |chunk: &Grouped<'_>| {
        if let Some(entry) = configured(chunk) {
            return config.entries[entry].name.clone();
        }
        let manual_chunk =
            chunk.group.manual_chunk.map(|manual_chunk| &config.shared[manual_chunk]);
        if let Some(manual_chunk) = manual_chunk.filter(|manual_chunk| {
            manual_chunk.entry.is_none() || config.output.format == Format::Iife
        }) {
            taken.insert(manual_chunk.name.to_lowercase());
            return manual_chunk.name.clone();
        }
        let preferred = match (chunk.group.static_entry, manual_chunk) {
            (Some(worker), _) => {
                format!("{WORKERS}/{}", stem(&linked.graph.module(worker.module).key))
            }
            (None, Some(manual_chunk)) => format!("{FOLDER}/{}", safe_name(&manual_chunk.name)),
            (None, None) => {
                let folder = folder(chunk, linked, config);
                format!("{folder}/{}", name_of_shared(chunk, linked, &requested, config))
            }
        };
        free_name(&preferred, &mut taken)
    };
    chunks.iter().map(name).collect()
}

/// Returns the folder of a chunk that is not an entry. If entries have chunks of their own, each
/// has a folder for them.
fn folder(chunk: &Grouped<'_>, linked: &LinkedGraph<'_>, config: &Config) -> String {
    let is_apart = config.output.splitting == Splitting::Async;
    let Some(entry) = linked.programs[chunk.program].only_entry().filter(|_| is_apart) else {
        return FOLDER.to_owned();
    };
    let segments = config.entries[entry].name.split('/').map(folder_segment);
    std::iter::once(FOLDER.to_owned()).chain(segments).collect::<Vec<_>>().join("/")
}

/// Takes a name, with a number if need be.
fn free_name(preferred: &str, taken: &mut FxHashSet<String>) -> String {
    let numbered = (2..).map(|n| format!("{preferred}-{n}"));
    let mut spellings = std::iter::once(preferred.to_owned()).chain(numbered);
    let free = spellings.find(|name| taken.insert(name.to_lowercase()));
    free.expect("numbers do not run out")
}

/// Returns the files of a chunk with a name. `placeholders`: the hash placeholders of other files.
fn files(
    name: String,
    chunk: &Grouped<'_>,
    placeholders: &mut FxHashSet<String>,
    config: &Config,
) -> Files {
    let manual_chunk = chunk.group.manual_chunk.map(|manual_chunk| &config.shared[manual_chunk]);
    let entry = configured(chunk).or_else(|| manual_chunk.and_then(|chunk| chunk.entry));
    if let (Some(file), Some(_)) = (&config.output.file, entry) {
        let (script, stylesheet) = (file.clone(), stylesheet_of(file));
        return Files { name, script, stylesheet, ..Files::default() };
    }
    let is_exact = entry.is_some_and(|entry| config.entries[entry].is_exact)
        || entry.is_none() && manual_chunk.is_some_and(|chunk| chunk.is_exact);
    let is_hashed = config.output.hash && !is_exact;
    let mut file = |name: &str, extension: &str| {
        let plain = format!("{name}.{extension}");
        if is_hashed {
            format!("{name}.{}.{extension}", placeholder(&plain, placeholders))
        } else {
            plain
        }
    };
    let script = file(&name, "js");
    // An entry and the manual chunk that it imports (esm) both come here; only the entry has this
    // name.
    let named = entry.map(|entry| &config.entries[entry]).filter(|entry| entry.name == name);
    let stylesheet = file(named.map_or(&name, |entry| entry.stylesheet_name()), "css");
    Files { name, script, stylesheet, is_hashed, ..Files::default() }
}

/// Returns the manual chunk of each chunk of an entry whose files contain it. The classic script of
/// a manual chunk runs the chunk's entry; in other formats the script of the entry imports the
/// chunk.
fn manual_chunks_of_entries(
    chunks: &[Grouped<'_>],
    linked: &LinkedGraph<'_>,
    config: &Config,
) -> Vec<(ChunkId, ChunkId)> {
    let is_split = |chunk: &&Grouped<'_>| linked.programs[chunk.program].is_split;
    let entries = chunks.iter().filter(is_split);
    let entries: FxHashMap<usize, ChunkId> =
        entries.filter_map(|chunk| Some((configured(chunk)?, chunk.id))).collect();
    let of = |chunk: &Grouped<'_>| {
        let entry = config.shared[chunk.group.manual_chunk?].entry?;
        Some((*entries.get(&entry)?, chunk.id))
    };
    let is_script = config.output.format == Format::Iife;
    chunks.iter().filter(|_| is_script).filter_map(of).collect()
}

/// The length of the content hash in a file name, in characters.
pub const HASH_DIGITS: usize = 8;

/// The beginning of a hash placeholder. In a program these two characters follow each other only in
/// strings, and encoding an address leaves them as they are.
pub const PLACEHOLDER_START: &str = "_~";

/// Returns the hash placeholder of a file, as long as the hash. It follows from the name alone, so
/// it is the same in the next build. `taken`: the placeholders of other files.
fn placeholder(file: &str, taken: &mut FxHashSet<String>) -> String {
    let digit =
        |number: u64| char::from(b"0123456789abcdefghijklmnopqrstuv"[(number % 32) as usize]);
    let placeholder = |number: u64| {
        let digits = (PLACEHOLDER_START.len()..HASH_DIGITS).map(|at| digit(number >> (5 * at)));
        PLACEHOLDER_START.chars().chain(digits).collect::<String>()
    };
    let numbers = (0..).map(|number: u32| hash([file.to_owned(), number.to_string()].into_iter()));
    let free = numbers.map(placeholder).find(|placeholder| taken.insert(placeholder.clone()));
    free.expect("numbers do not run out")
}

/// Returns the position of the configured entry whose script a chunk is; `None` for other chunks.
fn configured(chunk: &Grouped<'_>) -> Option<usize> {
    match chunk.group.static_entry?.kind {
        EntryKind::Configured(entry) => Some(entry),
        EntryKind::Worker => None,
    }
}

/// Returns the names that programs wish for the chunks of modules that they load.
fn requested_names<'g>(linked: &LinkedGraph<'g>) -> FxHashMap<ModuleId, &'g str> {
    let mut requested = FxHashMap::default();
    for module in &linked.graph.modules {
        for (request, target) in module.record.requests.iter().zip(&module.targets) {
            if let (Some(name), Target::Module(to)) = (&request.chunk_options.chunk_name, target) {
                requested.entry(*to).or_insert(name.as_str());
            }
        }
    }
    requested
}

/// Returns how the name of a chunk refers to the entry points that load it.
fn name_of_shared(
    chunk: &Grouped<'_>,
    linked: &LinkedGraph<'_>,
    requested: &FxHashMap<ModuleId, &str>,
    config: &Config,
) -> String {
    let program = &linked.programs[chunk.program];
    let entry_point = |index: &usize| match program.entry_points[*index] {
        EntryPoint::Static(StaticEntry { kind: EntryKind::Configured(entry), .. }) => {
            safe_name(&config.entries[entry].name)
        }
        EntryPoint::Static(StaticEntry { module, .. }) | EntryPoint::Dynamic(module) => requested
            .get(&module)
            .map_or_else(|| stem(&linked.graph.module(module).key), |name| safe_name(name)),
    };
    let entries = program
        .entry_points
        .iter()
        .filter(|entry_point| matches!(entry_point, EntryPoint::Static(_)))
        .count();
    match chunk.group.entry_points.as_slice() {
        [only] => entry_point(only),
        few if few.len() <= LISTED => {
            format!("shared~{}", few.iter().map(entry_point).collect::<Vec<_>>().join("+"))
        }
        // The entries are the first entry points.
        all if all.get(entries - 1) == Some(&(entries - 1)) && all.len() == entries => {
            "shared~all".to_owned()
        }
        [first, second, others @ ..] => {
            let tag = hash(chunk.group.entry_points.iter().map(entry_point)) >> 48;
            format!(
                "shared~{}+{}+{}-{tag:04x}",
                entry_point(first),
                entry_point(second),
                others.len()
            )
        }
        [] => "shared".to_owned(),
    }
}

/// Returns how a file name refers to a module: `src/pages/about.js` → `about`, `src/about/index.js`
/// → `about`.
fn stem(key: &str) -> String {
    let path = key.split(['?', '#']).next().unwrap_or(key);
    let mut segments = path.rsplit('/').filter(|s| !s.is_empty());
    let file = segments.next().unwrap_or("module");
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    safe_name(if stem == "index" { segments.next().unwrap_or(stem) } else { stem })
}

/// Returns how a generated name refers to a name. Letters that are not ASCII become a hash: without
/// it, all names in another script would be the same.
fn safe_name(name: &str) -> String {
    let safe =
        |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') { c } else { '-' };
    let text: String = name.chars().map(safe).take(60).collect();
    let text = text.trim_matches(['-', '.']);
    let text = if text.is_empty() { "module" } else { text };
    if name.is_ascii() { text.to_owned() } else { with_hash(text, name) }
}

/// Returns the folder for a segment of an entry's name. No other segment has it: a build of one
/// entry does not know the others, and must not overwrite their chunks.
fn folder_segment(segment: &str) -> String {
    let text = safe_name(segment);
    if text == segment || !segment.is_ascii() { text } else { with_hash(&text, segment) }
}

fn with_hash(text: &str, name: &str) -> String {
    format!("{text}-{:04x}", hash(std::iter::once(name.to_owned())) >> 48)
}

/// Returns the path of the stylesheet beside a script: `main.js` → `main.css`.
fn stylesheet_of(script: &str) -> String {
    let name = script.rfind('/').map_or(0, |slash| slash + 1);
    let stem = script[name..].rfind('.').map_or(script.len(), |dot| name + dot);
    format!("{}.css", &script[..stem])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{folder_segment, safe_name, stem};

    #[test]
    fn different_names_that_are_not_ascii_stay_different() {
        let names = ["日本", "中国", "caf\u{e9}", "caf\u{e8}", "caf", "module"];
        let plain: BTreeSet<String> = names.into_iter().map(safe_name).collect();
        assert_eq!(plain.len(), names.len(), "{plain:?}");
        assert!(plain.iter().all(|name| name.is_ascii()), "{plain:?}");
        assert_ne!(stem("src/日本.js"), stem("src/中国.js"));
        assert_eq!(stem("src/pages/about.js"), "about");
    }

    #[test]
    fn each_entry_has_a_folder_of_its_own() {
        let long = "a".repeat(70);
        let segments =
            ["a b", "a-b", "-a-b", "a+b", "日本", "中国", &long, &long[1..], &long[10..]];
        let folders: BTreeSet<String> =
            segments.iter().map(|segment| folder_segment(segment)).collect();
        assert_eq!(folders.len(), segments.len(), "{folders:?}");
        assert_eq!(folder_segment("hello_World.2"), "hello_World.2");
    }
}
