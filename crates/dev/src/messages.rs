//! Every sentence that watching can say.

/// Why changes are looked for instead of being reported.
pub fn limit_reached() -> String {
    "the system's limit of watched folders is reached (on Linux: sysctl fs.inotify.max_user_watches)".to_owned()
}

/// As many watchers exist as may exist.
pub fn no_watcher_left() -> String {
    "the system's limit of watchers is reached (on Linux: sysctl fs.inotify.max_user_instances)".to_owned()
}

/// The operating system does not tell about changes.
pub fn no_events(why: &str) -> String {
    format!("the system does not report changes here: {why}")
}
