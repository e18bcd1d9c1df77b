//! Emitting: rendered modules → `Outputs`. Chooses names, fills slots, writes the glue between
//! modules, source maps, manifests and the metafile. Nothing here touches the disk. On a rebuild,
//! `PreviousEmit` holds the files of the build before, and only chunks that changed are written
//! again.

use std::{collections::BTreeMap, sync::Arc};

use bundle_base::{Config, Diagnostics};
use bundle_graph::chunk::{Chunk, ChunkGraph};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::{Follower, messages, scan::Scan};
use draft::Draft;
use files::WithMap;
use finish::WrittenChunk;
use hashes::Hashes;
pub(crate) use input::EmitInput;
pub use manifests::ENTRYPOINTS_FILE;
use manifests::{ChunkFiles, ManifestInput};
pub use metafile::output_path;
pub use output::{OutputFile, OutputKind, Outputs, Update};
use previous::PreviousChunk;
pub(crate) use previous::PreviousEmit;
pub use updates::FOLDER as UPDATES;

mod accessors; // functions that return the values of `require` and `import()`
mod assets; // assets and copied files
mod attached; // what pages load for a script
mod chunk_text; // the text of a chunk, top to bottom
mod chunks; // how chunks import and load each other, by format
mod client; // the client that applies edits to a page
mod draft; // the files of a chunk before hashes are known
mod exports; // what the entry of a chunk returns, exports or imports
mod files; // a script or stylesheet with its source map
mod finish; // drafts with hashes filled in and source maps attached
mod globals; // globals that an output needs beyond ECMAScript 5
mod glue; // functions and variables between the modules of a chunk
mod hashes; // content hashes in file names
mod inject; // stylesheets that a script puts into the page
mod input; // EmitInput: what this phase reads
mod manifests; // files that tell a backend what a page includes
mod maps; // source maps as JSON
mod metafile; // the metafile
mod moved_functions; // functions that move to their only mention
mod output; // Outputs: what this phase makes
mod pages; // HTML pages from templates
mod previous; // the files of the previous build, by chunk
mod printer; // the final names of a chunk
mod reasons; // why each module is in its output, for the metafile
mod registry; // the script of a chunk in a registry
mod require_in_esm; // `require` in outputs that are ES modules
mod sections; // index maps of registries
mod skeleton; // the text of a registry between its modules
mod slots; // the name of each slot
mod styles; // the stylesheet of a chunk
mod updates; // hot updates
mod vue_copies; // the warning about two copies of Vue
mod wasm; // the warning about WebAssembly in browsers that lack it
mod writer; // appends modules to the text of a chunk

/// Writes every chunk that has changed. `previous` is what the previous build wrote. The hot update
/// is announced to `follower` before the chunks are finished, so that pages receive it early.
pub(crate) fn run(
    input: EmitInput<'_>,
    previous: &mut PreviousEmit,
    follower: &mut dyn Follower,
    log: &mut Diagnostics,
) -> Outputs {
    let EmitInput { config, scan, graph, .. } = input;
    // A metafile describes every chunk, so no chunk can be skipped.
    let changed = input.changed.filter(|_| previous::may_keep(config) && !config.output.metafile);
    let input = &EmitInput { changed, ..input };
    let drafts = drafts(input, previous);
    let digits = Hashes::of(&graph.chunks, &drafts, config);
    let mut update = updates::of(&graph.chunks, &drafts, previous, config);
    let (assets, has_new_assets) = asset_files(input, previous);
    if let Some(update) = &mut update {
        // Pages would ask for a new image before it is written.
        update.is_whole &= !has_new_assets;
        follower.announce(update);
    }
    let written = finished(drafts, &digits, input, previous);
    check_globals(config, graph, log);
    let metafile =
        config.output.metafile.then(|| metafile::metafile(config, scan, graph, &written, &assets));
    let of_chunks = chunk_files(graph, &written);
    let of_manifests = ManifestInput { config, scan, graph, chunks: &of_chunks, files: &[] };
    manifests::check_stylesheets(&of_manifests, log);
    let attached = attached::of(input, &written);
    let (mut files, hashes) = files_and_hashes(written);
    files.extend(with_copied(assets, &files, scan, log));
    // Manifests come last, so that every file that they name exists when a reader sees them.
    let of_manifests = ManifestInput { files: &files, ..of_manifests };
    let last = pages_and_manifests(&of_manifests, log);
    files.extend(last);
    Outputs { files, inputs: inputs(scan, graph), hashes, attached, update, metafile }
}

/// Drafts the chunks. Those without a changed module are taken from the previous build.
fn drafts(input: &EmitInput<'_>, previous: &mut PreviousEmit) -> Vec<Draft> {
    let untouched = previous.take_untouched(input.graph, input.changed);
    let previous = &*previous;
    let draft = |(chunk, untouched): (&Chunk, Option<PreviousChunk>)| match untouched {
        _ if chunk.files.within.is_some() => Draft::default(),
        Some(untouched) => Draft::of(untouched),
        None => Draft::made(chunk, input, previous),
    };
    input.graph.chunks.par_iter().zip(untouched).map(draft).collect()
}

/// Finishes the drafts, and keeps the files for the next build.
fn finished(
    drafts: Vec<Draft>,
    digits: &Hashes,
    EmitInput { config, graph, .. }: &EmitInput<'_>,
    previous: &mut PreviousEmit,
) -> Vec<WrittenChunk> {
    let path = |chunk: &Chunk| chunk.files.script.clone();
    let finished: Vec<_> = drafts
        .into_par_iter()
        .zip(&graph.chunks)
        .map(|(draft, chunk)| draft.finish(path(chunk), digits, config))
        .collect();
    let (written, made): (Vec<WrittenChunk>, Vec<PreviousChunk>) = finished.into_iter().unzip();
    if previous::may_keep(config) {
        previous.replace(graph.chunks.iter().map(path).zip(made));
    }
    written
}

/// Reports what the outputs need and the target lacks, beyond syntax.
fn check_globals(config: &Config, graph: &ChunkGraph<'_, '_>, log: &mut Diagnostics) {
    if config.script.has_all_globals {
        globals::check(config, graph, log);
    } else {
        globals::check_big_ints(config, graph, log);
    }
    globals::check_node(config, graph, log);
    wasm::check(config, graph, log);
    vue_copies::check(graph, log);
}

/// Returns the assets that modules refer to, and whether the previous build lacked one. Keeps
/// them for the next build. After edits of bodies they are those of the previous build.
fn asset_files(input: &EmitInput<'_>, previous: &mut PreviousEmit) -> (Vec<OutputFile>, bool) {
    if input.changed.is_some() {
        return (previous.assets().to_vec(), false);
    }
    let assets = assets::files(input.scan, input.graph);
    let known: FxHashSet<&str> =
        previous.assets().iter().map(|asset| asset.path.as_str()).collect();
    let has_new = assets.iter().any(|asset| !known.contains(asset.path.as_str()));
    if previous::may_keep(input.config) {
        previous.keep_assets(&assets);
    }
    (assets, has_new)
}

/// Returns the files of the chunks, and the hash of each file that has one, by its path.
fn files_and_hashes(written: Vec<WrittenChunk>) -> (Vec<OutputFile>, BTreeMap<String, String>) {
    let written: Vec<WithMap> = written
        .into_iter()
        .flat_map(|chunk| chunk.script.into_iter().chain(chunk.styles))
        .collect();
    let hash = |file: &WithMap| Some((file.file.path.clone(), file.hash.clone()?));
    let hashes = written.iter().filter_map(hash).collect();
    (written.into_iter().flat_map(WithMap::files).collect(), hashes)
}

/// Adds the copied files to the assets. Reports assets that have the path of one of `files`.
fn with_copied(
    assets: Vec<OutputFile>,
    files: &[OutputFile],
    scan: &Scan,
    log: &mut Diagnostics,
) -> Vec<OutputFile> {
    let made: FxHashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let is_made = |path: &str| made.contains(path);
    let clashing = assets.iter().filter(|asset| is_made(&asset.path));
    log.extend(clashing.map(|asset| messages::asset_over_output(&asset.path)));
    let copied = assets::copied(scan, &assets, &is_made, log);
    assets.into_iter().chain(copied).collect()
}

/// Returns the pages, then the manifests. Reports manifests that have the path of another file.
fn pages_and_manifests(
    input: &ManifestInput<'_, '_, '_>,
    log: &mut Diagnostics,
) -> Vec<OutputFile> {
    let manifests = manifests::manifests(input);
    let pages = pages::pages(input, log);
    let is_other =
        |manifest: &OutputFile| input.files.iter().any(|file| file.path == manifest.path);
    let clashing = manifests.iter().filter(|manifest| is_other(manifest));
    log.extend(clashing.map(|manifest| messages::manifest_over_output(&manifest.path)));
    pages.into_iter().chain(manifests).collect()
}

/// Returns the files of each chunk, for the manifests.
fn chunk_files(graph: &ChunkGraph<'_, '_>, written: &[WrittenChunk]) -> Vec<ChunkFiles> {
    let files = |chunk: &Chunk| match chunk.files.within {
        // The stylesheets are counted at the chunk whose files hold this one.
        Some(id) => ChunkFiles { stylesheets: 0, ..written[id.index()].chunk_files(chunk) },
        None => written[chunk.id.index()].chunk_files(chunk),
    };
    graph.chunks.iter().map(files).collect()
}

/// Returns the keys of the bundled modules, and the names of the copied files.
fn inputs(scan: &Scan, graph: &ChunkGraph<'_, '_>) -> Vec<Arc<str>> {
    let modules = graph.graph().modules.iter().filter(|module| !module.is_runtime());
    let copied = scan.copies.iter().map(|copy| Arc::clone(&copy.asset.name));
    modules.map(|module| Arc::clone(&module.key)).chain(copied).collect()
}
