//! A `Session` runs the five phases of a build in order and keeps their results for the next build.
//! This is the only crate that uses rayon: all parallel work of a build runs in its thread pool.

mod cache; // Cache: results of earlier builds on the disk, for the next process
mod changes; // ChangeSet: the files that changed since the last build; Dependencies: what to watch
mod component; // compiles single components, without a build
mod counts; // Counts: the amount of work that a build did
mod emit; // RenderedChunks + ChunkGraph -> Outputs: fills in names, joins pieces, writes glue
mod grouped_diagnostics; // merges diagnostics of one kind that occur in many places
mod installed; // rewrites the remedies of diagnostics about files of packages
mod loaders; // from a file's extension to its loader
mod mappings; // the mappings of a text while it is written
mod memo; // the memo tables
mod messages; // every diagnostic that this crate can report
mod phase; // the five phases by name
mod plugins; // the filters of plugins, and requests to them
mod previous_build; // the values of the previous build that the next one reuses
mod render; // one rendered part per module, in parallel
mod scan; // entries -> ModuleGraph: all reading, parsing and resolving, in parallel
mod session; // Session: build and apply
mod text; // small pieces of JavaScript text
mod threads; // the thread pool that builds run in
pub mod write_plan; // Outputs -> where each file goes, and which files of earlier builds are kept

pub use bundle_css::SassAllocator; // hosts may install it
pub use bundle_js::browsers; // hosts use it to answer browserslist queries
pub use bundle_vue::{Compiled as CompiledComponent, Style as CompiledStyle};
pub use cache::{Cache, Demand, EntryKind, EntrySelection, Segment, Segments, Snapshot, Unusable};
pub use changes::{ChangeSet, Dependencies, Seen};
pub use component::Components;
pub use counts::Counts;
pub use emit::{ENTRYPOINTS_FILE, OutputFile, OutputKind, Outputs, UPDATES, Update, output_path};
pub use phase::{Follower, Phase};
pub use session::{Build, Session};
pub use threads::{with_threads, with_threads_that_stay};
