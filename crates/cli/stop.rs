//! Ends the process at once, whatever it is doing: unfinished files are removed first, and the
//! terminal is restored. What a process leaves that is killed outright, the next build removes.

use std::{
    fs,
    io::{self, Write},
    sync::{Mutex, MutexGuard, PoisonError, TryLockError},
    thread,
    time::Duration,
};

use camino::Utf8PathBuf;

use crate::terminal;

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
    #[cfg(unix)]
    signal_hook::low_level::exit(code.into());
    #[cfg(not(unix))]
    std::process::exit(code.into());
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
    terminal::restore();
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

/// Makes signals end the process in this way. Signals that the parent process set to be ignored, as
/// `nohup` does, stay ignored.
#[cfg(unix)]
#[expect(clippy::exit, reason = "other threads are at work, and what they leave is removed")]
pub fn on_signals() {
    use signal_hook::{
        consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP},
        iterator::Signals,
        low_level::emulate_default_handler,
    };
    let ignored = ignored();
    let wanted = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT];
    let wanted = wanted.into_iter().filter(|signal| ignored & (1 << (signal - 1)) == 0);
    // Without these handlers the process ends as any program does.
    let Ok(mut signals) = Signals::new(wanted) else { return };
    let listen = move || {
        for signal in &mut signals {
            match signal {
                SIGCONT => terminal::resume(),
                SIGTSTP => {
                    terminal::restore();
                    // This returns when the process is continued.
                    let _ = emulate_default_handler(SIGTSTP);
                    terminal::resume();
                }
                signal => {
                    let _held = tidy();
                    // The parent process learns of the signal.
                    let _ = emulate_default_handler(signal);
                    std::process::exit(1);
                }
            }
        }
    };
    let _ = thread::Builder::new().name("signals".to_owned()).spawn(listen);
}

/// Here the system ends the process, and the next build removes what it leaves.
#[cfg(not(unix))]
pub fn on_signals() {}

/// Returns a bit for each signal that is ignored, where the system reports that.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "only the command line knows of signals")]
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}
