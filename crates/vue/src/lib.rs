//! Compiles one `.vue` file to its parts: a script, a template and stylesheets, and the module that
//! puts them together. Every piece of generated text keeps its position in the file, for
//! diagnostics and source maps.
//!
//! Code for every version of Vue is here (`mapped_code`, `html`, `expression`, `descriptor`). Code
//! that follows the compiler of Vue 2.7 is in `v2`.

#![expect(clippy::wildcard_enum_match_arm, reason = "matches here are over swc's enums, not ours")]

mod descriptor; // splits a file into its blocks
mod expression; // JavaScript in templates: syntax checks and free names
mod html; // tokenizer for files and templates
mod mapped_code; // text with the origins of its pieces
mod messages; // every diagnostic of this crate
mod v2; // Vue 2.7: templates to render functions, scripts to options

use std::sync::Arc;

use bundle_base::{
    Diagnostics, Source,
    loader::{LoadContext, Loaded},
};

pub use mapped_code::MappedCode;
pub use v2::{Compiled, Style, StyleExports, Template};

/// Compiles a component's file to its parts. The first part is the module that importers get.
/// Mistakes are reported in the log; the parts that could be compiled are returned nevertheless.
pub fn load(source: &Arc<Source>, cx: &mut LoadContext<'_>) -> Loaded {
    v2::load(source, cx)
}

/// Returns the text of a component's template as Vue reads it. `None` if the file has no template,
/// or if the template is another file (`src`).
pub fn template(source: &Arc<Source>, log: &mut Diagnostics) -> Option<MappedCode> {
    let block = descriptor::read(source, log).template?;
    block.src().is_none().then(|| block.deindented(source).shared())
}

/// Compiles a template that has no script beside it. `source`: the file that contains the template.
/// `None` if the template has errors.
pub fn compile_template(
    template: &MappedCode,
    source: &Arc<Source>,
    cx: &mut LoadContext<'_>,
) -> Option<Template> {
    v2::compile_template(template, source, cx)
}

/// Compiles each block of a component, for callers that inspect the results block by block.
pub fn compile(source: &Arc<Source>, cx: &mut LoadContext<'_>) -> Compiled {
    let descriptor = descriptor::read(source, cx.log);
    v2::compile(source, &descriptor, false, cx)
}
