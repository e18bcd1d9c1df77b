//! The function bodies that come out of the generator, with the free names in them.

use crate::{expression::FreeName, mapped_code::MappedCode};

/// The function bodies of a compiled template.
#[derive(Debug, Default)]
pub(crate) struct Functions {
    /// The body of the render function.
    pub render: Body,
    /// The bodies of the functions that render elements which never change.
    pub statics: Vec<Body>,
}

/// The body of a function, and its free names.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(super) code: MappedCode,
    pub(super) names: FreeNames,
}

impl Body {
    /// Appends the body to a program. `names`: the free names of the program; becomes `None` if
    /// those of the body are not known.
    pub(crate) fn append_to(&self, program: &mut MappedCode, names: &mut Option<Vec<FreeName>>) {
        let start = program.text().len();
        let moved = |name: &FreeName| FreeName {
            start: start + name.start,
            end: start + name.end,
            ..*name
        };
        match (names.as_mut(), &self.names.0) {
            (Some(names), Some(own)) => names.extend(own.iter().map(moved)),
            (None, _) | (_, None) => *names = None,
        }
        program.push(&self.code);
    }

    /// Returns the code.
    pub(crate) fn code(&self) -> &MappedCode {
        &self.code
    }
}

/// The free names of a text, sorted by place. `None` if the parser has to find them.
#[derive(Debug, Default)]
pub(super) struct FreeNames(pub(super) Option<Vec<FreeName>>);

impl FreeNames {
    /// Returns an empty list. Code with types needs the parser.
    pub(super) fn new(is_typescript: bool) -> Self {
        Self((!is_typescript).then(Vec::new))
    }

    /// Takes the names out and leaves an empty list, or `None` if the names are not known.
    pub(super) fn take(&mut self) -> Self {
        let empty = self.0.as_ref().map(|_| Vec::new());
        Self(std::mem::replace(&mut self.0, empty))
    }
}
