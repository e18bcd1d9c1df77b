//! Targets in words: the browsers of a target that lack a construct, and the nearest target that
//! has it.

use bundle_base::config::Target;

use super::{
    support::{Support, parse_version},
    table::Feature,
};
use crate::browsers::browsers;

/// The most browsers that are named.
const SHOWN: usize = 3;

/// A browser and its versions in a target, oldest first.
struct Family<'t> {
    name: &'t str,
    versions: Vec<&'t str>,
}

/// Returns the part of a target that lacks a construct: `es5`, `ie 9 to 11 and safari 15.6`.
pub(crate) fn lacking(feature: Feature, target: &Target) -> String {
    let Target::Browsers(browsers) = target else { return target_name(target) };
    let families = families(browsers);
    let mut named: Vec<String> =
        families.iter().filter_map(|family| family.lacking(feature)).collect();
    let more = named.len().saturating_sub(SHOWN);
    named.truncate(SHOWN);
    match named.as_slice() {
        // Only the combination of the browsers lacks it, which happens with no construct yet.
        [] => target_name(target),
        [one] => one.clone(),
        [first @ .., last] if more == 0 => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {more} more", named.join(", ")),
    }
}

/// Returns the nearest target that has the construct, as users write it.
pub(crate) fn having(feature: Feature, target: &Target) -> Option<String> {
    let Target::Browsers(browsers) = target else { return Some(format!("es{}", feature.year())) };
    let families = families(browsers);
    let versions =
        families.iter().filter_map(|family| Some((family.name, family.first_with(feature)?)));
    // Beside an edition of ECMAScript, targets are versions, not queries.
    let has_edition = families.iter().any(|family| family.name == Target::EDITION);
    let queries: Vec<String> = versions
        .map(|(name, version)| match name {
            "ios_saf" if has_edition => format!("ios{version}"),
            _ if has_edition => format!("{name}{version}"),
            _ => format!("{name} >= {version}"),
        })
        .collect();
    (!queries.is_empty()).then(|| queries.join(if has_edition { "," } else { ", " }))
}

/// Returns the name of a target as users write it.
pub(crate) fn target_name(target: &Target) -> String {
    match target {
        Target::Ecma(u16::MAX) => "esnext".to_owned(),
        Target::Ecma(version) => format!("es{version}"),
        Target::Browsers(browsers) => {
            let names: Vec<_> = browsers
                .iter()
                .take(3)
                .map(|(name, version)| Target::shown(name, version))
                .collect();
            let more = if browsers.len() > 3 { ", …" } else { "" };
            format!("{}{more}", names.join(", "))
        }
    }
}

fn families(browsers: &[(String, String)]) -> Vec<Family<'_>> {
    let mut families: Vec<Family<'_>> = Vec::new();
    for (name, version) in browsers {
        match families.iter_mut().find(|family| family.name == name) {
            Some(family) => family.versions.push(version),
            None => families.push(Family { name, versions: vec![version] }),
        }
    }
    for family in &mut families {
        family.versions.sort_by_key(|version| parse_version(version));
    }
    families
}

impl Family<'_> {
    fn has(&self, feature: Feature, version: &str) -> bool {
        Support::of(&Target::Browsers(vec![(self.name.to_owned(), version.to_owned())]))
            .has(feature)
    }

    /// Returns the versions that lack a construct: `safari 14 to 16.3`.
    fn lacking(&self, feature: Feature) -> Option<String> {
        let count = self.versions.partition_point(|version| !self.has(feature, version));
        match &self.versions[..count] {
            [] => None,
            [only] => Some(Target::shown(self.name, only)),
            [first, .., last] => Some(format!("{} {first} to {last}", self.name)),
        }
    }

    /// Returns the first version that has a construct and is not older than those of the target.
    fn first_with(&self, feature: Feature) -> Option<String> {
        let oldest = self.versions.first()?;
        if self.name == Target::EDITION {
            let year = oldest.parse().unwrap_or(u16::MAX).max(feature.year());
            return Some(year.to_string());
        }
        if self.has(feature, oldest) {
            return Some(lower_end(oldest).to_owned());
        }
        let all = browsers(&format!("{} > 0", self.name)).ok()?;
        let mut all: Vec<&str> = all.iter().map(|(_, version)| version.as_str()).collect();
        all.sort_by_key(|version| parse_version(version));
        let first = all.get(all.partition_point(|version| !self.has(feature, version)))?;
        Some(lower_end(first).to_owned())
    }
}

/// Returns the first version of a range: `10.0` for `10.0-10.2`.
fn lower_end(version: &str) -> &str {
    version.split('-').next().unwrap_or(version)
}
