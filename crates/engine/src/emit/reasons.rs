//! Why each module is in its output, for the metafile: who needs it, by which lines and names.
//! Drawn up only where somebody reads it.

use bundle_base::{
    Span,
    place::{Place, last_line},
};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph},
    link::{
        EntryKind, EntryPoint, Exports,
        inclusion_reasons::{Ask, InclusionReason, has_own_effects, needs},
    },
    module::{Module, ModuleId},
};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::metafile::kind;
use crate::scan::Places;

/// No more bytes of a line are told.
const LONGEST: usize = 120;

/// Who needs what, in every program.
pub(super) struct Reasons<'b, 'g, 'l> {
    graph: &'b ChunkGraph<'l, 'g>,
    places: &'b Places,
    /// Per program: by what is needed, in the order of who needs it.
    needed: Vec<FxHashMap<ModuleId, Vec<InclusionReason>>>,
}

impl<'b, 'g, 'l> Reasons<'b, 'g, 'l> {
    /// Looks through everything that linking kept.
    pub fn of(graph: &'b ChunkGraph<'l, 'g>, places: &'b Places) -> Self {
        let exports = Exports::new(graph.graph());
        let programs = graph.linked.programs.iter().map(|program| {
            let mut needed: FxHashMap<ModuleId, Vec<InclusionReason>> = FxHashMap::default();
            for need in program.iter().flat_map(|(id, _)| needs(id, program, &exports)) {
                needed.entry(need.of).or_default().push(need);
            }
            needed
        });
        Self { graph, places, needed: programs.collect() }
    }

    /// What is told of a module in a chunk.
    pub fn input(&self, chunk: &Chunk, id: ModuleId, bytes: usize) -> Value {
        let modules = self.graph.graph();
        let needed = self.needed[chunk.program].get(&id).map(Vec::as_slice).unwrap_or_default();
        let by: Vec<Value> = needed.iter().map(|need| self.need(need)).collect();
        let mut input = json!({ "bytesInOutput": bytes, "neededBy": by });
        let part = self.graph.program(chunk).module(id);
        if part.is_some_and(|part| has_own_effects(modules.module(id), part)) {
            input["hasEffects"] = json!(true);
        }
        if let Some(roots) = self.graph.program(chunk).unneeded.get(&id) {
            input["neededFor"] = json!(self.told(chunk, roots));
        }
        input
    }

    /// Where evaluation may start that loads a chunk: entries, and what `import()` asks for.
    pub fn roots(&self, chunk: &Chunk) -> Vec<Value> {
        self.told(chunk, &chunk.entry_points)
    }

    fn told(&self, chunk: &Chunk, some: &[usize]) -> Vec<Value> {
        let roots = &self.graph.program(chunk).entry_points;
        let told = |root: &EntryPoint| {
            let kind = match root {
                EntryPoint::Static(static_entry) if static_entry.kind == EntryKind::Worker => {
                    "worker"
                }
                EntryPoint::Static(_) => "entry",
                EntryPoint::Dynamic(_) => "dynamic-import",
            };
            json!({ "path": self.graph.graph().module(root.module()).key, "kind": kind })
        };
        some.iter().map(|root| told(&roots[*root])).collect()
    }

    fn need(&self, need: &InclusionReason) -> Value {
        let mut steps = need.way.iter().map(|ask| self.ask(ask));
        let mut told = steps.next().unwrap_or_default();
        told["names"] = json!(need.names);
        let through: Vec<Value> = steps.collect();
        if !through.is_empty() {
            told["through"] = json!(through);
        }
        told
    }

    fn ask(&self, ask: &Ask) -> Value {
        let module = self.graph.graph().module(ask.by);
        let request = &module.record.requests[ask.request.0 as usize];
        let mut told =
            json!({ "path": module.key, "kind": kind(&request.kind).unwrap_or("runtime-helper") });
        place(module, ask.span, self.places, &mut told);
        told
    }
}

/// Adds where something stands, and the line: not where the text was made up.
pub(super) fn place(module: &Module, span: Span, places: &Places, told: &mut Value) {
    let Some(label) = places.in_a_file(module.label(span)).filter(|_| span.end > span.start) else {
        return;
    };
    let text = &label.source.text;
    let Some(before) = text.get(..label.span.start as usize) else { return };
    let at = Place::default().after(before);
    told["line"] = json!(at.line + 1);
    told["column"] = json!(at.column + 1);
    let start = last_line(before);
    let line = text[start..].lines().next().unwrap_or_default();
    told["text"] = json!(shortened(line, before.len() - start));
}

/// What stands around a place in a line: the line may be all of a minified file.
fn shortened(line: &str, at: usize) -> String {
    if line.len() <= LONGEST {
        return line.trim().to_owned();
    }
    let start = line.floor_char_boundary(at.saturating_sub(LONGEST / 2));
    let end = line.floor_char_boundary(start + LONGEST);
    let (before, after) =
        (if start > 0 { "…" } else { "" }, if end < line.len() { "…" } else { "" });
    format!("{before}{}{after}", line[start..end].trim())
}
