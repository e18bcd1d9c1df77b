//! Linking for a registry: every module is a function under its key, and runs when asked. What of a module is unused stays:
//! its text then depends on few others, and a rebuild touches little. Modules that are imported for nothing and may have no effects are
//! left out all the same.

use bundle_base::{Config, Diagnostics};

use crate::{
    link::{Entrance, Exports, Group, LinkedModule, Program, Root, Step, checks, live, order, reach, wrap},
    module::{ModuleGraph, ModuleId},
    plan::Wrap,
};

/// Functions of `bundle:runtime/interop` that a registry calls.
const CALLED: &[&str] = &["default_of", "page_global", "to_commonjs", "to_namespace"];

/// Links some entries as one program.
pub(super) fn link(entrances: &[Entrance], exports: &Exports<'_>, config: &Config, log: &mut Diagnostics) -> Program {
    let graph = exports.graph();
    let mut modules = live::mark_all(entrances, exports);
    wrap_all(graph, &mut modules);
    let (roots, groups, orders) = if config.output.splitting {
        let reach = reach::Reach::of(entrances, exports, &modules);
        let groups = reach.groups(graph).groups;
        let orders = (0..reach.roots.len()).map(|root| reach.evaluation_order(root, graph)).collect();
        (reach.roots, groups, orders)
    } else {
        let [entrance] = entrances else { unreachable!("without splitting each entry is a program") };
        let included = |id: &ModuleId| modules[id.index()].is_some();
        let ids = (0..modules.len()).map(ModuleId::from_index);
        let own = ids.filter(|id| included(id) && !graph.module(*id).is_runtime()).collect();
        let (imports, sequence) = (Vec::new(), vec![Step::Module(entrance.module)]);
        let group = Group { entrance: Some(*entrance), roots: vec![0], modules: own, imports, sequence };
        let mut order = order::static_closure(entrance.module, graph);
        order.retain(included);
        (vec![Root::Entry(*entrance)], vec![group], vec![order])
    };
    let scope = checks::Scope { exports, modules: &modules, orders: &orders, entries: entrances.len(), config };
    checks::program(&scope, log);
    Program { modules, roots, groups }
}

/// Every module runs when asked; our own runtime is there before.
fn wrap_all(graph: &ModuleGraph, modules: &mut [Option<LinkedModule>]) {
    for (module, linked) in graph.modules.iter().zip(&mut *modules) {
        if let Some(linked) = linked.as_mut().filter(|_| !module.is_commonjs() && !module.is_runtime()) {
            linked.wrap = Wrap::Lazy;
        }
    }
    wrap::mark_async(graph, modules);
    wrap::prologues(graph, modules, |_, _| true);
}

/// The functions of our runtime that a registry calls, by module.
pub(super) fn called(graph: &ModuleGraph) -> Vec<(ModuleId, &'static str)> {
    let interop = graph.interop.into_iter().flat_map(|id| CALLED.iter().map(move |name| (id, *name)));
    let registry = graph.registry.map(|id| (id, "registry"));
    interop.chain(registry).chain(graph.chunk_loader.map(|id| (id, "install"))).collect()
}
