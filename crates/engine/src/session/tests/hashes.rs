//! Names with content hashes: a name is used for one text only, and for one text of everything that
//! this text names.

use std::{collections::BTreeMap, sync::Arc};

use bundle_base::fs::MemoryFs;

use super::{built, changed, session};
use crate::{Build, Session};

const CONFIG: &str = r#"{
    "areas": {
        "shop": { "entry": ["a.js", "b.js"] }, "print": { "entry": "print.css" }, "app/Exact": "exact.js"
    },
    "outDir": "out", "publicPath": "/x/", "splitting": true, "hash": true, "manifest": ["entrypoints", "mix", "vite"], "mode": "development"
}"#;

fn project() -> Arc<MemoryFs> {
    Arc::new(
        MemoryFs::new()
            .with(
                "/p/a.js",
                "import { s } from './s.js';\nimport './a.css';\nconsole.log(s, \
                              import('./later.js'));\n",
            )
            .with("/p/b.js", "import { s } from './s.js';\nconsole.log('b', s);\n")
            .with("/p/s.js", "export const s = ['shared'];\n")
            .with(
                "/p/later.js",
                "export const l = () => import('./other.js');\nimport \
                                  './later.css';\n",
            )
            .with("/p/other.js", "export const o = () => import('./later.js');\n")
            .with("/p/a.css", "a { color: red }\n")
            .with("/p/later.css", "b { color: red }\n")
            .with("/p/print.css", "i { color: red }\n")
            .with("/p/exact.js", "new Worker(new URL('./job.js', import.meta.url));\n")
            .with("/p/job.js", "postMessage(1);\n"),
    )
}

/// Returns the outputs by their names without hashes: the full name and the text of each.
fn files(build: &Build) -> BTreeMap<String, (String, String)> {
    let one = |file: &crate::OutputFile| {
        let is_digits =
            |part: &&str| part.len() == 8 && part.bytes().all(|b| b.is_ascii_hexdigit());
        let kept: Vec<&str> = file.path.split('.').filter(|part| !is_digits(part)).collect();
        let text = String::from_utf8(file.bytes.to_vec()).expect("a text");
        (kept.join("."), (file.path.clone(), text))
    };
    build.outputs.files.iter().map(one).collect()
}

/// Makes an edit, and returns the outputs whose names change. Checks that the other outputs keep
/// their bytes.
fn renamed(warm: &mut Session, fs: &Arc<MemoryFs>, path: &str, text: &str) -> Vec<String> {
    let before = files(&built(warm));
    fs.write(path, text);
    warm.apply(&changed(path));
    let build = built(warm);
    let after = files(&build);
    assert_eq!(build.outputs, built(&mut session(CONFIG, fs)).outputs);
    let manifests = ["entrypoints.json", "mix-manifest.json", "manifest.json"];
    let differing = after.iter().filter(|(name, _)| !manifests.contains(&name.as_str()));
    let differing = differing.filter(|(name, now)| before.get(*name) != Some(*now));
    let renamed = differing.map(|(name, (path, text))| {
        let (before_path, before_text) = &before[name];
        assert!(
            path != before_path || name == "app/Exact.js",
            "{name}: other bytes under the same name"
        );
        assert_ne!(text, before_text, "{name}: the same bytes under another name");
        name.clone()
    });
    renamed.collect()
}

#[test]
fn names_change_with_what_they_stand_for_and_with_nothing_else() {
    let fs = project();
    let mut warm = session(CONFIG, &fs);
    let mut edit = |path: &str, text: &str| renamed(&mut warm, &fs, path, text);
    let shared = "chunks/shared~shop-a+shop-b.js";
    let s = |text: &str| format!("export const s = ['{text}'];\n");
    assert_eq!(edit("/p/s.js", &s("other")), [shared, "shop/a.js", "shop/b.js"]);
    assert_eq!(
        edit("/p/b.js", "import { s } from './s.js';\nconsole.log('bb', s);\n"),
        ["shop/b.js"]
    );
    assert_eq!(edit("/p/a.css", "a { color: blue }\n"), ["shop/a.css"]);
    assert_eq!(edit("/p/print.css", "i { color: blue }\n"), ["print.css"]);
    // These chunks load each other, so the name of each changes with the text of the other.
    let cycle = ["chunks/later.js", "chunks/other.js", "shop/a.js"];
    let other = "export const o = () => import('./later.js');\nconsole.log(1);\n";
    assert_eq!(edit("/p/other.js", other), cycle);
    let styled = ["chunks/later.css", "chunks/later.js", "chunks/other.js", "shop/a.js"];
    assert_eq!(edit("/p/later.css", "b { color: blue }\n"), styled);
    assert_eq!(edit("/p/job.js", "postMessage(2);\n"), ["app/Exact.js", "workers/job.js"]);
}

#[test]
fn everything_that_is_named_is_there() {
    for more in
        ["", r#", "sourcemap": "file""#, r#", "format": "esm""#, r#", "modules": "registry""#]
    {
        let settings = CONFIG.replacen(r#", "mode""#, &format!(r#"{more}, "mode""#), 1);
        let build = built(&mut session(&settings, &project()));
        let files = files(&build);
        assert!(files.contains_key("app/Exact.js") && files["app/Exact.js"].0 == "app/Exact.js");
        for (name, (path, text)) in &files {
            assert!(!text.contains("_~") && !path.contains("_~"), "{path} has a mark:\n{text}");
            let is_hashed = path != name;
            let is_plain = [
                "app/Exact.js",
                "entrypoints.json",
                "mix-manifest.json",
                "manifest.json",
                "app/Exact.js.map",
            ];
            assert_eq!(is_hashed, !is_plain.contains(&name.as_str()), "{path}");
        }
        let manifest: serde_json::Value =
            serde_json::from_str(&files["entrypoints.json"].1).expect("JSON");
        let hashed = |name: &str| format!("/x/{}", files[name].0);
        let a = &manifest["entrypoints"]["shop/a"];
        assert_eq!(a["css"], serde_json::json!([hashed("shop/a.css")]));
        let digest = manifest["integrity"][hashed("shop/a.css")].as_str().expect("a digest");
        assert!(digest.starts_with("sha384-") && digest.len() == 7 + 64, "{digest}");
        let exact = manifest["entrypoints"]["app/Exact"]["js"]
            .as_array()
            .and_then(|all| all.last()?.as_str())
            .expect("an address");
        assert!(exact.starts_with("/x/app/Exact.js?id="), "{exact}");
        assert!(manifest["integrity"][exact].is_null());
        let mix: serde_json::Value =
            serde_json::from_str(&files["mix-manifest.json"].1).expect("JSON");
        assert_eq!(mix["/shop/b.js"], serde_json::json!(format!("/{}", files["shop/b.js"].0)));
    }
}
