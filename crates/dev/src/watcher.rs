//! Events in, net changes out. What is watched is what a Session has asked about, present or absent, and nothing else: so
//! outputs, logs and packages that no build reads never wake anybody. An event only says where to look again; see `table`.
//!
//! Files written into a folder made a moment ago raise no event, and neither do those written between being read and being
//! watched. Therefore a folder is always watched first and looked into afterwards, and young files count as changed.

use std::{
    collections::BTreeSet,
    mem, thread,
    time::{Duration, Instant, SystemTime},
};

use bundle_base::fs::{Question, Reads};
use bundle_engine::{ChangeSet, Dependencies};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    events::{Contents, Events, Noticed},
    folders::Folders,
    installs::Packages,
    messages,
    table::{Asked, Changes, Table},
};

/// After this long without a change, a tree of packages is taken to be written.
const PACKAGES_QUIET: Duration = Duration::from_millis(400);
/// An installation that takes longer is not waited for.
const LONGEST_INSTALLATION: Duration = Duration::from_mins(1);
/// How often to look where the system does not tell.
const POLL: Duration = Duration::from_millis(300);
/// File times come from a clock that ticks this coarsely.
const TICK: Duration = Duration::from_millis(10);

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

    /// True if something has changed since changes were given out last: a build that was made of
    /// these is out of date. The change is kept.
    pub fn is_overtaken(&mut self) -> bool {
        let mut noticed = Noticed::default();
        if let Source::Events(events) = &self.source {
            events.take_waiting(&self.folders, &mut noticed);
        }
        self.pending = self.net(&noticed);
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
        self.net(&noticed)
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
