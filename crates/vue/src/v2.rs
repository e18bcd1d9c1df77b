//! Vue 2.7.

mod advice; // what is probably not meant
mod bindings; // what names of a script are to its template
mod component; // a component as its parts
mod css_vars; // `v-bind(…)` in styles
mod errors; // mistakes in expressions
mod generate; // elements to the texts of render functions
mod join; // texts put together from ours and the user's
mod literal; // texts of ours as string literals
mod optimize; // which elements never change
mod parse; // a template to elements
mod prefix; // where free names come from
mod scope_id; // what scoped styles go by
mod scoped; // styles that meet only a component's own elements
mod script; // scripts to the module that exports a component
mod template; // a template to its render functions
mod tree; // a template as elements

pub use component::{Compiled, Names, Style, Template};
pub(crate) use component::{compile, compile_template, load};
