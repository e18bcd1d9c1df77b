//! One rendered part per module and plan, in parallel. A rendering is remembered under its part and plan, so an edit renders
//! one module again, whatever chunk it is in. Each text is checked against the target once, when it is made.

use std::sync::Arc;

use bundle_base::{Config, Diagnostic, Diagnostics, Source, config::SourceMap};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph, plan},
    module::ModuleId,
    plan::{RenderPlan, Wrap},
};
use bundle_js::{Mapping, Piece, RenderedModule};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    Session,
    memo::{PartKey, Provenance, Rendered},
    scan::Scan,
};

/// The rendered modules of every chunk.
pub(crate) struct RenderedChunks {
    /// Per chunk, per module in it.
    pub chunks: Vec<FxHashMap<ModuleId, Arc<Rendered>>>,
    /// How many were not remembered.
    pub fresh: usize,
}

impl RenderedChunks {
    /// The renderings that this build uses, by identity.
    pub fn used(&self) -> FxHashSet<*const Rendered> {
        self.chunks.iter().flat_map(|c| c.values()).map(Arc::as_ptr).collect()
    }
}

/// A part to render by a plan.
struct Job {
    module: ModuleId,
    plan: Arc<RenderPlan>,
}

/// Renders every module of every chunk.
pub(crate) fn run(
    session: &mut Session,
    scan: &Scan,
    graph: &ChunkGraph<'_, '_>,
    log: &mut Diagnostics,
) -> RenderedChunks {
    let config = Arc::clone(&session.config);
    let plans: Vec<Vec<Job>> = graph.chunks.iter().map(|chunk| jobs(chunk, graph)).collect();
    let mut wanted: Vec<&Job> = Vec::new();
    let mut asked: FxHashMap<ModuleId, Vec<&RenderPlan>> = FxHashMap::default();
    for job in plans.iter().flatten() {
        let part = &scan.parts[job.module.index()].0;
        let is_known = session.memo.rendering(part, &job.plan).is_some();
        let same = asked.entry(job.module).or_default();
        if !is_known && !same.contains(&&*job.plan) {
            same.push(&job.plan);
            wanted.push(job);
        }
    }
    let fresh: Vec<Rendered> = wanted.par_iter().map(|job| render(job, scan, &config)).collect();
    let count = fresh.len();
    for (job, rendered) in wanted.into_iter().zip(fresh) {
        let part = scan.parts[job.module.index()].0.clone();
        session.memo.rendered.entry(part).or_default().push((Arc::clone(&job.plan), Arc::new(rendered)));
    }
    let mut chunks = Vec::with_capacity(plans.len());
    for jobs in &plans {
        let mut chunk = FxHashMap::default();
        for job in jobs {
            let part = &scan.parts[job.module.index()].0;
            let rendered = session.memo.rendering(part, &job.plan).expect("it was rendered above");
            log.extend(rendered.diagnostics.iter().cloned());
            chunk.insert(job.module, Arc::clone(rendered));
        }
        chunks.push(chunk);
    }
    RenderedChunks { chunks, fresh: count }
}

fn jobs(chunk: &Chunk, graph: &ChunkGraph<'_, '_>) -> Vec<Job> {
    let job = |module: &ModuleId| Job { module: *module, plan: Arc::new(plan(*module, chunk, graph)) };
    chunk.modules.iter().map(job).collect()
}

fn render(job: &Job, scan: &Scan, config: &Config) -> Rendered {
    let (key, entry) = &scan.parts[job.module.index()];
    let ast = entry.ast.as_ref().expect("a part without a tree has errors, and the build stopped");
    let module = bundle_js::render(ast, &job.plan, mapping(key, config), config);
    let is_strict = job.plan.wrap != Wrap::CommonJs || entry.record.is_strict;
    let diagnostics = check(&module, is_strict, &key.source, config);
    Rendered { module, diagnostics }
}

fn mapping<'k>(part: &'k PartKey, config: &Config) -> Mapping<'k> {
    match &part.provenance {
        _ if config.output.source_map == SourceMap::None => Mapping::None,
        Provenance::Nobody => Mapping::None,
        Provenance::File => Mapping::Own,
        Provenance::Made(map) => Mapping::Through(map),
    }
}

/// Parses the text again and walks it against the target: nothing is written unverified.
fn check(module: &RenderedModule, is_strict: bool, source: &Source, config: &Config) -> Vec<Diagnostic> {
    let text = format!("{}{}", filled(&module.hoisted), filled(&module.body));
    bundle_js::verify(&Source::new(source.path.clone(), source.name.clone(), text), is_strict, config)
}

/// A piece with stand-ins for its names, so that it can be parsed.
fn filled(piece: &Piece) -> String {
    let mut text = String::with_capacity(piece.text.len() + 4 * piece.slots.len());
    let mut done = 0;
    for slot in &piece.slots {
        let at = slot.at as usize;
        text += &piece.text[done..at];
        text += "$$";
        text += &slot.slot.to_string();
        done = at;
    }
    text + &piece.text[done..]
}
