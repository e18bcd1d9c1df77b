//! Rendered pieces → Outputs: names are settled, slots filled, glue written, the metafile drawn up. Nobody touches the disk.

use bundle_base::{Config, config::Format};
use bundle_graph::chunk::{Chunk, ChunkGraph};
use rayon::prelude::*;

use crate::{render::RenderedChunks, scan::Scan};

mod accessors;
mod chunk_text;
mod exports;
mod glue;
mod join;
mod metafile;
mod text;

/// Everything to be written, as values.
#[derive(Clone, Debug, PartialEq)]
pub struct Outputs {
    /// In the order of entries.
    pub files: Vec<OutputFile>,
    /// The metafile in esbuild's shape.
    pub metafile: serde_json::Value,
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
}

/// Joins every chunk.
pub(crate) fn run(config: &Config, scan: &Scan, graph: &ChunkGraph<'_, '_>, rendered: &RenderedChunks) -> Outputs {
    let texts: Vec<chunk_text::ChunkText> = graph
        .chunks
        .par_iter()
        .zip(&rendered.chunks)
        .map(|(chunk, modules)| chunk_text::write(&glue::Scope::new(config, graph, chunk, modules)))
        .collect();
    let metafile = metafile::metafile(config, scan, graph, &texts);
    let file = |(chunk, text): (&Chunk, chunk_text::ChunkText)| OutputFile {
        path: path(config, graph.program(chunk).entry),
        bytes: text.text.into_bytes(),
        kind: OutputKind::Script,
    };
    let files = graph.chunks.iter().zip(texts).map(file).collect();
    Outputs { files, metafile }
}

/// The path of an entry's script, relative to the output folder.
pub(crate) fn path(config: &Config, entry: usize) -> String {
    match &config.output.file {
        Some(file) => file.clone(),
        None => format!("{}.{}", config.entries[entry].name, extension(config.output.format)),
    }
}

fn extension(format: Format) -> &'static str {
    match format {
        Format::Iife | Format::Cjs | Format::Esm => "js",
    }
}
