//! What happens around a Session while somebody works: noticing that files have changed, and
//! telling pages that something was built.

mod event_stream; // EventStream: a listener that tells pages of this machine
mod events; // what the operating system tells
mod folders; // which folders of the operating system stand for the paths that were asked about
mod installs; // trees of packages that are being written
mod messages; // every sentence of this crate
mod mounts; // file systems that do not report every change
mod pace; // how often to look there
mod polled; // what is looked at there
mod reasons; // which folders are looked at, and why
mod table; // what was at every path when we last looked, and how that differs from now
#[cfg(test)]
mod tests;
mod watcher; // Watcher: events and looks in, net changes out

pub use event_stream::EventStream;
pub use events::Bell;
pub use reasons::Polling;
pub use watcher::{Installing, Watcher};
