//! Rendered pieces → Outputs: names are settled, slots filled, glue written, the metafile drawn up. Nobody touches the disk.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostics, Source,
    config::{Format, Minify},
};
use bundle_graph::chunk::{Chunk, ChunkGraph};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::{messages, render::RenderedChunks, scan::Scan};
use manifests::ChunkFiles;

mod accessors;
mod assets;
mod chunk_text;
mod chunks;
mod exports;
mod glue;
mod inject;
mod join;
mod manifests;
mod maps;
mod metafile;
mod moved;
pub(crate) mod registered;
mod registry;
mod styles;
mod text;

/// Everything to be written, as values.
#[derive(Clone, Debug, PartialEq)]
pub struct Outputs {
    /// In the order of entries, then what they share or load, then workers; last the files that these refer to.
    pub files: Vec<OutputFile>,
    /// The keys of the modules that went in, our own runtime's left out.
    pub inputs: Vec<Arc<str>>,
    /// The metafile in esbuild's shape, where the configuration says that somebody will read it.
    pub metafile: Option<serde_json::Value>,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Relative to the output folder, with `/`.
    pub path: String,
    /// The contents.
    pub bytes: Vec<u8>,
    /// What it is.
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
    /// A file that scripts or stylesheets refer to.
    Asset,
    /// What a backend reads to know the files of a page.
    Manifest,
}

/// A chunk as it will be written.
struct Written {
    text: chunk_text::ChunkText,
    map: Option<OutputFile>,
    /// Its stylesheet, then parts of that.
    styles: Vec<styles::Styled>,
    /// There is nothing in it but styles.
    is_style: bool,
}

impl Written {
    fn files(&self, chunk: &Chunk) -> ChunkFiles {
        ChunkFiles {
            script: (!self.is_style).then(|| chunk.file.clone()),
            style: self.styles.first().map(|style| style.file.path.clone()),
            sheets: self.styles.len(),
        }
    }
}

/// Joins every chunk.
pub(crate) fn run(
    config: &Config,
    scan: &Scan,
    (graph, rendered): (&ChunkGraph<'_, '_>, &RenderedChunks),
    log: &mut Diagnostics,
) -> Outputs {
    let texts: Vec<Written> = graph
        .chunks
        .par_iter()
        .zip(&rendered.chunks)
        .map(|(chunk, modules)| {
            let injected = styles::injected(chunk, graph, scan, config);
            let mut text = chunk_text::write(&glue::Scope::new(config, graph, chunk, modules), &scan.parts, &injected);
            // Compressing it whole would take names of other chunks for names of its own.
            if config.output.minify == Minify::Chunk && chunk.is_alone && !graph.is_registry {
                text.text = smaller(text.text, chunk, config);
            }
            let map = text.map.take();
            let map = map.and_then(|map| maps::attach(map, &chunk.file, &mut text.text, config));
            let is_style = styles::is_alone(chunk, scan);
            Written { text, map, styles: styles::of(chunk, graph, scan, config), is_style }
        })
        .collect();
    let assets = assets::files(scan, graph);
    let metafile = config.output.metafile.then(|| metafile::metafile(config, scan, graph, (&texts, &assets)));
    let of_chunks: Vec<ChunkFiles> =
        graph.chunks.iter().zip(&texts).map(|(chunk, written)| written.files(chunk)).collect();
    manifests::check_sheets(config, graph, &of_chunks, log);
    let inputs =
        graph.graph().modules.iter().filter(|module| !module.is_runtime()).map(|module| Arc::clone(&module.key));
    let copied = scan.copies.iter().map(|copy| Arc::clone(&copy.asset.name));
    let inputs = inputs.chain(copied).collect();
    let mut files = Vec::with_capacity(texts.len());
    for (chunk, Written { text, map, styles, is_style }) in graph.chunks.iter().zip(texts) {
        if !is_style {
            let bytes = text.text.into_bytes();
            files.push(OutputFile { path: chunk.file.clone(), bytes, kind: OutputKind::Script });
            files.extend(map);
        }
        files.extend(styles.into_iter().flat_map(|style| std::iter::once(style.file).chain(style.map)));
    }
    let made: FxHashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let is_made = |path: &str| made.contains(path);
    let clashing = assets.iter().filter(|asset| is_made(&asset.path));
    log.extend(clashing.map(|asset| messages::asset_over_output(&asset.path)));
    let copied = assets::copied(scan, &assets, &is_made, log);
    files.extend(assets.into_iter().chain(copied));
    // Last: whoever reads them finds all that they name.
    let manifests = manifests::manifests(config, graph, &of_chunks, &files);
    let clashing = manifests.iter().filter(|manifest| files.iter().any(|file| file.path == manifest.path));
    log.extend(clashing.map(|manifest| messages::asset_over_output(&manifest.path)));
    files.extend(manifests);
    Outputs { files, inputs, metafile }
}

/// The text compressed as a whole.
fn smaller(text: String, chunk: &Chunk, config: &Config) -> String {
    let layers = usize::from(chunk.has_sloppy_layer);
    let depth = match config.output.format {
        Format::Iife => 1 + layers,
        Format::Cjs => layers,
        Format::Esm => 0,
    };
    let source = Source::new(config.output.dir.join(&chunk.file), chunk.file.as_str(), text);
    bundle_js::minify_chunk(&source, depth, !chunk.has_sloppy_layer, config)
}
