//! Stylesheets: compiles Sass to CSS, inlines `@import`, and lowers CSS for the target browsers.
//! Between these steps a stylesheet is a `MappedText`: a text that knows for each of its pieces in
//! which file it was written.

mod compile; // compiles a stylesheet to CSS
mod depth; // limits how deep a stylesheet may nest
mod imports; // inlines `@import`
mod limits; // splits stylesheets that Internet Explorer 9 would not read to the end
mod loader; // turns files and style blocks of components into parts
mod lower; // lowers CSS for the target browsers
mod mapped; // CSS from another compiler, with its source map
mod messages; // every message this crate can report
mod missing; // addresses that lead to no stylesheet
mod modules; // CSS modules: unique names, and exports to scripts
mod postcss; // PostCSS with the project's configuration
mod preprocessors; // Less, Stylus and others, which commands of the user compile
mod rtl; // flips a stylesheet for pages that are read from right to left
mod sass; // compiles Sass to CSS
mod urls; // resolves the files that a stylesheet refers to

pub use limits::{most_stylesheets, split_for_ie9};
pub use loader::{StyleLoader, Styles};
pub use sass::SassAllocator;
