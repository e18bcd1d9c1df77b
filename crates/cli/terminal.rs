//! The terminal in watch mode: keys are read as they are pressed, without being shown. The
//! terminal's mode is changed for that, and restored on every way out. Only the job that the
//! terminal belongs to may read keys; in the background there are none.

use crate::platform;

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
        platform::restore();
    }
}

/// Calls `pressed` for each key from now on. `None` if there is no terminal, or it belongs to
/// another job.
pub fn begin(pressed: impl Fn(Key) + Send + 'static) -> Option<Mode> {
    let is_read = platform::read_keys(move |bytes| {
        if let Some(key) = Key::of(bytes) {
            pressed(key);
        }
    });
    is_read.then_some(Mode(()))
}
