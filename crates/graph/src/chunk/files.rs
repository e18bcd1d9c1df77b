//! The names of output files. Entries are named by the configuration. Other chunks and workers are
//! in a folder of their own and are named after the module that is loaded or started, or after the
//! entries that share them. A name does not change when a module changes, except for its content
//! hash; until that is known, a hash placeholder is in its place.
//!
//! A generated name has only letters, digits, `-`, `_`, `.`, `~` and `+`, so it never leaves the
//! folder.

use bundle_base::{Config, config::Format};
use rustc_hash::FxHashSet;

use super::{Chunk, ChunkId};
use crate::{
    link::{EntryKind, EntryPoint, LinkedGraph, Program, StaticEntry},
    module::ModuleGraph,
};

/// The folder of chunks that are not entries.
const FOLDER: &str = "chunks";

/// The folder of workers.
const WORKERS: &str = "workers";

/// A generated name lists at most so many entry points.
const LISTED: usize = 3;

/// Sets the name and the files of every chunk.
pub(super) fn name(chunks: &mut [Chunk], linked: &LinkedGraph<'_>, config: &Config) {
    // The classic script of a manual chunk runs the chunk's entry; in other formats the script of
    // the entry imports the chunk.
    if config.output.format == Format::Iife {
        put_entries_into_bundles(chunks, config);
    }
    // Some file systems ignore case.
    let mut taken: FxHashSet<String> = FxHashSet::default();
    for chunk in chunks.iter_mut() {
        if let Some(entry) = configured(chunk) {
            chunk.name.clone_from(&config.entries[entry].name);
            taken.insert(chunk.name.to_lowercase());
        }
    }
    for chunk in chunks.iter_mut().filter(|chunk| configured(chunk).is_none()) {
        let bundle = chunk.bundle.map(|bundle| &config.shared[bundle]);
        if let Some(bundle) =
            bundle.filter(|bundle| bundle.entry.is_none() || config.output.format == Format::Iife)
        {
            chunk.name.clone_from(&bundle.name);
            taken.insert(chunk.name.to_lowercase());
            continue;
        }
        let preferred = match (chunk.static_entry, bundle) {
            (Some(worker), _) => {
                format!("{WORKERS}/{}", stem(&linked.graph.module(worker.module).key))
            }
            (None, Some(bundle)) => format!("{FOLDER}/{}", plain(&bundle.name)),
            (None, None) => {
                format!(
                    "{FOLDER}/{}",
                    preferred(chunk, &linked.programs[chunk.program], linked.graph, config)
                )
            }
        };
        let spellings =
            std::iter::once(preferred.clone()).chain((2..).map(|n| format!("{preferred}-{n}")));
        let free = spellings.into_iter().find(|name| !taken.contains(&name.to_lowercase()));
        chunk.name = free.expect("numbers do not run out");
        taken.insert(chunk.name.to_lowercase());
    }
    give_files(chunks, config);
}

fn give_files(chunks: &mut [Chunk], config: &Config) {
    let mut marks = FxHashSet::default();
    for chunk in chunks.iter_mut().filter(|chunk| chunk.within.is_none()) {
        let entry = configured(chunk)
            .or_else(|| chunk.bundle.and_then(|bundle| config.shared[bundle].entry));
        if let (Some(file), Some(_)) = (&config.output.file, entry) {
            (chunk.file, chunk.sheet) = (file.clone(), sheet_of(file));
            continue;
        }
        chunk.is_hashed =
            config.output.hash && !entry.is_some_and(|entry| config.entries[entry].is_exact);
        let mut file = |extension: &str| {
            let plain = format!("{}.{extension}", chunk.name);
            if chunk.is_hashed {
                format!("{}.{}.{extension}", chunk.name, mark(&plain, &mut marks))
            } else {
                plain
            }
        };
        (chunk.file, chunk.sheet) = (file("js"), file("css"));
    }
    for index in 0..chunks.len() {
        if let Some(bundle) = chunks[index].within {
            let Chunk { file, sheet, is_hashed, .. } = &chunks[bundle.index()];
            let (file, sheet, is_hashed) = (file.clone(), sheet.clone(), *is_hashed);
            let chunk = &mut chunks[index];
            (chunk.file, chunk.sheet, chunk.is_hashed) = (file, sheet, is_hashed);
        }
    }
}

/// Puts the chunk of an entry into the files of its manual chunk.
fn put_entries_into_bundles(chunks: &mut [Chunk], config: &Config) {
    let bundles: Vec<(usize, ChunkId)> = chunks
        .iter()
        .filter_map(|chunk| Some((config.shared[chunk.bundle?].entry?, chunk.id)))
        .collect();
    for (entry, id) in bundles {
        let own =
            chunks.iter_mut().find(|chunk| configured(chunk) == Some(entry) && !chunk.is_alone);
        if let Some(own) = own {
            own.within = Some(id);
        }
    }
}

/// The length of the content hash in a file name, in characters.
pub const HASH_DIGITS: usize = 8;

/// The beginning of a hash placeholder. In a program these two characters follow each other only in
/// strings, and encoding an address leaves them as they are.
pub const MARK: &str = "_~";

/// Returns the hash placeholder of a file, as long as the hash. It follows from the name alone, so
/// it is the same in the next build. `taken`: the placeholders of other files.
fn mark(file: &str, taken: &mut FxHashSet<String>) -> String {
    let digit =
        |number: u64| char::from(b"0123456789abcdefghijklmnopqrstuv"[(number % 32) as usize]);
    let mark = |number: u64| {
        let digits = (MARK.len()..HASH_DIGITS).map(|at| digit(number >> (5 * at)));
        MARK.chars().chain(digits).collect::<String>()
    };
    let numbers = (0..).map(|number: u32| hash([file.to_owned(), number.to_string()].into_iter()));
    let free = numbers.map(mark).find(|mark| taken.insert(mark.clone()));
    free.expect("numbers do not run out")
}

/// Returns the position of the configured entry whose script a chunk is; `None` for other chunks.
fn configured(chunk: &Chunk) -> Option<usize> {
    match chunk.static_entry?.kind {
        EntryKind::Configured(entry) => Some(entry),
        EntryKind::Worker => None,
    }
}

fn preferred(chunk: &Chunk, program: &Program, graph: &ModuleGraph, config: &Config) -> String {
    let entry_point = |index: &usize| match program.entry_points[*index] {
        EntryPoint::Static(StaticEntry { kind: EntryKind::Configured(entry), .. }) => {
            plain(&config.entries[entry].name)
        }
        EntryPoint::Static(StaticEntry { module, .. }) | EntryPoint::Dynamic(module) => {
            stem(&graph.module(module).key)
        }
    };
    let entries = program
        .entry_points
        .iter()
        .filter(|entry_point| matches!(entry_point, EntryPoint::Static(_)))
        .count();
    match chunk.entry_points.as_slice() {
        [only] => entry_point(only),
        few if few.len() <= LISTED => {
            format!("shared~{}", few.iter().map(entry_point).collect::<Vec<_>>().join("+"))
        }
        // The entries are the first entry points.
        all if all.get(entries - 1) == Some(&(entries - 1)) && all.len() == entries => {
            "shared~all".to_owned()
        }
        [first, second, others @ ..] => {
            let tag = hash(chunk.entry_points.iter().map(entry_point)) >> 48;
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
    plain(if stem == "index" { segments.next().unwrap_or(stem) } else { stem })
}

fn plain(name: &str) -> String {
    let safe =
        |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') { c } else { '-' };
    let name: String = name.chars().map(safe).take(60).collect();
    let name = name.trim_matches(['-', '.']);
    if name.is_empty() { "module".to_owned() } else { name.to_owned() }
}

/// Returns the path of the stylesheet beside a script: `main.js` → `main.css`.
fn sheet_of(script: &str) -> String {
    let name = script.rfind('/').map_or(0, |slash| slash + 1);
    let stem = script[name..].rfind('.').map_or(script.len(), |dot| name + dot);
    format!("{}.css", &script[..stem])
}

/// Returns the path of a file relative to another one.
pub fn relative(to: &str, from: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let common =
        from.iter().zip(&to).take(from.len().min(to.len()) - 1).take_while(|(a, b)| a == b).count();
    let up = from.len() - 1 - common;
    let start = if up == 0 { "./".to_owned() } else { "../".repeat(up) };
    start + &to[common..].join("/")
}

/// Hashes some texts (FNV-1a). The result is the same on every machine.
pub fn hash(texts: impl Iterator<Item = String>) -> u64 {
    const PRIME: u64 = 0x0100_0000_01b3;
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for text in texts {
        // No byte of UTF-8 is 0xff, so the end of each text is part of the hash.
        for byte in text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }
    hash
}
