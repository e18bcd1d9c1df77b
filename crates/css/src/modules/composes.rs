//! `composes: a b from "./other.css"`: a script that exports a class exports the names that it
//! composes with it, so that an element gets them all.

use std::ops::Range;

use bundle_base::{
    Diagnostics, Label,
    diagnostic::nearest,
    stylesheet::{
        bare, block_end,
        exports::{Export, Word},
        list,
        selector::{self, Kind},
    },
};
use rustc_hash::FxHashMap;

use super::collector::ExportCollector;
use crate::{
    messages,
    urls::{unescaped, unquoted},
};

/// One `composes`: the classes that its rule is for, and the names that they include.
pub(super) struct Composition {
    classes: Vec<String>,
    names: Vec<String>,
    from: From,
    label: Label,
}

/// Which stylesheet has the composed names.
enum From {
    /// The same stylesheet.
    Here,
    /// `from global`: the names are not renamed.
    Global,
    /// `from "./other.css"`.
    Stylesheet(String),
}

/// The rules that contain the current place of the stylesheet.
pub(super) struct Rules<'c> {
    css: &'c str,
    /// Where each rule ends, and its selectors. Always empty if the stylesheet composes nothing.
    open: Vec<(usize, Range<usize>)>,
    has_composes: bool,
}

impl<'c> Rules<'c> {
    pub fn new(css: &'c str) -> Self {
        Self { css, open: Vec::new(), has_composes: css.contains("composes") }
    }

    pub fn open(&mut self, selectors: Range<usize>) {
        if self.has_composes {
            self.open.retain(|(end, _)| *end > selectors.start);
            let brace = self.css[selectors.end..]
                .find('{')
                .map_or(self.css.len(), |found| selectors.end + found);
            self.open.push((block_end(self.css, brace), selectors));
        }
    }

    /// Reads a `composes` declaration, which is about the classes of its rule. If a selector of the
    /// rule is more than one class, the result is empty and the log has an error.
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

/// Returns the name of the class if a selector is one class and nothing else.
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

/// Splits `a b from "./c.css"` into the names and where they are.
fn parts(value: &str) -> (&str, From) {
    let Some((names, from)) = value.rsplit_once(" from ") else { return (value, From::Here) };
    match from.trim() {
        "global" => (names, From::Global),
        address => (names, From::Stylesheet(unescaped(unquoted(address)))),
    }
}

/// Exports the names of a stylesheet, each with the names that it composes.
pub(super) fn export_names(
    names: &[String],
    compositions: &[Composition],
    own: impl Fn(&str) -> Word,
    collector: &mut ExportCollector<'_, '_>,
) {
    // What each class composes: classes of the same stylesheet, and words from elsewhere.
    let mut composed: FxHashMap<&str, Vec<Part<'_>>> = FxHashMap::default();
    for composition in compositions {
        let Some(parts) = resolved(composition, names, collector) else { continue };
        for class in &composition.classes {
            composed.entry(class).or_default().extend(parts.iter().cloned());
        }
    }
    for name in names {
        let mut value =
            Value { composed: &composed, own: &own, words: Vec::new(), seen: Vec::new() };
        value.add(name);
        let words = value.words;
        collector.exports.names.retain(|export| export.name != *name);
        collector.exports.names.push(Export { name: name.clone(), value: words });
    }
}

#[derive(Clone)]
enum Part<'n> {
    Class(&'n str),
    Word(Word),
}

/// Returns what a composition adds. `None`: its stylesheet does not exist, and the log has the
/// error.
fn resolved<'n>(
    composition: &'n Composition,
    names: &[String],
    collector: &mut ExportCollector<'_, '_>,
) -> Option<Vec<Part<'n>>> {
    let Composition { names: wanted, from, label, .. } = composition;
    let stylesheet = match from {
        From::Global => {
            return Some(wanted.iter().map(|name| Part::Word(Word::Own(name.clone()))).collect());
        }
        From::Stylesheet(address) => collector.stylesheet_index(address, label.clone()).ok()?,
        From::Here => None,
    };
    if let Some(stylesheet) = stylesheet {
        let word = |name: &String| {
            Part::Word(Word::Of { stylesheet, name: name.clone(), label: label.clone() })
        };
        return Some(wanted.iter().map(word).collect());
    }
    for name in wanted.iter().filter(|name| !names.contains(name)) {
        let near = nearest(name, names.iter().map(String::as_str));
        collector.cx.log.push(messages::unknown_class(label.clone(), name, near));
    }
    Some(wanted.iter().map(|name| Part::Class(name)).collect())
}

/// Collects the words that an exported class consists of: its own name and all that it composes,
/// each once.
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
