//! Vue 2.7.

mod bindings; // what names of a script are to its template
mod parse; // a template to elements
mod tree; // a template as elements
