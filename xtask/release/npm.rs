//! The packages of npm, made by npm/pack.mjs as `cargo xtask npm` tests them.

use std::fs;
use std::path::Path;

use crate::{
    platform::Platform,
    release::{self, Release},
};

/// Brotli's level for the WebAssembly module: the highest.
const QUALITY: &str = "11";
/// Replaces the path of something that is not packed this time.
const NONE: &str = "-";

/// Makes the package of a platform from a program.
pub fn of_platform(
    release: &Release,
    platform: &Platform,
    (binary, notices): (&Path, &str),
) -> Result<(), String> {
    let binary = binary.to_string_lossy();
    pack(release, [&binary, NONE, &platform.target], notices)
}

/// Makes the packages that are the same for all platforms, from a module.
pub fn of_all(release: &Release, module: &Path, notices: &str) -> Result<(), String> {
    let module = module.to_string_lossy();
    pack(release, [NONE, &module, NONE], notices)
}

fn pack(
    release: &Release,
    [binary, module, target]: [&str; 3],
    notices: &str,
) -> Result<(), String> {
    let scratch = release.out.with_extension("npm");
    let (folder, text) = (scratch.join("packages"), scratch.join("THIRD-PARTY.txt"));
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    release::write(&text, notices.as_bytes())?;
    let (out, text) = (folder.to_string_lossy(), text.to_string_lossy());
    let version = release.version.as_str();
    let words = ["npm/pack.mjs", binary, module, &out, version, QUALITY, target, &text];
    release::output(&release.root, "node", &words)?;
    let is_package = |name: &&String| Path::new(name).extension().is_some_and(|end| end == "tgz");
    for name in release::names(&folder)?.iter().filter(is_package) {
        // The archives of platforms begin with `bundle-` too.
        release.write(&format!("npm-{name}"), &release::read(&folder.join(name))?)?;
    }
    fs::remove_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))
}
