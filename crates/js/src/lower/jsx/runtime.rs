//! The functions that elements become calls of: those of the classic or the automatic runtime.

use swc_ecma_ast::Ident;

/// The functions that elements call.
pub(super) enum Runtime {
    Classic { factory: String, fragment: String },
    Automatic(Automatic),
}

/// The functions of the automatic runtime that the program needs, each with its local name.
pub(super) struct Automatic {
    pub source: String,
    pub create_element: Option<Ident>,
    pub jsx: Option<Ident>,
    pub jsxs: Option<Ident>,
    pub fragment: Option<Ident>,
}

impl Automatic {
    /// Makes the runtime of a package. `source`: its name.
    pub fn new(source: String) -> Self {
        Self { source, create_element: None, jsx: None, jsxs: None, fragment: None }
    }
}
