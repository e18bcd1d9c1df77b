//! Finds where printed CSS was written. The source map of the printer has the places of rules;
//! declarations are found by their names.

use std::collections::HashMap;

use bundle_base::{
    mapped_text::MappedText,
    place::Place,
    stylesheet::{Item, block_end, is_keyframes, items},
};

use crate::mapped::Offsets;

/// A rule that was printed: where it was printed, and where it was written.
pub(super) struct Rule {
    /// Where it was printed. Columns count bytes, and lines begin where `printed_lines` returns.
    at: Place,
    /// Where it was written. Columns count UTF-16 code units.
    from: Place,
}

/// Returns the rules in the source map of the printer.
pub(super) fn rules(map: &parcel_sourcemap::SourceMap) -> Vec<Rule> {
    let mappings = map.get_mappings().into_iter().filter_map(|mapping| {
        let original = mapping.original?;
        Some(Rule {
            at: Place { line: mapping.generated_line, column: mapping.generated_column },
            from: Place { line: original.original_line, column: original.original_column },
        })
    });
    mappings.collect()
}

/// Returns the printed text with the origins of its rules and declarations.
pub(super) fn of(text: &str, rules: &[Rule], stylesheet: &MappedText) -> MappedText {
    let mut mapped = MappedText::default();
    if rules.is_empty() {
        mapped.push_str(text);
        return mapped;
    }
    let (before, after) = (declarations(stylesheet.text()), items(text));
    let by_start: HashMap<usize, &SourceRule> =
        before.iter().map(|rule| (rule.start, rule)).collect();
    let by_printed = by_printed(text, &after, rules, stylesheet);
    let rule_at = |at: usize| by_printed.get(&at).and_then(|from| by_start.get(from)).copied();
    let mut of_rule = Declarations::default();
    let mut animation: Option<(&str, &SourceRule)> = None;
    let mut done = 0;
    let mut mark = |at: usize, from: usize| {
        mapped.push_str(&text[done..at]);
        mapped.push_made_of("", stylesheet, from);
        done = at;
    };
    for item in after {
        match item {
            Item::Selectors(range) => {
                let rule = rule_at(range.start);
                of_rule = Declarations::of(rule);
                if let Some(rule) = rule {
                    mark(range.start, rule.start);
                }
            }
            Item::AtRule { name, prelude } if holds_declarations(&text[name.clone()]) => {
                // If `@keyframes` is printed under several prefixes, only the first copy is in the
                // source map.
                let known = animation
                    .filter(|(known, _)| *known == &text[prelude.clone()])
                    .map(|(_, rule)| rule);
                let rule = rule_at(name.start - 1).or(known);
                animation =
                    rule.filter(|rule| rule.is_of_frames).map(|rule| (&text[prelude], rule));
                of_rule = Declarations::of(rule);
                if let Some(rule) = rule {
                    mark(name.start - 1, rule.start);
                }
            }
            Item::Declaration { property, .. } => {
                if let Some(from) = of_rule.origin(&text[property.clone()]) {
                    mark(property.start, from);
                }
            }
            Item::AtRule { .. } | Item::Junk(_) => {}
        }
    }
    mapped.push_str(&text[done..]);
    mapped
}

/// Returns where each rule was written in the stylesheet, by where it was printed; both in bytes.
fn by_printed(
    text: &str,
    items: &[Item],
    rules: &[Rule],
    stylesheet: &MappedText,
) -> HashMap<usize, usize> {
    let printed = printed_lines(text, items);
    let written = Offsets::of_css(stylesheet.text());
    let places = rules.iter().filter_map(|rule| {
        let at = printed.get(rule.at.line as usize)? + rule.at.column as usize;
        Some((at, written.utf16(stylesheet.text(), rule.from)))
    });
    places.collect()
}

/// Returns where the lines begin that the printer counts. It does not count line breaks that it
/// copies with a value or a condition.
fn printed_lines(text: &str, items: &[Item]) -> Vec<usize> {
    let mut copied = Vec::new();
    for item in items {
        match item {
            Item::AtRule { prelude, .. } => copied.push(prelude.clone()),
            Item::Declaration { property, value } => {
                // The printer breaks and counts the lines of grid areas itself, unless it does not
                // understand the value.
                let is_laid_out = text[property.clone()].contains("grid")
                    && !text[value.clone()].contains("var(");
                if !is_laid_out {
                    copied.push(value.clone());
                }
            }
            Item::Selectors(_) | Item::Junk(_) => {}
        }
    }
    // A custom property whose value is in braces is not an item.
    for (at, _) in text.match_indices(": {") {
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        if text[line..at].trim_start().starts_with("--") {
            copied.push(at..block_end(text, at + 2));
        }
    }
    copied.sort_by_key(|range| range.start);
    let mut copied = copied.into_iter().peekable();
    let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at);
    let counted = breaks.filter(|at| {
        while copied.next_if(|range| range.end <= *at).is_some() {}
        copied.peek().is_none_or(|range| range.start > *at)
    });
    std::iter::once(0).chain(counted.map(|at| at + 1)).collect()
}

/// A rule as it was written.
struct SourceRule {
    start: usize,
    /// It is `@keyframes`: its declarations are in blocks of their own.
    is_of_frames: bool,
    /// Its declarations in order: names in lower case, and where they are.
    declarations: Vec<(String, usize)>,
}

fn declarations(css: &str) -> Vec<SourceRule> {
    let mut rules: Vec<SourceRule> = Vec::new();
    let rule = |start, is_of_frames| SourceRule { start, is_of_frames, declarations: Vec::new() };
    for item in items(css) {
        match item {
            Item::Selectors(range) => rules.push(rule(range.start, false)),
            Item::AtRule { name, .. } if holds_declarations(&css[name.clone()]) => {
                rules.push(rule(name.start - 1, is_keyframes(&css[name])));
            }
            Item::Declaration { property, .. } => {
                if let Some(rule) = rules.last_mut() {
                    rule.declarations
                        .push((css[property.clone()].to_ascii_lowercase(), property.start));
                }
            }
            Item::AtRule { .. } | Item::Junk(_) => {}
        }
    }
    rules
}

/// Whether the block of an at-rule contains declarations, or frames of them.
fn holds_declarations(name: &str) -> bool {
    is_keyframes(name)
        || matches!(
            name,
            "font-face" | "page" | "counter-style" | "property" | "font-palette-values"
        )
}

/// The declarations of a written rule, while the printed rule is read.
#[derive(Default)]
struct Declarations<'w> {
    rule: Option<&'w SourceRule>,
    /// How many declarations of each name were printed so far; only counted for `@keyframes`.
    seen: HashMap<String, usize>,
}

impl<'w> Declarations<'w> {
    fn of(rule: Option<&'w SourceRule>) -> Self {
        Self { rule, seen: HashMap::new() }
    }

    /// Returns where a printed declaration was written: the last declaration of its name, or of its
    /// name without a prefix, or else of a longhand or shorthand of it. In `@keyframes`, printed
    /// and written declarations of one name are matched in order.
    fn origin(&mut self, property: &str) -> Option<usize> {
        let rule = self.rule?;
        let plain = |name: &str| {
            name.strip_prefix('-')
                .and_then(|rest| rest.split_once('-'))
                .map(|(_, rest)| rest.to_owned())
        };
        let unprefixed = plain(property).unwrap_or_else(|| property.to_owned());
        let is_part = |long: &str, short: &str| {
            long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'))
        };
        let nth = if rule.is_of_frames {
            let seen = self.seen.entry(property.to_owned()).or_default();
            *seen += 1;
            Some(*seen - 1)
        } else {
            None
        };
        let of = |fits: &dyn Fn(&str) -> bool| {
            let fitting = || rule.declarations.iter().filter(|(name, _)| fits(name));
            let found = nth.and_then(|nth| fitting().nth(nth)).or_else(|| fitting().next_back());
            found.map(|(_, at)| *at)
        };
        of(&|name| name == property)
            .or_else(|| of(&|name| name == unprefixed))
            .or_else(|| of(&|name| is_part(&unprefixed, name) || is_part(name, &unprefixed)))
    }
}
