//! Chooses the final names of a chunk, which go into the slots of its rendered modules.
//! docs/design/slots-and-renaming.md has a worked example.

use std::sync::Arc;

use bundle_base::{
    Config, FxIndexMap, FxIndexSet,
    config::{Charset, Format, Minify},
};
use bundle_graph::{
    chunk::{
        Chunk, ChunkGraph, Named, binding_of,
        names::{Mentions, preferred, settle, settle_short},
        star_source,
    },
    link::{ExportLookup, Exports, Resolved, Step},
    module::{ModuleId, Target},
    plan::Wrap,
};
use bundle_js::RenderedModule;
use rustc_hash::FxHashMap;

use super::{
    moved_functions::{self, Moved},
    slots::{self, Numbers, Slots},
};
use crate::{memo::Rendered, text};

/// Functions of the runtime that glue calls within wrapped modules.
const RUNTIME: [&str; 5] =
    ["default_of", "import_star", "namespace", "namespace_dynamic", "page_global"];

/// The input for choosing the names of a chunk.
pub(super) struct Printer<'a, 'e> {
    pub config: &'a Config,
    pub chunk: &'a Chunk,
    pub graph: &'a ChunkGraph<'a, 'a>,
    pub modules: &'a FxHashMap<ModuleId, Arc<Rendered>>,
    pub exports: &'e Exports<'a>,
}

impl<'a> Printer<'a, '_> {
    /// Returns the final names of a chunk, the numbers that its slots have among them, and the
    /// functions that move to their only mention and need no name.
    pub fn names(&self) -> (FxIndexMap<Named, String>, Numbers, Moved) {
        // A registered module has a scope of its own.
        let hoisted = self.modules.iter().filter(|(_, rendered)| rendered.registered.is_none());
        let mut in_order: Vec<(ModuleId, &RenderedModule)> =
            hoisted.map(|(id, rendered)| (*id, &rendered.module)).collect();
        in_order.sort_unstable_by_key(|(id, _)| *id);
        let mut names = self.chunk.links.names.clone();
        for (id, module) in &in_order {
            names.extend((0..module.lifted).map(|number| Named::Lifted(*id, number)));
        }
        let slots = Slots::new(names, &in_order, self.chunk, self.graph);
        let written = |index: usize| self.written(slots.name(index));
        let mut moved = Moved::default();
        // Evaluated code sees all names of the chunk, and may mean a global by a short one.
        let has_eval =
            in_order.iter().any(|(id, _)| self.graph.graph().module(*id).record.has_eval);
        let settled = if has_eval || self.config.output.minify == Minify::No {
            let mentions = self.mentions(&slots, &moved, &in_order);
            settle(slots.own().map(|name| preferred(name, self.graph)), written, &mentions)
        } else {
            let mut uses = uses_in_pieces(&slots, &in_order);
            moved = moved_functions::find(&in_order, self.chunk, &slots, &uses);
            let mentions = self.mentions(&slots, &moved, &in_order);
            for number in moved.keys() {
                uses[*number] = 0;
            }
            self.count_glue(&slots, &mut uses);
            settle_short(&uses, written, &mentions)
        };
        let is_ascii = self.config.script.charset == Charset::Ascii;
        let spelled =
            settled.into_iter().map(|name| if is_ascii { text::ascii_name(&name) } else { name });
        let (names, numbers) = slots.into_parts();
        (names.zip(spelled).collect(), numbers, moved)
    }

    /// The name that code of `eval` may ask for.
    fn written(&self, named: &Named) -> Option<String> {
        let Named::Symbol(symbol) = named else { return None };
        let has_eval = self.graph.graph().module(symbol.module).record.has_eval;
        has_eval.then(|| preferred(named, self.graph))
    }

    fn mentions(
        &self,
        slots: &Slots,
        moved: &Moved,
        in_order: &[(ModuleId, &'a RenderedModule)],
    ) -> Mentions<'a> {
        let globals =
            in_order.iter().flat_map(|(_, module)| module.globals.iter().map(String::as_str));
        // Parameters of the function in which Node wraps a CommonJS file.
        let of_node =
            ["__filename", "__dirname"].into_iter().filter(|_| self.graph.format == Format::Cjs);
        let mut mentions = Mentions::new(slots.own().len(), globals.chain(of_node).collect());
        // Names of other chunks are properties of these.
        let is_chunk = |(_, named): &(usize, &Named)| matches!(named, Named::Chunk(_));
        let chunks: Vec<usize> =
            slots.own().enumerate().filter(is_chunk).map(|(index, _)| index).collect();
        let in_moved = moved_functions::mentioned(moved, in_order, slots);
        for (id, module) in in_order {
            for scope in &module.scopes {
                let own = scope.slots.iter().map(|slot| slots.in_scope(*id, *slot));
                let with_moved = own.flat_map(|number| {
                    let more = in_moved.get(&number).into_iter().flatten();
                    std::iter::once(number).chain(more.copied())
                });
                mentions.add(&scope.names, with_moved);
            }
            // A module that is not wrapped, or whose wrapper has no names, hides nothing.
            if module.wrapper.is_empty() {
                continue;
            }
            let own = self.mentioned_in_wrapper(*id);
            let own = own.iter().filter_map(|named| slots.find(named));
            let known: FxIndexSet<usize> = own.chain(chunks.iter().copied()).collect();
            mentions.add(&module.wrapper, known.into_iter());
        }
        mentions
    }

    /// Returns what the glue at the beginning of a wrapped module's function may mention: the
    /// modules that it runs first, their values, and its own namespace.
    fn mentioned_in_wrapper(&self, id: ModuleId) -> Vec<Named> {
        let linked =
            self.graph.linked_module(id, self.chunk).expect("a chunk's modules are in its program");
        if linked.wrap == Wrap::Hoisted {
            return Vec::new();
        }
        let mut found = Vec::new();
        for step in &linked.prologue {
            match *step {
                Step::Module(id) => {
                    found.extend([Named::Init(id), Named::Require(id), Named::Exports(id)]);
                    found.extend([Named::Default(id)]);
                    found
                        .extend([false, true].map(|of_node| Named::CommonJsNamespace(id, of_node)));
                }
                Step::External(id) => {
                    found.extend([Named::External(id), Named::ExternalDefault(id)]);
                    found
                        .extend([false, true].map(|of_node| Named::ExternalNamespace(id, of_node)));
                }
            }
        }
        let stars = self.exports.dynamic_stars(id);
        if linked.needs_namespace && !stars.is_empty() {
            found.push(Named::Namespace(id));
            let exported = linked.exported.iter();
            found.extend(exported.filter_map(|(_, what)| binding_of(what, self.graph.format).1));
            found.extend(stars.iter().filter_map(|target| match target {
                Target::Module(of) => Some(Named::Exports(*of)),
                Target::External(of) => Some(star_source(*of, self.graph.format)),
                Target::Missing | Target::Text(_) | Target::None => None,
            }));
        }
        if !found.is_empty() {
            found.extend(RUNTIME.iter().filter_map(|function| self.runtime(function)));
        }
        found
    }

    /// Returns the symbol of a function of the interop runtime, if the program has the runtime.
    fn runtime(&self, function: &str) -> Option<Named> {
        match self.exports.export(self.graph.graph().interop?, function) {
            ExportLookup::Yes(Resolved::Symbol(symbol)) => Some(Named::Symbol(symbol)),
            ExportLookup::Yes(_) | ExportLookup::No | ExportLookup::Circular => None,
        }
    }

    /// Adds about how often the glue between modules writes each name.
    fn count_glue(&self, slots: &Slots, uses: &mut [usize]) {
        let mut count = |named: &Named| {
            if let Some(index) = slots.find(named) {
                uses[index] += 1;
            }
        };
        for (_, linked) in self.graph.program(self.chunk).iter() {
            let exported = linked
                .exported
                .iter()
                .filter_map(|(_, resolved)| binding_of(resolved, self.graph.format).1);
            exported.for_each(|named| count(&named));
        }
        for named in slots.own() {
            if !matches!(named, Named::Symbol(_) | Named::Lifted(..)) {
                count(named);
            }
            let function = match named {
                Named::Require(_) => "commonjs",
                Named::Init(_) => "lazy",
                Named::Namespace(_) => "namespace",
                Named::Default(_) | Named::ExternalDefault(_) => "default_of",
                Named::CommonJsNamespace(..) | Named::ExternalNamespace(..) => "import_star",
                Named::External(_) => "page_global",
                Named::Symbol(_)
                | Named::Lifted(..)
                | Named::Import(..)
                | Named::Exports(_)
                | Named::ExternalRequire(_)
                | Named::ExternalImport(..)
                | Named::ExternalName(..)
                | Named::Load(..)
                | Named::Chunk(_)
                | Named::Loader
                | Named::Registry
                | Named::Modules => continue,
            };
            let interop =
                self.graph.graph().interop.map(|interop| self.exports.export(interop, function));
            if let Some(ExportLookup::Yes(Resolved::Symbol(symbol))) = interop {
                count(&Named::Symbol(symbol));
            }
        }
    }
}

/// Counts how often the pieces of modules write each name.
fn uses_in_pieces(slots: &Slots, in_order: &[(ModuleId, &RenderedModule)]) -> Vec<usize> {
    let mut uses = vec![0; slots.own().len()];
    for (id, module) in in_order {
        for slot in module.pieces().flat_map(|piece| &piece.slots) {
            uses[slots.in_scope(*id, slot.slot)] += 1;
        }
    }
    uses
}

/// Adds the names of symbols that other chunks define.
pub(super) fn name_properties(
    names: &mut FxIndexMap<Named, String>,
    chunk: &Chunk,
    graph: &ChunkGraph<'_, '_>,
) {
    for (named, home, key) in slots::properties(chunk, graph) {
        let property = text::member(&names[&Named::Chunk(home)], key);
        names.insert(named.clone(), property);
    }
}
