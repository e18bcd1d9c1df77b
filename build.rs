//! Hashes the sources of this program into `BUNDLE_SOURCES`. The disk cache uses the hash, because
//! another version may compile the same files to something else. Two builds of the same sources
//! have the same hash, wherever and whenever they were made.
#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the sources and its environment"
)]

use std::{
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let mut sources = BTreeMap::new();
    for root in ["Cargo.lock", "Cargo.toml", "crates"] {
        println!("cargo::rerun-if-changed={root}");
        collect(Path::new(root), &mut sources)?;
    }
    let mut hasher = DefaultHasher::new();
    sources.hash(&mut hasher);
    println!("cargo::rustc-env=BUNDLE_SOURCES={:016x}", hasher.finish());
    Ok(())
}

fn collect(path: &Path, sources: &mut BTreeMap<PathBuf, Vec<u8>>) -> io::Result<()> {
    if !path.is_dir() {
        sources.insert(path.to_owned(), fs::read(path)?);
        return Ok(());
    }
    fs::read_dir(path)?.try_for_each(|entry| collect(&entry?.path(), sources))
}
