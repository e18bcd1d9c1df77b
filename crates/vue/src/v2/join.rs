//! Texts put together from ours and the user's, in one line.

use crate::code::Code;

/// What a text is put together from.
pub(super) trait Part {
    fn append_to(&self, code: &mut Code);
}

impl Part for &str {
    fn append_to(&self, code: &mut Code) {
        code.push_str(self);
    }
}

impl Part for Code {
    fn append_to(&self, code: &mut Code) {
        code.push(self);
    }
}

/// `join(&[&"_s(", &name, &")"])`: what is ours is made up, what is the user's keeps its origins.
pub(super) fn join(parts: &[&dyn Part]) -> Code {
    let mut code = Code::default();
    for part in parts {
        part.append_to(&mut code);
    }
    code
}
