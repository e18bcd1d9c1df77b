//! Where and why a thread panicked, for the message that reports it.

use std::{
    panic,
    sync::{Mutex, PoisonError},
};

/// The last panic. Behind a lock because any worker may panic.
static PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Keeps the messages of panics from now on, and prints nothing.
pub fn keep() {
    panic::set_hook(Box::new(|info| {
        let place =
            info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let text = info.payload_as_str().unwrap_or("no message");
        *PANIC.lock().unwrap_or_else(PoisonError::into_inner) = Some(format!("{text} ({place})"));
    }));
}

/// Takes the last panic: what it says, and its place in the program.
pub fn take() -> String {
    PANIC.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
}
