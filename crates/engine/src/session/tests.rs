//! A rebuild equals a clean build, and does only the work that the change requires.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostics, FileSystem, Source,
    config::{Environment, Host, Written, decide, parse},
    diagnostic::render_text,
    fs::MemoryFs,
    tools::NoTools,
};
use camino::{Utf8Path, Utf8PathBuf};

use super::{Build, Session};
use crate::ChangeSet;

mod cache;
mod chunk_merging;
mod components;
mod copies;
mod dependencies;
mod globals;
mod hashes;
mod listings;
mod public_path;
mod random;
mod registry;
mod styles;
mod workers;

/// Decides a configuration for a project in `/p`.
pub(super) fn config(text: &str, fs: &MemoryFs) -> Arc<Config> {
    let mut log = Diagnostics::new();
    let mut raw =
        parse(&Source::new("/p/bundle.config.json", "bundle.config.json", text), &mut log);
    // By default, outputs are readable and have no source maps, so tests can compare them.
    raw.output.minify.get_or_insert_with(|| Written::flag("false".to_owned(), "--no-minify"));
    raw.output.source_map.get_or_insert_with(|| Written::flag("none".to_owned(), "--sourcemap"));
    let browserslist = |_: &str| Err("no queries here".to_owned());
    let project = Utf8Path::new("/p");
    let host = Host {
        cwd: project,
        project,
        fs,
        tools: &NoTools,
        browserslist: &browserslist,
        environment: &Environment::default(),
    };
    let mut config = decide(&raw, &host, &mut log).unwrap_or_else(|| panic!("{}", shown(&log)));
    config.output.metafile = true;
    Arc::new(config)
}

fn shown(log: &Diagnostics) -> String {
    log.iter().map(|d| render_text(d, false)).collect::<Vec<_>>().join("\n\n")
}

fn built(session: &mut Session) -> Build {
    session.build().unwrap_or_else(|log| panic!("{}", shown(&log)))
}

fn session(text: &str, fs: &Arc<MemoryFs>) -> Session {
    session_with(text, fs, true)
}

fn session_with(text: &str, fs: &Arc<MemoryFs>, has_metafile: bool) -> Session {
    let shared: Arc<dyn FileSystem> = Arc::<MemoryFs>::clone(fs);
    let mut config = config(text, fs);
    Arc::make_mut(&mut config).output.metafile = has_metafile;
    Session::new(config, shared)
}

fn text(build: &Build) -> &str {
    std::str::from_utf8(&build.outputs.files[0].bytes).expect("scripts are text")
}

fn changed(path: &str) -> ChangeSet {
    ChangeSet { changed: vec![Utf8PathBuf::from(path)], ..ChangeSet::default() }
}

const ONE: &str = r#"{ "areas": { "main": "main.js" }, "outDir": "out", "target": "es2020", "mode": "development" }"#;

fn small() -> Arc<MemoryFs> {
    Arc::new(
        MemoryFs::new()
            .with("/p/main.js", "import { a } from './a.js';\nimport './b.js';\nconsole.log(a);\n")
            .with("/p/a.js", "export const a = 'first';\n")
            .with("/p/b.js", "console.log('b');\n"),
    )
}

#[test]
fn an_unchanged_session_does_nothing_again() {
    let fs = small();
    let mut session = session(ONE, &fs);
    let first = built(&mut session);
    assert!(first.counts.loaded == 3 && first.counts.analysed >= 3 && first.counts.rendered >= 3);
    let second = built(&mut session);
    assert_eq!(first.outputs, second.outputs);
    let counts = second.counts;
    assert_eq!((counts.loaded, counts.analysed, counts.resolved, counts.rendered), (0, 0, 0, 0));
}

#[test]
fn a_specifier_like_those_of_generated_imports_is_not_one() {
    let text = "require(['./a.js'], (a) => a);\nimport('require:./a.js');\n";
    let fs = small();
    fs.write("/p/main.js", text);
    let log = session(ONE, &fs).build().expect_err("nothing has the name `require:./a.js`");
    let shown = shown(&log);
    assert!(shown.contains("require:./a.js") && shown.contains("main.js:2:8"), "{shown}");
}

#[test]
fn a_name_that_is_mentioned_now_is_looked_for_in_a_registry_too() {
    let text = r#"{ "areas": { "main": "main.ts" }, "outDir": "out", "modules": "registry", "mode": "development" }"#;
    let again = |body: &str| {
        format!("import {{ T }} from './t';\nexport {{ T }};\nexport function f() {{ {body} }}\n")
    };
    let files = MemoryFs::new()
        .with("/p/main.ts", "import { f } from './a';\nconsole.log(f());\n")
        .with("/p/a.ts", again("return 1;"))
        .with("/p/t.ts", "export const q = 1;\n");
    let fs = Arc::new(files);
    let mut session = session(text, &fs);
    built(&mut session);
    fs.write("/p/a.ts", again("return 2;"));
    session.apply(&changed("/p/a.ts"));
    assert_eq!(built(&mut session).counts.linked, 0, "only a body changed");
    fs.write("/p/a.ts", again("return T;"));
    session.apply(&changed("/p/a.ts"));
    let failed = session.build().expect_err("it may have been a type before");
    assert!(shown(&failed).contains("missing-export"), "{}", shown(&failed));
}

#[test]
fn a_change_reads_one_file_and_renders_one_part() {
    let fs = small();
    let mut session = session(ONE, &fs);
    built(&mut session);
    fs.write("/p/a.js", "export const a = 'second';\n");
    session.apply(&changed("/p/a.js"));
    let build = built(&mut session);
    assert!(text(&build).contains("second") && !text(&build).contains("first"));
    let counts = build.counts;
    assert_eq!((counts.loaded, counts.analysed, counts.resolved, counts.rendered), (1, 1, 0, 1));
}

#[test]
fn a_change_that_only_touches_time_parses_nothing() {
    let fs = small();
    let mut session = session(ONE, &fs);
    built(&mut session);
    session.apply(&changed("/p/a.js"));
    let counts = built(&mut session).counts;
    assert_eq!((counts.loaded, counts.analysed, counts.rendered), (1, 0, 0));
}

#[test]
fn an_error_keeps_the_tables_and_recovery_costs_one_file() {
    let fs = small();
    let mut session = session(ONE, &fs);
    let good = built(&mut session);
    fs.write("/p/a.js", "export const b = ;\n");
    session.apply(&changed("/p/a.js"));
    let failed = session.build().expect_err("a syntax error");
    assert!(failed.has_errors());
    let again = session.build().expect_err("still the same error");
    assert_eq!(shown(&failed), shown(&again));
    fs.write("/p/a.js", "export const a = 'first';\n");
    session.apply(&changed("/p/a.js"));
    let back = built(&mut session);
    assert_eq!(back.outputs, good.outputs);
    assert_eq!(back.counts.loaded, 1);
}

#[test]
fn a_file_that_appears_answers_a_question_that_had_no_answer() {
    let fs = small();
    fs.write("/p/b.js", "import './later';\n");
    let mut session = session(ONE, &fs);
    session.build().expect_err("it is not there yet");
    fs.write("/p/later.js", "console.log('later');\n");
    session.apply(&ChangeSet { created: vec!["/p/later.js".into()], ..ChangeSet::default() });
    assert!(text(&built(&mut session)).contains("later"));
}

#[test]
fn a_failure_is_explained_by_what_lies_there_now() {
    let fs = small();
    fs.write("/p/b.js", "import './later';\n");
    let mut warm = session(ONE, &fs);
    warm.build().expect_err("it is not there");
    // No build asked about this name, so no watcher reports it.
    fs.write("/p/latex.js", "");
    warm.apply(&changed("/p/main.js"));
    let again = shown(&warm.build().expect_err("it is still not there"));
    assert_eq!(again, shown(&session(ONE, &fs).build().expect_err("it is not there")));
    assert!(again.contains("latex"), "{again}");
}

#[test]
fn what_was_seen_is_reported() {
    let fs = small();
    fs.write("/p/main.js", "import './a';\nconsole.log(import.meta.glob('./pages/*.js'));\n");
    fs.write("/p/pages/one.js", "console.log(1);\n");
    let mut session = session(ONE, &fs);
    built(&mut session);
    let seen = session.take_dependencies().seen;
    assert_eq!(seen.listings, [("/p/pages".into(), ["one.js".to_owned()].into())]);
    let of = |path: &str| {
        seen.existence.iter().find(|(asked, _)| asked == path).map(|(_, was_there)| *was_there)
    };
    assert_eq!((of("/p/a"), of("/p/a.js"), of("/p/b.js")), (Some(false), Some(true), None));
}

#[test]
fn what_a_build_does_not_use_is_dropped() {
    let fs = small();
    let mut session = session(ONE, &fs);
    built(&mut session);
    fs.write("/p/main.js", "import './b.js';\n");
    session.apply(&changed("/p/main.js"));
    built(&mut session);
    assert!(session.memo.files.keys().all(|key| key.path != "/p/a.js"));
    assert_eq!(session.memo.files.len(), 2);
}

#[test]
fn components_fall_when_another_vue_is_installed() {
    let fs = Arc::new(
        MemoryFs::new()
            .with("/p/main.js", "import App from './App.vue';\nconsole.log(App);\n")
            .with("/p/App.vue", "<template><p/></template>\n"),
    );
    let mut session = session(ONE, &fs);
    built(&mut session);
    let package = "/p/node_modules/vue/package.json";
    fs.write(package, r#"{ "tested": "3.4.1", "version": "3.4.1" }"#);
    session.apply(&ChangeSet { created: vec![Utf8PathBuf::from(package)], ..ChangeSet::default() });
    let refused = session.build().map(|_| ()).expect_err("it is Vue 3");
    let found: Vec<_> =
        refused.iter().map(|d| (d.code, d.primary.as_ref().map(|at| at.span.start))).collect();
    assert_eq!(found, [("vue-version", Some(32))]);
    fs.write(package, r#"{ "version": "2.7.16" }"#);
    session.apply(&changed(package));
    built(&mut session);
}
