//! Names in selectors that browsers had before those of the standard. A browser leaves out a rule
//! with a name that it does not know, so each of these rules is there once more under the older
//! name, before its own.

use bundle_base::{
    config::Target,
    sheet::{Item, block_end, items},
    woven::{Edit, Woven},
};

use super::{super::targets::Versions, Versioned};

struct Selector {
    standard: &'static str,
    older: &'static str,
    /// Who has the older name alone.
    browser: Versioned,
    /// The printer adds it by itself where the oldest version of the browser has it.
    is_printed: bool,
}

const SELECTORS: &[Selector] = &[
    Selector {
        standard: "::placeholder",
        older: ":-ms-input-placeholder",
        browser: ("ie", 10, 12),
        is_printed: false,
    },
    Selector {
        standard: "::placeholder",
        older: ":-moz-placeholder",
        browser: ("firefox", 4, 19),
        is_printed: false,
    },
    Selector {
        standard: "::placeholder",
        older: "::-moz-placeholder",
        browser: ("firefox", 19, 51),
        is_printed: true,
    },
    Selector {
        standard: ":placeholder-shown",
        older: ":-ms-input-placeholder",
        browser: ("ie", 10, 12),
        is_printed: true,
    },
    Selector {
        standard: ":fullscreen",
        older: ":-ms-fullscreen",
        browser: ("ie", 11, 12),
        is_printed: false,
    },
];

/// The sheet with these rules.
pub(in crate::lower) fn with_selectors(mut sheet: Woven, target: &Target) -> Woven {
    let is_used = |selector: &&Selector| sheet.text().contains(selector.standard);
    let used: Vec<&Selector> = SELECTORS.iter().filter(is_used).collect();
    if used.is_empty() {
        return sheet;
    }
    let versions = Versions::of(target);
    let is_needed = |selector: &&Selector| {
        let (browser, from, to) = selector.browser;
        let is_printed = selector.is_printed
            && versions.oldest(browser).is_some_and(|oldest| oldest >= from << 16);
        // Who writes it knows.
        let is_written = names(sheet.text(), selector.older).next().is_some();
        versions.has_between(browser, from, to) && !is_printed && !is_written
    };
    let needed: Vec<&Selector> = used.into_iter().filter(is_needed).collect();
    for selector in needed {
        sheet = with_older(&sheet, selector);
    }
    sheet
}

fn with_older(sheet: &Woven, selector: &Selector) -> Woven {
    let css = sheet.text();
    let mut woven = Woven::default();
    let mut done = 0;
    for item in items(css) {
        let Item::Selectors(range) = item else { continue };
        if range.start < done || names(&css[range.clone()], selector.standard).next().is_none() {
            continue;
        }
        woven.push_slice(sheet, done..range.start);
        let mut at = range.start;
        for found in names(&css[range.clone()], selector.standard) {
            woven.push_slice(sheet, at..range.start + found);
            woven.push_str(&stand_in(selector.older));
            at = range.start + found + selector.standard.len();
        }
        woven.push_slice(sheet, at..block_end(css, range.end));
        done = range.start;
    }
    woven.push_slice(sheet, done..css.len());
    woven
}

/// The printer joins rules that differ by prefixes it knows, and then writes the standard's name
/// for all of them. A prefix that it does not know stays as it is.
const UNKNOWN: &str = "-bundle";

fn stand_in(older: &str) -> String {
    let colons = older.len() - older.trim_start_matches(':').len();
    format!("{}{UNKNOWN}{}", &older[..colons], &older[colons..])
}

/// The printed sheet with the older names, and the right ones where the printer writes wrong ones.
pub(in crate::lower) fn spelt(sheet: &Woven) -> Woven {
    let css = sheet.text();
    let found = |name: &'static str, instead: &'static str| {
        css.match_indices(name).map(move |(at, _)| Edit::replace(at..at + name.len(), instead))
    };
    let misspelt = MISSPELT.iter().flat_map(|(misspelt, name)| found(misspelt, name));
    let mut edits: Vec<Edit> = misspelt.chain(found(":-bundle-", ":-")).collect();
    edits.sort_by_key(|edit| edit.range.start);
    sheet.edited(&edits)
}

/// The printer takes these names for those of the standard with a prefix.
const MISSPELT: &[(&str, &str)] = &[
    (":-ms-placeholder-shown", ":-ms-input-placeholder"),
    (":-moz-placeholder-shown", ":-moz-placeholder"),
    ("-moz-print-color-adjust", "color-adjust"),
];

/// Where a name is, and not the beginning or end of another.
fn names<'t>(css: &'t str, name: &'t str) -> impl Iterator<Item = usize> {
    let goes_on =
        |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let found = css.match_indices(name).map(|(at, _)| at);
    found.filter(move |at| !css[..*at].ends_with(':') && !goes_on(&css[at + name.len()..]))
}
