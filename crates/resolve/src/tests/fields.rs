//! package.json: exports, imports, browser, main.

use super::{RequestSyntax, absolute, world};

#[test]
fn main_fields_in_order() {
    let w = world(
        "",
        &[
            ("node_modules/a/package.json", r#"{ "main": "a.cjs.js", "module": "a.esm.js" }"#),
            ("node_modules/a/a.cjs.js", ""),
            ("node_modules/a/a.esm.js", ""),
            ("node_modules/b/package.json", r#"{ "main": "b.js", "browser": "b.web.js" }"#),
            ("node_modules/b/b.js", ""),
            ("node_modules/b/b.web.js", ""),
            ("node_modules/c/package.json", "{}"),
            ("node_modules/c/index.js", ""),
            ("node_modules/d/package.json", r#"{ "main": "missing" }"#),
            ("node_modules/d/index.js", ""),
            ("node_modules/@s/e/package.json", r#"{ "main": "./lib/" }"#),
            ("node_modules/@s/e/lib/index.js", ""),
        ],
    );
    assert_eq!(w.import("main.js", "a"), "node_modules/a/a.esm.js");
    assert_eq!(
        w.require("main.js", "a"),
        "node_modules/a/a.esm.js",
        "one instance for both, as in webpack"
    );
    assert_eq!(w.import("main.js", "b"), "node_modules/b/b.web.js");
    assert_eq!(w.import("src/deep/main.js", "c"), "node_modules/c/index.js");
    assert_eq!(w.import("main.js", "d"), "node_modules/d/index.js");
    assert_eq!(w.import("main.js", "@s/e"), "node_modules/@s/e/lib/index.js");
    assert_eq!(w.import("main.js", "@s/e/lib/index"), "node_modules/@s/e/lib/index.js");
}

#[test]
fn exports_by_condition_and_pattern() {
    let package = r#"{ "name": "pkg", "main": "old.js", "exports": {
        ".": { "import": { "browser": "./web.mjs", "default": "./m.mjs" }, "require": "./c.cjs" },
        "./sub": ["./sub.js"], "./features/*.js": "./src/features/*.js", "./private/*": null,
        "./features/hidden.js": null, "./only-node": { "node": "./n.js" }
    } }"#;
    let w = world(
        "",
        &[
            ("node_modules/pkg/package.json", package),
            ("node_modules/pkg/web.mjs", ""),
            ("node_modules/pkg/c.cjs", ""),
            ("node_modules/pkg/sub.js", ""),
            ("node_modules/pkg/src/features/x.js", ""),
            ("node_modules/pkg/src/secret.js", ""),
            ("node_modules/pkg/inner/index.js", ""),
        ],
    );
    assert_eq!(w.import("main.js", "pkg"), "node_modules/pkg/web.mjs");
    assert_eq!(w.require("main.js", "pkg"), "node_modules/pkg/c.cjs");
    assert_eq!(w.import("main.js", "pkg/sub"), "node_modules/pkg/sub.js");
    assert_eq!(w.import("main.js", "pkg/features/x.js"), "node_modules/pkg/src/features/x.js");
    assert_eq!(
        w.import("node_modules/pkg/inner/index.js", "pkg/sub"),
        "node_modules/pkg/sub.js",
        "self-reference"
    );
    assert_eq!(
        w.import("main.js", "pkg/src/secret.js"),
        "not-exported: the package pkg does not export \"pkg/src/secret.js\"; the file exists, but \"exports\" in its package.json does not list it; \"severity\": { \"not-exported\": \"warn\" } uses it, as webpack 4 does; it exports pkg, pkg/sub, pkg/features/*.js and \
         pkg/only-node"
    );
    assert_eq!(
        w.import("main.js", "pkg/only-node"),
        "not-exported: the package pkg does not export \"./only-node\" for this build; the package exports it for \"node\"; the conditions of this build are \"browser\", \"module\", \"production\" and \"import\""
    );
    assert!(w.import("main.js", "pkg/sbu").ends_with("→ \"pkg/sub\""));
    assert!(w.import("main.js", "pkg/features/hidden.js").starts_with("not-exported"));
}

#[test]
fn imports_of_the_own_package() {
    let w = world(
        "",
        &[
            (
                "package.json",
                r##"{ "imports": { "#db": { "node": "./db.node.js", "default": "./db.js" }, "#ui/*": "./src/ui/*.js", "#dep": "dep" } }"##,
            ),
            ("db.js", ""),
            ("src/ui/button.js", ""),
            ("node_modules/dep/index.js", ""),
        ],
    );
    assert_eq!(w.import("src/main.js", "#db"), "db.js");
    assert_eq!(w.import("src/main.js", "#ui/button"), "src/ui/button.js");
    assert_eq!(w.import("src/main.js", "#dep"), "node_modules/dep/index.js");
    assert_eq!(
        w.import("src/main.js", "#bd"),
        "missing-import: package.json has no \"#bd\" under \"imports\"; add it: \"imports\": { \
         \"#bd\": \
         \"./src/file.js\" } → \"#db\""
    );
}

#[test]
fn the_browser_field_replaces_and_ignores() {
    let package = r#"{ "name": "x", "main": "index.js", "browser": {
        "./lib/node.js": "./lib/web.js", "./lib/server.js": false, "fs": false, "crypto": "./shim.js", "other": "replaced"
    } }"#;
    let files = [
        ("node_modules/x/package.json", package),
        ("node_modules/x/index.js", ""),
        ("node_modules/x/lib/node.js", ""),
        ("node_modules/x/lib/web.js", ""),
        ("node_modules/x/lib/server.js", ""),
        ("node_modules/x/shim.js", ""),
        ("node_modules/replaced/index.js", ""),
    ];
    let w = world("", &files);
    let from = "node_modules/x/index.js";
    assert_eq!(w.require(from, "./lib/node"), "node_modules/x/lib/web.js");
    assert_eq!(w.require(from, "./lib/node.js"), "node_modules/x/lib/web.js");
    assert_eq!(w.require(from, "./lib/server"), "ignored node_modules/x/lib/server");
    assert_eq!(w.require(from, "fs"), "ignored fs");
    assert_eq!(w.require(from, "node:fs"), "ignored fs");
    assert_eq!(w.require(from, "crypto"), "node_modules/x/shim.js");
    assert_eq!(w.require(from, "other"), "node_modules/replaced/index.js");
    assert_eq!(w.require("main.js", "x/lib/node.js"), "node_modules/x/lib/web.js");
    let w = world(r#""platform": "node""#, &files);
    assert_eq!(w.require(from, "./lib/node"), "node_modules/x/lib/node.js");
    assert_eq!(w.require(from, "fs"), "external fs");
}

#[test]
fn a_directory_with_exports_can_be_imported_by_path() {
    let w =
        world("", &[("lib/package.json", r#"{ "exports": "./src/x.js" }"#), ("lib/src/x.js", "")]);
    assert_eq!(w.import("main.js", "./lib"), "lib/src/x.js");
}

#[test]
fn the_innermost_copy_of_a_package_counts() {
    let w = world(
        "",
        &[
            ("node_modules/a/index.js", ""),
            ("node_modules/b/index.js", ""),
            ("node_modules/b/node_modules/a/index.js", ""),
        ],
    );
    assert_eq!(w.import("node_modules/b/index.js", "a"), "node_modules/b/node_modules/a/index.js");
    assert_eq!(w.import("node_modules/a/index.js", "b"), "node_modules/b/index.js");
    assert_eq!(w.ask("main.js", "a", RequestSyntax::Import), "node_modules/a/index.js");
}

#[test]
fn stylesheets_of_packages_whose_exports_name_scripts() {
    let tabs = |fields: &str| {
        let package = format!("{{ \"exports\": \"./dist/tabs.js\", {fields} }}");
        let world = world(
            "{}",
            &[
                ("node_modules/tabs/package.json", package.as_str()),
                ("node_modules/tabs/dist/tabs.js", ""),
                ("node_modules/tabs/dist/tabs.css", ""),
            ],
        );
        world.resolver.resolve_style("tabs", &absolute("app.css"))
    };
    assert_eq!(
        tabs(r#""style": "dist/tabs.css""#),
        Some("/p/node_modules/tabs/dist/tabs.css".into())
    );
    assert_eq!(tabs(r#""main": "dist/tabs.js""#), None);
}
