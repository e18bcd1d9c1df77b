//! Adds vendor prefixes that some target browsers need and the printer leaves out. The printer
//! considers only the oldest version of each browser, but a later one may be the first with a
//! prefix: Internet Explorer 10 has flex boxes under other names, and 9 has none at all. So each
//! block is prefixed once more for versions in which more prefixes came, and the added declarations
//! precede the standard names.

use bundle_base::config::Target;
use lightningcss::{
    properties::{
        Property,
        display::{Display, DisplayInside},
        position::Position,
    },
    rules::CssRuleList,
    stylesheet::{MinifyOptions, ParserOptions, StyleAttribute},
    targets::{Browsers, Targets},
    vendor_prefix::VendorPrefix,
};

use super::{
    blocks,
    hidden_texts::{Form, HiddenTexts},
    targets::Versions,
};
pub(super) use selectors::{spelt, with_selectors};

mod older; // adds declarations with older names or values
mod selectors; // adds rules with older names in selectors
mod table; // older names and values, and the browsers that need them

/// Properties that a browser got under a prefix in a version later than the oldest one of ES5.
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
    "text-emphasis-color",
    "text-emphasis-position",
    "text-emphasis-style",
    "text-size-adjust",
    "user-select",
];

/// Adds the missing declarations to all blocks.
pub(super) fn add(
    rules: &mut CssRuleList<'_>,
    target: &Target,
    form: Form,
    texts: &mut HiddenTexts,
) {
    let versions = Versions::of(target);
    let later = later(&versions);
    let older = older::Older::of(&versions, form);
    blocks::each(rules, &mut |declarations| {
        if let Some(browsers) = later {
            add_later(declarations, browsers);
        }
        older.add(declarations, texts);
    });
}

/// Returns, for each browser, the version that has most of the properties that came under a prefix
/// after its oldest version in the target. `None`: no browser has such a version.
fn later(versions: &Versions) -> Option<Browsers> {
    let of = |name: &str, version: u32| {
        versions
            .oldest(name)
            .filter(|oldest| *oldest < version << 16)
            .and_then(|_| versions.since(name, version))
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
    let wanted: Vec<Property<'i>> =
        declarations.iter().filter(|property| is_late(property)).cloned().collect();
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

/// Whether a declaration may need another prefix, and has the name of the standard.
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

/// Whether two declarations are the same apart from their prefixes. Both need the name without a
/// prefix.
fn is_same<'i>(known: &Property<'i>, property: &Property<'i>) -> bool {
    match (plain(known), plain(property)) {
        (Some(known), Some(property)) => known == property,
        _ => false,
    }
}

/// Returns the declaration with the name of the standard alone. `None`: it does not have that name.
fn plain<'i>(property: &Property<'i>) -> Option<Property<'i>> {
    let prefix = property.property_id().prefix();
    (prefix.is_empty() || prefix.contains(VendorPrefix::None)).then(|| {
        let mut plain = property.clone();
        plain.set_prefix(VendorPrefix::None);
        plain
    })
}

/// Whether a declaration has only names with prefixes.
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
