//! The libraries that zig lacks to link for other systems. A library that is linked dynamically
//! only has to name its contents, so lists of names are enough.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{shell, toolchain};

/// A framework of macOS, and how the names in it begin.
struct Framework {
    name: &'static str,
    prefixes: &'static [&'static str],
}

const FRAMEWORKS: [Framework; 3] = [
    Framework { name: "CoreFoundation", prefixes: &["CF", "kCF", "__CF"] },
    Framework { name: "CoreServices", prefixes: &["FSEvent"] },
    Framework { name: "Security", prefixes: &["Sec", "kSec", "SSL"] },
];

/// The crates that declare what they use of frameworks.
const DECLARED_BY: [&str; 4] = [
    "core-foundation-sys-",
    "objc2-core-foundation-",
    "objc2-core-services-",
    "security-framework-sys-",
];

/// Writes what linking for a target lacks, and returns the flags that name it to rustc.
pub fn flags(target: &str) -> Result<Vec<String>, String> {
    let folder = shell::target().join("stubs");
    if target.ends_with("-windows-gnu") {
        // An empty archive: zig has what is in it elsewhere.
        write(&folder.join("libssp_nonshared.a"), "!<arch>\n")?;
        return Ok(vec![format!("-L{}", folder.display())]);
    }
    if !target.ends_with("-apple-darwin") {
        return Ok(Vec::new());
    }
    let sources = sources()?;
    for framework in FRAMEWORKS {
        let path = folder.join(format!("{0}.framework/{0}.tbd", framework.name));
        write(&path, &framework.text(&sources))?;
    }
    Ok(vec![format!("-Lframework={}", folder.display())])
}

impl Framework {
    /// Returns the list of names in the form of Apple's linker (TAPI, version 4).
    fn text(&self, sources: &[String]) -> String {
        let names: BTreeSet<String> = sources
            .iter()
            .flat_map(|text| declared(text))
            .filter(|name| self.prefixes.iter().any(|prefix| name.starts_with(prefix)))
            .map(|name| format!("_{name}"))
            .collect();
        let names = Vec::from_iter(names).join(", ");
        let path = format!("/System/Library/Frameworks/{0}.framework/Versions/A/{0}", self.name);
        let targets = "[ x86_64-macos, arm64-macos ]";
        format!(
            "--- !tapi-tbd\ntbd-version: 4\ntargets: {targets}\ninstall-name: '{path}'\nexports:\n\
             \x20 - targets: {targets}\n    symbols: [ {names} ]\n...\n"
        )
    }
}

/// Returns the texts of the crates that declare names, of all their versions that are here.
fn sources() -> Result<Vec<String>, String> {
    let mut texts = Vec::new();
    for registry in toolchain::registries()? {
        for path in listed(&registry)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if DECLARED_BY.iter().any(|crate_name| name.starts_with(crate_name)) {
                read_all(&path.join("src"), &mut texts)?;
            }
        }
    }
    Ok(texts)
}

/// Returns the names of functions and statics in a text.
fn declared(text: &str) -> impl Iterator<Item = &str> {
    let after = |keyword: &'static str| text.split(keyword).skip(1);
    after("fn ").chain(after("static ")).filter_map(|rest| {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        rest.split(|letter| !is_part(letter)).next().filter(|name| !name.is_empty())
    })
}

fn read_all(folder: &Path, texts: &mut Vec<String>) -> Result<(), String> {
    for path in listed(folder)? {
        if path.is_dir() {
            read_all(&path, texts)?;
        } else {
            texts.push(fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?);
        }
    }
    Ok(())
}

fn listed(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let listed = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(listed.flatten().map(|entry| entry.path()).collect())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|error| format!("{}: {error}", path.display()))
}
