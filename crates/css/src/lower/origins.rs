//! Where what was printed was written. The printer tells of rules; their declarations are found by their names.

use std::collections::HashMap;

use bundle_base::{
    place::{Lines, Place},
    sheet::{Item, items},
    woven::Woven,
};

/// A rule that was printed: its place, and that in what it was made of.
pub(super) struct Rule {
    at: Place,
    from: Place,
}

/// What the printer told.
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

/// The printed text with the origins of its rules and declarations.
pub(super) fn of(text: &str, rules: &[Rule], sheet: &Woven) -> Woven {
    let mut woven = Woven::default();
    if rules.is_empty() {
        woven.push_str(text);
        return woven;
    }
    let (before, after) = (declarations(sheet.text()), items(text));
    let (old, new) = (Lines::new(sheet.text()), Lines::new(text));
    let place = |lines: &Lines, text: &str, at: usize| lines.place(text, u32::try_from(at).ok()?);
    let by_start: HashMap<Place, &Written> =
        before.iter().filter_map(|rule| Some((place(&old, sheet.text(), rule.start)?, rule))).collect();
    let by_place: HashMap<Place, Place> = rules.iter().map(|rule| (rule.at, rule.from)).collect();
    let mut of_rule: &[(String, usize)] = &[];
    let mut done = 0;
    let mut mark = |at: usize, from: usize| {
        woven.push_str(&text[done..at]);
        woven.push_made_of("", sheet, from);
        done = at;
    };
    for item in after {
        match item {
            Item::Selectors(range) => {
                let from = place(&new, text, range.start).and_then(|place| by_place.get(&place));
                let rule = from.and_then(|from| by_start.get(from));
                of_rule = rule.map_or(&[], |rule| &rule.declarations);
                if let Some(rule) = rule {
                    mark(range.start, rule.start);
                }
            }
            Item::Declaration { property, .. } => {
                if let Some(from) = origin(&text[property.clone()], of_rule) {
                    mark(property.start, from);
                }
            }
            Item::AtRule { .. } | Item::Junk(_) => {}
        }
    }
    woven.push_str(&text[done..]);
    woven
}

/// A rule of the sheet that was printed.
struct Written {
    start: usize,
    /// By name, with where they stand.
    declarations: Vec<(String, usize)>,
}

fn declarations(css: &str) -> Vec<Written> {
    let mut rules: Vec<Written> = Vec::new();
    for item in items(css) {
        match item {
            Item::Selectors(range) => rules.push(Written { start: range.start, declarations: Vec::new() }),
            Item::Declaration { property, .. } => {
                if let Some(rule) = rules.last_mut() {
                    rule.declarations.push((css[property.clone()].to_ascii_lowercase(), property.start));
                }
            }
            Item::AtRule { .. } | Item::Junk(_) => {}
        }
    }
    rules
}

/// What a declaration was made of: the last of its name, without a prefix if need be, or else the longhand or shorthand of it.
fn origin(property: &str, of_rule: &[(String, usize)]) -> Option<usize> {
    let plain =
        |name: &str| name.strip_prefix('-').and_then(|rest| rest.split_once('-')).map(|(_, rest)| rest.to_owned());
    let unprefixed = plain(property).unwrap_or_else(|| property.to_owned());
    let is_part = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'));
    let last = |fits: &dyn Fn(&str) -> bool| of_rule.iter().rev().find(|(name, _)| fits(name)).map(|(_, at)| *at);
    last(&|name| name == property)
        .or_else(|| last(&|name| name == unprefixed))
        .or_else(|| last(&|name| is_part(&unprefixed, name) || is_part(name, &unprefixed)))
}
