//! The code points of a property escape, `\p{…}`. The tables are those of regress, a regular
//! expression engine of this program: it does not export them, so it searches a text that holds
//! every code point, in order, for runs that have the property.

use std::sync::LazyLock;

use regress::Regex;

use super::sets::{LAST, Set};

/// Planes 4 to 13 have no characters: all their code points are alike, except the last two of each.
/// The same holds for planes 15 and 16.
const ASSIGNED: u32 = 0x3_FFFF;

/// The plane of tags and variation selectors.
const TAGS: (u32, u32) = (0xE_0000, 0xE_0FFF);

/// Every code point that may differ from its neighbours, except surrogates, which no text can hold.
static TEXT: LazyLock<String> = LazyLock::new(|| {
    let samples = [0x4_0000, 0x4_FFFE, 0xF_0000, 0xF_FFFE];
    (0..=ASSIGNED).chain(TAGS.0..=TAGS.1).chain(samples).filter_map(char::from_u32).collect()
});

/// Returns the code points that have a property; `None` if it is a property of strings, or unknown.
pub(super) fn of(name: &str, value: Option<&str>) -> Option<Set> {
    let written = value.map_or_else(|| name.to_owned(), |value| format!("{name}={value}"));
    let expression = Regex::with_flags(&format!("\\p{{{written}}}"), "u").ok()?;
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for found in expression.find_iter(&TEXT) {
        let code = TEXT[found.range()].chars().next()? as u32;
        match ranges.last_mut() {
            Some(last) if last.1 + 1 == code => last.1 = code,
            _ => ranges.push((code, code)),
        }
    }
    if has_surrogates(name, value) {
        ranges.push((0xD800, 0xDFFF));
    }
    Some(with_empty_planes(&Set::of(ranges)))
}

/// Adds the code points of which `TEXT` has only samples.
fn with_empty_planes(found: &Set) -> Set {
    let mut ranges = found.ranges().to_vec();
    if found.has(0x4_0000) {
        let planes = (4..=13).map(|plane| (plane << 16, (plane << 16) + 0xFFFD));
        ranges.extend(planes.chain([(TAGS.1 + 1, 0xE_FFFD)]));
    }
    if found.has(0x4_FFFE) {
        ranges.extend((4..=14).map(|plane: u32| ((plane << 16) + 0xFFFE, (plane << 16) + 0xFFFF)));
        ranges.extend([(0xF_FFFE, 0xF_FFFF), (LAST - 1, LAST)]);
    }
    if found.has(0xF_0000) {
        ranges.extend([(0xF_0000, 0xF_FFFD), (0x10_0000, LAST - 2)]);
    }
    Set::of(ranges)
}

/// Whether surrogates have a property.
fn has_surrogates(name: &str, value: Option<&str>) -> bool {
    match (name, value) {
        ("General_Category" | "gc", Some(value)) => is_category_of_surrogates(value),
        ("Script" | "sc" | "Script_Extensions" | "scx", Some(value)) => {
            matches!(value, "Unknown" | "Zzzz")
        }
        (_, Some(_)) => false,
        (name, None) => is_category_of_surrogates(name) || matches!(name, "Any" | "Assigned"),
    }
}

fn is_category_of_surrogates(value: &str) -> bool {
    matches!(value, "Surrogate" | "Cs" | "Other" | "C")
}
