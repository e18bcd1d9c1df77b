//! Turns events and polls into net changes. It watches what a Session has read or looked for,
//! present or absent, and nothing else, so logs and packages that no build reads never wake the
//! watcher. An event only says which path to check again; `table` decides what has changed. The
//! files that builds have written are followed apart (`outputs`): they are never changes.
//!
//! Files written into a newly made folder raise no event, nor do files written after they are read
//! and before they are watched. Therefore a folder is always watched first and checked afterwards,
//! and young files count as changed.

use std::{
    collections::BTreeSet,
    mem, thread,
    time::{Duration, Instant, SystemTime},
};

use bundle_base::{config::Poll, fs::Reads};
use bundle_engine::{ChangeSet, Dependencies};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    events::{Bell, Contents, Events, PathsToCheck, WaitResult},
    folders::Folders,
    installs::Packages,
    mounts::Mounts,
    polled_folders::{PolledFolders, Polling},
    poller::Poller,
    table::{Changes, Table, WatchedPaths, before},
};

/// A tree of packages counts as complete after this long without a change.
const PACKAGES_QUIET: Duration = Duration::from_millis(400);
/// The longest wait for an installation; changes are reported after it even if it goes on.
const LONGEST_INSTALLATION: Duration = Duration::from_mins(1);
/// While polling: a burst of changes is over after this long without another difference.
const POLL_QUIET: Duration = Duration::from_millis(30);
/// A longer burst is reported before it is over.
const LONGEST_BURST: Duration = Duration::from_secs(2);

/// Called with the tree of packages whose installation the watcher waits for.
pub type Installing = Box<dyn FnMut(&Utf8Path) + Send>;

/// Watches the paths that a Session has read.
pub struct Watcher {
    events: Events,
    /// The folders that are polled, because no events come from them.
    polled: Poller,
    poll: Poll,
    mounts: Mounts,
    watched: WatchedPaths,
    table: Table,
    folders: Folders,
    /// Our own outputs, whose changes are not reported.
    ignored: BTreeSet<Utf8PathBuf>,
    /// Changes found when watching began, not yet reported.
    pending: Changes,
    /// Paths whose state on the disk differed from what the last build saw.
    inconsistent: Changes,
    /// Something appeared or disappeared, so folders and links may lead elsewhere.
    is_stale: bool,
    installing: Installing,
}

impl Watcher {
    /// Makes a watcher that watches nothing yet. `project` is the project's folder; the folders
    /// above it are not watched.
    pub fn new(project: &Utf8Path) -> Self {
        Self {
            events: Events::start(),
            polled: Poller::default(),
            poll: Poll::default(),
            mounts: Mounts::default(),
            watched: WatchedPaths::default(),
            table: Table::default(),
            folders: Folders::new(project),
            ignored: BTreeSet::new(),
            pending: Changes::default(),
            inconsistent: Changes::default(),
            is_stale: false,
            installing: Box::new(|_| ()),
        }
    }

    /// Sets how changes are noticed from now on.
    pub fn set_poll(&mut self, poll: Poll) {
        if poll != self.poll {
            self.poll = poll;
            self.polled.pace.set(poll);
            self.is_stale = true;
        }
    }

    /// Adds a callback that receives the installation that the watcher waits for.
    #[must_use]
    pub fn on_installation(self, installing: Installing) -> Self {
        Self { installing, ..self }
    }

    /// Returns why folders are polled; empty if events report every change.
    pub fn polls_because(&self) -> &BTreeSet<Polling> {
        &self.polled.reasons
    }

    /// Returns a bell; ringing it from another thread ends a wait for changes.
    pub fn bell(&self) -> Bell {
        self.events.bell()
    }

    /// Watches exactly these dependencies from now on, or adds them if they are not complete.
    /// `since` is when the build began: a file that is younger is reported as changed, because it
    /// is unknown which state the build saw. Where `seen` records what the build saw, that is
    /// compared with the disk instead.
    pub fn watch(&mut self, dependencies: &Dependencies, since: SystemTime) {
        let Dependencies { reads, seen, is_complete } = dependencies;
        if *is_complete {
            self.watched = WatchedPaths::of(reads);
            self.watch_and_check(since);
        } else {
            self.watch_also(reads, since);
        }
        let mut inconsistent = Changes::default();
        self.table.compare(seen, &mut inconsistent);
        // The same result twice in a row comes from a file system that answers one question in two
        // ways; it is not a change.
        if inconsistent != self.inconsistent {
            self.pending.extend(&inconsistent);
        }
        if *is_complete || !inconsistent.is_empty() {
            self.inconsistent = inconsistent;
        }
    }

    /// Watches these paths in addition to those already watched.
    pub fn watch_also(&mut self, reads: &Reads, since: SystemTime) {
        let new = self.watched.missing(reads);
        self.watched.extend(&new);
        if self.is_stale {
            self.watch_and_check(since);
        } else if !new.is_empty() {
            self.watch_and_check_added(&new, since);
        }
    }

    fn watch_and_check(&mut self, since: SystemTime) {
        let is_new = self.table.keep(&self.watched);
        let is_stale = mem::take(&mut self.is_stale);
        if !is_new && !is_stale {
            return;
        }
        self.follow_folders();
        self.table.check_new(&self.watched, before(since), &mut self.pending);
        // Only now is it known which paths are links, and a folder may have been made meanwhile.
        if self.follow_folders() {
            self.table.check_all(&mut self.pending);
        }
    }

    /// Watches and checks the paths that were added.
    fn watch_and_check_added(&mut self, new: &WatchedPaths, since: SystemTime) {
        self.follow_also(new);
        self.table.check_new(new, before(since), &mut self.pending);
        let links = new.paths.iter().filter(|path| self.table.is_link(path)).cloned();
        let links = WatchedPaths { paths: links.collect(), ..WatchedPaths::default() };
        if !links.is_empty() && self.follow_also(&links) {
            self.table.check_all(&mut self.pending);
        }
    }

    /// Ignores changes of these paths from now on: they are our own outputs.
    pub fn ignore(&mut self, paths: impl IntoIterator<Item = Utf8PathBuf>) {
        self.ignored = paths.into_iter().collect();
    }

    /// Follows these outputs, which must exist, where events report changes. Events of the outputs
    /// before end.
    pub fn watch_outputs<'p>(&mut self, files: impl Iterator<Item = &'p Utf8PathBuf>) {
        let files: Vec<&Utf8PathBuf> = match self.poll {
            Poll::Auto | Poll::Never => files.collect(),
            Poll::Always | Poll::Every(_) => Vec::new(),
        };
        if !self.events.outputs.replace(&files) {
            return;
        }
        for folder in self.events.outputs.folders.clone() {
            self.events.forget(&folder);
        }
        if self.follow_folders() {
            // The folders may have sources too, whose events were not followed for a moment.
            self.table.check_all(&mut self.pending);
        }
    }

    /// Whether outputs were written or removed, by whomever, and have been quiet since.
    pub fn take_quiet_outputs(&mut self) -> bool {
        self.events.outputs.take_quiet()
    }

    /// Reports the outputs as quiet after this time.
    pub fn look_at_outputs_in(&mut self, pause: Duration) {
        self.events.outputs.look_in(pause);
    }

    /// Waits until something has changed and the burst is over, and returns the net changes. `None`
    /// if the bell was rung, or if outputs are to be looked at.
    pub fn next_change(&mut self) -> Option<ChangeSet> {
        loop {
            match self.next(None) {
                (_, Some(changes)) => return Some(changes),
                (WaitResult::BellRang | WaitResult::OutputsAreQuiet, None) => return None,
                (WaitResult::PathsToCheck | WaitResult::TimedOut, None) => {}
            }
        }
    }

    /// Waits like `next_change`, for at most `limit`. `None` if nothing has changed or the bell was
    /// rung.
    #[expect(clippy::disallowed_methods, reason = "has a time limit")]
    pub fn next_change_within(&mut self, limit: Duration) -> Option<ChangeSet> {
        let end = Instant::now() + limit;
        while Instant::now() < end {
            match self.next(Some(end)) {
                (_, Some(changes)) => return Some(changes),
                (WaitResult::BellRang, None) => return None,
                (
                    WaitResult::PathsToCheck | WaitResult::TimedOut | WaitResult::OutputsAreQuiet,
                    None,
                ) => {}
            }
        }
        None
    }

    /// Whether anything has changed since changes were last returned, so that a build made from
    /// those is out of date. The new changes are kept for the next call of `next_change`.
    #[expect(clippy::disallowed_methods, reason = "the poller keeps a schedule")]
    pub fn is_outdated(&mut self) -> bool {
        let mut to_check = PathsToCheck::default();
        self.events.take_pending(&self.folders, &mut to_check);
        if !self.polled.is_empty()
            && self.polled.pace.next().is_none_or(|next| next <= Instant::now())
        {
            self.polled.poll(&self.folders, &mut to_check);
        }
        self.pending = self.net(&to_check);
        !self.pending.is_empty()
    }

    /// Returns the net changes of the next events; they may cancel out.
    fn next(&mut self, end: Option<Instant>) -> (WaitResult, Option<ChangeSet>) {
        let (ended, mut changes) = self.collect(end);
        if let Some(packages) = Packages::of(&changes) {
            self.await_packages(packages, &mut changes);
        }
        self.is_stale |= changes.has_structure();
        (ended, (!changes.is_empty()).then(|| changes.into_set()))
    }

    fn collect(&mut self, end: Option<Instant>) -> (WaitResult, Changes) {
        let mut to_check = PathsToCheck::default();
        let ended = self.wait(end, &mut to_check);
        (ended, self.net(&to_check))
    }

    /// Returns the pending changes and those that the events lead to, without our own outputs.
    fn net(&mut self, to_check: &PathsToCheck) -> Changes {
        let mut changes = mem::take(&mut self.pending);
        self.check(to_check, &mut changes);
        changes.forget(&self.ignored);
        changes
    }

    /// Adds further changes until the trees of packages are complete and no longer written to.
    #[expect(clippy::disallowed_methods, reason = "measures how long no change came")]
    fn await_packages(&mut self, mut packages: Packages, changes: &mut Changes) {
        let begin = Instant::now();
        let mut is_reported = false;
        while begin.elapsed() < LONGEST_INSTALLATION {
            let (_, more) = self.collect(Some(Instant::now() + PACKAGES_QUIET));
            if more.is_empty() && packages.are_still(begin.elapsed()) {
                return;
            }
            packages.extend(&more);
            changes.extend(&more);
            if let Some(first) = packages.first().filter(|_| !is_reported) {
                (self.installing)(first);
                is_reported = true;
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the poller keeps a schedule")]
    fn wait(&mut self, end: Option<Instant>, to_check: &mut PathsToCheck) -> WaitResult {
        if !self.pending.is_empty() {
            // Pending changes are reported soon.
            self.events.wait_for_quiet(&self.folders, to_check);
            return WaitResult::PathsToCheck;
        }
        loop {
            let due = if self.polled.is_empty() {
                None
            } else {
                self.polled.pace.next().or(Some(Instant::now()))
            };
            let until = [end, due].into_iter().flatten().min();
            let ended = self.events.wait_for_burst(&self.folders, until, to_check);
            let now = Instant::now();
            if ended == WaitResult::PathsToCheck {
                self.polled.pace.hurry(now);
            }
            if due.is_some_and(|due| due <= now) && self.polled.poll(&self.folders, to_check) {
                self.await_quiet(to_check);
            }
            if !to_check.is_empty() {
                return WaitResult::PathsToCheck;
            }
            let is_called = matches!(ended, WaitResult::BellRang | WaitResult::OutputsAreQuiet);
            if is_called || end.is_some_and(|end| end <= now) {
                return ended;
            }
        }
    }

    /// Polls until nothing more changes.
    #[expect(clippy::disallowed_methods, reason = "measures how long no change came")]
    fn await_quiet(&mut self, to_check: &mut PathsToCheck) {
        let begin = Instant::now();
        while begin.elapsed() < LONGEST_BURST {
            thread::sleep(POLL_QUIET);
            if !self.polled.poll(&self.folders, to_check) {
                return;
            }
        }
    }

    fn check(&mut self, to_check: &PathsToCheck, changes: &mut Changes) {
        for folder in &to_check.folders {
            self.folders.forget(folder);
            self.events.forget(folder);
        }
        // If events may be missing, the system's watcher itself may be gone.
        if to_check.is_everything || !to_check.folders.is_empty() {
            self.follow_folders();
            self.table.check_all(changes);
            return;
        }
        for (path, contents) in &to_check.paths {
            self.table.check(path, *contents != Contents::Same, changes);
        }
        for folder in &to_check.listings {
            self.table.check_listing(folder, changes);
        }
    }

    /// Asks for events of every folder that has a watched path, or polls it. Returns whether one of
    /// the folders is new.
    fn follow_folders(&mut self) -> bool {
        self.mounts = Mounts::read();
        self.folders.place(&self.watched, &self.table);
        let (is_new, polled_folders) = self.follow();
        self.polled.place(&polled_folders.folders, &self.folders);
        self.polled.reasons = polled_folders.reasons;
        is_new
    }

    /// Does the same for the folders of added paths. Returns whether one of them is new.
    fn follow_also(&mut self, new: &WatchedPaths) -> bool {
        self.folders.place_also(new, &self.table);
        let (is_new, polled_folders) = self.follow();
        self.polled.place_also(&polled_folders.folders, self.folders.news());
        self.polled.reasons = polled_folders.reasons;
        is_new
    }

    /// Asks the system for events of the folders, as far as possible, and returns the folders that
    /// must be polled.
    fn follow(&mut self) -> (bool, PolledFolders) {
        let watched = self.folders.watched();
        let is_new = match self.poll {
            // On a shared file system, events still report at once what this machine writes.
            Poll::Auto | Poll::Never => self.events.follow(watched),
            Poll::Always | Poll::Every(_) => self.events.follow(&BTreeSet::new()),
        };
        (is_new, PolledFolders::of(watched, self.poll, &self.mounts, &self.events))
    }
}
