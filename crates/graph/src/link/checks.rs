//! Diagnostics of linking: names that do not exist, names that two modules export, `await` where
//! the output cannot wait, and values that are read before they exist. All of them are reported at
//! once.

use bundle_base::{Config, Diagnostic, Diagnostics, Span, config::Format};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    link::{
        EntryKind, ExportMode, Exports, Group, LinkedModule, Resolved, StaticEntry, StyleOrder,
    },
    messages,
    module::{Module, ModuleGraph, ModuleId, Target},
    plan::Wrap,
    record::{RequestIndex, RequestKind, SymbolKind},
};

mod imports; // imported names

pub(super) use imports::imports;

/// The input of the checks of one program.
pub(super) struct Scope<'a, 'g> {
    pub(super) exports: &'a Exports<'g>,
    pub(super) modules: &'a [Option<LinkedModule>],
    /// Per entry point, the modules that run when it is evaluated, in this order.
    pub(super) orders: &'a [Vec<ModuleId>],
    /// The static entries, which are the first entry points.
    pub(super) entries: &'a [StaticEntry],
    pub(super) config: &'a Config,
}

impl<'g> Scope<'_, 'g> {
    fn graph(&self) -> &'g ModuleGraph {
        self.exports.graph()
    }

    fn linked_module(&self, id: ModuleId) -> Option<(ModuleId, &'g Module, &LinkedModule)> {
        Some((id, self.graph().module(id), self.modules[id.index()].as_ref()?))
    }

    fn included(&self) -> impl Iterator<Item = (ModuleId, &'g Module, &LinkedModule)> {
        (0..self.modules.len()).filter_map(|index| self.linked_module(ModuleId::from_index(index)))
    }
}

/// Checks one program: top-level await, `require` of asynchronous modules, externals in workers,
/// and values that are read too early.
pub(super) fn program(scope: &Scope<'_, '_>, log: &mut Diagnostics) {
    for (id, module, linked) in scope.included() {
        let holds_up = |entry: &StaticEntry| {
            !may_run_later(module, entry, scope)
                && super::evaluation_order::static_closure(entry.module, scope.graph())
                    .contains(&id)
        };
        if let Some(found) = &module.record.top_level_await
            && !scope.graph().can_await
            && scope.entries.iter().any(holds_up)
        {
            awaits_too_early(id, module, found.span, scope, log);
        }
        required_async(scope, module, log);
        if scope.entries.iter().any(|static_entry| static_entry.kind == EntryKind::Worker) {
            read_in_worker(scope, id, linked, log);
        }
    }
    for order in scope.orders {
        early_reads(order, scope, log);
    }
    // A lazy module that is loaded later runs in an order of its own, which begins at that module.
    let is_loaded_later = |linked_module: &LinkedModule| {
        linked_module.wrap == Wrap::Lazy
            && (linked_module.needs_require || linked_module.needs_import)
    };
    for (id, ..) in scope.included().filter(|(.., linked_module)| is_loaded_later(linked_module)) {
        early_reads(&super::evaluation_order::static_closure(id, scope.graph()), scope, log);
    }
}

/// Whether an entry may finish after its script, as in webpack: nothing reads its exports,
/// and it only awaits a WebAssembly file.
fn may_run_later(module: &Module, entry: &StaticEntry, scope: &Scope<'_, '_>) -> bool {
    module.is_wasm_instance()
        && entry.export_mode == ExportMode::None
        && scope.config.output.format != Format::Cjs
}

/// Reports a module that awaits while an entry runs. For a WebAssembly file, which has no text, it
/// points at the first import of the file.
fn awaits_too_early(
    id: ModuleId,
    module: &Module,
    at: Span,
    scope: &Scope<'_, '_>,
    log: &mut Diagnostics,
) {
    let format = match scope.config.output.format {
        Format::Esm => "an ES module for this target",
        Format::Iife => "a classic script (iife)",
        Format::Cjs => "CommonJS",
    };
    let imports = |importer: &Module| {
        let mut leads = importer.record.requests.iter().zip(&importer.targets);
        leads.find_map(|(request, to)| {
            let imports_module = request.kind == RequestKind::Import && to.module() == Some(id);
            imports_module.then(|| importer.label(request.span))
        })
    };
    let importer = || scope.included().find_map(|(_, importer, _)| imports(importer));
    log.push(match importer().filter(|_| module.is_wasm_instance()) {
        Some(label) => messages::wasm_in_script(label, format),
        None => messages::top_level_await(module.label(at), format),
    });
}

/// Reports externals that a worker reads: page globals exist on the page only, and the import map
/// of a page does not apply to its workers.
fn read_in_worker(
    scope: &Scope<'_, '_>,
    id: ModuleId,
    linked: &LinkedModule,
    log: &mut Diagnostics,
) {
    let module = scope.graph().module(id);
    let worker = scope.entries.first().map_or(id, |static_entry| static_entry.module);
    let live: FxHashSet<RequestIndex> = super::live_requests(module, linked).collect();
    for (index, (request, target)) in (0..).zip(module.record.requests.iter().zip(&module.targets))
    {
        let Target::External(to) = target else { continue };
        // A request by a call counts only if the call is kept.
        if request.kind != RequestKind::Import && !live.contains(&RequestIndex(index)) {
            continue;
        }
        let external = scope.graph().external(*to);
        let key = &scope.graph().module(worker).key;
        let label = module.label(request.span);
        match scope.config.output.format {
            Format::Esm if is_address(&external.specifier) => {}
            Format::Esm => {
                log.push(messages::bare_specifier_in_worker(label, &external.specifier, key));
            }
            Format::Iife | Format::Cjs => {
                let global = external.global.as_deref().unwrap_or(&external.specifier);
                log.push(messages::page_global_in_worker(label, global, key));
            }
        }
    }
}

/// Whether a browser can load a specifier without an import map.
fn is_address(specifier: &str) -> bool {
    specifier.contains("://") || ["/", "./", "../"].iter().any(|start| specifier.starts_with(start))
}

fn required_async(scope: &Scope<'_, '_>, module: &Module, log: &mut Diagnostics) {
    for (index, request) in module.record.requests.iter().enumerate() {
        let index = RequestIndex(u32::try_from(index).expect("fewer than four billion requests"));
        let (RequestKind::Require, Target::Module(to)) = (&request.kind, module.target(index))
        else {
            continue;
        };
        let is_async = scope.modules[to.index()].as_ref().is_some_and(|m| m.is_async);
        let Some((awaiting, span)) = is_async.then(|| awaiting(scope.graph(), *to)).flatten()
        else {
            continue;
        };
        let of = &scope.graph().module(*to).key;
        log.push(messages::require_of_async(module.label(request.span), of, awaiting.label(span)));
    }
}

/// Returns the first module with a top-level await among `start` and what it imports.
fn awaiting(graph: &ModuleGraph, start: ModuleId) -> Option<(&Module, bundle_base::Span)> {
    let order = super::evaluation_order::static_closure(start, graph);
    order
        .into_iter()
        .map(|id| graph.module(id))
        .find_map(|m| Some((m, m.record.top_level_await.as_ref()?.span)))
}

/// Reports values that are read before they exist. `order`: the modules in the order in which they
/// run.
fn early_reads(order: &[ModuleId], scope: &Scope<'_, '_>, log: &mut Diagnostics) {
    let position: FxHashMap<ModuleId, usize> =
        order.iter().enumerate().map(|(i, id)| (*id, i)).collect();
    let mut ids = order.to_vec();
    ids.sort_unstable();
    for (id, module, linked) in ids.into_iter().filter_map(|id| scope.linked_module(id)) {
        let own = &position[&id];
        let live = module.record.statements.iter().zip(&linked.live).filter(|(_, live)| **live);
        for (symbol, span) in live.flat_map(|(s, _)| &s.eager_reads) {
            let Some(Some(Resolved::Symbol(declared))) = linked.resolved.get(symbol.0 as usize)
            else {
                continue;
            };
            if position.get(&declared.module).is_none_or(|theirs| theirs <= own) {
                continue;
            }
            let importee = scope.graph().module(declared.module);
            let found = &importee.record.symbols[declared.symbol.0 as usize];
            if found.kind == SymbolKind::Function {
                continue;
            }
            // `order` is the order in the output. A lazy module runs its imports first, so a read
            // is early only if the declaring module imports the reader, directly or not.
            if path(scope.graph(), declared.module, id).len() < 2 {
                continue;
            }
            let name = &module.record.symbols[symbol.0 as usize].name;
            let cycle = cycle(scope.graph(), id, declared.module);
            let labels = (module.label(*span), importee.label(found.span));
            log.push(messages::read_before_initialisation(labels.0, name, labels.1, &cycle));
        }
    }
}

/// Reports stylesheets that ship together although the entry points that need them evaluate them in
/// different orders: the output has one order.
/// `output`: the order that it has.
pub(super) fn style_orders(
    groups: &[Group],
    output: &StyleOrder,
    scope: &Scope<'_, '_>,
    log: &mut Diagnostics,
) {
    // Everything that the only entry needs is on the page before anything that it loads.
    let is_there =
        |group: &Group| scope.entries.len() == 1 && group.entry_points.first() == Some(&0);
    for group in groups.iter().filter(|group| !is_there(group)) {
        let is_style = |id: &&ModuleId| scope.graph().module(**id).is_style();
        let stylesheets: FxHashSet<ModuleId> =
            group.modules.iter().filter(is_style).copied().collect();
        if stylesheets.len() < 2 || group.entry_points.len() < 2 {
            continue;
        }
        let [first, others @ ..] = group.entry_points.as_slice() else { continue };
        for other in others {
            let order = scope.orders[*other].iter().filter(|id| stylesheets.contains(id));
            if let Some((later, earlier)) = moved(order, output, scope.graph()) {
                let chain = |entry_point: usize, stylesheet: ModuleId| {
                    let chain = path(
                        scope.graph(),
                        scope.orders[entry_point].last().copied().unwrap_or(stylesheet),
                        stylesheet,
                    );
                    if chain.len() < 2 { vec![stylesheet] } else { chain }
                };
                let chains = [chain(*first, earlier), chain(*other, later)];
                log.push(style_order(scope.graph(), (earlier, later), &chains));
                break;
            }
        }
    }
}

/// Returns two stylesheets of `order` that the output has in reverse: first the one that the output
/// has later. Confined stylesheets are not compared with each other: each applies to its own
/// component only.
pub(super) fn moved<'o>(
    order: impl Iterator<Item = &'o ModuleId>,
    output: &StyleOrder,
    graph: &ModuleGraph,
) -> Option<(ModuleId, ModuleId)> {
    let (mut last, mut last_for_all) = (None, None);
    for id in order {
        let is_confined = graph.module(*id).is_confined;
        let (place, before) = (output.place(*id), if is_confined { last_for_all } else { last });
        if let Some((_, later)) = before.filter(|before| *before > place) {
            return Some((later, *id));
        }
        last = last.max(Some(place));
        last_for_all = if is_confined { last_for_all } else { last_for_all.max(Some(place)) };
    }
    None
}

/// Makes the diagnostic with the import chain that puts each stylesheet first.
fn style_order(
    graph: &ModuleGraph,
    stylesheets: (ModuleId, ModuleId),
    chains: &[Vec<ModuleId>; 2],
) -> Diagnostic {
    // The parts of a component have its name, and a query of ours.
    let name = |id: ModuleId| {
        let name = graph.module(id).source.name.as_str();
        name.split_once('?').map_or(name, |(file, _)| file)
    };
    let shown = |chain: &Vec<ModuleId>| {
        let mut names: Vec<String> = chain.iter().map(|id| name(*id).to_owned()).collect();
        names.dedup();
        let at = chain
            .len()
            .checked_sub(2)
            .and_then(|at| graph.module(chain[at]).request_label(chain[at + 1]));
        let is_of_a_package =
            chain.first().is_some_and(|id| graph.module(*id).source.is_of_a_package());
        messages::StyleChain { names, at, is_of_a_package }
    };
    messages::style_order([name(stylesheets.0), name(stylesheets.1)], &chains.each_ref().map(shown))
}

/// Returns the shortest import chain from `from` to `to` and back to `from`, as keys.
fn cycle(graph: &ModuleGraph, from: ModuleId, to: ModuleId) -> Vec<String> {
    let mut chain = path(graph, from, to);
    chain.extend(path(graph, to, from).into_iter().skip(1));
    chain.into_iter().map(|id| graph.module(id).key.to_string()).collect()
}

/// Returns the shortest import chain from a module to another one; only `to` if there is none.
fn path(graph: &ModuleGraph, from: ModuleId, to: ModuleId) -> Vec<ModuleId> {
    let mut came_from: FxHashMap<ModuleId, ModuleId> = FxHashMap::default();
    let mut queue = std::collections::VecDeque::from([from]);
    while let Some(id) = queue.pop_front() {
        for next in graph.module(id).static_targets() {
            if next != from && !came_from.contains_key(&next) {
                came_from.insert(next, id);
                queue.push_back(next);
            }
        }
        if came_from.contains_key(&to) {
            break;
        }
    }
    let mut chain = vec![to];
    let mut at = to;
    while let Some(previous) = came_from.get(&at) {
        chain.push(*previous);
        at = *previous;
    }
    chain.reverse();
    chain
}
