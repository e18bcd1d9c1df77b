//! Rendering: one text per module and plan, in parallel. Results are kept by part and plan, so an
//! edit renders one module again, whichever chunks it is in. Each text is checked against the
//! target once, when it is made.

use std::sync::{Arc, OnceLock};

use bundle_base::{Config, Diagnostic, Label, Source, asset::ContentHash, config::SourceMap};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph, plan},
    module::ModuleId,
    plan::{RenderPlan, Wrap},
    record::ModuleRecord,
};
use bundle_js::{Ast, Mapping, Piece, RenderedModule};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::{
    Cache,
    cache::rendering_key,
    memo::{Memo, PartKey, Provenance, Rendered, Tree},
    messages,
    scan::Scan,
};

mod model; // RenderedChunks: what this phase makes
mod registered; // the text of a module in a registry
mod section; // the source map of that text
mod thread_affinity; // jobs on the threads that made their ASTs

pub(crate) use model::RenderedChunks;

/// What is rendered, and what with.
#[derive(Clone, Copy)]
pub(crate) struct RenderInput<'r> {
    pub config: &'r Config,
    pub cache: Option<&'r Cache>,
    pub scan: &'r Scan,
    pub graph: &'r ChunkGraph<'r, 'r>,
}

/// A module of a chunk, by the chunk's position, that is rendered by a plan.
#[derive(Clone)]
struct Wanted {
    chunk: usize,
    module: ModuleId,
    plan: Arc<RenderPlan>,
}

/// A part to render by a plan.
struct Job {
    module: ModuleId,
    plan: Arc<RenderPlan>,
    /// `None`: the part must be parsed again.
    tree: Option<Tree>,
}

/// A job that is done.
struct Done {
    module: ModuleId,
    plan: Arc<RenderPlan>,
    rendered: Arc<Rendered>,
    /// Its key in the disk cache, if it has one.
    key: Option<ContentHash>,
    /// The disk cache did not have it.
    is_fresh: bool,
}

/// Renders every module of every chunk, except those whose rendering in `before` is still valid.
/// `trees`: the AST of each module of the graph. Each is freed as soon as its module is rendered.
pub(crate) fn run(
    input: RenderInput<'_>,
    trees: Vec<Option<Tree>>,
    before: Option<RenderedChunks>,
    memo: &mut Memo,
) -> RenderedChunks {
    let RenderInput { scan, graph, .. } = input;
    let mut chunks = still_valid(graph, &scan.parts, before);
    let mut wanted = Vec::new();
    for (position, chunk) in graph.chunks.iter().enumerate() {
        let known = &mut chunks[position];
        for &module in &chunk.modules {
            if known.contains_key(&module) {
                continue;
            }
            let plan = plan(module, chunk, graph);
            match memo.rendering(&scan.parts[module.index()], &plan) {
                Some(rendered) => drop(known.insert(module, Arc::clone(rendered))),
                None => wanted.push(Wanted { chunk: position, module, plan: Arc::new(plan) }),
            }
        }
    }
    let jobs = jobs(&wanted, |module| trees[module.index()].as_ref());
    drop(trees);
    let (fresh, made) = carry_out(input, jobs, memo);
    for Wanted { chunk, module, plan } in &wanted {
        let part = &scan.parts[module.index()];
        let rendered = memo.rendering(part, plan).expect("it was rendered above");
        chunks[*chunk].insert(*module, Arc::clone(rendered));
    }
    RenderedChunks { chunks, fresh, made }
}

/// Renders the modules whose bodies changed, and replaces their old renderings. `trees`: the ASTs
/// of the changed modules. Returns false if one of them has diagnostics now, or had some before.
pub(crate) fn again(
    input: RenderInput<'_>,
    trees: &[Option<Tree>],
    rendered: &mut RenderedChunks,
    memo: &mut Memo,
) -> bool {
    let RenderInput { scan, graph, .. } = input;
    let changed = graph.linked.changed.as_deref().unwrap_or_default();
    let is_in = |chunk: &Chunk, module: ModuleId| chunk.modules.binary_search(&module).is_ok();
    let wanted: Vec<Wanted> = (graph.chunks.iter().enumerate())
        .flat_map(|(position, chunk)| changed.iter().map(move |module| (position, chunk, *module)))
        .filter(|(_, chunk, module)| is_in(chunk, *module))
        .map(|(position, chunk, module)| {
            let plan = Arc::new(plan(module, chunk, graph));
            Wanted { chunk: position, module, plan }
        })
        .collect();
    let is_unknown = |Wanted { module, plan, .. }: &&Wanted| {
        memo.rendering(&scan.parts[module.index()], plan).is_none()
    };
    let unknown: Vec<Wanted> = wanted.iter().filter(is_unknown).cloned().collect();
    let tree = |module: ModuleId| trees[changed.binary_search(&module).ok()?].as_ref();
    (rendered.fresh, rendered.made) = carry_out(input, jobs(&unknown, tree), memo);
    let mut has_no_diagnostics = true;
    for Wanted { chunk, module, plan } in wanted {
        let part = &scan.parts[module.index()];
        let now = memo.rendering(part, &plan).expect("it was rendered above");
        let before = rendered.chunks[chunk].insert(module, Arc::clone(now));
        has_no_diagnostics &=
            now.diagnostics.is_empty() && before.is_none_or(|before| before.diagnostics.is_empty());
    }
    has_no_diagnostics
}

/// Carries out the jobs and adds the results to the memo table. Returns how many results the disk
/// cache did not have, and those of them that it can store, with their keys.
fn carry_out(
    RenderInput { config, cache, scan, .. }: RenderInput<'_>,
    jobs: Vec<Job>,
    memo: &mut Memo,
) -> (usize, Vec<(ContentHash, Arc<Rendered>)>) {
    let one = |job: Job| {
        let Job { module, plan, tree } = job;
        let part = &scan.parts[module.index()];
        let key = scan.cached[module.index()]
            .and_then(|part_key| rendering_key(part_key, &plan, &part.provenance));
        let known = cache.zip(key).and_then(|(cache, key)| cache.rendering(key, &part.provenance));
        let is_fresh = known.is_none();
        let owner = scan.graph.module(module);
        let mut rendered = known.unwrap_or_else(|| {
            let tree = tree.map_or_else(|| parsed_again(part, config), |tree| tree.ast);
            render(tree, &plan, part, &owner.record, config)
        });
        let has_map = config.output.source_map != SourceMap::None;
        let registered = rendered.registered.as_ref().filter(|_| has_map);
        rendered.section =
            registered.map(|text| section::section(&rendered.module, text, part, owner, config));
        Done { module, plan, rendered: Arc::new(rendered), key, is_fresh }
    };
    let home = |job: &Job| job.tree.as_ref().and_then(|tree| tree.thread);
    let done: Vec<Done> = thread_affinity::run(jobs, home, one);
    let (mut fresh, mut made) = (0, Vec::new());
    for Done { module, plan, rendered, key, is_fresh } in done {
        if is_fresh {
            fresh += 1;
            made.extend(key.map(|key| (key, Arc::clone(&rendered))));
        }
        memo.add_rendering(scan.parts[module.index()].clone(), plan, rendered);
    }
    (fresh, made)
}

/// Returns, per chunk, the renderings of the previous build that are still valid.
fn still_valid(
    graph: &ChunkGraph<'_, '_>,
    parts: &[PartKey],
    before: Option<RenderedChunks>,
) -> Vec<FxHashMap<ModuleId, Arc<Rendered>>> {
    if let (Some(changed), Some(before)) = (&graph.linked.changed, before) {
        let mut chunks = before.chunks;
        chunks.resize_with(graph.chunks.len(), FxHashMap::default);
        for (chunk, modules) in graph.chunks.iter().zip(&mut chunks) {
            let is_in = |id: &ModuleId| chunk.modules.binary_search(id).is_ok();
            // A text may be unchanged and yet be at another place in its file.
            let is_there =
                |id: &ModuleId, known: &Rendered| known.provenance == parts[id.index()].provenance;
            modules.retain(|id, known| {
                changed.binary_search(id).is_err() && is_in(id) && is_there(id, known)
            });
        }
        return chunks;
    }
    let room =
        |chunk: &Chunk| FxHashMap::with_capacity_and_hasher(chunk.modules.len(), FxBuildHasher);
    graph.chunks.iter().map(room).collect()
}

/// Makes one job for each pair of module and plan. Each job of a module shares its AST, which is
/// freed when the last of these jobs is done.
fn jobs<'t>(wanted: &[Wanted], tree: impl Fn(ModuleId) -> Option<&'t Tree>) -> Vec<Job> {
    let mut asked: FxHashMap<ModuleId, Vec<&RenderPlan>> = FxHashMap::default();
    let mut jobs = Vec::new();
    for Wanted { module, plan, .. } in wanted {
        let same = asked.entry(*module).or_default();
        if !same.contains(&&**plan) {
            same.push(plan);
            let tree = tree(*module).cloned();
            jobs.push(Job { module: *module, plan: Arc::clone(plan), tree });
        }
    }
    jobs
}

/// Parses a part whose AST is gone: the record was in the disk cache, or the part was rendered
/// before.
fn parsed_again(part: &PartKey, config: &Config) -> Arc<Ast> {
    bundle_js::analyse(&part.input(), config)
        .ast
        .expect("a record is only kept of a part without errors")
}

fn render(
    tree: Arc<Ast>,
    plan: &RenderPlan,
    key: &PartKey,
    record: &ModuleRecord,
    config: &Config,
) -> Rendered {
    let module = bundle_js::render(tree, plan, mapping(key, config), config);
    let is_strict = plan.wrap != Wrap::CommonJs || record.is_strict;
    let mut diagnostics = check(&module, is_strict, &key.source, config);
    let awaits = record.top_level_await.as_ref().filter(|found| found.is_unlowered);
    if let (Some(found), false) = (awaits, diagnostics.is_empty()) {
        let label = Label::new(&key.source, found.span);
        diagnostics = vec![messages::unlowered_top_level_await(label)];
    }
    let registered = registered::write(plan, &module, record, config);
    Rendered {
        provenance: key.provenance.clone(),
        module,
        registered,
        hash: OnceLock::new(),
        section: None,
        diagnostics,
    }
}

fn mapping<'k>(part: &'k PartKey, config: &Config) -> Mapping<'k> {
    match &part.provenance {
        _ if config.output.source_map == SourceMap::None => Mapping::None,
        Provenance::Nobody => Mapping::None,
        Provenance::File => Mapping::Own,
        Provenance::Made(map) => Mapping::Through(map),
    }
}

/// Reads the rendered text and checks its syntax against the target, so no text is emitted
/// unverified.
fn check(
    module: &RenderedModule,
    is_strict: bool,
    source: &Source,
    config: &Config,
) -> Vec<Diagnostic> {
    let mut text = String::new();
    module.pieces().for_each(|piece| fill(piece, &mut text));
    bundle_js::check_rendered(
        &Source::new(source.path.clone(), source.name.clone(), text),
        is_strict,
        config,
    )
}

/// Appends a piece with placeholder names in its slots, so that it can be read.
fn fill(piece: &Piece, text: &mut String) {
    let names: Vec<String> = piece.slots.iter().map(|slot| format!("$${}", slot.slot)).collect();
    piece.fill(names.iter().map(String::as_str), text);
}
