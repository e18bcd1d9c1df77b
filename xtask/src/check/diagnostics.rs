//! Every diagnostic is made in a `messages.rs`, and every code has a section in
//! docs/diagnostics.md, which `bundle explain` prints.

use std::collections::BTreeMap;

use super::violation::Violation;
use crate::tree::TextFile;

const BOOK: &str = "docs/diagnostics.md";
const MAKERS: [&str; 2] = ["Diagnostic::error(", "Diagnostic::warning("];

/// Checks both rules.
pub fn check(files: &[TextFile]) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut codes: BTreeMap<&str, (&TextFile, usize)> = BTreeMap::new();
    for file in
        files.iter().filter(|file| file.is_rust() && file.is_in("crates") && !file.is_test())
    {
        // Diagnostics are defined and rendered here.
        if file.path.starts_with("crates/base/src/diagnostic") {
            continue;
        }
        for (line, code) in made(file) {
            if !is_messages(file) {
                found.push(Violation::new(
                    file,
                    line,
                    "a diagnostic is made in messages.rs, one function each",
                ));
            }
            codes.extend(code.map(|code| (code, (file, line))));
        }
    }
    let Some(book) = files.iter().find(|file| file.path == BOOK) else {
        found.extend(
            codes
                .values()
                .next()
                .map(|(file, line)| Violation::new(file, *line, format!("{BOOK} is missing"))),
        );
        return found;
    };
    let explained: Vec<(usize, &str)> = book
        .text
        .lines()
        .enumerate()
        .filter_map(|(at, line)| Some((at + 1, line.strip_prefix("## ")?.trim_matches('`'))))
        .collect();
    for (code, (file, line)) in &codes {
        if !explained.iter().any(|(_, known)| known == code) {
            found.push(Violation::new(file, *line, format!("{BOOK} has no section `## {code}`")));
        }
    }
    let unused = explained.iter().filter(|(_, code)| !codes.contains_key(code));
    found.extend(
        unused.map(|(line, code)| Violation::new(book, *line, format!("nothing says {code}"))),
    );
    found
}

fn is_messages(file: &TextFile) -> bool {
    file.path.ends_with("/messages.rs") || file.path.contains("/messages/")
}

/// Returns every place that makes a diagnostic: its line, and its code where that is a literal.
fn made(file: &TextFile) -> Vec<(usize, Option<&str>)> {
    let mut found = Vec::new();
    for maker in MAKERS {
        for (at, _) in file.text.match_indices(maker) {
            let line = file.text[..at].matches('\n').count() + 1;
            let argument = file.text[at + maker.len()..].trim_start();
            found.push((line, argument.strip_prefix('"').and_then(|rest| rest.split('"').next())));
        }
    }
    found
}
