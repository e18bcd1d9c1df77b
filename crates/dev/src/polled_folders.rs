//! Which folders are polled instead of waiting for events, and why.

use std::collections::BTreeSet;

use bundle_base::config::Poll;
use camino::Utf8PathBuf;

use crate::{
    events::{Events, Refusal},
    messages,
    mounts::Mounts,
    platform::{self, limit},
};

/// Limits that are enough for any project: for folders, and for watchers.
const ENOUGH: (u64, u64) = (524_288, 1024);

/// Why files are polled.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Polling {
    /// The reason in words.
    pub why: String,
    /// The system could report changes here, but refuses to.
    pub is_refused: bool,
    /// A command that lifts the refusal.
    pub remedy: Option<String>,
}

/// The folders to poll, and why.
#[derive(Default)]
pub struct PolledFolders {
    pub folders: BTreeSet<Utf8PathBuf>,
    pub reasons: BTreeSet<Polling>,
}

impl PolledFolders {
    /// Decides for each of these folders, which `events` has been asked to follow, whether it must
    /// be polled.
    pub fn of(
        watched: &BTreeSet<Utf8PathBuf>,
        poll: Poll,
        mounts: &Mounts,
        events: &Events,
    ) -> Self {
        let mut found = Self::default();
        match poll {
            Poll::Always | Poll::Every(_) => {
                let why = messages::as_asked(poll);
                return Self {
                    folders: watched.clone(),
                    reasons: BTreeSet::from([Polling::plain(why)]),
                };
            }
            Poll::Auto => found.add_silent(watched, mounts),
            Poll::Never => {}
        }
        let (refused, why) = events.refused();
        if !refused.is_empty() {
            found.folders.extend(refused.iter().cloned());
            found.reasons.insert(Polling::refused(why));
        }
        found
    }

    fn add_silent(&mut self, watched: &BTreeSet<Utf8PathBuf>, mounts: &Mounts) {
        let mut points = BTreeSet::new();
        for folder in watched {
            if let Some(mount) = mounts.silent(folder) {
                self.folders.insert(folder.clone());
                points.insert((&mount.point, &mount.kind));
            }
        }
        let reasons =
            points.into_iter().map(|(point, kind)| messages::silent_file_system(point, kind));
        self.reasons.extend(reasons.map(Polling::plain));
    }
}

impl Polling {
    /// A reason that needs no remedy.
    fn plain(why: String) -> Self {
        Self { why, is_refused: false, remedy: None }
    }

    fn refused(refusal: &Refusal) -> Self {
        let enough =
            |limit: Option<u64>, usual: u64| usual.max(limit.unwrap_or(0).saturating_mul(2));
        let (why, remedy) = match refusal {
            Refusal::Watches => {
                let limit = limit("max_user_watches");
                (
                    messages::limit_reached(limit),
                    Some(messages::sysctl("max_user_watches", enough(limit, ENOUGH.0))),
                )
            }
            Refusal::Watchers => {
                let limit = limit("max_user_instances");
                (
                    messages::no_watcher_left(limit),
                    Some(messages::sysctl("max_user_instances", enough(limit, ENOUGH.1))),
                )
            }
            Refusal::Other(why) => (messages::no_events(why), None),
        };
        Self { why, is_refused: true, remedy: remedy.filter(|_| platform::HAS_LIMITS) }
    }
}
