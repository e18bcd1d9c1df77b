//! Adds rules with older names in selectors. A browser ignores a rule with a name that it does not
//! know, so each rule with a standard name is written once more with the older name, before itself.

use bundle_base::{
    config::Target,
    mapped_text::{Edit, MappedText},
    stylesheet::{Item, block_end, items},
};

use super::super::targets::{Versioned, Versions};

struct Selector {
    standard: &'static str,
    older: &'static str,
    /// The browser versions that have only the older name.
    browser: Versioned,
    /// Whether the printer adds the older name itself if the oldest target version of the browser
    /// has it.
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

/// Returns the stylesheet with the rules under older names added.
pub(crate) fn with_selectors(mut stylesheet: MappedText, target: &Target) -> MappedText {
    let is_used = |selector: &&Selector| stylesheet.text().contains(selector.standard);
    let used: Vec<&Selector> = SELECTORS.iter().filter(is_used).collect();
    if used.is_empty() {
        return stylesheet;
    }
    let versions = Versions::of(target);
    let is_needed = |selector: &&Selector| {
        let (browser, from, to) = selector.browser;
        let is_printed = selector.is_printed
            && versions.oldest(browser).is_some_and(|oldest| oldest >= from << 16);
        // An author who wrote the older name needs no help.
        let is_written = names(stylesheet.text(), selector.older).next().is_some();
        versions.has_between(browser, from, to) && !is_printed && !is_written
    };
    let needed: Vec<&Selector> = used.into_iter().filter(is_needed).collect();
    for selector in needed {
        stylesheet = with_older(&stylesheet, selector);
    }
    stylesheet
}

fn with_older(stylesheet: &MappedText, selector: &Selector) -> MappedText {
    let css = stylesheet.text();
    let mut mapped = MappedText::default();
    let mut done = 0;
    for item in items(css) {
        let Item::Selectors(range) = item else { continue };
        if range.start < done || names(&css[range.clone()], selector.standard).next().is_none() {
            continue;
        }
        mapped.push_slice(stylesheet, done..range.start);
        let mut at = range.start;
        for found in names(&css[range.clone()], selector.standard) {
            mapped.push_slice(stylesheet, at..range.start + found);
            mapped.push_str(&stand_in(selector.older));
            at = range.start + found + selector.standard.len();
        }
        mapped.push_slice(stylesheet, at..block_end(css, range.end));
        done = range.start;
    }
    mapped.push_slice(stylesheet, done..css.len());
    mapped
}

/// The prefix of stand-ins. The printer merges rules that differ only in prefixes that it knows,
/// and then writes the name of the standard for all of them. It leaves an unknown prefix as it is.
const UNKNOWN: &str = "-bundle";

fn stand_in(older: &str) -> String {
    let colons = older.len() - older.trim_start_matches(':').len();
    format!("{}{UNKNOWN}{}", &older[..colons], &older[colons..])
}

/// Puts the older names into the printed stylesheet, and corrects those that the printer writes
/// wrong.
pub(crate) fn spelt(stylesheet: &MappedText) -> MappedText {
    let css = stylesheet.text();
    let found = |name: &'static str, instead: &'static str| {
        css.match_indices(name).map(move |(at, _)| Edit::replace(at..at + name.len(), instead))
    };
    let misspelt = MISSPELT.iter().flat_map(|(misspelt, name)| found(misspelt, name));
    let mut edits: Vec<Edit> = misspelt.chain(found(":-bundle-", ":-")).collect();
    edits.sort_by_key(|edit| edit.range.start);
    stylesheet.edited(&edits)
}

/// Names that the printer writes, as those of the standard with a prefix, and the right ones.
const MISSPELT: &[(&str, &str)] = &[
    (":-ms-placeholder-shown", ":-ms-input-placeholder"),
    (":-moz-placeholder-shown", ":-moz-placeholder"),
    ("-moz-print-color-adjust", "color-adjust"),
];

/// Returns where a name is, but not as the beginning or end of another.
fn names<'t>(css: &'t str, name: &'t str) -> impl Iterator<Item = usize> {
    let goes_on =
        |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let found = css.match_indices(name).map(|(at, _)| at);
    found.filter(move |at| !css[..*at].ends_with(':') && !goes_on(&css[at + name.len()..]))
}
