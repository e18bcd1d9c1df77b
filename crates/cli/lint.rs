//! Lint beside the build: the project's own ESLint in one Node process, fed with the files that a
//! build read and that have changed. It never delays a build: requests are sent once a rebuild has
//! been written and said, in small batches, none while a rebuild is under way, to a process of low
//! priority. Findings are diagnostics; those of a file replace the ones before, and what was found
//! in a text that has changed meanwhile is dropped.

use std::{
    collections::BTreeSet,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use bundle_base::{
    Diagnostic,
    diagnostic::Severity,
    fs::{Question, Reads},
};
use bundle_dev::Bell;
use bundle_engine::ChangeSet;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use crate::{project::Project, report::Reporter};

mod files; // which files are linted, and what lint depends on
mod findings; // what ESLint found, as diagnostics
mod process; // Node with our script
mod teller; // what pages are to show
mod work; // which file is linted when

pub use files::sources;
use teller::Teller;
use work::{Message, Work};

/// Lints beside a watcher, until this value goes.
pub struct Lint {
    sender: Sender<Message>,
    /// Findings for pages.
    told: Receiver<Vec<Value>>,
    reads: Reads,
    project: Utf8PathBuf,
    /// Folders whose configurations are watched.
    folders: BTreeSet<Utf8PathBuf>,
}

impl Drop for Lint {
    fn drop(&mut self) {
        let _ = self.sender.send(Message::End);
    }
}

impl Lint {
    /// One that waits for the first build, if the project wants it. The bell is rung where there
    /// are findings for pages.
    pub fn of(project: &Project, reporter: Reporter, bell: Bell) -> Option<Self> {
        let lint = project.config.lint?;
        let (sender, receiver) = channel();
        let (teller, told) = Teller::new(bell);
        let mut teller = (lint.overlay && project.config.output.updates).then_some(teller);
        let mut work = Work::new(project, lint, (sender.clone(), receiver), true);
        thread::spawn(move || {
            while work.step() {
                if work.is_idle() {
                    work.say(reporter);
                    if let Some(teller) = &mut teller {
                        teller.tell(work.findings());
                    }
                }
            }
        });
        let folder = project.config.project.clone();
        Some(Self {
            sender,
            told,
            reads: files::config_reads(&folder),
            project: folder,
            folders: BTreeSet::new(),
        })
    }

    /// What lint depends on beside the sources.
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// What pages are to show from now on, if it is something else than before.
    pub fn take_told(&self) -> Option<Vec<Value>> {
        self.told.try_iter().last()
    }

    /// A rebuild begins, because of these changes.
    pub fn building(&self, changes: &ChangeSet) {
        let is_configured =
            changes.iter().any(|(path, change)| self.reads.is_touched(path, change));
        let touched = changes.created.iter().chain(&changes.changed).cloned().collect();
        let _ = self.sender.send(Message::Building { touched, is_configured });
    }

    /// It has ended, and these are its sources; of one that failed they are not known. True if more
    /// has to be watched.
    pub fn built(&mut self, sources: Option<BTreeSet<Utf8PathBuf>>) -> bool {
        let known = self.reads.iter().count();
        for folder in sources.iter().flatten().filter_map(|path| path.parent()) {
            let above =
                folder.ancestors().take_while(|above: &&Utf8Path| above.starts_with(&self.project));
            for folder in above.take_while(|above| !self.folders.contains(*above)) {
                for file in files::configs_in(folder) {
                    self.reads.add(&file, Question::Contents);
                }
            }
            self.folders.insert(folder.to_owned());
        }
        let _ = self.sender.send(Message::Built(sources));
        self.reads.iter().count() > known
    }
}

/// Lints these files and waits for it. Gives all that is to be said.
pub fn run(project: &Project, sources: BTreeSet<Utf8PathBuf>) -> Vec<Diagnostic> {
    let lint = project.config.lint.unwrap_or_default();
    let (sender, receiver) = channel();
    let _ = sender.send(Message::Built(Some(sources)));
    let mut work = Work::new(project, lint, (sender, receiver), false);
    while work.step() && !work.is_idle() {}
    work.take_all()
}

/// How many errors and warnings there are.
pub fn counts<'d>(said: impl Iterator<Item = &'d Diagnostic>) -> (usize, usize) {
    let mut counts = (0, 0);
    for diagnostic in said {
        match diagnostic.severity {
            Severity::Error => counts.0 += 1,
            Severity::Warning => counts.1 += 1,
        }
    }
    counts
}
