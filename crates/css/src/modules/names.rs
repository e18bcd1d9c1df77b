//! Makes the names of a CSS module unique: classes and ids in selectors, keyframes, and the
//! animations that name keyframes.

use std::ops::Range;

use bundle_base::{
    mapped_text::{Edit, MappedText},
    stylesheet::{
        Item, after_semicolon,
        exports::{Naming, Word},
        is_keyframes, items, list,
        selector::{self, Kind, Simple},
    },
};
use rustc_hash::FxHashSet;

use super::{
    collector::ExportCollector,
    composes::{Composition, Rules, export_names},
};
use crate::urls::unescaped;

/// Renames what the stylesheet declares, and exports the names in the order of their first mention.
pub(super) fn rename_own(
    stylesheet: &MappedText,
    naming: &Naming,
    collector: &mut ExportCollector<'_, '_>,
) -> Option<MappedText> {
    let css = stylesheet.text();
    let items = items(css);
    let frames = items.iter().filter_map(|item| match item {
        Item::AtRule { name, prelude } if is_keyframes(&css[name.clone()]) => {
            Some(&css[prelude.clone()])
        }
        Item::AtRule { .. } | Item::Junk(_) | Item::Selectors(_) | Item::Declaration { .. } => None,
    });
    let frames = frames.collect();
    let mut renaming = Renaming {
        css,
        naming,
        frames,
        edits: Vec::new(),
        names: Vec::new(),
        known: FxHashSet::default(),
    };
    let mut rules = Rules::new(css);
    let mut compositions: Vec<Composition> = Vec::new();
    for item in &items {
        match item {
            Item::Selectors(range) => {
                rules.open(range.clone());
                renaming.selectors(range.clone(), Scope::Local);
            }
            Item::AtRule { name, prelude } => renaming.at_rule(&css[name.clone()], prelude.clone()),
            Item::Declaration { property, value } if &css[property.clone()] == "composes" => {
                let label = stylesheet.label(property.start..value.end)?;
                compositions.extend(rules.composition(value.clone(), label, collector.cx.log));
                renaming.edits.push(Edit::remove(property.start..after_semicolon(css, value.end)));
            }
            Item::Declaration { property, value } => {
                renaming.animate(&css[property.clone()], value.clone());
            }
            Item::Junk(_) => {}
        }
    }
    let Renaming { edits, names, .. } = renaming;
    let own = |name: &str| Word::Own(naming.own(name));
    export_names(&names, &compositions, own, collector);
    Some(stylesheet.edited(&edits))
}

/// Whether a part of a selector has names of the stylesheet, which are renamed, or global ones.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Local,
    Global,
}

struct Renaming<'c> {
    css: &'c str,
    naming: &'c Naming,
    /// The names of the stylesheet's keyframes.
    frames: FxHashSet<&'c str>,
    edits: Vec<Edit>,
    /// The names to export, in the order of their first mention.
    names: Vec<String>,
    known: FxHashSet<String>,
}

impl Renaming<'_> {
    fn selectors(&mut self, range: Range<usize>, scope: Scope) {
        for selector in list(self.css, range) {
            let mut scope = scope;
            let pieces = selector::parse(self.css, selector);
            let mut index = 0;
            while let Some(piece) = pieces.get(index) {
                index += 1;
                if let Kind::Pseudo { name, inner: None } = &piece.kind
                    && matches!(&self.css[name.clone()], ":global" | ":local")
                {
                    scope = scope_of(&self.css[name.clone()]);
                    index += self.switch(&pieces, index - 1);
                } else {
                    self.simple(piece, scope);
                }
            }
        }
    }

    /// Removes a `:global` or `:local` like that in `:global .a`, and the blank after it. Returns
    /// how many pieces were removed besides the keyword: 1 for a blank, or 0.
    fn switch(&mut self, pieces: &[Simple], index: usize) -> usize {
        let begins_compound = index
            .checked_sub(1)
            .is_none_or(|before| matches!(pieces[before].kind, Kind::Combinator(_)));
        let blank = pieces.get(index + 1).filter(|next| next.is_blank() && begins_compound);
        let end = blank.map_or(pieces[index].range.end, |blank| blank.range.end);
        self.edits.push(Edit::remove(pieces[index].range.start..end));
        usize::from(blank.is_some())
    }

    fn simple(&mut self, piece: &Simple, scope: Scope) {
        match &piece.kind {
            Kind::Class(name) if scope == Scope::Local => self.name(name.clone()),
            Kind::Other
                if scope == Scope::Local && self.css[piece.range.clone()].starts_with('#') =>
            {
                self.name(piece.range.start + 1..piece.range.end);
            }
            Kind::Pseudo { name, inner: Some(inner) } => match &self.css[name.clone()] {
                scoping @ (":global" | ":local") => {
                    self.edits.push(Edit::remove(piece.range.start..inner.start));
                    self.selectors(inner.clone(), scope_of(scoping));
                    self.edits.push(Edit::remove(inner.end..piece.range.end));
                }
                _ => self.selectors(inner.clone(), scope),
            },
            Kind::Class(_)
            | Kind::Pseudo { inner: None, .. }
            | Kind::Combinator(_)
            | Kind::Other => {}
        }
    }

    fn at_rule(&mut self, name: &str, prelude: Range<usize>) {
        if is_keyframes(name) {
            match unwrapped(self.css, prelude.clone()) {
                Some((Scope::Global, inner)) => self.edits.extend(Edit::keep_only(prelude, inner)),
                Some((Scope::Local, inner)) => {
                    self.edits.push(Edit::remove(prelude.start..inner.start));
                    self.name(inner.clone());
                    self.edits.push(Edit::remove(inner.end..prelude.end));
                }
                None => self.name(prelude),
            }
        } else if name == "scope" {
            // `@scope (.a) to (.b)`
            for piece in selector::parse(self.css, prelude) {
                if self.css[piece.range.clone()].starts_with('(') {
                    self.selectors(piece.range.start + 1..piece.range.end - 1, Scope::Local);
                }
            }
        }
    }

    /// Renames keyframes in `animation` and `animation-name`, with and without a vendor prefix.
    fn animate(&mut self, property: &str, value: Range<usize>) {
        let standard = property
            .strip_prefix('-')
            .and_then(|rest| rest.split_once('-'))
            .map_or(property, |(_, name)| name);
        if !matches!(standard, "animation" | "animation-name") {
            return;
        }
        for part in list(self.css, value) {
            // An animation has one name: the first word that names keyframes.
            for word in words(self.css, part) {
                match unwrapped(self.css, word.clone()) {
                    Some((_, inner)) if !self.frames.contains(&self.css[inner.clone()]) => {
                        self.edits.extend(Edit::keep_only(word, inner));
                        break;
                    }
                    None if self.frames.contains(&self.css[word.clone()]) => {
                        self.name(word);
                        break;
                    }
                    Some(_) | None => {}
                }
            }
        }
    }

    fn name(&mut self, range: Range<usize>) {
        let name = unescaped(&self.css[range.clone()]);
        if name.is_empty() {
            return;
        }
        let (before, after) = self.naming.around();
        if !before.is_empty() {
            self.edits.push(Edit::insert(range.start, before));
        }
        self.edits.push(Edit::insert(range.end, after));
        if self.known.insert(name.clone()) {
            self.names.push(name);
        }
    }
}

fn scope_of(pseudo: &str) -> Scope {
    if pseudo == ":global" { Scope::Global } else { Scope::Local }
}

/// Returns the scope and the contents of `:global(…)` or `:local(…)`.
fn unwrapped(css: &str, range: Range<usize>) -> Option<(Scope, Range<usize>)> {
    let text = &css[range.clone()];
    let (scope, begin) = [(Scope::Global, ":global("), (Scope::Local, ":local(")]
        .into_iter()
        .find(|(_, begin)| text.starts_with(begin) && text.ends_with(')'))?;
    Some((scope, range.start + begin.len()..range.end - 1))
}

/// Returns the words of a value, which white space separates.
fn words(css: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let base = css[range.clone()].as_ptr().addr();
    let text = &css[range.clone()];
    text.split_whitespace().map(move |word| {
        let start = range.start + word.as_ptr().addr() - base;
        start..start + word.len()
    })
}
