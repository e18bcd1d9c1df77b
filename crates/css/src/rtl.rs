//! Flips a stylesheet for pages that are read from right to left, as rtlcss does with its default
//! options: names and values of declarations change sides, and comments such as `/*rtl:ignore*/`
//! prevent that. Unlike rtlcss, it also flips `inset`, `scroll-margin` and `scroll-padding`; it
//! does not take a size after a slash for a position; and it leaves `translate()` alone if its
//! first argument is a variable.

use std::ops::Range;

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
        let (mut inside, mut behind) = (Vec::new(), Vec::new());
        while let Some((at, directive)) = comments.next_if(|(at, _)| at.start < range.end) {
            // The item of a last declaration without a semicolon includes the comments after it.
            let is_behind = directive.is_for_many() || !behind.is_empty();
            if is_behind { &mut behind } else { &mut inside }.push((at, directive));
        }
        let end = behind.first().map_or(range.end, |(at, _)| at.start);
        flipping.item(&item, range.start..end, &inside);
        for (at, directive) in behind {
            flipping.between(at, &directive);
        }
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
    /// The next rule or declaration: it follows this offset.
    next: Option<usize>,
    /// Everything up to the directive that ends it.
    is_open: bool,
}

impl Mark {
    fn set(&mut self, reach: Reach, end: usize) {
        match reach {
            Reach::Next => self.next = Some(end),
            Reach::Begin => self.is_open = true,
            Reach::End => self.is_open = false,
        }
    }

    /// Whether the directive is in force for a rule or declaration.
    fn take(&mut self) -> bool {
        self.next.take().is_some() || self.is_open
    }
}

impl Flipping<'_> {
    /// Follows a directive that is between rules or declarations.
    fn between(&mut self, at: Range<usize>, directive: &Directive<'_>) {
        if at.start < self.done {
            return;
        }
        // Legal comments would be written.
        self.edits.push(Edit::remove(at.clone()));
        match directive.control() {
            Some(Control::Ignore(reach)) => self.ignored.set(reach, at.end),
            Some(Control::Remove(reach)) => self.removed.set(reach, at.end),
            Some(Control::Rename(reach)) => self.renamed.set(reach, at.end),
            Some(Control::Raw(css)) => {
                let before = self.css[..at.start].trim_end();
                let is_open = !before.is_empty() && !before.ends_with([';', '{', '}', '/']);
                let semicolon = if is_open { ";" } else { "" };
                self.edits.push(Edit::insert(at.end, format!("{semicolon}{css}")));
            }
            None => {}
        }
    }

    fn item(&mut self, item: &Item, range: Range<usize>, inside: &[(Range<usize>, Directive<'_>)]) {
        if range.start < self.done {
            return;
        }
        let node = self.node(&range);
        if self.removed.take() {
            self.done = self.end(&node);
            // Other comments may follow the one that removes.
            let before = self.edits.partition_point(|edit| edit.range.start < node.start);
            self.edits.truncate(before);
            self.edits.push(Edit::remove(node.start..self.done));
            return self.item(item, range, inside);
        }
        let is_single = self.ignored.next.is_some();
        if self.ignored.take() {
            // What is open ends at its own directive, which may be in the block of a rule.
            self.done = if is_single { self.end(&node) } else { range.end };
            return self.item(item, range, inside);
        }
        match item {
            // The colon of a directive makes a declaration of what is none.
            Item::Declaration { property, .. } if self.css[property.clone()].contains("/*") => {}
            Item::Declaration { property, value } => {
                let css = self.css;
                let value = &(value.start..value.end.min(range.end).max(value.start));
                let value = &(value.start..value.start + css[value.clone()].trim_end().len());
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
            Item::Selectors(_) => {
                let renamed = self.renamed.take().then(|| renamed(&self.css[range.clone()]));
                self.edits.extend(renamed.map(|text| Edit::replace(range, text)));
            }
            Item::AtRule { .. } | Item::Junk(_) => {}
        }
    }

    /// Returns what a directive for the next rule or declaration is for: an item, or the frame of
    /// keyframes or the value in braces before it, which are not items.
    fn node(&self, item: &Range<usize>) -> Range<usize> {
        let Some(next) = self.removed.next.or(self.ignored.next) else { return item.clone() };
        let between = &self.css[next..item.start];
        let start = next + between.len() - between.trim_start().len();
        match between.find('{') {
            Some(brace) if start <= next + brace => start..next + brace,
            Some(_) | None => item.clone(),
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
    pairs.fold(selectors.to_owned(), |text, (one, other)| {
        values::swapped(&text, one, other).unwrap_or(text)
    })
}
