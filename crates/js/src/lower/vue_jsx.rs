//! Vue 2's JSX: elements become `h(tag, data, children)`.

use swc_ecma_visit::VisitMut;

use crate::ast::Marks;

/// The transform.
pub(super) struct VueJsx {
    marks: Marks,
}

impl VueJsx {
    pub fn new(marks: Marks) -> Self {
        Self { marks }
    }
}

impl VisitMut for VueJsx {}
