//! Externals, aliases, URLs, built-ins.

use super::{RequestSyntax, world};

#[test]
fn externals_by_name_pattern_and_file() {
    let w = world(
        r#""externals": { "vue": "Vue", "jquery": "window.$", "lodash/*": "_", "legacy": null, "./vendor/x.js": "X" }"#,
        &[
            ("vendor/x.js", ""),
            ("node_modules/vue/dist/vue.js", ""),
            ("node_modules/lodash/index.js", ""),
        ],
    );
    assert_eq!(w.import("main.js", "vue"), "external vue = Vue");
    assert_eq!(w.require("node_modules/a/index.js", "jquery"), "external jquery = $");
    assert_eq!(w.import("main.js", "vue/dist/vue.js"), "node_modules/vue/dist/vue.js");
    assert_eq!(w.import("main.js", "lodash/fp/map"), "external lodash/fp/map = _");
    assert_eq!(w.import("main.js", "lodash"), "node_modules/lodash/index.js");
    assert_eq!(w.import("main.js", "legacy/deep"), "external legacy/deep");
    assert!(w.import("main.js", "legacy-not").starts_with("missing-package"));
    assert_eq!(w.import("src/main.js", "../vendor/x.js"), "external ../vendor/x.js = X");
}

#[test]
fn globals_of_patterns() {
    let w = world(
        r#""externals": { "@wordpress/icons": false, "@wordpress/*": "wp.*" }"#,
        &[
            ("node_modules/@wordpress/icons/index.js", ""),
            ("node_modules/@wordpress/components/style.css", ""),
        ],
    );
    assert_eq!(
        w.import("a.js", "@wordpress/block-editor"),
        "external @wordpress/block-editor = wp.blockEditor"
    );
    assert_eq!(w.import("a.js", "@wordpress/icons"), "node_modules/@wordpress/icons/index.js");
    assert_eq!(
        w.import("a.js", "@wordpress/components/style.css"),
        "node_modules/@wordpress/components/style.css"
    );
}

#[test]
fn handles_of_externals() {
    let config =
        r#""externals": { "@shop/*": { "global": "shop.*", "handle": "shop-*" }, "x": "X" }"#;
    let externals = super::externals(config);
    let handles = [
        ("@shop/block-data", "shop-block-data"),
        ("x", "x"),
        ("@wordpress/i18n", "wp-i18n"),
        ("react-dom/client", "react-dom"),
        ("react/jsx-runtime", "react-jsx-runtime"),
    ];
    for (specifier, handle) in handles {
        assert_eq!(externals.handle(specifier), handle);
    }
}

#[test]
fn aliases_are_exact_or_prefixes() {
    let w = world(
        r#""alias": { "@": "./src", "vue$": "vue/dist/vue.esm.js", "moment": false, "old/*": "./src/old/*.js" }"#,
        &[
            ("src/a.js", ""),
            ("src/index.js", ""),
            ("src/list.js", ""),
            ("src/old/x.js", ""),
            ("node_modules/vue/dist/vue.esm.js", ""),
            ("node_modules/vue/index.js", ""),
            ("node_modules/@babel/core/index.js", ""),
        ],
    );
    assert_eq!(w.import("src/deep/b.js", "@/a"), "src/a.js");
    assert_eq!(w.import("main.js", "@"), "src/index.js");
    assert_eq!(w.import("main.js", "@babel/core"), "node_modules/@babel/core/index.js");
    assert_eq!(w.import("main.js", "vue"), "node_modules/vue/dist/vue.esm.js");
    assert_eq!(w.import("main.js", "vue/index"), "node_modules/vue/index.js");
    assert_eq!(w.require("main.js", "moment"), "ignored moment");
    assert_eq!(w.import("main.js", "old/x"), "src/old/x.js");
    assert_eq!(
        w.import("main.js", "@/lsit"),
        "missing-file: there is no file src/lsit; \"@\" is an alias for src → \"@/list\""
    );
}

#[test]
fn aliases_come_before_paths() {
    let w = world(
        r#""alias": { "exact$": "./a/exact.js", "@": "./a", "any/*": "./a/*.js", "file": "./a/x.js",
            "none": false, "named": "by-path", "twice": "exact", "lost": "nowhere" }"#,
        &[
            ("a/exact.js", ""),
            ("a/x.js", ""),
            ("t/x.js", ""),
            ("node_modules/by-path/index.js", ""),
            (
                "tsconfig.json",
                r#"{ "compilerOptions": { "paths": {
                    "exact": ["./t/x.js"], "exact/*": ["./t/*"], "@/*": ["./t/*"], "any/*": ["./t/*"],
                    "file/*": ["./t/*"], "none": ["./t/x.js"], "named": ["./t/none.js"],
                    "by-path": ["./t/x.js"], "twice": ["./t/x.js"], "lost": ["./t/x.js"] } } }"#,
            ),
        ],
    );
    assert_eq!(w.import("main.js", "exact"), "a/exact.js");
    assert_eq!(w.import("main.js", "exact/x"), "t/x.js");
    assert_eq!(w.import("main.js", "@/x?raw"), "a/x.js?raw");
    assert_eq!(w.import("main.js", "any/x"), "a/x.js");
    // Nothing is below a file.
    assert_eq!(w.import("main.js", "file/x"), "t/x.js");
    assert_eq!(w.import("main.js", "none"), "ignored none");
    assert_eq!(w.import("main.js", "named"), "t/x.js");
    assert_eq!(w.import("main.js", "named?raw"), "t/x.js?raw");
    assert_eq!(w.import("main.js", "twice"), "a/exact.js");
    assert!(w.import("main.js", "lost").ends_with("\"lost\" is an alias for nowhere"));
    let w = world(
        r#""alias": { "a": "b", "b": "a" }"#,
        &[("tsconfig.json", r#"{ "compilerOptions": { "baseUrl": "." } }"#)],
    );
    assert!(w.import("main.js", "a").starts_with("alias-circle"));
}

#[test]
fn a_pattern_for_an_empty_module_matches_no_more() {
    let w = world(
        r#""alias": { "icons/*.svg": false }"#,
        &[("node_modules/icart/index.js", ""), ("node_modules/icons/a.js", "")],
    );
    assert_eq!(w.import("main.js", "icons/a.svg"), "ignored icons/a.svg");
    assert_eq!(w.import("main.js", "icons/a"), "node_modules/icons/a.js");
    assert_eq!(w.import("main.js", "icart"), "node_modules/icart/index.js");
}

#[test]
fn cyclic_aliases_are_reported() {
    let w = world(r#""alias": { "a": "b", "b": "a" }"#, &[]);
    let text = w.import("main.js", "a");
    assert!(text.starts_with("alias-circle") || text.starts_with("missing-package"), "{text}");
}

#[test]
fn addresses_stay_outside_where_they_can_be_imported() {
    let address = "https://cdn.example.com/vue.js";
    let w = world(r#""format": "esm""#, &[]);
    assert_eq!(w.import("main.js", address), format!("external {address}"));
    assert_eq!(
        w.import("main.js", "//cdn.example.com/vue.js"),
        "external //cdn.example.com/vue.js"
    );
    let w = world("", &[]);
    assert_eq!(
        w.import("main.js", address),
        "url-import: \"https://cdn.example.com/vue.js\" is a URL, which a classic script \
         cannot import; install the \
         package with npm, and import it by its name; or load it in the page with <script src>, and name its global: \
         --external \"https://cdn.example.com/vue.js=ItsGlobalName\""
    );
    assert_eq!(w.ask("main.js", address, RequestSyntax::Url), format!("external {address}"));
    let w = world(r#""externals": { "https://cdn.example.com/vue.js": "Vue" }"#, &[]);
    assert_eq!(w.import("main.js", address), format!("external {address} = Vue"));
}

#[test]
fn data_is_a_module() {
    let w = world("", &[]);
    assert_eq!(
        w.import("main.js", "data:text/javascript,export%20{}"),
        "text/javascript export {}"
    );
    assert!(w.import("main.js", "data:nothing").starts_with("bad-data-url"));
}

#[test]
fn builtins_for_browsers_need_an_answer() {
    let files = [
        ("node_modules/events/index.js", ""),
        ("node_modules/a/index.js", ""),
        ("src/path.js", ""),
    ];
    let w = world(r#""alias": { "stream": "./src/path.js" }"#, &files);
    assert_eq!(w.import("main.js", "events"), "node_modules/events/index.js");
    assert_eq!(w.import("main.js", "node:events"), "node_modules/events/index.js");
    assert_eq!(w.import("main.js", "stream"), "src/path.js");
    assert_eq!(
        w.import("src/main.js", "path"),
        "node-builtin: \"path\" is a built-in module of Node, which browsers do not have; src/main.js \
         imports it; `npm install path-browserify` installs a version for browsers, which is then \
         used; \"node\": \"shims\" in the configuration uses a small version of our own; if this runs in Node, not in pages: --platform node"
    );
    assert_eq!(
        w.require("node_modules/a/index.js", "node:fs/promises"),
        "node-builtin: \"fs/promises\" is a built-in module of Node, which browsers do not have; \
         node_modules/a/index.js imports it; if the package works without it: \"alias\": { \"fs/promises\": false } puts an empty \
         module in its place; if this runs in Node, not in pages: --platform node"
    );
    let stand_ins = [
        ("node_modules/path-browserify/index.js", ""),
        ("node_modules/a/index.js", ""),
        ("elsewhere/a.js", ""),
    ];
    let w = world(r#""node": "shims""#, &stand_ins);
    let found = "node_modules/path-browserify/index.js";
    assert_eq!(w.require("node_modules/a/index.js", "node:path"), found);
    assert_eq!(w.import("main.js", "events"), "of node events");
    assert_eq!(w.import("main.js", "fs"), "of node fs");
    assert!(w.import("main.js", "stream").starts_with("node-builtin"));
    let w = world(r#""platform": "node""#, &files);
    assert_eq!(w.import("main.js", "events"), "external events");
    assert_eq!(w.import("main.js", "node:events"), "external node:events");
    assert_eq!(w.import("main.js", "fs/promises"), "external fs/promises");
    assert_eq!(w.ask("main.js", "events/", RequestSyntax::Require), "node_modules/events/index.js");
}
