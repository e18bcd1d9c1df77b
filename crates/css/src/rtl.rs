//! Flips a stylesheet for pages that are read from right to left, as rtlcss does with its default
//! options: names and values of declarations change sides, and comments such as `/*rtl:ignore*/`
//! say where they do not.

use std::{mem, ops::Range};

use bundle_base::{
    mapped_text::{Edit, MappedText},
    stylesheet::{Item, after_semicolon, after_token, block_end, items},
};

mod background; // layers of `background`, and other positions
mod declarations; // one declaration
mod directives; // comments that say what is flipped
#[cfg(test)]
mod tests;
mod transforms; // functions of `transform`
mod values; // words, numbers and functions of a value

use directives::{Control, Directive, Reach};

/// Returns the stylesheet for pages that are read from right to left.
pub fn flipped(stylesheet: &MappedText) -> MappedText {
    let css = stylesheet.text();
    let mut flipping = Flipping { css, ..Flipping::default() };
    let mut comments = directives(css).into_iter().peekable();
    for item in items(css) {
        let range = range_of(&item);
        while let Some((at, directive)) = comments.next_if(|(at, _)| at.start < range.start) {
            flipping.between(at, &directive);
        }
        let mut inside = Vec::new();
        while let Some(directive) = comments.next_if(|(at, _)| at.start < range.end) {
            inside.push(directive);
        }
        flipping.item(&item, range, &inside);
    }
    for (at, directive) in comments {
        flipping.between(at, &directive);
    }
    stylesheet.edited(&flipping.edits)
}

/// Returns the comments of a stylesheet that are directives, in order.
fn directives(css: &str) -> Vec<(Range<usize>, Directive<'_>)> {
    let mut found = Vec::new();
    let mut at = if css.contains("rtl:") { 0 } else { css.len() };
    while at < css.len() {
        let end = after_token(css, at);
        found.extend(Directive::of(&css[at..end]).map(|directive| (at..end, directive)));
        at = end;
    }
    found
}

/// Returns the range of an item, with the `@` of a rule.
fn range_of(item: &Item) -> Range<usize> {
    match item {
        Item::Selectors(range) | Item::Junk(range) => range.clone(),
        Item::AtRule { name, prelude } => name.start - 1..prelude.end,
        Item::Declaration { property, value } => property.start..value.end,
    }
}

/// A stylesheet while it is flipped.
#[derive(Default)]
struct Flipping<'c> {
    css: &'c str,
    edits: Vec<Edit>,
    /// Items that begin before this offset stay as they are.
    done: usize,
    ignored: Mark,
    removed: Mark,
    renamed: Mark,
}

/// What a directive is in force for.
#[derive(Default)]
struct Mark {
    /// The next rule or declaration.
    is_next: bool,
    /// Everything up to the directive that ends it.
    is_open: bool,
}

impl Mark {
    fn set(&mut self, reach: Reach) {
        match reach {
            Reach::Next => self.is_next = true,
            Reach::Begin => self.is_open = true,
            Reach::End => self.is_open = false,
        }
    }

    /// Returns whether the directive is in force for a rule or declaration.
    fn take(&mut self) -> bool {
        mem::take(&mut self.is_next) || self.is_open
    }
}

impl Flipping<'_> {
    /// Follows a directive that stands between rules or declarations.
    fn between(&mut self, at: Range<usize>, directive: &Directive<'_>) {
        if at.start < self.done {
            return;
        }
        match directive.control() {
            Some(Control::Ignore(reach)) => self.ignored.set(reach),
            Some(Control::Remove(reach)) => self.removed.set(reach),
            Some(Control::Rename(reach)) => self.renamed.set(reach),
            Some(Control::Raw(css)) => self.edits.push(Edit::insert(at.end, css)),
            None => {}
        }
    }

    fn item(&mut self, item: &Item, range: Range<usize>, inside: &[(Range<usize>, Directive<'_>)]) {
        if range.start < self.done {
            return;
        }
        if self.removed.take() {
            self.done = self.end(&range);
            self.edits.push(Edit::remove(range.start..self.done));
            return;
        }
        let is_one = self.ignored.is_next;
        if self.ignored.take() {
            // What is open ends at its own directive, which may be in the block of a rule.
            self.done = if is_one { self.end(&range) } else { range.end };
            return;
        }
        match item {
            Item::Declaration { property, value } => {
                let css = self.css;
                let directives = directives::within(value, inside);
                let flipped = match directives::stated(&css[value.clone()], &directives) {
                    Some(stated) => (None, Some(stated)),
                    None => declarations::flipped(&css[property.clone()], &css[value.clone()]),
                };
                let parts = [(property, flipped.0), (value, flipped.1)];
                self.edits.extend(
                    parts
                        .into_iter()
                        .filter_map(|(range, text)| Some(Edit::replace(range.clone(), text?))),
                );
            }
            Item::Selectors(selectors) => {
                let renamed = self.renamed.take().then(|| renamed(&self.css[selectors.clone()]));
                self.edits.extend(renamed.map(|text| Edit::replace(selectors.clone(), text)));
            }
            Item::AtRule { .. } | Item::Junk(_) => {}
        }
    }

    /// Returns the offset after the block or the semicolon of an item.
    fn end(&self, item: &Range<usize>) -> usize {
        let rest = &self.css[item.end..];
        let block = item.end + rest.len() - rest.trim_start().len();
        if self.css[block..].starts_with('{') {
            block_end(self.css, block)
        } else {
            after_semicolon(self.css, item.end)
        }
    }
}

/// Returns selectors with the names of the other side.
fn renamed(selectors: &str) -> String {
    let pairs = [("left", "right"), ("Left", "Right"), ("LEFT", "RIGHT")].into_iter().chain([
        ("ltr", "rtl"),
        ("Ltr", "Rtl"),
        ("LTR", "RTL"),
    ]);
    pairs.fold(selectors.to_owned(), |text, pair| values::swapped(&text, pair).unwrap_or(text))
}
