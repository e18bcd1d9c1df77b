//! A cache that the machines of a team share. A store keeps named values on a server: segments,
//! which are packs of entries of the disk cache, and one manifest for each configuration and
//! domain, which lists them. A build fetches the segments that it lacks while it runs (`fetch`); a
//! build that is to write adds a segment of what it made (`publish`).
//!
//! No result depends on a store: each failure here only means that a build makes more by itself.
//! docs/design/shared-cache.md has the details, and what a domain protects.

mod address; // the address of a store as written -> its parts
mod budget; // how long look-ups may wait
mod failure; // why a store did not do what it was asked
pub mod fetch; // segments on their way to a build
mod github; // the cache of GitHub Actions
mod http; // stores that speak HTTP: the client, and WebDAV
pub mod inspect; // what a store has, and whether it works
mod manifest; // what a store has for one configuration
mod open; // which store an address means
mod packing; // the bytes of a segment as they are sent
pub mod publish; // what a build made, for other machines
mod redis; // Redis and what speaks its protocol
mod s3; // S3 and what is compatible with it
mod store; // what every store can do, and the names in it

#[cfg(test)]
mod tests;

pub use address::{Address, FORMS, Mistake};
pub use failure::Failure;
pub use manifest::{Listed, Manifest};
pub use open::open;
pub use store::{Domain, Store, StoreLocation};
