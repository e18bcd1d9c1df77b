//! The matches of a class in a pattern: a set of characters, and strings of several. A class with
//! the flag `v` is computed; other classes are often kept as they were written.

use swc_ecma_regexp_ast::{
    CharacterClass, CharacterClassContents, CharacterClassContentsKind, CharacterClassEscapeKind,
    UnicodePropertyEscape,
};

use super::{
    folding::Folding,
    properties,
    sets::{LAST, Set},
};
use crate::features::Feature;

/// The characters and strings that a class matches.
#[derive(Clone, Debug, Default)]
pub(super) struct Class {
    pub set: Set,
    /// Each string as code points; none has exactly one.
    pub strings: Vec<Vec<u32>>,
}

/// How a pattern reads its classes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// The flag `u` or `v`.
    pub is_unicode: bool,
    /// The flag `v`.
    pub is_sets: bool,
    /// The flag `i` at this place.
    pub ignores_case: bool,
}

impl Reading {
    /// How characters are compared.
    pub fn folding(self) -> Folding {
        if self.is_unicode { Folding::CodePoints } else { Folding::Units }
    }

    /// Every character.
    fn last(self) -> u32 {
        if self.is_unicode { LAST } else { 0xFFFF }
    }

    /// Adds all characters that equal one of a set. With `v` this happens before sets are combined,
    /// otherwise when a character is compared.
    fn folded(self, set: Set) -> Set {
        if self.ignores_case && self.is_sets { self.folding().closed(&set) } else { set }
    }

    /// Returns what a class matches.
    pub fn class(self, class: &CharacterClass) -> Result<Class, Feature> {
        let mut found = self.contents(class)?;
        if self.ignores_case {
            found.set = self.folding().closed(&found.set);
        }
        if class.negative {
            found.set = found.set.complement(self.last());
        }
        Ok(found)
    }

    fn contents(self, class: &CharacterClass) -> Result<Class, Feature> {
        let mut parts = class.body.iter();
        let mut found = match parts.next() {
            Some(first) => self.part(first)?,
            None => Class::default(),
        };
        for part in parts {
            let part = self.part(part)?;
            match class.kind {
                CharacterClassContentsKind::Union => {
                    found.set = found.set.union(&part.set);
                    found.strings.extend(part.strings);
                }
                CharacterClassContentsKind::Intersection => {
                    found.set = found.set.intersection(&part.set);
                    found.strings.retain(|text| part.strings.contains(text));
                }
                CharacterClassContentsKind::Subtraction => {
                    found.set = found.set.difference(&part.set);
                    found.strings.retain(|text| !part.strings.contains(text));
                }
            }
        }
        Ok(found)
    }

    fn part(self, part: &CharacterClassContents) -> Result<Class, Feature> {
        let set = match part {
            CharacterClassContents::CharacterClassRange(range) => {
                self.folded(Set::of(vec![(range.min.value, range.max.value)]))
            }
            CharacterClassContents::Character(character) => self.folded(Set::one(character.value)),
            CharacterClassContents::CharacterClassEscape(escape) => self.escape(escape.kind),
            CharacterClassContents::UnicodePropertyEscape(escape) => self.property(escape)?,
            CharacterClassContents::NestedCharacterClass(class) => return self.class(class),
            CharacterClassContents::ClassStringDisjunction(strings) => {
                let texts = strings.body.iter().map(|text| {
                    text.body.iter().map(|character| self.representative(character.value)).collect()
                });
                let texts: Vec<Vec<u32>> = texts.collect();
                let single = |text: &&Vec<u32>| text.len() == 1;
                let set = texts.iter().filter(single).map(|text| (text[0], text[0])).collect();
                let strings = texts.iter().filter(|text| !single(text)).cloned().collect();
                return Ok(Class { set: self.folded(Set::of(set)), strings });
            }
        };
        Ok(Class { set, strings: Vec::new() })
    }

    /// Returns one character for all that equal it, so that strings can be compared.
    fn representative(self, code: u32) -> u32 {
        let equal = if self.ignores_case { self.folding().equal(code) } else { &[] };
        equal.first().copied().unwrap_or(code)
    }

    /// Returns what `\d`, `\s`, `\w` and their opposites match.
    pub fn escape(self, kind: CharacterClassEscapeKind) -> Set {
        use CharacterClassEscapeKind::{D, NegativeD, NegativeS, NegativeW, S, W};
        let set = match kind {
            D | NegativeD => Set::of(vec![(48, 57)]),
            S | NegativeS => Set::of(SPACES.to_vec()),
            W | NegativeW => self.words(),
        };
        let is_negative = matches!(kind, NegativeD | NegativeS | NegativeW);
        if is_negative { set.complement(self.last()) } else { set }
    }

    fn words(self) -> Set {
        let words = Set::of(vec![(48, 57), (65, 90), (95, 95), (97, 122)]);
        let adds = self.ignores_case && self.is_unicode;
        if adds { Folding::CodePoints.closed(&words) } else { words }
    }

    /// Returns what `\p{…}` or `\P{…}` matches. `Err`: it is a property of strings.
    pub fn property(self, escape: &UnicodePropertyEscape) -> Result<Set, Feature> {
        let set = properties::of(&escape.name, escape.value.as_deref());
        let set = self.folded(set.ok_or(Feature::UnicodeProperty)?);
        Ok(if escape.negative { set.complement(LAST) } else { set })
    }
}

/// White space and line ends.
const SPACES: [(u32, u32); 10] = [
    (9, 13),
    (32, 32),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
];
