//! One `.vue` file to its parts: text in, text out, and every position leads back to the file. What
//! is the same for every version of Vue is here (`code`, `html`, `expression`, `descriptor`); what
//! Vue 2.7's compiler does is in `v2`.

#![expect(clippy::wildcard_enum_match_arm, reason = "matches here are over swc's enums, not ours")]

mod code; // text with where its pieces were written
mod descriptor; // a file's blocks
mod expression; // JavaScript in templates: is it an expression, which names are free
mod html; // markup to events, for files and templates
mod messages; // every sentence this crate can say
mod v2; // Vue 2.7: templates to render functions, scripts to options

use std::sync::Arc;

use bundle_base::{
    Diagnostics, Source,
    loader::{LoadContext, Loaded},
};

pub use code::Code;
pub use v2::{Compiled, Names, Style, Template};

/// A component's file as parts: the first one is what importers get. What is wrong is in the log;
/// the rest is given nevertheless.
pub fn load(source: &Arc<Source>, cx: &mut LoadContext<'_>) -> Loaded {
    v2::load(source, cx)
}

/// The text of a component's template as Vue reads it; `None`: there is none in the file.
pub fn template(source: &Arc<Source>, log: &mut Diagnostics) -> Option<Code> {
    let block = descriptor::read(source, log).template?;
    block.src().is_none().then(|| block.deindented(source).shared())
}

/// A template alone, for whoever has no script beside it. `source`: the file that it stands in.
/// `None`: there are mistakes.
pub fn compile_template(
    template: &Code,
    source: &Arc<Source>,
    cx: &mut LoadContext<'_>,
) -> Option<Template> {
    v2::compile_template(template, source, cx)
}

/// A component's blocks, each compiled, for whoever wants to look at them.
pub fn compile(source: &Arc<Source>, cx: &mut LoadContext<'_>) -> Compiled {
    let descriptor = descriptor::read(source, cx.log);
    v2::compile(source, &descriptor, false, cx)
}
