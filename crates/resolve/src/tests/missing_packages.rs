//! The messages about packages that are not installed or not built.

use super::world;

#[test]
fn packages_that_are_not_there() {
    let w = world(
        "",
        &[
            ("package.json", r#"{ "dependencies": { "axios": "^1" } }"#),
            ("yarn.lock", ""),
            ("node_modules/lodash-es/package.json", "{}"),
            ("node_modules/@scope/thing/package.json", "{}"),
            ("counter.js", ""),
        ],
    );
    assert_eq!(
        w.import("main.js", "left-pad"),
        "missing-package: the package left-pad is not installed; install it with `yarn add \
         left-pad`; or, if the page already loads it: --external left-pad=ItsGlobalName"
    );
    assert_eq!(
        w.import("main.js", "axios"),
        "missing-package: the package axios is not installed; package.json lists it in its dependencies: run `yarn install`"
    );
    assert!(w.import("main.js", "lodahs-es").ends_with("→ \"lodash-es\""));
    assert!(w.import("main.js", "@scope/thin").ends_with("→ \"@scope/thing\""));
    assert!(w.import("main.js", "counter").ends_with("→ \"./counter\""));
    assert!(w.import("main.js", "counter.js").ends_with("→ \"./counter.js\""));
    assert!(
        w.import("main.js", "@/views/list")
            .starts_with("missing-alias: \"@/views/list\" looks like an alias")
    );
}

#[test]
fn packages_that_the_output_loads() {
    for config in [r#""format": "cjs""#, r#""format": "esm""#, r#""platform": "node""#] {
        assert_eq!(
            world(config, &[]).import("main.js", "left-pad"),
            "missing-package: the package left-pad is not installed; install it with `npm install \
             left-pad`; or, to load it at run time: --external left-pad"
        );
    }
}

#[test]
fn a_package_imports_itself_before_it_is_built() {
    let manifest =
        r#"{ "name": "own", "exports": { ".": "./a.js", "./b": { "default": "./dist/b.js" } } }"#;
    let w = world("", &[("package.json", manifest), ("a.js", "")]);
    assert_eq!(w.import("src/main.js", "own"), "a.js");
    assert_eq!(
        w.import("src/main.js", "own/b"),
        "broken-package: package.json cannot be used: \"exports\" says that \"./b\" is \
         \"./dist/b.js\", but that file does not exist; reinstall the package; if it is your own, \
         correct it or build it first"
    );
    // Without `exports`, a package cannot import itself.
    let w = world("", &[("package.json", r#"{ "name": "own" }"#)]);
    assert!(w.import("main.js", "own/b").starts_with("missing-package"));
}

#[test]
fn packages_that_packages_need() {
    let w = world(
        "",
        &[
            ("package-lock.json", ""),
            (
                "node_modules/x/package.json",
                r#"{ "name": "x", "dependencies": { "a": "1" }, "peerDependencies": { "vue": "2" }, "devDependencies": { "tape": "1" } }"#,
            ),
            ("node_modules/x/index.js", ""),
        ],
    );
    let from = "node_modules/x/index.js";
    assert!(
        w.require(from, "a").ends_with(
            "node_modules/x/package.json lists it in its dependencies: run `npm install`"
        )
    );
    assert!(
        w.require(from, "vue")
            .ends_with("lists it in its peer dependencies: run `npm install vue`")
    );
    assert!(w.require(from, "tape").contains("install it with `npm install tape`"));
}
