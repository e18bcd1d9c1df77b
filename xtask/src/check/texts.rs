//! Sizes, headers, and words that wait for somebody.

use super::Violation;
use crate::tree::TextFile;

/// Past this a file has two subjects.
const MOST_LINES: usize = 500;

/// Promises to nobody. Spelt in two parts, because this file is searched as well.
const PROMISES: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];

/// Every rule about texts.
pub fn check(files: &[TextFile]) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in files {
        if file.is_rust() {
            found.extend(size(file));
            found.extend(header(file));
        }
        if !file.is_in("fixtures") && !file.path.ends_with("package-lock.json") {
            found.extend(promises(file));
        }
        if file.path.ends_with("package-lock.json") && file.text.contains("\"resolved\"") {
            found.push(Violation::new(file, 0, "names hosts: run npm with omit-lockfile-registry-resolved=true"));
        }
    }
    found
}

fn size(file: &TextFile) -> Option<Violation> {
    let may_be_long = file.is_test() || file.path.ends_with("table.rs") || file.path.contains("/generated/");
    let lines = file.text.lines().count();
    let rule = format!("{lines} lines: split it along a seam that has a name ({MOST_LINES} at most)");
    (lines > MOST_LINES && !may_be_long).then(|| Violation::new(file, 0, rule))
}

fn header(file: &TextFile) -> Option<Violation> {
    let rule = "begins with `//!`: what it is for, and what a reader would get wrong without it";
    (!file.text.starts_with("//!")).then(|| Violation::new(file, 1, rule))
}

fn promises(file: &TextFile) -> Vec<Violation> {
    let lines = file.text.lines().enumerate();
    let promising = lines.filter_map(|(at, line)| Some((at, PROMISES.iter().find(|word| line.contains(**word))?)));
    let rule = |word: &&str| format!("{word}: open an issue, and write the limitation as a fact");
    promising.map(|(at, word)| Violation::new(file, at + 1, rule(word))).collect()
}
