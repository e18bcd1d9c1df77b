//! Generations of files, by the manifests that builds write.

use serde_json::{Value, json};

use super::*;

/// Makes a manifest as the engine writes it.
fn manifest(entries: &[&str], files: &[&str]) -> Vec<u8> {
    let entries: Map<String, Value> = entries
        .iter()
        .map(|entry| ((*entry).to_owned(), json!({ "js": [format!("/{entry}.js")] })))
        .collect();
    let manifest =
        json!({ "entrypoints": entries, "publicPath": "/", "module": false, "files": files });
    format!("{}\n", serde_json::to_string_pretty(&manifest).expect("a value is printable"))
        .into_bytes()
}

fn words<'a>(paths: impl IntoIterator<Item = &'a String>) -> String {
    paths.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Runs builds one after another, and returns the files that each of them removes and keeps.
fn generations(mode: Mode, files: &[&[&str]]) -> Vec<String> {
    let mut last = EntrypointsFile::default();
    let step = |files: &&[&str]| {
        let next = last.next_generation(&manifest(&["app"], files), mode, false, &BTreeSet::new());
        last = EntrypointsFile::parse(&next.manifest);
        assert_eq!(words(last.kept.iter().flatten()), words(&next.kept));
        format!("{} | {}", words(&next.leaving), words(&next.kept))
    };
    files.iter().map(step).collect()
}

const ONE: &str = "app.11111111.js";
const TWO: &str = "app.22222222.js";
const THREE: &str = "app.33333333.js";

#[test]
fn a_generation_with_hashes_stays_for_one_more() {
    let seen = generations(
        Mode::Production,
        &[&[ONE, "lib.js"], &[TWO, "lib.js"], &[TWO, "lib.js"], &[THREE]],
    );
    assert_eq!(
        seen,
        [" | ", &format!(" | {ONE}"), &format!(" | {ONE}"), &format!("{ONE} lib.js | {TWO}")]
    );
}

#[test]
fn what_comes_back_is_no_generation_of_before() {
    let seen = generations(Mode::Production, &[&[ONE], &[TWO], &[ONE], &[TWO, THREE]]);
    assert_eq!(seen, [" | ", &format!(" | {ONE}"), &format!(" | {TWO}"), &format!(" | {ONE}")]);
}

#[test]
fn nothing_stays_of_a_build_for_development() {
    let seen = generations(Mode::Development, &[&[ONE, "a.js"], &[TWO], &[]]);
    assert_eq!(seen, [" | ", &format!("a.js {ONE} | "), &format!("{TWO} | ")]);
    for (first, then) in
        [(Mode::Development, Mode::Production), (Mode::Production, Mode::Development)]
    {
        let one = EntrypointsFile::default().next_generation(
            &manifest(&["app"], &[ONE]),
            first,
            false,
            &BTreeSet::new(),
        );
        let two = EntrypointsFile::parse(&one.manifest).next_generation(
            &manifest(&["app"], &[TWO]),
            then,
            false,
            &BTreeSet::new(),
        );
        assert_eq!((words(&two.leaving), words(&two.kept)), (ONE.to_owned(), String::new()));
    }
}

#[test]
fn a_manifest_that_keeps_nothing_stays_as_it_is() {
    let bytes = manifest(&["app"], &["b.js", "a.js"]);
    let before = EntrypointsFile::parse(&manifest(&["old"], &["old.js"]));
    for mode in [Mode::Development, Mode::Production] {
        assert_eq!(before.next_generation(&bytes, mode, false, &BTreeSet::new()).manifest, bytes);
    }
}

#[test]
fn a_part_leaves_everything_and_says_so() {
    let whole = EntrypointsFile::parse(&manifest(&["app", "shop"], &["app.js", "shop.js"]));
    let part = whole.next_generation(
        &manifest(&["app"], &["app.js", "new.js"]),
        Mode::Development,
        true,
        &BTreeSet::new(),
    );
    assert_eq!(words(&part.leaving), "");
    let json: Value = serde_json::from_slice(&part.manifest).expect("it is JSON");
    assert_eq!(json["files"], json!(["app.js", "shop.js", "new.js"]));
    assert_eq!(json["entrypoints"]["shop"]["js"], json!(["/shop.js"]));
    // All entries are built again: files that only the partial build made are removed.
    let again = EntrypointsFile::parse(&part.manifest).next_generation(
        &manifest(&["app", "shop"], &["app.js", "shop.js"]),
        Mode::Development,
        false,
        &BTreeSet::new(),
    );
    assert_eq!(words(&again.leaving), "new.js");
    // A build whose named entries are all the old ones is not partial.
    let all = whole.next_generation(
        &manifest(&["app", "shop"], &["all.js"]),
        Mode::Development,
        true,
        &BTreeSet::new(),
    );
    assert_eq!(words(&all.leaving), "app.js shop.js");
}

#[test]
fn what_a_killed_build_did_not_remove_is_removed_by_the_next() {
    let unfinished = ["gone.js", "app.js"].map(str::to_owned).into();
    let before = EntrypointsFile::parse(&manifest(&["app"], &["app.js"]));
    let next = before.next_generation(
        &manifest(&["app"], &["app.js"]),
        Mode::Development,
        false,
        &unfinished,
    );
    assert_eq!(words(&next.leaving), "gone.js");
}

#[test]
fn paths_that_lead_elsewhere_are_no_files_of_ours() {
    let hostile = [
        "../main.js",
        "a/../../main.js",
        "/etc/passwd",
        "",
        ".",
        "./a.js",
        "a/",
        "..",
        "\\\\host\\share",
        "a\\..\\b",
        ".htaccess",
        "sub/.htaccess",
        ".htpasswd",
        "nul\0.js",
    ];
    let record = EntrypointsFile::parse(&manifest(&["app"], &[&hostile[..], &["a/b.js"]].concat()));
    assert_eq!(words(record.files()), "a/b.js");
    let broken = [
        "",
        "{",
        "[]",
        "null",
        "{ \"files\": {} }",
        "{ \"files\": [1, null, {}] }",
        "\u{feff}{}",
        "{ \"kept\": 1 }",
    ];
    for text in broken.map(str::to_owned).into_iter().chain(["[".repeat(100_000)]) {
        assert_eq!(
            words(EntrypointsFile::parse(text.as_bytes()).files()),
            "",
            "{}",
            &text[..text.len().min(40)]
        );
    }
    assert_eq!(words(EntrypointsFile::parse(b"{ \"files\": [\"\xff\"] }").files()), "");
}

#[test]
fn a_hash_is_known_by_its_digits() {
    for name in [
        ONE,
        "img/logo-0a1b2c3d.png",
        "app.11111111.js.map",
        "a-0123456789abcdef0123456789abcdef.css",
    ] {
        assert!(is_hashed(name), "{name}");
    }
    for name in [
        "app.js",
        "facade.js",
        "0a1b2c3d/app.js",
        "app.1234567.js",
        "deadbeefs.js",
        "jquery-3.7.1.js",
    ] {
        assert!(!is_hashed(name), "{name}");
    }
}
