//! What the build before wrote of each chunk. A chunk that is made of the same pieces gets the same
//! files, without joining anything. Names with hashes are excluded, because they follow from other
//! files too.

use std::sync::Arc;

use bundle_base::{Config, config::Styles, loader::Part};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph},
    module::ModuleId,
};
use rustc_hash::FxHashMap;

use super::{OutputFile, WithMap, registry, skeleton::Skeleton, styles};
use crate::{render::RenderedChunks, scan::Scan};

/// Files of the build before, by the file that their chunk is in.
#[derive(Default)]
pub(crate) struct Kept {
    chunks: FxHashMap<String, KeptChunk>,
    /// The files that scripts and stylesheets refer to.
    assets: Vec<OutputFile>,
}

/// A chunk with its files.
pub(super) struct KeptChunk {
    /// The script of a registry.
    pub script: Option<(Skeleton, WithMap)>,
    pub styles: (Sheets, Vec<WithMap>),
}

/// Of what a chunk's stylesheet is made.
#[derive(Default)]
pub(super) struct Sheets {
    path: String,
    parts: Vec<SheetPart>,
}

/// A stylesheet in it, with the places of the files that it refers to.
struct SheetPart {
    part: Arc<Part>,
    assets: Vec<Arc<str>>,
}

impl Kept {
    /// Takes what was written of the chunks that none of the changed modules is in.
    pub(super) fn take_untouched(
        &mut self,
        graph: &ChunkGraph<'_, '_>,
        changed: Option<&[ModuleId]>,
    ) -> Vec<Option<KeptChunk>> {
        let has_changed = |chunk: &Chunk| {
            let is_in = |module: &ModuleId| chunk.modules.binary_search(module).is_ok();
            // A sheet that is an entry has its own output, wherever it is shared.
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
            if is_touched || chunk.within.is_some() {
                None
            } else {
                self.chunks.remove(&chunk.file)
            }
        };
        graph.chunks.iter().map(&mut take).collect()
    }

    /// The script of a chunk in which nothing but modules of its tables has changed; `None`: styles
    /// may be in it, or there was none.
    pub(super) fn around(
        &self,
        chunk: &Chunk,
        (graph, rendered): (&ChunkGraph<'_, '_>, &RenderedChunks),
    ) -> Option<Skeleton> {
        let (skeleton, _) = self
            .chunks
            .get(&chunk.file)
            .filter(|_| graph.styles == Styles::File)?
            .script
            .as_ref()?;
        let rows = |chunk: &Chunk| {
            let rows = registry::rows(chunk, graph.graph(), &rendered.chunks[chunk.id.index()]);
            rows.into_iter().map(|(_, row)| row).collect()
        };
        Some(skeleton.with_rows(std::iter::once(chunk).chain(graph.entry_within(chunk)).map(rows)))
    }

    /// The script of a chunk with this skeleton.
    pub(super) fn script(&self, chunk: &Chunk, skeleton: &Skeleton) -> Option<&WithMap> {
        let (known, script) = self.chunks.get(&chunk.file)?.script.as_ref()?;
        known.is_same(skeleton).then_some(script)
    }

    /// What the script of a chunk was, with its hash.
    pub(super) fn skeleton(&self, chunk: &Chunk) -> Option<(&Skeleton, &str)> {
        let (skeleton, script) = self.chunks.get(&chunk.file)?.script.as_ref()?;
        Some((skeleton, script.hash.as_deref()?))
    }

    /// The stylesheets of a chunk that are made of these.
    pub(super) fn styles(&self, chunk: &Chunk, sheets: &Sheets) -> Option<&[WithMap]> {
        let (known, styles) = &self.chunks.get(&chunk.file)?.styles;
        known.is_same(sheets).then_some(styles)
    }

    /// The files that were referred to.
    pub(super) fn take_assets(&mut self) -> Vec<OutputFile> {
        std::mem::take(&mut self.assets)
    }

    /// Remembers these files and no others.
    pub(super) fn keep_assets(&mut self, assets: &[OutputFile]) {
        assets.clone_into(&mut self.assets);
    }

    /// Remembers these chunks and no others.
    pub(super) fn replace(&mut self, chunks: impl Iterator<Item = (String, KeptChunk)>) {
        self.chunks = chunks.collect();
    }
}

impl Sheets {
    pub fn of(chunk: &Chunk, graph: &ChunkGraph<'_, '_>, scan: &Scan) -> Self {
        let paths = |hashes: &[_]| {
            hashes.iter().map(|hash| Arc::clone(&scan.assets.get(*hash).path)).collect()
        };
        let modules = styles::modules(chunk, graph, scan);
        let part = |id: &bundle_graph::module::ModuleId| {
            let part = scan.styles[id.index()].as_ref()?;
            Some(SheetPart {
                part: Arc::clone(part),
                assets: paths(&scan.assets.of_sheets[id.index()]),
            })
        };
        Self { path: chunk.sheet.clone(), parts: modules.iter().filter_map(part).collect() }
    }

    fn is_same(&self, other: &Self) -> bool {
        let is_same = |(a, b): (&SheetPart, &SheetPart)| {
            Arc::ptr_eq(&a.part, &b.part) && a.assets == b.assets
        };
        self.path == other.path
            && self.parts.len() == other.parts.len()
            && self.parts.iter().zip(&other.parts).all(is_same)
    }
}

/// Whether files of this build can be taken as they are by the next one.
pub(super) fn may_keep(config: &Config) -> bool {
    !config.output.hash
}
