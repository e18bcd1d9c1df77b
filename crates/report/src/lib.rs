//! Reports about a finished build: why something is in an output, the report page, the explanation
//! of a diagnostic. They are computed from the metafile and from docs/diagnostics.md. Only
//! `metafile` reads files, through the `FileSystem` that it is given. Nothing is written.

pub mod explanations; // docs/diagnostics.md by code
mod messages; // every diagnostic that this crate can report
pub mod metafile; // the fields of a metafile that the engine does not fill in
mod names; // lists of names in sentences
pub mod packages; // modules by package
pub mod page; // the page of `bundle report`
pub mod parsed_metafile; // the metafile as typed values
pub mod sizes; // sizes as people read them
pub mod why; // the answer of `bundle why`

pub use names::listed; // the command line has such sentences too
