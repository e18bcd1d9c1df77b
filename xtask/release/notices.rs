//! The text THIRD-PARTY: every linked crate with its licence, then each text once, with the crates
//! that have it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::{crates::Linked, licence, release::Release};

const RULE: &str =
    "--------------------------------------------------------------------------------";

/// What is linked beside crates.
const BESIDE: &str = include_str!("licences/beside-crates.txt");

/// Returns the text. `Err`: all crates without a known licence, or without its text.
pub fn text(release: &Release, linked: &[Linked]) -> Result<String, String> {
    let mut errors = Vec::new();
    let mut list = String::new();
    let mut by_text: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for each in linked {
        match of(each) {
            Ok((taken, texts)) => {
                let _ = writeln!(list, "  {} {} ({taken})", each.name, each.version);
                for text in texts {
                    by_text.entry(text).or_default().insert(each.id());
                }
            }
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(errors.join("\n"));
    }
    let mut all = format!(
        "bundle {} contains the work of others, under licences of their own.\n\n{BESIDE}\n\
         Crates, whose sources are in Rust's package registry under these names and versions:\n\n\
         {list}",
        release.version
    );
    let mut sections: Vec<(BTreeSet<String>, String)> =
        by_text.into_iter().map(|(text, crates)| (crates, text)).collect();
    sections.sort();
    for (crates, text) in sections {
        let crates: Vec<String> = crates.into_iter().collect();
        let _ = write!(all, "\n{RULE}\n{}\n\n{text}\n", wrapped(&crates));
    }
    Ok(all)
}

fn of(linked: &Linked) -> Result<(String, Vec<String>), String> {
    let taken = licence::taken(linked)?;
    let texts = licence::texts(linked, &taken)?;
    let names: Vec<&str> = taken.into_iter().collect();
    let texts = texts.iter().map(|text| text.trim_matches('\n').trim_end().to_owned());
    Ok((names.join(" AND "), texts.collect()))
}

/// Returns names as lines of at most 80 columns.
fn wrapped(names: &[String]) -> String {
    let mut lines = vec![String::new()];
    for name in names {
        let line = lines.last_mut().expect("there is always one");
        if line.is_empty() {
            line.push_str(name);
        } else if line.len() + name.len() + 2 <= 80 {
            let _ = write!(line, ", {name}");
        } else {
            line.push(',');
            lines.push(name.clone());
        }
    }
    lines.join("\n")
}
