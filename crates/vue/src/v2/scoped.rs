//! Scoped styles: the attribute of the component is added to the last simple selector of every
//! selector, so that the rule applies only to elements that the component's own template made.
//! Keyframes get new names. The rules are those of Vue 2.7's compiler.

use std::ops::Range;

use bundle_base::{
    mapped_text::{Edit, MappedText},
    stylesheet::{
        Item, bare, is_keyframes, items, list,
        selector::{self, Kind, Simple},
    },
};

mod animations; // keyframes and the animations that use them

use animations::Keyframes;
#[cfg(test)]
mod tests;

/// Scopes a stylesheet. `id`: the attribute, like `data-v-7ba5bd90`.
pub(super) fn scoped(stylesheet: &MappedText, id: &str) -> MappedText {
    let css = stylesheet.text();
    let items = items(css);
    let short = id.strip_prefix("data-v-").unwrap_or(id);
    let frames = Keyframes::of(css, &items, &format!("-{short}"));
    let mut edits = Vec::new();
    for item in items {
        match item {
            Item::Selectors(range) => {
                for selector in list(css, range) {
                    rewrite(css, bare(css, selector), id, &mut edits);
                }
            }
            Item::AtRule { name, prelude } if is_keyframes(&css[name.clone()]) => {
                frames.rename(css, prelude, &mut edits);
            }
            Item::AtRule { .. } | Item::Junk(_) => {}
            Item::Declaration { property, value } => {
                frames.animate(css, property, value, &mut edits);
            }
        }
    }
    stylesheet.edited(&edits)
}

/// Adds the attribute to one selector.
fn rewrite(css: &str, range: Range<usize>, id: &str, edits: &mut Vec<Edit>) {
    let attribute = format!("[{id}]");
    let pieces = selector::parse(css, range.clone());
    let mut last: Option<&Simple> = None;
    for (index, piece) in pieces.iter().enumerate() {
        match &piece.kind {
            Kind::Combinator(operator) if matches!(&css[operator.clone()], ">>>" | "/deep/") => {
                edits.push(Edit::insert(
                    last.map_or(range.start, |last| last.range.end),
                    &attribute,
                ));
                edits.push(Edit::replace(piece.range.clone(), " "));
                return;
            }
            Kind::Combinator(_) => {}
            Kind::Pseudo { name, inner } => match &css[name.clone()] {
                ":deep" | "::v-deep" => {
                    let before = index.checked_sub(1).map(|before| &pieces[before]);
                    edits.push(Edit::insert(
                        last.map_or(range.start, |last| last.range.end),
                        &attribute,
                    ));
                    edits.extend(deep(css, piece, before, inner.clone()));
                    return;
                }
                ":global" | "::v-global" => {
                    let inner =
                        inner.clone().map(|inner| first_selector(css, inner)).unwrap_or_default();
                    edits.extend(Edit::keep_only(range, inner));
                    return;
                }
                _ => {}
            },
            Kind::Class(_) | Kind::Other => last = Some(piece),
        }
    }
    edits.push(Edit::insert(last.map_or(range.start, |last| last.range.end), &attribute));
}

/// Returns the edits that rewrite `:deep(.a)` to ` .a`, or remove `::v-deep` where it is a
/// combinator. `before`: the piece before it.
fn deep(
    css: &str,
    piece: &Simple,
    before: Option<&Simple>,
    inner: Option<Range<usize>>,
) -> Vec<Edit> {
    let spaced = before.is_some_and(Simple::is_blank);
    let Some(inner) = inner else {
        let start =
            before.filter(|_| spaced).map_or(piece.range.start, |before| before.range.start);
        return vec![Edit::remove(start..piece.range.end)];
    };
    let mut edits = Vec::new();
    if !spaced {
        edits.push(Edit::insert(piece.range.start, " "));
    }
    edits.extend(Edit::keep_only(piece.range.clone(), first_selector(css, inner)));
    edits
}

fn first_selector(css: &str, inner: Range<usize>) -> Range<usize> {
    bare(css, list(css, inner).swap_remove(0))
}
