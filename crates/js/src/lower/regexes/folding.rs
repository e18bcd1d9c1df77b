//! Which characters are equal under the flag `i`: with `u` or `v`, those with the same simple case
//! folding; without, those with the same upper case. Both are equivalences, so the characters that
//! equal a character are one small list.
//!
//! Rust's tables give full case mappings. Folding equals what single characters map to, in any
//! number of steps, except for the characters listed below.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::sets::Set;

/// How the flag `i` compares characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folding {
    /// With the flag `u` or `v`.
    CodePoints,
    /// Without: characters are UTF-16 units.
    Units,
}

/// No character beyond it has a case.
const LAST_CASED: u32 = 0x1_FFFF;

/// Pairs that fold to one character, although their upper case is more than one character.
const FOLDED_TOGETHER: [(u32, u32); 3] = [(0x390, 0x1FD3), (0x3B0, 0x1FE3), (0xFB05, 0xFB06)];

/// Turkic letters, which fold only in Turkic.
const TURKIC: [u32; 2] = [0x130, 0x131];

/// Every character that equals others, with all of them. Lists are sorted and include the
/// character.
type Equal = FxHashMap<u32, Vec<u32>>;

static BY_CODE_POINTS: LazyLock<Equal> = LazyLock::new(|| {
    let mut pairs: Vec<(u32, u32)> = FOLDED_TOGETHER.to_vec();
    for c in cased().filter(|c| !TURKIC.contains(&(*c as u32))) {
        let mapped = [single(c.to_lowercase()), single(c.to_uppercase())];
        pairs.extend(mapped.into_iter().flatten().map(|to| (c as u32, to as u32)));
    }
    grouped(pairs)
});

static BY_UNITS: LazyLock<Equal> = LazyLock::new(|| {
    let units = cased().filter(|c| *c as u32 <= 0xFFFF);
    let pairs = units.filter_map(|c| {
        let upper = single(c.to_uppercase())?;
        let is_kept = upper as u32 > 0xFFFF || !c.is_ascii() && upper.is_ascii();
        (!is_kept).then_some((c as u32, upper as u32))
    });
    grouped(pairs.collect())
});

fn cased() -> impl Iterator<Item = char> {
    (0..=LAST_CASED).filter_map(char::from_u32)
}

fn single(mut mapped: impl Iterator<Item = char>) -> Option<char> {
    let only = mapped.next()?;
    mapped.next().is_none().then_some(only)
}

/// Joins pairs that share a character.
fn grouped(pairs: Vec<(u32, u32)>) -> Equal {
    let mut equal = Equal::default();
    for (one, two) in pairs.into_iter().filter(|(one, two)| one != two) {
        let mut all = vec![one, two];
        for code in [one, two] {
            all.extend(equal.get(&code).into_iter().flatten());
        }
        all.sort_unstable();
        all.dedup();
        for code in &all {
            equal.insert(*code, all.clone());
        }
    }
    equal
}

impl Folding {
    fn table(self) -> &'static Equal {
        match self {
            Self::CodePoints => &BY_CODE_POINTS,
            Self::Units => &BY_UNITS,
        }
    }

    /// Returns the characters that equal a character; an empty list: only itself.
    pub fn equal(self, code: u32) -> &'static [u32] {
        self.table().get(&code).map_or(&[], Vec::as_slice)
    }

    /// Returns a set with every character that equals one in it.
    pub fn closed(self, set: &Set) -> Set {
        let mut more: Vec<(u32, u32)> = set.ranges().to_vec();
        let mut add = |code: u32| more.extend(self.equal(code).iter().map(|code| (*code, *code)));
        if set.ranges().iter().map(|(start, end)| end - start).sum::<u32>() > LAST_CASED / 32 {
            self.table().keys().filter(|code| set.has(**code)).for_each(|code| add(*code));
        } else {
            set.codes().for_each(add);
        }
        Set::of(more)
    }
}
