//! The state of `decide`, and the questions that several of its files ask about folders, packages
//! and words. The decisions themselves are methods in the files beside this one.

use camino::{Utf8Path, Utf8PathBuf};

use super::super::{
    host::Host,
    messages,
    model::{Entry, Mode},
    paths::absolute,
    raw::{Origin, RawConfig, Written},
};
use crate::{diagnostic::Diagnostics, fs::FileKind};

/// The state of `decide`: what was written, where, and the log.
pub(super) struct Deciding<'a> {
    pub raw: &'a RawConfig,
    pub host: &'a Host<'a>,
    /// The folder to which the configuration file's paths of sources are relative.
    pub root: Utf8PathBuf,
    pub mode: Mode,
    /// An error was reported before, so a value that is missing may only have been misread.
    pub is_broken: bool,
    pub log: &'a mut Diagnostics,
}

/// An entry with the place where it is written.
pub(super) struct Named {
    pub entry: Entry,
    pub origin: Origin,
}

impl Deciding<'_> {
    pub fn has_root(&self) -> bool {
        self.host.fs.kind(&self.root) == Some(FileKind::Directory)
    }

    /// Returns the folder to which a relative path is relative: the working directory for flags,
    /// `root` for the file.
    pub fn base(&self, origin: &Origin) -> &Utf8Path {
        match origin {
            Origin::Flag(_) | Origin::Argument => self.host.cwd,
            Origin::Place(_) => &self.root,
        }
    }

    /// Returns the folders that exist. Each of the others is a warning: it is not searched.
    pub fn existing_folders(&mut self, written: &[Written<String>]) -> Vec<Utf8PathBuf> {
        let mut folders = Vec::new();
        for written in written {
            let path = absolute(self.base(&written.origin), &written.value);
            if self.host.fs.kind(&path) == Some(FileKind::Directory) {
                folders.push(path);
            } else {
                self.log.push(messages::missing_load_path(&written.origin, &written.value));
            }
        }
        folders
    }

    /// Returns the meaning of a word; `None` if none was written, or an unknown one, which is
    /// reported.
    pub fn word<T: Copy>(
        &mut self,
        written: Option<&Written<String>>,
        subject: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let written = written?;
        let found = words.iter().find(|(word, _)| *word == written.value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.log.push(messages::unknown_word(&written.origin, subject, &written.value, &known));
        }
        found.map(|(_, meaning)| *meaning)
    }

    /// Whether a text is the specifier of a package that is installed in the project or
    /// above it.
    pub fn is_package(&self, text: &str) -> bool {
        let parts = if text.starts_with('@') { 2 } else { 1 };
        let name = text.split('/').take(parts).collect::<Vec<_>>().join("/");
        let is_bare = !text.starts_with(['.', '/']) && !name.is_empty();
        is_bare
            && self
                .host
                .project
                .ancestors()
                .any(|at| self.host.fs.kind(&at.join("node_modules").join(&name)).is_some())
    }
}
