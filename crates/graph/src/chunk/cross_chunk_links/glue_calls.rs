//! The functions of our own runtime that the glue of a chunk calls.

use bundle_base::{FxIndexSet, config::Format};

use super::Sharing;
use crate::{
    chunk::{Named, collect, model::Linked},
    link::{ExportLookup, ExportMode, Resolved},
    plan::Wrap,
};

impl Sharing<'_, '_, '_> {
    /// Returns the functions of our runtime that the glue of a chunk calls.
    pub(super) fn runtime_calls(&self, chunk: &Linked<'_>) -> Vec<Named> {
        let graph = self.linked.graph;
        let mut called: FxIndexSet<&'static str> = FxIndexSet::default();
        for named in &chunk.links.names {
            let is_own =
                named.module().is_none_or(|id| self.home(id, chunk.program) == Some(chunk.id));
            called.extend(if is_own { self.functions_of(chunk.program, named) } else { &[] });
        }
        let static_entry = chunk.group.static_entry.filter(|e| {
            e.export_mode == ExportMode::Object && !graph.module(e.module).is_commonjs()
        });
        called.extend(static_entry.map(|_| "to_commonjs"));
        let reads_globals = collect::reads_globals(chunk, graph, self.format);
        called.extend(reads_globals.then_some("page_global"));
        let symbol = |name: &str| match self.exports.export(graph.interop?, name) {
            ExportLookup::Yes(Resolved::Symbol(symbol)) => Some(Named::Symbol(symbol)),
            ExportLookup::Yes(_) | ExportLookup::No | ExportLookup::Circular => None,
        };
        called.into_iter().filter_map(symbol).collect()
    }

    /// Returns the functions of our runtime that the glue of a name calls.
    fn functions_of(&self, program: usize, named: &Named) -> &'static [&'static str] {
        let graph = self.linked.graph;
        let is_esm = self.format == Format::Esm;
        match named {
            Named::Namespace(id) if self.exports.dynamic_stars(*id).is_empty() => &["namespace"],
            Named::Namespace(_) => &["namespace_dynamic"],
            Named::Init(id) => match self.linked.programs[program].module(*id) {
                Some(linked_module) if linked_module.wrap == Wrap::CommonJs => &[],
                Some(linked_module) if linked_module.is_async => &["lazy_async"],
                Some(_) | None => &["lazy"],
            },
            Named::Require(id)
                if self.linked.programs[program].module(*id).is_some_and(|m| m.is_script) =>
            {
                &[]
            }
            Named::Require(id) if graph.module(*id).is_commonjs() => &["commonjs"],
            Named::Require(id) if !graph.module(*id).is_data => &["to_commonjs"],
            Named::Import(id, _) if graph.module(*id).is_commonjs() => &["to_namespace"],
            Named::Default(_) => &["default_of"],
            Named::ExternalDefault(_) if !is_esm => &["default_of"],
            Named::ExternalImport(id, _) if graph.external(*id).global.is_some() => {
                &["to_namespace", "page_global"]
            }
            Named::ExternalImport(..) => &["to_namespace"],
            Named::CommonJsNamespace(..) => &["import_star"],
            Named::ExternalNamespace(..) if !is_esm => &["import_star"],
            Named::External(id) | Named::ExternalRequire(id)
                if graph.external(*id).global.is_some() =>
            {
                &["page_global"]
            }
            Named::Symbol(_)
            | Named::Require(_)
            | Named::Import(..)
            | Named::Exports(_)
            | Named::External(_)
            | Named::ExternalRequire(_)
            | Named::ExternalDefault(_)
            | Named::ExternalNamespace(..)
            | Named::ExternalName(..)
            | Named::Lifted(..)
            | Named::Load(..)
            | Named::Chunk(_)
            | Named::Loader
            | Named::Registry
            | Named::Modules => &[],
        }
    }
}
