//! Events of the operating system: waits until a burst of them is over, and says which paths to look
//! at.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::{Duration, Instant},
};

use camino::{Utf8Path, Utf8PathBuf};
use notify::{
    ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
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
    native: RecommendedWatcher,
    receiver: Receiver<notify::Result<Event>>,
    /// Folders that the system tells about.
    followed: BTreeSet<Utf8PathBuf>,
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

impl Events {
    /// Follows nothing yet. `Err`: the system tells nothing, and why.
    pub fn start() -> Result<Self, String> {
        let (sender, receiver) = channel();
        let native = RecommendedWatcher::new(sender, notify::Config::default()).map_err(|error| why(&error))?;
        Ok(Self { native, receiver, followed: BTreeSet::new() })
    }

    /// Follows exactly these folders. True if one of them is new; `Err` if the system has had enough.
    pub fn follow(&mut self, wanted: &BTreeSet<Utf8PathBuf>) -> Result<bool, String> {
        let gone: Vec<Utf8PathBuf> = self.followed.difference(wanted).cloned().collect();
        let new: Vec<Utf8PathBuf> = wanted.difference(&self.followed).cloned().collect();
        let mut is_new = false;
        if gone.is_empty() && new.is_empty() {
            return Ok(false);
        }
        let mut paths = self.native.paths_mut();
        for folder in gone {
            // It fails if the folder itself is gone, which is as good.
            let _ = paths.remove(folder.as_std_path());
            self.followed.remove(&folder);
        }
        for folder in new {
            match paths.add(folder.as_std_path(), RecursiveMode::NonRecursive) {
                Ok(()) => is_new |= self.followed.insert(folder),
                Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => return Err(messages::limit_reached()),
                // It has just gone, or nobody may look into it: what is in it cannot be read either.
                Err(_) => {}
            }
        }
        paths.commit().map_err(|error| why(&error))?;
        Ok(is_new)
    }

    /// Ends following a folder and those in it, to begin anew: what the system tells about may be another folder now.
    pub fn forget(&mut self, folder: &Utf8Path) {
        let gone: Vec<Utf8PathBuf> = self.followed.iter().filter(|f| f.starts_with(folder)).cloned().collect();
        for folder in gone {
            let _ = self.native.unwatch(folder.as_std_path());
            self.followed.remove(&folder);
        }
    }

    /// Waits for an event that matters, but not beyond `end`, and then until what happens is over.
    /// False if no event can come any more.
    #[expect(clippy::disallowed_methods, reason = "quiet is a matter of time")]
    pub fn gather(&self, folders: &Folders, end: Option<Instant>, noticed: &mut Noticed) -> bool {
        while noticed.is_nothing() {
            let event = match end {
                None => self.receiver.recv().map_err(RecvTimeoutError::from),
                Some(end) => self.receiver.recv_timeout(end.saturating_duration_since(Instant::now())),
            };
            match event {
                Ok(event) => drop(noticed.add(event, folders)),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        let begin = Instant::now();
        let mut last = begin;
        while begin.elapsed() < LONGEST {
            let quiet = if noticed.is_one_finished_write() { ALONE } else { QUIET };
            match self.receiver.recv_timeout(quiet.saturating_sub(last.elapsed())) {
                Ok(event) => {
                    if noticed.add(event, folders) {
                        last = Instant::now();
                    }
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        true
    }

    /// Adds the events that have come by now, without waiting.
    pub fn take_waiting(&self, folders: &Folders, noticed: &mut Noticed) {
        for event in self.receiver.try_iter() {
            noticed.add(event, folders);
        }
    }
}

impl Noticed {
    fn is_nothing(&self) -> bool {
        !self.is_everything && self.paths.is_empty() && self.listings.is_empty() && self.folders.is_empty()
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
            | EventKind::Modify(ModifyKind::Any | ModifyKind::Name(_) | ModifyKind::Other) => (Contents::Written, true),
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

    /// Notes what an event says of a file's contents. One that says nothing of them changes nothing.
    fn note(&mut self, path: &Utf8Path, contents: Contents) {
        let known = self.paths.entry(path.to_owned()).or_default();
        if contents != Contents::Same {
            *known = contents;
        }
    }
}

fn why(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => messages::limit_reached(),
        // Every watcher of a user is an open file of a kind that is counted by itself.
        ErrorKind::Io(error) if cfg!(target_os = "linux") && error.raw_os_error() == Some(TOO_MANY_OPEN_FILES) => {
            messages::no_watcher_left()
        }
        ErrorKind::Io(error) => messages::no_events(&error.to_string()),
        ErrorKind::Generic(text) => messages::no_events(text),
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound | ErrorKind::InvalidConfig(_) => {
            messages::no_events(&error.to_string())
        }
    }
}
