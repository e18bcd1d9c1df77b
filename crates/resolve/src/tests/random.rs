//! Random specifiers, and edits in any order. Both are seeded, so that a failure can be repeated.

use std::{collections::BTreeMap, sync::Arc};

use bundle_base::fs::MemoryFs;

use super::{RequestSyntax, configured, failure_text, resolution_text, world};
use crate::{ResolveRequest, Resolver};

/// A small random number generator, which must be repeatable rather than good.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides as u64).expect("less than the number of sides")
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }
}

#[test]
fn no_specifier_makes_it_panic() {
    let w = world(
        r#""alias": { "@": "./src", "x$": "y/z", "w*": "./src/*" }, "externals": { "e*": "E" }"#,
        &[
            (
                "package.json",
                r##"{ "name": "p", "imports": { "#a": "./src/a.js", "#b/*": "./src/*" }, "exports": "./src/a.js" }"##,
            ),
            ("src/a.js", ""),
            ("src/ü.js", ""),
            (
                "node_modules/y/package.json",
                r#"{ "exports": { "./*": "./lib/*.js", "./d/": "./lib/" } }"#,
            ),
            ("node_modules/y/lib/z.js", ""),
            ("node_modules/@s/t/index.js", ""),
            (
                "tsconfig.json",
                r#"{ "compilerOptions": { "paths": { "q*": ["./src/*"] }, "rootDirs": ["./src", "./other"] } }"#,
            ),
        ],
    );
    let pieces = [
        "a",
        "ü",
        "y",
        "z",
        "@s",
        "t",
        "p",
        "q",
        "w",
        "x",
        "e",
        "#",
        "#a",
        "#b",
        "?",
        "*",
        ".",
        "..",
        "/",
        "//",
        "\\",
        "@",
        "%",
        "%20",
        "!",
        ":",
        "data:",
        "file:",
        "node:",
        "fs",
        "\u{1F600}",
        " ",
        "\n",
        ".js",
        "node_modules",
        "~",
        "$",
    ];
    let dice = &mut Dice(7);
    for _ in 0..4000 {
        let specifier: String = (0..=dice.roll(6)).map(|_| *dice.pick(&pieces)).collect();
        let kind = *dice.pick(&RequestSyntax::ALL);
        let importer =
            *dice.pick(&["src/main.ts", "main.js", "node_modules/y/lib/z.js", "src", "App.vue"]);
        assert!(!w.ask(importer, &specifier, kind).is_empty());
        let importer = super::absolute(importer);
        drop(w.resolver.resolve_directory(&ResolveRequest {
            specifier: &specifier,
            kind,
            importer: &importer,
        }));
    }
}

/// Files that appear and disappear, each with the contents that it may have.
const FILES: &[(&str, &[&str])] = &[
    (
        "package.json",
        &[
            "{}",
            r##"{ "name": "p", "imports": { "#a": "./src/a.js" } }"##,
            "{",
            r#"{ "browser": { "x": false } }"#,
        ],
    ),
    (
        "tsconfig.json",
        &["{}", r#"{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }"#, "nonsense"],
    ),
    ("src/tsconfig.json", &["{}", r#"{ "extends": "../base.json" }"#]),
    ("base.json", &[r#"{ "compilerOptions": { "baseUrl": "./src" } }"#, "{}"]),
    ("src/a.js", &[""]),
    ("src/a.ts", &[""]),
    ("src/a/index.js", &[""]),
    ("src/a/package.json", &["{}", r#"{ "main": "b.js" }"#]),
    ("src/a/b.js", &[""]),
    ("src/ab.js", &[""]),
    (
        "node_modules/x/package.json",
        &[
            "{}",
            r#"{ "main": "m.js", "version": "1.0.0" }"#,
            r#"{ "exports": { "import": "./m.js" } }"#,
        ],
    ),
    ("node_modules/x/m.js", &[""]),
    ("node_modules/x/index.js", &[""]),
    ("src/node_modules/x/index.js", &[""]),
    ("src/x.js", &[""]),
    ("yarn.lock", &[""]),
];

const ASKS: &[(&str, &str, RequestSyntax)] = &[
    ("src/main.js", "./a", RequestSyntax::Import),
    ("src/main.ts", "./a.js", RequestSyntax::Import),
    ("src/main.js", "./abc", RequestSyntax::Import),
    ("src/main.js", "@/a", RequestSyntax::Import),
    ("main.js", "@/a", RequestSyntax::Import),
    ("main.js", "a", RequestSyntax::Import),
    ("src/main.js", "a", RequestSyntax::Import),
    ("src/main.js", "x", RequestSyntax::Import),
    ("src/main.js", "x", RequestSyntax::Require),
    ("main.js", "x/m", RequestSyntax::Import),
    ("main.js", "y", RequestSyntax::Import),
    ("src/main.js", "#a", RequestSyntax::Import),
    ("", "src/a", RequestSyntax::Entry),
];

fn answer(resolver: &Resolver, ask: &(&str, &str, RequestSyntax)) -> String {
    let (importer, specifier, kind) = *ask;
    let path = super::absolute(importer);
    match resolver.resolve(&ResolveRequest { specifier, kind, importer: &path }) {
        Ok(crate::Resolution::Module(module)) => format!("{module:?}"),
        Ok(other) => resolution_text(&other),
        Err(failure) => failure_text(&failure, importer),
    }
}

#[test]
fn remembered_answers_equal_fresh_ones_after_any_edit() {
    for seed in 0..16 {
        let dice = &mut Dice(seed);
        let fs = Arc::new(MemoryFs::new().with("/p/entry.js", ""));
        let prefers_relative = format!(r#""preferRelative": {}"#, seed % 2 == 1);
        let config = configured(&prefers_relative, &fs);
        let fresh = || Resolver::new(&config, Arc::<MemoryFs>::clone(&fs));
        let resolver = fresh();
        let mut there: BTreeMap<&str, usize> = BTreeMap::new();
        let mut remembered: BTreeMap<usize, String> = BTreeMap::new();
        for step in 0..60 {
            let (path, contents) = *dice.pick(FILES);
            let at = super::absolute(path);
            let falls = if there.contains_key(path) && dice.roll(2) == 0 {
                fs.remove(&at);
                there.remove(path);
                resolver.depends_on_existence(&at)
            } else {
                let version = dice.roll(contents.len());
                fs.write(&at, contents[version]);
                match there.insert(path, version) {
                    Some(old) => old != version && resolver.depends_on_contents(&at),
                    None => resolver.depends_on_existence(&at),
                }
            };
            if falls {
                resolver.clear();
                remembered.clear();
            }
            let fresh = fresh();
            for (index, ask) in ASKS.iter().enumerate() {
                let known = remembered.entry(index).or_insert_with(|| answer(&resolver, ask));
                assert_eq!(
                    *known,
                    answer(&fresh, ask),
                    "seed {seed}, step {step}, after {path}: {ask:?}"
                );
            }
        }
    }
}
