//! Compiles a component's scripts to the module that exports its options. A script without setup
//! stays as it is, except that the custom properties of styles are added. With `<script setup>`,
//! both scripts become one module.
//!
//! No syntax tree is printed. The output consists of pieces of the file's own text, cut and
//! reordered, so that every position leads back to where it was written.

use bundle_base::Diagnostics;

mod awaits; // `await` outside of functions
mod block; // script blocks, and the module that they become
mod calls; // calls of plain names
mod css; // custom properties of styles
mod declared; // kinds of declared names
mod default_export; // the default export of a module
mod edits; // pieces of the file with replacements
mod file; // the texts of spans in the file
mod imports; // the imports of both scripts
mod macros; // `defineProps` and its like
mod normal; // a script without setup
mod options; // kinds of the names in an options object
mod report; // reports diagnostics of scripts
mod setup; // `<script setup>`, alone or with another script
mod types; // types to runtime checks of props
mod unparsed; // a script without setup, parsed only on demand
mod used; // finds the names that a template mentions
mod write; // the module of a `<script setup>`

#[cfg(test)]
mod tests;

pub use block::{CompiledScript, ScriptBlock, ScriptOptions, Scripts};
pub use unparsed::Unread;

/// Compiles a component's scripts. `None` if there are none, or if they have errors, which are in
/// the log.
pub fn compile(
    scripts: &Scripts<'_>,
    options: &ScriptOptions<'_>,
    log: &mut Diagnostics,
) -> Option<CompiledScript> {
    match (scripts.script, scripts.setup) {
        (None, None) => None,
        (Some(script), None) => Some(normal::compile(script, scripts.css_vars, options, log)),
        (script, Some(setup)) => {
            setup::compile(script, setup, scripts, &mut setup::Context { options, log })
        }
    }
}
