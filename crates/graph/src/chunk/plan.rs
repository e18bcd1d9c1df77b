//! Makes the `RenderPlan` of a module: what linking decided about it, in a form that rendering
//! understands without knowing the program. And the reverse: which name each slot of the rendered
//! text is for.

use bundle_base::config::{Format, ModulesForm};

use super::{
    Chunk, ChunkGraph, Named, binding_of, registry,
    requests::{call, of_request},
};
use crate::{
    link::Resolved,
    module::{ModuleId, SymbolRef},
    plan::{Binding, MemberBinding, RenderPlan, Wrap},
    record::{RequestIndex, SymbolIndex},
};

/// Makes the render plan of a module in a chunk.
pub fn plan(id: ModuleId, chunk: &Chunk, graph: &ChunkGraph<'_, '_>) -> RenderPlan {
    let format = graph.format;
    let module = graph.graph().module(id);
    let linked = graph.linked_module(id, chunk).expect("a chunk's modules are in its program");
    let is_registered = graph.form == ModulesForm::Registry && !module.is_runtime();
    let cross_module_symbols = chunk.cross_module_symbols.as_ref().map(|of_chunk| {
        let symbols = (0..module.record.symbols.len()).map(symbol_index);
        let is_exported =
            |symbol| module.record.exports.iter().any(|export| export.symbol == symbol);
        let is_cross_module = |symbol: &SymbolIndex| {
            if is_registered {
                is_exported(*symbol)
            } else {
                of_chunk.symbols.contains(&SymbolRef { module: id, symbol: *symbol })
            }
        };
        symbols.filter(is_cross_module).collect()
    });
    let (wrap, live) = (linked.wrap, linked.live.clone());
    if is_registered {
        let registry::Parts { bindings, members, calls, registered } =
            registry::parts(id, linked, chunk, graph);
        // Three levels: the table of modules, the function that encloses the module, and the one
        // that runs it.
        let indent = if chunk.cross_module_symbols.is_some() { 0 } else { 3 };
        let registered = Some(Box::new(registered));
        let dead = Vec::new();
        return RenderPlan {
            wrap,
            live,
            dead,
            bindings,
            members,
            calls,
            indent,
            cross_module_symbols,
            registered,
        };
    }
    let own = |index: usize| module.record.symbols[index].kind.is_own();
    let bound = |resolved: &Resolved| match binding_of(resolved, format) {
        (Binding::Name, Some(named))
            if format != Format::Esm && graph.foreign(&named, chunk).is_some() =>
        {
            Binding::Property
        }
        (binding, _) => binding,
    };
    let binding = |index: usize| match &linked.resolved[index] {
        Some(resolved) => bound(resolved),
        None if own(index) => Binding::Name,
        None => Binding::Missing,
    };
    let member = |member: &crate::link::Member| MemberBinding {
        symbol: member.symbol,
        path: member.path.clone(),
        binding: bound(&member.resolved),
    };
    let branches = &module.record.branches;
    let dead = linked.dead.iter().map(|branch| &branches[branch.0 as usize]);
    RenderPlan {
        wrap,
        live,
        dead: dead
            .filter(|it| !it.outer.is_some_and(|outer| linked.is_dead(outer)))
            .map(|branch| (branch.place, branch.runs_if))
            .collect(),
        bindings: (0..module.record.symbols.len()).map(binding).collect(),
        members: linked.members.iter().map(member).collect(),
        calls: (0..module.record.requests.len())
            .map(|r| call(module, linked, r, chunk, graph))
            .collect(),
        indent: if chunk.cross_module_symbols.is_some() {
            0
        } else {
            indent(id, chunk, wrap, format)
        },
        cross_module_symbols,
        registered: None,
    }
}

fn symbol_index(index: usize) -> SymbolIndex {
    SymbolIndex(u32::try_from(index).expect("fewer than four billion symbols"))
}

/// Returns the name that belongs in a slot of a module's rendered text; `None` if the slot is not
/// used.
pub fn slot(id: ModuleId, slot: u32, chunk: &Chunk, graph: &ChunkGraph<'_, '_>) -> Option<Named> {
    let format = graph.format;
    let module = graph.graph().module(id);
    let linked = graph.linked_module(id, chunk)?;
    let (symbols, requests) = (module.record.symbols.len(), module.record.requests.len());
    let slot = slot as usize;
    if slot < symbols {
        return match &linked.resolved[slot] {
            Some(resolved) => binding_of(resolved, format).1,
            None => Some(Named::Symbol(SymbolRef {
                module: id,
                symbol: SymbolIndex(u32::try_from(slot).ok()?),
            })),
        };
    }
    if slot < symbols + requests {
        let request = RequestIndex(u32::try_from(slot - symbols).ok()?);
        let is_loaded_later = |of| chunk.loads(of);
        let asked = &module.record.requests[slot - symbols];
        return of_request(asked, module.target(request), id, graph.linked, is_loaded_later);
    }
    let member = slot - symbols - requests;
    match linked.members.get(member) {
        Some(member) => binding_of(&member.resolved, format).1,
        None => Some(Named::Lifted(id, u32::try_from(member - linked.members.len()).ok()?)),
    }
}

/// Returns the indentation in levels: one for each function that encloses the text.
fn indent(id: ModuleId, chunk: &Chunk, wrap: Wrap, format: Format) -> u32 {
    let file = u32::from(format == Format::Iife);
    if chunk.links.loader == Some(id) {
        return file;
    }
    let in_outer_layer =
        chunk.links.runtime.contains(&id) || chunk.layers.sloppy.binary_search(&id).is_ok();
    let layer = u32::from(chunk.has_sloppy_layer() && !in_outer_layer);
    let has_function = wrap != Wrap::Hoisted && chunk.bare_script() != Some(id);
    file + layer + u32::from(has_function)
}
