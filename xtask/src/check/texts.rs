//! Rules about texts: sizes of files and lines, headers, marks of postponed work, and words for
//! which docs/glossary.md has others.

use std::path::Path;

use super::violation::Violation;
use crate::tree::TextFile;

/// The most lines of a file: a longer one has two subjects.
const MOST_LINES: usize = 500;

/// The most columns of a line: two files fit side by side on a laptop, and documents are read in
/// terminals too.
const MOST_COLUMNS: usize = 100;

/// A word that only this repository used.
struct OtherWord {
    word: &'static str,
    /// The field's word.
    instead: &'static str,
    /// Folders and files in which the word means something else: a shape of SVGs, or a name that
    /// outputs contain.
    allowed: &'static [&'static str],
}

const fn other(word: &'static str, instead: &'static str) -> OtherWord {
    OtherWord { word, instead, allowed: &[] }
}

const SHAPES: &[&str] = &["crates/css", "crates/vue", "crates/js"];
const WRITTEN: &[&str] = &["crates/engine/src/emit/inject.rs", "crates/css/src/modules/script.rs"];
/// An option of expose-loader has this name.
const OPTIONS: &[&str] =
    &["crates/init/src/webpack/expose.rs", "crates/resolve/src/inline_loaders.rs"];
const OTHER_WORDS: [OtherWord; 7] = [
    OtherWord { word: "circle", instead: "cycle", allowed: SHAPES },
    OtherWord { word: "circles", instead: "cycles", allowed: SHAPES },
    OtherWord { word: "sheet", instead: "stylesheet", allowed: WRITTEN },
    OtherWord { word: "sheets", instead: "stylesheets", allowed: WRITTEN },
    other("entrance", "static entry"),
    other("entrances", "static entries"),
    OtherWord { word: "exposes", instead: "export mode", allowed: OPTIONS },
];

/// Marks of postponed work. They are spelt in two parts, because this file is searched as well.
const POSTPONED: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];

/// Checks every rule about texts.
pub fn check(files: &[TextFile]) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in files {
        if file.is_rust() {
            found.extend(size(file));
            found.extend(header(file));
            found.extend(columns_of_code(file));
            found.extend(indented_examples(file));
            if file.is_in("crates") {
                found.extend(other_words(file));
            }
        }
        let is_document =
            Path::new(&file.path).extension().is_some_and(|extension| extension == "md");
        if is_document && (file.is_in("docs") || !file.path.contains('/')) {
            found.extend(columns_of_prose(file));
            found.extend(other_words(file));
        }
        if !file.is_in("fixtures") && !file.path.ends_with("package-lock.json") {
            found.extend(todo_marks(file));
        }
        if file.path.ends_with("package-lock.json") && file.text.contains("\"resolved\"") {
            found.push(Violation::new(
                file,
                0,
                "names hosts: run npm with omit-lockfile-registry-resolved=true",
            ));
        }
    }
    found
}

fn size(file: &TextFile) -> Option<Violation> {
    let lines = file.text.lines().count();
    let rule =
        format!("{lines} lines: split it along a seam that has a name ({MOST_LINES} at most)");
    (lines > MOST_LINES && !may_be_large(file)).then(|| Violation::new(file, 0, rule))
}

fn header(file: &TextFile) -> Option<Violation> {
    let rule = "begins with `//!`: what it is for, and what a reader would get wrong without it";
    (!file.text.starts_with("//!")).then(|| Violation::new(file, 1, rule))
}

/// Finds long lines of prose in a document. Tables and examples may be as wide as they are.
fn columns_of_prose(file: &TextFile) -> Vec<Violation> {
    let mut is_example = false;
    let prose = file.text.lines().enumerate().filter(|(_, line)| {
        is_example ^= line.starts_with("```");
        !is_example && !line.starts_with("    ") && !line.starts_with('|')
    });
    too_long(file, prose)
}

/// Finds long lines of code and its comments. Programs that tests contain as text may be as wide as
/// they are.
fn columns_of_code(file: &TextFile) -> Vec<Violation> {
    if may_be_large(file) {
        return Vec::new();
    }
    too_long(file, file.text.lines().enumerate().take_while(|(_, line)| *line != "mod tests {"))
}

/// Finds examples in doc comments that are indented and not fenced: `cargo test` compiles each as a
/// program in Rust.
fn indented_examples(file: &TextFile) -> Vec<Violation> {
    let rule = "is a doc test to `cargo test`: put the example between ```text and ```";
    let mut is_fenced = false;
    let mut follows_blank = false;
    let mut found = Vec::new();
    for (at, line) in file.text.lines().enumerate() {
        let line = line.trim_start();
        let comment = line.strip_prefix("//!").or_else(|| line.strip_prefix("///"));
        is_fenced ^= comment.is_some_and(|text| text.trim_start().starts_with("```"));
        let text = comment.unwrap_or_default();
        if !is_fenced && follows_blank && text.starts_with("     ") {
            found.push(Violation::new(file, at + 1, rule));
        }
        follows_blank = comment.is_some() && text.trim().is_empty();
    }
    found
}

fn too_long<'t>(file: &TextFile, lines: impl Iterator<Item = (usize, &'t str)>) -> Vec<Violation> {
    let long = lines.filter(|(_, line)| line.chars().count() > MOST_COLUMNS);
    let rule = format!("is longer than {MOST_COLUMNS} columns");
    long.map(|(at, _)| Violation::new(file, at + 1, rule.clone())).collect()
}

/// Whether a file may be large: tests, tables and generated files.
fn may_be_large(file: &TextFile) -> bool {
    file.is_test() || file.path.ends_with("table.rs") || file.path.contains("/generated/")
}

/// Finds words with a replacement, also in names such as `in_a_circle`. The code of a diagnostic
/// counts as one word.
fn other_words(file: &TextFile) -> Vec<Violation> {
    let is_allowed = |other: &&OtherWord| {
        other.allowed.iter().any(|place| file.path == *place || file.is_in(place))
    };
    let banned = OTHER_WORDS.iter().filter(|other| !is_allowed(other));
    let mut found = Vec::new();
    for (at, line) in file.text.lines().enumerate() {
        let words = line.split(|c: char| !(c.is_alphanumeric() || c == '-'));
        for word in words.map(str::to_lowercase) {
            if let Some(OtherWord { instead, .. }) = banned.clone().find(|other| other.word == word)
            {
                let rule = format!("{word}: docs/glossary.md says {instead}");
                found.push(Violation::new(file, at + 1, rule));
            }
        }
    }
    found
}

fn todo_marks(file: &TextFile) -> Vec<Violation> {
    let lines = file.text.lines().enumerate();
    let marked = lines
        .filter_map(|(at, line)| Some((at, POSTPONED.iter().find(|word| line.contains(**word))?)));
    let rule = |word: &&str| format!("{word}: open an issue, and write the limitation as a fact");
    marked.map(|(at, word)| Violation::new(file, at + 1, rule(word))).collect()
}
