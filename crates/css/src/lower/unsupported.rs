//! What a sheet uses that some browser that was asked for does not have, and that the printer of
//! CSS does not write in another way.
//!
//! It looks at the sheet before it is printed: every place in it is one that somebody wrote, while
//! the printed text knows its places only where a source map is wanted. So what the printer does
//! with a construct is knowledge of this file and of `constructs`; the tests hold it to what is
//! printed. An edition of ECMAScript asks for no browser by its name: nothing is said then.
//!
//! Who wrote a remedy knows: nothing is said of a declaration behind another one of its property
//! that all browsers have, of what stands under `@supports`, and of prefixed names. Nor of
//! packages: they are not the user's to mend.

use std::{collections::HashMap, ops::Range, sync::Arc};

use bundle_base::{
    Diagnostics, Label, Source,
    sheet::{Item, after_token, block_end, items, list},
    woven::Woven,
};

use super::{hacks, targets::Oldest};
use crate::messages;
use constructs::Construct;

mod constructs; // what is looked for, by the names it is written with
mod selectors; // pseudo-classes
mod since; // the versions that have each construct
#[cfg(test)]
mod tests;
mod values; // functions and units
mod words; // what is said of each construct

/// What is told has it, and who silences it need not wait for it.
pub(super) const CODE: &str = "unsupported-css";

/// Where something that is not everywhere stands.
type Use = (Construct, Range<usize>);

/// Tells the log once of each construct that a file uses and some of the browsers lack.
pub(super) fn warn(sheet: &Woven, browsers: &[Oldest], log: &mut Diagnostics) {
    let lacking = since::lacking(browsers);
    if lacking.is_empty() {
        return;
    }
    let mut told: Vec<(Construct, Arc<Source>)> = Vec::new();
    for (construct, range) in uses(sheet.text(), &|construct| lacking.contains_key(&construct)) {
        let Some(label) = sheet.label(range).filter(is_of_the_project) else { continue };
        let is_same = |(known, source): &(Construct, Arc<Source>)| {
            *known == construct && Arc::ptr_eq(source, &label.source)
        };
        if told.iter().any(is_same) {
            continue;
        }
        told.push((construct, Arc::clone(&label.source)));
        let lack = &lacking[&construct];
        log.push(messages::unsupported(
            label,
            (&lack.browsers, &lack.having),
            &words::of(construct),
        ));
    }
}

fn is_of_the_project(label: &Label) -> bool {
    !label.source.is_of_a_package()
}

/// A declaration of a block.
struct Declaration<'t> {
    property: &'t str,
    value: &'t str,
    /// Where the property stands.
    at: usize,
    uses: Vec<Use>,
}

impl Declaration<'_> {
    fn is_using(&self, construct: Construct) -> bool {
        self.uses.iter().any(|(used, _)| *used == construct)
    }
}

/// How a box lays out what is in it: it decides who reads a `gap`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    Flex,
    Grid,
    Columns,
}

/// What a sheet uses of what is wanted, in the order of its text.
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

/// The index behind the declarations of a block that follow each other.
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

/// Beside comments.
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
        // What a custom property is made of counts where it is used.
        uses.retain(|(construct, _)| !is_custom || *construct != Construct::CustomProperties);
        Some(Declaration { property: name, value: text, at: property.start, uses })
    };
    items.iter().filter_map(of).collect()
}

/// What declarations of a block use and nothing in it makes up for, once for each declaration.
fn without_remedy(block: &[Declaration<'_>]) -> Vec<Use> {
    let mut found = Vec::new();
    for (index, declaration) in block.iter().enumerate() {
        for (nth, (construct, range)) in declaration.uses.iter().enumerate() {
            let is_said = declaration.uses[..nth].iter().any(|(said, _)| said == construct);
            if !is_said && !has_remedy(block, index, *construct) {
                found.push((*construct, range.clone()));
            }
        }
    }
    found
}

/// Another declaration of the property stands before it, or one that does the same.
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

/// Gaps, and what is known of the boxes that they may be in. A block need not say itself how its
/// box lays out.
#[derive(Default)]
struct Gaps<'t> {
    layouts: HashMap<&'t str, Layout>,
    /// With the selectors of its rule and what its block says.
    found: Vec<(Range<usize>, Range<usize>, Option<Layout>)>,
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
        // A second `gap` of the block is where the first is. The old name is only read in grids.
        if let Some(gap) = gap.filter(|gap| !has_old_name && !constructs::is_reset(gap.value)) {
            self.found.push((gap.at..gap.at + gap.property.len(), selectors.clone(), layout));
        }
    }

    fn resolve(self, css: &str, found: &mut Vec<Use>) {
        for (range, selectors, layout) in self.found {
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
