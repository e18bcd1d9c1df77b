//! The dependencies that a watcher has to watch. After the first build only new dependencies are
//! reported, so the cost of a rebuild does not grow with the project. All are reported again if the
//! resolver dropped its answers, or if some files are no longer needed.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
};

use bundle_base::fs::{Question, Reads};
use bundle_resolve::{NewQuestions, Resolver};
use camino::Utf8PathBuf;

use crate::{
    Dependencies, Seen,
    memo::{FileChanges, Memo},
};

/// The listings that were last reported to a watcher.
#[derive(Default)]
pub(super) struct Reported {
    listed: BTreeMap<Utf8PathBuf, BTreeSet<String>>,
}

impl Reported {
    /// Returns the dependencies of the builds so far that no earlier call returned, or all of them
    /// (`is_complete`).
    pub fn take_dependencies(&mut self, memo: &mut Memo, resolver: &Resolver) -> Dependencies {
        let new_questions = resolver.take_new_questions();
        let none_yet = FileChanges { is_followed: true, ..FileChanges::default() };
        let files = mem::replace(&mut memo.file_changes, none_yet);
        let listed = &memo.listed;
        let is_listed = |folder| listed.contains_key(folder);
        let is_gone = files.has_dropped
            || files.invalidated.iter().any(|key| !memo.files.contains_key(key))
            || !self.listed.keys().all(is_listed);
        let dependencies = match new_questions {
            Some(new_questions) if !is_gone => {
                let loaded = files.loaded.iter().filter_map(|key| memo.files.get(key));
                let reads = loaded.map(|file| file.reads.clone());
                self.added(reads.collect(), new_questions, memo)
            }
            Some(_) | None => Dependencies {
                reads: reads(memo, resolver),
                seen: seen(memo, resolver),
                is_complete: true,
            },
        };
        self.listed.clone_from(&memo.listed);
        dependencies
    }

    fn added(&self, loaded: Vec<Reads>, new_questions: NewQuestions, memo: &Memo) -> Dependencies {
        let mut reads = Reads::default();
        for file in loaded {
            reads.extend(file);
        }
        for path in &new_questions.read {
            reads.add(path, Question::Contents);
        }
        for (path, _) in &new_questions.asked {
            reads.add(path, Question::Kind);
        }
        let is_new = |folder: &&Utf8PathBuf| self.listed.get(*folder) != memo.listed.get(*folder);
        let listings: Vec<_> = memo.listed.keys().filter(is_new).cloned().collect();
        for folder in &listings {
            reads.add(folder, Question::Listing);
        }
        let listings = listings.into_iter().map(|folder| {
            let names = memo.listed[&folder].clone();
            (folder, names)
        });
        let existence = new_questions
            .asked
            .into_iter()
            .filter_map(|(path, was_there)| Some((path, was_there?)));
        let seen = Seen { existence: existence.collect(), listings: listings.collect() };
        Dependencies { reads, seen, is_complete: false }
    }
}

/// Returns everything that the files and the resolver have read.
fn reads(memo: &Memo, resolver: &Resolver) -> Reads {
    let mut all = Reads::default();
    for file in memo.files.values() {
        all.extend(file.reads.clone());
    }
    for path in resolver.asked_paths() {
        all.add(&path, Question::Kind);
    }
    for path in resolver.files_read() {
        all.add(&path, Question::Contents);
    }
    for folder in memo.listed.keys() {
        all.add(folder, Question::Listing);
    }
    all
}

fn seen(memo: &Memo, resolver: &Resolver) -> Seen {
    let listed = memo.listed.iter();
    let listings = listed.map(|(folder, names)| (folder.clone(), names.clone())).collect();
    Seen { existence: resolver.existence(), listings }
}
