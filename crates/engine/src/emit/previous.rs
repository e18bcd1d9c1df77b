//! The files of the previous build, by chunk. A chunk that is made of the same pieces gets the same
//! files, without joining anything. Builds with hashes in file names keep nothing, because such a
//! name follows from other files too.

use std::sync::Arc;

use bundle_base::{Config, config::Styles, loader::Part};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph},
    module::ModuleId,
};
use rustc_hash::FxHashMap;

use super::{
    files::WithMap,
    output::OutputFile,
    skeleton::{self, Skeleton},
    styles,
};
use crate::{render::RenderedChunks, scan::Scan};

/// The chunks of the previous build, by the path of their script, and the assets.
#[derive(Default)]
pub(crate) struct PreviousEmit {
    chunks: FxHashMap<String, PreviousChunk>,
    /// The assets that scripts and stylesheets refer to.
    assets: Vec<OutputFile>,
}

/// The files of one chunk, with what they were made of.
pub(super) struct PreviousChunk {
    /// The script of a chunk in a registry.
    pub script: Option<(Skeleton, WithMap)>,
    pub styles: (Stylesheets, Vec<WithMap>),
}

/// What a chunk's stylesheet is made of. Equal values give equal files.
#[derive(Default)]
pub(super) struct Stylesheets {
    path: String,
    parts: Vec<StylesheetPart>,
}

/// A stylesheet in the chunk, with the paths of the assets that it refers to.
struct StylesheetPart {
    part: Arc<Part>,
    assets: Vec<Arc<str>>,
}

impl PreviousEmit {
    /// Takes the files of all chunks that contain no changed module; `None` for the other chunks.
    /// If `changed` is `None`, any module may have changed.
    pub(super) fn take_untouched(
        &mut self,
        graph: &ChunkGraph<'_, '_>,
        changed: Option<&[ModuleId]>,
    ) -> Vec<Option<PreviousChunk>> {
        let has_changed = |chunk: &Chunk| {
            let is_in = |module: &ModuleId| chunk.modules.binary_search(module).is_ok();
            // An entry that is a stylesheet has an output of its own, even if its module is in
            // another chunk.
            let is_entry = |module: &ModuleId| {
                chunk.static_entry.is_some_and(|static_entry| static_entry.module == *module)
            };
            changed.is_none_or(|changed| {
                changed.iter().any(|module| is_in(module) || is_entry(module))
            })
        };
        let mut take = |chunk: &Chunk| {
            let is_touched =
                has_changed(chunk) || graph.entry_within(chunk).is_some_and(&has_changed);
            if is_touched || chunk.files.within.is_some() {
                None
            } else {
                self.chunks.remove(&chunk.files.script)
            }
        };
        graph.chunks.iter().map(&mut take).collect()
    }

    /// Returns the skeleton of a chunk's script, with the new text of its modules, if only modules
    /// of its tables have changed. `None`: the script may contain styles, or there was none.
    pub(super) fn updated_skeleton(
        &self,
        chunk: &Chunk,
        graph: &ChunkGraph<'_, '_>,
        rendered: &RenderedChunks,
    ) -> Option<Skeleton> {
        let (skeleton, _) = self
            .chunks
            .get(&chunk.files.script)
            .filter(|_| graph.styles == Styles::File)?
            .script
            .as_ref()?;
        let rows = |chunk: &Chunk| {
            let rows = skeleton::rows(chunk, graph.graph(), &rendered.chunks[chunk.id.index()]);
            rows.into_iter().map(|(_, row)| row).collect()
        };
        Some(skeleton.with_rows(std::iter::once(chunk).chain(graph.entry_within(chunk)).map(rows)))
    }

    /// Returns the previous script of a chunk, if it had this skeleton.
    pub(super) fn script(&self, chunk: &Chunk, skeleton: &Skeleton) -> Option<&WithMap> {
        let (known, script) = self.chunks.get(&chunk.files.script)?.script.as_ref()?;
        known.is_same(skeleton).then_some(script)
    }

    /// Returns the skeleton of a chunk's previous script, and the hash of that script.
    pub(super) fn skeleton(&self, chunk: &Chunk) -> Option<(&Skeleton, &str)> {
        let (skeleton, script) = self.chunks.get(&chunk.files.script)?.script.as_ref()?;
        Some((skeleton, script.hash.as_deref()?))
    }

    /// Returns the previous stylesheets of a chunk, if they were made of the same stylesheets.
    pub(super) fn styles(&self, chunk: &Chunk, stylesheets: &Stylesheets) -> Option<&[WithMap]> {
        let (known, styles) = &self.chunks.get(&chunk.files.script)?.styles;
        known.is_same(stylesheets).then_some(styles)
    }

    /// Returns the assets of the previous build.
    pub(super) fn assets(&self) -> &[OutputFile] {
        &self.assets
    }

    /// Keeps the assets for the next build.
    pub(super) fn keep_assets(&mut self, assets: &[OutputFile]) {
        assets.clone_into(&mut self.assets);
    }

    /// Keeps the chunks for the next build.
    pub(super) fn replace(&mut self, chunks: impl Iterator<Item = (String, PreviousChunk)>) {
        self.chunks = chunks.collect();
    }
}

impl Stylesheets {
    pub fn of(chunk: &Chunk, graph: &ChunkGraph<'_, '_>, scan: &Scan) -> Self {
        let paths = |hashes: &[_]| {
            hashes.iter().map(|hash| Arc::clone(&scan.assets.get(*hash).path)).collect()
        };
        let modules = styles::modules(chunk, graph, scan);
        let part = |id: &bundle_graph::module::ModuleId| {
            let part = scan.styles[id.index()].as_ref()?;
            Some(StylesheetPart {
                part: Arc::clone(part),
                assets: paths(&scan.assets.of_stylesheets[id.index()]),
            })
        };
        Self {
            path: chunk.files.stylesheet.clone(),
            parts: modules.iter().filter_map(part).collect(),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        let is_same = |(a, b): (&StylesheetPart, &StylesheetPart)| {
            Arc::ptr_eq(&a.part, &b.part) && a.assets == b.assets
        };
        self.path == other.path
            && self.parts.len() == other.parts.len()
            && self.parts.iter().zip(&other.parts).all(is_same)
    }
}

/// Whether the next build may reuse files of this one.
pub(super) fn may_keep(config: &Config) -> bool {
    !config.output.hash
}
