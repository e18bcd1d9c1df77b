//! The constructs that a target supports. Editions of ECMAScript are years. Browsers are looked up
//! in `generated/first_versions.rs`, by construct. A browser with a bug in a construct counts as
//! lacking it, unless the bug is a construct of its own (`OwnNameInPattern`).

use bundle_base::config::Target;

use super::{
    generated::first_versions::{BROWSERS, First, NO, ROWS},
    table::Feature,
};

/// The constructs that a target supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Support {
    /// One bit for each construct.
    has: u64,
}

impl Support {
    /// Returns what a target supports. Cheap enough to call for every module.
    pub fn of(target: &Target) -> Self {
        match target {
            Target::Ecma(version) => Self::where_(|feature| feature.year() <= *version),
            Target::Browsers(browsers) => Self::of_browsers(browsers),
        }
    }

    /// Returns what all of the browsers support. Browsers that the tables do not know (Opera Mini,
    /// UC and others) are ignored; if they know none, nothing is supported.
    fn of_browsers(browsers: &[(String, String)]) -> Self {
        let edition = browsers
            .iter()
            .filter(|(name, _)| name == Target::EDITION)
            .map(|(_, year)| year.parse());
        let edition: Option<u16> = edition.flatten().min();
        let known: Vec<(usize, First)> =
            browsers.iter().filter_map(|(name, version)| known(name, version)).collect();
        if known.is_empty() && edition.is_none() {
            return Self { has: 0 };
        }
        let mut support = Self::where_(|feature| edition.is_none_or(|year| feature.year() <= year));
        for (feature, row) in &ROWS {
            let has =
                |(column, version): &(usize, First)| row[*column] != NO && *version >= row[*column];
            if !known.iter().all(has) {
                support.has &= !(1 << (*feature as u8));
            }
        }
        support
    }

    fn where_(understands: impl Fn(Feature) -> bool) -> Self {
        let bits = Feature::ALL.iter().filter(|feature| understands(**feature));
        Self { has: bits.fold(0, |bits, feature| bits | 1 << (*feature as u8)) }
    }

    /// Returns what is left without some constructs.
    #[must_use]
    pub fn without(self, is_lost: impl Fn(Feature) -> bool) -> Self {
        Self { has: self.has & !Self::where_(is_lost).has }
    }

    /// Whether the target supports a construct.
    pub fn has(self, feature: Feature) -> bool {
        self.has & 1 << (feature as u8) != 0
    }

    /// Whether the target supports every construct that we know.
    pub fn is_everything(self) -> bool {
        self == Self::where_(|_| true)
    }
}

/// Whether the tables know a browser.
pub(super) fn is_known(name: &str, version: &str) -> bool {
    known(name, version).is_some()
}

/// Returns the column of a browser in the tables, and its version as they write it.
fn known(name: &str, version: &str) -> Option<(usize, First)> {
    let name = match name {
        "and_chr" => "chrome",
        "and_ff" => "firefox",
        "ios_saf" => "ios",
        "op_mob" => "opera_mobile",
        "ie_mob" => "ie",
        other => other,
    };
    let column = BROWSERS.iter().position(|known| *known == name)?;
    let (major, minor) = parse_version(version)?;
    let part = |number: u32| u8::try_from(number).unwrap_or(u8::MAX).min(NO.0 - 1);
    Some((column, (part(major), part(minor))))
}

/// Parses `10`, `10.3`, `10.0-10.2` (the lower end) or `TP` (a preview: newer than all).
pub(crate) fn parse_version(text: &str) -> Option<(u32, u32)> {
    if text.eq_ignore_ascii_case("tp") {
        return Some((9999, 0));
    }
    let first = text.split('-').next().unwrap_or(text);
    let mut parts = first.split('.');
    let major = parts.next()?.parse().ok()?;
    Some((major, parts.next().and_then(|minor| minor.parse().ok()).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_construct_has_one_row() {
        for feature in Feature::ALL {
            let rows = ROWS.iter().filter(|(of, _)| of == feature).count();
            assert_eq!(rows, 1, "{feature:?}: crates/js/tables/first_versions.mjs");
        }
    }
}
