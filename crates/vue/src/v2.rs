//! Vue 2.7.

mod bindings; // what names of a script are to its template
mod errors; // mistakes in expressions
mod generate; // elements to the texts of render functions
mod join; // texts put together from ours and the user's
mod literal; // texts of ours as string literals
mod optimize; // which elements never change
mod parse; // a template to elements
mod prefix; // where free names come from
mod template; // a template to its render functions
mod css_vars; // `v-bind(…)` in styles
mod parse; // a template to elements
mod script; // scripts to the module that exports a component
mod scoped; // styles that meet only a component's own elements
mod tree; // a template as elements
