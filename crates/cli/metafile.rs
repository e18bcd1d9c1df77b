//! The metafile of a build: what is in each output, and why.

mod complete; // adds what the engine does not know
mod relative; // paths from the working directory
pub mod source; // the metafile that a command reads
pub mod stored; // metafiles that earlier builds left on the disk

pub use complete::complete;
pub use relative::{relative_to_cwd, text};
