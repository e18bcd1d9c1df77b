//! A sign of life while a build takes long: one line on a terminal that is wiped when the build ends. Nothing at all where
//! standard error is no terminal, or where programs read along.

use std::{
    io::Write,
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::Duration,
};

/// Builds that are shorter show nothing: a line that flickers is worse than none.
const PATIENCE: Duration = Duration::from_millis(600);
const TICK: Duration = Duration::from_secs(1);

/// Shows the line until it is dropped.
pub struct Progress {
    // The lock protects whether the work is over; the thread sleeps on the condition so that it ends at once.
    is_over: Arc<(Mutex<bool>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts to wait.
    pub fn start(is_wanted: bool) -> Self {
        let is_over = Arc::new((Mutex::new(false), Condvar::new()));
        let shared = Arc::clone(&is_over);
        let thread = is_wanted.then(|| thread::spawn(move || show(&shared)));
        Self { is_over, thread }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let (lock, condition) = &*self.is_over;
        *lock.lock().unwrap_or_else(PoisonError::into_inner) = true;
        condition.notify_all();
        if let Some(thread) = self.thread.take() {
            // It only prints; if it panicked, there is nothing to repair.
            let _ = thread.join();
        }
    }
}

fn show((lock, condition): &(Mutex<bool>, Condvar)) {
    let mut seconds = 0_u32;
    let mut wait = PATIENCE;
    let mut is_over = lock.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        is_over = condition.wait_timeout(is_over, wait).unwrap_or_else(PoisonError::into_inner).0;
        if *is_over {
            break;
        }
        draw(&format!("  bundling … {seconds} s"));
        seconds += 1;
        wait = TICK;
    }
    if seconds > 0 {
        draw("");
    }
}

/// Replaces the line that the cursor is on.
fn draw(text: &str) {
    let mut terminal = std::io::stderr().lock();
    let _ = write!(terminal, "\r\u{1b}[2K{text}");
    let _ = terminal.flush();
}
