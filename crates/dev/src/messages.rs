//! Every sentence that watching can say.

use bundle_base::config::Poll;
use camino::Utf8Path;

/// Files are looked at because the configuration says so.
pub fn as_asked(poll: Poll) -> String {
    match poll {
        Poll::Every(milliseconds) => {
            format!("looking at files every {milliseconds} ms: watch.poll says so")
        }
        Poll::Auto | Poll::Always | Poll::Never => {
            "looking at files every second: watch.poll says so".to_owned()
        }
    }
}

/// Files are looked at because their file system does not report every change.
pub fn silent_file_system(point: &Utf8Path, kind: &str) -> String {
    format!("looking at files in {point} every second: {kind} does not report every change")
}

/// Too many folders are watched.
pub fn limit_reached(limit: Option<u64>) -> String {
    format!("the system reports changes in {} folders of a user, and no more", counted(limit))
}

/// As many watchers exist as may exist.
pub fn no_watcher_left(limit: Option<u64>) -> String {
    format!("the system allows {} watchers of a user, and no more", counted(limit))
}

fn counted(limit: Option<u64>) -> String {
    limit.map_or_else(|| "a number of".to_owned(), |limit| limit.to_string())
}

/// What lifts a limit.
pub fn sysctl(name: &str, value: u64) -> String {
    format!("sudo sysctl fs.inotify.{name}={value}")
}

/// The operating system does not tell about changes.
pub fn no_events(why: &str) -> String {
    format!("the system does not report changes here: {why}")
}

/// The part of the system that told about changes is gone.
pub fn has_ended() -> &'static str {
    "its watcher has ended"
}
