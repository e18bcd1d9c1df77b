//! Emitting: rendered modules → `Outputs`. Chooses names, fills slots, writes the glue between
//! modules, source maps, manifests and the metafile. Nothing here touches the disk. On a rebuild,
//! `Kept` holds the files of the build before, and only chunks that changed are written again.

use std::{collections::BTreeMap, sync::Arc};

use bundle_base::{Config, Diagnostics, Source, asset::ContentHash, config::Format};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph},
    module::ModuleId,
};
use indexmap::IndexMap;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::{Follower, messages, render::RenderedChunks, scan::Scan};
use chunk_text::Script;
use hashes::Hashes;
pub(crate) use kept::Kept;
use kept::{KeptChunk, Sheets};
use manifests::ChunkFiles;
pub use manifests::RECORD;
pub use metafile::output_path;
use skeleton::Skeleton;
pub use updates::{FOLDER as UPDATES, Update};

mod accessors;
mod assets;
mod chunk_text;
mod chunks;
mod client;
mod exports;
mod globals;
mod glue;
mod hashes;
mod inject;
mod kept;
mod manifests;
mod maps;
mod metafile;
mod moved;
mod printer;
mod reasons;
pub(crate) mod registered;
mod registry;
mod required;
pub(crate) mod sections;
mod skeleton;
mod styles;
mod text;
mod updates;

/// Everything to be written, as values.
#[derive(Clone, Debug, PartialEq)]
pub struct Outputs {
    /// The chunks of entries, then the chunks that entries share or load, then workers; last the
    /// assets that these refer to, and the manifests.
    pub files: Vec<OutputFile>,
    /// The keys of the modules that are bundled, except those of our own runtime, and the names of
    /// the copied files.
    pub inputs: Vec<Arc<str>>,
    /// A hash of each script and stylesheet, by its path. Empty unless pages are updated after
    /// edits.
    pub hashes: BTreeMap<String, String>,
    /// The hot update that leads pages from the previous build to this one, as it was announced.
    pub update: Option<Update>,
    /// The metafile in esbuild's shape, if the configuration requests one.
    pub metafile: Option<serde_json::Value>,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Relative to the output folder, with `/`.
    pub path: String,
    /// The contents. They are shared with the session, which returns the same bytes again for a
    /// chunk that did not change.
    pub bytes: Arc<Vec<u8>>,
    /// What the file is.
    pub kind: OutputKind,
}

/// What an output file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutputKind {
    /// A script.
    Script,
    /// The source map of the script or stylesheet before it.
    SourceMap,
    /// The stylesheet of the script before it.
    Style,
    /// A file that scripts or stylesheets refer to, or that the configuration copies.
    Asset,
    /// A file that tells a backend which files a page needs.
    Manifest,
}

/// A chunk whose files have no final names yet.
#[derive(Default)]
struct Draft {
    /// `None`: the chunk has nothing but styles, or it is in the files of another chunk.
    script: Option<DraftFile>,
    bytes: IndexMap<ModuleId, usize>,
    exports: Vec<String>,
    /// The chunk's stylesheet, then the parts that it imports.
    styles: Vec<DraftFile>,
    /// What the script and the stylesheets are made of, for comparison in the next build.
    made_of: (Option<Skeleton>, Sheets),
    /// A hash of a script whose text is not joined yet, if pages are updated after edits.
    hash: Option<ContentHash>,
    /// The script of the previous build, if it is the same.
    known_script: Option<WithMap>,
    /// The stylesheets of the previous build, if they are the same.
    known_styles: Option<Vec<WithMap>>,
}

/// A file whose path and text still have hash placeholders.
struct DraftFile {
    path: String,
    text: String,
    map: Option<String>,
    /// A hash of the text, if it is known without reading the text.
    hash: Option<ContentHash>,
}

/// A chunk as it will be written.
struct Written {
    /// `None`: the chunk has nothing but styles, or it is in the files of another chunk.
    script: Option<WithMap>,
    /// The bytes of each module in the script.
    bytes: IndexMap<ModuleId, usize>,
    /// The names that the chunk exports.
    exports: Vec<String>,
    /// The chunk's stylesheet, then the parts that it imports.
    styles: Vec<WithMap>,
}

/// A file, and its source map if that is a file of its own.
#[derive(Clone)]
struct WithMap {
    file: OutputFile,
    map: Option<OutputFile>,
    /// A hash of the file's contents, if pages are updated after edits.
    hash: Option<String>,
}

impl Draft {
    /// A chunk that has not changed since the previous build.
    fn of(kept: KeptChunk) -> Self {
        let KeptChunk { script, styles: (sheets, styles) } = kept;
        let (skeleton, known_script) = script.unzip();
        Self {
            known_script,
            known_styles: Some(styles),
            made_of: (skeleton, sheets),
            ..Self::default()
        }
    }

    /// Writes the script, and records its modules' bytes and its exports.
    fn written(
        &mut self,
        chunk: &Chunk,
        (graph, rendered, scan): (&ChunkGraph<'_, '_>, &RenderedChunks, &Scan),
        config: &Config,
    ) -> Script {
        let injected = styles::injected(chunk, graph, scan, config);
        let modules = |chunk: &Chunk| &rendered.chunks[chunk.id.index()];
        let scope = |chunk| glue::Scope::new(config, graph, chunk, modules(chunk));
        let entry = graph.entry_within(chunk).map(scope);
        let scope = scope(chunk);
        let text = chunk_text::write(&scope, entry.as_ref(), &scan.parts, &injected);
        (self.bytes, self.exports) = (text.bytes, text.exports);
        match text.script {
            Script::Text(mut script) if has_script(chunk, scan) && scope.is_compressed_whole() => {
                script.text = smaller(script.text, chunk, config) + &text.names_for_node;
                Script::Text(script)
            }
            script @ (Script::Text(_) | Script::Skeleton(_)) => script,
        }
    }

    fn finish(self, path: String, hashes: &Hashes, config: &Config) -> (Written, KeptChunk) {
        let (skeleton, sheets) = self.made_of;
        let script = self.script.or_else(|| {
            let skeleton = skeleton.as_ref().filter(|_| self.known_script.is_none())?;
            Some(skeleton.joined(path, self.hash, config))
        });
        let script = script.map(|script| script.finish(OutputKind::Script, hashes, config));
        let style = |file: DraftFile| file.finish(OutputKind::Style, hashes, config);
        let styles = self.styles.into_iter().map(style).collect();
        let script = self.known_script.or(script);
        let styles: Vec<WithMap> = self.known_styles.unwrap_or(styles);
        let kept =
            KeptChunk { script: skeleton.zip(script.clone()), styles: (sheets, styles.clone()) };
        (Written { script, bytes: self.bytes, exports: self.exports, styles }, kept)
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
        }
    }
}

impl WithMap {
    fn files(self) -> impl Iterator<Item = OutputFile> {
        std::iter::once(self.file).chain(self.map)
    }
}

impl Written {
    fn chunk_files(&self, chunk: &Chunk) -> ChunkFiles {
        let path = |file: &WithMap| file.file.path.clone();
        ChunkFiles {
            script: self.script.as_ref().map(path),
            style: self.styles.first().map(path),
            sheets: self.styles.len(),
            is_hashed: chunk.files.is_hashed,
        }
    }
}

/// Writes every chunk that has changed. `kept` is what the previous build wrote. The hot update is
/// announced to `follower` before the chunks are finished, so that pages receive it early.
/// `changed` lists the only modules that have changed, in ascending order; `None`: any module may
/// have changed.
pub(crate) fn run(
    (config, kept, follower): (&Config, &mut Kept, &mut dyn Follower),
    scan: &Scan,
    (graph, rendered, changed): (&ChunkGraph<'_, '_>, &RenderedChunks, Option<&[ModuleId]>),
    log: &mut Diagnostics,
) -> Outputs {
    // A metafile describes every chunk, so no chunk can be skipped.
    let changed = changed.filter(|_| kept::may_keep(config) && !config.output.metafile);
    let untouched = kept.take_untouched(graph, changed);
    let drafts: Vec<Draft> = graph
        .chunks
        .par_iter()
        .zip(untouched)
        .map(|(chunk, untouched)| {
            if chunk.files.within.is_some() {
                return Draft::default();
            }
            if let Some(untouched) = untouched {
                return Draft::of(untouched);
            }
            let mut draft = Draft::default();
            let updated = changed.and_then(|_| kept.updated_skeleton(chunk, (graph, rendered)));
            let script = match updated {
                Some(skeleton) => Script::Skeleton(skeleton),
                None => draft.written(chunk, (graph, rendered, scan), config),
            };
            let has_script = has_script(chunk, scan);
            match script {
                Script::Text(script) if has_script => draft.script = Some(script),
                Script::Skeleton(skeleton) if has_script => {
                    draft.known_script = kept.script(chunk, &skeleton).cloned();
                    if draft.known_script.is_none() {
                        draft.hash = config.output.updates.then(|| skeleton.hash());
                        // A name with a hash needs the text now. Otherwise `finish` joins it.
                        let is_wanted = !kept::may_keep(config);
                        draft.script = is_wanted.then(|| {
                            skeleton.joined(chunk.files.script.clone(), draft.hash, config)
                        });
                    }
                    draft.made_of.0 = Some(skeleton);
                }
                Script::Text(_) | Script::Skeleton(_) => {}
            }
            draft.made_of.1 = Sheets::of(chunk, graph, scan);
            draft.known_styles = kept.styles(chunk, &draft.made_of.1).map(<[_]>::to_vec);
            if draft.known_styles.is_none() {
                draft.styles = styles::of(chunk, graph, scan, config);
            }
            draft
        })
        .collect();
    let digits = Hashes::of(&graph.chunks, &drafts, config);
    let update = updates::of(&graph.chunks, &drafts, kept, config);
    if let Some(update) = &update {
        follower.announce(update);
    }
    let finished: Vec<_> = drafts
        .into_par_iter()
        .zip(&graph.chunks)
        .map(|(draft, chunk)| draft.finish(chunk.files.script.clone(), &digits, config))
        .collect();
    let (written, made): (Vec<Written>, Vec<KeptChunk>) = finished.into_iter().unzip();
    if kept::may_keep(config) {
        kept.replace(graph.chunks.iter().map(|chunk| chunk.files.script.clone()).zip(made));
    }
    if config.script.lacks_no_globals {
        globals::check(config, graph, log);
    }
    let assets = if changed.is_some() { kept.take_assets() } else { assets::files(scan, graph) };
    let metafile = config
        .output
        .metafile
        .then(|| metafile::metafile(config, (scan, &scan.places), graph, (&written, &assets)));
    let chunk_files = |chunk: &Chunk| match chunk.files.within {
        // The stylesheets are counted at the chunk whose files hold this one.
        Some(bundle) => ChunkFiles { sheets: 0, ..written[bundle.index()].chunk_files(chunk) },
        None => written[chunk.id.index()].chunk_files(chunk),
    };
    let of_chunks: Vec<ChunkFiles> = graph.chunks.iter().map(chunk_files).collect();
    manifests::check_sheets(config, graph, &of_chunks, log);
    let inputs = graph
        .graph()
        .modules
        .iter()
        .filter(|module| !module.is_runtime())
        .map(|module| Arc::clone(&module.key));
    let copied = scan.copies.iter().map(|copy| Arc::clone(&copy.asset.name));
    let inputs = inputs.chain(copied).collect();
    let written =
        written.into_iter().flat_map(|chunk| chunk.script.into_iter().chain(chunk.styles));
    let written: Vec<WithMap> = written.collect();
    let hash = |file: &WithMap| Some((file.file.path.clone(), file.hash.clone()?));
    let hashes = written.iter().filter_map(hash).collect();
    let mut files: Vec<OutputFile> = written.into_iter().flat_map(WithMap::files).collect();
    let made: FxHashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let is_made = |path: &str| made.contains(path);
    let clashing = assets.iter().filter(|asset| is_made(&asset.path));
    log.extend(clashing.map(|asset| messages::asset_over_output(&asset.path)));
    let copied = assets::copied(scan, &assets, &is_made, log);
    if kept::may_keep(config) {
        kept.keep_assets(&assets);
    }
    files.extend(assets.into_iter().chain(copied));
    // Manifests come last, so that every file that they name exists when a reader sees them.
    let manifests = manifests::manifests(config, graph, &of_chunks, &files);
    let clashing =
        manifests.iter().filter(|manifest| files.iter().any(|file| file.path == manifest.path));
    log.extend(clashing.map(|manifest| messages::asset_over_output(&manifest.path)));
    files.extend(manifests);
    Outputs { files, inputs, hashes, update, metafile }
}

/// Returns false for a chunk of which only styles are written.
fn has_script(chunk: &Chunk, scan: &Scan) -> bool {
    !chunk.links.is_silent && !styles::is_alone(chunk, scan)
}

/// Returns the text of a chunk, compressed as a whole.
fn smaller(text: String, chunk: &Chunk, config: &Config) -> String {
    let layers = usize::from(chunk.has_sloppy_layer());
    let depth = match config.output.format {
        Format::Iife => 1 + layers,
        Format::Cjs => layers,
        Format::Esm => 0,
    };
    let source =
        Source::new(config.output.dir.join(&chunk.files.script), chunk.files.script.as_str(), text);
    bundle_js::minify_chunk(&source, depth, !chunk.has_sloppy_layer(), config)
}
