//! Each rule on a tree of a few lines: what breaks it, and what nearly does.

use super::{Violation, crates, cycles, diagnostics, structs, texts, versions};
use crate::tree::TextFile;

fn file(path: &str, text: &str) -> TextFile {
    TextFile { path: path.to_owned(), text: text.to_owned() }
}

/// `path:line` of every violation.
fn places(found: &[Violation]) -> Vec<String> {
    found.iter().map(|violation| format!("{}:{}", violation.path, violation.line)).collect()
}

#[test]
fn heavy_names_stay_in_their_crate() {
    let text =
        "//! x\nuse swc_common::Span;\n// swc_common in a comment\nlet text = \"swc_common\";\n";
    assert_eq!(
        places(&crates::check(&[file("crates/engine/src/a.rs", text)])),
        ["crates/engine/src/a.rs:2"]
    );
    assert!(crates::check(&[file("crates/js/src/a.rs", text)]).is_empty());
}

#[test]
fn libraries_stay_where_the_table_of_crates_has_them() {
    for (line, home, elsewhere) in [
        ("use rayon::prelude::*;", "crates/engine/src/a.rs", "crates/cli/a.rs"),
        ("use rustix::fs::open;", "crates/dev/src/a.rs", "crates/remote/src/a.rs"),
        ("use wasm_bindgen::prelude::*;", "crates/wasm/src/a.rs", "crates/cli/a.rs"),
        ("use ureq::Agent;", "crates/remote/src/a.rs", "crates/dev/src/a.rs"),
        ("use std::net::TcpStream;", "crates/dev/src/a.rs", "crates/engine/src/a.rs"),
        ("use std::thread;", "crates/engine/src/a.rs", "crates/graph/src/a.rs"),
        ("    thread::spawn(run);", "crates/engine/src/a.rs", "crates/graph/src/a.rs"),
        ("use std::sync::Mutex;", "crates/engine/src/a.rs", "crates/graph/src/link/a.rs"),
    ] {
        let text = format!("//! x\n{line}\n");
        assert_eq!(places(&crates::check(&[file(home, &text)])), [""; 0], "{line}");
        let found = crates::check(&[file(elsewhere, &text)]);
        assert_eq!(places(&found), [format!("{elsewhere}:2")], "{line}");
    }
    let manifest = "[dependencies]\nwasm-bindgen.workspace = true\n";
    let found = crates::check(&[file("crates/report/Cargo.toml", manifest)]);
    assert_eq!(places(&found), ["crates/report/Cargo.toml:2"]);
}

#[test]
fn only_the_edge_touches_the_machine() {
    let text = "//! x\nlet all = std::env::args();\nlet file = std::fs::read(path);\nlet now = \
                Instant::now();\n";
    let name = "crates/resolve/src/a.rs";
    assert_eq!(
        places(&crates::check(&[file(name, text)])),
        [2, 3, 4].map(|line| format!("{name}:{line}"))
    );
    for allowed in
        ["crates/cli/a.rs", "tests/a.rs", "xtask/src/a.rs", "crates/resolve/src/tests.rs"]
    {
        assert!(crates::check(&[file(allowed, text)]).is_empty(), "{allowed}");
    }
}

#[test]
fn dependencies_point_down() {
    let manifest = "[dependencies]\nbundle_base.workspace = true\nbundle_engine.workspace = true\n";
    let upwards = crates::check(&[file("crates/graph/Cargo.toml", manifest)]);
    assert_eq!(places(&upwards), ["crates/graph/Cargo.toml:3"]);
    assert!(crates::check(&[file("crates/dev/Cargo.toml", manifest)]).is_empty());
    let unknown = crates::check(&[file("crates/new/Cargo.toml", manifest)]);
    assert_eq!(places(&unknown), ["crates/new/Cargo.toml:0"]);
}

#[test]
fn versions_are_written_once() {
    let manifest =
        "[package]\nversion.workspace = true\n[dependencies]\nserde = \"1\"\n[features]\n";
    let found = crates::check(&[file("crates/base/Cargo.toml", manifest)]);
    assert_eq!(places(&found), ["crates/base/Cargo.toml:4", "crates/base/Cargo.toml:5"]);
}

#[test]
fn texts_are_short_and_promise_nothing() {
    let promise = format!("//! x\n// {}: later\n", concat!("TO", "DO"));
    assert_eq!(
        places(&texts::check(&[file("crates/js/src/a.rs", &promise)])),
        ["crates/js/src/a.rs:2"]
    );
    let long = "//! x\n".repeat(501);
    assert_eq!(
        places(&texts::check(&[file("crates/js/src/a.rs", &long)])),
        ["crates/js/src/a.rs:0"]
    );
    assert!(texts::check(&[file("crates/js/src/a/tests.rs", &long)]).is_empty());
    assert_eq!(
        places(&texts::check(&[file("crates/js/src/a.rs", "use x;\n")])),
        ["crates/js/src/a.rs:1"]
    );
}

#[test]
fn words_are_those_of_the_glossary() {
    let text =
        "//! In a circle.\nlet in_circles = 1;\nlet code = \"alias-circle\";\nlet encircled = 2;\n";
    let name = "crates/graph/src/a.rs";
    assert_eq!(
        places(&texts::check(&[file(name, text)])),
        [1, 2].map(|line| format!("{name}:{line}"))
    );
    assert!(texts::check(&[file("crates/css/src/a.rs", text)]).is_empty());
}

#[test]
fn documents_fit_into_a_terminal() {
    let long = "word ".repeat(21);
    let text = format!("{long}\n| {long}\n    {long}\n```\n{long}\n```\n{long}\n");
    assert_eq!(places(&texts::check(&[file("docs/a.md", &text)])), ["docs/a.md:1", "docs/a.md:7"]);
    assert!(texts::check(&[file("fixtures/README.md", &text)]).is_empty());
}

#[test]
fn codes_are_explained_and_sentences_have_their_place() {
    let messages = "//! x\nDiagnostic::error(\n    \"known-code\", \
                    text)\nDiagnostic::warning(\"new-code\", text)\n";
    let book = file("docs/diagnostics.md", "# Diagnostics\n\n## known-code\n\n## nobody-says-it\n");
    let elsewhere = file(
        "crates/js/src/parse.rs",
        "//! x\nlog.push(Diagnostic::error(\"known-code\", text));\n",
    );
    let found = diagnostics::check(&[file("crates/js/src/messages.rs", messages), elsewhere, book]);
    let expected =
        ["crates/js/src/parse.rs:2", "crates/js/src/messages.rs:4", "docs/diagnostics.md:5"];
    assert_eq!(places(&found), expected);
}

#[test]
fn files_do_not_import_each_other() {
    let parent = "//! x\nmod child;\npub use crate::model::Row;\nfn pass() { child::run() }\n";
    let tree = |child: &str| {
        [
            file("crates/graph/src/lib.rs", "//! x\nmod parent;\n"),
            file("crates/graph/src/parent.rs", parent),
            file("crates/graph/src/parent/child.rs", child),
            file("crates/graph/src/model.rs", "//! x\npub struct Row;\n"),
        ]
    };
    let at_parent = ["crates/graph/src/parent.rs:0"];
    for upwards in [
        "//! x\nuse super::pass;\n",
        "//! x\nuse crate::{model::Row, parent::{self, pass as first}};\n",
        "//! x\nfn run() { super::pass() }\n",
        "//! x\nfn run<'a>(x: &'a str) { crate::parent::pass() }\n",
    ] {
        assert_eq!(places(&cycles::check(&tree(upwards))), at_parent, "{upwards}");
    }
    for downwards in [
        "//! x\nuse crate::model::Row;\npub struct Data;\n",
        "//! x\n// super::pass()\nfn run() { say(\"super::pass()\") }\n",
        // A re-export is the file that it names: the model.
        "//! x\nuse crate::parent::Row;\nuse super::Row;\n",
        "//! x\nfn run() {}\n\n#[cfg(test)]\nmod tests {\n    use super::super::pass;\n}\n",
    ] {
        let found = cycles::check(&tree(downwards));
        assert_eq!(places(&found), [""; 0], "{downwards}");
    }
}

#[test]
fn large_structs_need_a_reason() {
    let fields = |count: usize| {
        "    /// x: y\n    #[serde(rename = \"a: b\")]\n    pub a: b,\n".repeat(count)
    };
    let text = |count| format!("pub struct Large<'a> {{\n{}}}\n", fields(count));
    let path = "crates/graph/src/a.rs";
    assert!(structs::check(&[file(path, &text(12))]).is_empty());
    assert_eq!(places(&structs::check(&[file(path, &text(13))])), ["crates/graph/src/a.rs:1"]);
}

#[test]
fn exceptions_that_became_small_are_removed() {
    let text = "/// x\npub struct Config {\n    pub a: b,\n}\n";
    let path = "crates/base/src/config/model.rs";
    assert_eq!(places(&structs::check(&[file(path, text)])), [format!("{path}:2")]);
    assert!(structs::check(&[file("crates/base/src/a.rs", text)]).is_empty());
}

#[test]
fn examples_in_comments_are_fenced() {
    let text = "//! x\n//!\n//!     f()    becomes    g()\n//!\n//! ```text\n//!\n//!     f()\n//! \
                ```\n//!\n//! - item\n//!     that goes on\n";
    assert_eq!(
        places(&texts::check(&[file("crates/base/src/a.rs", text)])),
        ["crates/base/src/a.rs:3"]
    );
}

#[test]
fn the_version_is_the_same_everywhere() {
    let manifest = file("Cargo.toml", "[workspace.package]\nversion = \"1.2.3\"\n");
    let of = |changelog: &str, package: &str| {
        versions::check(&[
            file("Cargo.toml", &manifest.text),
            file("CHANGELOG.md", changelog),
            file("npm/bundle/package.json", package),
        ])
    };
    let (log, package) =
        ("# x\n## [Unreleased]\n## [1.2.3] - x\n", "{\n\"version\": \"1.2.3\",\n}");
    assert!(of(log, package).is_empty());
    assert!(of(log, "{ \"name\": \"bundle\" }").is_empty());
    assert_eq!(places(&of("## [1.2.2]\n", package)), ["CHANGELOG.md:1"]);
    assert_eq!(places(&of("# x\n", package)), ["CHANGELOG.md:0"]);
    let other = "{\n\"version\": \"1.2.2\",\n\"bundle-linux-x64\": \"1.2.3\"\n}";
    assert_eq!(places(&of(log, other)), ["npm/bundle/package.json:2"]);
}
