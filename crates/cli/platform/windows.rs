//! Windows. It has no owners to keep, and it locks files but no folders. Its console takes the
//! place of a terminal: it has Ctrl-C, but no signals that pause a process.

use std::{
    fs::{self, Metadata},
    io::{self, IsTerminal as _},
    process, thread,
    time::Duration,
};

use anstyle_query::windows::enable_ansi_colors;
use bundle_base::asset::ContentHash;
use camino::{Utf8Path, Utf8PathBuf};
use console::{Key, Term};

use super::{
    lock_file::lock_file,
    model::{Handlers, Lockable},
    names,
};

/// The endings of programs in `node_modules/.bin`.
pub const ENDINGS: &[&str] = &[".cmd", ".exe"];

/// How often to try a rename that is refused, and how long to pause in between: a second in all.
const PATIENCE: (u32, Duration) = (50, Duration::from_millis(20));
/// Access denied, sharing violation, lock violation: somebody has the file open.
const HELD: [i32; 3] = [5, 32, 33];
/// The exit code of a program that Ctrl-C ended (`STATUS_CONTROL_C_EXIT`). Shells and batch files
/// look for it.
const ENDED_BY_CTRL_C: i32 = 0xC000_013A_u32.cast_signed();

/// Returns the working directory with its drive as the system writes it: editors start programs in
/// `c:\shop`, and real paths begin with `C:`.
pub fn as_named_by_the_system(folder: Utf8PathBuf) -> Utf8PathBuf {
    names::with_capital_drive(folder.into_string()).into()
}

/// Opens the file that is locked in place of a folder. It lies among the user's temporary files, so
/// builds of other users are not kept apart.
pub fn lockable(folder: &Utf8Path) -> io::Result<Lockable> {
    let name = lock_name(folder)?;
    let file = lock_file(&format!("bundle-build-{name}.lock")).ok_or(io::ErrorKind::NotFound)?;
    Ok(Lockable { file, name })
}

/// Returns the name of the folder that is at this path now.
pub fn lock_name(folder: &Utf8Path) -> io::Result<String> {
    // Every link, drive letter and spelling of a folder leads to one real path.
    let real = folder.canonicalize_utf8()?;
    Ok(ContentHash::of(real.as_str().as_bytes()).to_string())
}

/// Files have no such number here.
pub fn inode(_found: &Metadata) -> u64 {
    0
}

/// A new file gets its owner and its permissions from the folder.
pub fn keep_owner(_waiting: &Utf8Path, _old: &Metadata) {}

/// Renames a file over another one. While a program has that open, as virus scanners do with every
/// new file for a moment, Windows refuses.
pub fn rename(from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    let (tries, pause) = PATIENCE;
    for _ in 0..tries {
        match fs::rename(from, to) {
            Err(error) if error.raw_os_error().is_some_and(|code| HELD.contains(&code)) => {
                thread::sleep(pause);
            }
            renamed => return renamed,
        }
    }
    fs::rename(from, to)
}

/// Whether a file can have this name, as far as can be known before it is written.
pub fn may_be_named(name: &str) -> bool {
    !names::is_reserved_on_windows(name)
}

/// Ends the process, without waiting for its threads.
#[expect(clippy::exit, reason = "other threads are at work, and what they leave is removed")]
pub fn exit(code: u8) -> ! {
    process::exit(code.into())
}

/// Calls the handler for Ctrl-C and Ctrl-Break. When the console is closed, the system does not
/// wait for it, and the next build removes what is left.
#[expect(clippy::exit, reason = "other threads are at work, and what they leave is removed")]
pub fn on_signals(handlers: Handlers) {
    // Without this handler the process ends as any program does.
    let _ = ctrlc::set_handler(move || (handlers.end)(&mut || process::exit(ENDED_BY_CTRL_C)));
}

/// Whether the console of standard error understands escape sequences, and makes it do so. A
/// console does not at first; the terminals of Unix tools, which set `TERM`, always do.
#[expect(clippy::disallowed_methods, reason = "the terminal is described by the environment")]
pub fn draws() -> bool {
    std::env::var("TERM").map_or_else(|_| has_console(), |term| term != "dumb")
}

/// Whether the output goes to a console that understands escape sequences, not to a pipe, which is
/// what a terminal of Unix tools is.
fn has_console() -> bool {
    enable_ansi_colors() == Some(true)
}

/// Calls `pressed` with the bytes of each key from now on. False if there is no console.
pub fn read_keys(pressed: impl Fn(&[u8]) + Send + 'static) -> bool {
    if !io::stdin().is_terminal() || !has_console() {
        return false;
    }
    let listen = move || {
        let console = Term::stdout();
        while let Ok(key) = console.read_key() {
            if let Key::Char(key) = key {
                pressed(key.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    };
    let _ = thread::Builder::new().name("keys".to_owned()).spawn(listen);
    true
}

/// The console's mode was not changed: keys are read one by one in any mode.
pub fn restore() {}

/// The console's mode is not changed.
pub fn resume() {}

/// Returns the number of lines of the console.
pub fn rows() -> usize {
    Term::stdout().size_checked().map_or(0, |(rows, _)| rows.into())
}
