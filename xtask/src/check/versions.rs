//! The version is in Cargo.toml. Every other place that names it has the same one.

use super::violation::Violation;
use crate::tree::TextFile;

/// Checks the packages and the changelog.
pub fn check(files: &[TextFile]) -> Vec<Violation> {
    let text = |path: &str| files.iter().find(|file| file.path == path);
    let Some(version) = text("Cargo.toml").and_then(|file| own(&file.text)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for file in files.iter().filter(|file| is_package(file)) {
        found.extend(named(file).filter(|(_, other)| *other != version).map(|(line, other)| {
            Violation::new(file, line, format!("is version {other}, and Cargo.toml {version}"))
        }));
    }
    if let Some(lock) = text("Cargo.lock")
        && !lock.text.contains(&format!("name = \"bundle\"\nversion = \"{version}\"\n"))
    {
        found.push(Violation::new(lock, 0, format!("has no bundle of version {version}")));
    }
    let Some(changelog) = text("CHANGELOG.md") else { return found };
    let newest = changelog.text.lines().enumerate().find_map(|(at, line)| {
        let name = line.strip_prefix("## [")?.split(']').next()?;
        (name != "Unreleased").then_some((at + 1, name))
    });
    let (line, newest) = newest.unwrap_or((0, "none"));
    if newest != version {
        let rule = format!("the newest version is {newest}, and in Cargo.toml it is {version}");
        found.push(Violation::new(changelog, line, rule));
    }
    found
}

/// Returns the version of the workspace.
fn own(manifest: &str) -> Option<&str> {
    let mut lines = manifest.lines().skip_while(|line| *line != "[workspace.package]");
    lines.find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
}

/// Whether a file describes a package that is published.
fn is_package(file: &TextFile) -> bool {
    let is_of_npm = file.is_in("npm") && file.path.ends_with("/package.json");
    let is_page = file.is_in("npm/playground");
    (is_of_npm && !is_page) || file.path == "php/composer.json"
}

/// Returns the lines that name a version, also those of the packages of platforms.
fn named(file: &TextFile) -> impl Iterator<Item = (usize, &str)> {
    file.text.lines().enumerate().filter_map(|(at, line)| {
        let (key, value) = line.trim().trim_end_matches(',').split_once(':')?;
        let is_version = key == "\"version\"" || key.starts_with("\"bundle-");
        is_version.then(|| (at + 1, value.trim().trim_matches('"')))
    })
}
