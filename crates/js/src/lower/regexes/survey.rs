//! Surveys a whole pattern before it is rewritten: the names of its groups, and the effects of its
//! modifiers `(?i:…)`. A modifier cannot be written for old engines, but a flag of the whole
//! expression can, and so can letters in both cases.

use swc_atoms::Atom;
use swc_ecma_regexp_ast::{
    Alternative, BoundaryAssertionKind, CharacterClassEscapeKind, Disjunction, Modifier, Modifiers,
    Pattern, Term,
};

use super::classes::Reading;
use crate::features::Feature;

/// The flags that modifiers change, at some place of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flags {
    /// `i`
    pub ignores_case: bool,
    /// `m`
    pub is_multiline: bool,
    /// `s`
    pub is_dot_all: bool,
}

impl Flags {
    /// Returns the flags inside a group with modifiers.
    pub fn modified(self, modifiers: &Modifiers) -> Self {
        let value = |flag: Modifier, outer: bool| {
            modifiers.enabling.contains(flag) || outer && !modifiers.disabling.contains(flag)
        };
        Self {
            ignores_case: value(Modifier::I, self.ignores_case),
            is_multiline: value(Modifier::M, self.is_multiline),
            is_dot_all: value(Modifier::S, self.is_dot_all),
        }
    }
}

/// The result. Each pair counts what is at places without a flag, and with it.
#[derive(Default)]
pub(super) struct Survey {
    /// The name of each group, in order.
    pub names: Vec<Option<Atom>>,
    /// Letters, and classes with letters.
    cased: [bool; 2],
    /// References to groups: they cannot be written in both cases.
    references: [bool; 2],
    /// `^`.
    starts: [bool; 2],
}

impl Survey {
    /// Looks at a pattern. `flags` and `reading` follow from its own flags. Without `reading`, it
    /// has no modifiers that matter.
    pub fn of(pattern: &Pattern, flags: Flags, reading: Option<Reading>) -> Result<Self, Feature> {
        let mut survey = Self::default();
        survey.disjunction(&pattern.body, flags, reading)?;
        Ok(survey)
    }

    /// Returns the flags `i` and `m` for the whole pattern without its modifiers. `Err`: there are
    /// none.
    pub fn without_modifiers(&self, flags: Flags) -> Result<Flags, Feature> {
        let ignores_case = match self.cased {
            [true, true] => false,
            [false, false] => flags.ignores_case,
            [_, ignores] => ignores,
        };
        let is_multiline = match self.starts {
            [true, true] => return Err(Feature::RegexModifiers),
            [false, false] => flags.is_multiline,
            [_, multiline] => multiline,
        };
        if self.references[usize::from(!ignores_case)] {
            return Err(Feature::RegexModifiers);
        }
        Ok(Flags { ignores_case, is_multiline, ..flags })
    }

    fn disjunction(
        &mut self,
        it: &Disjunction,
        flags: Flags,
        r: Option<Reading>,
    ) -> Result<(), Feature> {
        it.body.iter().try_for_each(|alternative| self.alternative(alternative, flags, r))
    }

    fn alternative(
        &mut self,
        it: &Alternative,
        flags: Flags,
        r: Option<Reading>,
    ) -> Result<(), Feature> {
        it.body.iter().try_for_each(|term| self.term(term, flags, r))
    }

    fn term(&mut self, term: &Term, flags: Flags, r: Option<Reading>) -> Result<(), Feature> {
        let ignores = usize::from(flags.ignores_case);
        match term {
            Term::BoundaryAssertion(assertion) => {
                if assertion.kind == BoundaryAssertionKind::Start {
                    self.starts[usize::from(flags.is_multiline)] = true;
                }
            }
            Term::LookAroundAssertion(look) => self.disjunction(&look.body, flags, r)?,
            Term::Quantifier(quantifier) => self.term(&quantifier.body, flags, r)?,
            Term::CapturingGroup(group) => {
                self.names.push(group.name.clone());
                self.disjunction(&group.body, flags, r)?;
            }
            Term::IgnoreGroup(group) => {
                let inner = group.modifiers.as_ref().map_or(flags, |it| flags.modified(it));
                self.disjunction(&group.body, inner, r)?;
            }
            Term::IndexedReference(_) | Term::NamedReference(_) => {
                self.references[ignores] = true;
                self.cased[ignores] = true;
            }
            _ => self.cased[ignores] |= r.map_or(Ok(false), |reading| has_case(term, reading))?,
        }
        Ok(())
    }
}

/// Whether ignoring case changes what an atom matches.
fn has_case(term: &Term, reading: Reading) -> Result<bool, Feature> {
    Ok(match term {
        Term::Character(character) => !reading.folding().equal(character.value).is_empty(),
        Term::CharacterClass(class) => {
            let plain = Reading { ignores_case: false, ..reading }.class(class)?;
            let folded = Reading { ignores_case: true, ..reading }.class(class)?;
            plain.set != folded.set || !plain.strings.is_empty()
        }
        Term::CharacterClassEscape(escape) => {
            let words = [CharacterClassEscapeKind::W, CharacterClassEscapeKind::NegativeW];
            reading.is_unicode && words.contains(&escape.kind)
        }
        Term::UnicodePropertyEscape(_) => true,
        _ => false,
    })
}
