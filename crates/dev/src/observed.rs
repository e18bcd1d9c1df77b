//! What builds have read, compared with the disk when somebody asks: nothing is watched meanwhile.

use std::{mem, time::SystemTime};

use bundle_engine::{ChangeSet, Dependencies};

use crate::table::{Asked, Changes, Table, before};

/// The state of every path that builds have read or looked for.
#[derive(Default)]
pub struct Observed {
    asked: Asked,
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
            self.asked = Asked::of(reads);
            self.table.keep(&self.asked);
        } else {
            let new = self.asked.missing(reads);
            self.asked.extend(&new);
        }
        self.table.look_first(&self.asked, before(since), &mut self.pending);
        self.table.compare(seen, &mut self.pending);
    }

    /// Returns the net changes since the last call.
    pub fn changes(&mut self) -> ChangeSet {
        let mut changes = mem::take(&mut self.pending);
        self.table.look_everywhere(&mut changes);
        changes.into_set()
    }
}
