//! Internet Explorer 9 ignores what comes after the 4,095th selector of a stylesheet, so a larger
//! stylesheet is split into several.

use std::ops::Range;

use bundle_base::{
    config::Target,
    mapped_text::MappedText,
    stylesheet::{after_token, block_end, list},
};

use crate::lower::has_ie_9;

/// How many selectors of a stylesheet Internet Explorer 9 reads.
const MOST: usize = 4095;

/// How many stylesheets of a page Internet Explorer 9 reads, imported ones included.
const STYLESHEETS: usize = 31;

/// Returns how many stylesheets of a page all target browsers read. `None`: there is no limit.
pub fn most_stylesheets(target: &Target) -> Option<usize> {
    has_ie_9(target).then_some(STYLESHEETS)
}

/// Splits a stylesheet into several that all target browsers read to the end, in order. `None`: it
/// need not be split.
pub fn split_for_ie9(stylesheet: &MappedText, target: &Target) -> Option<Vec<MappedText>> {
    if !has_ie_9(target) {
        return None;
    }
    let css = stylesheet.text();
    // An upper bound that is quickly counted: a brace or a comma follows each selector.
    let most = css.bytes().filter(|byte| matches!(byte, b'{' | b',')).count();
    let is_too_large = most > MOST && selectors_within(css, 0..css.len()) > MOST;
    is_too_large.then(|| split(stylesheet, MOST))
}

/// A piece of a stylesheet that is not split.
struct Unit {
    /// The preludes of the blocks that contain it, outermost first.
    around: Vec<Range<usize>>,
    /// Its text; for a rule with too many selectors, some of its selectors.
    text: Range<usize>,
    /// The block of a rule with too many selectors, which follows `text`; else `None`.
    block: Option<Range<usize>>,
    selectors: usize,
}

fn split(stylesheet: &MappedText, most: usize) -> Vec<MappedText> {
    let mut units = Units { css: stylesheet.text(), most, found: Vec::new() };
    units.add(0..stylesheet.text().len(), &[]);
    let mut pieces = vec![Piece::default()];
    for unit in units.found {
        let is_full = pieces.last().is_some_and(|piece| piece.selectors + unit.selectors > most);
        if is_full {
            pieces.push(Piece::default());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(stylesheet, unit);
        }
    }
    pieces.into_iter().map(Piece::closed).collect()
}

/// One of the stylesheets that another one is split into.
#[derive(Default)]
struct Piece {
    text: MappedText,
    /// The preludes of the blocks that are open, outermost first.
    open: Vec<Range<usize>>,
    selectors: usize,
}

impl Piece {
    fn push(&mut self, stylesheet: &MappedText, unit: Unit) {
        if self.open != unit.around {
            self.close();
            for prelude in &unit.around {
                self.text.push_slice(stylesheet, prelude.clone());
                self.text.push_str("{\n");
            }
            self.open = unit.around;
        }
        self.text.push_slice(stylesheet, unit.text);
        if let Some(block) = unit.block {
            self.text.push_slice(stylesheet, block);
        }
        self.text.push_str("\n");
        self.selectors += unit.selectors;
    }

    fn close(&mut self) {
        self.text.push_str(&"}\n".repeat(self.open.len()));
        self.open.clear();
    }

    fn closed(mut self) -> MappedText {
        self.close();
        self.text
    }
}

/// The units of a stylesheet, of at most `most` selectors each.
struct Units<'c> {
    css: &'c str,
    most: usize,
    found: Vec<Unit>,
}

impl Units<'_> {
    /// Adds the statements of a range. `around`: the preludes of the blocks that contain it.
    fn add(&mut self, range: Range<usize>, around: &[Range<usize>]) {
        for Statement { text, brace } in statements(self.css, range) {
            let selectors = selectors_of(self.css, &text, brace);
            let Some(brace) = brace.filter(|_| selectors > self.most) else {
                self.found.push(Unit { around: around.to_vec(), text, block: None, selectors });
                continue;
            };
            let prelude = text.start..brace;
            if self.css[prelude.clone()].starts_with('@') {
                let around: Vec<_> = around.iter().cloned().chain([prelude]).collect();
                self.add(brace + 1..text.end - 1, &around);
                continue;
            }
            for some in list(self.css, prelude).chunks(self.most) {
                let (Some(first), Some(last)) = (some.first(), some.last()) else { continue };
                self.found.push(Unit {
                    around: around.to_vec(),
                    text: first.start..last.end,
                    block: Some(brace..text.end),
                    selectors: some.len(),
                });
            }
        }
    }
}

/// A statement, and where its block opens.
struct Statement {
    text: Range<usize>,
    brace: Option<usize>,
}

fn statements(css: &str, range: Range<usize>) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut start = range.start;
    let mut at = start;
    while at < range.end {
        match css.as_bytes()[at] {
            byte if at == start && byte.is_ascii_whitespace() => {
                start += 1;
                at = start;
            }
            b'{' => {
                let end = block_end(css, at).min(range.end);
                found.push(Statement { text: start..end, brace: Some(at) });
                (start, at) = (end, end);
            }
            b';' => {
                found.push(Statement { text: start..at + 1, brace: None });
                (start, at) = (at + 1, at + 1);
            }
            _ => at = after_token(css, at),
        }
    }
    if start < range.end {
        found.push(Statement { text: start..range.end, brace: None });
    }
    found
}

fn selectors_within(css: &str, range: Range<usize>) -> usize {
    statements(css, range)
        .iter()
        .map(|statement| selectors_of(css, &statement.text, statement.brace))
        .sum()
}

/// Returns how many selectors a statement has. `@keyframes` and other at-rules whose blocks hold no
/// rules count as one.
fn selectors_of(css: &str, text: &Range<usize>, brace: Option<usize>) -> usize {
    let Some(brace) = brace else { return 0 };
    let prelude = &css[text.start..brace];
    let groups = ["@media", "@supports", "@layer", "@container", "@document", "@-moz-document"];
    if groups.iter().any(|group| prelude.starts_with(group)) {
        return selectors_within(css, brace + 1..text.end.saturating_sub(1));
    }
    if prelude.starts_with('@') { 1 } else { list(css, text.start..brace).len() }
}

#[cfg(test)]
mod tests {
    use bundle_base::Source;

    use super::*;

    fn shown(css: &str, most: usize) -> Vec<String> {
        let pieces = split(&MappedText::of(&Source::new("/a.css", "a.css", css)), most);
        pieces
            .iter()
            .map(|piece| piece.text().split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn pieces_have_no_more_selectors_than_they_may_in_the_same_order() {
        assert_eq!(shown("a{b:c}\nd,e{f:g} h{i:j}", 2), ["a{b:c}", "d,e{f:g}", "h{i:j}"]);
        assert_eq!(
            shown("@import \"x.css\"; a{b:c} d{e:f}", 2),
            ["@import \"x.css\"; a{b:c} d{e:f}"]
        );
    }

    #[test]
    fn rules_with_too_many_selectors_are_several() {
        assert_eq!(
            shown("a,b:is(x,y),c,[d=\",\"],e { f: g }", 2),
            ["a,b:is(x,y){ f: g }", "c,[d=\",\"]{ f: g }", "e { f: g }"]
        );
    }

    #[test]
    fn conditions_are_repeated_around_what_they_are_about() {
        let css = "@media print { a{b:c} @supports (d:e) { f{g:h} i{j:k} } } l{m:n}";
        assert_eq!(
            shown(css, 2),
            [
                "@media print { a{b:c} }",
                "@media print { @supports (d:e) { f{g:h} i{j:k} } }",
                "l{m:n}"
            ]
        );
    }

    #[test]
    fn keyframes_stay_whole() {
        assert_eq!(
            shown("@keyframes a { 0%,50%{b:c} to{d:e} } f{g:h}", 2),
            ["@keyframes a { 0%,50%{b:c} to{d:e} } f{g:h}"]
        );
    }
}
