//! The output files that are not made of modules: assets that scripts and stylesheets refer to, and
//! files that the configuration copies. An asset in a stylesheet is a placeholder, which is
//! replaced by its path here.

use std::{ops::Range, sync::Arc};

use bundle_base::{
    Diagnostics, FxIndexMap, FxIndexSet,
    asset::{ContentHash, PLACEHOLDER},
    mapped_text::MappedText,
};
use bundle_graph::chunk::ChunkGraph;
use rustc_hash::{FxHashMap, FxHashSet};

use super::output::{OutputFile, OutputKind};
use crate::{
    messages,
    scan::{Assets, Copy, Scan},
};

/// Returns the assets that the outputs refer to, sorted by path.
pub(super) fn files(scan: &Scan, graph: &ChunkGraph<'_, '_>) -> Vec<OutputFile> {
    let assets = &scan.assets;
    let mut found = FxIndexSet::default();
    for id in graph.addressed() {
        found.extend(assets.own[id.index()]);
    }
    for id in graph.chunks.iter().flat_map(|chunk| &chunk.modules) {
        found.extend(assets.of_stylesheets[id.index()].iter().copied());
    }
    let mut files: Vec<OutputFile> = found.into_iter().map(|hash| file(assets.get(hash))).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Returns the files that the configuration copies, sorted by path, without those that are assets
/// of the same path and contents already. `is_made`: whether a path belongs to a script, a
/// stylesheet or a map. Reports copies that would overwrite another file; copies to the path of an
/// asset are left out, as by copy-webpack-plugin.
pub(super) fn copied(
    scan: &Scan,
    written: &[OutputFile],
    is_made: &dyn Fn(&str) -> bool,
    log: &mut Diagnostics,
) -> Vec<OutputFile> {
    let mut files: FxIndexMap<&str, &Copy> = FxIndexMap::default();
    let known: FxHashMap<&str, &OutputFile> =
        written.iter().map(|file| (file.path.as_str(), file)).collect();
    let pages: FxHashSet<&str> = scan
        .copies
        .iter()
        .filter(|copy| copy.page.is_some())
        .map(|copy| copy.path.as_str())
        .collect();
    // A page is written from its template, also where a pattern of `copy` matches the template.
    for copy in scan.copies.iter().filter(|copy| !pages.contains(copy.path.as_str())) {
        let place = copy.place.as_ref();
        let same = known.get(copy.path.as_str()).map(|file| file.bytes == copy.asset.bytes);
        if is_made(&copy.path) {
            log.push(messages::copy_over_output(&copy.path, &copy.asset.name, place));
        } else if same == Some(false) {
            log.push(messages::copy_over_asset(&copy.path, &copy.asset.name, place));
        }
        if same.is_some() {
            continue;
        }
        let first = *files.entry(&copy.path).or_insert(copy);
        if first.asset.hash != copy.asset.hash {
            let names = [&first.asset.name, &copy.asset.name].map(|name| &**name);
            log.push(messages::copy_taken(&copy.path, names, place));
        }
    }
    let made = |copy: &&Copy| OutputFile {
        path: copy.path.clone(),
        bytes: Arc::clone(&copy.asset.bytes),
        kind: OutputKind::Asset,
    };
    let mut files: Vec<OutputFile> = files.values().map(made).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn file(asset: &bundle_base::asset::Asset) -> OutputFile {
    OutputFile {
        path: asset.path.to_string(),
        bytes: Arc::clone(&asset.bytes),
        kind: OutputKind::Asset,
    }
}

/// Returns a stylesheet with the addresses of its assets in place of placeholders. `address` maps a
/// path in the output folder to an address.
pub(super) fn addressed(
    stylesheet: &MappedText,
    address: impl Fn(&str) -> String,
    assets: &Assets,
) -> MappedText {
    let text = stylesheet.text();
    let mut mapped = MappedText::default();
    let mut done = 0;
    for (place, hash) in places(text) {
        mapped.push_slice(stylesheet, done..place.start);
        mapped.push_made_of(&address(&assets.get(hash).path), stylesheet, place.start);
        done = place.end;
    }
    mapped.push_slice(stylesheet, done..text.len());
    mapped
}

/// Finds the placeholders in a stylesheet, each with the contents of its asset.
pub(super) fn places(text: &str) -> impl Iterator<Item = (Range<usize>, ContentHash)> {
    text.match_indices(PLACEHOLDER).filter_map(|(at, _)| {
        let digits = at + PLACEHOLDER.len();
        let end = digits + ContentHash::DIGITS;
        Some((at..end, ContentHash::parse(text.get(digits..end)?)?))
    })
}
