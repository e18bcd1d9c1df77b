//! Why each module is in its output, for the metafile: the modules that import it, with lines and
//! names. Computed only if a metafile is requested.

use bundle_base::{
    Span,
    place::{Place, last_line},
};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph},
    link::{
        EntryKind, EntryPoint, Exports,
        inclusion_reasons::{InclusionReason, RequestSite, has_own_effects, needs},
    },
    module::{Module, ModuleId},
    record::RequestKind,
};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use crate::scan::PartOrigins;

/// The most bytes of a line that are reported.
const LONGEST: usize = 120;

/// The inclusion reasons of all modules, in every program.
pub(super) struct Reasons<'b, 'g, 'l> {
    graph: &'b ChunkGraph<'l, 'g>,
    part_origins: &'b PartOrigins,
    /// Per program: the reasons by the module that is needed, in the order of its importers.
    needed: Vec<FxHashMap<ModuleId, Vec<InclusionReason>>>,
}

impl<'b, 'g, 'l> Reasons<'b, 'g, 'l> {
    /// Collects the reasons from all modules that linking kept.
    pub fn of(graph: &'b ChunkGraph<'l, 'g>, part_origins: &'b PartOrigins) -> Self {
        let exports = Exports::new(graph.graph());
        let programs = graph.linked.programs.iter().map(|program| {
            let mut needed: FxHashMap<ModuleId, Vec<InclusionReason>> = FxHashMap::default();
            for need in program.iter().flat_map(|(id, _)| needs(id, program, &exports)) {
                needed.entry(need.of).or_default().push(need);
            }
            needed
        });
        Self { graph, part_origins, needed: programs.collect() }
    }

    /// Returns the metafile's `inputs` value for a module in a chunk.
    pub fn input(&self, chunk: &Chunk, id: ModuleId, bytes: usize) -> Value {
        let modules = self.graph.graph();
        let needed = self.needed[chunk.program].get(&id).map(Vec::as_slice).unwrap_or_default();
        let by: Vec<Value> = needed.iter().map(|need| self.need(need)).collect();
        let mut input = json!({ "bytesInOutput": bytes, "neededBy": by });
        let linked = self.graph.program(chunk).module(id);
        if linked.is_some_and(|m| has_own_effects(modules.module(id), m)) {
            input["hasEffects"] = json!(true);
        }
        if let Some(roots) = self.graph.program(chunk).unneeded.get(&id) {
            input["neededFor"] = json!(self.entry_points(chunk, roots));
        }
        input
    }

    /// Returns the entry points that load a chunk: static entries, and targets of `import()`.
    pub fn roots(&self, chunk: &Chunk) -> Vec<Value> {
        self.entry_points(chunk, &chunk.entry_points)
    }

    fn entry_points(&self, chunk: &Chunk, indices: &[usize]) -> Vec<Value> {
        let roots = &self.graph.program(chunk).entry_points;
        let to_json = |root: &EntryPoint| {
            let kind = match root {
                EntryPoint::Static(static_entry) if static_entry.kind == EntryKind::Worker => {
                    "worker"
                }
                EntryPoint::Static(_) => "entry",
                EntryPoint::Dynamic(_) => "dynamic-import",
            };
            json!({ "path": self.graph.graph().module(root.module()).key, "kind": kind })
        };
        indices.iter().map(|root| to_json(&roots[*root])).collect()
    }

    fn need(&self, need: &InclusionReason) -> Value {
        let mut steps = need.path.iter().map(|site| self.site(site));
        let mut reason = steps.next().unwrap_or_default();
        reason["names"] = json!(need.names);
        let through: Vec<Value> = steps.collect();
        if !through.is_empty() {
            reason["through"] = json!(through);
        }
        reason
    }

    fn site(&self, site: &RequestSite) -> Value {
        let module = self.graph.graph().module(site.by);
        let request = &module.record.requests[site.request.0 as usize];
        let mut import =
            json!({ "path": module.key, "kind": kind(&request.kind).unwrap_or("runtime-helper") });
        add_place(module, site.span, self.part_origins, &mut import);
        import
    }
}

/// Adds line, column and text of a place to `object`, unless the text was generated.
pub(super) fn add_place(
    module: &Module,
    span: Span,
    part_origins: &PartOrigins,
    object: &mut Value,
) {
    let Some(label) = part_origins.in_a_file(module.label(span)).filter(|_| span.end > span.start)
    else {
        return;
    };
    let text = &label.source.text;
    let Some(before) = text.get(..label.span.start as usize) else { return };
    let at = Place::default().after(before);
    object["line"] = json!(at.line + 1);
    object["column"] = json!(at.column + 1);
    let start = last_line(before);
    let line = text[start..].lines().next().unwrap_or_default();
    object["text"] = json!(shortened(line, before.len() - start));
}

/// Returns at most `LONGEST` bytes of a line, with a place in the middle: the line may be a whole
/// minified file.
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

/// Returns the metafile's word for a kind of request; `None` for helpers of our own runtime.
pub(super) fn kind(kind: &RequestKind) -> Option<&'static str> {
    Some(match kind {
        RequestKind::Import => "import-statement",
        RequestKind::Dynamic => "dynamic-import",
        RequestKind::Require => "require-call",
        RequestKind::RequireResolve => "require-resolve",
        RequestKind::Context(_) => "require-context",
        RequestKind::Glob(_) => "import-glob",
        RequestKind::Url => "new-url",
        RequestKind::Worker => "new-worker",
        RequestKind::Polyfill => "polyfill",
        RequestKind::Runtime => return None,
    })
}
