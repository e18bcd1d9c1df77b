//! Keyframes of a sheet and the animations that name them.

use std::ops::Range;

use bundle_base::{
    sheet::{Item, is_keyframes, list},
    woven::Edit,
};
use rustc_hash::FxHashMap;

/// Keyframes of a sheet by their names, with their new ones.
pub(super) struct Keyframes<'c> {
    names: FxHashMap<&'c str, String>,
}

impl<'c> Keyframes<'c> {
    /// Those of a sheet; what ends in the suffix was renamed before.
    pub fn of(css: &'c str, items: &[Item], suffix: &str) -> Self {
        let named = items.iter().filter_map(|item| match item {
            Item::AtRule { name, prelude } if is_keyframes(&css[name.clone()]) => Some(&css[prelude.clone()]),
            Item::AtRule { .. } | Item::Junk(_) | Item::Selectors(_) | Item::Declaration { .. } => None,
        });
        let ours = named.filter(|name| !name.is_empty() && !name.ends_with(suffix));
        Self { names: ours.map(|name| (name, format!("{name}{suffix}"))).collect() }
    }

    /// Gives those of an at-rule their new name.
    pub fn rename(&self, css: &str, prelude: Range<usize>, edits: &mut Vec<Edit>) {
        if let Some(name) = self.names.get(&css[prelude.clone()]) {
            edits.push(Edit::replace(prelude, name.as_str()));
        }
    }

    /// Has `animation` and `animation-name`, with and without a vendor's prefix, name them.
    pub fn animate(&self, css: &str, (property, value): (Range<usize>, Range<usize>), edits: &mut Vec<Edit>) {
        let property = &css[property];
        let standard =
            property.strip_prefix('-').and_then(|rest| rest.split_once('-')).map_or(property, |(_, rest)| rest);
        if self.names.is_empty() || !matches!(standard, "animation" | "animation-name") {
            return;
        }
        for part in list(css, value) {
            // One animation has one name: the first word that is one.
            let mut words = words(css, part).into_iter();
            if let Some((word, name)) = words.find_map(|word| Some((word.clone(), self.names.get(&css[word])?))) {
                edits.push(Edit::replace(word, name.as_str()));
            }
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
