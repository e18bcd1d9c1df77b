//! Licences of crates: which of the offered ones is taken, and where its text is. Only licences
//! that are listed here are known; a crate with another one is an error, for a person to look at.

use std::collections::BTreeSet;

use crate::{crates::Linked, release};

/// The known licences, in the order in which they are preferred, with the words that the names of
/// their files have. None of them asks for more than its text, and MPL-2.0 for the sources, which
/// are the crates.
const KNOWN: [(&str, &[&str]); 14] = [
    ("MIT", &["MIT"]),
    ("Apache-2.0", &["APACHE"]),
    ("Apache-2.0 WITH LLVM-exception", &["LLVM"]),
    ("BSD-2-Clause", &["BSD"]),
    ("BSD-3-Clause", &["BSD"]),
    ("ISC", &["ISC"]),
    ("Zlib", &["ZLIB"]),
    ("BSL-1.0", &["BSL", "BOOST"]),
    ("0BSD", &["0BSD"]),
    ("CC0-1.0", &["CC0"]),
    ("Unlicense", &["UNLICENSE"]),
    ("Unicode-3.0", &["UNICODE"]),
    ("Unicode-DFS-2016", &["UNICODE"]),
    ("MPL-2.0", &["MPL", "MOZILLA"]),
];

/// Texts for crates that bring none.
const STANDARD: [(&str, &str); 3] = [
    ("MIT", include_str!("licences/MIT.txt")),
    ("Apache-2.0", include_str!("licences/Apache-2.0.txt")),
    ("BSD-3-Clause", include_str!("licences/BSD-3-Clause.txt")),
];

/// How the names of files with licences begin.
const BEGINNINGS: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];

/// Files deeper in a crate, of sources of others that it contains.
const DEEPER: [(&str, &str); 1] = [("libmimalloc-sys", "c_src/mimalloc/v2/LICENSE")];

/// Returns an SPDX expression. Old crates separate alternatives by a slash.
pub fn expression(linked: &Linked) -> Result<String, String> {
    let written = linked.licence.as_deref();
    let written = written.ok_or_else(|| format!("{} has no licence", linked.id()))?;
    Ok(written.replace('/', " OR "))
}

/// Returns the licences that are taken: of alternatives the preferred one, and all that hold
/// together.
pub fn taken(linked: &Linked) -> Result<BTreeSet<&'static str>, String> {
    let expression = expression(linked)?;
    let spaced = expression.replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    match alternatives(&mut rest) {
        Some(ranks) if rest.is_empty() => Ok(ranks.iter().map(|rank| KNOWN[*rank].0).collect()),
        _ => Err(format!(
            "{}: the licence {expression} is not among those that xtask/release/licence.rs knows",
            linked.id()
        )),
    }
}

/// Reads `A OR B`, and returns the ranks of the better side. `None`: both have unknown licences.
fn alternatives(words: &mut &[&str]) -> Option<BTreeSet<usize>> {
    let mut best = together(words);
    while let Some(rest) = words.strip_prefix(&["OR"]) {
        *words = rest;
        let other = together(words);
        let worst = |ranks: &BTreeSet<usize>| ranks.last().copied();
        best = match (best, other) {
            (Some(best), Some(other)) if worst(&other) < worst(&best) => Some(other),
            (Some(best), _) => Some(best),
            (None, other) => other,
        };
    }
    best
}

/// Reads `A AND B`.
fn together(words: &mut &[&str]) -> Option<BTreeSet<usize>> {
    let mut all = single(words);
    while let Some(rest) = words.strip_prefix(&["AND"]) {
        *words = rest;
        let more = single(words);
        all = all.zip(more).map(|(mut all, more)| {
            all.extend(more);
            all
        });
    }
    all
}

fn single(words: &mut &[&str]) -> Option<BTreeSet<usize>> {
    let (first, rest) = words.split_first()?;
    *words = rest;
    if *first == "(" {
        let inner = alternatives(words);
        *words = words.strip_prefix(&[")"])?;
        return inner;
    }
    let mut name = (*first).to_owned();
    if let ["WITH", exception, rest @ ..] = *words {
        name = format!("{name} WITH {exception}");
        *words = rest;
    }
    let rank = KNOWN.iter().position(|(known, _)| *known == name)?;
    Some(BTreeSet::from([rank]))
}

/// Returns the texts of the taken licences: those that the crate brings, or the standard ones.
pub fn texts(linked: &Linked, taken: &BTreeSet<&str>) -> Result<Vec<String>, String> {
    let names = release::names(&linked.folder)?;
    let is_licence = |name: &&String| {
        let name = name.to_uppercase();
        BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
            && linked.folder.join(&name).extension().is_none_or(|ending| ending != "RS")
            && !linked.folder.join(&name).is_dir()
    };
    let brought: Vec<&String> = names.iter().filter(is_licence).collect();
    let of_taken: Vec<&String> = brought.iter().copied().filter(|name| fits(name, taken)).collect();
    let chosen = if of_taken.is_empty() { &brought } else { &of_taken };
    let read = |name: &str| release::text(&linked.folder.join(name));
    let mut texts =
        chosen.iter().map(|name| read(name)).collect::<Result<Vec<String>, String>>()?;
    if texts.is_empty() {
        let standard = taken.iter().map(|licence| standard(linked, licence));
        texts = standard.collect::<Result<_, String>>()?;
    }
    for (_, path) in DEEPER.iter().filter(|(name, _)| *name == linked.name) {
        texts.push(read(path)?);
    }
    Ok(texts)
}

/// Whether a file has the text of a taken licence, or of all.
fn fits(name: &str, taken: &BTreeSet<&str>) -> bool {
    let name = name.to_uppercase();
    let names = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let of_other = KNOWN.iter().any(|(_, words)| names(words));
    let of_taken = KNOWN.iter().filter(|(known, _)| taken.contains(known));
    !of_other || of_taken.into_iter().any(|(_, words)| names(words))
}

fn standard(linked: &Linked, licence: &str) -> Result<String, String> {
    let text = STANDARD.iter().find(|(known, _)| *known == licence).map(|(_, text)| *text);
    let text = text.ok_or_else(|| format!("{} brings no text of {licence}", linked.id()))?;
    let holders = if linked.authors.is_empty() {
        format!("the authors of {}", linked.name)
    } else {
        linked.authors.join(", ")
    };
    Ok(text.replace("HOLDERS", &holders))
}

#[cfg(test)]
mod tests {
    use super::{Linked, taken};

    fn of(expression: &str) -> Option<String> {
        let linked = Linked {
            name: "a".to_owned(),
            version: "1.0.0".to_owned(),
            licence: Some(expression.to_owned()),
            authors: Vec::new(),
            folder: std::path::PathBuf::new(),
            checksum: None,
            needs: std::collections::BTreeSet::new(),
        };
        taken(&linked).ok().map(|names| names.into_iter().collect::<Vec<_>>().join("+"))
    }

    #[test]
    fn the_preferred_alternative_is_taken() {
        assert_eq!(of("Apache-2.0/MIT").as_deref(), Some("MIT"));
        assert_eq!(of("Apache-2.0 OR GPL-2.0-only").as_deref(), Some("Apache-2.0"));
        assert_eq!(of("GPL-2.0-only OR Zlib").as_deref(), Some("Zlib"));
        assert_eq!(of("(MIT OR Apache-2.0) AND Unicode-3.0").as_deref(), Some("MIT+Unicode-3.0"));
        assert_eq!(
            of("Apache-2.0 WITH LLVM-exception OR BSL-1.0").as_deref(),
            Some("Apache-2.0 WITH LLVM-exception")
        );
    }

    #[test]
    fn unknown_licences_are_errors() {
        assert_eq!(of("GPL-3.0-or-later"), None);
        assert_eq!(of("MIT AND GPL-2.0-only"), None);
        assert_eq!(of("MIT AND"), None);
        assert_eq!(of("(MIT"), None);
    }
}
