//! The stylesheet of a chunk: the stylesheets of its modules, in the order in which these would
//! run. It is split into parts for browsers that read a limited number of selectors per file.

use std::{collections::BTreeMap, sync::Arc};

use bundle_base::{
    Config, Source,
    asset::{ContentHash, encoded},
    config::{Format, SourceMap, Styles},
    loader::{Part, PartContent, Stylesheet},
    mapped_text::{MappedText, TextOrigins},
    place::Lines,
    stylesheet::{Item, items},
    text_map::TextMap,
};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph, HASH_DIGITS, specifier_from},
    module::{ModuleId, Target},
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{assets, files::DraftFile, inject::Injected, maps};
use crate::{mappings::Mappings, scan::Scan};

/// Returns the stylesheet beside a script, then the parts that it imports, if a browser of the
/// target does not read as much in one file; then the same for pages that are read from right to
/// left, if these have stylesheets of their own. Empty if the chunk has no styles, or if its script
/// injects them.
pub(super) fn of(
    chunk: &Chunk,
    graph: &ChunkGraph<'_, '_>,
    scan: &Scan,
    config: &Config,
) -> Vec<DraftFile> {
    if is_injected(chunk, scan, config) {
        return Vec::new();
    }
    let all = |text: fn(&Part) -> MappedText| all(chunk, graph, scan, text);
    let (ltr, rtl) = (all(mapped), config.output.rtl.as_ref().map(|ending| (ending, all(rtl))));
    let is_empty = |all: &MappedText| all.text().trim().is_empty();
    let has_none = is_empty(&ltr) && rtl.as_ref().is_none_or(|(_, rtl)| is_empty(rtl));
    if has_none && !is_included(chunk, graph, scan) {
        return Vec::new();
    }
    let path = &chunk.files.stylesheet;
    let mut files = in_parts(&ltr, path.clone(), chunk, scan, config);
    if let Some((ending, rtl)) = rtl {
        let path = format!("{}{ending}.css", path.trim_end_matches(".css"));
        let rtl = in_parts(&rtl, path, chunk, scan, config);
        files.extend(rtl.into_iter().map(|file| DraftFile { is_rtl: true, ..file }));
    }
    files
}

/// Whether a page may include the stylesheet of a chunk by its path, and so needs the file
/// even if it is empty: the chunk is an entry that is or imports a stylesheet. webpack and esbuild
/// write it too.
fn is_included(chunk: &Chunk, graph: &ChunkGraph<'_, '_>, scan: &Scan) -> bool {
    let is_file = |id: &ModuleId| {
        scan.styles[id.index()].as_deref().is_some_and(|part| part.suffix.is_empty())
    };
    chunk.static_entry.is_some() && modules(chunk, graph, scan).iter().any(is_file)
}

/// Returns a stylesheet as a file, then the parts that it imports.
fn in_parts(
    all: &MappedText,
    path: String,
    chunk: &Chunk,
    scan: &Scan,
    config: &Config,
) -> Vec<DraftFile> {
    let Some(mut parts) = bundle_css::split_for_ie9(all, &config.script.target) else {
        return vec![written(all, path, scan, config)];
    };
    let last = parts.pop().unwrap_or_default();
    let mut main = MappedText::default();
    let mut written_parts = Vec::new();
    for (number, part) in (1..).zip(&parts) {
        let path = format!("{}.{number}.css", path.trim_end_matches(".css"));
        let name = encoded(path.rsplit('/').next().unwrap_or(&path));
        let file = written(part, path, scan, config);
        // Browsers keep files. A changed part without a hash in its name needs another address, so
        // that it is requested again.
        let id = if chunk.files.is_hashed { String::new() } else { format!("?{}", id(&file)) };
        main.push_str(&format!("@import \"{name}{id}\";\n"));
        written_parts.push(file);
    }
    main.push_slice(&last, 0..last.text().len());
    std::iter::once(written(&main, path, scan, config)).chain(written_parts).collect()
}

/// Returns the beginning of a hash of a stylesheet.
fn id(file: &DraftFile) -> String {
    ContentHash::of(file.text.as_bytes()).to_string()[..HASH_DIGITS].to_owned()
}

/// Returns the stylesheets that a script injects.
pub(super) fn injected(
    chunk: &Chunk,
    graph: &ChunkGraph<'_, '_>,
    scan: &Scan,
    config: &Config,
) -> Injected {
    let all = if is_injected(chunk, scan, config) {
        all(chunk, graph, scan, mapped)
    } else {
        MappedText::default()
    };
    if all.text().trim().is_empty() {
        return Injected::default();
    }
    let parts = bundle_css::split_for_ie9(&all, &config.script.target).unwrap_or_else(|| vec![all]);
    if config.output.public_path.is_empty() || graph.graph().public_path.is_some() {
        return Injected::at_run_time(&parts, &scan.assets);
    }
    let address = |path: &str| format!("{}{}", config.output.public_path, encoded(path));
    Injected::known(&parts, address, &scan.assets)
}

/// Whether the script injects the chunk's styles. An entry that is a stylesheet stays a
/// file.
fn is_injected(chunk: &Chunk, scan: &Scan, config: &Config) -> bool {
    config.output.styles == Styles::Inject && !is_alone(chunk, scan)
}

/// Returns all styles of a chunk as one stylesheet. `text`: a module's own.
fn all(
    chunk: &Chunk,
    graph: &ChunkGraph<'_, '_>,
    scan: &Scan,
    text: impl Fn(&Part) -> MappedText,
) -> MappedText {
    let modules = modules(chunk, graph, scan);
    let styles: Vec<MappedText> =
        modules.iter().filter_map(|id| scan.styles[id.index()].as_deref()).map(text).collect();
    joined(&styles)
}

/// Returns the bytes of each module in the chunk's stylesheet, before placeholders are replaced by
/// addresses.
pub(super) fn bytes(
    chunk: &Chunk,
    graph: &ChunkGraph<'_, '_>,
    scan: &Scan,
) -> Vec<(ModuleId, usize)> {
    let length = |id: &ModuleId| Some((*id, scan.styles[id.index()].as_deref()?.source.text.len()));
    modules(chunk, graph, scan).iter().filter_map(length).collect()
}

/// Returns the bytes of a stylesheet by the source file that they were written in: the file itself,
/// and the partials that it includes.
pub(super) fn sources(id: ModuleId, scan: &Scan) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let Some(part) = scan.styles[id.index()].as_deref() else { return found };
    let (text, origins) = mapped(part).into_parts();
    let begins = origins.pieces.iter().skip(1).map(|piece| piece.at as usize);
    let mut from = 0;
    // Text between two pieces counts for the first.
    for (piece, end) in origins.pieces.iter().zip(begins.chain([text.len()])) {
        *found.entry(origins.sources[piece.source as usize].name.clone()).or_default() +=
            end - from;
        from = end;
    }
    found
}

/// Returns a stylesheet as a file, with its map.
fn written(stylesheet: &MappedText, path: String, scan: &Scan, config: &Config) -> DraftFile {
    let mut marked = MappedText::default();
    let stylesheet = if stylesheet.text().is_ascii() {
        stylesheet
    } else {
        marked.push_str("@charset \"UTF-8\";\n");
        marked.push_slice(stylesheet, 0..stylesheet.text().len());
        &marked
    };
    let address = |file: &str| {
        let address = encoded(&specifier_from(&path, file));
        address.strip_prefix("./").map_or(address.clone(), str::to_owned)
    };
    let (text, origins) = assets::addressed(stylesheet, address, &scan.assets).into_parts();
    let has_map = config.output.source_map != SourceMap::None;
    let map = has_map.then(|| maps::json(mappings(&text, &origins), &path, &text, config));
    DraftFile { path, text, map, hash: None, is_rtl: false }
}

/// Returns one mapping for each piece of a stylesheet.
fn mappings<'o>(text: &str, origins: &'o TextOrigins) -> Mappings<'o> {
    let lines: FxHashMap<*const Source, Lines> = origins
        .sources
        .iter()
        .map(|source| (Arc::as_ptr(source), Lines::new(&source.text)))
        .collect();
    let mut mappings = Mappings::default();
    for piece in &origins.pieces {
        let source = &origins.sources[piece.source as usize];
        let place = lines[&Arc::as_ptr(source)].place(&source.text, piece.from);
        if let Some(place) = place {
            mappings.token(text, piece.at as usize, source, place);
        }
    }
    mappings
}

/// Returns the modules whose styles are in the stylesheet of a chunk, in the order in which they
/// would run.
pub(super) fn modules(chunk: &Chunk, graph: &ChunkGraph<'_, '_>, scan: &Scan) -> Vec<ModuleId> {
    let mut modules = match chunk.static_entry {
        // The entry's module may be in another chunk, with modules that other entries need too. A
        // page that includes the entry's stylesheet still expects its styles there.
        Some(static_entry) if is_alone(chunk, scan) => vec![static_entry.module],
        // Only classic scripts load stylesheets by themselves. In the other formats, an entry's
        // stylesheet has everything that the entry may need.
        Some(static_entry) if graph.format != Format::Iife && !graph.is_alone(chunk) => {
            reached(static_entry.module, chunk, graph)
        }
        None if graph.format != Format::Iife => Vec::new(),
        Some(_) | None => chunk.modules.clone(),
    };
    let order = &graph.program(chunk).style_order;
    modules.sort_unstable_by_key(|id| order.place(*id));
    modules
}

/// Returns all modules of a program that a module imports, statically or dynamically, directly or
/// through others.
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

/// Whether the entry is a stylesheet, for which no page includes a script.
pub(super) fn is_alone(chunk: &Chunk, scan: &Scan) -> bool {
    chunk
        .static_entry
        .is_some_and(|static_entry| scan.styles[static_entry.module.index()].is_some())
}

fn mapped(part: &Part) -> MappedText {
    match part.map.as_deref() {
        Some(TextMap::Pieces(origins)) => {
            MappedText::new(part.source.text.clone(), origins.clone())
        }
        Some(TextMap::Copied { .. } | TextMap::Mapped(_)) | None => MappedText::of(&part.source),
    }
}

/// Returns a stylesheet for pages that are read from right to left.
fn rtl(part: &Part) -> MappedText {
    match &part.content {
        PartContent::Style(Stylesheet { rtl: Some(rtl), .. }) => rtl.clone(),
        PartContent::Style(_)
        | PartContent::Script(_)
        | PartContent::Template(_)
        | PartContent::Bytes(_) => mapped(part),
    }
}

/// Joins stylesheets. Their leading `@import` rules come first, because browsers only load imports
/// at the start of a stylesheet.
fn joined(styles: &[MappedText]) -> MappedText {
    let mut all = MappedText::default();
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

/// Returns the byte at which the leading `@import` rules of a stylesheet end.
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
