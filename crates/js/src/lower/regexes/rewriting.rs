//! Rewrites the text of one regular expression for a target: which constructs it loses, and which
//! of its flags stay.

use swc_atoms::Atom;
use swc_ecma_ast::Regex;
use swc_ecma_regexp::{LiteralParser, Options};

use super::{
    classes::Reading,
    pattern::{self, Wanted},
    survey::{Flags, Survey},
    text::Mode,
};
use crate::features::{Feature, Support, pattern_features};

/// The most groups of an expression that is parsed; hand-written ones have far fewer. The parser is
/// recursive, and WebAssembly has the stack of its host.
const MOST_GROUPS: usize = 1000;

/// What an expression needs at run time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    /// The numbers of the groups of each name.
    pub names: Vec<(Atom, Vec<usize>)>,
    /// How many groups there are, with names or without.
    pub groups: usize,
    /// The flag `y`, which has been dropped.
    pub is_sticky: bool,
}

/// Whether a target lacks a construct that an expression needs help for at run time.
pub(super) fn needs_help(regex: &Regex, support: Support) -> bool {
    let helped = [Feature::NamedGroups, Feature::DuplicateGroups, Feature::StickyRegex];
    let lacks = |feature: &Feature| helped.contains(feature) && !support.has(*feature);
    pattern_features(&regex.exp, &regex.flags).iter().any(lacks)
}

/// Rewrites an expression. `Err`: the construct that makes it impossible.
pub(super) fn rewrite(regex: &mut Regex, support: Support) -> Result<Needs, Feature> {
    let mut lacking = pattern_features(&regex.exp, &regex.flags);
    lacking.retain(|feature| !support.has(*feature));
    for feature in [Feature::LookBehind, Feature::RegexIndices] {
        if lacking.contains(&feature) {
            return Err(feature);
        }
    }
    let mut needs = Needs::default();
    let Some(first) = lacking.iter().copied().find(|it| *it != Feature::StickyRegex) else {
        needs.is_sticky = !lacking.is_empty();
        regex.flags = without(&regex.flags, if needs.is_sticky { "y" } else { "" });
        return Ok(needs);
    };
    let (text, flags, names) = rewritten(regex, support, &lacking, first)?;
    needs.is_sticky = lacking.contains(&Feature::StickyRegex);
    needs.groups = names.len();
    if lacking.contains(&Feature::NamedGroups) || lacking.contains(&Feature::DuplicateGroups) {
        needs.names = numbers(&names);
    }
    regex.exp = text.into();
    regex.flags = without(&flags, if needs.is_sticky { "y" } else { "" });
    Ok(needs)
}

/// A pattern, flags, and the names of all groups.
type Rewritten = (String, String, Vec<Option<Atom>>);

fn rewritten(
    regex: &Regex,
    support: Support,
    lacking: &[Feature],
    first: Feature,
) -> Result<Rewritten, Feature> {
    if regex.exp.matches('(').count() > MOST_GROUPS {
        return Err(first);
    }
    let parser = LiteralParser::new(&regex.exp, Some(&regex.flags), Options::default());
    let parsed = parser.parse().map_err(|_| first)?;
    let has = |flag: char| regex.flags.contains(flag);
    let lacks = |feature: Feature| lacking.contains(&feature);
    let mode = match has('u') || has('v') {
        false => Mode::Units,
        true if support.has(Feature::UnicodeRegex) => Mode::CodePoints,
        true => Mode::Pairs,
    };
    let reading =
        Reading { is_unicode: mode != Mode::Units, is_sets: has('v'), ignores_case: false };
    let flags = Flags { ignores_case: has('i'), is_multiline: has('m'), is_dot_all: has('s') };
    let reading_outside = Reading { ignores_case: flags.ignores_case, ..reading };
    let lacks_modifiers = lacks(Feature::RegexModifiers);
    let survey = Survey::of(&parsed, flags, lacks_modifiers.then_some(reading))?;
    let instead_of_modifiers =
        if lacks_modifiers { Some(survey.without_modifiers(flags)?) } else { None };
    let drops_names = lacks(Feature::NamedGroups) || lacks(Feature::DuplicateGroups);
    let wanted = Wanted {
        mode,
        writes_dots: lacks(Feature::DotAllRegex)
            || mode == Mode::Pairs
            || instead_of_modifiers.is_some(),
        writes_properties: !support.has(Feature::UnicodeProperty) || mode == Mode::Pairs,
        drops_names,
        instead_of_modifiers,
        names: &survey.names,
    };
    let text = pattern::rewrite(&parsed, reading_outside, flags, &wanted)?;
    let new_flags = new_flags(&regex.flags, flags, &wanted);
    Ok((text, new_flags, survey.names))
}

fn new_flags(old: &str, flags: Flags, wanted: &Wanted<'_>) -> String {
    let kept = wanted.instead_of_modifiers.unwrap_or(flags);
    let mut new: String = old.chars().filter(|flag| "dgy".contains(*flag)).collect();
    let others = [
        ('i', kept.ignores_case),
        ('m', kept.is_multiline),
        ('s', kept.is_dot_all && !wanted.writes_dots),
        ('u', wanted.mode == Mode::CodePoints),
    ];
    new.extend(others.into_iter().filter(|(_, has)| *has).map(|(flag, _)| flag));
    new
}

fn without(flags: &str, dropped: &str) -> Atom {
    flags.chars().filter(|flag| !dropped.contains(*flag)).collect::<String>().into()
}

fn numbers(names: &[Option<Atom>]) -> Vec<(Atom, Vec<usize>)> {
    let mut by_name: Vec<(Atom, Vec<usize>)> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let Some(name) = name else { continue };
        match by_name.iter_mut().find(|(known, _)| known == name) {
            Some((_, numbers)) => numbers.push(at + 1),
            None => by_name.push((name.clone(), vec![at + 1])),
        }
    }
    by_name
}
