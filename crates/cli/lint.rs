//! Lint beside the build: the project's own ESLint in one Node process, which gets the changed
//! files that a build read. It never delays a build: requests are sent only after a rebuild has
//! been written and reported, in small batches, none during a rebuild, to a process of low
//! priority. Findings are diagnostics; those of a file replace the earlier ones, and findings in a
//! text that has changed meanwhile are dropped.

use std::{
    collections::BTreeSet,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use bundle_base::{
    Diagnostic,
    fs::{Question, Reads},
};
use bundle_dev::Bell;
use bundle_engine::ChangeSet;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use crate::{project::Project, report::Reporter};

mod files; // which files are linted, and what lint depends on
mod findings; // ESLint's findings as diagnostics
mod findings_notifier; // findings for pages
mod message; // what the thread that lints receives
mod process; // the Node process with our script
mod work; // which file is linted when

pub use files::sources;
pub use findings::counts;
use findings_notifier::FindingsNotifier;
use message::Message;
use work::LintQueue;

/// Lints beside a watcher, in a thread that ends when this value is dropped.
pub struct Lint {
    sender: Sender<Message>,
    /// The findings for pages.
    findings: Receiver<Vec<Value>>,
    reads: Reads,
    project: Utf8PathBuf,
    /// Folders whose ESLint configurations are watched.
    folders: BTreeSet<Utf8PathBuf>,
}

impl Drop for Lint {
    fn drop(&mut self) {
        let _ = self.sender.send(Message::End);
    }
}

impl Lint {
    /// Starts lint, which waits for the first build. `None` if the project does not want it. The
    /// bell is rung when there are findings for pages.
    pub fn of(project: &Project, reporter: Reporter, bell: Bell) -> Option<Self> {
        let lint = project.config.lint?;
        let (sender, receiver) = channel();
        let (notifier, findings) = FindingsNotifier::new(bell);
        let mut notifier = (lint.overlay && project.config.output.updates).then_some(notifier);
        let mut work = LintQueue::new(project, lint, sender.clone(), receiver, true);
        thread::spawn(move || {
            while work.step() {
                if work.is_idle() {
                    work.report(reporter);
                    if let Some(notifier) = &mut notifier {
                        notifier.send(work.findings());
                    }
                }
            }
        });
        let folder = project.config.project.clone();
        Some(Self {
            sender,
            findings,
            reads: files::config_reads(&folder),
            project: folder,
            folders: BTreeSet::new(),
        })
    }

    /// Returns the files that lint depends on besides the sources.
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// Returns the findings that pages must show from now on, if they have changed.
    pub fn take_findings(&self) -> Option<Vec<Value>> {
        self.findings.try_iter().last()
    }

    /// Notifies lint that a rebuild begins because of these changes.
    pub fn building(&self, changes: &ChangeSet) {
        let is_configured =
            changes.iter().any(|(path, change)| self.reads.is_touched(path, change));
        let touched = changes.created.iter().chain(&changes.changed).cloned().collect();
        let _ = self.sender.send(Message::Building { touched, is_configured });
    }

    /// Notifies lint that the rebuild has ended, with its sources; `None` if it failed. Returns
    /// true if more files must be watched.
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

/// Lints these files, waits for the end, and returns all diagnostics.
pub fn run(project: &Project, sources: BTreeSet<Utf8PathBuf>) -> Vec<Diagnostic> {
    let lint = project.config.lint.unwrap_or_default();
    let (sender, receiver) = channel();
    let _ = sender.send(Message::Built(Some(sources)));
    let mut work = LintQueue::new(project, lint, sender, receiver, false);
    while work.step() && !work.is_idle() {}
    work.take_all()
}
