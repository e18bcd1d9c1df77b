//! The cause of a path that leads to no file: a typing mistake, the wrong case, a directory, a dead
//! link, something that is not a file.

use std::borrow::Cow;

use bundle_base::{
    FileSystem,
    config::absolute,
    config::relative,
    diagnostic::nearest,
    fs::{DirEntry, FileKind, FsError},
    installed::below_packages,
};
use camino::{Utf8Path, Utf8PathBuf};

use super::request::Explain;
use crate::{
    failure::{MissingFile, Reason},
    path,
};

/// The most files of a directory that a message suggests.
const OFFERED: usize = 5;

impl Explain<'_> {
    /// Returns the reason why nothing was found at a path, relative or absolute.
    pub(super) fn missing_path(&self, specifier: &str) -> Reason {
        let wanted = absolute(self.directory, specifier);
        let mut reason = self.missing_at(&wanted, None);
        if let Reason::MissingFile(missing) = &mut reason
            && specifier.starts_with('/')
            && self.names.root_of(&wanted).is_none()
        {
            // Shown as written: its path relative to the project would reveal where on the machine
            // the project is.
            missing.wanted = path::printable(specifier);
            missing.missing_directory = None;
            missing.near = None;
        }
        reason
    }

    /// Returns the reason why nothing was found at an absolute path. `package` is the installed
    /// package that it is in, with its version.
    pub(super) fn missing_at(&self, wanted: &Utf8Path, package: Option<&str>) -> Reason {
        let is_resolvable = |file: &Utf8PathBuf| self.disk.kind(file) == Some(FileKind::File);
        match self.disk.kind(wanted) {
            Some(FileKind::Directory) => return self.no_index(wanted),
            Some(FileKind::Other) => return Reason::NotAFile { path: self.shown(wanted) },
            Some(FileKind::File) | None => {}
        }
        if let Some(reason) = self.candidates(wanted).find_map(|candidate| self.blocked(&candidate))
        {
            return reason;
        }
        let (missing, beyond) = self.first_missing(wanted);
        let near = self.near(&missing);
        let found = near.as_ref().map(|near| {
            let respelled = missing.with_file_name(near);
            // Joining an empty path would add a slash.
            if beyond.as_str().is_empty() { respelled } else { respelled.join(&beyond) }
        });
        let found = found.filter(|found| {
            self.candidates(found).any(|c| is_resolvable(&c)) || self.is_directory(found)
        });
        if let (Some(found), Some(near)) = (&found, &near)
            && missing.file_name().is_some_and(|name| is_same_but_case(name, near))
        {
            let on_disk =
                self.candidates(found).find(is_resolvable).unwrap_or_else(|| found.clone());
            return Reason::WrongCase {
                on_disk: self.shown(&on_disk),
                fixed: self.respelled(&missing, near, &beyond),
            };
        }
        let respelled = found.and_then(|_| self.respelled(&missing, near.as_deref()?, &beyond));
        let is_in_the_way = !beyond.as_str().is_empty();
        let near = respelled.or_else(|| self.elsewhere(wanted));
        let beside = if package.is_some() && near.is_none() {
            self.scripts_beside(&missing)
        } else {
            Vec::new()
        };
        Reason::MissingFile(MissingFile {
            wanted: self.shown(wanted),
            missing_directory: is_in_the_way.then(|| self.shown(&missing)),
            near,
            beside,
            package: package.map(str::to_owned),
            extensions: if self.without_extension(wanted.as_str()).is_some() {
                Vec::new()
            } else {
                self.config.extensions.clone()
            },
        })
    }

    /// Returns scripts of a package in the directory of the missing file, as importers write them.
    fn scripts_beside(&self, missing: &Utf8Path) -> Vec<String> {
        let Some(directory) = missing.parent() else { return Vec::new() };
        let entries = self.disk.list(directory).unwrap_or_default();
        let is_script = |name: &str| {
            self.without_extension(name).is_some()
                && Utf8Path::new(name).extension() != Some("json")
        };
        let scripts =
            entries.iter().filter(|e| e.kind == Some(FileKind::File) && is_script(&e.name));
        let shown = |name: &str| {
            let path = directory.join(name);
            let inside = below_packages(path.as_str()).map(Cow::into_owned);
            inside.unwrap_or_else(|| self.shown(&path))
        };
        scripts.take(OFFERED).map(|entry| shown(&entry.name)).collect()
    }

    /// Returns a reason if something exists at the path, but cannot be imported.
    fn blocked(&self, candidate: &Utf8Path) -> Option<Reason> {
        if self.disk.kind(candidate) == Some(FileKind::Other) {
            return Some(Reason::NotAFile { path: self.shown(candidate) });
        }
        let target = self.disk.read_link(candidate);
        match (self.disk.canonical(candidate), target) {
            (Err(FsError::Loop), _) => Some(Reason::LinkLoop { path: self.shown(candidate) }),
            (Err(FsError::Denied), _) => Some(Reason::Denied { path: self.shown(candidate) }),
            (Err(FsError::NotFound), Some(target)) => Some(Reason::DeadLink {
                path: self.shown(candidate),
                target: path::slashed(&target),
            }),
            _ => None,
        }
    }

    fn no_index(&self, directory: &Utf8Path) -> Reason {
        let is_script = |name: &str| {
            self.without_extension(name).is_some()
                && Utf8Path::new(name).extension() != Some("json")
        };
        let entries = self.disk.list(directory).unwrap_or_default();
        let files = entries.into_iter().filter(|entry| entry.kind == Some(FileKind::File));
        let mut files: Vec<String> =
            files.map(|entry| entry.name).filter(|name| is_script(name)).collect();
        // Files that are named like an entry come first.
        let stem = directory.file_name().unwrap_or_default();
        files.sort_by_key(|name| {
            let own = Utf8Path::new(name).file_stem().unwrap_or_default();
            (!matches!(own, "main" | "app") && own != stem, name.clone())
        });
        files.truncate(OFFERED);
        let prefix = path::without_query(self.specifier).trim_end_matches('/');
        let files = files.into_iter().map(|name| format!("{prefix}/{name}")).collect();
        Reason::NoIndex { directory: self.shown(directory), files }
    }

    /// Returns the path itself, then the path with each extension.
    fn candidates(&self, file: &Utf8Path) -> impl Iterator<Item = Utf8PathBuf> {
        let with = |extension: &String| Utf8PathBuf::from(format!("{file}{extension}"));
        std::iter::once(file.to_owned())
            .chain(self.config.extensions.iter().map(with).collect::<Vec<_>>())
    }

    fn is_directory(&self, path: &Utf8Path) -> bool {
        self.disk.kind(path) == Some(FileKind::Directory)
    }

    /// Returns the longest prefix of a path whose parent exists, and the rest of the path.
    fn first_missing(&self, wanted: &Utf8Path) -> (Utf8PathBuf, Utf8PathBuf) {
        let mut missing = wanted;
        while let Some(parent) = missing.parent() {
            if self.is_directory(parent) {
                break;
            }
            missing = parent;
        }
        (missing.to_owned(), wanted.strip_prefix(missing).unwrap_or(Utf8Path::new("")).to_owned())
    }

    /// Returns the name in the same directory that was most likely meant: the same name in another
    /// case, with another extension, or a few letters away. Files may be meant without their
    /// extension.
    fn near(&self, missing: &Utf8Path) -> Option<String> {
        let (directory, name) = (missing.parent()?, missing.file_name()?);
        let entries = self.disk.list(directory).unwrap_or_default();
        let is_usable = |e: &DirEntry| matches!(e.kind, Some(FileKind::File | FileKind::Directory));
        let usable: Vec<&DirEntry> =
            entries.iter().filter(|e| e.name != name && is_usable(e)).collect();
        let names = || usable.iter().map(|entry| entry.name.as_str());
        let stems = || {
            let files = usable.iter().filter(|entry| entry.kind == Some(FileKind::File));
            files.filter_map(|entry| {
                self.without_extension(&entry.name).map(|stem| (stem, entry.name.as_str()))
            })
        };
        let same = names().find(|n| is_same_but_case(name, n));
        let same_stem = || stems().map(|(stem, _)| stem).find(|stem| is_same_but_case(name, stem));
        let typo = || match self.without_extension(name) {
            // Without the extension, whose letters would count as matching.
            Some(stem) => {
                let near = if stems().any(|(own, _)| own == stem) {
                    stem
                } else {
                    nearest(stem, stems().map(|(s, _)| s))?
                };
                let written = name.strip_prefix(stem).map(|extension| format!("{near}{extension}"));
                let as_written = names().find(|name| Some(*name) == written.as_deref());
                as_written.or_else(|| stems().find(|(own, _)| *own == near).map(|(_, full)| full))
            }
            None => nearest(name, names().chain(stems().map(|(stem, _)| stem))),
        };
        same.or_else(same_stem).or_else(typo).map(str::to_owned)
    }

    fn without_extension<'n>(&self, name: &'n str) -> Option<&'n str> {
        self.config.extensions.iter().find_map(|extension| name.strip_suffix(extension.as_str()))
    }

    /// Returns the specifier as written, with one component spelled differently. Components are
    /// counted from the end, so that this works for aliases and packages too.
    fn respelled(&self, missing: &Utf8Path, near: &str, beyond: &Utf8Path) -> Option<String> {
        let written = path::without_query(self.specifier);
        let query = &self.specifier[written.len()..];
        let mut segments: Vec<&str> = written.split('/').collect();
        let index = segments.len().checked_sub(1 + beyond.components().count())?;
        if segments[index] != missing.file_name()? {
            return None;
        }
        segments[index] = near;
        Some(format!("{}{query}", segments.join("/")))
    }

    /// Returns a specifier for a file that has the same relative path from another directory: one
    /// `../` too many or too few was written.
    fn elsewhere(&self, wanted: &Utf8Path) -> Option<String> {
        let written = path::without_query(self.specifier);
        if !written.starts_with('.') || wanted.components().any(|c| c.as_str() == "node_modules") {
            return None;
        }
        let tail = written.trim_start_matches("./").trim_start_matches("../");
        let root = self.names.root_of(self.directory)?;
        let bases = self.directory.ancestors().take_while(|base| base.starts_with(root));
        let is_file = |file: &Utf8PathBuf| self.disk.kind(file) == Some(FileKind::File);
        let base = bases
            .into_iter()
            .find(|base| self.candidates(&base.join(tail)).any(|c| is_file(&c)))?;
        Some(self.dotted(&base.join(tail)))
    }

    /// Returns a relative specifier for a file.
    fn dotted(&self, file: &Utf8Path) -> String {
        let found = relative(self.directory, file);
        if found.starts_with("../") { found } else { format!("./{found}") }
    }
}

fn is_same_but_case(name: &str, other: &str) -> bool {
    name != other && name.to_lowercase() == other.to_lowercase()
}
