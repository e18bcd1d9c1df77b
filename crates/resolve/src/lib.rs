//! Resolution: from a specifier and its importer to a module, an external, or the reason for a
//! failure. The algorithm is oxc_resolver's, over our own `FileSystem`. This crate decides which
//! options oxc_resolver gets, which specifiers are resolved without it, and what is reported when
//! nothing is found. No other crate uses oxc_resolver.

mod answer; // ResolveRequest and Resolution: the input and the result
mod builtin; // the names of Node's built-in modules
mod case; // file systems that ignore case: how the disk spells a path that was found
mod disk; // our file system as oxc_resolver sees it, and a record of the paths that were asked for
mod explain; // the cause of a failure: near names, wrong case, what is installed
mod external; // which specifiers are external
mod failure; // Failure: the reason as data, and its diagnostic
mod folders; // listings of folders, instead of a question for each file
mod inline_loaders; // webpack's loaders in specifiers
mod messages; // every message of this crate
mod name; // the name of a file in messages and outputs
mod options; // the options of oxc_resolver
mod package; // package.json: names, types, side effects
mod path; // joining and comparing paths as text
mod resolver; // Resolver: the steps of resolution, in order
mod rules; // what files are used as, by pattern
mod tsconfig; // the tsconfig.json whose paths apply to an importer
mod url; // data: URLs, and which specifiers are addresses on the network

#[cfg(test)]
mod tests;

pub use answer::{RequestSyntax, Resolution, ResolveRequest, Resolved, may_be_typescript};
pub use builtin::stand_in;
pub use disk::NewQuestions;
pub use external::Externals;
pub use failure::{Failure, Reason};
pub use folders::Folders;
pub use inline_loaders::as_query;
pub use package::{Package, SideEffects};
pub use path::slashed;
pub use resolver::Resolver;
pub use rules::{EXPOSE, Rules};
pub use url::{DataUrl, data as data_url, unescape};
