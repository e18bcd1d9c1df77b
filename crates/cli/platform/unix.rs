//! Linux, macOS and other systems with the calls of Unix.

use std::{
    fs::{self, File, Metadata},
    io::{self, IsTerminal as _},
    os::unix::fs::MetadataExt as _,
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use camino::{Utf8Path, Utf8PathBuf};
use rustix::{
    event::{PollFd, PollFlags, poll},
    io::Errno,
    process::getpgrp,
    stdio::{stdin, stdout},
    termios::{
        LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp, tcgetwinsize,
        tcsetattr,
    },
};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP},
    iterator::Signals,
    low_level::emulate_default_handler,
};

use super::model::{Handlers, Lockable};

/// The endings of programs in `node_modules/.bin`.
pub const ENDINGS: &[&str] = &[""];

/// How long to leave the terminal to the job that it belongs to, before trying again.
const ASIDE: Duration = Duration::from_millis(500);

/// The terminal's original mode. Behind a lock because any thread may end the process.
static FOUND: Mutex<Option<Termios>> = Mutex::new(None);

/// Returns the working directory with its drive as the system writes it. There are no drives.
pub fn as_named_by_the_system(folder: Utf8PathBuf) -> Utf8PathBuf {
    folder
}

/// Opens a folder to be locked. The lock is the same under every path of the folder and for every
/// user and container that shares it, and no lock file lies in the folder.
pub fn lockable(folder: &Utf8Path) -> io::Result<Lockable> {
    let file = File::open(folder)?;
    let found = file.metadata()?;
    Ok(Lockable { file, name: format!("{:x}-{:x}", found.dev(), found.ino()) })
}

/// Returns the name of the folder that is at this path now.
pub fn lock_name(folder: &Utf8Path) -> io::Result<String> {
    let found = folder.metadata()?;
    Ok(format!("{:x}-{:x}", found.dev(), found.ino()))
}

/// Returns a number that differs once a rename replaces the file.
pub fn inode(found: &Metadata) -> u64 {
    found.ino()
}

/// Keeps the owner of a file that another user, such as root, replaces: the server that reads it
/// must still be able to.
pub fn keep_owner(waiting: &Utf8Path, old: &Metadata) {
    use std::os::unix::fs::chown;
    let is_same =
        waiting.metadata().is_ok_and(|new| (new.uid(), new.gid()) == (old.uid(), old.gid()));
    // A user other than root may at most give the file to one of their groups. If that fails too,
    // the file is theirs, as every new file is.
    if !is_same && chown(waiting, Some(old.uid()), Some(old.gid())).is_err() {
        let _ = chown(waiting, None, Some(old.gid()));
    }
}

/// Renames a file over another one, which programs that have it open keep reading.
pub fn rename(from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    fs::rename(from, to)
}

/// Whether a file can have this name, as far as can be known before it is written.
pub fn may_be_named(_name: &str) -> bool {
    true
}

/// Ends the process. Threads that still run, and memory that is still held, are left to the system:
/// giving them back one by one takes time.
pub fn exit(code: u8) -> ! {
    signal_hook::low_level::exit(code.into())
}

/// Calls the handlers for signals. Signals that the parent process set to be ignored, as `nohup`
/// does, stay ignored.
#[expect(clippy::exit, reason = "other threads are at work, and what they leave is removed")]
pub fn on_signals(handlers: Handlers) {
    let ignored = ignored();
    let wanted = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT];
    let wanted = wanted.into_iter().filter(|signal| ignored & (1 << (signal - 1)) == 0);
    // Without these handlers the process ends as any program does.
    let Ok(mut signals) = Signals::new(wanted) else { return };
    let listen = move || {
        for signal in &mut signals {
            match signal {
                SIGCONT => (handlers.go_on)(),
                SIGTSTP => {
                    (handlers.pause)();
                    // This returns when the process is continued.
                    let _ = emulate_default_handler(SIGTSTP);
                    (handlers.go_on)();
                }
                signal => (handlers.end)(&mut || {
                    // The parent process sees the signal.
                    let _ = emulate_default_handler(signal);
                    std::process::exit(1);
                }),
            }
        }
    };
    let _ = thread::Builder::new().name("signals".to_owned()).spawn(listen);
}

/// Returns a bit for each signal that is ignored, where the system reports that.
#[expect(clippy::disallowed_methods, reason = "only the command line knows of signals")]
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// Whether the terminal of standard error understands escape sequences.
#[expect(clippy::disallowed_methods, reason = "the terminal is described by the environment")]
pub fn draws() -> bool {
    std::env::var("TERM").is_ok_and(|term| term != "dumb")
}

fn settings_at_start() -> MutexGuard<'static, Option<Termios>> {
    FOUND.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Calls `pressed` with the bytes of each key from now on. False if there is no terminal, or it
/// belongs to another job.
pub fn read_keys(pressed: impl Fn(&[u8]) + Send + 'static) -> bool {
    if !io::stdin().is_terminal() || !is_ours() {
        return false;
    }
    let Ok(mode) = tcgetattr(stdin()) else { return false };
    *settings_at_start() = Some(mode);
    resume();
    let _ = thread::Builder::new().name("keys".to_owned()).spawn(move || listen(&pressed));
    true
}

/// Restores the terminal's original mode.
pub fn restore() {
    if let Some(mode) = &*settings_at_start() {
        let _ = tcsetattr(stdin(), OptionalActions::Now, mode);
    }
}

/// Switches the terminal to single keys again after a pause.
pub fn resume() {
    if let Some(mode) = settings_at_start().as_ref().filter(|_| is_ours()) {
        let mut mode = mode.clone();
        // Signals stay on: Ctrl-C and Ctrl-Z work as usual.
        mode.local_modes -= LocalModes::ICANON | LocalModes::ECHO;
        mode.special_codes[SpecialCodeIndex::VMIN] = 1;
        mode.special_codes[SpecialCodeIndex::VTIME] = 0;
        let _ = tcsetattr(stdin(), OptionalActions::Now, &mode);
    }
}

/// Returns the number of lines of the terminal.
pub fn rows() -> usize {
    tcgetwinsize(stdout()).map_or(0, |size| usize::from(size.ws_row))
}

/// Whether the terminal belongs to our job. The system stops a background process that reads it.
fn is_ours() -> bool {
    tcgetpgrp(stdin()).is_ok_and(|group| group == getpgrp())
}

fn listen(pressed: &impl Fn(&[u8])) {
    let input = stdin();
    let mut bytes = [0; 64];
    loop {
        match poll(&mut [PollFd::new(&input, PollFlags::IN)], None) {
            Ok(_) if !is_ours() => {
                thread::sleep(ASIDE);
                continue;
            }
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(_) => return,
        }
        match rustix::io::read(input, &mut bytes) {
            Ok(0) => return,
            Ok(count) => pressed(&bytes[..count]),
            Err(Errno::INTR) => {}
            Err(_) => return,
        }
    }
}
