//! Every sentence this crate can say, one function each, by code. `template`: of the markup; `render`: of the expressions in it;
//! `script`: of scripts; `descriptor`: of the file as a whole.

mod descriptor;
pub(crate) mod render;
pub(crate) mod script;
pub(crate) mod template;

pub(crate) use descriptor::*;
