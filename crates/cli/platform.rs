//! All that differs between operating systems on the command line. Outside of this module, no file
//! of the command line depends on the system. The differences in reading the disk are in
//! `bundle_base::fs::os`, and those in watching it in `bundle_dev`'s `platform`.
//!
//! | what | Linux and macOS | Windows |
//! |---|---|---|
//! | memory | mimalloc takes the place of `malloc` (Linux) | mimalloc for Rust alone, as on macOS |
//! | one build per output folder | the folder is locked | a temporary file is locked |
//! | names of outputs | any | not `con.js`, `a:b` or `name.` |
//! | replacing a file that is open | is possible | is tried for a second |
//! | owner of a replaced file | is kept | is inherited from the folder |
//! | Ctrl-C | a handler removes unfinished files | the same |
//! | other ends | the same handler | the next build removes unfinished files |
//! | keys of `--watch` | from the terminal, in a mode of its own | from the console, in any mode |
//! | colours | if `TERM` is set | if the console can be switched to them |
//! | programs of npm | `NAME` | `NAME.cmd` or `NAME.exe` |

mod allocator; // the memory of the process
pub mod desktop; // notifications, and pages opened in the browser
mod lock_file; // files that exist to be locked
mod model; // what the forms for each system share
#[cfg(any(not(unix), test))]
mod names; // names that Windows has reserved
#[cfg(unix)]
mod unix; // Linux, macOS and their relatives
#[cfg(not(unix))]
mod windows; // Windows: what a system without the calls of Unix does

pub use lock_file::lock_file;
pub use model::{Handlers, Lockable};
#[cfg(unix)]
pub use unix::*;
#[cfg(not(unix))]
pub use windows::*;
