//! The stylesheet of a chunk: those of its modules, in the order in which they would run.

use std::sync::Arc;

use bundle_base::{
    Config, Source,
    config::{Format, SourceMap},
    loader::Part,
    place::Lines,
    sheet::{Item, items},
    text_map::TextMap,
    woven::Woven,
};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph, sheet_of},
    module::{ModuleId, Target},
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    OutputFile, OutputKind, assets,
    maps::{self, Mappings},
};
use crate::scan::Scan;

/// The stylesheet beside a script.
pub(super) struct Styled {
    pub file: OutputFile,
    pub map: Option<OutputFile>,
}

/// The stylesheet beside a script; `None` if nothing in it has styles.
pub(super) fn of(chunk: &Chunk, graph: &ChunkGraph<'_, '_>, scan: &Scan, config: &Config) -> Option<Styled> {
    let modules = modules(chunk, graph, scan);
    let styles: Vec<Woven> = modules.iter().filter_map(|id| scan.styles[id.index()].as_deref()).map(woven).collect();
    let all = joined(&styles);
    if all.text().trim().is_empty() {
        return None;
    }
    let path = sheet_of(&chunk.file);
    let (mut text, weave) = assets::addressed(&all, &path, &scan.assets).into_parts();
    let map = (config.output.source_map != SourceMap::None).then(|| {
        let lines: FxHashMap<*const Source, Lines> =
            weave.sources.iter().map(|source| (Arc::as_ptr(source), Lines::new(&source.text))).collect();
        let mut mappings = Mappings::default();
        for piece in &weave.pieces {
            let source = &weave.sources[piece.source as usize];
            let place = lines[&Arc::as_ptr(source)].place(&source.text, piece.from);
            if let Some(place) = place {
                mappings.token((&text, piece.at as usize), source, place);
            }
        }
        maps::json(mappings, &path, &text, config)
    });
    let map = map.and_then(|map| maps::attach(map, &path, &mut text, config));
    Some(Styled { file: OutputFile { path, bytes: text.into_bytes(), kind: OutputKind::Style }, map })
}

/// The modules whose styles are in the sheet of a chunk, in the order in which they would run.
fn modules(chunk: &Chunk, graph: &ChunkGraph<'_, '_>, scan: &Scan) -> Vec<ModuleId> {
    let mut modules = match chunk.entrance {
        // It may ship with a script that others need too; whoever includes the entry's sheet wants to have it there.
        Some(entrance) if is_alone(chunk, scan) => vec![entrance.module],
        // Nothing loads sheets by itself but classic scripts: whatever an entry may need comes with it.
        Some(entrance) if graph.format != Format::Iife && !chunk.is_alone => reached(entrance.module, chunk, graph),
        None if graph.format != Format::Iife => Vec::new(),
        Some(_) | None => chunk.modules.clone(),
    };
    modules.sort_unstable();
    modules
}

/// Everything of a program that a module asks for, now or later.
fn reached(from: ModuleId, chunk: &Chunk, graph: &ChunkGraph<'_, '_>) -> Vec<ModuleId> {
    let program = graph.program(chunk);
    let mut seen = FxHashSet::default();
    let mut stack = vec![from];
    while let Some(id) = stack.pop() {
        if program.module(id).is_some() && seen.insert(id) {
            stack.extend(graph.graph().module(id).targets.iter().filter_map(|target| match target {
                Target::Module(to) => Some(*to),
                Target::External(_) | Target::Missing | Target::Text(_) | Target::None => None,
            }));
        }
    }
    seen.into_iter().collect()
}

/// The entry is a stylesheet: nobody includes a script for it.
pub(super) fn is_alone(chunk: &Chunk, scan: &Scan) -> bool {
    chunk.entrance.is_some_and(|entrance| scan.styles[entrance.module.index()].is_some())
}

fn woven(part: &Part) -> Woven {
    match part.map.as_deref() {
        Some(TextMap::Woven(weave)) => Woven::new(part.source.text.clone(), weave.clone()),
        Some(TextMap::Copied { .. } | TextMap::Mapped(_)) | None => Woven::of(&part.source),
    }
}

/// All of them as one. Browsers ask for what is on the network only at the start of a sheet.
fn joined(styles: &[Woven]) -> Woven {
    let mut all = Woven::default();
    if styles.iter().any(|style| !style.text().is_ascii()) {
        all.push_str("@charset \"UTF-8\";\n");
    }
    let heads: Vec<usize> = styles.iter().map(|style| head(style.text())).collect();
    for (style, head) in styles.iter().zip(&heads).filter(|(_, head)| **head > 0) {
        all.push_slice(style, 0..*head);
        all.push_str("\n");
    }
    for (style, head) in styles.iter().zip(heads) {
        let rest = &style.text()[head..];
        let start = head + rest.len() - rest.trim_start_matches('\n').len();
        let end = style.text().trim_end_matches('\n').len();
        if start < end {
            all.push_slice(style, start..end);
            all.push_str("\n");
        }
    }
    all
}

/// Where the imports end that a sheet begins with.
fn head(css: &str) -> usize {
    if !css.trim_start().starts_with("@import") {
        return 0;
    }
    let imports = items(css).into_iter().map_while(|item| match item {
        Item::AtRule { name, prelude } if &css[name.clone()] == "import" => Some(prelude.end),
        Item::AtRule { .. } | Item::Selectors(_) | Item::Declaration { .. } | Item::Junk(_) => None,
    });
    let end = imports.last().unwrap_or(0);
    end + usize::from(css[end..].starts_with(';'))
}
