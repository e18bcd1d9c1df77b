//! Scripts as projects write them, and the values that are found in them.

use bundle_base::fs::MemoryFs;
use camino::Utf8Path;
use indexmap::IndexMap;

use super::{Host, Script, Value};

/// Reads `webpack.config.js` among `files`, calls it if it is a function, and returns its JSON.
fn exported(files: &[(&str, &str)]) -> String {
    let fs = MemoryFs::new();
    for (path, text) in files {
        fs.write(format!("/p/{path}"), text);
    }
    let environment = IndexMap::from([("NODE_ENV".to_owned(), "production".to_owned())]);
    let host = Host { fs: &fs, project: Utf8Path::new("/p"), environment: &environment };
    let mut script = Script::new(host);
    let exports = script.read(Utf8Path::new("/p/webpack.config.js"));
    let exports = script.call(&exports, Vec::new());
    exports.to_json().unwrap_or_else(|| "unknown".to_owned())
}

fn value(text: &str) -> String {
    exported(&[("webpack.config.js", &format!("module.exports = {text}"))])
}

/// Returns the calls of symbols in a script, with the arguments that are known.
fn called(text: &str) -> Vec<String> {
    let fs = MemoryFs::new().with("/p/x.js", text);
    let environment = IndexMap::new();
    let host = Host { fs: &fs, project: Utf8Path::new("/p"), environment: &environment };
    let mut script = Script::new(host);
    script.read(Utf8Path::new("/p/x.js"));
    let shown = |call: &std::rc::Rc<super::Symbol>| {
        let (_, arguments) = call.call().expect("only calls are noted");
        let arguments: Vec<String> =
            arguments.iter().map(|value| value.to_json().unwrap_or("?".to_owned())).collect();
        let path = call.path().join(".");
        format!("{}:{}.{path}({})", call.place.line, call.root(), arguments.join(","))
    };
    script.calls().iter().map(shown).collect()
}

#[test]
fn literals_and_operators() {
    assert_eq!(
        value("{ a: 1 + 2, b: ['x', ...['y']], c: !0, [`k${1}`]: null }"),
        r#"{"a":3,"b":["x","y"],"c":true,"k1":null}"#
    );
    assert_eq!(
        value("{ mode: process.env.NODE_ENV, x: process.env.NOPE || 'd' }"),
        r#"{"mode":"production","x":"d"}"#
    );
    assert_eq!(value("typeof undefined"), r#""undefined""#);
}

#[test]
fn methods_of_what_may_be_missing() {
    assert_eq!(
        value("[{ use: 'babel-loader' }, {}].map((rule) => rule?.use?.includes('babel') ?? 'no')"),
        r#"[true,"no"]"#
    );
    assert_eq!(
        value("[/\\.css$/, /\\.js$/].filter((test) => !test.toString().match('.css')).length"),
        "1"
    );
}

#[test]
fn getters_of_literals() {
    assert_eq!(
        value("{ base: 'public', get css() { return this.base + '/css' }, set css(to) {}, z: 1 }"),
        r#"{"base":"public","css":"public/css","z":1}"#
    );
    // They may read each other, in any order, and their object.
    assert_eq!(
        value("{ get a() { return this.b + 'a' }, get b() { return 'b' } }"),
        r#"{"a":"ba","b":"b"}"#
    );
    assert_eq!(value("{ get a() { return this }, b: 1 }"), r#"{"a":null,"b":1}"#);
    assert_eq!(value("{ get a() { return 1 }, a: 2 }"), r#"{"a":2}"#);
}

#[test]
fn functions_loops_and_lists() {
    assert_eq!(
        value(
            "(() => { const o = {}; ['a', 'b'].forEach(n => { o[n] = `./${n}.js` }); return o })()"
        ),
        r#"{"a":"./a.js","b":"./b.js"}"#
    );
    assert_eq!(
        value("Object.entries({ a: 1 }).reduce((all, [k, v]) => ({ ...all, [k + k]: v }), {})"),
        r#"{"aa":1}"#
    );
    assert_eq!(
        value("(function () { var n = 0; for (var i = 0; i < 4; i++) n += i; return n })()"),
        "6"
    );
    assert_eq!(value("'src/a.vue'.replace(/^src\\/(.*)\\.vue$/, '$1')"), r#""a""#);
    assert_eq!(value("(function f(n) { return f(n + 1) })(0)"), "unknown");
}

#[test]
fn paths_and_files() {
    assert_eq!(
        exported(&[
            (
                "webpack.config.js",
                "const path = require('path')\nconst { join } = path\n\
             const resolve = dir => path.join(__dirname, '..', dir)\n\
             const glob = require('glob')\n\
             module.exports = env => ({ a: resolve('src'), b: join('x', '../y'), \
             c: glob.sync('./src/*.js'), d: require('./more').name, e: require('./package').name })"
            ),
            ("src/one.js", ""),
            ("src/two.js", ""),
            ("more.js", "exports.name = 'more'"),
            ("package.json", "{\"name\": \"shop\"}"),
        ]),
        r#"{"a":"/src","b":"y","c":["./src/one.js","./src/two.js"],"d":"more","e":"shop"}"#
    );
}

#[test]
fn classes_and_what_they_make() {
    let base = "class Base { constructor(name) { this.name = name } \
                static of(name) { return new this(name) } \
                shown() { return this.kind + this.name } } \
                class Own extends Base { kind = 'own '; \
                constructor(name) { super(name + '!'); this.on = true } }";
    let value = |code: &str| value(&format!("(() => {{ {base}; return {code} }})()"));
    assert_eq!(value("Base.of('a').name"), r#""a""#);
    assert_eq!(value("new Own('b').shown()"), r#""own b!""#);
    assert_eq!(value("new Own('b').on"), "true");
    assert_eq!(value("class { static x = 1 }.x"), "1");
}

#[test]
fn own_properties() {
    let has = |code: &str| value(&format!("(() => {{ const o = {{ a: 1 }}; return {code} }})()"));
    for holds in ["o.hasOwnProperty('a')", "Object.hasOwn(o, 'a')", "'a' in o"] {
        assert_eq!(has(holds), "true", "{holds}");
        assert_eq!(has(&holds.replace("'a'", "'b'")), "false", "{holds}");
    }
    assert_eq!(has("Object.prototype.hasOwnProperty.call(o, 'a')"), "true");
    assert_eq!(has("Object.prototype.hasOwnProperty.call(o, 'b')"), "false");
}

#[test]
fn groups_in_patterns() {
    let files = [("src/a.js", ""), ("src/a.min.js", ""), ("src/b.ts", ""), ("src/c.css", "")];
    let found = |pattern: &str| {
        let script = format!("module.exports = require('glob').sync('{pattern}')");
        exported(&[&[("webpack.config.js", script.as_str())], &files[..]].concat())
    };
    assert_eq!(found("src/!(*.min).js"), r#"["src/a.js"]"#);
    assert_eq!(found("src/*.@(ts|css)"), r#"["src/b.ts","src/c.css"]"#);
    assert_eq!(found("src/a?(.min).js"), r#"["src/a.js","src/a.min.js"]"#);
}

#[test]
fn modules_and_their_exports() {
    assert_eq!(
        exported(&[
            (
                "webpack.config.js",
                "import { defineConfig } from 'vite'\nimport { fileURLToPath, URL as Url } from \
             'node:url'\nimport base, { extra } from './base.mjs'\nexport default defineConfig({ base, extra, \
             at: [URL, Url].map((Url) => fileURLToPath(new Url('./src', import.meta.url))) })"
            ),
            ("base.mjs", "export const extra = [1]\nexport default { entry: 'x' }"),
        ]),
        r#"{"base":{"entry":"x"},"extra":[1],"at":["/p/src","/p/src"]}"#
    );
}

#[test]
fn calls_of_packages() {
    assert_eq!(
        called(
            "const mix = require('laravel-mix');\nmix.js('a.js', 'public')\n  .sass('b.scss', 'css');\n\
             if (mix.inProduction()) mix.version(); else mix.sourceMaps();\n\
             gulp.task('x', function () { return gulp.src(['a']).pipe(concat('b.js')) });"
        ),
        [
            "2:laravel-mix.js(\"a.js\",\"public\")",
            "3:laravel-mix.js.sass(\"b.scss\",\"css\")",
            "4:laravel-mix.version()",
            "5:gulp.task(\"x\",?)",
            "5:gulp.src([\"a\"])",
            "5:concat.(\"b.js\")",
            "5:gulp.src.pipe(?)",
        ]
    );
}

#[test]
fn functions_in_lists_are_followed() {
    let script = "function styles() { gulp.src('a') }\ngulp.task('x', gulp.parallel([[styles]]))";
    assert_eq!(called(script), ["2:gulp.parallel(?)", "1:gulp.src(\"a\")", "2:gulp.task(\"x\",?)"]);
}

#[test]
fn nothing_hangs() {
    assert_eq!(value("(() => { while (true) {} })()"), "null");
    assert_eq!(value("(() => { const f = () => f(); return [f()] })()"), "unknown");
    assert_eq!(
        exported(&[("webpack.config.js", "require('./webpack.config.js'); module.exports = 1")]),
        "1"
    );
    assert_eq!(exported(&[("webpack.config.js", "module.exports = {")]), "null");
    let Value::Undefined = Value::default() else { panic!() };
}

#[test]
fn private_members_of_classes() {
    let class = "class Base {\n  #config = {};\n  static #count = 1;\n  #add(key, value) { \
                 this.#config[key] = value; return this; }\n  setEntry(entry) { return \
                 this.#add('entry', entry); }\n  get() { return [this.#config, Base.#count]; }\n}";
    assert_eq!(
        exported(&[(
            "webpack.config.js",
            &format!("{class}\nmodule.exports = new Base().setEntry('./a.js').get()")
        )]),
        r#"[{"entry":"./a.js"},1]"#
    );
}

#[test]
fn merging_by_strategies() {
    let merged = |call: &str| {
        let start = "const merge = require('webpack-merge'), { mergeWithRules } = merge\n";
        let configs = "({ a: 1, m: { l: [1] } }, { m: { l: [2] } })";
        exported(&[("webpack.config.js", &format!("{start}module.exports = {call}{configs}"))])
    };
    let joined = r#"{"a":1,"m":{"l":[1,2]}}"#;
    for call in [
        "merge",
        "merge.smart",
        "merge.smartStrategy({ 'm.l': 'append' })",
        "merge.mergeWithCustomize({ customizeArray: merge.unique('plugins', [], x => x) })",
        "merge({ customizeArray(a, b) { return b } })",
        "mergeWithRules({ m: { l: 'append' } })",
    ] {
        assert_eq!(merged(call), joined, "{call}");
    }
    assert_eq!(merged("merge.smartStrategy({ 'm.l': 'prepend' })"), r#"{"a":1,"m":{"l":[2,1]}}"#);
    assert_eq!(merged("merge.strategy({ 'm.l': 'replace' })"), r#"{"a":1,"m":{"l":[2]}}"#);
}

/// The other tool is started without arguments.
#[test]
fn flags_of_the_command_line() {
    let flags = |argv: &str| {
        let script = format!(
            "const yargs = require('yargs'), {{ argv }} = yargs, minimist = require('minimist')\n\
             const a = {argv}\n\
             module.exports = [!!a.watch, a._, a.mode === 'production', a.env ? 1 : 2, a.port, a.x]"
        );
        exported(&[("webpack.config.js", &script)])
    };
    let none = "[false,[],true,1,null,null]";
    for argv in ["argv", "require('yargs/yargs')(process.argv.slice(2)).argv", "yargs.parse()"] {
        assert_eq!(flags(argv), none, "{argv}");
    }
    assert_eq!(flags("minimist(process.argv.slice(2))"), none);
    let with_port = "[false,[],true,1,80,7]";
    for argv in [
        "yargs.option('port', { default: 80 }).default('x', 7).argv",
        "yargs.options({ port: { default: 80 }, x: { default: 7 } }).argv",
        "minimist([], { default: { port: 80, x: 7 } })",
    ] {
        assert_eq!(flags(argv), with_port, "{argv}");
    }
    let import = "import { argv } from 'yargs'\nexport default [argv.watch]";
    assert_eq!(exported(&[("webpack.config.js", import)]), "[null]");
}

#[test]
fn classes_of_what_packages_make() {
    let script = "const Copy = require('copy-webpack-plugin');
        const Extract = require('mini-css-extract-plugin');
        const { DefinePlugin } = require('webpack');
        const all = [new Copy(), new Extract(), new DefinePlugin()];
        module.exports = {
            names: all.map((one) => one.constructor.name),
            extracts: all.map((one) => one instanceof Extract),
        };";
    assert_eq!(
        exported(&[("webpack.config.js", script)]),
        r#"{"names":["CopyPlugin","MiniCssExtractPlugin","DefinePlugin"],"extracts":[false,true,false]}"#
    );
}

#[test]
fn characters_of_texts() {
    let script =
        "module.exports = ['!a', 'b'].map((one) => one[0] === '!' ? one.substr(1) : one[5])";
    assert_eq!(exported(&[("webpack.config.js", script)]), r#"["a",null]"#);
}

#[test]
fn lists_are_arrays() {
    let script = "const all = [['a', 'b'], 'c', { d: 1 }];
        module.exports = all.map((one) => one instanceof Array);";
    assert_eq!(exported(&[("webpack.config.js", script)]), "[true,false,false]");
}

/// Entries that lodash makes.
#[test]
fn functions_of_lodash() {
    let made = |start: &str, value: &str| {
        let script = format!("{start}\nmodule.exports = {value}");
        exported(&[("webpack.config.js", &script)])
    };
    let of = |value: &str| made("const _ = require('lodash')", value);
    let pairs = "['a', 'b'].map(x => [x, './' + x])";
    let entries = r#"{"a":"./a","b":"./b"}"#;
    assert_eq!(of(&format!("_.fromPairs({pairs})")), entries);
    for start in [
        "const { fromPairs } = require('lodash')",
        "const fromPairs = require('lodash/fromPairs')",
        "const fromPairs = require('lodash.frompairs')",
    ] {
        assert_eq!(made(start, &format!("fromPairs({pairs})")), entries, "{start}");
    }
    for (value, expected) in [
        ("_.mapValues({ a: 1 }, (x, key) => key + x)", r#"{"a":"a1"}"#),
        ("_.mapKeys({ a: 1 }, (x, key) => key + x)", r#"{"a1":1}"#),
        ("_.keyBy([{ id: 'x' }], 'id')", r#"{"x":{"id":"x"}}"#),
        ("_.keyBy(['a.js'], file => file.slice(0, 1))", r#"{"a":"a.js"}"#),
        ("_.zipObject(['a', 'b'], [1, 2])", r#"{"a":1,"b":2}"#),
        ("_.pick({ a: 1, b: 2 }, ['b'])", r#"{"b":2}"#),
        ("_.omit({ a: 1, b: 2 }, 'b')", r#"{"a":1}"#),
        ("_.map([{ id: 'x' }], 'id')", r#"["x"]"#),
        ("_.map({ a: 1 }, (x, key) => key + x)", r#"["a1"]"#),
        ("_.compact(_.uniq(['a', '', 'a']))", r#"["a"]"#),
        ("_.merge({ a: { b: 1 } }, { a: { c: 2 } })", r#"{"a":{"b":1,"c":2}}"#),
    ] {
        assert_eq!(of(value), expected, "{value}");
    }
}

/// Later lines see what a script sets; the mode stays production.
#[test]
fn variables_that_are_assigned() {
    let script = "process.env.A = process.env.A || 'x'\nprocess.env.NODE_ENV = 'development'\n\
                  module.exports = [process.env.A, process.env.NODE_ENV]";
    assert_eq!(exported(&[("webpack.config.js", script)]), r#"["x","production"]"#);
}

/// Settings in YAML, as gulp's configurations read them.
#[test]
fn settings_in_yaml() {
    let read = |call: &str, text: &str| {
        let script = format!("const fs = require('fs')\nmodule.exports = {call}");
        exported(&[("webpack.config.js", &script), ("config.yml", text)])
    };
    let settings = "# paths\nPATHS:\n  dist: \"dist\" # where\n  sass:\n  - 'a: b'\n  - c d\n\
                    BROWSERS: [ 'ie >= 9', last 2 versions ]\non: { a: true, b: null, c: ~ }\n\
                    1: -2.5\nport: 8000\nversion: 1.2.3\nhex: 0xff\ntext: |\n  one\n  two\n";
    let expected = r#"{"PATHS":{"dist":"dist","sass":["a: b","c d"]},"BROWSERS":["ie >= 9","last 2 versions"],"on":{"a":true,"b":null,"c":null},"1":-2.5,"port":8000,"version":"1.2.3","hex":255,"text":"one\ntwo\n"}"#;
    let text = "fs.readFileSync('config.yml', 'utf8')";
    for call in [
        format!("require('js-yaml').load({text})"),
        format!("require('js-yaml').safeLoad({text})"),
        format!("require('yaml').parse({text})"),
        format!("require('yamljs').parse({text})"),
        "require('yamljs').load('config.yml')".to_owned(),
    ] {
        assert_eq!(read(&call, settings), expected, "{call}");
    }
    let of = |settings: &str| read(&format!("require('js-yaml').load({text})"), settings);
    assert_eq!(
        of("base: &base { a: 1, b: 2 }\nown:\n  b: 3\n  <<: *base\nsame: *base"),
        r#"{"base":{"a":1,"b":2},"own":{"b":3,"a":1},"same":{"a":1,"b":2}}"#
    );
    assert_eq!(of("- !!str 1"), r#"["1"]"#);
    let deep = "[".repeat(5_000);
    for mistake in ["a: [b", "a: b: c", "a: !own b", "a: *b", "--- a\n--- b", "", &deep] {
        assert_eq!(of(mistake), "unknown", "{mistake}");
    }
    assert_eq!(read("require('js-yaml').load(unknown)", ""), "unknown");
    assert_eq!(read("require('yamljs').load('no.yml')", ""), "unknown");
}

/// A file is looked for by an attempt to open it.
#[test]
fn attempts_that_fail() {
    let functions = "const fs = require('fs')\n\
        const exists = path => { let is = true; try { fs.accessSync(path) } catch (e) { is = false } \
        return is }\n\
        const opens = path => { try { return fs.statSync(path).isFile() } catch { return false } }\n\
        const read = path => fs.readFileSync(path, 'utf8')\n\
        const text = path => { try { return read(path) } catch (e) { return 'none' } }\n\
        const found = ['a.txt', 'b.txt'].map(path => [exists(path), opens(path), text(path)])\n\
        const after = (() => { const gone = read('b.txt'); return 'on' })()\n\
        module.exports = [found, after]";
    assert_eq!(
        exported(&[("webpack.config.js", functions), ("a.txt", "a")]),
        r#"[[[true,true,"a"],[false,false,"none"]],"on"]"#
    );
}

/// webpack-chain changes a configuration where a condition holds.
#[test]
fn conditions_of_webpack_chain() {
    let calls = called(
        "const Config = require('webpack-chain'), config = new Config();\n\
         config.when(true, c => c.output.filename('a')).when(false, c => c.mode('b'), c => c.mode('c'))",
    );
    let own: Vec<&String> = calls.iter().filter(|call| call.contains("webpack-chain")).collect();
    assert_eq!(own, ["2:webpack-chain.output.filename(\"a\")", "2:webpack-chain.mode(\"c\")"]);
}

#[test]
fn configurations_that_vite_merges() {
    let merged = |one: &str, other: &str| {
        let call = "require('vite').mergeConfig";
        let text = format!("module.exports = {call}({one}, {other})");
        exported(&[("webpack.config.js", &text)])
    };
    assert_eq!(
        merged("{ build: { a: 1, b: 2 }, plugins: [1] }", "{ build: { b: 3 }, plugins: 4 }"),
        r#"{"build":{"a":1,"b":3},"plugins":[1,4]}"#
    );
    assert_eq!(merged("{ a: 1, b: null }", "{ a: undefined, b: [] }"), r#"{"a":1,"b":[]}"#);
    assert_eq!(
        merged("{ resolve: { alias: { a: 'x' } } }", "{ resolve: { alias: [{ find: 'b' }] } }"),
        r#"{"resolve":{"alias":[{"find":"b"},{"find":"a","replacement":"x"}]}}"#
    );
}

#[test]
fn exports_of_packages_that_are_configurations() {
    let config = "import { base, rules } from '@team/vite-config';
        import * as more from '@team/vite-config/more';
        export default { base, rules, more };";
    let package = r#"{ "main": "none.js", "exports": {
        ".": { "types": "./x.d.ts", "node": { "import": "./dist/index.mjs" } },
        "./more": "./dist/more.mjs" } }"#;
    let found = exported(&[
        ("webpack.config.js", config),
        ("node_modules/@team/vite-config/package.json", package),
        (
            "node_modules/@team/vite-config/dist/index.mjs",
            "export { one as base } from './a.mjs'; export * from './b.mjs';",
        ),
        ("node_modules/@team/vite-config/dist/a.mjs", "export const one = 1;"),
        (
            "node_modules/@team/vite-config/dist/b.mjs",
            "export const rules = [2]; export default 5;",
        ),
        ("node_modules/@team/vite-config/dist/more.mjs", "export * as inner from './a.mjs';"),
    ]);
    assert_eq!(found, r#"{"base":1,"rules":[2],"more":{"inner":{"one":1}}}"#);
}
