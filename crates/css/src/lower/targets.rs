//! Browsers as the printer of CSS numbers them.

use bundle_base::config::Target;
use lightningcss::targets::{Browsers, Targets};

/// The first browsers with each edition of ECMAScript: whoever names an edition means browsers that have it. Chrome, Edge, Firefox,
/// Safari (of iOS too), Opera.
const EDITIONS: [(u16, [u32; 5]); 11] = [
    (5, [23, 12, 21, 6, 15]),
    (2015, [51, 15, 54, 10, 38]),
    (2016, [52, 15, 54, 11, 39]),
    (2017, [58, 16, 54, 11, 45]),
    (2018, [64, 79, 78, 12, 51]),
    (2019, [73, 79, 78, 13, 60]),
    (2020, [80, 80, 78, 14, 67]),
    (2021, [85, 85, 79, 15, 71]),
    (2022, [94, 94, 93, 17, 80]),
    (2023, [110, 110, 115, 17, 96]),
    (2024, [122, 122, 127, 18, 108]),
];

/// What the target means to a stylesheet.
pub(super) fn of(target: &Target) -> Targets {
    let browsers = match target {
        Target::Ecma(edition) => of_edition(*edition),
        Target::Browsers(browsers) => of_browsers(browsers),
    };
    Targets { browsers, ..Targets::default() }
}

/// The browsers that were asked for by their names.
pub(super) fn named(target: &Target) -> Option<Browsers> {
    match target {
        Target::Ecma(_) => None,
        Target::Browsers(browsers) => of_browsers(browsers),
    }
}

/// Whether Internet Explorer 9 or an older one is among the browsers.
pub(crate) fn has_ie_9(target: &Target) -> bool {
    of(target).browsers.and_then(|browsers| browsers.ie).is_some_and(|version| version >> 16 <= 9)
}

fn of_edition(edition: u16) -> Option<Browsers> {
    let (year, versions) = EDITIONS.iter().find(|(year, _)| *year >= edition)?;
    let [chrome, edge, firefox, safari, opera] = versions.map(|major| Some(major << 16));
    let has_ie = *year == 5;
    Some(Browsers {
        chrome,
        edge,
        firefox,
        safari,
        ios_saf: safari,
        opera,
        ie: has_ie.then_some(9 << 16),
        android: has_ie.then_some(4 << 16 | 4 << 8),
        samsung: None,
    })
}

fn of_browsers(named: &[(String, String)]) -> Option<Browsers> {
    let mut browsers = Browsers::default();
    for (name, version) in named {
        let Some(version) = number(version) else { continue };
        let slot = match name.as_str() {
            "android" => &mut browsers.android,
            "chrome" | "and_chr" => &mut browsers.chrome,
            "edge" => &mut browsers.edge,
            "firefox" | "and_ff" => &mut browsers.firefox,
            "ie" | "ie_mob" => &mut browsers.ie,
            "ios_saf" => &mut browsers.ios_saf,
            "opera" | "op_mob" => &mut browsers.opera,
            "safari" => &mut browsers.safari,
            "samsung" => &mut browsers.samsung,
            _ => continue,
        };
        *slot = Some(slot.map_or(version, |known| known.min(version)));
    }
    (browsers != Browsers::default()).then_some(browsers)
}

/// `10.1` or `10.0-10.2`, a byte for each number.
fn number(version: &str) -> Option<u32> {
    let first = version.split('-').next()?;
    let mut parts = first.split('.').map(|part| part.parse::<u32>().ok().map(|part| part.min(255)));
    let major = parts.next()??;
    Some(major << 16 | parts.next().flatten().unwrap_or(0) << 8 | parts.next().flatten().unwrap_or(0))
}

/// The versions of browsers that a target means, all of them.
pub(super) struct Versions {
    /// By name, rising.
    of: Vec<(&'static str, Vec<u32>)>,
    /// Whatever is newer than the oldest one is meant too.
    is_open: bool,
}

/// Names of browsers as slots of the printer.
const SLOTS: [(&str, &[&str]); 9] = [
    ("android", &["android"]),
    ("chrome", &["chrome", "and_chr"]),
    ("edge", &["edge"]),
    ("firefox", &["firefox", "and_ff"]),
    ("ie", &["ie", "ie_mob"]),
    ("ios_saf", &["ios_saf"]),
    ("opera", &["opera", "op_mob"]),
    ("safari", &["safari"]),
    ("samsung", &["samsung"]),
];

impl Versions {
    pub(super) fn of(target: &Target) -> Self {
        match target {
            Target::Ecma(edition) => {
                let browsers = of_edition(*edition).unwrap_or_default();
                let slots = [
                    ("android", browsers.android),
                    ("chrome", browsers.chrome),
                    ("edge", browsers.edge),
                    ("firefox", browsers.firefox),
                    ("ie", browsers.ie),
                    ("ios_saf", browsers.ios_saf),
                    ("opera", browsers.opera),
                    ("safari", browsers.safari),
                ];
                let of = slots.into_iter().filter_map(|(name, version)| Some((name, vec![version?])));
                Self { of: of.collect(), is_open: true }
            }
            Target::Browsers(named) => {
                let of = SLOTS.iter().map(|(slot, names)| {
                    let fitting = named.iter().filter(|(name, _)| names.contains(&name.as_str()));
                    let mut versions: Vec<u32> = fitting.filter_map(|(_, version)| number(version)).collect();
                    versions.sort_unstable();
                    (*slot, versions)
                });
                Self { of: of.collect(), is_open: false }
            }
        }
    }

    fn all(&self, name: &str) -> &[u32] {
        self.of.iter().find(|(known, _)| *known == name).map_or(&[], |(_, versions)| versions)
    }

    pub(super) fn oldest(&self, name: &str) -> Option<u32> {
        self.all(name).first().copied()
    }

    /// The first that is not older than a version.
    pub(super) fn since(&self, name: &str, version: u32) -> Option<u32> {
        let found = self.all(name).iter().find(|known| **known >= version << 16).copied();
        found.or_else(|| (self.is_open && self.oldest(name).is_some()).then_some(version << 16))
    }

    /// One that is not older than a version and older than another.
    pub(super) fn has_between(&self, name: &str, from: u32, to: u32) -> bool {
        self.since(name, from).is_some_and(|found| found < to << 16)
    }
}
