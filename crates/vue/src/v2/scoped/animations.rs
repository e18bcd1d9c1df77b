//! Keyframes of a sheet and the animations that name them, by the rules of Vue 2.7's compiler: it
//! takes values apart at every comma, also at those of functions, so that what `var()` falls back
//! to is renamed too.

use std::ops::Range;

use bundle_base::{
    sheet::{Item, after_token, bare, is_keyframes},
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
            Item::AtRule { name, prelude } if is_keyframes(&css[name.clone()]) => {
                Some(&css[bare(css, prelude.clone())])
            }
            Item::AtRule { .. } | Item::Junk(_) | Item::Selectors(_) | Item::Declaration { .. } => {
                None
            }
        });
        let ours = named.filter(|name| !name.is_empty() && !name.ends_with(suffix));
        Self { names: ours.map(|name| (name, format!("{name}{suffix}"))).collect() }
    }

    /// Gives those of an at-rule their new name.
    pub fn rename(&self, css: &str, prelude: Range<usize>, edits: &mut Vec<Edit>) {
        let prelude = bare(css, prelude);
        if let Some(name) = self.names.get(&css[prelude.clone()]) {
            edits.push(Edit::replace(prelude, name.as_str()));
        }
    }

    /// Has `animation` and `animation-name`, with and without a vendor's prefix, name them.
    pub fn animate(
        &self,
        css: &str,
        (property, value): (Range<usize>, Range<usize>),
        edits: &mut Vec<Edit>,
    ) {
        if self.names.is_empty() {
            return;
        }
        // A star or a low line before it was for one old browser.
        let property = css[bare(css, property)].trim_start_matches(['*', '_']);
        let is_shorthand = match without_prefix(property) {
            "animation" => true,
            "animation-name" => false,
            _ => return,
        };
        for words in words(css, value) {
            // One animation has one name: the first word that is one, or where there is nothing but
            // names, the only one.
            let mut words = words.into_iter();
            let found = if is_shorthand {
                words.find_map(|word| Some((word.clone(), self.names.get(&css[word])?)))
            } else {
                words
                    .next()
                    .filter(|_| words.next().is_none())
                    .and_then(|word| Some((word.clone(), self.names.get(&css[word])?)))
            };
            edits.extend(found.map(|(word, name)| Edit::replace(word, name.as_str())));
        }
    }
}

/// A property without `-webkit-`.
fn without_prefix(property: &str) -> &str {
    let rest = property.strip_prefix('-').and_then(|rest| rest.split_once('-'));
    rest.filter(|(vendor, _)| !vendor.is_empty()).map_or(property, |(_, rest)| rest)
}

/// The words of a value that white space separates, by the commas between them. Comments that white
/// space or a comma touches count as white space, `!important` counts for nothing.
fn words(css: &str, value: Range<usize>) -> Vec<Vec<Range<usize>>> {
    let value = without_importance(css, value);
    let mut parts = vec![Vec::new()];
    let mut word: Option<usize> = None;
    let mut at = value.start;
    while at < value.end {
        let byte = css.as_bytes()[at];
        let next = if css.as_bytes()[at..].starts_with(b"/*") {
            after_token(css, at).min(value.end)
        } else {
            at + 1
        };
        let is_blank =
            byte.is_ascii_whitespace() || next > at + 1 && is_loose(css, at..next, &value);
        if is_blank || byte == b',' {
            let part = parts.last_mut().expect("there is always one");
            part.extend(word.take().map(|start| start..at));
        } else {
            word.get_or_insert(at);
        }
        if byte == b',' {
            parts.push(Vec::new());
        }
        at = next;
    }
    parts.last_mut().expect("there is always one").extend(word.map(|start| start..value.end));
    parts
}

/// Whether a comment does not hold together what stands around it.
fn is_loose(css: &str, comment: Range<usize>, value: &Range<usize>) -> bool {
    let before = css[value.start..comment.start].bytes().next_back();
    let behind = css[comment.end..value.end].bytes().next();
    before.is_none_or(|byte| byte.is_ascii_whitespace() || byte == b',')
        || behind.is_none_or(|byte| byte.is_ascii_whitespace())
}

fn without_importance(css: &str, value: Range<usize>) -> Range<usize> {
    let value = bare(css, value);
    let text = &css[value.clone()];
    let Some((before, mark)) = text.rsplit_once('!') else { return value };
    if !mark.trim().eq_ignore_ascii_case("important") {
        return value;
    }
    bare(css, value.start..value.start + before.len())
}
