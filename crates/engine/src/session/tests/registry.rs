//! Rebuilds of a registry in which names move: every edit changes which module exports a name and
//! by which way, but not that the name exists. The rebuilt link must equal a clean one.

use std::{collections::BTreeSet, fmt::Write, sync::Arc};

use bundle_base::{FileSystem, fs::MemoryFs};
use camino::{Utf8Path, Utf8PathBuf};

use super::{built, changed, random::random_modules::Random, session, session_with};
use crate::{ChangeSet, OutputFile};

const NAMES: [&str; 4] = ["a", "b", "c", "d"];
const MODULES: usize = 16;

/// Per module: the names that it always exports. It may export more by `export *`.
fn exported(random: &mut Random) -> Vec<Vec<&'static str>> {
    let some = |random: &mut Random| NAMES.into_iter().filter(|_| random.chance(2)).collect();
    (0..MODULES).map(|at| if at + 1 == MODULES { NAMES.to_vec() } else { some(random) }).collect()
}

/// Writes a module that exports its names in one of many ways, using modules after it.
fn text(random: &mut Random, at: usize, exported: &[Vec<&str>]) -> String {
    let mut text = String::new();
    let later =
        |random: &mut Random| (at + 1 < MODULES).then(|| at + 1 + random.below(MODULES - at - 1));
    let star = later(random).filter(|_| random.chance(2));
    if let Some(star) = star {
        let _ = writeln!(text, "export * from './m{star}.js';");
    }
    for name in &exported[at] {
        if star.is_some_and(|star| exported[star].contains(name)) && !random.chance(3) {
            continue;
        }
        match later(random)
            .filter(|_| random.chance(2))
            .and_then(|of| Some((of, exported[of].last()?)))
        {
            Some((of, other)) if random.chance(2) => {
                let _ = writeln!(
                    text,
                    "import {{ {other} as {name} }} from './m{of}.js';\nexport {{ {name} }};"
                );
            }
            Some((of, other)) => {
                let _ = writeln!(text, "export {{ {other} as {name} }} from './m{of}.js';");
            }
            None => drop(writeln!(text, "export let {name} = {};", random.below(100))),
        }
    }
    // If nothing has side effects, the module is kept only if others need it.
    if let Some(of) = later(random) {
        let _ = writeln!(text, "import './m{of}.js';");
    }
    for line in 0..2 {
        let Some(of) = later(random) else { break };
        for name in &exported[of] {
            let _ = match random.below(4) {
                0 => writeln!(
                    text,
                    "import {{ {name} as {name}{line} }} from './m{of}.js'; log({name}{line});"
                ),
                1 => writeln!(
                    text,
                    "import * as {name}s{line} from './m{of}.js'; log({name}s{line}.{name});"
                ),
                2 => writeln!(text, "import('./m{of}.js').then(log);"),
                _ => writeln!(text, "log(require('./m{of}.js'));"),
            };
        }
    }
    text
}

#[test]
fn rebuilds_where_names_move_equal_clean_builds() {
    let (mut partly, mut steps) = (0, 0);
    for seed in 0..40 {
        let random = &mut Random(seed);
        let splitting = random.chance(3);
        let settings = format!(
            r#"{{ "areas": {{ "m0": "m0.js", "m1": "m1.js" }}, "outDir": "out", "modules": "registry",
                "mode": "development", "splitting": {splitting} }}"#
        );
        let exported = exported(random);
        let fs = Arc::new(MemoryFs::new());
        fs.write("/p/package.json", format!(r#"{{ "sideEffects": {} }}"#, random.chance(2)));
        (0..MODULES).for_each(|at| fs.write(format!("/p/m{at}.js"), text(random, at, &exported)));
        let mut warm = session(&settings, &fs);
        built(&mut warm);
        for step in 0..12 {
            let at = random.below(MODULES);
            let path = format!("/p/m{at}.js");
            fs.write(&path, text(random, at, &exported));
            warm.apply(&changed(&path));
            let (rebuilt, clean) = (built(&mut warm), built(&mut session(&settings, &fs)));
            assert_eq!(rebuilt.outputs, clean.outputs, "seed {seed}, step {step}: {path}");
            partly += usize::from(rebuilt.counts.linked < clean.counts.linked);
            steps += 1;
        }
    }
    assert!(partly > steps / 4, "{partly} of {steps} rebuilds go on from what was linked before");
}

#[test]
fn an_edit_that_makes_a_module_large_merges_chunks_as_a_clean_build_does() {
    let settings = r#"{ "areas": { "a": "a.js", "b": "b.js", "c": "c.js" }, "outDir": "out", "modules": "registry",
        "mode": "production" }"#;
    let shared =
        |length: usize| format!("export function text() {{ return '{}'; }}\n", "x".repeat(length));
    let files = MemoryFs::new()
        .with("/p/a.js", "import { text } from './ab.js';\nlog(text());\n")
        .with("/p/b.js", "import { text } from './ab.js';\nimport './bc.js';\nlog(text());\n")
        .with("/p/c.js", "import './bc.js';\nlog('c');\n")
        .with("/p/ab.js", shared(10))
        .with("/p/bc.js", "log('b and c');\n");
    let fs = Arc::new(files);
    let mut warm = session(settings, &fs);
    let small = built(&mut warm);
    fs.write("/p/ab.js", shared(100_000));
    warm.apply(&changed("/p/ab.js"));
    let [rebuilt, clean] = [&mut warm, &mut session(settings, &fs)].map(built);
    let names = |build: &super::Build| {
        build.outputs.files.iter().map(|file| file.path.clone()).collect::<Vec<_>>()
    };
    assert_ne!(names(&small), names(&clean), "the size matters");
    assert_eq!(names(&rebuilt), names(&clean));
    assert_eq!(rebuilt.outputs, clean.outputs);
}

#[test]
fn a_script_that_moved_in_its_component_has_another_map() {
    let settings = r#"{ "areas": { "main": "main.js" }, "outDir": "out", "modules": "registry", "mode": "development",
        "sourcemap": "file", "vue": { "version": 2 } }"#;
    let component = |lines: &str| {
        format!(
            "<template>{lines}<p>{{{{ a }}}}</p></template>\n<script>\nexport default {{ data: () \
             => ({{ a: 1 }}) }}\n</script>\n"
        )
    };
    let files = MemoryFs::new()
        .with("/p/main.js", "import A from './A.vue';\nlog(A);\n")
        .with("/p/A.vue", component(""));
    let fs = Arc::new(files);
    let mut warm = session(settings, &fs);
    built(&mut warm);
    fs.write("/p/A.vue", component("\n\n"));
    warm.apply(&changed("/p/A.vue"));
    let maps = [&mut warm, &mut session(settings, &fs)]
        .map(|session| built(session).outputs.files.remove(1).bytes);
    assert!(maps[0] == maps[1], "{}", String::from_utf8_lossy(&maps[0]));
}

#[test]
fn files_of_chunks_without_a_changed_module_are_taken_as_they_are() {
    let text = r#"{ "areas": { "one": "one.js", "two": "two.js" }, "outDir": "out", "modules": "registry", "mode": "development", "sourcemap": "file" }"#;
    let files = MemoryFs::new()
        .with("/p/one.js", "import './shared.js';\nimport './one.css';\nconsole.log(1);\n")
        .with("/p/one.css", "a { color: red }\n")
        .with("/p/two.js", "import './shared.js';\nimport './two.css';\nconsole.log(2);\n")
        .with("/p/two.css", "b { color: red }\n")
        .with("/p/shared.js", "console.log('shared');\n");
    let fs = Arc::new(files);
    let mut session = session(text, &fs);
    let before = built(&mut session);
    let same = |session: &mut super::Session, path: &str, text: &str| {
        fs.write(path, text);
        session.apply(&changed(path));
        let now = built(session);
        let both = before.outputs.files.iter().zip(&now.outputs.files);
        both.filter(|(a, b)| Arc::ptr_eq(&a.bytes, &b.bytes))
            .map(|(a, _)| a.path.clone())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let shared = "chunks/shared~one+two.js chunks/shared~one+two.js.map";
    assert_eq!(
        same(
            &mut session,
            "/p/one.js",
            "import './shared.js';\nimport './one.css';\nconsole.log(3);\n"
        ),
        format!("one.css one.css.map two.js two.js.map two.css two.css.map {shared}")
    );
    assert_eq!(
        same(&mut session, "/p/two.css", "b { color: blue }\n"),
        format!("one.css one.css.map two.js two.js.map {shared}")
    );
}

#[test]
fn an_edit_inside_of_modules_scans_links_and_joins_nothing_else() {
    let settings = r#"{ "areas": { "one": "one.js", "two": "two.js" }, "outDir": "out", "modules": "registry",
        "mode": "development", "sourcemap": "file", "splitting": true, "vue": { "version": 2 } }"#;
    let component = |text: &str| {
        format!(
            "<template><p>{text}</p></template>\n<script>\nexport default {{ name: '{text}', \
             pages: require.context('./pages', true, /js$/) }}\n</script>\n\
             <style scoped>p {{ order: {} }}</style>\n",
            text.len()
        )
    };
    let files = MemoryFs::new()
        .with(
            "/p/one.js",
            "import { s } from './shared.js';\nimport A from './A.vue';\nlog(s, A, \
                            1);\n",
        )
        .with(
            "/p/two.js",
            "import { s } from './shared.js';\nlog(s, require.context('./pages', \
                            true, /js$/), 2);\n",
        )
        .with("/p/shared.js", "export const s = 'first';\n")
        .with("/p/pages/a.js", "log('page');\n")
        .with("/p/A.vue", component("a"));
    let fs = Arc::new(files);
    let mut warm = session_with(settings, &fs, false);
    built(&mut warm);
    let edits = [
        ("/p/shared.js", "export const s = 'second';\n".to_owned(), true),
        ("/p/A.vue", component("another"), true),
        ("/p/pages/a.js", "log('page');\nlog(3);\n".to_owned(), true),
        ("/p/shared.js", "export const s = 'third', t = 1;\n".to_owned(), false),
        ("/p/two.js", "import { s } from './shared.js';\nlog(s, 2);\n".to_owned(), false),
        (
            "/p/one.js",
            "import { s } from './shared.js';\nimport A from './A.vue';\nlog(s, A, 4);\n"
                .to_owned(),
            true,
        ),
        ("/p/A.vue", component("a"), true),
    ];
    for (path, text, is_inside) in edits {
        fs.write(path, text);
        warm.apply(&changed(path));
        let before = warm.previous.as_ref().map(|previous| previous.scan.graph.modules.as_ptr());
        let rebuilt = built(&mut warm);
        let after = warm.previous.as_ref().map(|previous| previous.scan.graph.modules.as_ptr());
        assert_eq!(before == after, is_inside, "{path}");
        let clean = built(&mut session_with(settings, &fs, false));
        assert_eq!(rebuilt.outputs.files, clean.outputs.files, "{path}");
        assert_eq!(rebuilt.warnings, clean.warnings, "{path}");
    }
    assert!(
        warm.memo.parts.len() < 20 && warm.memo.rendered.len() <= warm.memo.parts.len(),
        "what is gone is kept"
    );
}

#[test]
fn what_is_said_of_others_is_said_again_and_what_is_said_of_the_edited_is_found_anew() {
    let settings = r#"{ "areas": { "main": "main.js" }, "outDir": "out", "modules": "registry", "mode": "development" }"#;
    let fs = Arc::new(
        MemoryFs::new()
            .with("/p/main.js", "import './a.js';\nimport './b.js';\n")
            .with("/p/a.js", "log(require(location.a));\n")
            .with("/p/b.js", "log(require(location.b));\n"),
    );
    let mut warm = session(settings, &fs);
    built(&mut warm);
    let texts = [
        "\nlog(require(location.a), 1);\n",
        "log(1);\n",
        "log(;\n",
        "log(2);\n",
        "log(require(location.c));\n",
    ];
    for (path, text) in texts.iter().flat_map(|text| [("/p/a.js", text), ("/p/b.js", text)]) {
        fs.write(path, *text);
        warm.apply(&changed(path));
        let reported = |session: &mut super::Session| match session.build() {
            Ok(build) => build.warnings,
            Err(log) => log.iter().cloned().collect(),
        };
        assert_eq!(reported(&mut warm), reported(&mut session(settings, &fs)), "{path}: {text}");
    }
}

/// After these edits, a part of the last build must not be reused unchanged.
#[test]
fn edits_inside_of_modules_after_others_equal_clean_builds() {
    let stylesheet_of_two = (
        r#"{ "areas": { "main": "main.js", "styles": "print.scss" }, "outDir": "out", "modules": "registry", "mode": "development",
            "splitting": true }"#,
        vec![
            ("/p/main.js", "import './print.scss';\nlog(1);\n"),
            ("/p/print.scss", "a { order: 1 }\n"),
        ],
        vec![("/p/print.scss", "a { order: 2 }\n")],
    );
    let mended = (
        r#"{ "areas": { "main": "main.js" }, "outDir": "out", "modules": "registry", "mode": "development", "styles": "inject", "splitting": false,
            "target": "es5" }"#,
        vec![
            ("/p/main.js", "import './a.js';\nimport u from './u.svg?url';\nlog(u);\n"),
            ("/p/a.js", "class A { get b() { return 1 } }\nlog(new A());\n"),
            ("/p/u.svg", "<svg/>"),
        ],
        vec![
            ("/p/main.js", "log(;\n"),
            ("/p/main.js", "import './a.js';\nimport u from './u.svg?url';\nlog(u);\n"),
            ("/p/u.svg", "<svg></svg>"),
        ],
    );
    let copied = (
        r#"{ "areas": { "main": "main.js" }, "outDir": "out", "modules": "registry", "mode": "development",
            "copy": [{ "from": "static", "to": "" }] }"#,
        vec![("/p/main.js", "log(1);\n")],
        vec![("/p/static/logo.png", "png"), ("/p/main.js", "log(2);\n")],
    );
    let reported = |built: Result<super::Build, bundle_base::Diagnostics>| match built {
        Ok(build) => {
            let text =
                |file: OutputFile| (file.path, String::from_utf8_lossy(&file.bytes).into_owned());
            (build.outputs.files.into_iter().map(text).collect(), build.warnings)
        }
        Err(log) => (Vec::new(), log.iter().cloned().collect()),
    };
    for (settings, files, edits) in [stylesheet_of_two, mended, copied] {
        for has_metafile in [false, true] {
            let fs = Arc::new(MemoryFs::new());
            for (path, text) in &files {
                fs.write(*path, *text);
            }
            let mut warm = session_with(settings, &fs, has_metafile);
            let _ = warm.build();
            for (path, text) in &edits {
                let is_there = fs.kind(Utf8Path::new(path)).is_some();
                fs.write(*path, *text);
                let path = vec![Utf8PathBuf::from(*path)];
                warm.apply(&if is_there {
                    ChangeSet { changed: path, ..ChangeSet::default() }
                } else {
                    ChangeSet { created: path, ..ChangeSet::default() }
                });
                let clean = reported(session_with(settings, &fs, has_metafile).build());
                assert_eq!(reported(warm.build()), clean, "{settings}: {text}");
            }
            let mut clean = session_with(settings, &fs, has_metafile);
            let _ = clean.build();
            let [warm, clean] =
                [&warm, &clean].map(|session| session.files().collect::<BTreeSet<_>>());
            assert_eq!(warm, clean, "{settings}");
        }
    }
}
