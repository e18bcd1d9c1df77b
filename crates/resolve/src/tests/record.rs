//! The record of questions to the disk, and clearing it.

use camino::Utf8Path;

use super::world;

#[test]
fn every_path_that_decides_is_on_record() {
    let w = world("", &[("src/a.ts", ""), ("package.json", r#"{ "name": "p" }"#)]);
    assert_eq!(w.import("src/main.js", "./a"), "src/a.ts");
    for (path, expected) in [
        ("src/a.js", true),
        ("src/a.ts", true),
        ("src/package.json", true),
        ("package.json", true),
        ("tsconfig.json", true),
        ("src/b.js", false),
    ] {
        assert_eq!(w.resolver.depends_on_existence(&super::absolute(path)), expected, "{path}");
    }
    assert!(w.resolver.depends_on_contents("/p/package.json".into()));
    assert!(
        !w.resolver.depends_on_contents("/p/src/a.ts".into()),
        "a module's text decides nothing here"
    );
    assert!(w.resolver.asked_paths().contains(&"/p/src/a.js".into()));
    assert!(w.resolver.asked_paths().is_sorted());
    let existence = w.resolver.existence();
    assert!(
        existence.contains(&("/p/src/a.ts".into(), true))
            && existence.contains(&("/p/src/a.js".into(), false))
    );
    assert!(w.resolver.files_read().contains(&"/p/package.json".into()));
}

#[test]
fn answers_hold_until_cleared() {
    let w = world("", &[("a.ts", "")]);
    assert_eq!(w.import("main.js", "./a"), "a.ts");
    w.fs.write("/p/a.js", "");
    assert_eq!(w.import("main.js", "./a"), "a.ts");
    w.resolver.clear();
    assert!(w.resolver.asked_paths().is_empty());
    assert_eq!(w.import("main.js", "./a"), "a.js");
}

#[test]
fn package_json_and_tsconfig_are_read_again_after_clear() {
    let w = world(
        "",
        &[
            ("node_modules/x/package.json", r#"{ "main": "a.js" }"#),
            ("node_modules/x/a.js", ""),
            ("node_modules/x/b.js", ""),
            ("tsconfig.json", r#"{ "compilerOptions": { "paths": { "y": ["./entry.js"] } } }"#),
        ],
    );
    assert_eq!(w.import("main.js", "x"), "node_modules/x/a.js");
    assert_eq!(w.import("main.js", "y"), "entry.js");
    w.fs.write("/p/node_modules/x/package.json", r#"{ "main": "b.js", "version": "2.0.0" }"#);
    w.fs.write("/p/tsconfig.json", "{}");
    assert!(w.resolver.depends_on_contents("/p/node_modules/x/package.json".into()));
    assert!(w.resolver.depends_on_contents("/p/tsconfig.json".into()));
    w.resolver.clear();
    assert_eq!(w.import("main.js", "x"), "node_modules/x/b.js");
    assert_eq!(w.package("main.js", "x").version.as_deref(), Some("2.0.0"));
    assert!(w.import("main.js", "y").starts_with("missing-package"));
}

#[test]
fn a_suggestion_depends_on_the_names_it_was_chosen_from() {
    let w = world("", &[("counter.js", "")]);
    assert!(w.import("main.js", "./couter").ends_with("→ \"./counter\""));
    assert!(w.resolver.depends_on_existence(Utf8Path::new("/p/couters.js")));
}

#[test]
fn many_threads_may_ask() {
    let w = world(
        "",
        &[
            ("a.js", ""),
            ("node_modules/x/package.json", r#"{ "main": "i.js" }"#),
            ("node_modules/x/i.js", ""),
        ],
    );
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..50 {
                    assert_eq!(w.import("main.js", "./a"), "a.js");
                    assert_eq!(w.require("src/deep/main.ts", "x"), "node_modules/x/i.js");
                    assert!(w.import("main.js", "./b").starts_with("missing-file"));
                }
            });
        }
    });
}
