//! The ground everything stands on: what the user wants (`config`), where files come from (`fs`),
//! what a text and a place in it are (`source`), how mistakes are told (`diagnostic`), and what
//! turns a file into parts (`loader`). Nothing here knows JavaScript, a graph, or a terminal.

pub mod asset; // files that are used as they are, and their addresses
pub mod config; // RawConfig as written, Config as meant
pub mod decode; // bytes as read to text
pub mod diagnostic; // Diagnostic, Diagnostics, and their two renderers
pub mod fs; // FileSystem and its hosts: OsFs, MemoryFs, Tracked
pub mod loader; // Loader: one file to its parts
pub mod place; // Place, Lines: lines and columns as source maps count them
pub mod sheet; // where in a stylesheet its selectors, at-rules and declarations are
pub mod source; // Source, Span: texts and places in them
pub mod text_map; // TextMap: where a part's text comes from, if not from its file
pub mod woven; // a text that is put together from pieces of several others

pub use config::{Config, RawConfig};
pub use diagnostic::{Diagnostic, Diagnostics, Label};
pub use fs::FileSystem;
pub use source::{Source, Span};
