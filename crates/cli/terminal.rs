//! The terminal in watch mode: keys are read as they are pressed, without being shown. The
//! terminal's mode is changed for that, and restored on every way out. Only the job that the
//! terminal belongs to may read keys; in the background there are none.

/// A key and its command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// `r`: rebuild everything.
    Rebuild,
    /// `o`: open the report.
    Report,
    /// `q`: quit.
    Quit,
}

impl Key {
    /// Returns the key for the bytes that a terminal sends. Named keys, such as arrows, send
    /// several bytes and match none.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            b"r" => Some(Self::Rebuild),
            b"o" => Some(Self::Report),
            b"q" => Some(Self::Quit),
            _ => None,
        }
    }
}

/// Restores the terminal when it is dropped.
pub struct Mode(());

impl Drop for Mode {
    fn drop(&mut self) {
        restore();
    }
}

#[cfg(unix)]
pub use unix::{begin, restore, resume, rows};

#[cfg(unix)]
mod unix {
    use std::{
        io::IsTerminal as _,
        sync::{Mutex, MutexGuard, PoisonError},
        thread,
        time::Duration,
    };

    use rustix::{
        event::{PollFd, PollFlags, poll},
        io::Errno,
        process::getpgrp,
        stdio::{stdin, stdout},
        termios::{
            LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp,
            tcgetwinsize, tcsetattr,
        },
    };

    use crate::terminal::{Key, Mode};

    /// How long to leave the terminal to the job that it belongs to, before trying again.
    const ASIDE: Duration = Duration::from_millis(500);

    /// The terminal's original mode. Behind a lock because any thread may end the process.
    static FOUND: Mutex<Option<Termios>> = Mutex::new(None);

    fn found() -> MutexGuard<'static, Option<Termios>> {
        FOUND.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Calls `pressed` for each key from now on. `None` if there is no terminal, or it belongs to
    /// another job.
    pub fn begin(pressed: impl Fn(Key) + Send + 'static) -> Option<Mode> {
        if !std::io::stdin().is_terminal() || !is_ours() {
            return None;
        }
        *found() = Some(tcgetattr(stdin()).ok()?);
        resume();
        let _ = thread::Builder::new().name("keys".to_owned()).spawn(move || listen(&pressed));
        Some(Mode(()))
    }

    /// Restores the terminal's original mode.
    pub fn restore() {
        if let Some(mode) = &*found() {
            let _ = tcsetattr(stdin(), OptionalActions::Now, mode);
        }
    }

    /// Switches the terminal to single keys again after a pause.
    pub fn resume() {
        if let Some(mode) = found().as_ref().filter(|_| is_ours()) {
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

    /// Returns true while the terminal belongs to our job. The system stops a background process
    /// that reads it.
    fn is_ours() -> bool {
        tcgetpgrp(stdin()).is_ok_and(|group| group == getpgrp())
    }

    fn listen(pressed: &impl Fn(Key)) {
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
                Ok(count) => {
                    if let Some(key) = Key::of(&bytes[..count]) {
                        pressed(key);
                    }
                }
                Err(Errno::INTR) => {}
                Err(_) => return,
            }
        }
    }
}

/// Keys are not supported on this system.
#[cfg(not(unix))]
pub fn begin(_: impl Fn(Key) + Send + 'static) -> Option<Mode> {
    None
}

/// The mode was not changed on this system.
#[cfg(not(unix))]
pub fn restore() {}

/// The number of lines is unknown on this system.
#[cfg(not(unix))]
pub fn rows() -> usize {
    0
}
