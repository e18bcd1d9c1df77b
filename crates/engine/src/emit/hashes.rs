//! Names that follow from contents. Whatever names a file with a hash says a mark until here; the
//! hash of a file follows from its own text and from those of all files that it names, however they
//! name each other. So a name stands for one text, and for one text of everything behind it. Marks
//! are as long as what comes in their place: no column of a source map moves.

use bundle_base::{
    Config,
    asset::ContentHash,
    config::{SourceMap, Styles},
};
use bundle_graph::{
    chunk::{Chunk, HASH_DIGITS, MARK},
    cycles::cycles,
};
use rustc_hash::FxHashMap;

use super::{Draft, DraftFile};

/// What comes where a mark is.
#[derive(Default)]
pub(super) struct Hashes {
    digits: FxHashMap<String, String>,
}

/// What one mark stands for: the texts that have it in their names.
struct Unit<'d> {
    mark: &'d str,
    texts: Vec<&'d DraftFile>,
}

impl Hashes {
    /// Hashes everything that was drafted.
    pub fn of(chunks: &[Chunk], drafts: &[Draft], config: &Config) -> Self {
        let mut units = Vec::new();
        for (chunk, draft) in chunks.iter().zip(drafts).filter(|(chunk, _)| chunk.is_hashed) {
            units.extend(draft.script.iter().filter_map(|script| unit(&chunk.file, vec![script])));
            if config.output.styles == Styles::File && !draft.styles.is_empty() {
                units.extend(unit(&chunk.sheet, draft.styles.iter().collect()));
            }
        }
        let numbers: FxHashMap<&str, usize> =
            units.iter().enumerate().map(|(number, unit)| (unit.mark, number)).collect();
        let named: Vec<Vec<usize>> =
            units.iter().enumerate().map(|(number, unit)| unit.names(number, &numbers)).collect();
        let own: Vec<ContentHash> = units.iter().map(|unit| unit.hash(config)).collect();
        let cycles = cycles(units.len(), |number| named[number].iter().copied());
        let digits = behind(&cycles, &named, &own);
        let short = |hash: &ContentHash| hash.to_string()[..HASH_DIGITS].to_owned();
        Self {
            digits: units
                .iter()
                .zip(&digits)
                .map(|(unit, hash)| (unit.mark.to_owned(), short(hash)))
                .collect(),
        }
    }

    /// Puts the hashes where marks are.
    pub fn fill(&self, text: &mut String) {
        let found: Vec<(usize, &String)> =
            marks(text).filter_map(|(at, mark)| Some((at, self.digits.get(mark)?))).collect();
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

/// The hash of each: its own, and that of everything that it names, and that names it in turn.
fn behind(cycles: &[usize], named: &[Vec<usize>], own: &[ContentHash]) -> Vec<ContentHash> {
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
        done.insert(cycle, together(&all));
    }
    own.iter().zip(cycles).map(|(own, cycle)| together(&[*own, done[cycle]])).collect()
}

fn together(hashes: &[ContentHash]) -> ContentHash {
    ContentHash::of(hashes.iter().map(ContentHash::to_string).collect::<String>().as_bytes())
}

fn unit<'d>(path: &'d str, texts: Vec<&'d DraftFile>) -> Option<Unit<'d>> {
    let (_, mark) = marks(path).last()?;
    Some(Unit { mark, texts })
}

/// Everything that may be a mark, and where.
fn marks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices(MARK).filter_map(|(at, _)| Some((at, text.get(at..at + HASH_DIGITS)?)))
}

impl Unit<'_> {
    /// The others that it names.
    fn names(&self, own: usize, numbers: &FxHashMap<&str, usize>) -> Vec<usize> {
        let all = self.texts.iter().flat_map(|text| marks(&text.text));
        let mut named: Vec<usize> =
            all.filter_map(|(_, mark)| numbers.get(mark).copied()).collect();
        named.sort_unstable();
        named.dedup();
        named.retain(|number| *number != own);
        named
    }

    /// The hash of its texts, with marks for the hashes of others. A map that is in a text belongs
    /// to it.
    fn hash(&self, config: &Config) -> ContentHash {
        let is_inline = config.output.source_map == SourceMap::Inline;
        let maps = self.texts.iter().filter_map(|text| text.map.as_deref()).filter(|_| is_inline);
        let texts = self.texts.iter().map(|text| text.text.as_str()).chain(maps);
        together(&texts.map(|text| ContentHash::of(text.as_bytes())).collect::<Vec<_>>())
    }
}
