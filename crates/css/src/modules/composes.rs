//! `composes: a b from "./other.css"`: who has a class gets the names of others with it.

use std::ops::Range;

use bundle_base::{
    Diagnostics, Label,
    diagnostic::nearest,
    sheet::{
        bare, block_end,
        exports::{Export, Word},
        list,
        selector::{self, Kind},
    },
};
use rustc_hash::FxHashMap;

use super::Telling;
use crate::{
    messages,
    urls::{unescaped, unquoted},
};

/// What classes are made of beside themselves.
pub(super) struct Composition {
    classes: Vec<String>,
    names: Vec<String>,
    from: From,
    label: Label,
}

/// Where the names of a composition are.
enum From {
    /// In the same sheet.
    Here,
    /// `from global`: they are as they are.
    Global,
    /// `from "./other.css"`.
    Sheet(String),
}

/// The rules that are open at a place of the sheet.
pub(super) struct Rules<'c> {
    css: &'c str,
    /// Where each ends, and its selectors. Empty for sheets that compose nothing.
    open: Vec<(usize, Range<usize>)>,
    is_asked: bool,
}

impl<'c> Rules<'c> {
    pub fn new(css: &'c str) -> Self {
        Self { css, open: Vec::new(), is_asked: css.contains("composes") }
    }

    pub fn open(&mut self, selectors: Range<usize>) {
        if self.is_asked {
            self.open.retain(|(end, _)| *end > selectors.start);
            let brace = self.css[selectors.end..]
                .find('{')
                .map_or(self.css.len(), |found| selectors.end + found);
            self.open.push((block_end(self.css, brace), selectors));
        }
    }

    /// What a declaration says of the rule that it is in.
    pub fn composition(
        &self,
        value: Range<usize>,
        label: Label,
        log: &mut Diagnostics,
    ) -> Vec<Composition> {
        let rule = self.open.iter().rev().find(|(end, _)| *end > value.start);
        let classes = rule.and_then(|(_, selectors)| {
            list(self.css, selectors.clone())
                .into_iter()
                .map(|selector| only_class(self.css, selector))
                .collect()
        });
        let Some(classes): Option<Vec<String>> = classes else {
            log.push(messages::misplaced_composes(label));
            return Vec::new();
        };
        let one = |part: Range<usize>| {
            let (names, from) = parts(&self.css[part]);
            let names = names.split_whitespace().map(unescaped).collect();
            Composition { classes: classes.clone(), names, from, label: label.clone() }
        };
        list(self.css, value).into_iter().map(one).collect()
    }
}

/// The class that a selector is.
fn only_class(css: &str, selector: Range<usize>) -> Option<String> {
    let mut pieces = selector::parse(css, bare(css, selector)).into_iter();
    let (first, None) = (pieces.next()?, pieces.next()) else { return None };
    match first.kind {
        Kind::Class(name) => Some(unescaped(&css[name])),
        Kind::Pseudo { name, inner: Some(inner) } if &css[name.clone()] == ":local" => {
            only_class(css, inner)
        }
        Kind::Pseudo { .. } | Kind::Combinator(_) | Kind::Other => None,
    }
}

/// `a b from "./c.css"`: the names, and where they are.
fn parts(value: &str) -> (&str, From) {
    let Some((names, from)) = value.rsplit_once(" from ") else { return (value, From::Here) };
    match from.trim() {
        "global" => (names, From::Global),
        address => (names, From::Sheet(unescaped(unquoted(address)))),
    }
}

/// Tells of the names of a sheet, each with those that it is composed of.
pub(super) fn tell(
    names: &[String],
    compositions: &[Composition],
    own: impl Fn(&str) -> Word,
    telling: &mut Telling<'_, '_>,
) {
    // Per class: other classes of the sheet, and words.
    let mut composed: FxHashMap<&str, Vec<Part<'_>>> = FxHashMap::default();
    for composition in compositions {
        let Some(parts) = resolved(composition, names, telling) else { continue };
        for class in &composition.classes {
            composed.entry(class).or_default().extend(parts.iter().cloned());
        }
    }
    for name in names {
        let mut value =
            Value { composed: &composed, own: &own, words: Vec::new(), seen: Vec::new() };
        value.add(name);
        let words = value.words;
        telling.exports.names.retain(|export| export.name != *name);
        telling.exports.names.push(Export { name: name.clone(), value: words });
    }
}

#[derive(Clone)]
enum Part<'n> {
    Class(&'n str),
    Word(Word),
}

/// What a composition adds; `None`: it cannot be, which the log says.
fn resolved<'n>(
    composition: &'n Composition,
    names: &[String],
    telling: &mut Telling<'_, '_>,
) -> Option<Vec<Part<'n>>> {
    let Composition { names: wanted, from, label, .. } = composition;
    let sheet = match from {
        From::Global => {
            return Some(wanted.iter().map(|name| Part::Word(Word::Own(name.clone()))).collect());
        }
        From::Sheet(address) => telling.sheet(address, label.clone()).ok()?,
        From::Here => None,
    };
    if let Some(sheet) = sheet {
        let word = |name: &String| {
            Part::Word(Word::Of { sheet, name: name.clone(), label: label.clone() })
        };
        return Some(wanted.iter().map(word).collect());
    }
    for name in wanted.iter().filter(|name| !names.contains(name)) {
        let near = nearest(name, names.iter().map(String::as_str));
        telling.cx.log.push(messages::unknown_class(label.clone(), name, near));
    }
    Some(wanted.iter().map(|name| Part::Class(name)).collect())
}

/// The words of a class.
struct Value<'v, 'n, F> {
    composed: &'v FxHashMap<&'n str, Vec<Part<'n>>>,
    own: &'v F,
    words: Vec<Word>,
    seen: Vec<&'v str>,
}

impl<'v, F: Fn(&str) -> Word> Value<'v, '_, F> {
    fn add(&mut self, name: &'v str) {
        if self.seen.contains(&name) {
            return;
        }
        self.seen.push(name);
        self.words.push((self.own)(name));
        for part in self.composed.get(name).into_iter().flatten() {
            match part {
                Part::Class(class) => self.add(class),
                Part::Word(word) if !self.words.contains(word) => self.words.push(word.clone()),
                Part::Word(_) => {}
            }
        }
    }
}
