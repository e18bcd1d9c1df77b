//! Polls files where the system reports no events. It polls only what a build has read: each file,
//! and each folder for its entries, which covers every path that is missing there. Like an event, a
//! difference only says which path to check again; `table` decides what has changed.

use std::{
    collections::{BTreeSet, HashMap},
    thread,
    time::{Duration, Instant},
};

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    events::{Contents, PathsToCheck},
    folders::Folders,
    pace::Pace,
    platform::{Opened, Stamp},
    polled_folders::Polling,
};

/// Some file systems store times in steps of up to two seconds, so a folder can change again
/// without a new time. For this long after a change, missing entries are checked one by one.
const FOLDER_TIME_MARGIN: Duration = Duration::from_secs(3);
/// Some file systems never change the times of folders. There a new entry is noticed at most this
/// late.
const THOROUGH: Duration = Duration::from_secs(30);
/// How long the kernel's cached attributes of files on other machines are used before they are
/// fetched again.
const REMEMBERED: Duration = Duration::from_millis(500);
/// If the last poll took longer than this, the next one uses one more thread for each such
/// interval: a remote file system answers several requests at once.
const SLOW: Duration = Duration::from_millis(100);
/// The most threads that one poll uses.
const MOST_THREADS: usize = 8;

/// The folders that are polled, by their real paths.
#[derive(Default)]
pub struct Poller {
    folders: HashMap<Utf8PathBuf, Folder>,
    /// Why they are polled.
    pub reasons: BTreeSet<Polling>,
    /// When to poll next.
    pub pace: Pace,
    thorough: Option<Instant>,
    fresh: Option<Instant>,
}

/// A polled folder and the entries that matter in it.
#[derive(Default)]
struct Folder {
    stamp: Option<Stamp>,
    /// Until then the folder's times prove nothing.
    coarse_until: Option<Instant>,
    entries: Vec<(Utf8PathBuf, Option<Stamp>)>,
}

/// How to poll.
#[derive(Clone, Copy)]
struct PollMode {
    begin: Instant,
    /// Check missing files too.
    is_thorough: bool,
    /// Bypass the kernel's cached attributes.
    is_fresh: bool,
}

/// What a poll of one folder found.
struct PollResult<'a> {
    folder: &'a Utf8Path,
    /// The folder appeared or disappeared.
    is_replaced: bool,
    /// Entries may have appeared or disappeared.
    is_listed: bool,
    entries: Vec<&'a Utf8Path>,
}

impl Poller {
    /// Whether no folder is polled.
    pub fn is_empty(&self) -> bool {
        self.folders.is_empty()
    }

    /// Polls exactly these folders, and in each of them the paths that `folders` is concerned with.
    /// What was polled before keeps its known state; the state of new paths is read now.
    pub fn place(&mut self, wanted: &BTreeSet<Utf8PathBuf>, folders: &Folders) {
        let mut known = std::mem::take(&mut self.folders);
        let mut stamps: HashMap<Utf8PathBuf, Option<Stamp>> = HashMap::new();
        for folder in wanted {
            let mut kept = known.remove(folder).unwrap_or_else(|| Folder::new(folder));
            stamps.extend(kept.entries.drain(..));
            self.folders.insert(folder.clone(), kept);
        }
        for path in folders.all_concerned() {
            self.add(path, |path| stamps.remove(path).unwrap_or_else(|| Stamp::at(path, true)));
        }
    }

    /// Polls these folders as well, and these paths if they lie in a polled folder.
    pub fn place_also<'p>(
        &mut self,
        wanted: &BTreeSet<Utf8PathBuf>,
        paths: impl Iterator<Item = &'p Utf8PathBuf>,
    ) {
        for folder in wanted {
            self.folders.entry(folder.clone()).or_insert_with(|| Folder::new(folder));
        }
        for path in paths {
            self.add(path, |path| Stamp::at(path, true));
        }
    }

    fn add(&mut self, path: &Utf8Path, stamp: impl FnOnce(&Utf8Path) -> Option<Stamp>) {
        if let Some(folder) = path.parent().and_then(|folder| self.folders.get_mut(folder)) {
            folder.entries.push((path.to_owned(), stamp(path)));
        }
    }

    /// Polls everything and notes the differences from the last poll. Returns whether there are
    /// any.
    #[expect(clippy::disallowed_methods, reason = "the poller keeps a schedule")]
    pub fn poll(&mut self, folders: &Folders, to_check: &mut PathsToCheck) -> bool {
        let begin = Instant::now();
        let is_due = |last: Option<Instant>, after| last.is_none_or(|last| begin - last >= after);
        let (is_thorough, is_fresh) =
            (is_due(self.thorough, THOROUGH), is_due(self.fresh, REMEMBERED));
        self.thorough = self.thorough.filter(|_| !is_thorough).or(Some(begin));
        self.fresh = self.fresh.filter(|_| !is_fresh).or(Some(begin));
        let mode = PollMode { begin, is_thorough, is_fresh };
        let mut all: Vec<(&Utf8PathBuf, &mut Folder)> = self.folders.iter_mut().collect();
        let threads = threads(self.pace.last_duration());
        let found: Vec<PollResult<'_>> = if threads < 2 {
            poll_folders(all, mode)
        } else {
            let share = all.len().div_ceil(threads).max(1);
            thread::scope(|scope| {
                let mut started = Vec::new();
                while !all.is_empty() {
                    let some = all.split_off(all.len().saturating_sub(share));
                    started.push(scope.spawn(move || poll_folders(some, mode)));
                }
                started.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
            })
        };
        let has_changes = found.iter().any(|found| found.is_replaced || !found.entries.is_empty());
        for found in found {
            found.note(folders, to_check);
        }
        self.pace.polled(begin, has_changes);
        has_changes
    }
}

impl Folder {
    #[expect(clippy::disallowed_methods, reason = "stamps that are too new say nothing")]
    fn new(path: &Utf8Path) -> Self {
        Self {
            stamp: Stamp::of_folder(path, true),
            coarse_until: Some(Instant::now() + FOLDER_TIME_MARGIN),
            entries: Vec::new(),
        }
    }

    /// Polls the folder and those of its entries that can differ. `None` if nothing differs.
    fn poll<'a>(&'a mut self, path: &'a Utf8Path, mode: PollMode) -> Option<PollResult<'a>> {
        let PollMode { begin: now, is_thorough, is_fresh } = mode;
        let stamp = Stamp::of_folder(path, is_fresh);
        let is_replaced = stamp.is_some() != self.stamp.is_some();
        let mut is_listed = is_thorough;
        if stamp != self.stamp {
            (self.stamp, self.coarse_until, is_listed) =
                (stamp, Some(now + FOLDER_TIME_MARGIN), true);
        }
        let are_names_open = is_listed || self.coarse_until.is_some();
        if self.coarse_until.is_some_and(|until| until <= now) {
            (self.coarse_until, is_listed) = (None, true);
        }
        let mut entries = Vec::new();
        let opened = Opened::of(path);
        for (path, before) in &mut self.entries {
            // A missing entry can appear only with a change of the folder.
            if before.is_none() && !are_names_open {
                continue;
            }
            let now = opened.stamp(path, is_fresh);
            if now != *before {
                *before = now;
                entries.push(path.as_path());
            }
        }
        let found = PollResult { folder: path, is_replaced, is_listed, entries };
        (is_replaced || is_listed || !found.entries.is_empty()).then_some(found)
    }
}

impl PollResult<'_> {
    fn note(self, folders: &Folders, to_check: &mut PathsToCheck) {
        if self.is_replaced {
            to_check.folders.insert(self.folder.to_owned());
        }
        if self.is_listed {
            to_check.listings.extend(folders.listed_as(self.folder).iter().cloned());
        }
        for path in self.entries {
            to_check.paths.extend(
                folders.concerned(path).iter().map(|asked| (asked.clone(), Contents::Same)),
            );
            if folders.watched().contains(path) || path.is_dir() {
                to_check.folders.insert(path.to_owned());
            }
        }
    }
}

fn poll_folders<'a>(
    some: Vec<(&'a Utf8PathBuf, &'a mut Folder)>,
    mode: PollMode,
) -> Vec<PollResult<'a>> {
    some.into_iter().filter_map(|(path, folder)| folder.poll(path, mode)).collect()
}

/// Returns how many threads to use, by how long the last poll took.
fn threads(last: Duration) -> usize {
    let shares = last.as_millis() / SLOW.as_millis();
    usize::try_from(shares).unwrap_or(MOST_THREADS).min(MOST_THREADS)
}
