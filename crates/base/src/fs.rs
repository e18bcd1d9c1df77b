//! The only way to the disk, for reading only: a `FileSystem` never writes. Shared as `Arc<dyn
//! FileSystem>`. Two calls may give different answers to the same question, because users edit
//! files during a build.

mod interface; // FileSystem: the questions and their answers
mod memory; // MemoryFs: files in a map
mod os; // OsFs: the disk
#[cfg(test)]
mod tests;
mod tracked; // Tracked: records every question

pub use interface::{DirEntry, FileKind, FileSystem, FsError, Unfollowed};
pub use memory::MemoryFs;
pub use os::OsFs;
pub use tracked::{Change, Question, Reads, Tracked};
