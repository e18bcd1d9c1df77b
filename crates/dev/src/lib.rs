//! Runs beside a Session that builds repeatedly: watches files for changes, and notifies pages of
//! finished builds.

mod event_stream; // EventStream: a local listener that notifies pages on this machine
mod events; // events of the operating system
mod folders; // which real folders to watch for the paths that were read
mod installs; // detects package managers at work
mod messages; // every sentence of this crate
mod mounts; // file systems that do not report every change
mod observed; // Observed: finds what has changed on request, without watching
mod outputs; // the written files, which other programs may remove
mod pace; // how often to poll
mod platform; // what differs between operating systems
mod polled_folders; // which folders are polled, and why
mod poller; // polls files that have no events
mod table; // the last known state of every path, compared with the disk
#[cfg(test)]
mod tests;
mod watcher; // Watcher: events and polling in, net changes out

pub use event_stream::EventStream;
pub use events::Bell;
pub use observed::Observed;
pub use polled_folders::Polling;
pub use watcher::{Installing, Watcher};
