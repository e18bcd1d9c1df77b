//! The state of `--watch` that is kept from build to build.

use std::{collections::BTreeSet, time::Instant};

use bundle_base::{Diagnostic, fs::Reads};
use bundle_dev::{Polling, Watcher};
use bundle_engine::{ChangeSet, Session};

use super::{
    disk::Disk, keys::Keys, known_warnings::KnownWarnings, socket::Socket, status::Status,
    verify::Verify, views::Views, watcher_lock::WatcherLock,
};
use crate::{args::Invocation, cache, lint::Lint, project::Project, report::Reporter};

/// The state that is kept from build to build.
pub struct Watch<'a> {
    pub reporter: Reporter,
    pub invocation: &'a Invocation,
    pub project: Project,
    pub decided: Decided,
    pub session: Session,
    pub watcher: Watcher,
    pub disk: Disk,
    pub reported: Reported,
    pub pages: Pages,
    pub edits: Edits,
    /// The lock that keeps other watchers out of the output folder.
    pub lock: WatcherLock,
    pub extras: Extras,
}

/// The changes that are built now, and those that wait.
#[derive(Default)]
pub struct Edits {
    /// The changes that the build covers; `None` before the first build.
    pub built: Option<ChangeSet>,
    /// Changes that arrived while `--verify` waited for them, for the next build.
    pub pending: Option<ChangeSet>,
    /// Since when newer changes have kept builds from being written.
    pub outdated_since: Option<Instant>,
    /// When outputs were last written again because another program had removed them.
    pub restored: Option<Instant>,
}

/// What runs beside builds.
pub struct Extras {
    /// The keys that the user presses.
    pub keys: Keys,
    /// Lint, with `lint` in the configuration or `--lint`.
    pub lint: Option<Lint>,
    /// Where the first build keeps its results for other processes.
    pub cache: Option<cache::CacheFile>,
    /// The comparison with clean builds, with `--verify`.
    pub verify: Option<Verify>,
}

/// How the configuration was decided.
pub struct Decided {
    /// What deciding it has read.
    pub reads: Reads,
    /// What everything but the views has read, if there are views.
    pub reads_of_builds: Reads,
    /// The configuration or the views have read something that the watcher does not watch yet.
    pub has_new_reads: bool,
    /// False while the configuration has mistakes; then the Session belongs to the last valid one.
    pub is_valid: bool,
    pub warnings: Vec<Diagnostic>,
}

/// What was already reported in the terminal.
#[derive(Default)]
pub struct Reported {
    pub warnings: KnownWarnings,
    /// Whether the last build failed: the next successful one is reported as a correction.
    pub has_failed: bool,
    /// The reasons for polling.
    pub polls: BTreeSet<Polling>,
}

/// The channels through which pages learn of builds.
#[derive(Default)]
pub struct Pages {
    pub status: Status,
    pub socket: Socket,
    pub views: Views,
}
