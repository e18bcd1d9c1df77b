//! Gathers everything that configures a project: flags, the configuration file, and beside it
//! package.json and tsconfig.json. Every host uses this, so the same files give the same build
//! everywhere.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashSet;

use super::{
    browserslist,
    host::Host,
    merge::mode_of,
    messages,
    model::Mode,
    parse::{parse, parse_package, read_tsconfig},
    paths::{absolute, glob_folder, relative},
    raw::RawConfig,
};
use crate::{
    decode::decode_lossy,
    diagnostic::Diagnostics,
    fs::{FileKind, FileSystem, FsError},
    source::Source,
};

/// Merges `flags`, the configuration `file`, and what both leave open from the project's
/// package.json and tsconfig.json.
pub fn gather(
    flags: RawConfig,
    file: RawConfig,
    host: &Host<'_>,
    log: &mut Diagnostics,
) -> RawConfig {
    let mode =
        mode_of(flags.project.mode.as_ref().or(file.project.mode.as_ref()), flags.project.watch);
    let mut package = package(host, log);
    let section = match mode {
        Mode::Development => &file.modes.development,
        Mode::Production => &file.modes.production,
    };
    let written = [Some(&flags), Some(&file), section.as_deref()];
    if !written.iter().flatten().any(|raw| raw.script.target.is_some()) {
        package.script.target = browserslist::queries(host, mode, log);
    }
    let typescript = read_tsconfig(host.fs, &tsconfig(&flags, &file, host));
    RawConfig::from_layers(flags, file, package.or(typescript))
}

/// Returns the tsconfig.json whose compiler options apply: the configured one, the project's, or
/// else the nearest one within the project above the first entry that has one.
fn tsconfig(flags: &RawConfig, file: &RawConfig, host: &Host<'_>) -> Utf8PathBuf {
    const NAME: &str = "tsconfig.json";
    if let Some(written) = &file.resolve.tsconfig {
        return absolute(host.project, &written.value);
    }
    let of_project = host.project.join(NAME);
    let is_file = |path: &Utf8PathBuf| host.fs.kind(path) == Some(FileKind::File);
    if is_file(&of_project) {
        return of_project;
    }
    let root = file.project.root.as_ref().map_or("", |root| root.value.as_str());
    let root = absolute(host.project, root);
    let named = flags.entries.chosen.iter().map(|entry| absolute(host.cwd, &entry.value));
    let areas = file.entries.areas.iter().flat_map(|area| &area.entries);
    let entries = named.chain(areas.map(|entry| glob_folder(&root, &entry.value)));
    let mut asked = FxHashSet::default();
    for entry in entries {
        // A file has no tsconfig.json within, and a pattern is its folder already.
        let folders = entry.ancestors().take_while(|folder| folder.starts_with(host.project));
        for folder in folders {
            // Nor have the folders above one that had none.
            if !asked.insert(folder.to_owned()) {
                break;
            }
            let path = folder.join(NAME);
            if is_file(&path) {
                return path;
            }
        }
    }
    of_project
}

/// Reads a configuration file. If it cannot be read, reports that and returns an empty
/// configuration.
pub(super) fn read(
    path: &Utf8Path,
    cwd: &Utf8Path,
    fs: &dyn FileSystem,
    log: &mut Diagnostics,
) -> RawConfig {
    match fs.read(path) {
        Ok(bytes) => parse(&source(path, cwd, &bytes), log),
        Err(why) => {
            log.push(messages::unreadable(&relative(cwd, path), &why));
            RawConfig::default()
        }
    }
}

/// Reads package.json, which may be absent. Mistakes in it that do not concern this build are not
/// reported.
fn package(host: &Host<'_>, log: &mut Diagnostics) -> RawConfig {
    let path = host.project.join("package.json");
    let bytes = match host.fs.read(&path) {
        Ok(bytes) => bytes,
        Err(FsError::NotFound | FsError::NotAFile(_) | FsError::NotADirectory) => {
            return RawConfig::default();
        }
        // It may name the browsers, and without them the output would be different.
        Err(why @ (FsError::Denied | FsError::Loop | FsError::Other(_))) => {
            log.push(messages::unreadable(&relative(host.cwd, &path), &why));
            return RawConfig::default();
        }
    };
    parse_package(&source(&path, host.cwd, &bytes), log)
}

fn source(path: &Utf8Path, cwd: &Utf8Path, bytes: &[u8]) -> Arc<Source> {
    Source::new(path, relative(cwd, path), decode_lossy(bytes))
}
