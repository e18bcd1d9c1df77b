//! Finishes drafted chunks: joins scripts, fills in the hashes, and attaches the source maps.

use std::sync::Arc;

use bundle_base::{Config, FxIndexMap, asset::ContentHash};
use bundle_graph::{chunk::Chunk, module::ModuleId};

use super::{
    client,
    draft::Draft,
    files::{DraftFile, WithMap},
    hashes::Hashes,
    manifests::ChunkFiles,
    maps,
    output::{OutputFile, OutputKind},
    previous::PreviousChunk,
};

/// A chunk as it will be written.
pub(super) struct WrittenChunk {
    /// `None`: the chunk has nothing but styles, or it is in the files of another chunk.
    pub script: Option<WithMap>,
    /// The bytes of each module in the script.
    pub bytes: FxIndexMap<ModuleId, usize>,
    /// The names that the chunk exports.
    pub exports: Vec<String>,
    /// The chunk's stylesheet, then the parts that it imports; then the same for pages that are
    /// read from right to left.
    pub styles: Vec<WithMap>,
}

impl Draft {
    /// Returns the chunk as it will be written, and what the next build compares it with.
    pub fn finish(
        self,
        path: String,
        hashes: &Hashes,
        config: &Config,
    ) -> (WrittenChunk, PreviousChunk) {
        let (skeleton, stylesheets) = self.made_of;
        let script = self.script.or_else(|| {
            let skeleton = skeleton.as_ref().filter(|_| self.known_script.is_none())?;
            Some(skeleton.joined(path, self.hash, config))
        });
        let script = script.map(|script| script.finish(OutputKind::Script, hashes, config));
        let style = |file: DraftFile| file.finish(OutputKind::Style, hashes, config);
        let styles = self.styles.into_iter().map(style).collect();
        let script = self.known_script.or(script);
        let styles: Vec<WithMap> = self.known_styles.unwrap_or(styles);
        let for_next_build = PreviousChunk {
            script: skeleton.zip(script.clone()),
            styles: (stylesheets, styles.clone()),
        };
        (WrittenChunk { script, bytes: self.bytes, exports: self.exports, styles }, for_next_build)
    }
}

impl DraftFile {
    fn finish(mut self, kind: OutputKind, hashes: &Hashes, config: &Config) -> WithMap {
        for text in [&mut self.path, &mut self.text].into_iter().chain(&mut self.map) {
            hashes.fill(text);
        }
        let hash = config.output.updates.then(|| {
            let hash = self.hash.unwrap_or_else(|| ContentHash::of(self.text.as_bytes()));
            client::fill(&mut self.text, hash)
        });
        let map = self.map.and_then(|map| maps::attach(map, &self.path, &mut self.text, config));
        WithMap {
            file: OutputFile { path: self.path, bytes: Arc::new(self.text.into_bytes()), kind },
            map,
            hash,
            is_rtl: self.is_rtl,
        }
    }
}

impl WrittenChunk {
    /// Returns the paths of the files, for the manifests.
    pub fn chunk_files(&self, chunk: &Chunk) -> ChunkFiles {
        let path = |file: &WithMap| file.file.path.clone();
        ChunkFiles {
            script: self.script.as_ref().map(path),
            style: self.styles.first().map(path),
            stylesheets: self.styles.iter().filter(|file| !file.is_rtl).count(),
            is_hashed: chunk.files.is_hashed,
        }
    }
}
