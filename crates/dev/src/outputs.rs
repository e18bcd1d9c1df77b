//! Watches the files that builds have written. Another program may remove or replace them while no
//! source changes. Own writes raise the same events, so an event is only a reason to look at the
//! files, once they have been quiet for a while.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    time::{Duration, Instant},
};

use bundle_base::{FileSystem as _, fs::OsFs};
use camino::{Utf8Path, Utf8PathBuf};
use notify::{
    Event, EventKind,
    event::{AccessKind, AccessMode, ModifyKind},
};

/// Another program has finished with the outputs after this long without an event.
const QUIET: Duration = Duration::from_millis(300);

/// The outputs, by their real paths, and what events have reported of them.
#[derive(Default)]
pub struct WatchedOutputs {
    files: BTreeSet<Utf8PathBuf>,
    /// The folders that have them.
    pub folders: BTreeSet<Utf8PathBuf>,
    /// When to look at the files.
    pub due: Option<Instant>,
    /// The files are to be looked at now.
    are_quiet: bool,
    /// A folder was removed or moved, so its events have ended.
    is_lost: bool,
}

impl WatchedOutputs {
    /// Watches these files instead. Returns whether the folders must be followed again.
    pub fn replace(&mut self, files: &[&Utf8PathBuf]) -> bool {
        let mut real_folders: BTreeMap<&Utf8Path, Option<Utf8PathBuf>> = BTreeMap::new();
        let mut real = BTreeSet::new();
        for file in files {
            let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else { continue };
            let folder = real_folders.entry(folder).or_insert_with(|| OsFs.canonical(folder).ok());
            real.extend(folder.as_ref().map(|folder| folder.join(name)));
        }
        let folders = real_folders.into_values().flatten().collect();
        self.files = real;
        let is_other = folders != self.folders;
        self.folders = folders;
        mem::take(&mut self.is_lost) || is_other
    }

    /// Notes an event. An error means that events may be missing.
    pub fn note(&mut self, event: &notify::Result<Event>) {
        if self.files.is_empty() {
            return;
        }
        let Ok(event) = event else { return self.look_in(QUIET) };
        match event.kind {
            // A process reads the file.
            EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write) => return,
            EventKind::Access(_)
            | EventKind::Any
            | EventKind::Create(_)
            | EventKind::Modify(_)
            | EventKind::Remove(_)
            | EventKind::Other => {}
        }
        let ends_events =
            matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
        for path in event.paths.iter().filter_map(|path| Utf8Path::from_path(path)) {
            let is_folder = self.folders.contains(path);
            self.is_lost |= is_folder && ends_events;
            if is_folder || self.files.contains(path) {
                self.look_in(QUIET);
            }
        }
    }

    /// Looks at the files after this time.
    #[expect(clippy::disallowed_methods, reason = "has a time limit")]
    pub fn look_in(&mut self, pause: Duration) {
        self.due = Some(Instant::now() + pause);
    }

    /// Whether the files have become quiet by now.
    pub fn become_quiet(&mut self, now: Instant) -> bool {
        let is_due = self.due.take_if(|due| *due <= now).is_some();
        self.are_quiet |= is_due;
        is_due
    }

    /// Whether they have become quiet since the last call.
    pub fn take_quiet(&mut self) -> bool {
        mem::take(&mut self.are_quiet)
    }
}
