//! The dependencies that a watcher has to watch. After the first build only new dependencies are
//! reported, so the cost of a rebuild does not grow with the project. All are reported again if the
//! resolver dropped its answers, or if some files are no longer needed.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
};

use bundle_base::fs::{Question, Reads};
use bundle_resolve::News;
use camino::Utf8PathBuf;

use super::Session;
use crate::{Dependencies, Seen, memo::FileNews};

/// The listings that were last reported to a watcher.
#[derive(Default)]
pub(super) struct Told {
    listed: BTreeMap<Utf8PathBuf, BTreeSet<String>>,
}

impl Session {
    /// Returns the dependencies of the builds so far that no earlier call returned, or all of them
    /// (`is_complete`).
    pub fn take_dependencies(&mut self) -> Dependencies {
        let news = self.resolver.take_news();
        let news_of_files = FileNews { is_followed: true, ..FileNews::default() };
        let files = mem::replace(&mut self.memo.file_news, news_of_files);
        let listed = &self.memo.listed;
        let is_listed = |folder| listed.contains_key(folder);
        let is_gone = files.has_dropped
            || files.fallen.iter().any(|key| !self.memo.files.contains_key(key))
            || !self.told.listed.keys().all(is_listed);
        let dependencies = match news {
            Some(news) if !is_gone => {
                let loaded = files.loaded.iter().filter_map(|key| self.memo.files.get(key));
                let reads = loaded.map(|file| file.reads.clone());
                self.added(reads.collect(), news)
            }
            Some(_) | None => {
                Dependencies { reads: self.reads(), seen: self.seen(), is_complete: true }
            }
        };
        self.told.listed.clone_from(&self.memo.listed);
        dependencies
    }

    fn added(&self, loaded: Vec<Reads>, news: News) -> Dependencies {
        let mut reads = Reads::default();
        for file in loaded {
            reads.extend(file);
        }
        for path in &news.read {
            reads.add(path, Question::Contents);
        }
        for (path, _) in &news.asked {
            reads.add(path, Question::Kind);
        }
        let is_new =
            |folder: &&Utf8PathBuf| self.told.listed.get(*folder) != self.memo.listed.get(*folder);
        let listings: Vec<_> = self.memo.listed.keys().filter(is_new).cloned().collect();
        for folder in &listings {
            reads.add(folder, Question::Listing);
        }
        let listings = listings.into_iter().map(|folder| {
            let names = self.memo.listed[&folder].clone();
            (folder, names)
        });
        let existence =
            news.asked.into_iter().filter_map(|(path, was_there)| Some((path, was_there?)));
        let seen = Seen { existence: existence.collect(), listings: listings.collect() };
        Dependencies { reads, seen, is_complete: false }
    }

    fn reads(&self) -> Reads {
        let mut all = Reads::default();
        for file in self.memo.files.values() {
            all.extend(file.reads.clone());
        }
        for path in self.resolver.asked_paths() {
            all.add(&path, Question::Kind);
        }
        for path in self.resolver.files_read() {
            all.add(&path, Question::Contents);
        }
        for folder in self.memo.listed.keys() {
            all.add(folder, Question::Listing);
        }
        all
    }

    fn seen(&self) -> Seen {
        let listed = self.memo.listed.iter();
        let listings = listed.map(|(folder, names)| (folder.clone(), names.clone())).collect();
        Seen { existence: self.resolver.existence(), listings }
    }
}
