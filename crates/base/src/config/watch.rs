//! The decided configuration of `watch` for the host. `OutputConfig::updates` decides what `watch`
//! changes in scripts.

use serde::Serialize;

/// How changes are noticed, and how pages and the desktop are notified.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WatchConfig {
    /// Whether files are polled for changes.
    pub poll: Poll,
    /// The desktop shows a notification when a build fails, and when the next one succeeds.
    pub notify: bool,
    /// Files whose change reloads pages: patterns relative to the project's folder.
    pub reload: Vec<String>,
    /// Whether the watcher pushes edits to pages of this machine, so that the pages need not poll.
    pub socket: bool,
    /// Origins whose pages get edits pushed, too, although their hosts are not loopback addresses.
    pub origins: Vec<String>,
}

/// When files are polled for changes (`watch.poll`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Poll {
    /// Only where the operating system does not report every change.
    #[default]
    Auto,
    /// Everywhere, with short intervals after a change and long ones at rest.
    Always,
    /// Only where the operating system refuses to report changes.
    Never,
    /// Everywhere, at intervals of this many milliseconds.
    Every(u32),
}

impl Poll {
    /// The valid intervals: a shorter one would keep a core busy, a longer one would look like a
    /// hang.
    pub const MILLISECONDS: std::ops::RangeInclusive<u32> = 10..=60_000;
}
