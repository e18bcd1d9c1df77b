//! The archive of a platform: the program, and everything that belongs beside it.

use crate::{
    compress, entry::Entry, platform::Platform, release::Release, tar::tar, texts::Texts, zip::zip,
};

/// What packages of a platform contain.
pub struct Contents<'r> {
    /// The program.
    pub program: &'r [u8],
    /// Completions and the manual page.
    pub texts: &'r Texts,
    /// The licences of everything inside.
    pub notices: &'r str,
}

/// Returns the files of the archive.
pub fn entries(
    release: &Release,
    platform: &Platform,
    contents: &Contents<'_>,
) -> Result<Vec<Entry>, String> {
    let folder = platform.archive(&release.version);
    let path = |name: &str| format!("{folder}/{name}");
    let program = if platform.is_windows() { "bundle.exe" } else { "bundle" };
    let mut entries = vec![
        Entry::program(path(program), contents.program),
        Entry::text(path("THIRD-PARTY.txt"), contents.notices),
        Entry::text(path("man/bundle.1"), contents.texts.manual.as_str()),
    ];
    for name in ["LICENSE", "README.md", "CHANGELOG.md"] {
        entries.push(Entry::text(path(name), release.text(name)?));
    }
    for (name, text) in &contents.texts.completions {
        entries.push(Entry::text(path(&format!("completions/{name}")), text.as_str()));
    }
    Ok(entries)
}

/// Writes the archive.
pub fn write(release: &Release, platform: &Platform, entries: &[Entry]) -> Result<(), String> {
    let name = platform.archive(&release.version);
    if platform.is_windows() {
        return release.write(&format!("{name}.zip"), &zip(entries, release.time));
    }
    release.write(&format!("{name}.tar.gz"), &compress::gzip(&tar(entries, release.time)))
}
