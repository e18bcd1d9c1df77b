//! The terminal that somebody watches at: keys as they are pressed, without being shown. Its mode
//! is changed for that, and put back on every way out. Only the job that the terminal belongs to
//! may read keys; in the background there are none.

/// What somebody wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// `r`: everything is built anew.
    Rebuild,
    /// `o`: the report is opened.
    Report,
    /// `q`: it ends.
    Quit,
}

impl Key {
    /// By what a terminal sends. Keys with names send several bytes.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            b"r" => Some(Self::Rebuild),
            b"o" => Some(Self::Report),
            b"q" => Some(Self::Quit),
            _ => None,
        }
    }
}

/// Puts the terminal back once it is dropped.
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

    use super::{Key, Mode};

    /// How long to leave the keys to the job that the terminal belongs to.
    const ASIDE: Duration = Duration::from_millis(500);

    /// The mode that the terminal had. Behind a lock because any thread may end the process.
    static FOUND: Mutex<Option<Termios>> = Mutex::new(None);

    fn found() -> MutexGuard<'static, Option<Termios>> {
        FOUND.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells of keys from now on. `None`: there are none to press.
    pub fn begin(pressed: impl Fn(Key) + Send + 'static) -> Option<Mode> {
        if !std::io::stdin().is_terminal() || !is_ours() {
            return None;
        }
        *found() = Some(tcgetattr(stdin()).ok()?);
        resume();
        let _ = thread::Builder::new().name("keys".to_owned()).spawn(move || listen(&pressed));
        Some(Mode(()))
    }

    /// Puts the terminal back as it was found.
    pub fn restore() {
        if let Some(mode) = &*found() {
            let _ = tcsetattr(stdin(), OptionalActions::Now, mode);
        }
    }

    /// Asks for keys again after a pause.
    pub fn resume() {
        if let Some(mode) = found().as_ref().filter(|_| is_ours()) {
            let mut mode = mode.clone();
            // Signals stay: Ctrl-C and Ctrl-Z do what they always do.
            mode.local_modes -= LocalModes::ICANON | LocalModes::ECHO;
            mode.special_codes[SpecialCodeIndex::VMIN] = 1;
            mode.special_codes[SpecialCodeIndex::VTIME] = 0;
            let _ = tcsetattr(stdin(), OptionalActions::Now, &mode);
        }
    }

    /// How many lines it has.
    pub fn rows() -> usize {
        tcgetwinsize(stdout()).map_or(0, |size| usize::from(size.ws_row))
    }

    /// True while the terminal belongs to our job. Whoever reads it otherwise is stopped.
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

/// There are no keys here yet.
#[cfg(not(unix))]
pub fn begin(_: impl Fn(Key) + Send + 'static) -> Option<Mode> {
    None
}

/// Nothing was changed.
#[cfg(not(unix))]
pub fn restore() {}

/// Nobody knows.
#[cfg(not(unix))]
pub fn rows() -> usize {
    0
}
