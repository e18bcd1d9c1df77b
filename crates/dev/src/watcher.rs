//! Events in, net changes out. What is watched is what a Session has asked about, present or absent, and nothing else: so
//! outputs, logs and packages that no build reads never wake anybody. An event only says where to look again; see `table`.
//!
//! Files written into a folder made a moment ago raise no event, and neither do those written between being read and being
//! watched. Therefore a folder is always watched first and looked into afterwards, and young files count as changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant, SystemTime},
};

use bundle_base::fs::{Question, Reads};
use bundle_engine::{ChangeSet, Dependencies};
use camino::{Utf8Path, Utf8PathBuf};
use notify::{
    ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{AccessKind, AccessMode, ModifyKind, RenameMode},
};

use crate::{
    folders::Folders,
    installs::Packages,
    messages,
    table::{Asked, Changes, Table},
};

/// A single file that was written and closed is complete. This long is waited for more of a burst.
const ALONE: Duration = Duration::from_millis(2);
/// Anything else is several events; after this long without another one it is over.
const QUIET: Duration = Duration::from_millis(30);
/// Where something never becomes quiet, changes are given out nevertheless.
const LONGEST: Duration = Duration::from_secs(2);
/// After this long without a change, a tree of packages is taken to be written.
const PACKAGES_QUIET: Duration = Duration::from_millis(400);
/// An installation that takes longer is not waited for.
const LONGEST_INSTALLATION: Duration = Duration::from_mins(1);
/// How often to look where the system does not tell.
const POLL: Duration = Duration::from_millis(300);
/// File times come from a clock that ticks this coarsely.
const TICK: Duration = Duration::from_millis(10);

/// Linux's EMFILE.
const TOO_MANY_OPEN_FILES: i32 = 24;

/// Is told which tree of packages is waited for.
pub type Installing = Box<dyn FnMut(&Utf8Path) + Send>;

/// Watches what was asked about.
pub struct Watcher {
    source: Source,
    asked: Asked,
    table: Table,
    folders: Folders,
    /// Paths whose changes are our own.
    ignored: BTreeSet<Utf8PathBuf>,
    /// Found while beginning to watch.
    pending: Changes,
    /// Where the last build saw something else than is there.
    mistaken: Changes,
    /// Something appeared: folders and links may lead elsewhere.
    is_stale: bool,
    installing: Installing,
}

enum Source {
    Events(Events),
    /// Looks at everything again and again; why.
    Polling(String),
}

struct Events {
    native: RecommendedWatcher,
    receiver: Receiver<notify::Result<Event>>,
    /// Folders that the system tells about.
    followed: BTreeSet<Utf8PathBuf>,
}

/// Where to look again.
#[derive(Default)]
struct Noticed {
    /// With what is known of their contents.
    paths: BTreeMap<Utf8PathBuf, Contents>,
    listings: BTreeSet<Utf8PathBuf>,
    /// Folders that came, went or moved.
    folders: BTreeSet<Utf8PathBuf>,
    is_everything: bool,
}

/// What events say of a file's contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Contents {
    /// Nothing was written.
    #[default]
    Same,
    /// Something was written, and may go on.
    Written,
    /// What was written is complete: the file was closed, or renamed to its name.
    Finished,
}

impl Watcher {
    /// Watches nothing yet. `project` is the folder whose surroundings do not matter.
    pub fn new(project: &Utf8Path) -> Self {
        Self {
            source: Events::start().map_or_else(Source::Polling, Source::Events),
            asked: Asked::default(),
            table: Table::default(),
            folders: Folders::new(project),
            ignored: BTreeSet::new(),
            pending: Changes::default(),
            mistaken: Changes::default(),
            is_stale: false,
            installing: Box::new(|_| ()),
        }
    }

    /// The same; whoever waits wants to know why.
    #[must_use]
    pub fn telling(self, installing: Installing) -> Self {
        Self { installing, ..self }
    }

    /// Why it looks at everything again and again instead of being told; `None` if it is told.
    pub fn polls_because(&self) -> Option<&str> {
        match &self.source {
            Source::Events(_) => None,
            Source::Polling(why) => Some(why),
        }
    }

    /// Watches exactly this from now on, or this besides, if it is not complete. `since`: when the
    /// one who asked began to. What is younger is given out as changed, because nobody knows which
    /// state was seen. What is known of that is compared.
    pub fn watch(&mut self, dependencies: &Dependencies, since: SystemTime) {
        let Dependencies { reads, seen, is_complete } = dependencies;
        if *is_complete {
            self.asked = asked(reads);
            self.look_first(since);
        } else {
            self.watch_also(reads, since);
        }
        let mut mistaken = Changes::default();
        self.table.compare(seen, &mut mistaken);
        // The very same twice in a row is a file system that answers one question in two ways, not a change.
        if mistaken != self.mistaken {
            self.pending.extend(&mistaken);
        }
        if *is_complete || !mistaken.is_empty() {
            self.mistaken = mistaken;
        }
    }

    /// Watches this besides what is watched already.
    pub fn watch_also(&mut self, reads: &Reads, since: SystemTime) {
        let new = asked(reads).without(&self.asked);
        self.asked.extend(&new);
        if self.is_stale {
            self.look_first(since);
        } else if !new.is_empty() {
            self.look_at_new(&new, since);
        }
    }

    fn look_first(&mut self, since: SystemTime) {
        let is_new = self.table.keep(&self.asked);
        if !is_new && !mem::take(&mut self.is_stale) {
            return;
        }
        self.is_stale = false;
        self.attach();
        self.table.look_first(&self.asked, before(since), &mut self.pending);
        // Which paths are links is known only now, and a folder may have been made meanwhile.
        if self.attach() {
            self.table.look_everywhere(&mut self.pending);
        }
    }

    /// The same for what came in addition: what is watched already is not looked at.
    fn look_at_new(&mut self, new: &Asked, since: SystemTime) {
        self.attach_to(new);
        self.table.look_first(new, before(since), &mut self.pending);
        let links = new.paths.iter().filter(|path| self.table.is_link(path)).cloned();
        let links = Asked { paths: links.collect(), ..Asked::default() };
        if !links.is_empty() && self.attach_to(&links) {
            self.table.look_everywhere(&mut self.pending);
        }
    }

    /// Says nothing about these paths: they are our own outputs.
    pub fn ignore(&mut self, paths: impl IntoIterator<Item = Utf8PathBuf>) {
        self.ignored = paths.into_iter().collect();
    }

    /// Waits until something has changed and is quiet again. Gives the net result.
    pub fn next_change(&mut self) -> ChangeSet {
        loop {
            if let Some(changes) = self.next(None) {
                return changes;
            }
        }
    }

    /// The same, but gives up after a while. `None`: nothing has changed.
    #[expect(clippy::disallowed_methods, reason = "a while is a matter of time")]
    pub fn next_change_within(&mut self, limit: Duration) -> Option<ChangeSet> {
        let end = Instant::now() + limit;
        while Instant::now() < end {
            if let Some(changes) = self.next(Some(end)) {
                return Some(changes);
            }
        }
        None
    }

    /// True if something has changed already, so that what was built meanwhile is of the past.
    pub fn is_overtaken(&mut self) -> bool {
        let mut noticed = Noticed::default();
        if let Source::Events(events) = &self.source {
            events.take_waiting(&self.folders, &mut noticed);
        }
        let mut changes = mem::take(&mut self.pending);
        self.look(&noticed, &mut changes);
        changes.forget(&self.ignored);
        self.pending = changes;
        !self.pending.is_empty()
    }

    /// What the next events come to, which may be nothing.
    fn next(&mut self, end: Option<Instant>) -> Option<ChangeSet> {
        let mut changes = self.collect(end);
        if let Some(packages) = Packages::of(&changes) {
            self.await_packages(packages, &mut changes);
        }
        self.is_stale |= changes.has_structure();
        (!changes.is_empty()).then(|| changes.into_set())
    }

    fn collect(&mut self, end: Option<Instant>) -> Changes {
        let noticed = self.wait(end);
        let mut changes = mem::take(&mut self.pending);
        self.look(&noticed, &mut changes);
        changes.forget(&self.ignored);
        changes
    }

    /// Adds what changes until trees of packages are complete and nobody writes there.
    #[expect(clippy::disallowed_methods, reason = "quiet is a matter of time")]
    fn await_packages(&mut self, mut packages: Packages, changes: &mut Changes) {
        let begin = Instant::now();
        let mut is_told = false;
        while begin.elapsed() < LONGEST_INSTALLATION {
            let more = self.collect(Some(Instant::now() + PACKAGES_QUIET));
            if more.is_empty() && packages.are_still(begin.elapsed()) {
                return;
            }
            packages.extend(&more);
            changes.extend(&more);
            if let Some(first) = packages.first().filter(|_| !is_told) {
                (self.installing)(first);
                is_told = true;
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "now is when there is something to tell")]
    fn wait(&mut self, end: Option<Instant>) -> Noticed {
        let mut noticed = Noticed::default();
        let is_told = match &self.source {
            Source::Events(events) => {
                // What is known already is told soon.
                let end = if self.pending.is_empty() { end } else { Some(Instant::now()) };
                events.gather(&self.folders, end, &mut noticed)
            }
            Source::Polling(_) => {
                thread::sleep(POLL);
                noticed.is_everything = true;
                true
            }
        };
        if !is_told {
            self.source = Source::Polling(messages::no_events("its watcher has ended"));
            noticed.is_everything = true;
        }
        noticed
    }

    fn look(&mut self, noticed: &Noticed, changes: &mut Changes) {
        for folder in &noticed.folders {
            self.folders.forget(folder);
            if let Source::Events(events) = &mut self.source {
                events.forget(folder);
            }
        }
        if !noticed.folders.is_empty() {
            self.attach();
        }
        if noticed.is_everything || !noticed.folders.is_empty() {
            self.table.look_everywhere(changes);
            return;
        }
        for (path, contents) in &noticed.paths {
            self.table.look(path, *contents != Contents::Same, changes);
        }
        for folder in &noticed.listings {
            self.table.look_into(folder, changes);
        }
    }

    /// Has the system tell about every folder that matters. True if there was a new one.
    fn attach(&mut self) -> bool {
        self.folders.place(&self.asked, &self.table);
        self.follow()
    }

    /// Has the system tell about the folders of these too. True if there was a new one.
    fn attach_to(&mut self, new: &Asked) -> bool {
        self.folders.place_also(new, &self.table);
        self.follow()
    }

    fn follow(&mut self) -> bool {
        let Source::Events(events) = &mut self.source else { return false };
        match events.follow(self.folders.watched()) {
            Ok(is_new) => is_new,
            Err(why) => {
                self.source = Source::Polling(why);
                false
            }
        }
    }
}

#[cfg(test)]
impl Watcher {
    /// One that no system tells anything.
    pub(crate) fn polling(project: &Utf8Path) -> Self {
        Self { source: Source::Polling(messages::no_watcher_left()), ..Self::new(project) }
    }
}

/// File times may be this much behind.
fn before(since: SystemTime) -> SystemTime {
    since.checked_sub(TICK).unwrap_or(since)
}

fn asked(reads: &Reads) -> Asked {
    let mut asked = Asked::default();
    for (path, question) in reads.iter() {
        match question {
            Question::Contents | Question::Kind | Question::Link => {}
            Question::Listing => drop(asked.listings.insert(path.to_owned())),
        }
        asked.paths.insert(path.to_owned());
    }
    asked
}

impl Events {
    fn start() -> Result<Self, String> {
        let (sender, receiver) = channel();
        let native = RecommendedWatcher::new(sender, notify::Config::default()).map_err(|error| why(&error))?;
        Ok(Self { native, receiver, followed: BTreeSet::new() })
    }

    /// Follows exactly these folders. True if one of them is new; `Err` if the system has had enough.
    fn follow(&mut self, wanted: &BTreeSet<Utf8PathBuf>) -> Result<bool, String> {
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
    fn forget(&mut self, folder: &Utf8Path) {
        let gone: Vec<Utf8PathBuf> = self.followed.iter().filter(|f| f.starts_with(folder)).cloned().collect();
        for folder in gone {
            let _ = self.native.unwatch(folder.as_std_path());
            self.followed.remove(&folder);
        }
    }

    /// Waits for an event that matters, but not beyond `end`, and then until what happens is over.
    /// False if no event can come any more.
    #[expect(clippy::disallowed_methods, reason = "quiet is a matter of time")]
    fn gather(&self, folders: &Folders, end: Option<Instant>, noticed: &mut Noticed) -> bool {
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
    fn take_waiting(&self, folders: &Folders, noticed: &mut Noticed) {
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

    /// Whoever closes a file has written it, and whoever gives it other rights afterwards has not.
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
