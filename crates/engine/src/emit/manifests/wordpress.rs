//! `NAME.asset.php` beside the script of each entry, as WordPress's build tools write it: the
//! scripts that WordPress loads before it, and a version that changes with the entry's files.

use std::collections::{BTreeMap, BTreeSet};

use bundle_base::{asset::ContentHash, config::Format};
use bundle_graph::{
    chunk::{Chunk, ChunkId},
    module::Target,
    record::RequestKind,
};
use bundle_resolve::Externals;

use super::{ids::id_of, input::ManifestInput};
use crate::emit::globals;

/// WordPress's script of polyfills.
const POLYFILL: &str = "wp-polyfill";

/// How a script imports an external. If it does both, only the first counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Import {
    Static,
    Dynamic,
}

/// Returns the path and the text of each entry's file.
pub(super) fn manifests(input: &ManifestInput<'_, '_, '_>) -> Vec<(String, String)> {
    let externals = Externals::new(input.config);
    let file = |chunk: &Chunk| {
        let dependencies = dependencies(chunk, input, &externals);
        let is_module = input.config.output.format == Format::Esm;
        let kind = if is_module { ", 'type' => 'module'" } else { "" };
        let text = format!(
            "<?php return array('dependencies' => array({}), 'version' => '{}'{kind});\n",
            dependencies.join(", "),
            version(chunk, input)
        );
        (format!("{}.asset.php", chunk.files.name), text)
    };
    input.entries().map(file).collect()
}

/// Returns what a page loads before a script, and before the chunks that it loads itself, as PHP:
/// handles of scripts, or ids of modules.
fn dependencies(
    chunk: &Chunk,
    input: &ManifestInput<'_, '_, '_>,
    externals: &Externals,
) -> Vec<String> {
    let found = found(chunk, input, externals);
    let names = |wanted: Import| {
        found.iter().filter(move |(_, import)| **import == wanted).map(|(name, _)| quoted(name))
    };
    if input.config.output.format != Format::Esm {
        return found.keys().map(|name| quoted(name)).collect();
    }
    let dynamic =
        names(Import::Dynamic).map(|name| format!("array('id' => {name}, 'import' => 'dynamic')"));
    names(Import::Static).chain(dynamic).collect()
}

/// Returns the handles of the scripts that WordPress loads before an entry: the keys of
/// `dependencies`, without quotes.
pub(super) fn handles(
    chunk: &Chunk,
    input: &ManifestInput<'_, '_, '_>,
    externals: &Externals,
) -> Vec<String> {
    found(chunk, input, externals).into_keys().collect()
}

/// Returns what a script, and the chunks that it loads itself, import from the page, by handles or
/// ids.
fn found(
    chunk: &Chunk,
    input: &ManifestInput<'_, '_, '_>,
    externals: &Externals,
) -> BTreeMap<String, Import> {
    let is_module = input.config.output.format == Format::Esm;
    let mut found: BTreeMap<String, Import> = BTreeMap::new();
    for id in with_loaded(chunk, input) {
        let part = input.graph.chunk(id);
        for (specifier, import) in imported(part, input) {
            let name = if is_module { specifier.to_owned() } else { externals.handle(specifier) };
            let known = found.entry(name).or_insert(import);
            *known = import.min(*known);
        }
        if !is_module && globals::needs_polyfill(input.config, input.graph, part) {
            found.insert(POLYFILL.to_owned(), Import::Static);
        }
    }
    found
}

/// Returns a chunk with those that it imports or loads, directly or not.
fn with_loaded(chunk: &Chunk, input: &ManifestInput<'_, '_, '_>) -> BTreeSet<ChunkId> {
    let (mut found, mut waiting) = (BTreeSet::new(), vec![chunk.id]);
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            let part = input.graph.chunk(id);
            waiting.extend(part.links.imports.iter().map(|import| import.chunk));
            waiting.extend(input.graph.loaded_by(part));
        }
    }
    found
}

/// Returns the specifiers of the externals that the modules of a chunk import.
fn imported<'g>(
    chunk: &'g Chunk,
    input: &'g ManifestInput<'_, '_, '_>,
) -> impl Iterator<Item = (&'g str, Import)> {
    let graph = input.graph.graph();
    let read = chunk.externals.iter().map(|id| (*id, Import::Static));
    let requests = chunk.modules.iter().flat_map(|id| {
        let module = graph.module(*id);
        module.record.requests.iter().zip(&module.targets)
    });
    // ES modules leave `import()` of an external as it is.
    let loaded = requests.filter_map(|(request, target)| match target {
        Target::External(id) if request.kind == RequestKind::Dynamic => {
            Some((*id, Import::Dynamic))
        }
        Target::External(_)
        | Target::Module(_)
        | Target::Missing
        | Target::Text(_)
        | Target::None => None,
    });
    read.chain(loaded).map(|(id, import)| (graph.external(id).specifier.as_str(), import))
}

/// Returns the version of an entry's script and stylesheet.
fn version(chunk: &Chunk, input: &ManifestInput<'_, '_, '_>) -> String {
    let files = &input.chunks[chunk.id.index()];
    let own: Vec<&String> = files.script.iter().chain(&files.style).collect();
    let hashes = input.files.iter().filter(|file| own.contains(&&file.path));
    let bytes: Vec<u8> = hashes.flat_map(|file| *ContentHash::of(&file.bytes).bytes()).collect();
    id_of(&bytes)
}

/// Quotes a text as PHP does.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn texts_in_php() {
        assert_eq!(quoted("wp-i18n"), "'wp-i18n'");
        assert_eq!(quoted(r"a'\b"), r"'a\'\\b'");
    }
}
