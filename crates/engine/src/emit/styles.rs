//! The stylesheet of a chunk: those of its modules, in the order in which they would run.

use std::{collections::BTreeMap, sync::Arc};

use bundle_base::{
    Config, Source,
    asset::encoded,
    config::{Format, SourceMap, Styles},
    loader::Part,
    place::Lines,
    sheet::{Item, items},
    text_map::TextMap,
    woven::Woven,
};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph, relative},
    module::{ModuleId, Target},
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    DraftFile, assets,
    maps::{self, Mappings},
};
use crate::scan::Scan;

/// The stylesheet beside a script, and the parts of it that it imports, where browsers do not read
/// as much at a time. Nothing, if nothing in it has styles, or the script has them.
pub(super) fn of(
    chunk: &Chunk,
    graph: &ChunkGraph<'_, '_>,
    scan: &Scan,
    config: &Config,
) -> Vec<DraftFile> {
    let all =
        if is_injected(chunk, scan, config) { Woven::default() } else { all(chunk, graph, scan) };
    // A page includes the sheet that is an entry, whatever is in it.
    if all.text().trim().is_empty() && !is_alone(chunk, scan) {
        return Vec::new();
    }
    let path = chunk.sheet.clone();
    let Some(mut parts) = bundle_css::parts(&all, &config.script.target) else {
        return vec![written(&all, path, scan, config)];
    };
    let last = parts.pop().unwrap_or_default();
    let mut main = Woven::default();
    let mut written_parts = Vec::new();
    for (number, part) in (1..).zip(&parts) {
        let path = format!("{}.{number}.css", path.trim_end_matches(".css"));
        let name = path.rsplit('/').next().unwrap_or(&path);
        main.push_str(&format!("@import \"{}\";\n", encoded(name)));
        written_parts.push(written(part, path, scan, config));
    }
    main.push_slice(&last, 0..last.text().len());
    std::iter::once(written(&main, path, scan, config)).chain(written_parts).collect()
}

/// The sheets that a script puts into the page, with addresses that are good there.
pub(super) fn injected(
    chunk: &Chunk,
    graph: &ChunkGraph<'_, '_>,
    scan: &Scan,
    config: &Config,
) -> Vec<String> {
    let all =
        if is_injected(chunk, scan, config) { all(chunk, graph, scan) } else { Woven::default() };
    if all.text().trim().is_empty() {
        return Vec::new();
    }
    let parts = bundle_css::parts(&all, &config.script.target).unwrap_or_else(|| vec![all]);
    let address = |path: &str| format!("{}{}", config.output.public_path, encoded(path));
    parts.iter().map(|part| assets::addressed(part, address, &scan.assets).into_parts().0).collect()
}

/// An entry that is a sheet stays one.
fn is_injected(chunk: &Chunk, scan: &Scan, config: &Config) -> bool {
    config.output.styles == Styles::Inject && !is_alone(chunk, scan)
}

/// All styles of a chunk.
fn all(chunk: &Chunk, graph: &ChunkGraph<'_, '_>, scan: &Scan) -> Woven {
    let modules = modules(chunk, graph, scan);
    let styles: Vec<Woven> =
        modules.iter().filter_map(|id| scan.styles[id.index()].as_deref()).map(woven).collect();
    joined(&styles)
}

/// How much of the sheet beside a chunk is whose, before addresses are put in.
pub(super) fn bytes(
    chunk: &Chunk,
    graph: &ChunkGraph<'_, '_>,
    scan: &Scan,
) -> Vec<(ModuleId, usize)> {
    let length = |id: &ModuleId| Some((*id, scan.styles[id.index()].as_deref()?.source.text.len()));
    modules(chunk, graph, scan).iter().filter_map(length).collect()
}

/// How much of a sheet was written in which file: itself, and the partials that it was made of.
pub(super) fn sources(id: ModuleId, scan: &Scan) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let Some(part) = scan.styles[id.index()].as_deref() else { return found };
    let (text, weave) = woven(part).into_parts();
    let begins = weave.pieces.iter().skip(1).map(|piece| piece.at as usize);
    let mut from = 0;
    // What stands between two pieces was made for the first.
    for (piece, end) in weave.pieces.iter().zip(begins.chain([text.len()])) {
        *found.entry(weave.sources[piece.source as usize].name.clone()).or_default() += end - from;
        from = end;
    }
    found
}

/// A sheet as a file, with its map.
fn written(sheet: &Woven, path: String, scan: &Scan, config: &Config) -> DraftFile {
    let mut marked = Woven::default();
    let sheet = if sheet.text().is_ascii() {
        sheet
    } else {
        marked.push_str("@charset \"UTF-8\";\n");
        marked.push_slice(sheet, 0..sheet.text().len());
        &marked
    };
    let address = |file: &str| {
        let address = encoded(&relative(file, &path));
        address.strip_prefix("./").map_or(address.clone(), str::to_owned)
    };
    let (text, weave) = assets::addressed(sheet, address, &scan.assets).into_parts();
    let map = (config.output.source_map != SourceMap::None).then(|| {
        let lines: FxHashMap<*const Source, Lines> = weave
            .sources
            .iter()
            .map(|source| (Arc::as_ptr(source), Lines::new(&source.text)))
            .collect();
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
    DraftFile { path, text, map, hash: None }
}

/// The modules whose styles are in the sheet of a chunk, in the order in which they would run.
pub(super) fn modules(chunk: &Chunk, graph: &ChunkGraph<'_, '_>, scan: &Scan) -> Vec<ModuleId> {
    let mut modules = match chunk.static_entry {
        // It may ship with a script that others need too; whoever includes the entry's sheet wants
        // to have it there.
        Some(static_entry) if is_alone(chunk, scan) => vec![static_entry.module],
        // Nothing loads sheets by itself but classic scripts: whatever an entry may need comes with
        // it.
        Some(static_entry) if graph.format != Format::Iife && !chunk.is_alone => {
            reached(static_entry.module, chunk, graph)
        }
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
            stack.extend(graph.graph().module(id).targets.iter().filter_map(Target::module));
        }
    }
    seen.into_iter().collect()
}

/// The entry is a stylesheet: nobody includes a script for it.
pub(super) fn is_alone(chunk: &Chunk, scan: &Scan) -> bool {
    chunk
        .static_entry
        .is_some_and(|static_entry| scan.styles[static_entry.module.index()].is_some())
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
