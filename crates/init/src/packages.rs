//! Packages that are not installed, and that are configurations by their names
//! (`@team/webpack-config`). Their contents are unknown, so they are noted.

use bundle_js::static_evaluation::ScriptLocation;
use indexmap::IndexSet;

use super::{facts::required, reading::Reading};

/// The package that reads a file for each task of Grunt. Calls of it are read, and it is not.
pub const LOADER_OF_GRUNT: &str = "load-grunt-config";

/// Notes such packages, where the script and the project's files that it requires name them, and
/// returns them.
pub fn note_missing(reading: &mut Reading<'_>) -> Vec<String> {
    let mut missing: IndexSet<String> = IndexSet::new();
    for file in 0.. {
        let path = reading.script.file(ScriptLocation { file, line: 1 }).to_owned();
        if path.as_str().is_empty() {
            break;
        }
        let text = reading.facts.fs.read(&path).unwrap_or_default();
        let text = String::from_utf8_lossy(&text).into_owned();
        for name in required(&text).filter(|name| is_configuration(name)) {
            let package = package(name);
            let mut folders = path.ancestors().skip(1).map(|folder| folder.join("node_modules"));
            let is_there = folders.any(|folder| reading.facts.has(folder.join(package).as_str()));
            if is_there || !missing.insert(package.to_owned()) {
                continue;
            }
            let line = text.lines().position(|line| line.contains(name)).unwrap_or(0) + 1;
            let what = format!("the package {package}, which is not installed");
            let remedy = "install it (`npm install`), and run `bundle init --force` again";
            reading.note(ScriptLocation { file, line }, what, remedy);
        }
    }
    missing.into_iter().collect()
}

/// Whether a specifier names a package that is a configuration.
fn is_configuration(specifier: &str) -> bool {
    // `vitest/config` has a function for configurations, and is none.
    let mut words = package(specifier).split(['/', '-', '.', '_']);
    !specifier.starts_with(['.', '/'])
        && package(specifier) != LOADER_OF_GRUNT
        && words.any(|word| ["config", "conf", "configs"].contains(&word))
}

/// Returns the package of a specifier: `@team/webpack-config` for `@team/webpack-config/rules`.
pub fn package(specifier: &str) -> &str {
    let parts = if specifier.starts_with('@') { 2 } else { 1 };
    specifier.match_indices('/').nth(parts - 1).map_or(specifier, |(at, _)| &specifier[..at])
}
