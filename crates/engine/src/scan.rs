//! Scanning: entries → `ModuleGraph`. Everything is read, parsed and resolved here. Each file is
//! loaded by one task, which starts when the first importer is found. Tasks share the table of
//! modules already reached, and caches of answers. Nodes that the previous scan left are walked
//! without a task. Tasks return their results, and one owner merges these into the memo tables.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostic, Diagnostics,
    config::{Format, ModulesForm, Polyfills, Rule, Styles},
    fs::FileSystem,
};
use bundle_graph::{
    module::{Module, ModuleGraph, ModuleId, Target},
    record::{Request, RequestKind},
};
use bundle_resolve::Rules;
use camino::Utf8Path;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    Counts,
    loaders::finds_itself,
    memo::{Memo, NodeId},
    messages,
};

mod answers; // the answers of the resolver
mod assemble; // nodes in any order -> ModuleGraph
mod assets; // the assets that modules refer to
mod babel; // Babel's own plugins of the project
mod confined; // whether a stylesheet affects only its own component
mod context; // `require.context`, and requests with an expression
mod copies; // the files of the key `copy`
mod edited; // a scan after an edit that changed only the bodies of modules
mod empty; // entries without contents
mod following; // the module whose requests are followed
mod glob; // `import.meta.glob`
mod import_pattern; // imports of all files that a pattern means
mod later_requires; // modules of chunks that are required later
mod loader_resolver; // the resolver, as loaders call it
mod manual_chunks; // which manual chunk claims a module
mod model; // Scan: the result of a scan
mod node; // a loaded module, before modules are ordered
mod origin; // where the text of a module comes from
mod part_origins; // where the texts of parts were copied from
mod plugin_hooks; // calls the hooks of plugins
mod read_once; // the file system of one scan
mod requests; // where the requests of a module lead
mod sprites; // imports of all SVG files that a pattern means
mod state; // what the tasks of a scan share
mod synthetic; // modules that are not files
mod task; // loads and analyses one module, and resolves its requests
mod tasks; // runs the tasks and merges their results
mod wasm; // what an import of a WebAssembly file requests

pub(crate) use assets::Assets;
pub(crate) use edited::{Edited, edited};
pub(crate) use loader_resolver::LoaderResolver;
pub(crate) use model::{Copy, Scan, UsedEntries};
pub(crate) use node::Node;
pub(crate) use origin::Origin;
pub(crate) use part_origins::PartOrigins;
pub(crate) use state::ScanInput;
use state::{Reached, ScanState};
use tasks::ScanResult;

/// Scans from every entry, and merges the results into the memo tables.
pub(crate) fn run(input: ScanInput<'_>, memo: &mut Memo, log: &mut Diagnostics) -> Scan {
    let ScanInput { config, is_last, .. } = input;
    let nodes = std::mem::take(&mut memo.nodes);
    let reached = Reached { nodes, ..Reached::default() };
    let mut shared = ScanState::of(input, memo, Vec::new(), reached);
    // The entries as the user wrote them, by node; only those whose file has another name.
    let mut linked = FxHashMap::default();
    let mut answers = Vec::new();
    for entry in &config.entries {
        match task::entry(entry, &shared, &mut answers) {
            Ok(origin) => {
                let is_linked = !entry.path.ends_with(origin.name());
                let id = shared.id(origin);
                if is_linked {
                    linked.insert(id, entry.specifier.clone());
                }
                shared.entries.push(id);
            }
            Err(diagnostic) => log.push(*diagnostic),
        }
    }
    let first = runtime(shared.config)
        .map(|origin| shared.id(origin))
        .chain(shared.entries.iter().copied())
        .collect();
    rayon::scope_fifo(|scope| tasks::start(first, &shared, scope));
    let entries = std::mem::take(&mut shared.entries);
    let mut made = tasks::finish(shared, log);
    let counts = tasks::merge(memo, &mut made, is_last);
    let ScanResult { reached, copies, are_copies_without_diagnostics, .. } = made;
    let mut scan = assemble::assemble(&entries, &linked, &reached, config, log);
    if !log.has_errors() {
        log.extend(empty::entries(&mut scan));
    }
    if config.script.polyfills == Polyfills::Usage {
        log.extend(missing_polyfill(&scan.graph, || installed_core_js(&config.project, input.fs)));
    }
    log.extend(injected_address(&scan, config));
    let unused = unused_rules(&scan.graph, config);
    (scan.copies, scan.are_copies_without_diagnostics) =
        (copies, are_copies_without_diagnostics && unused.is_empty());
    // Modules with errors may import what the rules are for.
    if !log.has_errors() {
        log.extend(unused);
    }
    scan.counts = Counts { modules: scan.graph.modules.len(), ..counts };
    memo.nodes = reached.nodes;
    let lasting = |node: &Option<Arc<Node>>| node.clone().filter(|node| node.is_reusable);
    memo.nodes.known = reached.found.iter().map(lasting).collect();
    let has_unresolved =
        |node: &Option<Arc<Node>>| node.as_ref().is_some_and(|node| node.has_unresolved);
    let ids = (0..).map(NodeId).zip(&reached.found);
    memo.nodes.missing = ids.filter(|(_, node)| has_unresolved(node)).map(|(id, _)| id).collect();
    let made_of = &mut scan.made_of;
    (made_of.nodes, made_of.entries, made_of.answers) = (reached.found, entries, answers);
    scan
}

/// Returns a diagnostic for each of the configuration's `rules` that applies to no file. A rule for
/// all files of a kind, such as `*.svg` or `*.{png,jpg}`, may wait for the first of them.
fn unused_rules(graph: &ModuleGraph, config: &Config) -> Vec<Diagnostic> {
    let written = &config.resolve.rules;
    if written.is_empty() {
        return Vec::new();
    }
    let rules = Rules::of(&config.resolve);
    let with_query = graph.modules.iter().filter(|module| module.key.contains('?'));
    let used: FxHashSet<usize> =
        with_query.filter_map(|module| rules.position(&module.key)).collect();
    // What stylesheets publish is not in the graph.
    let has_styles = graph.modules.iter().any(Module::is_style);
    let may_be_published =
        |rule: &Rule| has_styles && ["?inline", "?url"].contains(&rule.query.as_str());
    let is_of_kind = |rule: &Rule| {
        let kind = rule.written.strip_prefix("*.").unwrap_or_default();
        !kind.is_empty() && kind.chars().all(|c| c.is_alphanumeric() || "{,}".contains(c))
    };
    let unused = (0..).zip(written).filter(|(position, rule)| {
        !used.contains(position) && !may_be_published(rule) && !is_of_kind(rule)
    });
    unused.map(|(_, rule)| messages::unused_rule(&rule.written)).collect()
}

/// Returns the version of the core-js that the project installs.
fn installed_core_js(project: &Utf8Path, fs: &Arc<dyn FileSystem>) -> Option<String> {
    let mut files =
        project.ancestors().map(|folder| folder.join("node_modules/core-js/package.json"));
    let bytes = files.find_map(|file| fs.read(&file).ok())?;
    let package: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
    Some(package.get("version")?.as_str()?.to_owned())
}

/// Returns a diagnostic about the first polyfill that is missing. One is enough: the others are in
/// the same package. `installed`: the version of the package.
fn missing_polyfill(
    graph: &ModuleGraph,
    installed: impl Fn() -> Option<String>,
) -> Option<Diagnostic> {
    graph.modules.iter().find_map(|module| {
        let mut requests = module.record.requests.iter().zip(&module.targets);
        let is_missing = |request: &Request, target: &Target| {
            request.kind == RequestKind::Polyfill && matches!(target, Target::Missing)
        };
        let (request, _) = requests.find(|(request, target)| is_missing(request, target))?;
        let (label, specifier) = (module.label(request.span), &request.specifier);
        Some(match installed() {
            Some(version) => messages::polyfill_not_in_version(label, specifier, &version),
            None => messages::polyfill_not_installed(label, specifier),
        })
    })
}

/// Returns a diagnostic about the first stylesheet that a script injects although it refers to a
/// file, if the script is an ES module that does not know its own address.
fn injected_address(scan: &Scan, config: &Config) -> Option<Diagnostic> {
    let output = &config.output;
    let is_known = output.format == Format::Iife || !output.public_path.is_empty();
    if output.styles != Styles::Inject || is_known || finds_itself(config) {
        return None;
    }
    let refers = |id: &ModuleId| {
        !scan.assets.of_stylesheets[id.index()].is_empty() && !scan.graph.entries.contains(id)
    };
    let (id, module) = scan.graph.iter().find(|(id, _)| refers(id))?;
    let file = scan.assets.get(scan.assets.of_stylesheets[id.index()][0]);
    Some(messages::injected_address(&module.key, &file.name))
}

/// Returns the modules of our runtime that glue code may call in this configuration.
fn runtime(config: &Config) -> impl Iterator<Item = Origin> {
    let meets_on_a_page = config.output.is_split() && config.output.format == Format::Iife;
    let is_registry = config.output.modules == ModulesForm::Registry;
    let loader = meets_on_a_page.then_some(bundle_js::runtime::CHUNKS);
    // A hot update may load scripts, so each entry of a registry can.
    let without_loads =
        (meets_on_a_page && !is_registry).then_some(bundle_js::runtime::CHUNKS_WITHOUT_LOADS);
    let registry = is_registry.then_some(bundle_js::runtime::REGISTRY);
    std::iter::once(bundle_js::runtime::INTEROP)
        .chain(loader)
        .chain(without_loads)
        .chain(registry)
        .map(Origin::Runtime)
}
