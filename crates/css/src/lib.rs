//! Stylesheets: Sass to CSS, what `@import` brings in, and CSS for the browsers that were asked
//! for. A sheet on its way is a `Woven`, which knows of every piece which partial it was written
//! in.

mod depth; // how deep a text may nest
mod foreign; // languages that programs of the user compile
mod imports; // what `@import` brings in
mod limits; // what old browsers stop reading at
mod loader; // files and blocks of components to parts
mod lower; // CSS for the browsers that were asked for
mod mapped; // what another tool compiled, with its map
mod messages; // every sentence this crate can say
mod modules; // names that are a sheet's own, and what scripts get of it
mod sass; // Sass to CSS
mod urls; // the files that a sheet refers to

pub use limits::{most_sheets, parts};
pub use loader::{StyleLoader, Styles};
