//! Types and side effects.

use camino::Utf8Path;

use super::world;
use crate::SideEffects;

fn effects(field: &str, file: &str) -> bool {
    let package = format!("{{ \"name\": \"x\"{field} }}");
    let w =
        world("", &[("node_modules/x/package.json", &package), ("node_modules/x/index.js", "")]);
    w.package("main.js", "x").may_have_effects(&Utf8Path::new("/p/node_modules/x").join(file))
}

#[test]
fn side_effects_by_pattern() {
    for (field, file, expected) in [
        ("", "a.js", true),
        (r#", "sideEffects": true"#, "a.js", true),
        (r#", "sideEffects": false"#, "a.js", false),
        (r#", "sideEffects": 1"#, "a.js", true),
        (r#", "sideEffects": []"#, "a.js", false),
        (r#", "sideEffects": "*.css""#, "src/deep/a.css", true),
        (r#", "sideEffects": ["*.css"]"#, "src/a.js", false),
        (r#", "sideEffects": ["./src/polyfill.js"]"#, "src/polyfill.js", true),
        (r#", "sideEffects": ["src/polyfill.js"]"#, "src/polyfill.js", true),
        (r#", "sideEffects": ["src/*.js"]"#, "src/deep/a.js", false),
        (r#", "sideEffects": ["src/**/*.js"]"#, "src/a.js", true),
        (r#", "sideEffects": ["**/*.{css,scss}"]"#, "a.scss", true),
        (r#", "sideEffects": ["dist/**"]"#, "dist/a/b.js", true),
        (r#", "sideEffects": ["[z-a]"]"#, "a.js", true),
    ] {
        assert_eq!(effects(field, file), expected, "{field} {file}");
    }
}

#[test]
fn only_module_is_a_module_type() {
    let files = [
        ("package.json", r#"{ "type": "commonjs" }"#),
        ("a.js", ""),
        ("node_modules/m/package.json", r#"{ "name": "m", "type": "module" }"#),
        ("node_modules/m/index.js", ""),
        ("node_modules/m/cjs/package.json", r#"{ "type": "commonjs" }"#),
        ("node_modules/m/cjs/index.js", ""),
    ];
    let w = world("", &files);
    assert!(!w.package("main.js", "./a").is_module_type);
    assert!(w.package("main.js", "m").is_module_type);
    assert!(!w.package("main.js", "m/cjs").is_module_type);
}

#[test]
fn a_nameless_package_json_inside_a_package_adds_to_it() {
    let w = world(
        "",
        &[
            (
                "node_modules/x/package.json",
                r#"{ "name": "x", "version": "1.2.3", "sideEffects": ["esm/fx.js"] }"#,
            ),
            ("node_modules/x/esm/package.json", r#"{ "type": "module" }"#),
            ("node_modules/x/esm/a.js", ""),
            ("node_modules/x/pure/package.json", r#"{ "sideEffects": false }"#),
            ("node_modules/x/pure/a.js", ""),
        ],
    );
    let esm = w.package("main.js", "x/esm/a");
    assert!(esm.is_module_type);
    assert_eq!((esm.name.as_deref(), esm.version.as_deref()), (Some("x"), Some("1.2.3")));
    assert_eq!(esm.dir, "/p/node_modules/x");
    assert_eq!(esm.side_effects, SideEffects::Only(vec!["esm/fx.js".to_owned()]));
    assert!(esm.may_have_effects("/p/node_modules/x/esm/fx.js".into()));
    assert!(!esm.may_have_effects("/p/node_modules/x/esm/a.js".into()));
    assert_eq!(w.package("main.js", "x/pure/a").side_effects, SideEffects::None);
}

#[test]
fn files_outside_any_package_have_none() {
    let w = world("", &[("a.js", "")]);
    assert!(w.resolver.package("/p/a.js".into()).is_none());
    assert_eq!(w.resolver.name("/p/a.js".into()), "a.js");
}
