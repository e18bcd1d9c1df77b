//! Every sentence this crate can say, one function each, by code. `template`: of the markup;
//! `render`: of the expressions in it; `advice`: of what is probably not meant; `script`: of
//! scripts; `descriptor`: of the file as a whole.

pub(crate) mod advice;
mod descriptor;
pub(crate) mod render;
pub(crate) mod script;
pub(crate) mod template;

pub(crate) use descriptor::*;
