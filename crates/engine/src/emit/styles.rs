//! The stylesheet of a chunk: those of its modules, in the order in which they would run.

use bundle_graph::chunk::Chunk;

use super::{OutputFile, OutputKind};
use crate::scan::Scan;

/// The stylesheet beside a script; `None` if nothing in it has styles.
pub(super) fn of(chunk: &Chunk, scan: &Scan) -> Option<OutputFile> {
    let mut modules = chunk.modules.clone();
    modules.sort_unstable();
    let mut text = String::new();
    for style in modules.iter().filter_map(|id| scan.styles[id.index()].as_ref()) {
        text.push_str(style.text.trim_matches('\n'));
        text.push('\n');
    }
    let is_any = !text.trim().is_empty();
    is_any.then(|| OutputFile { path: path(&chunk.file), bytes: text.into_bytes(), kind: OutputKind::Style })
}

/// `main.js` → `main.css`.
fn path(script: &str) -> String {
    let name = script.rfind('/').map_or(0, |slash| slash + 1);
    let stem = script[name..].rfind('.').map_or(script.len(), |dot| name + dot);
    format!("{}.css", &script[..stem])
}
