//! The files that scripts and stylesheets refer to.

use bundle_base::asset::{ContentHash, PLACEHOLDER};
use bundle_base::woven::Woven;
use bundle_graph::chunk::ChunkGraph;
use indexmap::IndexSet;

use super::{OutputFile, OutputKind};
use crate::scan::{Assets, Scan};

/// Those that somebody refers to, in the order of modules.
pub(super) fn files(scan: &Scan, graph: &ChunkGraph<'_, '_>) -> Vec<OutputFile> {
    let assets = &scan.assets;
    let mut found = IndexSet::new();
    for id in graph.addressed() {
        found.extend(assets.own[id.index()]);
    }
    for id in graph.chunks.iter().flat_map(|chunk| &chunk.modules) {
        found.extend(assets.of_sheets[id.index()].iter().copied());
    }
    let mut files: Vec<OutputFile> = found.into_iter().map(|hash| file(assets.get(hash))).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn file(asset: &bundle_base::asset::Asset) -> OutputFile {
    OutputFile { path: asset.path.to_string(), bytes: asset.bytes.to_vec(), kind: OutputKind::Asset }
}

/// A sheet with the addresses of its files, by their paths in the output folder.
pub(super) fn addressed(sheet: &Woven, address: impl Fn(&str) -> String, assets: &Assets) -> Woven {
    let text = sheet.text();
    let mut woven = Woven::default();
    let mut done = 0;
    for (at, _) in text.match_indices(PLACEHOLDER) {
        let digits = at + PLACEHOLDER.len();
        let end = digits + ContentHash::DIGITS;
        let Some(hash) = text.get(digits..end).and_then(ContentHash::parse) else { continue };
        woven.push_slice(sheet, done..at);
        woven.push_made_of(&address(&assets.get(hash).path), sheet, at);
        done = end;
    }
    woven.push_slice(sheet, done..text.len());
    woven
}
