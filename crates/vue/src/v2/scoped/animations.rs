//! Renames the keyframes of a stylesheet, and the animations that use them, by the rules of Vue
//! 2.7's compiler. It splits values at every comma, also inside functions, so that a fallback of
//! `var()` is renamed too.

use std::ops::Range;

use bundle_base::{
    mapped_text::Edit,
    stylesheet::{Item, after_token, bare, is_keyframes},
};
use rustc_hash::FxHashMap;

/// The keyframes of a stylesheet: old names to new ones.
pub(super) struct Keyframes<'c> {
    names: FxHashMap<&'c str, String>,
}

impl<'c> Keyframes<'c> {
    /// Finds the keyframes of a stylesheet. A name that ends with the suffix was renamed before.
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

    /// Renames the keyframes of an at-rule.
    pub fn rename(&self, css: &str, prelude: Range<usize>, edits: &mut Vec<Edit>) {
        let prelude = bare(css, prelude);
        if let Some(name) = self.names.get(&css[prelude.clone()]) {
            edits.push(Edit::replace(prelude, name.as_str()));
        }
    }

    /// Renames keyframes in `animation` and `animation-name`, with and without a vendor prefix.
    pub fn animate(
        &self,
        css: &str,
        property: Range<usize>,
        value: Range<usize>,
        edits: &mut Vec<Edit>,
    ) {
        if self.names.is_empty() {
            return;
        }
        // A star or an underscore before a property was a hack for one old browser.
        let property = css[bare(css, property)].trim_start_matches(['*', '_']);
        let is_shorthand = match without_prefix(property) {
            "animation" => true,
            "animation-name" => false,
            _ => return,
        };
        for words in words(css, value) {
            // An animation has one name. In `animation` it is the first word that names keyframes;
            // in `animation-name` it is the only word.
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

/// Returns a property without a vendor prefix like `-webkit-`.
fn without_prefix(property: &str) -> &str {
    let rest = property.strip_prefix('-').and_then(|rest| rest.split_once('-'));
    rest.filter(|(vendor, _)| !vendor.is_empty()).map_or(property, |(_, rest)| rest)
}

/// Returns the words of a value that white space separates, grouped by commas. A comment beside
/// white space or a comma counts as white space; `!important` is ignored.
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

/// Whether a comment does not join the text on both sides of it.
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
