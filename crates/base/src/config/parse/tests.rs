//! What is read of a file, and how its mistakes are reported.

use std::sync::Arc;

use super::*;
use crate::{
    config::{Mode, Poll, RawGlobal},
    diagnostic::render_text,
};

fn read(text: &str) -> (RawConfig, Vec<String>) {
    let mut log = Diagnostics::new();
    let raw = parse(&Source::new("/p/bundle.config.json", "bundle.config.json", text), &mut log);
    let messages = log.iter().map(|d| format!("{} {}", d.code, d.message)).collect();
    (raw, messages)
}

fn mistakes(text: &str) -> Vec<String> {
    read(text).1
}

#[test]
fn the_whole_product_is_understood() {
    let (raw, messages) = read(
        r#"{
            "$schema": "x", "root": "resources/assets", "outDir": "scripts", "publicPath": "/scripts/", "name": "shop",
            "target": ["ie >= 9", "chrome 49"], "format": "iife", "platform": "browser", "globalName": "Shop", "mode": "production",
            "areas": {
                "common": { "entry": "common/index.js", "shared": true },
                "libs": { "packages": ["*"], "shared": true },
                "events": { "entry": "events/*/index.js", "globalName": "Events" },
                "trade": { "entry": ["buy/main.js", "sell/main.js"] }, // a list
                "vue/hello_world/HelloWorld": "admin/main.js",
            },
            "externals": { "vue": "Vue", "jquery": { "global": "jQuery" }, "fs": true, "x": null },
            "alias": { "@": "./js", "vue$": "vue/dist/vue.esm.js", "empty": false },
            "define": { "API_HOST": "\"https://x\"", "DEBUG": false, "LIST": [1, "a", /* two */ { "b": null, }] },
            "provide": { "$": "jquery", "Promise": ["es6-promise", "Promise"] },
            "jsx": { "runtime": "classic", "factory": "h" }, "decorators": "legacy",
            "vue": { "version": 2 }, "polyfills": "usage", "splitting": true, "assets": { "inlineBelow": 4096 },
            "manifest": ["entrypoints", { "kind": "webpack", "file": "a.json", "publicPath": "", "prefix": "x/" }], "watch": { "poll": "auto", "reload": ["views/**/*.php"], "socket": false, "origins": "http://shop.test" },
            "conditions": ["style"], "mainFields": "main", "extensions": [".js"], "tsconfig": "tsconfig.json",
            "followSymlinks": false, "preferRelative": true, "charset": "utf8", "sourceCharset": "utf-8", "minify": true, "sourcemap": true,
            "silence": ["unresolved-import"], "styles": "file",
            "modes": { "production": { "hash": true, "sourcemap": "hidden", "sourcemapDir": "build/maps",
                "sourcesContent": false } }
        }"#,
    );
    assert_eq!(messages, Vec::<String>::new());
    assert_eq!(raw.entries.areas.len(), 5);
    assert!(!raw.entries.areas[3].is_single && raw.entries.areas[4].is_single);
    let defined: Vec<&str> = raw.script.define.iter().map(|p| p.value.value.as_str()).collect();
    assert_eq!(defined, ["\"https://x\"", "false", r#"[1,"a",{"b":null}]"#]);
    let externals: Vec<_> = raw.resolve.externals.into_iter().map(|p| p.value.value).collect();
    let named = |name: &str| RawGlobal::Named(name.to_owned());
    assert_eq!(externals, [named("Vue"), named("jQuery"), RawGlobal::Unnamed, RawGlobal::Unnamed]);
    assert_eq!(raw.script.polyfills.as_ref().map(|w| w.value.as_str()), Some("usage"));
    assert_eq!(raw.output.source_map.as_ref().map(|w| w.value.as_str()), Some("file"));
    assert_eq!(raw.resolve.bare_specifiers.prefer_relative.map(|w| w.value), Some(true));
    let production = raw.modes.get(Mode::Production).expect("the file speaks of production");
    assert_eq!(production.output.hash.as_ref().map(|w| w.value), Some(true));
    assert_eq!(
        production.output.source_map_dir.as_ref().map(|w| w.value.as_str()),
        Some("build/maps")
    );
    assert_eq!(production.output.sources_content.as_ref().map(|w| w.value), Some(false));
}

#[test]
fn every_known_key_is_read() {
    for key in KEYS {
        let messages = mistakes(&format!("{{ \"{key}\": 17.5 }}"));
        assert!(messages.iter().all(|s| s.starts_with("config-type")), "{key}: {messages:?}");
    }
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let messages = mistakes(
        r#"{ "outdir": "x", "minify": "yes", "areas": { "a": 1, "b": {}, "c": { "entri": "x" } }, "root": ["x"],
            "modes": { "prod": {}, "production": { "mode": "x", "minfy": true } }, "externals": { "a": 1, "b": { "g": "x" } } }"#,
    );
    let expected = [
        "unknown-key the configuration has no key \"outdir\"",
        "config-type minify must be \"chunk\", true or false, not a string",
        "config-type areas.a must be a string or a list of strings, not a number",
        "area-without-entry the area \"b\" has nothing to build",
        "unknown-key areas.c has no key \"entri\"",
        "area-without-entry the area \"c\" has nothing to build",
        "config-type root must be a string, not a list",
        "unknown-key modes has no key \"prod\"",
        "unknown-key \"mode\" cannot differ by mode",
        "unknown-key modes.production has no key \"minfy\"",
        "config-type externals.a must be the name of a page global, true or false, not a number",
        "unknown-key externals.b has no key \"g\"",
    ];
    assert_eq!(messages, expected);
}

#[test]
fn an_unknown_key_suggests_the_nearest_one() {
    let mut log = Diagnostics::new();
    let source =
        Source::new("/p/bundle.config.json", "bundle.config.json", "{\n  \"outdir\": \"x\"\n}\n");
    parse(&source, &mut log);
    let expected = r#"
error[unknown-key]: the configuration has no key "outdir"
 --> bundle.config.json:2:3
  |
2 |   "outdir": "x"
  |   ^^^^^^^^
  |
help: did you mean "outDir"?
  |
2 -   "outdir": "x"
2 +   "outDir": "x""#;
    let drawn = render_text(log.iter().next().unwrap(), false);
    assert_eq!(format!("\n{drawn}"), expected);
}

#[test]
fn syntax_errors_have_a_place() {
    for (text, at) in [
        ("{ \"a\" 1 }", 6),
        ("{ a: 1 }", 2),
        ("{ \"minify\": true \"x\": 1 }", 16),
        ("{ 'a': 1 }", 2),
        ("[", 0),
        ("", 0),
        ("{} {}", 3),
    ] {
        let mut log = Diagnostics::new();
        let source = Source::new("/p/bundle.config.json", "bundle.config.json", text);
        parse(&source, &mut log);
        let diagnostics: Vec<_> = log.iter().collect();
        assert_eq!(diagnostics.len(), 1, "{text}");
        assert_eq!(
            (diagnostics[0].code, diagnostics[0].primary.as_ref().unwrap().span.start),
            ("broken-json", at),
            "{text}: {}",
            diagnostics[0].message
        );
    }
}

#[test]
fn depth_is_no_way_to_crash() {
    let deep =
        format!("{{ \"define\": {{ \"A\": {}1{} }} }}", "[".repeat(50_000), "]".repeat(50_000));
    assert_eq!(mistakes(&deep).len(), 1);
}

#[test]
fn a_key_written_twice_is_a_mistake() {
    assert_eq!(
        mistakes(r#"{ "minify": true, "minify": false }"#),
        ["duplicate-key \"minify\" is written twice"]
    );
}

#[test]
fn splitting_is_a_boolean_or_an_object() {
    assert_eq!(
        mistakes(r#"{ "splitting": { "minSize": "20 KB", "minUses": 3, "maxRequests": 20 } }"#),
        [""; 0]
    );
    let expected = [
        "unknown-key splitting has no key \"minSice\"",
        "config-type splitting.minUses must be a whole number, not below zero, not a string",
    ];
    assert_eq!(mistakes(r#"{ "splitting": { "minSice": 1, "minUses": "2" } }"#), expected);
    assert_eq!(mistakes(r#"{ "splitting": "all" }"#).len(), 1);
}

#[test]
fn polling_is_a_word_a_boolean_or_an_interval() {
    let poll =
        |text: &str| read(&format!("{{ \"watch\": {{ \"poll\": {text} }} }}")).0.project.poll;
    let forms = [
        ("\"auto\"", Poll::Auto),
        ("true", Poll::Always),
        ("false", Poll::Never),
        ("250", Poll::Every(250)),
    ];
    for (text, meant) in forms {
        assert_eq!(poll(text), Some(meant), "{text}");
    }
    let must = "config-type watch.poll must be \"auto\", true, false or a number of milliseconds \
                from 10 to 60000, not";
    for (text, found) in [
        ("5", "5"),
        ("60001", "60001"),
        ("-1", "-1"),
        ("0.5", "0.5"),
        ("\"yes\"", "a string"),
        ("[]", "a list"),
    ] {
        assert_eq!(
            mistakes(&format!("{{ \"watch\": {{ \"poll\": {text} }} }}")),
            [format!("{must} {found}")]
        );
    }
}

#[test]
fn package_json_gives_the_name() {
    let package = |text: &str| {
        let mut log = Diagnostics::new();
        let raw = parse_package(
            &Arc::new(Source { path: "/p".into(), name: "p".into(), text: text.into() }),
            &mut log,
        );
        (raw.project.name.map(|n| n.value), log.has_errors())
    };
    assert_eq!(package(r#"{ "name": "x", "private": true }"#), (Some("x".into()), false));
    assert_eq!(package("{ \"name\": 1 }"), (None, false));
    assert!(package("{").1);
}
