//! Configurations that are scripts: `bundle.config.js`, `.mjs`, `.cjs` and `.ts`, which Node
//! evaluates.

use super::{Project, codes};

const APP: (&str, &str) = ("src/app.js", "console.log(NAME);");

#[test]
fn a_function_receives_the_mode_and_may_import() {
    let script = "import { areas } from './areas.mjs';
        console.log('this is no part of the answer');
        export default async ({ mode }) => ({ outDir: mode, areas, define: { NAME: '\"it\"' } });";
    let project = Project::new(&[
        APP,
        ("bundle.config.mjs", script),
        ("areas.mjs", "export const areas = { app: 'src/app.js' };"),
        ("inner/x", ""),
    ]);
    project.run_ok(&[]);
    assert!(project.read("production/app.js").contains("\"it\""));
    // The folder of the file is the project, from below too.
    let ended = project.run_in("inner", &["--mode", "development"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(project.path("development/app.js").exists());
}

#[test]
fn commonjs_and_timers_that_still_run() {
    let script = "setInterval(() => {}, 1000);
        module.exports = { outDir: 'public', areas: { app: 'src/app.js' }, sourcemap: undefined };";
    let project = Project::new(&[APP, ("bundle.config.cjs", script)]);
    project.run_ok(&[]);
    assert!(project.path("public/app.js").exists());
}

#[test]
fn the_key_that_is_wrong_is_shown_in_the_value() {
    let project = Project::new(&[APP, ("my.config.mjs", "export default { arreas: {} };")]);
    let ended = project.run(&["--config", "my.config.mjs"]);
    assert_eq!(codes(&ended.stderr), "unknown-key", "{}", ended.stderr);
    assert!(ended.stderr.contains("my.config.mjs (its value):2:3"), "{}", ended.stderr);
}

#[test]
fn scripts_without_a_configuration() {
    let cases = [
        ("const a = {};\nexport default a.b.c;", "TypeError: Cannot read", "mjs:2:20"),
        ("const a = {;", "SyntaxError: Unexpected token ';'", "mjs:1:12"),
        ("import 'nowhere';", "Cannot find package 'nowhere'", "install the package"),
        ("export const areas = {};", "it has no default export", "write `export default"),
        ("export default [1];", "it exports a list, and not an object", "write `export default"),
        ("export default { areas: { a: () => 1 } };", "areas.a is a function", "data"),
        ("export default { externals: [/x/] };", "externals[0] is a RegExp", "data"),
        ("const a = {}; a.b = a; export default a;", "b contains itself", "data"),
        ("throw 'words';", "it throws words", ""),
        ("process.exit(0);", "Node ended before", "process.exit"),
        ("console.error('bye'); process.exit(3);", "Node ended before", "bye"),
        ("await new Promise(() => {});", "Node ended before", "waits for what never comes"),
    ];
    for (script, why, more) in cases {
        let project = Project::new(&[APP, ("bundle.config.mjs", script)]);
        let ended = project.run(&[]);
        assert_eq!(ended.code, Some(1), "{script}");
        assert_eq!(codes(&ended.stderr), "config-script", "{script}\n{}", ended.stderr);
        for part in [why, more] {
            assert!(ended.stderr.contains(part), "{script}: {part}\n{}", ended.stderr);
        }
    }
}

#[test]
fn json_is_read_before_a_script() {
    let project = Project::new(&[
        APP,
        ("bundle.config.js", "throw 1;"),
        (
            "bundle.config.json",
            "{ \"outDir\": \"public\", \"areas\": { \"app\": \"src/app.js\" } }",
        ),
    ]);
    let ended = project.run_ok(&[]);
    assert_eq!(codes(&ended.stderr), "unread-config", "{}", ended.stderr);
}

#[test]
fn init_leaves_a_script_alone() {
    let project = Project::new(&[APP, ("bundle.config.ts", "export default {};")]);
    let ended = project.run(&["init"]);
    assert_eq!(codes(&ended.stderr), "config-exists", "{}", ended.stderr);
    assert!(!project.path("bundle.config.json").exists());
}
