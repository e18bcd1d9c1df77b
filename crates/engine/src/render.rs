//! One rendered part per module and plan, in parallel. A rendering is remembered under its part and plan, so an edit renders
//! one module again, whatever chunk it is in. Each text is checked against the target once, when it is made.

use std::sync::Arc;

use bundle_base::{Config, Diagnostic, Diagnostics, Source, config::SourceMap};
use bundle_graph::{
    chunk::{ChunkGraph, plan},
    module::ModuleId,
    plan::{RenderPlan, Wrap},
};
use bundle_js::{Mapping, Piece, RenderedModule};
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::{
    Session,
    emit::registered,
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
    let mut chunks: Vec<FxHashMap<ModuleId, Arc<Rendered>>> = Vec::with_capacity(graph.chunks.len());
    let mut wanted: Vec<(usize, Job)> = Vec::new();
    for (position, chunk) in graph.chunks.iter().enumerate() {
        let mut known = FxHashMap::with_capacity_and_hasher(chunk.modules.len(), FxBuildHasher);
        for &module in &chunk.modules {
            let plan = plan(module, chunk, graph);
            match session.memo.rendering(&scan.parts[module.index()].0, &plan) {
                Some(rendered) => drop(known.insert(module, Arc::clone(rendered))),
                None => wanted.push((position, Job { module, plan: Arc::new(plan) })),
            }
        }
        chunks.push(known);
    }
    let mut asked: FxHashMap<ModuleId, Vec<&RenderPlan>> = FxHashMap::default();
    let mut new: Vec<&Job> = Vec::new();
    for (_, job) in &wanted {
        let same = asked.entry(job.module).or_default();
        if !same.contains(&&*job.plan) {
            same.push(&job.plan);
            new.push(job);
        }
    }
    let made: Vec<Rendered> = new.par_iter().map(|job| render(job, scan, &config)).collect();
    let fresh = made.len();
    for (job, rendered) in new.into_iter().zip(made) {
        let part = scan.parts[job.module.index()].0.clone();
        session.memo.rendered.entry(part).or_default().push((Arc::clone(&job.plan), Arc::new(rendered)));
    }
    for (chunk, job) in &wanted {
        let part = &scan.parts[job.module.index()].0;
        let rendered = session.memo.rendering(part, &job.plan).expect("it was rendered above");
        chunks[*chunk].insert(job.module, Arc::clone(rendered));
    }
    for (chunk, rendered) in graph.chunks.iter().zip(&chunks) {
        log.extend(chunk.modules.iter().flat_map(|module| &rendered[module].diagnostics).cloned());
    }
    RenderedChunks { chunks, fresh }
}

fn render(job: &Job, scan: &Scan, config: &Config) -> Rendered {
    let (key, entry) = &scan.parts[job.module.index()];
    let ast = entry.ast.as_ref().expect("a part without a tree has errors, and the build stopped");
    let module = bundle_js::render(ast, &job.plan, mapping(key, config), config);
    let is_strict = job.plan.wrap != Wrap::CommonJs || entry.record.is_strict;
    let diagnostics = check(&module, is_strict, &key.source, config);
    let registered = registered::write(&job.plan, &module, &entry.record, config);
    Rendered { module, registered, diagnostics }
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
