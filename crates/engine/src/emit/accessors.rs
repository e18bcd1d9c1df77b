//! Functions that return the values of `require` and `import()`, where a CommonJS module's own
//! function does not: ES modules as objects, namespaces as values of promises, and externals, which
//! are read when they are requested, not before.

use bundle_graph::{chunk::Named, link::ExportLookup, module::ModuleId, plan::Wrap};

use super::{chunks, glue::Scope};

/// Returns the body of the function that a name refers to; `None` if the name is not such a
/// function.
pub(super) fn body(named: &Named, scope: &Scope<'_>) -> Option<String> {
    match named {
        Named::Require(id) if scope.module(*id).is_commonjs() => None,
        Named::Require(id) if scope.module(*id).is_data => {
            Some(run_first(*id, &default_value(*id, scope), scope))
        }
        Named::Require(id) => {
            let namespace = scope.name(&Named::Namespace(*id));
            Some(run_first(*id, &format!("{}({namespace})", scope.runtime("to_commonjs")), scope))
        }
        Named::Import(id, is_node) if scope.module(*id).is_commonjs() => {
            let raw = scope.name(&Named::Require(*id));
            Some(format!("return {}({raw}(), {is_node});", scope.runtime("to_namespace")))
        }
        Named::Import(id, _) => Some(run_first(*id, scope.name(&Named::Namespace(*id)), scope)),
        Named::ExternalRequire(id) => Some(format!("return {};", scope.external_value(*id))),
        Named::ExternalImport(id, is_node) => Some(format!(
            "return {}({}, {is_node});",
            scope.runtime("to_namespace"),
            scope.external_value(*id)
        )),
        // The first importer that runs the module assigns its exports to their variables.
        Named::Init(id) if scope.module(*id).is_commonjs() => {
            Some(scope.commonjs_values(*id).join(" "))
        }
        Named::Load(id, is_node) => Some(chunks::load(*id, *is_node, scope)),
        Named::Symbol(_)
        | Named::Namespace(_)
        | Named::Init(_)
        | Named::Exports(_)
        | Named::Default(_)
        | Named::CommonJsNamespace(..)
        | Named::External(_)
        | Named::ExternalDefault(_)
        | Named::ExternalNamespace(..)
        | Named::ExternalName(..)
        | Named::Lifted(..)
        | Named::Chunk(_)
        | Named::Loader
        | Named::Registry
        | Named::Modules => None,
    }
}

/// Returns statements that run a module, if it has not run, and return a value.
fn run_first(id: ModuleId, value: &str, scope: &Scope<'_>) -> String {
    let linked = scope.linked_module(id);
    let init = || scope.name(&Named::Init(id));
    match (linked.wrap, linked.is_async) {
        (Wrap::Lazy, true) => {
            format!("return {}().then(function () {{ return {value}; }});", init())
        }
        (Wrap::Lazy, false) => format!("{}(); return {value};", init()),
        (Wrap::Hoisted | Wrap::CommonJs, _) => format!("return {value};"),
    }
}

fn default_value(id: ModuleId, scope: &Scope<'_>) -> String {
    match scope.exports.export(id, "default") {
        ExportLookup::Yes(resolved) => scope.expression(&resolved),
        ExportLookup::No | ExportLookup::Circular => "void 0".to_owned(),
    }
}
