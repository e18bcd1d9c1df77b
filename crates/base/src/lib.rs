//! The types that every other crate uses: the configuration (`config`), where files come from
//! (`fs`), texts and places in them (`source`), errors and warnings (`diagnostic`), and the
//! interface of what turns a file into parts (`loader`). Nothing here knows JavaScript, the module
//! graph, or a terminal.

pub mod asset; // files that are used as they are, and their addresses
pub mod config; // RawConfig as the user wrote it, Config with everything decided
pub mod decode; // bytes as read to text
pub mod diagnostic; // Diagnostic, Diagnostics, and their two renderers
pub mod fs; // FileSystem and its hosts: OsFs, MemoryFs, Tracked
pub mod installed; // which files belong to installed packages
pub mod json; // writes JSON
pub mod loader; // Loader: turns one file into its parts
pub mod locks; // locks that stay usable after a panic
pub mod mapped_text; // MappedText: pieces of several texts as one, with their origins
pub mod merge_conflict; // markers of an unfinished merge
pub mod node; // the program of the project's Node process
pub mod place; // Place, Lines: lines and columns as source maps count them
pub mod search; // words in source texts
pub mod source; // Source, Span: texts and places in them
pub mod stable_hash; // a hash for outputs
pub mod stylesheet; // where in a stylesheet its selectors, at-rules and declarations are
pub mod text_map; // TextMap: where a part's text comes from, if not from its file
pub mod tools; // Tools: the user's programs, and the project's Node process

pub use config::{Config, RawConfig};
pub use diagnostic::{Diagnostic, Diagnostics, Label};
pub use fs::FileSystem;
pub use locks::{lock, read_lock, unlocked, write_lock};
pub use source::{Source, Span};
pub use stable_hash::stable_hash;

/// A map in the order of insertion, without the cost of a hash that withstands attacks.
pub type FxIndexMap<K, V> = indexmap::IndexMap<K, V, rustc_hash::FxBuildHasher>;

/// A set in the order of insertion, like [`FxIndexMap`].
pub type FxIndexSet<T> = indexmap::IndexSet<T, rustc_hash::FxBuildHasher>;
