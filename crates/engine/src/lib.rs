//! Session: the five phases in order, and what is remembered between builds. The only crate with
//! threads.

mod cache; // what earlier builds made, for the next process
mod changes; // ChangeSet: what happened to the files since the last build
mod component; // components by themselves
mod emit; // RenderedModules + ChunkGraph -> Outputs: names settled, pieces joined, glue written
mod installed; // diagnostics about files of packages
mod last; // what a good build leaves to the next one
mod loaders; // from a file's extension to its loader
mod memo; // the memo tables
mod messages; // every sentence this crate can say
mod phase; // the five phases by name
mod render; // one rendered part per module, in parallel
mod repeated; // what is said of many places, once for each kind
mod scan; // entries -> ModuleGraph: all reading, parsing and resolving, in parallel
mod session; // Session: build and apply
mod threads; // the pool that builds run in
pub mod write_plan; // Outputs -> where each file goes, and what of earlier builds stays

pub use bundle_js::browsers; // hosts answer browserslist queries with it
pub use bundle_vue::{Compiled as CompiledComponent, Style as CompiledStyle};
pub use cache::{Cache, Snapshot, Unusable};
pub use changes::{ChangeSet, Dependencies, Seen};
pub use component::Components;
pub use emit::{OutputFile, OutputKind, Outputs, RECORD, UPDATES, Update, output_path};
pub use phase::{Follower, Phase};
pub use session::{Build, Counts, Session};
pub use threads::with_threads;
