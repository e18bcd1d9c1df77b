//! The programs that are measured, in memory: two packages that `cargo xtask test` installs, and
//! one that is made up.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use bundle_base::config::{self, Host};
use bundle_base::fs::MemoryFs;
use bundle_base::loader::Language;
use bundle_base::{Config, Diagnostics, FileSystem, Source, tools::NoTools};
use bundle_graph::module::{Module, ModuleGraph, ModuleId, Target};
use bundle_js::{Analysis, Ast, FormatHint, PartInput, runtime};
use camino::Utf8Path;

/// A program of ES modules that import each other by relative paths.
pub struct Program {
    /// What the lines of its measurements begin with.
    pub name: &'static str,
    /// The module to start from: a key of `texts`.
    entry: String,
    /// Each module's text under its absolute path; only what is reachable.
    pub texts: Vec<Arc<Source>>,
}

/// All three.
pub fn all() -> Vec<Program> {
    let packages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node_modules");
    vec![
        Program::from_disk("lodash-es", &packages.join("lodash-es"), "lodash.js"),
        Program::from_disk("three", &packages.join("three/build"), "three.module.js"),
        synthetic("synthetic", 1000),
    ]
}

/// Modules of a feature, beside its barrel.
const FEATURE: usize = 24;

/// Small modules: classes, functions and templates, each importing a few earlier ones, in features
/// that have a barrel.
pub fn synthetic(name: &'static str, count: usize) -> Program {
    let text = |at: usize| {
        let imports: BTreeSet<usize> = [at / 2, at / 3, at.saturating_sub(7)]
            .into_iter()
            .filter(|&other| other < at)
            .collect();
        let from = |other: usize| match (at / FEATURE, other / FEATURE) {
            (own, home) if own == home => format!("./m{other}.js"),
            (_, home) => format!("./f{home}.js"),
        };
        let line = |other: &usize| {
            format!("import {{ Thing{other}, make{other} }} from \"{}\";\n", from(*other))
        };
        let calls = imports
            .iter()
            .map(|other| format!("make{other}(label) instanceof Thing{other}"))
            .collect::<Vec<_>>();
        format!(
            "{}export class Thing{at} {{\n  #label;\n  constructor(label = \"m{at}\") {{ \
             this.#label = label; }}\n  \
             get label() {{ return `${{this.#label}} of {at}`; }}\n}}\n\
             export const make{at} = (label) => new Thing{at}(label?.trim() ?? \"none\");\n\
             export function check{at}(...labels) {{\n  return labels.map((label) => [{}]);\n}}\n",
            imports.iter().map(line).collect::<String>(),
            calls.join(", ")
        )
    };
    let features = count.div_ceil(FEATURE);
    let members = |feature: usize| feature * FEATURE..count.min((feature + 1) * FEATURE);
    let barrel = |feature: usize| {
        let line = |at| match at % 3 {
            0 => format!("export * from \"./m{at}.js\";\n"),
            _ => format!("export {{ Thing{at}, make{at}, check{at} }} from \"./m{at}.js\";\n"),
        };
        (format!("f{feature}.js"), members(feature).map(line).collect())
    };
    let mut files: Vec<(String, String)> =
        (0..count).map(|at| (format!("m{at}.js"), text(at))).collect();
    files.extend((0..features).map(barrel));
    let imports = (0..features).map(|feature| {
        let names: Vec<String> = members(feature).map(|at| format!("check{at}")).collect();
        format!("import {{ {} }} from \"./f{feature}.js\";", names.join(", "))
    });
    let calls = (0..count).map(|at| format!("check{at}(\"a\");"));
    files.push(("main.js".to_owned(), imports.chain(calls).collect::<Vec<_>>().join("\n")));
    Program::new(name, files, "main.js")
}

impl Program {
    fn from_disk(name: &'static str, folder: &Path, entry: &str) -> Self {
        let listed = fs::read_dir(folder)
            .unwrap_or_else(|_| panic!("{} is missing: run `cargo xtask test`", folder.display()));
        let paths = listed
            .filter_map(|file| Some(file.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|e| e == "js"));
        let read = |path: std::path::PathBuf| {
            Some((path.file_name()?.to_str()?.to_owned(), fs::read_to_string(&path).ok()?))
        };
        Self::new(name, paths.filter_map(read).collect(), entry)
    }

    fn new(name: &'static str, files: Vec<(String, String)>, entry: &str) -> Self {
        let source =
            |(file, text): (String, String)| (path(&file), Source::new(path(&file), file, text));
        let files: HashMap<String, Arc<Source>> = files.into_iter().map(source).collect();
        let mut program = Self { name, entry: path(entry), texts: Vec::new() };
        let config = program.configured("esnext", &MemoryFs::new().with(&program.entry, ""));
        let mut visit =
            Visit { files: &files, config: &config, found: HashSet::new(), order: Vec::new() };
        visit.module(&program.entry);
        program.texts = visit.order.iter().map(|key| Arc::clone(&files[key])).collect();
        program
    }

    /// One module that exports all there is to see.
    pub fn of_file(text: String) -> Self {
        Self::new("file", vec![("main.js".to_owned(), text)], "main.js")
    }

    /// The texts in evaluation order.
    pub fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.texts.iter()
    }

    /// The program on a file system.
    pub fn files(&self) -> Arc<dyn FileSystem> {
        let files = self
            .texts
            .iter()
            .fold(MemoryFs::new(), |files, source| files.with(&source.path, &*source.text));
        Arc::new(files)
    }

    /// One classic script from the program.
    pub fn config(&self, target: &str) -> Config {
        self.configured(target, &MemoryFs::new().with(&self.entry, ""))
    }

    fn configured(&self, target: &str, fs: &MemoryFs) -> Config {
        let entry = self.entry.trim_start_matches("/p/");
        let text = format!(
            r#"{{ "target": "{target}", "areas": {{ "out": {{ "entry": "{entry}", "globalName": "out" }} }},
                "splitting": false, "minify": false }}"#
        );
        let mut log = Diagnostics::new();
        let raw = config::parse(
            &Source::new("/p/bundle.config.json", "bundle.config.json", text),
            &mut log,
        );
        let browserslist = |_: &str| Err("not asked".to_owned());
        let folder = Utf8Path::new("/p");
        let host = Host {
            cwd: folder,
            project: folder,
            fs,
            tools: &NoTools,
            browserslist: &browserslist,
            environment: &bundle_base::config::Environment::default(),
        };
        config::decide(&raw, &host, &mut log).expect("the configuration of a bench is right")
    }

    /// Every part, parsed, lowered to the configuration's target, and analysed.
    pub fn analysed(&self, config: &Config) -> Vec<Analysis> {
        self.texts.iter().map(|source| analyse(source, config)).collect()
    }

    /// What scan makes of the program, and the trees by module.
    pub fn graph(&self, config: &Config) -> (ModuleGraph, Vec<Arc<Ast>>) {
        let of_ours = |specifier: &str| {
            Source::new(specifier, specifier, runtime::source(specifier).expect("one of ours"))
        };
        let ours = [runtime::HELPERS, runtime::INTEROP].map(of_ours);
        let sources: Vec<&Arc<Source>> = ours.iter().chain(&self.texts).collect();
        let ids: HashMap<&str, ModuleId> = sources
            .iter()
            .enumerate()
            .map(|(at, source)| (source.path.as_str(), ModuleId::from_index(at)))
            .collect();
        let (mut modules, mut trees) = (Vec::new(), Vec::new());
        for source in &sources {
            let analysis = analyse(source, config);
            let tree = analysis.ast.unwrap_or_else(|| {
                panic!(
                    "{}: {:?}",
                    source.path,
                    analysis.record.diagnostics.iter().map(|d| &d.message).collect::<Vec<_>>()
                )
            });
            let target =
                |specifier: &str| ids.get(path(specifier).as_str()).or_else(|| ids.get(specifier));
            let targets = analysis
                .record
                .requests
                .iter()
                .map(|r| target(&r.specifier).map_or(Target::None, |id| Target::Module(*id)));
            modules.push(Module {
                key: source.path.as_str().into(),
                targets: targets.collect(),
                record: Arc::new(analysis.record),
                source: Arc::clone(source),
                has_side_effects: true,
                is_node_esm: false,
                is_data: false,
                address: None,
                style_bytes: 0,
                is_confined: false,
                manual_chunk: None,
                private_to: None,
                is_typescript: false,
            });
            trees.push(tree);
        }
        let graph = ModuleGraph {
            modules,
            entries: vec![ids[self.entry.as_str()]],
            interop: ids.get(runtime::INTEROP).copied(),
            ..ModuleGraph::default()
        };
        (graph, trees)
    }
}

/// `./add.js` → `/p/add.js`.
fn path(specifier: &str) -> String {
    format!("/p/{}", specifier.trim_start_matches("./"))
}

fn analyse(source: &Arc<Source>, config: &Config) -> Analysis {
    bundle_js::analyse(
        &PartInput {
            source,
            language: Language::JavaScript,
            format: FormatHint::Esm,
            is_entry: false,
        },
        config,
    )
}

/// Finds the modules that are reachable, each after those it imports.
struct Visit<'a> {
    files: &'a HashMap<String, Arc<Source>>,
    config: &'a Config,
    found: HashSet<String>,
    order: Vec<String>,
}

impl Visit<'_> {
    fn module(&mut self, key: &str) {
        let Some(source) = self.files.get(key) else { return };
        if !self.found.insert(key.to_owned()) {
            return;
        }
        for request in analyse(source, self.config).record.requests {
            self.module(&path(&request.specifier));
        }
        self.order.push(key.to_owned());
    }
}
