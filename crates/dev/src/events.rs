//! Events of the operating system: waits until a burst of them is over, and reports which paths to
//! check again. An event never proves a change; `table` compares with the disk.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    time::{Duration, Instant},
};

use camino::{Utf8Path, Utf8PathBuf};
use notify::{
    ErrorKind, Event, EventHandler, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{AccessKind, AccessMode, ModifyKind, RenameMode},
};

use crate::{folders::Folders, messages, outputs::WatchedOutputs, platform};

/// How long to wait for more events if so far a single file was written and closed.
const QUIET_AFTER_WRITE: Duration = Duration::from_millis(2);
/// Any other burst is several events; it is over after this long without another one.
const EVENT_QUIET: Duration = Duration::from_millis(30);
/// A burst that never becomes quiet is reported after this long.
const LONGEST: Duration = Duration::from_secs(2);

/// Receives the system's events for a set of folders.
pub struct Events {
    /// The system's watcher, or why there is none.
    native: Result<RecommendedWatcher, Refusal>,
    receiver: Receiver<Message>,
    sender: Sender<Message>,
    /// Folders whose events the system reports.
    followed: BTreeSet<Utf8PathBuf>,
    /// Folders whose events the system refuses to report.
    refused: BTreeSet<Utf8PathBuf>,
    /// The outputs. Their folders are followed too, as far as the system allows.
    pub outputs: WatchedOutputs,
}

/// Why the system refuses to report events of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The user has reached the limit of watched folders.
    Watches,
    /// The user has reached the limit of watchers.
    Watchers,
    /// Anything else, in the system's words.
    Other(String),
}

/// What the waiting thread receives.
enum Message {
    Event(notify::Result<Event>),
    /// The system's watcher has ended.
    Ended,
    /// The bell was rung.
    Call,
}

/// Ends a wait for changes, from any thread.
#[derive(Clone)]
pub struct Bell(Sender<Message>);

/// Forwards the system's events, and `Ended` when the system's watcher drops it.
struct Forwarder(Sender<Message>);

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitResult {
    /// There are paths to check.
    PathsToCheck,
    /// The time limit was reached.
    TimedOut,
    /// The bell was rung.
    BellRang,
    /// Outputs were written or removed, and have been quiet since.
    OutputsAreQuiet,
}

/// The paths to check again.
#[derive(Default)]
pub struct PathsToCheck {
    /// Paths, each with what events report of its contents.
    pub paths: BTreeMap<Utf8PathBuf, Contents>,
    /// Folders in which entries appeared or disappeared.
    pub listings: BTreeSet<Utf8PathBuf>,
    /// Folders that appeared, disappeared or were moved.
    pub folders: BTreeSet<Utf8PathBuf>,
    /// Events may be missing, so everything must be checked.
    pub is_everything: bool,
}

/// What events report of a file's contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contents {
    /// Nothing was written.
    #[default]
    Same,
    /// Something was written, and more may follow.
    Written,
    /// What was written is complete: the file was closed, or renamed to its name.
    Finished,
}

impl Bell {
    /// Ends the current wait, or the next one if no thread is waiting.
    pub fn ring(&self) {
        // The send fails only when the watcher is gone.
        let _ = self.0.send(Message::Call);
    }
}

impl EventHandler for Forwarder {
    fn handle_event(&mut self, event: notify::Result<Event>) {
        let _ = self.0.send(Message::Event(event));
    }
}

impl Drop for Forwarder {
    fn drop(&mut self) {
        let _ = self.0.send(Message::Ended);
    }
}

impl Events {
    /// Starts the system's watcher without any folder.
    pub fn start() -> Self {
        let (sender, receiver) = channel();
        let native = RecommendedWatcher::new(Forwarder(sender.clone()), notify::Config::default());
        let native = native.map_err(|error| Refusal::of(&error));
        Self {
            native,
            receiver,
            sender,
            followed: BTreeSet::new(),
            refused: BTreeSet::new(),
            outputs: WatchedOutputs::default(),
        }
    }

    /// Returns a bell that ends waits.
    pub fn bell(&self) -> Bell {
        Bell(self.sender.clone())
    }

    /// Returns the folders whose events the system refuses to report, and why.
    pub fn refused(&self) -> (&BTreeSet<Utf8PathBuf>, &Refusal) {
        (&self.refused, self.native.as_ref().err().unwrap_or(&Refusal::Watches))
    }

    /// Follows exactly these folders and those of outputs. Returns whether one of them is new.
    pub fn follow(&mut self, wanted: &BTreeSet<Utf8PathBuf>) -> bool {
        let Ok(native) = &mut self.native else {
            self.refused.clone_from(wanted);
            return false;
        };
        let outputs = &self.outputs.folders;
        let is_gone =
            |folder: &&Utf8PathBuf| !wanted.contains(*folder) && !outputs.contains(*folder);
        let gone: Vec<Utf8PathBuf> = self.followed.iter().filter(is_gone).cloned().collect();
        // Those of outputs come last, so that they take no other folder's place.
        let all = wanted.iter().chain(outputs.difference(wanted));
        let new: Vec<Utf8PathBuf> =
            all.filter(|folder| !self.followed.contains(*folder)).cloned().collect();
        self.refused.clear();
        if gone.is_empty() && new.is_empty() {
            return false;
        }
        let mut is_new = false;
        let mut paths = native.paths_mut();
        for folder in gone {
            // This fails if the folder itself is gone, which has the same effect.
            let _ = paths.remove(folder.as_std_path());
            self.followed.remove(&folder);
        }
        for folder in new {
            // After the first refusal the system would refuse the other folders too.
            let is_wanted = wanted.contains(&folder);
            if !self.refused.is_empty() {
                self.refused.extend(is_wanted.then_some(folder));
                continue;
            }
            match paths.add(folder.as_std_path(), RecursiveMode::NonRecursive) {
                Ok(()) => is_new |= self.followed.insert(folder),
                Err(error) if is_wanted && Refusal::of(&error) == Refusal::Watches => {
                    self.refused.insert(folder);
                }
                // The folder has just been removed, or may not be read: then a build cannot read
                // its files either.
                Err(_) => {}
            }
        }
        if let Err(error) = paths.commit() {
            self.end(Refusal::of(&error));
        }
        is_new
    }

    /// Stops following a folder and the folders inside, so that they can be followed again: the
    /// path may lead to another folder now.
    pub fn forget(&mut self, folder: &Utf8Path) {
        let gone: Vec<Utf8PathBuf> =
            self.followed.iter().filter(|f| f.starts_with(folder)).cloned().collect();
        for folder in gone {
            if let Ok(native) = &mut self.native {
                let _ = native.unwatch(folder.as_std_path());
            }
            self.followed.remove(&folder);
        }
    }

    /// Waits until `end` for an event about a watched path, and then until the burst is over. Adds
    /// the paths of the events to `to_check`.
    #[expect(clippy::disallowed_methods, reason = "measures how long no change came")]
    pub fn wait_for_burst(
        &mut self,
        folders: &Folders,
        end: Option<Instant>,
        to_check: &mut PathsToCheck,
    ) -> WaitResult {
        while to_check.is_empty() {
            let until = [end, self.outputs.due].into_iter().flatten().min();
            let message = match until {
                None => self.receiver.recv().map_err(RecvTimeoutError::from),
                Some(until) => {
                    self.receiver.recv_timeout(until.saturating_duration_since(Instant::now()))
                }
            };
            match message {
                Ok(Message::Call) => return WaitResult::BellRang,
                Ok(message) => drop(self.record(message, folders, to_check)),
                // This struct holds a sender, so the channel is never disconnected.
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    let is_quiet = self.outputs.become_quiet(Instant::now());
                    return if is_quiet {
                        WaitResult::OutputsAreQuiet
                    } else {
                        WaitResult::TimedOut
                    };
                }
            }
        }
        self.wait_for_quiet(folders, to_check);
        WaitResult::PathsToCheck
    }

    /// Waits until the burst is over.
    #[expect(clippy::disallowed_methods, reason = "measures how long no change came")]
    pub fn wait_for_quiet(&mut self, folders: &Folders, to_check: &mut PathsToCheck) {
        let begin = Instant::now();
        let mut last = begin;
        while begin.elapsed() < LONGEST {
            let quiet =
                if to_check.is_one_finished_write() { QUIET_AFTER_WRITE } else { EVENT_QUIET };
            match self.receiver.recv_timeout(quiet.saturating_sub(last.elapsed())) {
                Ok(Message::Call) => {
                    // The paths are reported first; the bell rings again for the next wait.
                    self.bell().ring();
                    break;
                }
                Ok(message) => {
                    if self.record(message, folders, to_check) {
                        last = Instant::now();
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
    }

    /// Adds the events that have arrived by now, without waiting.
    pub fn take_pending(&mut self, folders: &Folders, to_check: &mut PathsToCheck) {
        let mut was_rung = false;
        while let Ok(message) = self.receiver.try_recv() {
            was_rung |= matches!(message, Message::Call);
            self.record(message, folders, to_check);
        }
        if was_rung {
            self.bell().ring();
        }
    }

    /// Records a message. Returns whether there is more to check.
    fn record(&mut self, message: Message, folders: &Folders, to_check: &mut PathsToCheck) -> bool {
        match message {
            Message::Event(event) => {
                self.outputs.note(&event);
                to_check.add(event, folders)
            }
            Message::Ended if self.native.is_ok() => {
                self.end(Refusal::Other(messages::has_ended().to_owned()));
                to_check.is_everything = true;
                true
            }
            Message::Ended | Message::Call => false,
        }
    }

    /// Records that the system reports no events from now on.
    fn end(&mut self, why: Refusal) {
        self.refused.append(&mut self.followed);
        self.native = Err(why);
    }
}

impl PathsToCheck {
    /// Whether there is nothing to check.
    pub fn is_empty(&self) -> bool {
        !self.is_everything
            && self.paths.is_empty()
            && self.listings.is_empty()
            && self.folders.is_empty()
    }

    /// Whether the only event is that one file was completely written.
    fn is_one_finished_write(&self) -> bool {
        let is_finished = |contents: &Contents| *contents == Contents::Finished;
        let is_alone = self.paths.len() == 1 && self.listings.is_empty() && self.folders.is_empty();
        is_alone && !self.is_everything && self.paths.values().all(is_finished)
    }

    /// Adds an event. Returns whether it concerns a watched path.
    fn add(&mut self, event: notify::Result<Event>, folders: &Folders) -> bool {
        // After an error events may be missing, as after an overflow.
        let Some(event) = event.ok().filter(|event| !event.need_rescan()) else {
            self.is_everything = true;
            return true;
        };
        let (contents, is_structural) = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => (Contents::Finished, false),
            // A process reads the file; often it is ours.
            EventKind::Access(_) => return false,
            EventKind::Modify(ModifyKind::Metadata(_)) => (Contents::Same, false),
            EventKind::Modify(ModifyKind::Data(_)) => (Contents::Written, false),
            EventKind::Modify(ModifyKind::Name(RenameMode::To)) => (Contents::Finished, true),
            EventKind::Any
            | EventKind::Create(_)
            | EventKind::Remove(_)
            | EventKind::Other
            | EventKind::Modify(ModifyKind::Any | ModifyKind::Name(_) | ModifyKind::Other) => {
                (Contents::Written, true)
            }
        };
        let mut matters = false;
        for path in event.paths.iter().filter_map(|path| Utf8Path::from_path(path)) {
            let concerned = folders.concerned(path);
            for asked in concerned {
                self.note(asked, contents);
            }
            matters |= !concerned.is_empty();
            if !is_structural {
                continue;
            }
            let listings = folders.listed_with(path);
            self.listings.extend(listings.iter().cloned());
            matters |= !listings.is_empty();
            if folders.watched().contains(path) || (!concerned.is_empty() && path.is_dir()) {
                self.folders.insert(path.to_owned());
                matters = true;
            }
        }
        matters
    }

    /// Records what an event reports of a file's contents. An event that reports nothing of them
    /// leaves the record as it is.
    fn note(&mut self, path: &Utf8Path, contents: Contents) {
        let known = self.paths.entry(path.to_owned()).or_default();
        if contents != Contents::Same {
            *known = contents;
        }
    }
}

impl Refusal {
    fn of(error: &notify::Error) -> Self {
        match &error.kind {
            ErrorKind::MaxFilesWatch => Self::Watches,
            ErrorKind::Io(error) if platform::is_limit_of_watchers(error) => Self::Watchers,
            ErrorKind::Io(error) => Self::Other(error.to_string()),
            ErrorKind::Generic(text) => Self::Other(text.clone()),
            ErrorKind::PathNotFound | ErrorKind::WatchNotFound | ErrorKind::InvalidConfig(_) => {
                Self::Other(error.to_string())
            }
        }
    }
}
