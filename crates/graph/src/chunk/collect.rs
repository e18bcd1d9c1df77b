//! The names that modules add to the scope of a chunk: those that they declare, those that their
//! imports refer to, and those of the functions that their requests call.

use bundle_base::{FxIndexSet, config::Format};

use super::{
    Named, binding_of,
    model::Linked,
    requests::{is_live_request, of_request},
};
use crate::{
    link::{Exports, LinkedGraph, LinkedModule, Program, Resolved, names_public_path},
    module::{ExternalId, ModuleGraph, ModuleId, SymbolRef, Target},
    plan::Wrap,
    record::{RequestIndex, RequestKind},
};

/// Adds every name that the modules of a chunk need in its scope. If two prefer the same name, the
/// earlier one gets it; our own runtime comes last. `is_loaded_later`: whether `import()` of a
/// module has to load another chunk.
pub(super) fn names(
    chunk: &mut Linked<'_>,
    exports: &Exports<'_>,
    linked: &LinkedGraph<'_>,
    format: Format,
    is_loaded_later: impl Fn(ModuleId) -> bool,
) {
    let program = &linked.programs[chunk.program];
    let names = &mut chunk.links.names;
    for &id in chunk.group.modules.iter().chain(&chunk.links.runtime) {
        let linked_module = program.module(id).expect("a chunk's modules are in its program");
        declared(id, linked_module, linked, names);
        let members = linked_module.members.iter().map(|m| &m.resolved);
        let exported = linked_module.exported.iter().map(|(_, resolved)| resolved);
        let exported = exported
            .filter(|resolved| linked_module.needs_namespace || !is_reexported(resolved, format));
        references(
            linked_module.resolved.iter().flatten().chain(members).chain(exported),
            format,
            names,
        );
        calls(id, linked_module, linked, format, &is_loaded_later, names);
    }
    star_sources(&chunk.group.modules, exports, program, format, names);
}

/// Whether an export of an external is re-exported by an export declaration, without a name in the
/// scope (esm): `export { a } from "external"`.
pub fn is_reexported(resolved: &Resolved, format: Format) -> bool {
    matches!(resolved, Resolved::External(interop) if format == Format::Esm && interop.is_property)
}

/// Whether modules of a chunk import an external that the page has. It is read although
/// they may use no name of it: `import "external"`.
pub(super) fn reads_globals(chunk: &Linked<'_>, graph: &ModuleGraph, format: Format) -> bool {
    let modules = chunk.group.modules.iter().map(|id| graph.module(*id));
    let mut requests = modules.flat_map(|one| one.record.requests.iter().zip(&one.targets));
    format != Format::Esm
        && requests.any(|(request, target)| match target {
            Target::External(id) => {
                request.kind == RequestKind::Import && graph.external(*id).global.is_some()
            }
            Target::Module(_) | Target::Missing | Target::Text(_) | Target::None => false,
        })
}

/// Adds the names that a module declares in the scope of the chunk.
pub(super) fn declared(
    id: ModuleId,
    linked_module: &LinkedModule,
    linked: &LinkedGraph<'_>,
    names: &mut FxIndexSet<Named>,
) {
    let module = linked.graph.module(id);
    if linked_module.wrap != Wrap::CommonJs {
        for (statement, _) in
            module.record.statements.iter().zip(&linked_module.live).filter(|(_, live)| **live)
        {
            names.extend(
                statement
                    .declares
                    .iter()
                    .map(|&symbol| Named::Symbol(SymbolRef { module: id, symbol })),
            );
        }
    }
    match linked_module.wrap {
        Wrap::CommonJs => drop(names.insert(Named::Require(id))),
        Wrap::Lazy => drop(names.insert(Named::Init(id))),
        Wrap::Hoisted => {}
    }
    if linked_module.needs_namespace {
        names.insert(Named::Namespace(id));
    }
}

/// Adds the names of the chunk's scope that resolved names refer to.
pub(super) fn references<'r>(
    all: impl Iterator<Item = &'r Resolved>,
    format: Format,
    names: &mut FxIndexSet<Named>,
) {
    for resolved in all {
        let (_, referenced) = binding_of(resolved, format);
        match &referenced {
            Some(Named::Default(of) | Named::CommonJsNamespace(of, _)) => {
                names.insert(Named::Exports(*of));
            }
            Some(Named::ExternalDefault(of)) => drop(names.insert(Named::External(*of))),
            Some(Named::ExternalNamespace(of, _)) if format != Format::Esm => {
                names.insert(Named::External(*of));
            }
            _ => {}
        }
        names.extend(referenced);
    }
}

/// Adds the names that requests inside live statements need.
fn calls(
    id: ModuleId,
    linked_module: &LinkedModule,
    linked: &LinkedGraph<'_>,
    format: Format,
    is_loaded_later: &impl Fn(ModuleId) -> bool,
    names: &mut FxIndexSet<Named>,
) {
    let module = linked.graph.module(id);
    if names_public_path(module, linked.graph) {
        names.insert(Named::Loader);
    }
    for (index, request) in module.record.requests.iter().enumerate() {
        let index = RequestIndex(u32::try_from(index).expect("fewer than four billion requests"));
        let stays_a_call =
            format != Format::Iife && matches!(module.target(index), Target::External(_));
        if is_live_request(module, linked_module, index)
            && !(stays_a_call && (format == Format::Esm || request.kind == RequestKind::Require))
        {
            names.extend(of_request(request, module.target(index), id, linked, is_loaded_later));
        }
    }
}

/// Returns the name from which `export *` of an external reads its values: in esm output, the
/// namespace that an import declaration binds.
pub fn star_source(external: ExternalId, format: Format) -> Named {
    match format {
        Format::Esm => Named::ExternalNamespace(external, false),
        Format::Iife | Format::Cjs => Named::External(external),
    }
}

/// Adds the names from which `export *` of CommonJS modules and externals read their values.
fn star_sources(
    modules: &[ModuleId],
    exports: &Exports<'_>,
    program: &Program,
    format: Format,
    names: &mut FxIndexSet<Named>,
) {
    for id in modules.iter().filter(|id| program.module(**id).is_some_and(|m| m.needs_namespace)) {
        names.extend(exports.dynamic_stars(*id).into_iter().filter_map(|target| match target {
            Target::Module(of) => Some(Named::Exports(of)),
            Target::External(of) => Some(star_source(of, format)),
            Target::Missing | Target::Text(_) | Target::None => None,
        }));
    }
}
