//! File names with content hashes. Until here, every text that names such a file has a hash
//! placeholder instead. The hash of a file depends on its own text and on the texts of all files
//! that it names, directly or through others, cycles included. So one name always means the same
//! text and the same texts of everything that it loads. Placeholders are as long as the hashes that
//! replace them, so no column of a source map moves. docs/design/content-hashes.md has a worked
//! example.

use bundle_base::{
    Config,
    asset::ContentHash,
    config::{SourceMap, Styles},
};
use bundle_graph::{
    chunk::{Chunk, HASH_DIGITS, PLACEHOLDER_START},
    cycles::cycles,
};
use rustc_hash::FxHashMap;

use super::{draft::Draft, files::DraftFile};

/// The hashes that replace the placeholders.
#[derive(Default)]
pub(super) struct Hashes {
    /// The digits by placeholder.
    digits: FxHashMap<String, String>,
}

/// A placeholder, and the files that have it in their names: a script, or a stylesheet and its
/// parts.
struct Unit<'d> {
    placeholder: &'d str,
    texts: Vec<&'d DraftFile>,
}

impl Hashes {
    /// Computes the hashes of all drafted files.
    pub fn of(chunks: &[Chunk], drafts: &[Draft], config: &Config) -> Self {
        let mut units = Vec::new();
        for (chunk, draft) in chunks.iter().zip(drafts).filter(|(chunk, _)| chunk.files.is_hashed) {
            units.extend(
                draft.script.iter().filter_map(|script| unit(&chunk.files.script, vec![script])),
            );
            if config.output.styles == Styles::File && !draft.styles.is_empty() {
                units.extend(unit(&chunk.files.stylesheet, draft.styles.iter().collect()));
            }
        }
        let numbers: FxHashMap<&str, usize> =
            units.iter().enumerate().map(|(number, unit)| (unit.placeholder, number)).collect();
        let named: Vec<Vec<usize>> =
            units.iter().enumerate().map(|(number, unit)| unit.names(number, &numbers)).collect();
        let own: Vec<ContentHash> = units.iter().map(|unit| unit.hash(config)).collect();
        let cycles = cycles(units.len(), |number| named[number].iter().copied());
        let digits = final_hashes(&cycles, &named, &own);
        let short = |hash: &ContentHash| hash.to_string()[..HASH_DIGITS].to_owned();
        Self {
            digits: units
                .iter()
                .zip(&digits)
                .map(|(unit, hash)| (unit.placeholder.to_owned(), short(hash)))
                .collect(),
        }
    }

    /// Replaces the placeholders of a text by hashes.
    pub fn fill(&self, text: &mut String) {
        if self.digits.is_empty() {
            return;
        }
        let found: Vec<(usize, &String)> = placeholders(text)
            .filter_map(|(at, placeholder)| Some((at, self.digits.get(placeholder)?)))
            .collect();
        if found.is_empty() {
            return;
        }
        let mut filled = String::with_capacity(text.len());
        let mut done = 0;
        for (at, digits) in found {
            filled.push_str(&text[done..at]);
            filled.push_str(digits);
            done = at + HASH_DIGITS;
        }
        filled.push_str(&text[done..]);
        *text = filled;
    }
}

/// Returns the final hash of each unit. It combines the unit's own hash, the hashes of all units in
/// its cycle, and the final hashes of all cycles that these name.
fn final_hashes(cycles: &[usize], named: &[Vec<usize>], own: &[ContentHash]) -> Vec<ContentHash> {
    let mut members: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (number, cycle) in cycles.iter().enumerate() {
        members.entry(*cycle).or_default().push(number);
    }
    let mut done: FxHashMap<usize, ContentHash> = FxHashMap::default();
    let mut open: Vec<(usize, bool)> = members.keys().map(|cycle| (*cycle, false)).collect();
    while let Some((cycle, is_ready)) = open.pop() {
        if done.contains_key(&cycle) {
            continue;
        }
        let others =
            members[&cycle].iter().flat_map(|member| &named[*member]).map(|to| cycles[*to]);
        let mut others: Vec<usize> = others.filter(|other| *other != cycle).collect();
        if !is_ready {
            open.push((cycle, true));
            open.extend(
                others
                    .into_iter()
                    .filter(|other| !done.contains_key(other))
                    .map(|other| (other, false)),
            );
            continue;
        }
        others.sort_unstable();
        others.dedup();
        let others = others.iter().map(|other| done[other]);
        let mut all: Vec<ContentHash> =
            members[&cycle].iter().map(|member| own[*member]).chain(others).collect();
        all.sort_unstable();
        done.insert(cycle, combine(&all));
    }
    own.iter().zip(cycles).map(|(own, cycle)| combine(&[*own, done[cycle]])).collect()
}

fn combine(hashes: &[ContentHash]) -> ContentHash {
    ContentHash::of(hashes.iter().map(ContentHash::to_string).collect::<String>().as_bytes())
}

fn unit<'d>(path: &'d str, texts: Vec<&'d DraftFile>) -> Option<Unit<'d>> {
    let (_, placeholder) = placeholders(path).last()?;
    Some(Unit { placeholder, texts })
}

/// Returns everything that may be a placeholder, with its byte in the text.
fn placeholders(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices(PLACEHOLDER_START)
        .filter_map(|(at, _)| Some((at, text.get(at..at + HASH_DIGITS)?)))
}

impl Unit<'_> {
    /// Returns the numbers of the other units that the texts name.
    fn names(&self, own: usize, numbers: &FxHashMap<&str, usize>) -> Vec<usize> {
        let all = self.texts.iter().flat_map(|text| placeholders(&text.text));
        let mut named: Vec<usize> =
            all.filter_map(|(_, placeholder)| numbers.get(placeholder).copied()).collect();
        named.sort_unstable();
        named.dedup();
        named.retain(|number| *number != own);
        named
    }

    /// Returns the hash of the unit's texts, with the placeholders of other units in them. An
    /// inline map belongs to its text.
    fn hash(&self, config: &Config) -> ContentHash {
        let is_inline = config.output.source_map == SourceMap::Inline;
        let maps = self.texts.iter().filter_map(|text| text.map.as_deref()).filter(|_| is_inline);
        let texts = self.texts.iter().map(|text| text.text.as_str()).chain(maps);
        combine(&texts.map(|text| ContentHash::of(text.as_bytes())).collect::<Vec<_>>())
    }
}
