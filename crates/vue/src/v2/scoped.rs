//! Scoped styles: every selector asks for the component's id at its last simple selector, so that it meets only elements that the component's own
//! template made, and keyframes get names of their own. The rules are those of Vue 2.7's compiler.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::{
    code::Code,
    css::{
        Item, is_keyframes, items,
        selector::{self, Kind, Simple},
    },
};

#[cfg(test)]
mod tests;

/// Scopes a stylesheet. `id`: the attribute, `data-v-7ba5bd90`.
pub(crate) fn scoped(sheet: &Code, id: &str) -> Code {
    let css = sheet.text();
    let items = items(css);
    let short = id.strip_prefix("data-v-").unwrap_or(id);
    let frames = keyframes(css, &items, short);
    let mut edits = Edits { sheet, done: 0, out: Code::default() };
    for item in items {
        match item {
            Item::Selectors(range) => {
                for selector in selector::list(css, range) {
                    let text = &css[selector.clone()];
                    let start = selector.start + text.len() - text.trim_start().len();
                    rewrite(css, start..start + text.trim().len(), id, &mut edits);
                }
            }
            Item::AtRule { name, prelude } if is_keyframes(&css[name.clone()]) => {
                if frames.contains_key(&css[prelude.clone()]) {
                    edits.insert(prelude.end, &format!("-{short}"));
                }
            }
            Item::AtRule { .. } => {}
            Item::Declaration { property, value } => animate(css, property, value, (&frames, &mut edits)),
        }
    }
    edits.finish()
}

/// Keyframes of the sheet by their names, with their new ones.
fn keyframes<'c>(css: &'c str, items: &[Item], short: &str) -> FxHashMap<&'c str, String> {
    let suffix = format!("-{short}");
    let named = items.iter().filter_map(|item| match item {
        Item::AtRule { name, prelude } if is_keyframes(&css[name.clone()]) => Some(&css[prelude.clone()]),
        Item::AtRule { .. } | Item::Selectors(_) | Item::Declaration { .. } => None,
    });
    named.filter(|name| !name.ends_with(&suffix)).map(|name| (name, format!("{name}{suffix}"))).collect()
}

/// `animation` and `animation-name`, with and without a vendor's prefix.
fn animate(
    css: &str,
    property: Range<usize>,
    value: Range<usize>,
    (frames, edits): (&FxHashMap<&str, String>, &mut Edits<'_>),
) {
    let property = &css[property];
    let standard = property.strip_prefix('-').and_then(|rest| rest.split_once('-')).map_or(property, |(_, rest)| rest);
    if frames.is_empty() || !matches!(standard, "animation" | "animation-name") {
        return;
    }
    for part in selector::list(css, value) {
        // One animation has one name: the first word that is one.
        let words = words(css, part);
        if let Some((word, name)) = words.into_iter().find_map(|word| Some((word.clone(), frames.get(&css[word])?))) {
            edits.replace(word, name);
        }
    }
}

fn words(css: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = range.start;
    for word in css[range.clone()].split(char::is_whitespace) {
        if !word.is_empty() {
            words.push(at..at + word.len());
        }
        at += word.len() + css[at + word.len()..range.end].chars().next().map_or(0, char::len_utf8);
    }
    words
}

/// One selector.
fn rewrite(css: &str, range: Range<usize>, id: &str, edits: &mut Edits<'_>) {
    let attribute = format!("[{id}]");
    let pieces = selector::parse(css, range.clone());
    let mut last: Option<&Simple> = None;
    for (index, piece) in pieces.iter().enumerate() {
        match &piece.kind {
            Kind::Combinator if matches!(css[piece.range.clone()].trim(), ">>>" | "/deep/") => {
                edits.insert(last.map_or(range.start, |last| last.range.end), &attribute);
                edits.replace(piece.range.clone(), " ");
                return;
            }
            Kind::Combinator => {}
            Kind::Pseudo { name, inner } => match &css[name.clone()] {
                ":deep" | "::v-deep" => {
                    let before = index.checked_sub(1).map(|before| &pieces[before]);
                    edits.insert(last.map_or(range.start, |last| last.range.end), &attribute);
                    deep(css, (piece, before), inner.clone(), edits);
                    return;
                }
                ":global" | "::v-global" => {
                    let inner = inner.clone().map(|inner| first_selector(css, inner)).unwrap_or_default();
                    edits.keep_only(range, inner);
                    return;
                }
                _ => {}
            },
            Kind::Class(_) | Kind::Other => last = Some(piece),
        }
    }
    edits.insert(last.map_or(range.start, |last| last.range.end), &attribute);
}

/// `:deep(.a)` becomes ` .a`; `::v-deep` as a combinator goes.
fn deep(css: &str, (piece, before): (&Simple, Option<&Simple>), inner: Option<Range<usize>>, edits: &mut Edits<'_>) {
    let is_space = |piece: &Simple| piece.kind == Kind::Combinator && css[piece.range.clone()].trim().is_empty();
    let spaced = before.is_some_and(is_space);
    match inner {
        Some(inner) => {
            if !spaced {
                edits.insert(piece.range.start, " ");
            }
            edits.keep_only(piece.range.clone(), first_selector(css, inner));
        }
        None => {
            let start = before.filter(|_| spaced).map_or(piece.range.start, |before| before.range.start);
            edits.replace(start..piece.range.end, "");
        }
    }
}

fn first_selector(css: &str, inner: Range<usize>) -> Range<usize> {
    let first = selector::list(css, inner).swap_remove(0);
    let text = &css[first.clone()];
    let start = first.start + text.len() - text.trim_start().len();
    start..start + text.trim().len()
}

/// A sheet while it is rewritten from its start to its end.
struct Edits<'c> {
    sheet: &'c Code,
    done: usize,
    out: Code,
}

impl Edits<'_> {
    fn copy_to(&mut self, at: usize) {
        if at > self.done {
            self.out.push_slice(self.sheet, self.done..at);
            self.done = at;
        }
    }

    fn insert(&mut self, at: usize, text: &str) {
        self.copy_to(at);
        self.out.push_str(text);
    }

    fn replace(&mut self, range: Range<usize>, text: &str) {
        self.insert(range.start, text);
        self.done = self.done.max(range.end);
    }

    /// Of a range, keeps a part.
    fn keep_only(&mut self, range: Range<usize>, part: Range<usize>) {
        self.copy_to(range.start);
        self.done = self.done.max(part.start);
        self.copy_to(part.end);
        self.done = self.done.max(range.end);
    }

    fn finish(mut self) -> Code {
        self.copy_to(self.sheet.text().len());
        self.out
    }
}
