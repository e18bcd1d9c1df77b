//! Targets in words: the browsers of a target that lack a construct, and the nearest target that
//! has it.

use bundle_base::config::Target;

use super::{
    support::{Support, is_known, parse_version},
    table::Feature,
};
use crate::{browsers::browsers, messages::Having};

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
        // No table knows any of the browsers, so all count as old.
        [] => target_name(target),
        [one] => one.clone(),
        [first @ .., last] if more == 0 => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {more} more", named.join(", ")),
    }
}

/// Returns the nearest target that has the construct, as users write it.
pub(crate) fn having(feature: Feature, target: &Target) -> Option<Having> {
    let Target::Browsers(browsers) = target else {
        return Some(Having::Target(format!("es{}", feature.year())));
    };
    let families = families(browsers);
    let has_edition = families.iter().any(|family| family.name == Target::EDITION);
    if families.len() > SHOWN && !has_edition {
        let left_out: Vec<String> =
            families.iter().filter_map(|family| family.without(feature)).collect();
        return (!left_out.is_empty()).then(|| Having::Without(left_out.join(", ")));
    }
    // Beside an edition of ECMAScript, targets are versions, not queries.
    let named = |family: &Family<'_>| {
        let (name, version) = (family.name, family.first_with(feature)?);
        Some(match name {
            "ios_saf" if has_edition => format!("ios{version}"),
            _ if has_edition => format!("{name}{version}"),
            _ if !family.is_known() => format!("{name} {version}"),
            _ => format!("{name} >= {version}"),
        })
    };
    let queries: Vec<String> = families.iter().filter_map(named).collect();
    let is_accepted = !queries.is_empty() && families.iter().any(Family::is_known);
    is_accepted.then(|| Having::Target(queries.join(if has_edition { "," } else { ", " })))
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
    /// Whether the tables know the browser. Others are ignored, as everywhere.
    fn is_known(&self) -> bool {
        self.name == Target::EDITION
            || self.versions.iter().any(|version| is_known(self.name, version))
    }

    fn has(&self, feature: Feature, version: &str) -> bool {
        if self.name == Target::EDITION {
            return version.parse().is_ok_and(|year: u16| feature.year() <= year);
        }
        !is_known(self.name, version)
            || Support::of(&Target::Browsers(vec![(self.name.to_owned(), version.to_owned())]))
                .has(feature)
    }

    /// Returns the versions that lack a construct, oldest first.
    fn versions_without(&self, feature: Feature) -> &[&str] {
        let count = self.versions.partition_point(|version| !self.has(feature, version));
        &self.versions[..count]
    }

    /// Returns the versions that lack a construct: `safari 14 to 16.3`.
    fn lacking(&self, feature: Feature) -> Option<String> {
        match self.versions_without(feature) {
            [] => None,
            [only] => Some(Target::shown(self.name, only)),
            [first, .., last] => Some(format!("{} {first} to {last}", self.name)),
        }
    }

    /// Returns a query that leaves out the versions that lack a construct: `not safari < 16.4`.
    fn without(&self, feature: Feature) -> Option<String> {
        let newest = self.versions_without(feature).last()?;
        Some(match self.release_with(feature) {
            Some(first) => format!("not {} < {first}", self.name),
            None => format!("not {} <= {}", self.name, lower_end(newest)),
        })
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
        self.release_with(feature)
    }

    /// Returns the first of all versions that has a construct.
    fn release_with(&self, feature: Feature) -> Option<String> {
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
