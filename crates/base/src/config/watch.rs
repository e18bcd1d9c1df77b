//! What `watch` decides for whoever watches. What it changes in scripts is `OutputConfig::updates`.

use serde::Serialize;

/// How changes are noticed, and who is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WatchConfig {
    /// Whether files are looked at instead of waiting for events.
    pub poll: Poll,
    /// The desktop shows when a build fails, and when the next one succeeds.
    pub notify: bool,
    /// Files whose change reloads pages: patterns from the project's folder.
    pub reload: Vec<String>,
    /// Whether the watcher tells pages of this machine of edits, so that they need not ask.
    pub socket: bool,
    /// Origins whose pages are told although their hosts are no loopback ones.
    pub origins: Vec<String>,
}

/// `watch.poll`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Poll {
    /// Where the system does not report every change.
    #[default]
    Auto,
    /// Everywhere, quickly after a change and slowly at rest.
    Always,
    /// Only where the system refuses to report.
    Never,
    /// Everywhere, each time after this many milliseconds.
    Every(u32),
}

impl Poll {
    /// The intervals that make sense: a shorter one would keep a core busy, a longer one looks like
    /// a hang.
    pub const MILLISECONDS: std::ops::RangeInclusive<u32> = 10..=60_000;
}
