//! Joins generated text and the user's text in one expression.

use crate::mapped_code::MappedCode;

/// A piece of a joined text.
pub(super) trait Part {
    fn append_to(&self, code: &mut MappedCode);
}

impl Part for &str {
    fn append_to(&self, code: &mut MappedCode) {
        code.push_str(self);
    }
}

impl Part for MappedCode {
    fn append_to(&self, code: &mut MappedCode) {
        code.push(self);
    }
}

/// Joins pieces: `join(&[&"_s(", &name, &")"])`. A `&str` is generated text; a `MappedCode` keeps
/// its origins.
pub(super) fn join(parts: &[&dyn Part]) -> MappedCode {
    let mut code = MappedCode::default();
    for part in parts {
        part.append_to(&mut code);
    }
    code
}
