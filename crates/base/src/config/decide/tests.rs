//! What is decided, and how mistakes are reported. A project is its files; a case is the text of
//! the configuration file and the flags.

use super::*;
use crate::{
    config::{
        AliasTarget, Browsers, Environment, Format, Jsx, Minify, Mode, Origin, Pair, Platform,
        RawAlias, RawGlobal, SourceMap, Target, Written, parse, paths,
    },
    fs::MemoryFs,
    source::Source,
    tools::NoTools,
};

const FILES: &[&str] = &[
    "src/main.js",
    "src/main.scss",
    "src/main.css",
    "src/other.js",
    "src/admin/main.js",
    "src/page.ts",
    "src/widgets/index.js",
    "buy/main.js",
    "sell/main.js",
    "events/summer/index.js",
    "events/winter/index.js",
    "events/winter/more.js",
    "node_modules/lodash/index.js",
    "node_modules/@vue/core/index.js",
    "events/node_modules/x/index.js",
    "src/[id].js",
    "tsconfig.json",
];

fn flags() -> RawConfig {
    RawConfig::default()
}

fn argued(arguments: &[&str]) -> RawConfig {
    let mut raw = RawConfig::default();
    let written = |a: &&str| Written { value: (*a).to_owned(), origin: Origin::Argument };
    raw.entries.chosen = arguments.iter().map(written).collect();
    raw
}

fn host<'a>(
    fs: &'a MemoryFs,
    browserslist: &'a dyn Fn(&str) -> Browsers,
    environment: &'a Environment,
) -> Host<'a> {
    Host { cwd: "/p".into(), project: "/p".into(), fs, tools: &NoTools, browserslist, environment }
}

fn run(flags: RawConfig, file: Option<&str>) -> (Option<Config>, Vec<String>) {
    let mut fs = MemoryFs::new();
    for path in FILES {
        fs = fs.with(format!("/p/{path}"), "x");
    }
    let mut log = Diagnostics::new();
    let file = file.map(|text| {
        parse(&Source::new("/p/bundle.config.json", "bundle.config.json", text), &mut log)
    });
    let raw = RawConfig::from_layers(flags, file.unwrap_or_default(), RawConfig::default());
    let browserslist = |query: &str| match query {
        "ie >= 9" => Ok(vec![("ie".to_owned(), "9".to_owned())]),
        "dead browsers" => Ok(Vec::new()),
        other => Err(format!("unknown browser query `{other}`")),
    };
    let environment = Environment::default();
    let host = host(&fs, &browserslist, &environment);
    let config = decide(&raw, &host, &mut log);
    let describe = |d: &crate::Diagnostic| {
        let fix = d.fix.as_ref().map(|f| format!(" ({})", f.message)).unwrap_or_default();
        format!("{}: {}{fix}", d.code, d.message)
    };
    (config, log.iter().map(describe).collect())
}

fn config(flags: RawConfig, file: &str) -> Config {
    let (config, messages) = run(flags, Some(file));
    config.unwrap_or_else(|| panic!("{messages:#?}"))
}

fn names(config: &Config) -> String {
    let name = |e: &crate::config::Entry| {
        format!("{}={}", e.name, e.path.as_str().trim_start_matches("/p/"))
    };
    config.entries.iter().map(name).collect::<Vec<_>>().join(" ")
}

fn argued_names(arguments: &[&str]) -> String {
    let (config, messages) = run(argued(arguments), None);
    config.as_ref().map_or_else(|| messages.join("\n"), names)
}

#[test]
fn defaults() {
    let (config, messages) = run(argued(&["src/main.js"]), None);
    let config = config.expect("nothing is wrong");
    assert_eq!(messages, Vec::<String>::new());
    assert_eq!(config.mode, Mode::Production);
    assert_eq!(config.script.target, Target::ES5);
    assert_eq!(config.output.format, Format::Iife);
    assert_eq!(config.output.dir, "/p/dist");
    assert_eq!(config.resolve.platform, Platform::Browser);
    assert_eq!(config.resolve.package_json.main_fields, ["browser", "module", "main"]);
    assert_eq!(config.resolve.package_json.conditions, ["browser", "module", "production"]);
    assert_eq!(config.script.define["process.env.NODE_ENV"], "\"production\"");
    assert_eq!(config.name, "bundle");
}

#[test]
fn two_projects_without_a_name_have_different_ones() {
    let name = |more: &str| {
        let file = format!(r#"{{ "areas": {{ "a": "src/main.js" }}{more} }}"#);
        config(flags(), &file).name
    };
    assert_eq!(name(""), "bundle");
    assert_eq!(name(r#", "publicPath": "/one/""#), "/one/");
    assert_eq!(name(r#", "publicPath": "/two/""#), "/two/");
    assert_eq!(name(r#", "publicPath": "/two/", "name": "shop""#), "shop");
}

#[test]
fn production_is_minified_and_development_has_maps() {
    let form = |mode: &str, more: &str| {
        let file = format!(r#"{{ "areas": {{ "a": "src/main.js" }}, "mode": "{mode}"{more} }}"#);
        let output = config(flags(), &file).output;
        (output.minify, output.source_map)
    };
    assert_eq!(form("production", ""), (Minify::Modules, SourceMap::None));
    assert_eq!(form("development", ""), (Minify::No, SourceMap::File));
    assert_eq!(
        form("production", r#", "minify": false, "sourcemap": "hidden""#),
        (Minify::No, SourceMap::Hidden)
    );
    assert_eq!(
        form("development", r#", "minify": true, "sourcemap": "none""#),
        (Minify::Modules, SourceMap::None)
    );
    // A chunk that is minified as a whole has no map, and leaving `sourcemap` out does not ask for
    // one.
    assert_eq!(form("development", r#", "minify": "chunk""#), (Minify::Chunk, SourceMap::None));
}

#[test]
fn arguments_are_named_by_their_files() {
    assert_eq!(argued_names(&["src/main.js"]), "main=src/main.js");
    assert_eq!(
        argued_names(&["src/main.js", "src/widgets/index.js"]),
        "main=src/main.js index=src/widgets/index.js"
    );
    assert!(argued_names(&["./buy/main.js", "/p/sell/main.js"]).starts_with("duplicate-output"));
    assert_eq!(argued_names(&["app=src/main.js"]), "app=src/main.js");
    assert_eq!(argued_names(&["src/main", "src/page"]), "main=src/main.js page=src/page.ts");
    assert_eq!(argued_names(&["lodash", "@vue/core"]), "lodash=lodash core=@vue/core");
    assert_eq!(
        argued_names(&["events/*/index.js"]),
        "summer=events/summer/index.js winter=events/winter/index.js"
    );
    assert_eq!(argued_names(&["src/[id].js"]), "[id]=src/[id].js");
}

#[test]
fn areas_are_named_by_the_rule() {
    let file = r#"{ "root": ".", "areas": {
        "vue/hello_world/HelloWorld": "src/main.js", "exact": { "entry": "src/other.js" },
        "events": { "entry": "events/*/index.js" }, "trade": { "entry": ["buy/main.js", "sell/main.js"] },
        "all": "events/**/*.js", "one": { "entry": ["buy/main.js"] } } }"#;
    let expected = "vue/hello_world/HelloWorld=src/main.js exact=src/other.js \
                    events/summer=events/summer/index.js \
        events/winter=events/winter/index.js trade/buy=buy/main.js trade/sell=sell/main.js \
        all/summer=events/summer/index.js all/winter=events/winter/index.js \
        all/winter/more=events/winter/more.js one/main=buy/main.js";
    assert_eq!(names(&config(flags(), file)), expected);
    assert_eq!(
        names(&config(argued(&["trade", "x=src/page.ts"]), file)),
        "trade/buy=buy/main.js trade/sell=sell/main.js x=src/page.ts"
    );
}

#[test]
fn flags_beat_the_mode_beat_the_file() {
    let file = r#"{ "areas": { "a": "src/main.js" }, "outDir": "out", "target": "es2015", "externals": { "vue": "Vue", "x": "X" },
        "define": { "A": "1", "B": "2" }, "modes": { "production": { "target": "es2017", "define": { "A": "3" } },
        "development": { "target": "es2020" } } }"#;
    let plain = config(flags(), file);
    assert_eq!(
        (plain.script.target.clone(), plain.output.dir.as_str()),
        (Target::Ecma(2017), "/p/out")
    );
    assert_eq!((plain.script.define["A"].as_str(), plain.script.define["B"].as_str()), ("3", "2"));
    let mut flags = flags();
    flags.project.mode = Some(Written::flag("development".into(), "--mode"));
    flags.resolve.externals = vec![Pair {
        key: Written::flag("vue".into(), "--external"),
        value: Written::flag(RawGlobal::Unnamed, "--external"),
    }];
    let development = config(flags.clone(), file);
    assert_eq!(development.script.target, Target::Ecma(2020));
    assert_eq!(development.resolve.externals["vue"].global, None);
    assert_eq!(development.resolve.externals["x"].global.as_deref(), Some("X"));
    flags.script.target = Some(Written::flag(vec!["esnext".into()], "--target"));
    assert_eq!(config(flags, file).script.target, Target::ESNEXT);
}

#[test]
fn paths_are_relative_to_where_they_are_written() {
    let file = r#"{ "root": "src", "areas": { "a": "main.js" }, "alias": { "@": "./js", "v": "vue/dist/vue.js", "e": false },
        "publicPath": "/scripts" }"#;
    let mut flags = flags();
    flags.resolve.alias = vec![Pair {
        key: Written::flag("~".into(), "--alias"),
        value: Written::flag(RawAlias::To("./js".into()), "--alias"),
    }];
    let config = config(flags, file);
    let alias = |name: &str| config.resolve.alias[name].clone();
    assert_eq!(alias("@"), AliasTarget::To("/p/src/js".into()));
    assert_eq!(alias("~"), AliasTarget::To("/p/js".into()));
    assert_eq!(alias("v"), AliasTarget::To("vue/dist/vue.js".into()));
    assert_eq!(alias("e"), AliasTarget::Ignore);
    assert_eq!(config.output.public_path, "/scripts/");
    assert_eq!(names(&config), "a=src/main.js");
}

#[test]
fn globals_lose_the_name_of_the_global_object() {
    let file = r#"{ "areas": { "a": { "entry": "src/main.js", "globalName": "window.App.main" } },
        "externals": { "jquery": "window.$", "a": "self.A", "b": "globalThis.x.y", "c": true } }"#;
    let config = config(flags(), file);
    let global = |name: &str| config.resolve.externals[name].global.clone();
    assert_eq!(global("jquery").as_deref(), Some("$"));
    assert_eq!(global("b").as_deref(), Some("x.y"));
    assert_eq!(global("c"), None);
    assert_eq!(config.entries[0].global_name.as_deref(), Some("App.main"));
}

#[test]
fn targets() {
    let target = |text: &str| {
        let (config, messages) = run(
            flags(),
            Some(&format!(r#"{{ "areas": {{ "a": "src/main.js" }}, "target": {text} }}"#)),
        );
        config.map(|c| c.script.target).ok_or_else(|| messages.join("\n"))
    };
    assert_eq!(target("\"es6\""), Ok(Target::Ecma(2015)));
    assert_eq!(target("\"ES2025\""), Ok(Target::Ecma(2025)));
    assert_eq!(target("[\"ie >= 9\"]"), Ok(Target::Browsers(vec![("ie".into(), "9".into())])));
    assert_eq!(
        target("\"es2o15\"").unwrap_err(),
        "bad-target: \"es2o15\" is not a version of ECMAScript (did you mean \"es2015\"?)"
    );
    assert!(target("\"2020\"").unwrap_err().contains("did you mean \"es2020\""));
    assert!(target("[\"es5\", \"ie 9\"]").unwrap_err().contains("cannot be combined with"));
    assert!(target("\"dead browsers\"").unwrap_err().contains("names no browser"));
    assert!(target("\"netscape 4\"").unwrap_err().contains("unknown browser query `netscape 4`"));
    assert!(target("\"\"").unwrap_err().contains("target is empty"));
}

#[test]
fn jsx() {
    let jsx = |text: &str| {
        config(flags(), &format!(r#"{{ "areas": {{ "a": "src/main.js" }}, "jsx": {text} }}"#))
            .script
            .jsx
    };
    let classic =
        |factory: &str| Jsx::Classic { factory: factory.into(), fragment: "React.Fragment".into() };
    assert_eq!(jsx("\"classic\""), classic("React.createElement"));
    assert_eq!(jsx("{ \"factory\": \"h\" }"), classic("h"));
    assert_eq!(
        jsx("{ \"importSource\": \"preact\" }"),
        Jsx::Automatic { import_source: "preact".into() }
    );
    assert_eq!(jsx("\"vue2\""), Jsx::Vue2);
}

#[test]
fn an_entry_is_suggested_as_seen_from_the_root() {
    let (_, messages) = run(flags(), Some(r#"{ "root": "src", "areas": { "a": "src/main.js" } }"#));
    let expected = "missing-entry: the entry src/main.js does not exist (did you mean main.js?)";
    assert_eq!(messages, [expected]);
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let file = r#"{ "areas": { "../x": "src/mian.js", "a.js": "src", "b": "src/nothing/*.js", "c": "src/main.js", "d": "" },
        "define": { "a-b": 1, "URL": "https://x", "OK": "window.x" }, "format": "umd", "platform": "nodejs",
        "externals": { "a": "b-c" }, "provide": { "a-b": "c" }, "extensions": ["js"], "tsconfig": "none.json", "root": ".",
        "globalName": "1x", "jsx": { "factory": "a b" }, "mode": "prod", "charset": "utf-8", "publicPath": "" }"#;
    let (config, messages) = run(flags(), Some(file));
    assert_eq!(config, None);
    let expected = [
        "unknown-value: \"prod\" is not a mode; expected \"development\" or \"production\" (did you \
         mean \"production\"?)",
        "unknown-value: \"nodejs\" is not a platform; expected \"browser\" or \"node\" (did you mean \
         \"node\"?)",
        "unknown-value: \"umd\" is not a format; expected \"iife\", \"cjs\" or \"esm\"",
        "bad-output-name: \"../x\" cannot be the name of an output: it would leave the output \
         folder or name it in two ways",
        "bad-global: \"1x\" is not the name of a page global",
        "missing-entry: the entry src/mian.js does not exist (did you mean src/main.js?)",
        "bad-output-name: \"a.js\" cannot be the name of an output: the extension is added to it \
         (did you mean \"a\"?)",
        "entry-is-directory: the entry src is a directory (did you mean src/main.js?)",
        "empty-glob: no file matches \"src/nothing/*.js\" (correct the pattern, or write a file \
         that it matches)",
        "empty-value: the path of an entry is empty",
        "bad-global: \"b-c\" is not the name of a page global (did you mean \"bC\"?)",
        "bad-name: \"a-b\" cannot be a provided name: it is not an identifier",
        "bad-extension: \"js\" is not an extension: an extension starts with a dot (did you mean \".js\"?)",
        "missing-tsconfig: cannot read none.json: there is no such file",
        "bad-define: \"a-b\" is not a name that can be defined",
        "bad-define: the value of URL is neither JSON nor an identifier or a dotted path: https://x (if it \
         is a string, write its quotes too: \"\\\"https://x\\\"\")",
        "bad-name: \"a b\" cannot be jsx.factory: it is not an identifier",
        "unknown-value: \"utf-8\" is not a charset; expected \"ascii\" or \"utf8\" (did you mean \
         \"utf8\"?)",
    ];
    assert_eq!(messages, expected);
}

#[test]
fn outputs_do_not_meet() {
    let messages = |arguments: &[&str]| run(argued(arguments), None).1.join("\n");
    assert!(messages(&["a=src/main.js", "a=src/other.js"]).starts_with(
        "duplicate-output: two entries would be written to a.js: src/main.js and src/other.js"
    ));
    assert_eq!(
        messages(&["src/main.js", "./src/main.js"]),
        "duplicate-entry: the entry ./src/main.js is named twice"
    );
    assert_eq!(messages(&["a=src/main.js", "b=src/main.js"]), "");
    let with = |set: fn(&mut RawConfig)| {
        let mut raw = argued(&["src/main.js"]);
        set(&mut raw);
        run(raw, None).1.join("\n")
    };
    assert!(
        with(|raw| raw.output.dir = Some(Written::flag("src".into(), "--out-dir")))
            .starts_with("output-overwrites-input")
    );
    assert!(
        with(|raw| raw.output.file = Some(Written::flag("src/main.js".into(), "--out-file")))
            .starts_with("output-overwrites-input")
    );
    assert!(
        with(|raw| raw.output.file = Some(Written::flag("src".into(), "--out-file")))
            .starts_with("output-is-directory")
    );
    // Of a stylesheet only CSS is written.
    let beside = |entry: &str| {
        let mut raw = argued(&["a=src/main.js", entry]);
        raw.output.dir = Some(Written::flag("src".into(), "--out-dir"));
        run(raw, None).1.join("\n")
    };
    assert_eq!(beside("main=src/main.scss"), "");
    assert!(beside("main=src/main.css").starts_with("output-overwrites-input"));
    let mut both = argued(&["src/main.js", "src/other.js"]);
    both.output.file = Some(Written::flag("x.js".into(), "--out-file"));
    assert!(
        run(both, None)
            .1
            .join("\n")
            .starts_with("out-file-for-many: --out-file: one file cannot hold 2 entries")
    );
}

#[test]
fn out_file_names_exactly_the_file() {
    let mut raw = argued(&["src/main.js"]);
    raw.output.file = Some(Written::flag("build/js/app.min.js".into(), "--out-file"));
    let config = config(raw, r#"{ "outDir": "scripts" }"#);
    assert_eq!(
        (config.output.dir.as_str(), config.output.file.as_deref()),
        ("/p/build/js", Some("app.min.js"))
    );
}

#[test]
fn nothing_named() {
    assert_eq!(
        run(flags(), None).1,
        ["no-entry: no entry is given (name an entry: bundle src/main.js --out-dir \
             dist)"]
    );
    assert_eq!(
        run(flags(), Some("{}")).1,
        ["no-entry: no entry is given (name what to build: \"areas\": { \"main\": \
             \"src/main.js\" })"]
    );
}

#[test]
fn defines_of_node_env() {
    let define = |text: &str| {
        config(flags(), &format!(r#"{{ "areas": {{ "a": "src/main.js" }}, "define": {text} }}"#))
            .script
            .define
    };
    assert_eq!(
        define(r#"{ "process.env.NODE_ENV": "\"test\"" }"#)["process.env.NODE_ENV"],
        "\"test\""
    );
    assert!(!define(r#"{ "process.env": {} }"#).contains_key("process.env.NODE_ENV"));
    assert_eq!(define(r#"{ "import.meta.env.DEV": true }"#)["import.meta.env.DEV"], "true");
}

#[test]
fn tsconfig_options_apply_to_scripts() {
    let base = r#"{ "compilerOptions": { "experimentalDecorators": true, "target": "ES2017", "jsx": "react-jsx", "strict": true } }"#;
    let own = r#"{ "extends": "./base", "compilerOptions": { "jsx": "react", "jsxFactory": "h", /* */ } }"#;
    let fs = MemoryFs::new().with("/p/tsconfig.json", own).with("/p/base.json", base);
    let raw = crate::config::parse::read_tsconfig(&fs, "/p/tsconfig.json".into());
    assert_eq!(raw.script.decorators.map(|w| w.value).as_deref(), Some("legacy"));
    let typescript = &raw.script.typescript;
    assert_eq!(typescript.define_class_fields, Some(false));
    assert_eq!((typescript.decorator_metadata, typescript.strict_null_checks), (None, Some(true)));
    assert_eq!(raw.script.jsx.runtime.map(|w| w.value).as_deref(), Some("classic"));
    assert_eq!(raw.script.jsx.factory.map(|w| w.value).as_deref(), Some("h"));
    let cycle = MemoryFs::new()
        .with("/p/tsconfig.json", r#"{ "extends": ["./tsconfig", "none", "../p/tsconfig.json"] }"#);
    assert_eq!(
        crate::config::parse::read_tsconfig(&cycle, "/p/tsconfig.json".into()),
        RawConfig::default()
    );
}

#[test]
fn globs_end_where_links_go_in_cycles() {
    let fs = MemoryFs::new().with("/p/a/x.js", "").with("/p/a/b/y.js", "").with("/p/.git/z.js", "");
    for name in ["one", "two", "three"] {
        fs.link(format!("/p/a/{name}"), "/p/a");
        fs.link(format!("/p/a/b/{name}"), "/p");
    }
    let found = |glob: &str| paths::expand(&fs, "/p".into(), glob).unwrap();
    assert_eq!(found("a/*.js"), ["/p/a/x.js"]);
    assert_eq!(found("*/*/*.js"), ["/p/a/b/y.js"]);
    assert_eq!(found("**/*.js"), ["/p/a/b/y.js", "/p/a/x.js"]);
    assert_eq!(found(".git/*"), ["/p/.git/z.js"]);
}

#[test]
fn relative_paths() {
    assert_eq!(relative("/a/b".into(), "/a/b/c/d.js".into()), "c/d.js");
    assert_eq!(relative("/a/b".into(), "/a/c.js".into()), "../c.js");
    assert_eq!(absolute("/a/b".into(), "../c/./d"), "/a/c/d");
    assert_eq!(absolute("/a/b".into(), "/x/../y"), "/y");
}

/// A small random generator with a seed, which gives the same cases on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

#[test]
fn no_text_makes_it_panic() {
    const SAMPLE: &str = r#"{ "root": ".", "areas": { "é": "src/*.js", "b": { "entry": ["src/main.js"], "globalName": "A.b" } },
        "externals": { "a": { "global": "window.B" }, "c": true }, "alias": { "@": "./x", "d": false }, "target": ["ie >= 9"],
        "define": { "A": [1, { "b": null }], "B": "\"x\"" }, "jsx": { "runtime": "classic" }, "provide": { "$": ["j", "k"] },
        "modes": { "production": { "minify": true } }, "silence": ["x"], "extensions": [".js"] /* end */ }"#;
    const PIECES: &[&str] = &[
        "\"", "{", "}", "[", "]", ",", ":", "\\", "\u{0}", "é", "😀", "\u{2028}", "..", "/", "*",
        "[", "**", "=", "1e999", "//",
    ];
    let mut dice = Dice(7);
    for _ in 0..3000 {
        let mut letters: Vec<char> = SAMPLE.chars().collect();
        for _ in 0..=dice.below(4) {
            let at = dice.below(letters.len());
            let end = (at + dice.below(9)).min(letters.len());
            let piece = PIECES[dice.below(PIECES.len())];
            letters.splice(at..end, piece.chars());
        }
        let text: String = letters.into_iter().collect();
        let mut log = Diagnostics::new();
        let raw =
            parse(&Source::new("/p/bundle.config.json", "bundle.config.json", text), &mut log);
        let fs = MemoryFs::new().with("/p/src/main.js", "x");
        let browserslist = |_: &str| Err("no".to_owned());
        let environment = Environment::default();
        let host = host(&fs, &browserslist, &environment);
        let decided = decide(&RawConfig::from_layers(flags(), raw, flags()), &host, &mut log);
        for diagnostic in log.iter() {
            assert!(!crate::diagnostic::render_text(diagnostic, false).contains('\u{0}'));
            assert!(crate::diagnostic::render_json(diagnostic).starts_with('{'));
        }
        assert!(decided.is_some() || log.has_errors());
    }
}

#[test]
fn stars_of_budgets_stand_for_anything() {
    let fits = |pattern: &str, name: &str| crate::config::shared::fits(pattern, name);
    for (pattern, name) in [
        ("*", "a/b"),
        ("a/*", "a/b/c"),
        ("*/b", "a/b"),
        ("a*c*e", "abcde"),
        ("a", "a"),
        ("a*", "a"),
    ] {
        assert!(fits(pattern, name), "{pattern} {name}");
    }
    for (pattern, name) in
        [("a", "ab"), ("a/*", "a"), ("*b", "bc"), ("a*a", "a"), ("a*b*b", "ab"), ("", "a")]
    {
        assert!(!fits(pattern, name), "{pattern} {name}");
    }
}
