//! Which file is linted when. Files wait until no build is under way and the previous batch is
//! answered. A file that changes while it is linted waits again, and its findings are dropped. A
//! process that hangs or dies is started once more, with one file at a time, to find the file that
//! causes it; if it fails again, that is reported, and the next change tries again.

use std::{
    collections::{BTreeMap, BTreeSet},
    io, mem,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
    time::{Duration, Instant},
};

use bundle_base::{Config, Diagnostic, config::LintConfig};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use super::{
    findings::{self, counts},
    message::Message,
    process::Process,
};
use crate::{messages, project::Project, report::Reporter};

/// The longest that ESLint may take to start, unless the limit for an answer is longer.
const START: Duration = Duration::from_mins(1);
/// The most files per request, so that a changed file need not wait for long.
const BATCH: usize = 20;

/// A request to the process that is not answered yet.
struct LintRequest {
    id: u64,
    files: Vec<Utf8PathBuf>,
    since: Instant,
}

/// The files to lint, and the findings.
pub struct LintQueue {
    settings: Settings,
    receiver: Receiver<Message>,
    /// How many processes were started so far.
    started: u32,
    asked_before: u64,
    process: Option<Process>,
    asked: Option<LintRequest>,
    sources: BTreeSet<Utf8PathBuf>,
    waiting: BTreeSet<Utf8PathBuf>,
    findings: BTreeMap<Utf8PathBuf, Vec<Diagnostic>>,
    unreported: Unreported,
    /// Why files could not be linted, as reported before.
    reported_failures: Vec<Diagnostic>,
    state: State,
}

/// What processes are started with.
struct Settings {
    config: Arc<Config>,
    /// The longest wait for an answer.
    limit: Duration,
    /// Lint runs beside builds, with lower priority.
    is_aside: bool,
    /// Takes the messages of processes.
    sender: Sender<Message>,
}

/// What came since the last report.
#[derive(Default)]
struct Unreported {
    /// The files that were linted.
    checked: BTreeSet<Utf8PathBuf>,
    /// Why files could not be linted.
    failures: Vec<Diagnostic>,
    /// When the first of these files was sent to the process.
    since: Option<Instant>,
}

/// What may be done next.
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
struct State {
    is_building: bool,
    /// A process that ends may be started once more.
    may_restart: bool,
    /// Nothing is tried before the next change.
    has_given_up: bool,
    /// A process was lost, so files are linted one by one to find the cause.
    is_careful: bool,
    /// The process has loaded ESLint.
    is_ready: bool,
}

impl LintQueue {
    /// Makes the work without starting a process. `is_aside`: lint runs beside builds, with lower
    /// priority.
    pub fn new(
        project: &Project,
        lint: LintConfig,
        sender: Sender<Message>,
        receiver: Receiver<Message>,
        is_aside: bool,
    ) -> Self {
        Self {
            settings: Settings {
                config: Arc::clone(&project.config),
                limit: Duration::from_secs(lint.timeout as u64),
                is_aside,
                sender,
            },
            receiver,
            started: 0,
            asked_before: 0,
            process: None,
            asked: None,
            sources: BTreeSet::new(),
            waiting: BTreeSet::new(),
            findings: BTreeMap::new(),
            unreported: Unreported::default(),
            reported_failures: Vec::new(),
            state: State {
                is_building: false,
                may_restart: true,
                has_given_up: false,
                is_careful: false,
                is_ready: false,
            },
        }
    }

    /// Waits for the next message and handles it. Returns false at the end.
    pub fn step(&mut self) -> bool {
        let message = match &self.asked {
            None => self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(asked) => {
                self.receiver.recv_timeout(self.limit().saturating_sub(asked.since.elapsed()))
            }
        };
        match message {
            Ok(Message::Building { touched, is_configured }) => {
                self.building(&touched, is_configured);
            }
            Ok(Message::Built(sources)) => self.built(sources),
            Ok(Message::Answer(number, answer)) if self.is_current(number) => {
                self.answered(&answer);
            }
            Ok(Message::Ended(number)) if self.is_current(number) => {
                let words = self.process.as_ref().map(Process::stderr_tail).unwrap_or_default();
                self.lost(|file| messages::lint_died(file, &words));
            }
            // The message is of an earlier process.
            Ok(Message::Answer(..) | Message::Ended(_)) => {}
            Err(RecvTimeoutError::Timeout) => {
                let seconds = self.limit().as_secs();
                self.lost(|file| messages::lint_hangs(file, seconds));
            }
            Ok(Message::End) | Err(RecvTimeoutError::Disconnected) => return false,
        }
        self.go_on();
        true
    }

    /// Whether there is nothing to do before the next message, so that the findings may be
    /// reported.
    pub fn is_idle(&self) -> bool {
        let has_work = !self.waiting.is_empty() && !self.state.has_given_up;
        !self.state.is_building && self.asked.is_none() && !has_work
    }

    /// Reports the findings since the last report, if any file was linted.
    pub fn report(&mut self, reporter: Reporter) {
        let Unreported { checked, failures, since } = mem::take(&mut self.unreported);
        let took = since.map(|since| since.elapsed()).unwrap_or_default();
        if checked.is_empty() && failures.is_empty() {
            return;
        }
        let found = checked.iter().filter_map(|file| self.findings.get(file)).flatten().cloned();
        reporter.report_all(&found.chain(failures.iter().cloned()).collect::<Vec<_>>());
        self.reported_failures.extend(failures);
        if !checked.is_empty() {
            let names: Vec<String> =
                checked.iter().map(|file| findings::name(file, &self.settings.config)).collect();
            let (errors, warnings) = counts(self.findings());
            reporter.linted(&names, errors, warnings, took);
        }
    }

    /// Returns the findings in all files, ordered by file.
    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.values().flatten()
    }

    /// Returns all findings, and why other files could not be linted.
    pub fn take_all(self) -> Vec<Diagnostic> {
        self.findings.into_values().flatten().chain(self.unreported.failures).collect()
    }

    fn limit(&self) -> Duration {
        if self.state.is_ready { self.settings.limit } else { self.settings.limit.max(START) }
    }

    fn is_current(&self, number: u32) -> bool {
        self.process.as_ref().is_some_and(|process| process.number == number)
    }

    fn building(&mut self, touched: &BTreeSet<Utf8PathBuf>, is_configured: bool) {
        self.state.is_building = true;
        (self.state.may_restart, self.state.has_given_up) = (true, false);
        self.waiting.extend(touched.intersection(&self.sources).cloned());
        if is_configured {
            // The process has cached configurations and plugins that are out of date.
            (self.process, self.asked) = (None, None);
            self.unreported.failures.clear();
            self.reported_failures.clear();
            self.waiting.extend(self.sources.iter().cloned());
        }
    }

    fn built(&mut self, sources: Option<BTreeSet<Utf8PathBuf>>) {
        self.state.is_building = false;
        let Some(sources) = sources else { return };
        self.waiting.extend(sources.difference(&self.sources).cloned());
        self.waiting.retain(|file| sources.contains(file));
        self.findings.retain(|file, _| sources.contains(file));
        self.sources = sources;
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a process that hangs is noticed by the time it takes"
    )]
    fn go_on(&mut self) {
        let State { is_building, has_given_up, is_careful, .. } = self.state;
        if is_building || has_given_up || self.asked.is_some() {
            return;
        }
        if self.waiting.is_empty() {
            self.state.is_careful = false;
            return;
        }
        if self.process.is_none() {
            (self.started, self.state.is_ready) = (self.started + 1, false);
            let folder: &Utf8Path = &self.settings.config.project;
            match Process::start(
                folder,
                self.settings.is_aside,
                self.started,
                self.settings.sender.clone(),
            ) {
                Ok(process) => self.process = Some(process),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    return self.give_up(messages::node_missing());
                }
                Err(error) => return self.give_up(messages::lint_failed(&error.to_string())),
            }
        }
        let files: Vec<Utf8PathBuf> =
            self.waiting.iter().take(if is_careful { 1 } else { BATCH }).cloned().collect();
        for file in &files {
            self.waiting.remove(file);
        }
        self.asked_before += 1;
        let (id, since) = (self.asked_before, Instant::now());
        self.unreported.since.get_or_insert(since);
        if let Some(process) = &mut self.process {
            process.ask(id, &files);
        }
        self.asked = Some(LintRequest { id, files, since });
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a process that hangs is noticed by the time it takes"
    )]
    fn answered(&mut self, answer: &Value) {
        if answer["ready"].is_string() {
            self.state.is_ready = true;
            if let Some(asked) = &mut self.asked {
                asked.since = Instant::now();
            }
            return;
        }
        if answer["missing"] == true {
            return self.give_up(messages::lint_missing());
        }
        if let Some(version) = answer["old"].as_str() {
            return self.give_up(messages::lint_too_old(version));
        }
        if let Some(words) = answer["broken"].as_str() {
            return self.give_up(messages::lint_failed(words));
        }
        if self.asked.take_if(|asked| answer["id"] == asked.id).is_none() {
            return;
        }
        for result in answer["results"].as_array().into_iter().flatten() {
            let Some(file) = result["file"].as_str().map(Utf8PathBuf::from) else { continue };
            // The file has changed since, or is no longer a source.
            if self.waiting.contains(&file) || !self.sources.contains(&file) {
                continue;
            }
            if let Some(words) = result["failed"].as_str() {
                self.fail(messages::lint_failed(words));
            }
            let found = findings::of(&file, &result["messages"], &self.settings.config);
            self.findings.insert(file.clone(), found);
            self.unreported.checked.insert(file);
        }
    }

    /// Continues without the process, which no longer answers.
    fn lost(&mut self, why: impl FnOnce(&str) -> Diagnostic) {
        self.process = None;
        let Some(asked) = self.asked.take() else { return };
        let first = asked
            .files
            .first()
            .map(|file| findings::name(file, &self.settings.config))
            .unwrap_or_default();
        if self.state.is_careful || !self.state.may_restart {
            // The first file is linted again after its next change.
            self.fail(why(&first));
            self.state.has_given_up = true;
            self.waiting.extend(asked.files.into_iter().skip(1));
            return;
        }
        (self.state.may_restart, self.state.is_careful) = (false, true);
        self.waiting.extend(asked.files);
    }

    fn give_up(&mut self, why: Diagnostic) {
        self.fail(why);
        self.process = None;
        self.waiting.extend(self.asked.take().into_iter().flat_map(|asked| asked.files));
        self.state.has_given_up = true;
    }

    /// Queues the reason why something is not linted, once.
    fn fail(&mut self, why: Diagnostic) {
        let new = &mut self.unreported.failures;
        if !new.contains(&why) && !self.reported_failures.contains(&why) {
            new.push(why);
        }
    }
}
