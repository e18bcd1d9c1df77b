//! Finds what has changed since the last build when the host asks, by comparing every path that
//! builds have read with the disk. Nothing is watched in between.

use std::{mem, time::SystemTime};

use bundle_engine::{ChangeSet, Dependencies};

use crate::table::{Changes, Table, WatchedPaths, before};

/// The state of every path that builds have read or looked for.
#[derive(Default)]
pub struct Observed {
    watched: WatchedPaths,
    table: Table,
    /// Changes that came while a build ran.
    pending: Changes,
}

impl Observed {
    /// Observes exactly these dependencies from now on, or adds them if they are not complete.
    /// `since` is when the build began: a file that is younger counts as changed, because it is
    /// unknown which state the build saw.
    pub fn observe(&mut self, dependencies: &Dependencies, since: SystemTime) {
        let Dependencies { reads, seen, is_complete } = dependencies;
        if *is_complete {
            self.watched = WatchedPaths::of(reads);
            self.table.keep(&self.watched);
        } else {
            let new = self.watched.missing(reads);
            self.watched.extend(&new);
        }
        self.table.check_new(&self.watched, before(since), &mut self.pending);
        self.table.compare(seen, &mut self.pending);
    }

    /// Returns the net changes since the last call.
    pub fn changes(&mut self) -> ChangeSet {
        let mut changes = mem::take(&mut self.pending);
        self.table.check_all(&mut changes);
        changes.into_set()
    }
}
