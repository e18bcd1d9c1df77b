//! Tests of linking over graphs that are written as a few lines of text.
//!
//! `main -> a, b   a => c   b ~> c   c!cjs` means: main imports a and b, a requires c, b imports c
//! dynamically, c is CommonJS. `a *> w`: a starts w as a worker. A clause of names alone sets the
//! order of ids, which otherwise is the order of first mention. Every ES module declares `x`,
//! exports it, and mentions every name that it imports; `!pure` has no effects of its own.

use std::sync::Arc;

use bundle_base::{Source, Span};

use super::{
    EntryKind, ExportMode, LinkedModule, Program, StaticEntry, Step, chunk_assignment,
    evaluation_order, execution_order, tree_shaking, workers, wrap,
};
use crate::{
    link::{ExportLookup, Exports, Resolved, model::ProgramModules},
    module::{Module, ModuleGraph, ModuleId, Target},
    plan::Wrap,
    record::{
        ChunkOptions, CommonJsUses, Effects, Export, Import, ImportName, ModuleRecord, Request,
        RequestIndex, RequestKind, SourceFormat, Statement, Symbol, SymbolIndex, SymbolKind,
        SymbolUse,
    },
};

/// A graph under construction.
#[derive(Default)]
struct Sketch {
    names: Vec<String>,
    edges: Vec<(usize, usize, RequestKind)>,
    commonjs: Vec<usize>,
    pure: Vec<usize>,
}

impl Sketch {
    fn id(&mut self, name: &str) -> usize {
        self.names.iter().position(|n| n == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        })
    }

    fn read(text: &str) -> Self {
        let mut sketch = Self::default();
        for clause in text.split("   ").map(str::trim).filter(|c| !c.is_empty()) {
            if let Some((name, mark)) = clause.split_once('!') {
                let id = sketch.id(name);
                if mark == "cjs" {
                    sketch.commonjs.push(id);
                } else {
                    sketch.pure.push(id);
                }
                continue;
            }
            let arrows = [
                ("->", RequestKind::Import),
                ("=>", RequestKind::Require),
                ("~>", RequestKind::Dynamic),
                ("*>", RequestKind::Worker),
            ];
            let Some((arrow, kind)) = arrows.into_iter().find(|(a, _)| clause.contains(a)) else {
                for name in clause.split_whitespace() {
                    sketch.id(name);
                }
                continue;
            };
            let (from, to) = clause.split_once(arrow).expect("two sides");
            let from = sketch.id(from.trim());
            for name in to.split(',') {
                let to = sketch.id(name.trim());
                sketch.edges.push((from, to, kind.clone()));
            }
        }
        sketch
    }

    fn module(&self, id: usize) -> Module {
        let edges: Vec<_> = self.edges.iter().filter(|(from, ..)| *from == id).collect();
        let is_commonjs = self.commonjs.contains(&id);
        let mut record = empty(is_commonjs);
        record.symbols.push(symbol("x", SymbolKind::Lexical));
        if !is_commonjs {
            record.exports.push(Export {
                name: "x".to_owned(),
                symbol: SymbolIndex(0),
                span: Span::default(),
            });
        }
        let own = Effects::Any;
        let declares = Statement {
            declares: vec![SymbolIndex(0)],
            effects: if self.pure.contains(&id) { Effects::None } else { own },
            ..Statement::default()
        };
        record.statements.push(declares);
        for (index, (_, to, kind)) in edges.iter().enumerate() {
            let request = RequestIndex(u32::try_from(index).expect("small"));
            record.requests.push(request_for(&self.names[*to], kind.clone()));
            let mut statement = Statement { effects: Effects::Any, ..Statement::default() };
            if *kind == RequestKind::Import {
                let local = SymbolIndex(u32::try_from(record.symbols.len()).expect("small"));
                record.symbols.push(symbol(&self.names[*to], SymbolKind::Imported));
                let name = ImportName::Named("x".to_owned());
                record.imports.push(Import { symbol: local, request, name, span: Span::default() });
                statement.uses.push(SymbolUse {
                    symbol: local,
                    members: Vec::new(),
                    is_whole: true,
                    span: Span::default(),
                    may_be_type: false,
                    branches: Vec::new(),
                });
            } else {
                statement.requests.push(request);
            }
            record.statements.push(statement);
        }
        Module {
            key: self.names[id].as_str().into(),
            record: Arc::new(record),
            source: Source::new(&self.names[id], &self.names[id], ""),
            targets: edges
                .iter()
                .map(|(_, to, _)| Target::Module(ModuleId::from_index(*to)))
                .collect(),
            has_side_effects: !self.pure.contains(&id),
            is_node_esm: false,
            is_data: false,
            address: None,
            style_bytes: 0,
            is_confined: false,
            manual_chunk: None,
            private_to: None,
            is_typescript: false,
        }
    }
}

fn empty(is_commonjs: bool) -> ModuleRecord {
    ModuleRecord {
        format: if is_commonjs { SourceFormat::CommonJs } else { SourceFormat::Esm },
        is_strict: !is_commonjs,
        has_eval: false,
        requests: Vec::new(),
        symbols: Vec::new(),
        imports: Vec::new(),
        exports: Vec::new(),
        stars: Vec::new(),
        statements: Vec::new(),
        constants: Vec::new(),
        objects: Vec::new(),
        branches: Vec::new(),
        top_level_await: None,
        commonjs: CommonJsUses::default(),
        commonjs_exports: Vec::new(),
        diagnostics: Vec::new(),
    }
}

fn symbol(name: &str, kind: SymbolKind) -> Symbol {
    Symbol { name: name.to_owned(), span: Span::default(), kind, is_reassigned: false }
}

fn request_for(specifier: &str, kind: RequestKind) -> Request {
    Request {
        specifier: specifier.to_owned(),
        kind,
        span: Span::default(),
        is_optional: false,
        attribute: None,
        chunk_options: ChunkOptions::default(),
    }
}

fn graph(text: &str) -> ModuleGraph {
    let sketch = Sketch::read(text);
    ModuleGraph {
        modules: (0..sketch.names.len()).map(|id| sketch.module(id)).collect(),
        entries: vec![ModuleId(0)],
        ..ModuleGraph::default()
    }
}

fn static_entry(entry: usize, graph: &ModuleGraph) -> StaticEntry {
    StaticEntry {
        kind: EntryKind::Configured(entry),
        module: graph.entries[entry],
        export_mode: ExportMode::None,
    }
}

fn linked(graph: &ModuleGraph) -> Vec<Option<LinkedModule>> {
    let mut modules = tree_shaking::mark(&[static_entry(0, graph)], &Exports::new(graph), None);
    wrap::decide(ModuleId(0), graph, &mut modules);
    modules
}

fn names(steps: &[Step], graph: &ModuleGraph) -> String {
    let name = |step: &Step| match step {
        Step::Module(id) => graph.module(*id).key.to_string(),
        Step::External(id) => graph.external(*id).specifier.clone(),
    };
    steps.iter().map(name).collect::<Vec<_>>().join(" ")
}

/// Returns what runs at the top level, in order; wrapped modules are written as calls.
fn sequence(text: &str) -> String {
    let graph = graph(text);
    let modules = linked(&graph);
    names(
        &evaluation_order::sequence(
            ModuleId(0),
            ProgramModules { graph: &graph, linked: &modules },
        ),
        &graph,
    )
}

/// Returns the lazy modules, each with its prologue.
fn lazy(text: &str) -> String {
    let graph = graph(text);
    let modules = linked(&graph);
    let lazy = graph.iter().filter_map(|(id, module)| {
        let linked = modules[id.index()].as_ref().filter(|m| m.wrap == Wrap::Lazy)?;
        Some(format!("{}({})", module.key, names(&linked.prologue, &graph)))
    });
    lazy.collect::<Vec<_>>().join(" ")
}

/// Returns the scripts of several entries: the modules of each, after the scripts that it imports;
/// wrapped modules in brackets.
fn scripts(entries: &[&str], text: &str) -> String {
    let mut graph = graph(text);
    let position = |name: &&str| {
        graph.modules.iter().position(|module| *module.key == **name).expect("a module")
    };
    graph.entries = entries.iter().map(|name| ModuleId::from_index(position(name))).collect();
    let static_entries: Vec<StaticEntry> =
        (0..entries.len()).map(|entry| static_entry(entry, &graph)).collect();
    let exports = Exports::new(&graph);
    let mut modules = tree_shaking::mark(&static_entries, &exports, None);
    wrap::decide_split(&graph, &mut modules, bundle_base::config::Format::Iife);
    let assignment = chunk_assignment::ChunkAssignment::of(
        &static_entries,
        &exports,
        &modules,
        &chunk_assignment::Options {
            first_manual_chunk: 0,
            manual_chunks: &[],
            format: bundle_base::config::Format::Iife,
            merging: None,
        },
    );
    let groups = execution_order::settle(&assignment, &graph, &mut modules);
    let name = |id: &ModuleId| match modules[id.index()].as_ref().map(|m| m.wrap) {
        Some(Wrap::Lazy) => format!("({})", graph.module(*id).key),
        Some(Wrap::Hoisted | Wrap::CommonJs) | None => graph.module(*id).key.to_string(),
    };
    let script = |(index, group): (usize, &super::Group)| {
        let modules: Vec<String> = group.modules.iter().map(name).collect();
        let imports: Vec<String> = group.imports.iter().map(ToString::to_string).collect();
        format!("{index}[{}]: {}", imports.join(" "), modules.join(" "))
    };
    groups.iter().enumerate().map(script).collect::<Vec<_>>().join("   ")
}

#[test]
fn what_the_same_entries_need_ships_together() {
    let text = "w y x a z b   a -> y, x   b -> y, z   y -> w";
    assert_eq!(scripts(&["a", "b"], text), "0[2]: x a   1[2]: z b   2[]: w y");
}

#[test]
fn a_shared_module_that_would_run_too_early_is_wrapped() {
    assert_eq!(
        scripts(&["a", "b"], "x y a b   a -> x, y   b -> y"),
        "0[2]: x a   1[2]: b   2[]: (y)"
    );
    assert_eq!(
        scripts(&["a", "b"], "y x a b   a -> y, x   b -> y"),
        "0[2]: x a   1[2]: b   2[]: y"
    );
}

#[test]
fn a_shared_module_without_effects_may_run_early() {
    assert_eq!(
        scripts(&["a", "b"], "x y a b   a -> x, y   b -> y   y!pure"),
        "0[2]: x a   1[2]: b   2[]: y"
    );
}

#[test]
fn entries_that_disagree_on_the_order_call_what_they_share() {
    assert_eq!(
        scripts(&["a", "b"], "x y a b   a -> x, y   b -> y, x"),
        "0[2]: a   1[2]: b   2[]: (x) (y)"
    );
}

#[test]
fn an_entry_that_another_one_imports_is_in_a_shared_script() {
    assert_eq!(scripts(&["a", "b"], "x b a   a -> b   b -> x"), "0[2]: a   1[2]:    2[]: x b");
}

#[test]
fn what_is_imported_dynamically_has_a_script_of_its_own() {
    let text = "x a z page   a -> x   a ~> page   page -> x, z";
    assert_eq!(scripts(&["a"], text), "0[1]: a   1[]: x   2[1]: z page");
}

#[test]
fn a_diamond_runs_each_module_once_and_dependencies_first() {
    assert_eq!(sequence("main -> a, b   a -> c   b -> c"), "c a b main");
}

#[test]
fn a_cycle_starts_where_it_is_entered() {
    assert_eq!(sequence("main -> a   a -> b   b -> a"), "b a main");
    assert_eq!(sequence("main -> b   b -> a   a -> b"), "a b main");
}

#[test]
fn commonjs_is_called_where_its_importer_has_it() {
    assert_eq!(sequence("main -> a, c, b   c!cjs   c => d   d!cjs"), "a c b main");
}

#[test]
fn what_require_asks_for_is_lazy_with_everything_it_imports() {
    let text = "main -> c   c!cjs   c => a   a -> b";
    assert_eq!(lazy(text), "a(b) b()");
    assert_eq!(sequence(text), "c main");
}

#[test]
fn a_lazy_module_that_is_also_imported_is_called_in_order() {
    let text = "main -> p, a, c   a -> b   c!cjs   c => a";
    assert_eq!(lazy(text), "a(b) b()");
    assert_eq!(sequence(text), "p a c main");
}

#[test]
fn a_cycle_of_lazy_modules_is_left_to_its_first_module() {
    let text = "main -> c, a   c!cjs   c => a   a -> b   b -> a";
    assert_eq!(lazy(text), "a(b) b(a)");
    assert_eq!(sequence(text), "c a main");
}

#[test]
fn a_dynamic_import_is_lazy_but_what_ran_at_start_stays_hoisted() {
    let text = "main -> shared   main ~> page   page -> shared, own";
    assert_eq!(lazy(text), "page(own) own()");
    assert_eq!(sequence(text), "shared main");
}

#[test]
fn a_dynamic_import_of_what_runs_anyway_wraps_nothing() {
    assert_eq!(lazy("main -> a   main ~> a"), "");
}

/// Returns the modules of every program: those of the entries, then those of the workers.
fn programs(text: &str) -> String {
    let graph = graph(text);
    let exports = Exports::new(&graph);
    let single = |static_entry: StaticEntry| {
        Program::new(
            tree_shaking::mark(&[static_entry], &exports, None),
            Vec::new(),
            Vec::new(),
            false,
        )
    };
    let mut programs = vec![single(static_entry(0, &graph))];
    workers(&mut programs, &graph, single);
    let names = |program: &Program| {
        let names = program.iter().map(|(id, _)| graph.module(id).key.to_string());
        names.collect::<Vec<_>>().join(" ")
    };
    programs.iter().map(names).collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_worker_is_a_program_of_its_own() {
    assert_eq!(programs("main -> a   main *> w   w -> a, b"), "main a | a w b");
}

#[test]
fn workers_that_start_their_creators_or_each_other_are_programs_once() {
    assert_eq!(programs("main *> main"), "main | main");
    assert_eq!(
        programs("main -> a   main *> w   a *> w   w -> main   w *> v   v *> w, v"),
        "main a | main a w | v"
    );
}

#[test]
fn a_worker_that_nobody_starts_is_no_program() {
    assert_eq!(programs("main   unused *> w"), "main");
}

#[test]
fn a_pure_module_that_nobody_uses_is_left_out() {
    let graph = graph("main -> a   a!pure");
    let mut unused = graph.clone();
    let mut record = ModuleRecord::clone(&graph.modules[0].record);
    record.statements.truncate(1);
    unused.modules[0].record = Arc::new(record);
    assert!(linked(&graph)[1].is_some());
    assert!(linked(&unused)[1].is_none());
}

#[test]
fn a_chain_of_ten_thousand_imports_is_walked_by_a_loop() {
    let pattern = Sketch::read("m -> n").module(1);
    let modules = (0..=10_000).map(|id| {
        let mut record = empty(false);
        let targets = if id < 10_000 {
            record.requests.push(request_for("next", RequestKind::Import));
            vec![Target::Module(ModuleId::from_index(id + 1))]
        } else {
            Vec::new()
        };
        Module { record: Arc::new(record), targets, ..pattern.clone() }
    });
    let graph = ModuleGraph {
        modules: modules.collect(),
        entries: vec![ModuleId(0)],
        ..ModuleGraph::default()
    };
    let modules = linked(&graph);
    assert_eq!(
        evaluation_order::sequence(ModuleId(0), ProgramModules { graph: &graph, linked: &modules })
            .len(),
        10_001
    );
}

#[test]
fn an_import_of_a_missing_name_finds_nothing_and_one_of_commonjs_its_property() {
    let graph = graph("main -> a, c   c!cjs");
    let exports = Exports::new(&graph);
    assert_eq!(exports.export(ModuleId(1), "y"), ExportLookup::No);
    assert!(matches!(exports.export(ModuleId(1), "x"), ExportLookup::Yes(Resolved::Symbol(_))));
    let import = &graph.modules[0].record.imports[1];
    assert!(matches!(
        exports.import(ModuleId(0), import),
        ExportLookup::Yes(Resolved::CommonJs(_))
    ));
}
