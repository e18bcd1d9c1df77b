//! What a page loads for a script: its stylesheets, and the scripts of the workers that it starts.
//! Pages compare these lists from one build to the next.

use std::collections::BTreeMap;

use bundle_graph::chunk::{Chunk, ChunkId};

use super::{EmitInput, finish::WrittenChunk};

/// Returns the stylesheets and workers of each script that has any, by its path. Workers that a
/// worker starts are among them. Nothing unless pages are updated after edits.
pub(super) fn of(
    EmitInput { config, graph, .. }: &EmitInput<'_>,
    written: &[WrittenChunk],
) -> BTreeMap<String, Vec<String>> {
    if !config.output.updates {
        return BTreeMap::new();
    }
    let script = |id: ChunkId| Some(written[id.index()].script.as_ref()?.file.path.clone());
    let files = |chunk: &Chunk| {
        let styles = written[chunk.id.index()].styles.iter().map(|style| style.file.path.clone());
        let mut started = graph.started_by(chunk);
        started.extend(graph.entry_within(chunk).into_iter().flat_map(|it| graph.started_by(it)));
        let mut at = 0;
        while let Some(id) = started.get(at).copied() {
            let more = graph.started_by(&graph.chunks[id.index()]);
            let new: Vec<ChunkId> = more.into_iter().filter(|id| !started.contains(id)).collect();
            started.extend(new);
            at += 1;
        }
        let all: Vec<String> = styles.chain(started.into_iter().filter_map(script)).collect();
        Some((script(chunk.id)?, all)).filter(|(_, all)| !all.is_empty())
    };
    graph.chunks.iter().filter_map(files).collect()
}
