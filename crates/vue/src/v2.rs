//! The compiler of components for Vue 2.7.

mod advice; // warnings about probable mistakes
mod bindings; // kinds of names that a script gives to its template
mod component; // a component to its parts
mod css_vars; // `v-bind(…)` in styles
mod errors; // mistakes in expressions
mod generate; // elements to the code of render functions
mod hash_sum; // short names of custom properties and of scoped styles
mod join; // joins generated code and the user's
mod literal; // string literals in generated code
mod optimize; // finds elements that never change
mod parse; // a template to elements
mod prefix; // adds `_vm.` or `_setup.` to free names
mod report; // reports diagnostics of templates
mod scope_id; // the id of a component's scoped styles
mod scoped; // scoped styles
mod script; // scripts to the module that exports a component's options
mod spelling; // names with hyphens and in camel case
mod template; // a template to its render functions
mod tree; // the element tree of a template

pub use component::{Compiled, Style, StyleExports, Template};
pub(crate) use component::{compile, compile_template, load};
