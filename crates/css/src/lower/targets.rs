//! The target as browser versions. A version is a number as lightningcss has it: a byte each for
//! major, minor and patch.

use bundle_base::config::Target;
use lightningcss::targets::{Browsers, Targets};

/// The browser versions that an edition of ECMAScript means: the first ones that have it. Chrome,
/// Edge, Firefox, Safari (of iOS too), Opera. `es5` means the last ones for systems that get no
/// newer browser, such as Windows XP and the iPad 2. The first ones that ran ES5 are in use
/// nowhere, and their prefixes make a stylesheet a quarter larger.
const EDITIONS: [(u16, [u32; 5]); 11] = [
    (5, [49, 12, 52, 9, 36]),
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

/// Returns the oldest version of each browser that the target means, as lightningcss takes them.
pub(super) fn of(target: &Target) -> Targets {
    let browsers = match target {
        Target::Ecma(edition) => of_edition(*edition),
        Target::Browsers(browsers) => of_browsers(browsers),
    };
    Targets { browsers, ..Targets::default() }
}

/// A browser: the names that browser queries have for it, and its field in `Browsers`.
struct Slot {
    names: &'static [&'static str],
    read: fn(&Browsers) -> Option<u32>,
    write: fn(&mut Browsers) -> &mut Option<u32>,
}

/// All browsers. The first name is the field's; the others are the same engine on phones.
const SLOTS: [Slot; 9] = [
    Slot { names: &["chrome", "and_chr"], read: |all| all.chrome, write: |all| &mut all.chrome },
    Slot { names: &["edge"], read: |all| all.edge, write: |all| &mut all.edge },
    Slot { names: &["firefox", "and_ff"], read: |all| all.firefox, write: |all| &mut all.firefox },
    Slot { names: &["ie", "ie_mob"], read: |all| all.ie, write: |all| &mut all.ie },
    Slot { names: &["ios_saf"], read: |all| all.ios_saf, write: |all| &mut all.ios_saf },
    Slot { names: &["opera", "op_mob"], read: |all| all.opera, write: |all| &mut all.opera },
    Slot { names: &["safari"], read: |all| all.safari, write: |all| &mut all.safari },
    Slot { names: &["android"], read: |all| all.android, write: |all| &mut all.android },
    Slot { names: &["samsung"], read: |all| all.samsung, write: |all| &mut all.samsung },
];

/// How many browsers there are.
pub(super) const COUNT: usize = SLOTS.len();

/// The first versions of browsers that have something, in tenths (`104` is 10.4), in the order of
/// `Oldest::slot`. 0: all versions have it.
pub(super) type Since = [u32; COUNT];

/// No version has it.
pub(super) const NO: u32 = u32::MAX;

/// Returns a version in tenths.
pub(super) fn tenths(version: u32) -> u32 {
    (version >> 16) * 10 + (version >> 8 & 0xff).min(9)
}

/// Whether a target has a browser version that is older than these.
pub(super) fn has_older(target: &Target, since: &Since) -> bool {
    let Some(browsers) = of(target).browsers else { return false };
    SLOTS
        .iter()
        .zip(since)
        .any(|(slot, since)| (slot.read)(&browsers).is_some_and(|version| tenths(version) < *since))
}

/// The oldest version of a browser in a target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Oldest {
    /// Its name in the target, such as `and_chr`.
    pub name: &'static str,
    /// Its place in a table of `COUNT` browsers: Chrome, Edge, Firefox, Internet Explorer, Safari
    /// of iOS, Opera, Safari, Android's, Samsung's.
    pub slot: usize,
    pub version: u32,
}

/// Returns the browsers that a target names, each name once. `None`: it names none that is known,
/// or it is an edition of ECMAScript.
pub(super) fn named(target: &Target) -> Option<Vec<Oldest>> {
    let Target::Browsers(asked) = target else { return None };
    let names = SLOTS
        .iter()
        .enumerate()
        .flat_map(|(slot, known)| known.names.iter().map(move |name| (slot, *name)));
    let oldest = names.filter_map(|(slot, name)| {
        let versions = asked
            .iter()
            .filter(|(known, _)| known == name)
            .filter_map(|(_, version)| number(version));
        Some(Oldest { name, slot, version: versions.min()? })
    });
    let oldest: Vec<Oldest> = oldest.collect();
    (!oldest.is_empty()).then_some(oldest)
}

/// Whether Internet Explorer 9 or an older one is a target browser.
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
    for slot in &SLOTS {
        let fitting = named.iter().filter(|(name, _)| slot.names.contains(&name.as_str()));
        *(slot.write)(&mut browsers) = fitting.filter_map(|(_, version)| number(version)).min();
    }
    (browsers != Browsers::default()).then_some(browsers)
}

/// Reads `10.1`, or the first version of `10.0-10.2`, with a byte for each number.
fn number(version: &str) -> Option<u32> {
    let first = version.split('-').next()?;
    let mut parts = first.split('.').map(|part| part.parse::<u32>().ok().map(|part| part.min(255)));
    let major = parts.next()??;
    Some(
        major << 16
            | parts.next().flatten().unwrap_or(0) << 8
            | parts.next().flatten().unwrap_or(0),
    )
}

/// A browser, the first major version that is meant, and the first one after it that is not.
pub(super) type Versioned = (&'static str, u32, u32);

/// All browser versions that a target means.
pub(super) struct Versions {
    /// The versions of each browser by its name, sorted.
    of: Vec<(&'static str, Vec<u32>)>,
    /// Whether all versions newer than the oldest one are meant too.
    is_open: bool,
}

impl Versions {
    pub(super) fn of(target: &Target) -> Self {
        match target {
            Target::Ecma(edition) => {
                let browsers = of_edition(*edition).unwrap_or_default();
                let of = SLOTS
                    .iter()
                    .filter_map(|slot| Some((slot.names[0], vec![(slot.read)(&browsers)?])));
                Self { of: of.collect(), is_open: true }
            }
            Target::Browsers(named) => {
                let of = SLOTS.iter().map(|slot| {
                    let fitting =
                        named.iter().filter(|(name, _)| slot.names.contains(&name.as_str()));
                    let mut versions: Vec<u32> =
                        fitting.filter_map(|(_, version)| number(version)).collect();
                    versions.sort_unstable();
                    (slot.names[0], versions)
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

    /// Returns the first version that is not older than the major version `version`.
    pub(super) fn since(&self, name: &str, version: u32) -> Option<u32> {
        let found = self.all(name).iter().find(|known| **known >= version << 16).copied();
        found.or_else(|| (self.is_open && self.oldest(name).is_some()).then_some(version << 16))
    }

    /// Whether there is a version that is not older than the major version `from`, and older than
    /// `to`.
    pub(super) fn has_between(&self, name: &str, from: u32, to: u32) -> bool {
        self.since(name, from).is_some_and(|found| found < to << 16)
    }
}
