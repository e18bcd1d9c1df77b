//! The types that the implementations for all systems share.

use std::fs::File;

/// What is done when the process is asked to pause, to go on or to end.
#[derive(Clone, Copy)]
#[cfg_attr(not(unix), expect(dead_code, reason = "nobody asks it to pause"))]
pub struct Handlers {
    pub pause: fn(),
    pub go_on: fn(),
    /// Is given what ends the process, and calls it last.
    pub end: fn(&mut dyn FnMut()),
}

/// A folder, or the file that is locked instead of it, open for locking.
pub struct Lockable {
    pub file: File,
    /// An identifier of the folder, for names of temporary files.
    pub name: String,
}
