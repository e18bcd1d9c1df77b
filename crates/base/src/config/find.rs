//! Finds the project's folder: the folder of the configuration file, which is named explicitly, or
//! is in the working directory or above. All hosts use this.

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    evaluate::{evaluate, is_script},
    gather::read,
    host::Search,
    messages,
    parse::parse,
    paths::{absolute, relative},
    raw::{FILE, RawConfig},
};
use crate::{
    decode::decode_lossy,
    diagnostic::{Diagnostics, nearest},
    fs::{FileKind, FileSystem},
    source::Source,
};

/// The names of the configuration file, by precedence. The first is JSON, the others are scripts.
pub const FILES: &[&str] =
    &[FILE, "bundle.config.js", "bundle.config.mjs", "bundle.config.cjs", "bundle.config.ts"];
/// Names that users of other tools expect; they are not read.
const UNREAD: &[&str] = &["bundle.config.jsonc", "bundle.json", ".bundlerc"];
/// The name in diagnostics of a configuration that is not in a file.
const NO_FILE: &str = "<config>";

/// Where the configuration is written.
#[derive(Clone, Copy, Debug)]
pub enum WrittenIn<'a> {
    /// In the configuration file of the working directory or the nearest folder above, if there is
    /// one.
    Nearest,
    /// In this file; the path is relative to the working directory.
    File(&'a str),
    /// In this text, which is treated as a file in the working directory.
    Text(&'a str),
    /// Nowhere: there is no configuration.
    Nothing,
}

/// Returns the project's folder and its parsed configuration.
pub fn find(
    written: WrittenIn<'_>,
    search: &Search<'_>,
    log: &mut Diagnostics,
) -> (Utf8PathBuf, RawConfig) {
    let (cwd, fs) = (search.cwd, search.fs);
    let here = || (cwd.to_owned(), RawConfig::default());
    match written {
        WrittenIn::Nothing => here(),
        WrittenIn::Text(text) => {
            (cwd.to_owned(), parse(&Source::new(cwd.join(FILE), NO_FILE, text), log))
        }
        WrittenIn::File(file) => named(file, search, log),
        WrittenIn::Nearest => {
            let Some(path) = find_file(written, cwd, fs) else {
                let unread =
                    UNREAD.iter().find(|name| fs.kind(&cwd.join(name)) == Some(FileKind::File));
                log.extend(unread.map(|name| messages::unread_config(name)));
                return here();
            };
            let folder = path.parent().unwrap_or(cwd);
            let mut others = FILES.iter().filter(|name| path.file_name() != Some(name));
            let other = others.find(|name| fs.kind(&folder.join(name)) == Some(FileKind::File));
            let file = path.file_name().unwrap_or_default();
            log.extend(other.map(|name| messages::second_config(name, file)));
            let raw = if is_script(&path) {
                evaluate(&path, search, log)
            } else {
                read(&path, cwd, fs, log)
            };
            (folder.to_owned(), raw)
        }
    }
}

/// Returns the path of the configuration file, if there is one.
pub fn find_file(
    written: WrittenIn<'_>,
    cwd: &Utf8Path,
    fs: &dyn FileSystem,
) -> Option<Utf8PathBuf> {
    let is_file = |path: &Utf8PathBuf| fs.kind(path) == Some(FileKind::File);
    match written {
        WrittenIn::Nothing | WrittenIn::Text(_) => None,
        WrittenIn::File(file) => Some(absolute(cwd, file)).filter(is_file),
        WrittenIn::Nearest => cwd
            .ancestors()
            .flat_map(|folder| FILES.iter().map(move |name| folder.join(name)))
            .find(is_file),
    }
}

fn named(file: &str, search: &Search<'_>, log: &mut Diagnostics) -> (Utf8PathBuf, RawConfig) {
    let (cwd, fs) = (search.cwd, search.fs);
    let path = absolute(cwd, file);
    let folder = path.parent().unwrap_or(cwd).to_owned();
    let raw = match fs.read(&path) {
        Ok(_) if is_script(&path) => evaluate(&path, search, log),
        Ok(bytes) => parse(&Source::new(&path, relative(cwd, &path), decode_lossy(&bytes)), log),
        Err(why) => {
            let siblings = fs.list(&folder).unwrap_or_default();
            let near = nearest(
                path.file_name().unwrap_or_default(),
                siblings.iter().map(|entry| entry.name.as_str()),
            );
            log.push(messages::missing_config(file, &why.to_string(), near));
            RawConfig::default()
        }
    };
    (folder, raw)
}
