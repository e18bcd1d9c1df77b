//! Ends the process at once, whatever it is doing: unfinished files are removed first, and the
//! terminal is restored. If the process is killed outright, the next build removes what it left.

use std::{
    fs,
    io::{self, Write},
    sync::{Mutex, MutexGuard, PoisonError, TryLockError},
    thread,
    time::Duration,
};

use camino::Utf8PathBuf;

use crate::platform::{self, Handlers};

/// How often to try and how long to pause while files are renamed into place. It takes longer only
/// if the disk hangs, and then the process ends nevertheless.
const PATIENCE: (u32, Duration) = (600, Duration::from_millis(5));

/// Held while files are renamed into place, so that the process does not end in between.
static PLACING: Mutex<()> = Mutex::new(());

/// What must be removed if the process ends now.
static UNFINISHED: Mutex<Unfinished> =
    Mutex::new(Unfinished { files: Vec::new(), folders: Vec::new() });

/// Files and folders that were made and are not finished.
#[derive(Default)]
pub struct Unfinished {
    pub files: Vec<Utf8PathBuf>,
    /// Outer ones first.
    pub folders: Vec<Utf8PathBuf>,
}

/// Returns what must be removed if the process ends now. While the guard is held, the process does
/// not end.
pub fn unfinished() -> MutexGuard<'static, Unfinished> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns a guard; while it is held, the process does not end.
pub fn placing() -> MutexGuard<'static, ()> {
    PLACING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the process with exit code 0.
#[expect(clippy::exit, reason = "other threads are at work, and what they leave is removed")]
pub fn quit() -> ! {
    let _held = tidy();
    std::process::exit(0)
}

/// Ends the process with this exit code when all is done and printed. Threads that still run, and
/// memory that is still held, are left to the system: giving them back one by one takes time.
pub fn end(code: u8) -> ! {
    let _ = io::stdout().flush();
    platform::exit(code)
}

/// Removes unfinished files and folders. While the returned guards are held, no new ones are made.
fn tidy() -> (Option<MutexGuard<'static, ()>>, MutexGuard<'static, Unfinished>) {
    let placing = wait_for_placing();
    let mut unfinished = unfinished();
    for file in unfinished.files.drain(..) {
        let _ = fs::remove_file(file);
    }
    for folder in unfinished.folders.drain(..).rev() {
        let _ = fs::remove_dir(folder);
    }
    platform::restore();
    (placing, unfinished)
}

fn wait_for_placing() -> Option<MutexGuard<'static, ()>> {
    let (tries, pause) = PATIENCE;
    for _ in 0..tries {
        match PLACING.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => thread::sleep(pause),
        }
    }
    None
}

/// Makes signals end the process in this way, where the system has signals.
pub fn on_signals() {
    platform::on_signals(Handlers {
        pause: platform::restore,
        go_on: platform::resume,
        end: |end| {
            let _held = tidy();
            end();
        },
    });
}
