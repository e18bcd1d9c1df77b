//! A specifier and its importer to a module, an external or a reason why not. The algorithm is
//! oxc_resolver's, over our own `FileSystem`; this crate decides what is asked of it, what is
//! answered without it, and what to tell the user when the answer is no. Nothing else names
//! oxc_resolver.

mod answer; // Ask and Resolution: what goes in and what comes out
mod builtin; // the names of Node's built-in modules
mod case; // on systems where case does not matter: how the disk spells what was found
mod disk; // our file system as oxc_resolver sees it, and a record of what was asked
mod explain; // what went wrong, looked at closely: near names, wrong case, what is installed
mod external; // which specifiers stay outside
mod failure; // Failure: the reason as data, and its diagnostic
mod messages; // every sentence this crate can say
mod name; // what users and outputs call a file
mod options; // what oxc_resolver is told
mod package; // package.json: names, types, side effects
mod path; // joining and comparing paths as text
mod resolver; // Resolver: the order of decisions
mod tsconfig; // the tsconfig.json whose paths count for an importer
mod url; // data: URLs, and which specifiers are addresses on the network

#[cfg(test)]
mod tests;

pub use answer::{Ask, AskKind, Resolution, Resolved};
pub use disk::News;
pub use failure::{Failure, Reason};
pub use package::{Package, SideEffects};
pub use resolver::Resolver;
pub use url::{DataUrl, data as data_url, unescape};
