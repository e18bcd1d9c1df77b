//! Every diagnostic of this crate, one function each. `template` is about markup, `render` about
//! the expressions in it, `advice` about code that is valid but probably a mistake, `script` about
//! scripts, and `descriptor` about the blocks of the file.

pub(crate) mod advice;
mod descriptor;
pub(crate) mod render;
pub(crate) mod script;
pub(crate) mod template;

pub(crate) use descriptor::*;
