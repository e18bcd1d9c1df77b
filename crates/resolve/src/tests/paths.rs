//! Relative files, extensions, directories, queries, tsconfig.

use super::{RequestSyntax, world};

#[test]
fn files_and_extensions() {
    let w = world(
        "",
        &[
            ("src/a.js", ""),
            ("src/b.ts", ""),
            ("src/c.json", "{}"),
            ("src/d.vue", ""),
            ("src/d.css", ""),
        ],
    );
    for (specifier, expected) in [
        ("./a.js", "src/a.js"),
        ("./a", "src/a.js"),
        ("./b", "src/b.ts"),
        ("./c", "src/c.json"),
        ("./d", "src/d.vue"),
        ("./d.css", "src/d.css"),
        ("../src/../src/a", "src/a.js"),
        ("../entry", "entry.js"),
        ("/p/src/a.js", "src/a.js"),
    ] {
        assert_eq!(w.import("src/main.js", specifier), expected, "{specifier}");
    }
}

#[test]
fn paths_from_the_project_on() {
    let w =
        world("", &[("js/a.js", ""), ("js/b/index.js", ""), ("p/js/c.js", ""), ("js/c.js", "")]);
    assert_eq!(w.import("main.js", "/js/a.js"), "js/a.js");
    assert_eq!(w.import("js/main.js", "/js/b"), "js/b/index.js");
    assert_eq!(w.import("main.js", "/p/js/a.js"), "js/a.js");
    assert_eq!(w.import("main.js", "/p/js/c.js"), "p/js/c.js");
}

#[test]
fn javascript_wins_where_both_are_there() {
    let w = world("", &[("a.ts", ""), ("a.js", ""), ("b/index.ts", ""), ("b.js", "")]);
    assert_eq!(w.import("main.js", "./a"), "a.js");
    assert_eq!(w.import("main.js", "./b"), "b.js");
    assert_eq!(w.import("main.js", "./b/"), "b/index.ts");
}

#[test]
fn configured_extensions_replace_the_usual() {
    let w = world(r#""extensions": [".es6"]"#, &[("a.es6", ""), ("a.js", "")]);
    assert_eq!(w.import("main.js", "./a"), "a.es6");
}

#[test]
fn directories_have_an_index_or_a_package_json() {
    let w = world(
        "",
        &[
            ("widgets/index.js", ""),
            ("grid/package.json", r#"{ "main": "lib/grid" }"#),
            ("grid/lib/grid.js", ""),
            ("lost/package.json", r#"{ "main": "missing.js" }"#),
            ("lost/index.js", ""),
            ("deep/package.json", r#"{ "main": "lib" }"#),
            ("deep/lib/index.js", ""),
        ],
    );
    assert_eq!(w.import("main.js", "./widgets"), "widgets/index.js");
    assert_eq!(w.import("widgets/a.js", "."), "widgets/index.js");
    assert_eq!(w.import("widgets/sub/a.js", ".."), "widgets/index.js");
    assert_eq!(w.import("main.js", "./grid"), "grid/lib/grid.js");
    assert_eq!(w.import("main.js", "./lost"), "lost/index.js");
    assert_eq!(w.import("main.js", "./deep"), "deep/lib/index.js");
}

#[test]
fn typescript_may_write_the_extension_of_the_output() {
    let w = world(
        "",
        &[
            ("a.ts", ""),
            ("b.tsx", ""),
            ("c.mts", ""),
            ("both.js", ""),
            ("both.ts", ""),
            ("node_modules/x/a.ts", ""),
        ],
    );
    assert_eq!(w.import("main.ts", "./a.js"), "a.ts");
    assert_eq!(w.import("main.tsx", "./b.jsx"), "b.tsx");
    assert_eq!(w.import("main.ts", "./b.js"), "b.tsx");
    assert_eq!(w.import("main.mts", "./c.mjs"), "c.mts");
    assert_eq!(w.import("main.ts", "./both.js"), "both.js");
    assert_eq!(w.import("App.vue", "./a.js"), "a.ts");
    assert_eq!(w.import("main.js", "./a.js?x"), "a.ts?x");
    assert_eq!(w.import("main.js", "./b.js"), "b.tsx");
    assert_eq!(w.import("main.js", "./both.js"), "both.js");
    let package = w.import("node_modules/x/main.js", "./a.js");
    assert!(package.starts_with("missing-file"), "packages mean what they say");
}

#[test]
fn module_importers_may_leave_extensions_out_too() {
    let w = world("", &[("package.json", r#"{ "type": "module" }"#), ("a.js", "")]);
    assert_eq!(w.import("main.js", "./a"), "a.js");
    assert_eq!(w.import("main.mjs", "./a"), "a.js");
}

#[test]
fn queries_and_fragments_are_kept() {
    let w = world("", &[("a.svg", ""), ("a#b.js", ""), ("node_modules/x/index.js", "")]);
    assert_eq!(w.import("main.js", "./a.svg?inline"), "a.svg?inline");
    assert_eq!(w.import("main.js", "./a.svg?a=./b?c"), "a.svg?a=./b?c");
    assert_eq!(w.import("main.js", "./a.svg#icon"), "a.svg#icon");
    assert_eq!(w.import("main.js", "./a.svg?x#icon"), "a.svg?x#icon");
    assert_eq!(w.import("main.js", "./a#b.js"), "a#b.js");
    assert_eq!(w.import("main.js", "x?y"), "node_modules/x/index.js?y");
}

#[test]
fn entries_are_relative_to_the_directory_that_asks() {
    let w = world(
        "",
        &[
            ("src/main.js", ""),
            ("node_modules/vue/package.json", r#"{ "main": "v.js" }"#),
            ("node_modules/vue/v.js", ""),
        ],
    );
    assert_eq!(w.ask("", "src/main.js", RequestSyntax::Entry), "src/main.js");
    assert_eq!(w.ask("", "./src/main", RequestSyntax::Entry), "src/main.js");
    assert_eq!(w.ask("", "/p/src/main.js", RequestSyntax::Entry), "src/main.js");
    assert_eq!(w.ask("", "vue", RequestSyntax::Entry), "node_modules/vue/v.js");
}

#[test]
fn folders_may_be_called_like_queries() {
    let w = world("", &[("c#/d?e/main.js", ""), ("c#/d?e/a.js", "")]);
    assert_eq!(w.ask("", "/p/c#/d?e/main.js", RequestSyntax::Entry), "c#/d?e/main.js");
    assert_eq!(w.import("c#/d?e/main.js", "./a"), "c#/d?e/a.js");
}

#[test]
fn urls_are_relative_without_a_dot() {
    let w = world("", &[("img/a.png", "")]);
    assert_eq!(w.ask("img/main.js", "a.png", RequestSyntax::Url), "img/a.png");
    assert_eq!(w.ask("img/main.js", "./a.png", RequestSyntax::Url), "img/a.png");
    assert_eq!(w.ask("img/main.js", "/img/a.png", RequestSyntax::Url), "external /img/a.png");
}

#[test]
fn tsconfig_paths_of_the_nearest_file_count() {
    let w = world(
        "",
        &[
            (
                "tsconfig.json",
                r#"{ "compilerOptions": { "paths": { "~/*": ["./src/*"], "conf": ["./conf/c.ts"] } } }"#,
            ),
            ("src/a.ts", ""),
            ("conf/c.ts", ""),
            (
                "inner/tsconfig.json",
                "{ // comments are allowed\n \"compilerOptions\": { \"baseUrl\": \"./lib\", } }",
            ),
            ("inner/lib/x.ts", ""),
            ("node_modules/pkg/index.js", ""),
        ],
    );
    assert_eq!(w.import("main.ts", "~/a"), "src/a.ts");
    assert_eq!(w.import("main.js", "~/a"), "src/a.ts");
    assert_eq!(w.import("deep/er/App.vue", "conf"), "conf/c.ts");
    assert_eq!(w.import("inner/main.ts", "x"), "inner/lib/x.ts");
    assert_eq!(w.import("inner/main.ts", "pkg"), "node_modules/pkg/index.js");
    assert!(w.import("inner/main.ts", "~/a").starts_with("missing-alias"));
    assert!(w.import("node_modules/pkg/index.js", "conf").starts_with("missing-package"));
}

#[test]
fn a_tsconfig_may_extend_refer_and_be_named() {
    let files = [
        ("base/tsconfig.json", r#"{ "compilerOptions": { "paths": { "@/*": ["../src/*"] } } }"#),
        ("a/tsconfig.json", r#"{ "extends": "../base/tsconfig.json" }"#),
        (
            "b/tsconfig.json",
            r#"{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }"#,
        ),
        ("b/tsconfig.app.json", r#"{ "extends": "../base/tsconfig", "include": ["src/**/*"] }"#),
        // Neither the reference to no file nor the one to itself is an error.
        (
            "c/tsconfig.json",
            r#"{ "references": [{ "path": "../gone" }, { "path": "." }, { "path": "../base" }] }"#,
        ),
        ("src/x.ts", ""),
    ];
    let w = world("", &files);
    assert_eq!(w.import("a/main.ts", "@/x"), "src/x.ts");
    assert_eq!(w.import("b/src/main.ts", "@/x"), "src/x.ts");
    assert_eq!(w.import("c/main.ts", "@/x"), "src/x.ts");
    let w = world(r#""tsconfig": "base/tsconfig.json""#, &files);
    assert_eq!(w.import("elsewhere/main.ts", "@/x"), "src/x.ts");
}

#[test]
fn a_tsconfig_outside_the_project_is_none_of_its_business() {
    let w = world(
        "",
        &[("/tsconfig.json", r#"{ "compilerOptions": { "paths": { "a": ["/p/entry.js"] } } }"#)],
    );
    assert!(w.import("main.ts", "a").starts_with("missing-package"));
}

#[test]
fn paths_to_declarations_are_for_the_type_checker() {
    let paths = r#"{ "compilerOptions": { "paths": { "lib": ["./types/lib.d.ts"], "lib/*": ["./types/*.d.ts"] } } }"#;
    let w = world(
        "",
        &[
            ("tsconfig.json", paths),
            ("types/lib.d.ts", ""),
            ("types/sub.d.ts", ""),
            ("node_modules/lib/index.js", ""),
            ("node_modules/lib/sub.js", ""),
        ],
    );
    assert_eq!(w.import("main.ts", "lib"), "node_modules/lib/index.js");
    assert_eq!(w.import("main.ts", "lib/sub"), "node_modules/lib/sub.js");
}

#[test]
fn folders_of_modules_are_searched_in_order() {
    let files = [
        ("src/both.js", ""),
        ("src/lib/a.ts", ""),
        ("node_modules/both/index.js", ""),
        ("node_modules/x/index.js", ""),
    ];
    let first = world(r#""modulePaths": ["src"]"#, &files);
    assert_eq!(first.import("main.js", "both"), "src/both.js");
    assert_eq!(first.import("src/lib/a.ts", "lib/a"), "src/lib/a.ts");
    assert_eq!(first.import("main.js", "x"), "node_modules/x/index.js");
    let missing = first.import("main.js", "lib/b");
    assert!(missing.starts_with("missing-file"), "{missing}");
    assert!(first.import("main.js", "other/b").starts_with("missing-package"));
    let last = world(r#""modulePaths": ["./node_modules/", "./src"]"#, &files);
    assert_eq!(last.import("main.js", "both"), "node_modules/both/index.js");
    assert_eq!(last.import("node_modules/x/index.js", "lib/a"), "src/lib/a.ts");
}

#[test]
fn files_beside_the_importer_come_first() {
    let files = [
        ("package.json", r#"{ "browser": { "replaced": "./src/web.js", "nothing": false } }"#),
        (
            "tsconfig.json",
            r#"{ "compilerOptions": { "paths": { "by-paths": ["./types/by-paths.ts"] } } }"#,
        ),
        ("types/by-paths.ts", ""),
        ("both.js", ""),
        ("src/both.js", ""),
        ("src/util.js", ""),
        ("src/lib/a.ts", ""),
        ("src/folder/index.js", ""),
        ("src/empty/data.json", ""),
        ("src/outside.js", ""),
        ("src/named.js", ""),
        ("src/by-paths.js", ""),
        ("src/replaced.js", ""),
        ("src/nothing.js", ""),
        ("src/web.js", ""),
        ("folders/both.js", ""),
        ("folders/other.js", ""),
        ("node_modules/both/index.js", ""),
        ("node_modules/empty/index.js", ""),
        ("node_modules/x/index.js", ""),
        ("node_modules/x/lib/both.js", ""),
        ("node_modules/util/index.js", ""),
    ];
    let config = r#""preferRelative": true, "modulePaths": ["folders"],
        "externals": { "outside": "Out" }, "alias": { "named": "./src/web.js" }"#;
    let w = world(config, &files);
    assert_eq!(w.import("main.js", "both"), "both.js");
    assert_eq!(w.import("src/main.js", "both?raw"), "src/both.js?raw");
    assert_eq!(w.require("src/main.ts", "lib/a.js"), "src/lib/a.ts");
    assert_eq!(w.import("src/main.js", "folder"), "src/folder/index.js");
    assert_eq!(w.import("src/main.js", "empty"), "node_modules/empty/index.js");
    assert_eq!(w.import("src/lib/a.ts", "both"), "folders/both.js");
    assert_eq!(w.import("src/main.js", "other"), "folders/other.js");
    assert_eq!(w.import("node_modules/x/index.js", "lib/both"), "node_modules/x/lib/both.js");
    assert_eq!(w.import("src/main.js", "outside"), "external outside = Out");
    for specifier in ["named", "replaced"] {
        assert_eq!(w.import("src/main.js", specifier), "src/web.js", "{specifier}");
    }
    assert_eq!(w.import("src/main.js", "nothing"), "ignored nothing");
    assert_eq!(w.import("src/main.js", "by-paths"), "types/by-paths.ts");
    assert_eq!(w.import("src/main.js", "util"), "src/util.js");
    assert_eq!(w.import("src/main.js", "node:util"), "node_modules/util/index.js");
    let missing = w.import("src/main.js", "lib/b");
    assert!(missing.starts_with("missing-file"), "{missing}");
    assert!(w.import("src/main.js", "b").starts_with("missing-package"));
    let node = world(r#""preferRelative": true, "platform": "node""#, &files);
    assert_eq!(node.import("src/main.js", "util"), "external util");
    assert_eq!(node.import("src/main.js", "replaced"), "src/replaced.js");
    let usual = world(r#""preferRelative": false"#, &files);
    assert_eq!(usual.import("src/main.js", "both"), "node_modules/both/index.js");
    assert!(!usual.resolver.depends_on_existence("/p/src/both.js".into()));
}
