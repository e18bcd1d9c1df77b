//! Where a project is: the folder of its configuration file, which is named, or lies here or above.
//! Every host looks for it alike.

use camino::{Utf8Path, Utf8PathBuf};

use super::{absolute, gather::read, messages, parse, raw::RawConfig, relative};
use crate::{
    decode::decode_lossy,
    diagnostic::{Diagnostics, nearest},
    fs::{FileKind, FileSystem},
    source::Source,
};

/// The configuration file's name.
pub const FILE: &str = "bundle.config.json";
/// What users of other tools call it.
const UNREAD: &[&str] = &[
    "bundle.config.js",
    "bundle.config.mjs",
    "bundle.config.cjs",
    "bundle.config.ts",
    "bundle.config.jsonc",
    "bundle.json",
    ".bundlerc",
];
/// What a configuration that lies in no file is called in diagnostics.
const NO_FILE: &str = "<config>";

/// Where a configuration is written.
#[derive(Clone, Copy, Debug)]
pub enum WrittenIn<'a> {
    /// In the file that lies here, or in the nearest folder above; perhaps there is none.
    Nearest,
    /// In this file, by its path from the working directory.
    File(&'a str),
    /// Here: it is as if a file in the working directory said so.
    Text(&'a str),
    /// Nowhere.
    Nothing,
}

/// The project's folder, and what its configuration says.
pub fn find(
    written: WrittenIn<'_>,
    cwd: &Utf8Path,
    fs: &dyn FileSystem,
    log: &mut Diagnostics,
) -> (Utf8PathBuf, RawConfig) {
    let here = || (cwd.to_owned(), RawConfig::default());
    match written {
        WrittenIn::Nothing => here(),
        WrittenIn::Text(text) => {
            (cwd.to_owned(), parse(&Source::new(cwd.join(FILE), NO_FILE, text), log))
        }
        WrittenIn::File(file) => named(file, cwd, fs, log),
        WrittenIn::Nearest => {
            let Some(path) = find_file(written, cwd, fs) else {
                let unread =
                    UNREAD.iter().find(|name| fs.kind(&cwd.join(name)) == Some(FileKind::File));
                log.extend(unread.map(|name| messages::unread_config(name)));
                return here();
            };
            (path.parent().unwrap_or(cwd).to_owned(), read(&path, cwd, fs, log))
        }
    }
}

/// The file that has the configuration, if there is one.
pub fn find_file(
    written: WrittenIn<'_>,
    cwd: &Utf8Path,
    fs: &dyn FileSystem,
) -> Option<Utf8PathBuf> {
    let is_file = |path: &Utf8PathBuf| fs.kind(path) == Some(FileKind::File);
    match written {
        WrittenIn::Nothing | WrittenIn::Text(_) => None,
        WrittenIn::File(file) => Some(absolute(cwd, file)).filter(is_file),
        WrittenIn::Nearest => cwd.ancestors().map(|folder| folder.join(FILE)).find(is_file),
    }
}

fn named(
    file: &str,
    cwd: &Utf8Path,
    fs: &dyn FileSystem,
    log: &mut Diagnostics,
) -> (Utf8PathBuf, RawConfig) {
    let path = absolute(cwd, file);
    let folder = path.parent().unwrap_or(cwd).to_owned();
    let raw = match fs.read(&path) {
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
