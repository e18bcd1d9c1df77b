//! Events of the operating system: waits until a burst of them is over, and says which paths to
//! look at.

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

use crate::{folders::Folders, messages};

/// A single file that was written and closed is complete. This long is waited for more of a burst.
const ALONE: Duration = Duration::from_millis(2);
/// Anything else is several events; after this long without another one it is over.
const QUIET: Duration = Duration::from_millis(30);
/// Where something never becomes quiet, changes are given out nevertheless.
const LONGEST: Duration = Duration::from_secs(2);
/// Linux's EMFILE.
const TOO_MANY_OPEN_FILES: i32 = 24;

/// Events of folders that are followed.
pub struct Events {
    /// What the system tells with; or why it tells nothing.
    native: Result<RecommendedWatcher, Refusal>,
    receiver: Receiver<Message>,
    sender: Sender<Message>,
    /// Folders that the system tells about.
    followed: BTreeSet<Utf8PathBuf>,
    /// Those that it refuses to tell about.
    refused: BTreeSet<Utf8PathBuf>,
}

/// Why the system refuses to tell about a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// As many folders are watched as the user may watch.
    Watches,
    /// As many watchers exist as the user may have.
    Watchers,
    /// Anything else, in the system's words.
    Other(String),
}

/// What comes to whoever waits.
enum Message {
    Event(notify::Result<Event>),
    /// The system's watcher has ended.
    Ended,
    /// Somebody wants attention.
    Call,
}

/// Ends a wait for changes, from any thread.
#[derive(Clone)]
pub struct Bell(Sender<Message>);

/// Passes events on, and its own end.
struct Ear(Sender<Message>);

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// There is something to look at.
    Noticed,
    /// It took too long.
    Late,
    /// Somebody rang.
    Called,
}

/// Where to look again.
#[derive(Default)]
pub struct Noticed {
    /// With what is known of their contents.
    pub paths: BTreeMap<Utf8PathBuf, Contents>,
    /// Folders in which names came or went.
    pub listings: BTreeSet<Utf8PathBuf>,
    /// Folders that came, went or moved.
    pub folders: BTreeSet<Utf8PathBuf>,
    /// Events may be missing.
    pub is_everything: bool,
}

/// What events say of a file's contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contents {
    /// Nothing was written.
    #[default]
    Same,
    /// Something was written, and may go on.
    Written,
    /// What was written is complete: the file was closed, or renamed to its name.
    Finished,
}

impl Bell {
    /// Whoever waits gives up. One who does not wait now gives up the next time.
    pub fn ring(&self) {
        // Nobody is left to wait.
        let _ = self.0.send(Message::Call);
    }
}

impl EventHandler for Ear {
    fn handle_event(&mut self, event: notify::Result<Event>) {
        let _ = self.0.send(Message::Event(event));
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        let _ = self.0.send(Message::Ended);
    }
}

impl Events {
    /// Follows nothing yet.
    pub fn start() -> Self {
        let (sender, receiver) = channel();
        let native = RecommendedWatcher::new(Ear(sender.clone()), notify::Config::default());
        let native = native.map_err(|error| Refusal::of(&error));
        Self { native, receiver, sender, followed: BTreeSet::new(), refused: BTreeSet::new() }
    }

    /// Ends waits.
    pub fn bell(&self) -> Bell {
        Bell(self.sender.clone())
    }

    /// The folders that should be followed and that the system does not tell about, and why.
    pub fn refused(&self) -> (&BTreeSet<Utf8PathBuf>, &Refusal) {
        (&self.refused, self.native.as_ref().err().unwrap_or(&Refusal::Watches))
    }

    /// Follows exactly these folders. True if one of them is new.
    pub fn follow(&mut self, wanted: &BTreeSet<Utf8PathBuf>) -> bool {
        let Ok(native) = &mut self.native else {
            self.refused.clone_from(wanted);
            return false;
        };
        let gone: Vec<Utf8PathBuf> = self.followed.difference(wanted).cloned().collect();
        let new: Vec<Utf8PathBuf> = wanted.difference(&self.followed).cloned().collect();
        self.refused.clear();
        if gone.is_empty() && new.is_empty() {
            return false;
        }
        let mut is_new = false;
        let mut paths = native.paths_mut();
        for folder in gone {
            // It fails if the folder itself is gone, which is as good.
            let _ = paths.remove(folder.as_std_path());
            self.followed.remove(&folder);
        }
        for folder in new {
            // After the first refusal the others would be refused too.
            if !self.refused.is_empty() {
                self.refused.insert(folder);
                continue;
            }
            match paths.add(folder.as_std_path(), RecursiveMode::NonRecursive) {
                Ok(()) => is_new |= self.followed.insert(folder),
                Err(error) if Refusal::of(&error) == Refusal::Watches => {
                    self.refused.insert(folder);
                }
                // It has just gone, or nobody may look into it: what is in it cannot be read
                // either.
                Err(_) => {}
            }
        }
        if let Err(error) = paths.commit() {
            self.end(Refusal::of(&error));
        }
        is_new
    }

    /// Ends following a folder and those in it, to begin anew: what the system tells about may be
    /// another folder now.
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

    /// Waits for an event that matters, but not beyond `end`, and then until what happens is over.
    /// Without such an event nothing is noted.
    #[expect(clippy::disallowed_methods, reason = "quiet is a matter of time")]
    pub fn gather(
        &mut self,
        folders: &Folders,
        end: Option<Instant>,
        noticed: &mut Noticed,
    ) -> Ended {
        while noticed.is_nothing() {
            let message = match end {
                None => self.receiver.recv().map_err(RecvTimeoutError::from),
                Some(end) => {
                    self.receiver.recv_timeout(end.saturating_duration_since(Instant::now()))
                }
            };
            match message {
                Ok(Message::Call) => return Ended::Called,
                Ok(message) => drop(self.hear(message, folders, noticed)),
                // There is always a sender: our own.
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    return Ended::Late;
                }
            }
        }
        self.settle(folders, noticed);
        Ended::Noticed
    }

    /// Waits until what happens is over.
    #[expect(clippy::disallowed_methods, reason = "quiet is a matter of time")]
    pub fn settle(&mut self, folders: &Folders, noticed: &mut Noticed) {
        let begin = Instant::now();
        let mut last = begin;
        while begin.elapsed() < LONGEST {
            let quiet = if noticed.is_one_finished_write() { ALONE } else { QUIET };
            match self.receiver.recv_timeout(quiet.saturating_sub(last.elapsed())) {
                Ok(Message::Call) => {
                    // What was noticed comes first.
                    self.bell().ring();
                    break;
                }
                Ok(message) => {
                    if self.hear(message, folders, noticed) {
                        last = Instant::now();
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
    }

    /// Adds the events that have come by now, without waiting.
    pub fn take_waiting(&mut self, folders: &Folders, noticed: &mut Noticed) {
        let mut is_called = false;
        while let Ok(message) = self.receiver.try_recv() {
            is_called |= matches!(message, Message::Call);
            self.hear(message, folders, noticed);
        }
        if is_called {
            self.bell().ring();
        }
    }

    /// Notes what a message says. True if it matters.
    fn hear(&mut self, message: Message, folders: &Folders, noticed: &mut Noticed) -> bool {
        match message {
            Message::Event(event) => noticed.add(event, folders),
            Message::Ended if self.native.is_ok() => {
                self.end(Refusal::Other(messages::has_ended().to_owned()));
                noticed.is_everything = true;
                true
            }
            Message::Ended | Message::Call => false,
        }
    }

    /// From now on the system tells nothing.
    fn end(&mut self, why: Refusal) {
        self.refused.append(&mut self.followed);
        self.native = Err(why);
    }
}

impl Noticed {
    /// True if there is nothing to look at.
    pub fn is_nothing(&self) -> bool {
        !self.is_everything
            && self.paths.is_empty()
            && self.listings.is_empty()
            && self.folders.is_empty()
    }

    /// True if all that happened is that one file was written completely.
    fn is_one_finished_write(&self) -> bool {
        let is_finished = |contents: &Contents| *contents == Contents::Finished;
        let is_alone = self.paths.len() == 1 && self.listings.is_empty() && self.folders.is_empty();
        is_alone && !self.is_everything && self.paths.values().all(is_finished)
    }

    /// True if the event matters.
    fn add(&mut self, event: notify::Result<Event>, folders: &Folders) -> bool {
        // After an error events may be missing, as after an overflow.
        let Some(event) = event.ok().filter(|event| !event.need_rescan()) else {
            self.is_everything = true;
            return true;
        };
        let (contents, is_structural) = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => (Contents::Finished, false),
            // Somebody reads; often ourselves.
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

    /// Notes what an event says of a file's contents. One that says nothing of them changes
    /// nothing.
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
            // Every watcher of a user is an open file of a kind that is counted by itself.
            ErrorKind::Io(error)
                if cfg!(target_os = "linux")
                    && error.raw_os_error() == Some(TOO_MANY_OPEN_FILES) =>
            {
                Self::Watchers
            }
            ErrorKind::Io(error) => Self::Other(error.to_string()),
            ErrorKind::Generic(text) => Self::Other(text.clone()),
            ErrorKind::PathNotFound | ErrorKind::WatchNotFound | ErrorKind::InvalidConfig(_) => {
                Self::Other(error.to_string())
            }
        }
    }
}
