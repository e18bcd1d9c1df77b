//! Prefixes that some browsers of a target need and the printer leaves out: it knows of each browser the oldest version alone, and a
//! prefix may have come later. Internet Explorer 10 has flex boxes under other names, and 9 has none at all. So each block is
//! prefixed once more for versions in which more came, and what that adds goes before the standard.

use bundle_base::{
    config::Target,
    sheet::{Item, block_end, items},
    woven::{Edit, Woven},
};
use lightningcss::{
    properties::{
        Property,
        custom::{CustomProperty, CustomPropertyName},
        display::{Display, DisplayInside},
        position::Position,
    },
    rules::CssRuleList,
    stylesheet::{MinifyOptions, ParserOptions, StyleAttribute},
    targets::{Browsers, Targets},
    vendor_prefix::VendorPrefix,
};

use super::{blocks, targets::Versions};

/// Properties that came under a prefix in a version that is not the oldest one of ES5's.
const LATE: &[&str] = &[
    "align-content",
    "align-items",
    "align-self",
    "backdrop-filter",
    "box-decoration-break",
    "clip-path",
    "flex",
    "flex-basis",
    "flex-direction",
    "flex-flow",
    "flex-grow",
    "flex-shrink",
    "flex-wrap",
    "hyphens",
    "justify-content",
    "order",
    "print-color-adjust",
    "text-decoration",
    "text-decoration-color",
    "text-decoration-line",
    "text-decoration-skip-ink",
    "text-decoration-style",
    "text-emphasis",
    "text-size-adjust",
    "user-select",
];

/// Writes what is missing into the blocks.
pub(super) fn add(rules: &mut CssRuleList<'_>, target: &Target) {
    let versions = Versions::of(target);
    let later = later(&versions);
    blocks::each(rules, &mut |declarations| {
        if let Some(browsers) = later {
            add_later(declarations, browsers);
        }
        add_unknown(declarations, &versions);
    });
}

/// For each browser the version in which it has most of what came under a prefix after the oldest of the target.
fn later(versions: &Versions) -> Option<Browsers> {
    let of = |name: &str, version: u32| {
        versions.oldest(name).filter(|oldest| *oldest < version << 16).and_then(|_| versions.since(name, version))
    };
    let browsers = Browsers {
        chrome: of("chrome", 32),
        firefox: of("firefox", 48),
        ie: of("ie", 10),
        ios_saf: of("ios_saf", 9),
        opera: of("opera", 19),
        safari: of("safari", 9),
        ..Browsers::default()
    };
    (browsers != Browsers::default()).then_some(browsers)
}

fn add_later<'i>(declarations: &mut Vec<Property<'i>>, browsers: Browsers) {
    let wanted: Vec<Property<'i>> = declarations.iter().filter(|property| is_late(property)).cloned().collect();
    if wanted.is_empty() {
        return;
    }
    let Ok(mut made) = StyleAttribute::parse("", ParserOptions::default()) else { return };
    made.declarations.declarations = wanted;
    made.minify(MinifyOptions {
        targets: Targets { browsers: Some(browsers), ..Targets::default() },
        ..MinifyOptions::default()
    });
    let mut before = Vec::new();
    for property in made.declarations.declarations {
        let Some(at) = declarations.iter().position(|known| is_same(known, &property)) else {
            if is_prefixed(&property) && !declarations.contains(&property) {
                before.push(property);
            }
            continue;
        };
        let known = &mut declarations[at];
        let prefix = known.property_id().prefix() | property.property_id().prefix();
        known.set_prefix(prefix);
        declarations.splice(at..at, before.drain(..));
    }
}

/// What may need another prefix, and has the name of the standard.
fn is_late(property: &Property<'_>) -> bool {
    if let Property::Display(Display::Pair(pair)) = property {
        return pair.inside == DisplayInside::Flex(VendorPrefix::None);
    }
    if let Property::Position(position) = property {
        return *position == Position::Sticky(VendorPrefix::None);
    }
    let id = property.property_id();
    id.prefix().contains(VendorPrefix::None) && LATE.contains(&id.name())
}

/// The same declaration, whatever its prefixes, if one of them is none.
fn is_same<'i>(known: &Property<'i>, property: &Property<'i>) -> bool {
    match (plain(known), plain(property)) {
        (Some(known), Some(property)) => known == property,
        _ => false,
    }
}

/// A declaration that has the name of the standard too, with that alone.
fn plain<'i>(property: &Property<'i>) -> Option<Property<'i>> {
    let prefix = property.property_id().prefix();
    (prefix.is_empty() || prefix.contains(VendorPrefix::None)).then(|| {
        let mut plain = property.clone();
        plain.set_prefix(VendorPrefix::None);
        plain
    })
}

/// Under a prefix alone.
fn is_prefixed(property: &Property<'_>) -> bool {
    if let Property::Display(Display::Pair(pair)) = property {
        return matches!(pair.inside, DisplayInside::Flex(prefix) if prefix != VendorPrefix::None);
    }
    if let Property::Position(position) = property {
        return matches!(position, Position::Sticky(prefix) if *prefix != VendorPrefix::None);
    }
    let prefix = property.property_id().prefix();
    !prefix.is_empty() && !prefix.contains(VendorPrefix::None)
}

/// A browser, from a version and before another.
type Versioned = (&'static str, u32, u32);

/// Properties that the printer does not know: with a prefix, who has them under it alone, from a version and before another.
const UNKNOWN: &[(&str, &str, &[Versioned])] = &[
    (
        "column",
        "-webkit-",
        &[("chrome", 4, 50), ("safari", 3, 9), ("ios_saf", 3, 9), ("android", 2, 5), ("opera", 15, 37)],
    ),
    ("column", "-moz-", &[("firefox", 2, 52)]),
    ("touch-action", "-ms-", &[("ie", 10, 11)]),
];

fn add_unknown(declarations: &mut Vec<Property<'_>>, versions: &Versions) {
    let mut index = 0;
    while let Some(property) = declarations.get(index) {
        let added = unknown(property, declarations, versions);
        index += added.len() + 1;
        let at = index - added.len() - 1;
        declarations.splice(at..at, added);
    }
}

fn unknown<'i>(property: &Property<'i>, block: &[Property<'i>], versions: &Versions) -> Vec<Property<'i>> {
    let Property::Custom(CustomProperty { name: CustomPropertyName::Unknown(name), value }) = property else {
        return Vec::new();
    };
    let is_of =
        |known: &str| name.0 == known || known == "column" && (name.0 == "columns" || name.0.starts_with("column-"));
    let needed = UNKNOWN.iter().filter(|(known, _, browsers)| {
        is_of(known) && browsers.iter().any(|(browser, from, to)| versions.has_between(browser, *from, *to))
    });
    let prefixed = needed.map(|(_, prefix, _)| format!("{prefix}{}", name.0));
    // Somebody wrote it.
    let is_there = |name: &String| {
        block.iter().any(|other| {
            matches!(other, Property::Custom(CustomProperty { name: CustomPropertyName::Unknown(other), .. }) if other.0 == *name)
        })
    };
    let name = |name: String| CustomPropertyName::Unknown(name.into());
    prefixed
        .filter(|prefixed| !is_there(prefixed))
        .map(|prefixed| Property::Custom(CustomProperty { name: name(prefixed), value: value.clone() }))
        .collect()
}

/// The printer misspells the pseudo-class of Internet Explorer.
pub(super) fn spelt(sheet: &Woven) -> Woven {
    let found = sheet.text().match_indices(":-ms-placeholder-shown");
    let edits = found.map(|(at, misspelt)| Edit::replace(at..at + misspelt.len(), OLD_PLACEHOLDER));
    sheet.edited(&edits.collect::<Vec<_>>())
}

const OLD_PLACEHOLDER: &str = ":-ms-input-placeholder";

/// Internet Explorer 10 and 11 know placeholders by a pseudo-class, and leave out a rule with anything else: each rule for them once
/// more, before it.
pub(super) fn with_placeholders(sheet: Woven, target: &Target) -> Woven {
    const STANDARD: &str = "::placeholder";
    let css = sheet.text();
    let versions = Versions::of(target);
    // Who writes it knows.
    let is_written = css.match_indices(OLD_PLACEHOLDER).any(|(at, _)| !css[..at].ends_with(':'));
    if !css.contains(STANDARD) || is_written || !versions.has_between("ie", 10, 12) {
        return sheet;
    }
    let mut woven = Woven::default();
    let mut done = 0;
    for item in items(css) {
        let Item::Selectors(range) = item else { continue };
        if range.start < done || !css[range.clone()].contains(STANDARD) {
            continue;
        }
        woven.push_slice(&sheet, done..range.start);
        let mut at = range.start;
        for (found, _) in css[range.clone()].match_indices(STANDARD) {
            woven.push_slice(&sheet, at..range.start + found);
            woven.push_str(OLD_PLACEHOLDER);
            at = range.start + found + STANDARD.len();
        }
        woven.push_slice(&sheet, at..block_end(css, range.end));
        done = range.start;
    }
    woven.push_slice(&sheet, done..css.len());
    woven
}
