//! Every sentence that the watcher can report.

use bundle_base::config::Poll;
use camino::Utf8Path;

/// Files are polled because the configuration asks for it.
pub fn as_asked(poll: Poll) -> String {
    match poll {
        Poll::Every(milliseconds) => {
            format!("polling files every {milliseconds} ms, because `watch.poll` is set")
        }
        Poll::Auto | Poll::Always | Poll::Never => {
            "polling files every second, because `watch.poll` is set".to_owned()
        }
    }
}

/// Files are polled because their file system does not report every change.
pub fn silent_file_system(point: &Utf8Path, kind: &str) -> String {
    format!("polling files in {point} every second: {kind} does not report every change")
}

/// The user has reached the limit of watched folders.
pub fn limit_reached(limit: Option<u64>) -> String {
    format!("the system reports changes in only {} folders per user", counted(limit))
}

/// The user has reached the limit of watchers.
pub fn no_watcher_left(limit: Option<u64>) -> String {
    format!("the system allows only {} watchers per user", counted(limit))
}

fn counted(limit: Option<u64>) -> String {
    limit.map_or_else(|| "so many".to_owned(), |limit| limit.to_string())
}

/// The command that raises a limit.
pub fn sysctl(name: &str, value: u64) -> String {
    format!("sudo sysctl fs.inotify.{name}={value}")
}

/// The operating system does not report changes.
pub fn no_events(why: &str) -> String {
    format!("the system does not report changes here: {why}")
}

/// The system's watcher has ended.
pub fn has_ended() -> &'static str {
    "its watcher has ended"
}
