//! Events and looks in, net changes out. What is watched is what a Session has asked about, present
//! or absent, and nothing else: so outputs, logs and packages that no build reads never wake
//! anybody. An event only says where to look again; see `table`.
//!
//! Files written into a folder made a moment ago raise no event, and neither do those written
//! between being read and being watched. Therefore a folder is always watched first and looked into
//! afterwards, and young files count as changed.

use std::{
    collections::BTreeSet,
    mem, thread,
    time::{Duration, Instant, SystemTime},
};

use bundle_base::{
    config::Poll,
    fs::{Question, Reads},
};
use bundle_engine::{ChangeSet, Dependencies};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    events::{Bell, Contents, Ended, Events, Noticed},
    folders::Folders,
    installs::Packages,
    mounts::Mounts,
    polled::Polled,
    reasons::{Looked, Polling},
    table::{Asked, Changes, Table},
};

/// After this long without a change, a tree of packages is taken to be written.
const PACKAGES_QUIET: Duration = Duration::from_millis(400);
/// An installation that takes longer is not waited for.
const LONGEST_INSTALLATION: Duration = Duration::from_mins(1);
/// Where files are looked at: after a difference, this long without another one means that a burst
/// is over.
const QUIET: Duration = Duration::from_millis(30);
/// A burst that takes longer is given out nevertheless.
const LONGEST_BURST: Duration = Duration::from_secs(2);
/// File times come from a clock that ticks this coarsely.
const TICK: Duration = Duration::from_millis(10);

/// Is told which tree of packages is waited for.
pub type Installing = Box<dyn FnMut(&Utf8Path) + Send>;

/// Watches what was asked about.
pub struct Watcher {
    events: Events,
    /// What is looked at, because events do not tell of it.
    polled: Polled,
    poll: Poll,
    reasons: BTreeSet<Polling>,
    mounts: Mounts,
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

impl Watcher {
    /// Watches nothing yet. `project` is the folder whose surroundings do not matter.
    pub fn new(project: &Utf8Path) -> Self {
        Self {
            events: Events::start(),
            polled: Polled::default(),
            poll: Poll::default(),
            reasons: BTreeSet::new(),
            mounts: Mounts::default(),
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

    /// How to notice changes from now on.
    pub fn set_poll(&mut self, poll: Poll) {
        if poll != self.poll {
            self.poll = poll;
            self.polled.pace.set(poll);
            self.is_stale = true;
        }
    }

    /// The same; whoever waits wants to know why.
    #[must_use]
    pub fn telling(self, installing: Installing) -> Self {
        Self { installing, ..self }
    }

    /// Why it looks at files again and again instead of being told; nothing, if it is told of all.
    pub fn polls_because(&self) -> &BTreeSet<Polling> {
        &self.reasons
    }

    /// Rung by another thread, it ends a wait for changes.
    pub fn bell(&self) -> Bell {
        self.events.bell()
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
        // The very same twice in a row is a file system that answers one question in two ways, not
        // a change.
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
        let is_stale = mem::take(&mut self.is_stale);
        if !is_new && !is_stale {
            return;
        }
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

    /// Waits until something has changed and is quiet again. Gives the net result; `None`: the bell
    /// was rung.
    pub fn next_change(&mut self) -> Option<ChangeSet> {
        loop {
            match self.next(None) {
                (_, Some(changes)) => return Some(changes),
                (Ended::Called, None) => return None,
                (Ended::Noticed | Ended::Late, None) => {}
            }
        }
    }

    /// The same, but gives up after a while, or when the bell is rung. `None`: nothing has changed.
    #[expect(clippy::disallowed_methods, reason = "a while is a matter of time")]
    pub fn next_change_within(&mut self, limit: Duration) -> Option<ChangeSet> {
        let end = Instant::now() + limit;
        while Instant::now() < end {
            match self.next(Some(end)) {
                (_, Some(changes)) => return Some(changes),
                (Ended::Called, None) => return None,
                (Ended::Noticed | Ended::Late, None) => {}
            }
        }
        None
    }

    /// True if something has changed since changes were given out last: a build that was made of
    /// these is out of date. The change is kept.
    #[expect(clippy::disallowed_methods, reason = "looking is due at a time")]
    pub fn is_overtaken(&mut self) -> bool {
        let mut noticed = Noticed::default();
        self.events.take_waiting(&self.folders, &mut noticed);
        if !self.polled.is_empty()
            && self.polled.pace.next().is_none_or(|next| next <= Instant::now())
        {
            self.polled.look(&self.folders, &mut noticed);
        }
        self.pending = self.net(&noticed);
        !self.pending.is_empty()
    }

    /// What the next events come to, which may be nothing.
    fn next(&mut self, end: Option<Instant>) -> (Ended, Option<ChangeSet>) {
        let (ended, mut changes) = self.collect(end);
        if let Some(packages) = Packages::of(&changes) {
            self.await_packages(packages, &mut changes);
        }
        self.is_stale |= changes.has_structure();
        (ended, (!changes.is_empty()).then(|| changes.into_set()))
    }

    fn collect(&mut self, end: Option<Instant>) -> (Ended, Changes) {
        let mut noticed = Noticed::default();
        let ended = self.wait(end, &mut noticed);
        (ended, self.net(&noticed))
    }

    /// What is pending, and what events come to, without our own outputs.
    fn net(&mut self, noticed: &Noticed) -> Changes {
        let mut changes = mem::take(&mut self.pending);
        self.look(noticed, &mut changes);
        changes.forget(&self.ignored);
        changes
    }

    /// Adds what changes until trees of packages are complete and nobody writes there.
    #[expect(clippy::disallowed_methods, reason = "quiet is a matter of time")]
    fn await_packages(&mut self, mut packages: Packages, changes: &mut Changes) {
        let begin = Instant::now();
        let mut is_told = false;
        while begin.elapsed() < LONGEST_INSTALLATION {
            let (_, more) = self.collect(Some(Instant::now() + PACKAGES_QUIET));
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

    #[expect(clippy::disallowed_methods, reason = "looking is due at a time")]
    fn wait(&mut self, end: Option<Instant>, noticed: &mut Noticed) -> Ended {
        if !self.pending.is_empty() {
            // What is known already is told soon.
            self.events.settle(&self.folders, noticed);
            return Ended::Noticed;
        }
        loop {
            let due = if self.polled.is_empty() {
                None
            } else {
                self.polled.pace.next().or(Some(Instant::now()))
            };
            let until = [end, due].into_iter().flatten().min();
            let ended = self.events.gather(&self.folders, until, noticed);
            let now = Instant::now();
            if ended == Ended::Noticed {
                self.polled.pace.hurry(now);
            }
            if due.is_some_and(|due| due <= now) && self.polled.look(&self.folders, noticed) {
                self.await_quiet(noticed);
            }
            if !noticed.is_nothing() {
                return Ended::Noticed;
            }
            if ended == Ended::Called || end.is_some_and(|end| end <= now) {
                return ended;
            }
        }
    }

    /// Looks until nothing more changes.
    #[expect(clippy::disallowed_methods, reason = "quiet is a matter of time")]
    fn await_quiet(&mut self, noticed: &mut Noticed) {
        let begin = Instant::now();
        while begin.elapsed() < LONGEST_BURST {
            thread::sleep(QUIET);
            if !self.polled.look(&self.folders, noticed) {
                return;
            }
        }
    }

    fn look(&mut self, noticed: &Noticed, changes: &mut Changes) {
        for folder in &noticed.folders {
            self.folders.forget(folder);
            self.events.forget(folder);
        }
        // With everything, the system's watcher itself may be gone.
        if noticed.is_everything || !noticed.folders.is_empty() {
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

    /// Watches every folder that matters. True if there was a new one.
    fn attach(&mut self) -> bool {
        self.mounts = Mounts::read();
        self.folders.place(&self.asked, &self.table);
        let (is_new, looked) = self.follow();
        self.polled.place(&looked.folders, &self.folders);
        self.reasons = looked.reasons;
        is_new
    }

    /// Watches the folders of these too. True if there was a new one.
    fn attach_to(&mut self, new: &Asked) -> bool {
        self.folders.place_also(new, &self.table);
        let (is_new, looked) = self.follow();
        self.polled.place_also(&looked.folders, self.folders.news());
        self.reasons = looked.reasons;
        is_new
    }

    /// Has the system tell about the folders, as far as it can, and says which are to be looked at.
    fn follow(&mut self) -> (bool, Looked) {
        let watched = self.folders.watched();
        let is_new = match self.poll {
            // On a file system that others write to, what this machine writes is known at once
            // nevertheless.
            Poll::Auto | Poll::Never => self.events.follow(watched),
            Poll::Always | Poll::Every(_) => self.events.follow(&BTreeSet::new()),
        };
        (is_new, Looked::of(watched, self.poll, &self.mounts, &self.events))
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
