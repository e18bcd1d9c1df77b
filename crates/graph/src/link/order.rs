//! Who runs when. ECMAScript evaluates a module after everything it imports, depth first, in the order of its requests,
//! each once (16.2.1.5.3 Evaluate); a module already on the stack is not waited for. All walks are loops: import chains
//! may be thousands deep.

use crate::{
    link::LinkedModule,
    module::{ModuleGraph, ModuleId},
    plan::Wrap,
};

/// Post-order over static imports from `start`. `enter` says whether a module's own imports are walked.
pub(super) fn post_order(start: ModuleId, graph: &ModuleGraph, enter: impl Fn(ModuleId) -> bool) -> Vec<ModuleId> {
    post_order_of(vec![start], graph, enter)
}

fn post_order_of(roots: Vec<ModuleId>, graph: &ModuleGraph, enter: impl Fn(ModuleId) -> bool) -> Vec<ModuleId> {
    let mut seen = vec![false; graph.modules.len()];
    let mut order = Vec::new();
    let mut stack: Vec<(Option<ModuleId>, std::vec::IntoIter<ModuleId>)> = vec![(None, roots.into_iter())];
    while let Some((module, rest)) = stack.last_mut() {
        let Some(next) = rest.next() else {
            order.extend(*module);
            stack.pop();
            continue;
        };
        if std::mem::replace(&mut seen[next.index()], true) {
            continue;
        }
        let imports = if enter(next) { graph.module(next).static_targets().collect() } else { Vec::new() };
        stack.push((Some(next), imports.into_iter()));
    }
    order
}

/// Everything that evaluating `start` evaluates before `start` itself returns, CommonJS modules as leaves.
pub(super) fn static_closure(start: ModuleId, graph: &ModuleGraph) -> Vec<ModuleId> {
    post_order(start, graph, |id| !graph.module(id).is_commonjs())
}

/// The top level of the chunk: walks through hoisted modules and through those that were left out (their imports may
/// have stayed), and stops at wrapped ones: these run their own imports, in their own order.
pub(super) fn sequence(start: ModuleId, graph: &ModuleGraph, modules: &[Option<LinkedModule>]) -> Vec<ModuleId> {
    let enter = |id: ModuleId| !graph.module(id).is_commonjs() && is_transparent(modules, id, true);
    included(post_order(start, graph, enter), modules)
}

/// What a lazily run module runs before its own statements.
pub(super) fn prologue(module: ModuleId, graph: &ModuleGraph, modules: &[Option<LinkedModule>]) -> Vec<ModuleId> {
    let roots = graph.module(module).static_targets().collect();
    let enter = |id: ModuleId| id != module && !graph.module(id).is_commonjs() && is_transparent(modules, id, false);
    let mut order = included(post_order_of(roots, graph, enter), modules);
    order.retain(|id| *id != module && modules[id.index()].as_ref().is_some_and(|m| m.wrap != Wrap::Hoisted));
    order
}

fn is_transparent(modules: &[Option<LinkedModule>], id: ModuleId, through_hoisted: bool) -> bool {
    match &modules[id.index()] {
        None => true,
        Some(module) => through_hoisted && module.wrap == Wrap::Hoisted,
    }
}

fn included(mut order: Vec<ModuleId>, modules: &[Option<LinkedModule>]) -> Vec<ModuleId> {
    order.retain(|id| modules[id.index()].is_some());
    order
}
