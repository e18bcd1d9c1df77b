//! One `.vue` file to its parts: text in, text out, and every position leads back to the file. What is the same for every
//! version of Vue is here (`code`, `html`, `expression`, `descriptor`); what Vue 2.7's compiler does is in `v2`.

#![expect(clippy::wildcard_enum_match_arm, reason = "matches here are over swc's enums, not ours")]

mod code; // text with where its pieces were written
mod css; // where selectors and declarations of a stylesheet are
mod descriptor; // a file's blocks
mod html; // markup to events, for files and templates
mod expression; // JavaScript in templates: is it an expression, which names are free
mod html; // markup to events, for files and templates
mod messages; // every sentence this crate can say
mod v2; // Vue 2.7: templates to render functions, scripts to options

pub use code::Code;
