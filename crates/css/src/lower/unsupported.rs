//! Warns about constructs of a stylesheet that some target browser does not support and the printer
//! does not lower.
//!
//! The stylesheet is searched before it is printed, while every place in it is still where an
//! author wrote it. So this file and `constructs` have to know what the printer does with each
//! construct; the tests compare that with what is printed. A target that is an edition of
//! ECMAScript names no browser, so nothing is reported for it.
//!
//! Nothing is reported where the author has written a remedy: for a declaration after another one
//! of its property that all target browsers have, for what is under `@supports`, and for prefixed
//! names. Nothing is reported for packages either, because the user cannot change them.

use std::{collections::HashMap, ops::Range, sync::Arc};

use bundle_base::{
    Diagnostics, Label, Source,
    mapped_text::MappedText,
    stylesheet::{Item, after_token, block_end, items, list},
};

use super::{hacks, targets::Oldest};
use crate::messages;
use constructs::{Construct, Use};

mod constructs; // the constructs, and the CSS that uses them
mod selectors; // pseudo-classes in selectors
mod since; // the versions that have each construct
#[cfg(test)]
mod tests;
mod values; // functions and units in values
mod words; // the words of the warning for each construct

/// The code of these warnings. If the configuration silences it, nothing is searched.
pub(super) const CODE: &str = "unsupported-css";

/// Warns once for each file about each construct that it uses and some of the browsers lack.
pub(super) fn warn(stylesheet: &MappedText, browsers: &[Oldest], log: &mut Diagnostics) {
    let lacking = since::lacking(browsers);
    if lacking.is_empty() {
        return;
    }
    let mut reported: Vec<(Construct, Arc<Source>)> = Vec::new();
    for (construct, range) in uses(stylesheet.text(), &|construct| lacking.contains_key(&construct))
    {
        let Some(label) = stylesheet.label(range).filter(is_of_the_project) else { continue };
        let is_same = |(known, source): &(Construct, Arc<Source>)| {
            *known == construct && Arc::ptr_eq(source, &label.source)
        };
        if reported.iter().any(is_same) {
            continue;
        }
        reported.push((construct, Arc::clone(&label.source)));
        let lack = &lacking[&construct];
        log.push(messages::unsupported(label, &lack.browsers, &lack.having, &words::of(construct)));
    }
}

fn is_of_the_project(label: &Label) -> bool {
    !label.source.is_of_a_package()
}

/// A declaration of a block.
struct Declaration<'t> {
    property: &'t str,
    value: &'t str,
    /// Where the property begins.
    at: usize,
    uses: Vec<Use>,
}

impl Declaration<'_> {
    fn is_using(&self, construct: Construct) -> bool {
        self.uses.iter().any(|(used, _)| *used == construct)
    }
}

/// How a box lays out what is in it, which decides what a `gap` means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    Flex,
    Grid,
    Columns,
}

/// Returns the uses of constructs for which `wants` is true, in the order of the text.
fn uses(css: &str, wants: &dyn Fn(Construct) -> bool) -> Vec<Use> {
    let items = items(css);
    let mut found = Vec::new();
    let mut gaps = Gaps::default();
    let mut selector = 0..0;
    let mut done = 0;
    let mut index = 0;
    while let Some(item) = items.get(index) {
        index += 1;
        match item {
            _ if start(item) < done => {}
            Item::Selectors(range) => {
                selectors::uses(css, range.clone(), &mut found);
                selector = range.clone();
            }
            Item::AtRule { name, prelude } if &css[name.clone()] == "supports" => {
                if css[prelude.clone()].starts_with("not") {
                    found.push((Construct::SupportsNot, name.start - 1..prelude.end));
                }
                done = css[prelude.end..]
                    .find('{')
                    .map_or(css.len(), |open| block_end(css, prelude.end + open));
            }
            Item::AtRule { name, prelude } => {
                let construct = constructs::of_at_rule(&css[name.clone()], &css[prelude.clone()]);
                found.extend(construct.map(|construct| (construct, name.start - 1..name.end)));
            }
            Item::Declaration { .. } => {
                let first = index - 1;
                index = block_of(css, &items, first);
                let block = declarations(css, &items[first..index]);
                gaps.read(css, &selector, &block);
                found.extend(without_remedy(&block));
            }
            Item::Junk(_) => {}
        }
    }
    gaps.resolve(css, &mut found);
    found.retain(|(construct, _)| wants(*construct));
    found.sort_by_key(|(_, range)| range.start);
    found
}

fn start(item: &Item) -> usize {
    match item {
        Item::Selectors(range) | Item::Junk(range) => range.start,
        Item::AtRule { name, .. } => name.start,
        Item::Declaration { property, .. } => property.start,
    }
}

/// Returns the index after the declarations of a block that follow each other, from `first` on.
fn block_of(css: &str, items: &[Item], first: usize) -> usize {
    let mut end = None;
    let is_next = |item: &&Item| {
        let Item::Declaration { property, value } = item else { return false };
        let goes_on = end.is_none_or(|end| !has_brace(css, end..property.start));
        end = Some(value.end);
        goes_on
    };
    first + items[first..].iter().take_while(is_next).count()
}

/// Whether a range contains a brace outside of comments and strings.
fn has_brace(css: &str, range: Range<usize>) -> bool {
    let mut at = range.start;
    while at < range.end {
        if matches!(css.as_bytes()[at], b'{' | b'}') {
            return true;
        }
        at = after_token(css, at);
    }
    false
}

fn declarations<'t>(css: &'t str, items: &[Item]) -> Vec<Declaration<'t>> {
    let of = |item: &Item| {
        let Item::Declaration { property, value } = item else { return None };
        let mut uses = Vec::new();
        let (name, text) = (&css[property.clone()], &css[value.clone()]);
        let is_custom = name.starts_with("--");
        if is_custom || !name.starts_with('-') && !name.starts_with(hacks::NAME) {
            let of_property = constructs::of_declaration(name, text);
            uses.extend(of_property.map(|construct| (construct, property.start..value.end)));
            values::uses(css, value.clone(), &mut uses);
        }
        // A `var()` in a custom property counts where that property is used.
        uses.retain(|(construct, _)| !is_custom || *construct != Construct::CustomProperties);
        Some(Declaration { property: name, value: text, at: property.start, uses })
    };
    items.iter().filter_map(of).collect()
}

/// Returns the uses in a block that have no remedy in it, each construct once for a declaration.
fn without_remedy(block: &[Declaration<'_>]) -> Vec<Use> {
    let mut found = Vec::new();
    for (index, declaration) in block.iter().enumerate() {
        for (nth, (construct, range)) in declaration.uses.iter().enumerate() {
            let is_repeated =
                declaration.uses[..nth].iter().any(|(earlier, _)| earlier == construct);
            if !is_repeated && !has_remedy(block, index, *construct) {
                found.push((*construct, range.clone()));
            }
        }
    }
    found
}

/// Whether another declaration of the property without the construct precedes this one, or any
/// declaration of the block has the same effect.
fn has_remedy(block: &[Declaration<'_>], index: usize, construct: Construct) -> bool {
    let property = block[index].property;
    let is_of = |name: &str| {
        property.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            && !name.is_empty()
    };
    let instead = constructs::instead_of(construct);
    block[..index].iter().any(|before| is_of(before.property) && !before.is_using(construct))
        || block.iter().any(|other| instead.iter().any(|name| other.property.starts_with(name)))
}

/// The gaps of a stylesheet, and the layouts of the boxes that they may be in. The layout may be
/// declared in another block than the gap.
#[derive(Default)]
struct Gaps<'t> {
    layouts: HashMap<&'t str, Layout>,
    found: Vec<Gap>,
}

struct Gap {
    /// Where the name of the property is.
    range: Range<usize>,
    /// The selectors of its rule.
    selectors: Range<usize>,
    /// The layout that its block declares.
    layout: Option<Layout>,
}

impl<'t> Gaps<'t> {
    fn read(&mut self, css: &'t str, selectors: &Range<usize>, block: &[Declaration<'t>]) {
        let layout = block.iter().rev().find_map(layout_of);
        if let Some(layout) = layout {
            for selector in list(css, selectors.clone()) {
                self.layouts.insert(css[selector].trim(), layout);
            }
        }
        let has_old_name =
            block.iter().any(|declaration| declaration.property.starts_with("grid-gap"));
        let gap = block
            .iter()
            .find(|declaration| matches!(declaration.property, "gap" | "row-gap" | "column-gap"));
        // Only the first gap of a block counts: a second one is in the same box. A block with the
        // older name `grid-gap`, which only grids read, has its remedy.
        if let Some(gap) = gap.filter(|gap| !has_old_name && !constructs::is_reset(gap.value)) {
            self.found.push(Gap {
                range: gap.at..gap.at + gap.property.len(),
                selectors: selectors.clone(),
                layout,
            });
        }
    }

    fn resolve(self, css: &str, found: &mut Vec<Use>) {
        for Gap { range, selectors, layout } in self.found {
            let of_others = || {
                list(css, selectors.clone())
                    .into_iter()
                    .find_map(|s| self.layouts.get(css[s].trim()))
            };
            match layout.or_else(|| of_others().copied()).unwrap_or(Layout::Flex) {
                Layout::Flex => found.push((Construct::FlexGap, range)),
                Layout::Grid => found.push((Construct::GridGap, range)),
                Layout::Columns => {}
            }
        }
    }
}

fn layout_of(declaration: &Declaration<'_>) -> Option<Layout> {
    match declaration.property {
        "display" if declaration.value.contains("flex") => Some(Layout::Flex),
        "display" if declaration.value.contains("grid") => Some(Layout::Grid),
        "columns" | "column-count" | "column-width" => Some(Layout::Columns),
        name if name.starts_with("grid") => Some(Layout::Grid),
        _ => None,
    }
}
