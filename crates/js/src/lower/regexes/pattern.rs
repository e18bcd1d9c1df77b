//! Rewrites a pattern for an engine that lacks some of its constructs. Groups keep their numbers:
//! no group that is added captures.
//!
//! ```text
//! /(?<sign>[-+])?\p{Nd}./u    becomes    /([-+])?(?:[0-9…]|\uD801[…]|…)(?:[^\n\r…]|…)/
//! ```

use std::fmt::Write;

use swc_atoms::Atom;
use swc_ecma_regexp_ast::{
    Alternative, BoundaryAssertionKind, CharacterClass, CharacterClassContents,
    CharacterClassEscapeKind, Disjunction, LookAroundAssertionKind, Modifier, Modifiers, Pattern,
    Quantifier, Term, UnicodePropertyEscape,
};

use super::{
    classes::Reading,
    folding::Folding,
    sets::{LAST, Set},
    survey::Flags,
    text::{self, Mode, NO_SECOND_HALF},
};
use crate::features::Feature;

/// How a pattern is to be rewritten.
pub(super) struct Wanted<'n> {
    pub mode: Mode,
    /// Write `.` out where it matches everything.
    pub writes_dots: bool,
    /// Write `\p{…}` out.
    pub writes_properties: bool,
    /// Write named groups as groups without names.
    pub drops_names: bool,
    /// The flags `i` and `m` of the new expression, if it has no modifiers.
    pub instead_of_modifiers: Option<Flags>,
    /// The names of all groups.
    pub names: &'n [Option<Atom>],
}

/// Returns the rewritten pattern. `Err`: the construct that makes it impossible.
pub(super) fn rewrite(
    pattern: &Pattern,
    reading: Reading,
    flags: Flags,
    wanted: &Wanted<'_>,
) -> Result<String, Feature> {
    let out = String::new();
    let mut writer =
        Writer { reading, flags, wanted, out, start: Start::Open, follows_reference: false };
    for (at, alternative) in pattern.body.body.iter().enumerate() {
        if at > 0 {
            writer.out.push('|');
        }
        let begin = writer.out.len();
        writer.start = Start::Open;
        writer.alternative(alternative)?;
        if wanted.mode == Mode::Pairs && writer.start != Start::Whole {
            writer.out.insert_str(begin, NO_SECOND_HALF);
        }
    }
    Ok(writer.out)
}

/// Whether the part written so far may match inside a character, where no match may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Start {
    /// It may not.
    Whole,
    /// It matched nothing so far, so it may.
    Open,
    /// It may: it begins with a lone half, which looks like the end of a character.
    Half,
}

struct Writer<'w> {
    reading: Reading,
    flags: Flags,
    wanted: &'w Wanted<'w>,
    out: String,
    start: Start,
    /// Whether `\1` was written last, which a digit would lengthen.
    follows_reference: bool,
}

type Written = Result<(), Feature>;

impl Writer<'_> {
    fn reading(&self) -> Reading {
        Reading { ignores_case: self.flags.ignores_case, ..self.reading }
    }

    /// Whether letters are written in both cases.
    fn writes_cases(&self) -> bool {
        let has_flag = |flags: Flags| flags.ignores_case;
        self.flags.ignores_case && self.wanted.instead_of_modifiers.is_some_and(|it| !has_flag(it))
    }

    fn disjunction(&mut self, disjunction: &Disjunction) -> Written {
        let before = self.start;
        let mut after = Start::Whole;
        for (at, alternative) in disjunction.body.iter().enumerate() {
            if at > 0 {
                self.out.push('|');
            }
            self.start = before;
            self.alternative(alternative)?;
            after = after.max(self.start);
        }
        self.start = after;
        Ok(())
    }

    fn alternative(&mut self, alternative: &Alternative) -> Written {
        self.follows_reference = false;
        alternative.body.iter().try_for_each(|term| self.term(term))
    }

    fn group(&mut self, opening: &str, disjunction: &Disjunction) -> Written {
        self.out.push_str(opening);
        self.disjunction(disjunction)?;
        self.out.push(')');
        self.follows_reference = false;
        Ok(())
    }

    fn term(&mut self, term: &Term) -> Written {
        if std::mem::take(&mut self.follows_reference) && begins_with_digit(term) {
            self.out.push_str("(?:)");
        }
        match term {
            Term::BoundaryAssertion(assertion) => self.boundary(assertion.kind),
            Term::LookAroundAssertion(look) => {
                let (opening, is_negative) = match look.kind {
                    LookAroundAssertionKind::Lookahead => ("(?=", false),
                    LookAroundAssertionKind::NegativeLookahead => ("(?!", true),
                    LookAroundAssertionKind::Lookbehind => ("(?<=", true),
                    LookAroundAssertionKind::NegativeLookbehind => ("(?<!", true),
                };
                let before = self.start;
                self.group(opening, &look.body)?;
                if is_negative {
                    self.start = before;
                }
            }
            Term::Quantifier(quantifier) => self.quantifier(quantifier)?,
            Term::Character(character) => self.character(character.value)?,
            Term::Dot(_) => self.dot()?,
            Term::CharacterClassEscape(escape) => self.escape(escape.kind)?,
            Term::UnicodePropertyEscape(escape) if self.is_kept_property(escape) => {
                self.out.push_str(&escape.to_string());
            }
            Term::UnicodePropertyEscape(escape) => {
                let reading = self.reading();
                let set = reading.property(escape)?;
                self.write_set(&if reading.ignores_case {
                    reading.folding().closed(&set)
                } else {
                    set
                })?;
            }
            Term::CharacterClass(class) => self.class(class)?,
            Term::CapturingGroup(group) => match &group.name {
                Some(name) if !self.wanted.drops_names => {
                    self.group(&format!("(?<{name}>"), &group.body)?;
                }
                _ => self.group("(", &group.body)?,
            },
            Term::IgnoreGroup(group) => {
                let outer = self.flags;
                let mut opening = "(?:".to_owned();
                if let Some(modifiers) = &group.modifiers {
                    self.flags = outer.modified(modifiers);
                    if self.wanted.instead_of_modifiers.is_none() {
                        opening = opening_of(modifiers);
                    }
                }
                self.group(&opening, &group.body)?;
                self.flags = outer;
            }
            Term::IndexedReference(reference) => {
                _ = write!(self.out, "\\{}", reference.index);
                self.follows_reference = true;
            }
            Term::NamedReference(reference) => self.named_reference(&reference.name),
        }
        Ok(())
    }

    fn named_reference(&mut self, name: &Atom) {
        if !self.wanted.drops_names {
            _ = write!(self.out, "\\k<{name}>");
            return;
        }
        let named = self.wanted.names.iter().enumerate();
        let same = named.filter(|(_, other)| other.as_ref() == Some(name));
        let numbers: Vec<String> = same.map(|(at, _)| format!("\\{}", at + 1)).collect();
        // At most one of several groups takes part in a match. The others match nothing.
        if let [only] = numbers.as_slice() {
            self.out.push_str(only);
            self.follows_reference = true;
        } else {
            _ = write!(self.out, "(?:{})", numbers.concat());
        }
    }

    fn boundary(&mut self, kind: BoundaryAssertionKind) {
        let has_flag = match self.wanted.instead_of_modifiers {
            Some(flags) => flags.is_multiline,
            None => self.flags.is_multiline,
        };
        self.out.push_str(match kind {
            BoundaryAssertionKind::Start => "^",
            BoundaryAssertionKind::End if self.flags.is_multiline == has_flag => "$",
            BoundaryAssertionKind::End if has_flag => r"(?![\s\S])",
            BoundaryAssertionKind::End => r"(?=[\n\r\u2028\u2029]|$)",
            BoundaryAssertionKind::Boundary => "\\b",
            BoundaryAssertionKind::NegativeBoundary => "\\B",
        });
        // None of the others holds between two halves.
        if kind != BoundaryAssertionKind::NegativeBoundary {
            self.settle();
        }
    }

    fn quantifier(&mut self, quantifier: &Quantifier) -> Written {
        let before = self.start;
        self.term(&quantifier.body)?;
        self.follows_reference = false;
        if quantifier.min == 0 {
            self.start = self.start.max(before);
        }
        match (quantifier.min, quantifier.max) {
            (0, None) => self.out.push('*'),
            (1, None) => self.out.push('+'),
            (0, Some(1)) => self.out.push('?'),
            (min, None) => _ = write!(self.out, "{{{min},}}"),
            (min, Some(max)) if min == max => _ = write!(self.out, "{{{min}}}"),
            (min, Some(max)) => _ = write!(self.out, "{{{min},{max}}}"),
        }
        if !quantifier.greedy {
            self.out.push('?');
        }
        Ok(())
    }

    fn character(&mut self, code: u32) -> Written {
        let equal =
            if self.flags.ignores_case { self.reading().folding().equal(code) } else { &[] };
        let has_flag_for = Folding::Units.equal(code);
        let is_covered = match self.wanted.mode {
            _ if self.writes_cases() => equal.is_empty(),
            Mode::Pairs => equal.iter().all(|code| has_flag_for.contains(code)),
            Mode::Units | Mode::CodePoints => true,
        };
        if is_covered {
            self.consumes(&Set::one(code))?;
            text::character(code, self.wanted.mode, &mut self.out);
            return Ok(());
        }
        self.write_set(&Set::of(equal.iter().map(|code| (*code, *code)).collect()))
    }

    fn dot(&mut self) -> Written {
        let is_everything = self.flags.is_dot_all && self.wanted.writes_dots;
        match self.wanted.mode {
            Mode::Pairs => {
                let ends = [(10, 10), (13, 13), (0x2028, 0x2029)];
                let ends = if self.flags.is_dot_all { Vec::new() } else { ends.to_vec() };
                return self.write_set(&Set::of(ends).complement(LAST));
            }
            Mode::Units | Mode::CodePoints if is_everything => self.out.push_str(r"[\s\S]"),
            Mode::Units | Mode::CodePoints => self.out.push('.'),
        }
        Ok(())
    }

    fn escape(&mut self, kind: CharacterClassEscapeKind) -> Written {
        let reading = self.reading();
        let set = reading.escape(kind);
        let plain = Reading { ignores_case: false, ..reading }.escape(kind);
        let is_pairs = self.wanted.mode == Mode::Pairs;
        let is_short =
            (set == plain || !is_pairs && !self.writes_cases()) && !(is_pairs && set.has(LAST));
        if !is_short {
            return self.write_set(&set);
        }
        self.consumes(&set)?;
        self.out.push_str(name_of(kind));
        Ok(())
    }

    fn class(&mut self, class: &CharacterClass) -> Written {
        if self.is_kept(class)? {
            return self.copy_class(class);
        }
        let found = self.reading().class(class)?;
        if found.strings.is_empty() {
            return self.write_set(&found.set);
        }
        self.strings(found.strings, &found.set)
    }

    /// Writes a choice of strings, the longest first, and characters.
    fn strings(&mut self, mut strings: Vec<Vec<u32>>, set: &Set) -> Written {
        strings.sort_by_key(|text| std::cmp::Reverse(text.len()));
        strings.dedup();
        let before = self.start;
        let mut after = Start::Whole;
        self.out.push_str("(?:");
        let (long, empty): (Vec<_>, Vec<_>) = strings.iter().partition(|text| !text.is_empty());
        for text in &long {
            self.start = before;
            text.iter().try_for_each(|code| self.character(*code))?;
            after = after.max(self.start);
            self.out.push('|');
        }
        if set.is_empty() {
            self.out.pop();
        } else {
            self.start = before;
            self.write_set(set)?;
            after = after.max(self.start);
        }
        if !empty.is_empty() {
            self.out.push('|');
            after = after.max(before);
        }
        self.start = after;
        self.out.push(')');
        Ok(())
    }

    /// Whether a property can be written as it was. Without `v`, equal characters are added after
    /// the negation, not before it.
    fn is_kept_property(&self, escape: &UnicodePropertyEscape) -> bool {
        let is_other =
            escape.strings || self.reading.is_sets && escape.negative && self.flags.ignores_case;
        !self.wanted.writes_properties && !is_other && !self.writes_cases()
    }

    /// Whether a class can be written as it was.
    fn is_kept(&self, class: &CharacterClass) -> Result<bool, Feature> {
        let is_pairs = self.wanted.mode == Mode::Pairs;
        let is_simple = class.body.iter().all(|part| match part {
            CharacterClassContents::Character(it) => !is_pairs || is_plain(it.value),
            CharacterClassContents::CharacterClassRange(it) => {
                !is_pairs
                    || it.max.value < 0xD800
                    || it.min.value > 0xDFFF && is_plain(it.max.value)
            }
            CharacterClassContents::CharacterClassEscape(it) => {
                !is_pairs || !self.reading().escape(it.kind).has(LAST)
            }
            CharacterClassContents::UnicodePropertyEscape(_) => !is_pairs && !self.reading.is_sets,
            CharacterClassContents::NestedCharacterClass(_)
            | CharacterClassContents::ClassStringDisjunction(_) => false,
        });
        let is_union = class.kind == swc_ecma_regexp_ast::CharacterClassContentsKind::Union;
        if !is_simple || !is_union {
            return Ok(false);
        }
        if !self.flags.ignores_case || !self.writes_cases() && !is_pairs {
            return Ok(true);
        }
        let positive = CharacterClass { negative: false, ..class.clone() };
        let written = Reading { ignores_case: false, ..self.reading }.class(&positive)?.set;
        let meant = self.reading().class(&positive)?.set;
        let by_flag = Folding::Units.closed(&written);
        Ok(if self.writes_cases() { written == meant } else { by_flag == meant })
    }

    fn copy_class(&mut self, class: &CharacterClass) -> Written {
        let is_pairs = self.wanted.mode == Mode::Pairs;
        let mut inside = String::new();
        for part in &class.body {
            self.part(part, &mut inside)?;
        }
        if !class.negative || !is_pairs {
            let sign = if class.negative { "^" } else { "" };
            _ = write!(self.out, "[{sign}{inside}]");
            self.settle();
            return Ok(());
        }
        // All characters of two units are in it, and all halves.
        self.note_half();
        _ = write!(
            self.out,
            concat!(
                r"(?:[^{}\uD800-\uDBFF]|[\uD800-\uDBFF][\uDC00-\uDFFF]",
                r"|[\uD800-\uDBFF]{})"
            ),
            inside, NO_SECOND_HALF
        );
        Ok(())
    }

    fn part(&self, part: &CharacterClassContents, out: &mut String) -> Written {
        let is_unicode = self.wanted.mode == Mode::CodePoints;
        let mut ranges = |set: Set| text::ranges(&set, is_unicode, out);
        match part {
            CharacterClassContents::Character(it) => ranges(Set::one(it.value)),
            CharacterClassContents::CharacterClassRange(it) => {
                ranges(Set::of(vec![(it.min.value, it.max.value)]));
            }
            CharacterClassContents::CharacterClassEscape(it) => out.push_str(name_of(it.kind)),
            CharacterClassContents::UnicodePropertyEscape(it) if self.wanted.writes_properties => {
                ranges(self.reading.property(it)?);
            }
            CharacterClassContents::UnicodePropertyEscape(it) => out.push_str(&it.to_string()),
            CharacterClassContents::NestedCharacterClass(_)
            | CharacterClassContents::ClassStringDisjunction(_) => {}
        }
        Ok(())
    }

    fn write_set(&mut self, set: &Set) -> Written {
        self.consumes(set)?;
        text::write_set(set, self.wanted.mode, &mut self.out);
        Ok(())
    }

    /// Notes that one character of a set comes next. `Err`: the set has only second halves, so no
    /// match could begin with it.
    fn consumes(&mut self, set: &Set) -> Written {
        if self.wanted.mode != Mode::Pairs || self.start != Start::Open {
            return Ok(());
        }
        if !set.meets(0xDC00, 0xDFFF) {
            self.settle();
            return Ok(());
        }
        if !set.meets(0, 0xDBFF) && !set.meets(0xE000, LAST) {
            return Err(Feature::UnicodeRegex);
        }
        self.note_half();
        Ok(())
    }

    /// Notes that the last part does not match inside a character.
    fn settle(&mut self) {
        if self.start == Start::Open {
            self.start = Start::Whole;
        }
    }

    fn note_half(&mut self) {
        if self.start == Start::Open {
            self.start = Start::Half;
        }
    }
}

fn begins_with_digit(term: &Term) -> bool {
    match term {
        Term::Character(character) => (48..58).contains(&character.value),
        Term::Quantifier(quantifier) => begins_with_digit(&quantifier.body),
        _ => false,
    }
}

/// Returns `(?i-s:`.
fn opening_of(modifiers: &Modifiers) -> String {
    let letters = |flags: Modifier| {
        let named = [(Modifier::I, "i"), (Modifier::M, "m"), (Modifier::S, "s")];
        named.into_iter().filter(move |(flag, _)| flags.contains(*flag)).map(|(_, letter)| letter)
    };
    let (on, off): (String, String) =
        (letters(modifiers.enabling).collect(), letters(modifiers.disabling).collect());
    if off.is_empty() { format!("(?{on}:") } else { format!("(?{on}-{off}:") }
}

fn is_plain(code: u32) -> bool {
    code <= 0xFFFF && !(0xD800..0xE000).contains(&code)
}

fn name_of(kind: CharacterClassEscapeKind) -> &'static str {
    match kind {
        CharacterClassEscapeKind::D => "\\d",
        CharacterClassEscapeKind::NegativeD => "\\D",
        CharacterClassEscapeKind::S => "\\s",
        CharacterClassEscapeKind::NegativeS => "\\S",
        CharacterClassEscapeKind::W => "\\w",
        CharacterClassEscapeKind::NegativeW => "\\W",
    }
}
