//! The numbers of a program's names while it is lowered. Passes of swc that read types, JSX or
//! decorators need names as swc's own resolver marks them. All other programs are numbered at
//! once, and need that again only if passes made names or moved code.

use swc_ecma_ast::{Module, Program};
use swc_ecma_transforms_base::resolver;

use crate::{
    ast::Marks,
    scopes::{self, Scopes},
};

/// How the names of a program are identified.
pub(super) struct Names {
    /// The table, if the names are numbered.
    numbered: Option<Scopes>,
    /// Whether passes may have made names or moved code since.
    may_collide: bool,
    /// Whether the table is no longer true of the program.
    is_stale: bool,
}

impl Names {
    /// Lets swc's resolver mark the names.
    pub fn by_swc(module: Module, marks: Marks, is_typescript: bool) -> (Self, Program) {
        let mut program = Program::Module(module);
        program.mutate(resolver(marks.unresolved, marks.top_level, is_typescript));
        (Self { numbered: None, may_collide: true, is_stale: true }, program)
    }

    /// Numbers the names.
    pub fn number(mut module: Module, is_strict: bool) -> (Self, Program) {
        let numbered = Some(scopes::number(&mut module, is_strict));
        (Self { numbered, may_collide: false, is_stale: false }, Program::Module(module))
    }

    /// Has to be called before a pass that makes names or moves code.
    pub fn will_change(&mut self) {
        if let Some(table) = &self.numbered
            && !self.may_collide
        {
            scopes::reserve(table);
        }
        self.may_collide = true;
        self.is_stale = true;
    }

    /// Has to be called after a pass that removed code or put values in.
    pub fn removed(&mut self) {
        self.is_stale = true;
    }

    /// Whether code may assign to a constant, or to the own name of a function or class.
    pub fn may_assign_constants(&self) -> bool {
        self.may_collide || self.numbered.as_ref().is_none_or(Scopes::has_constant_writes)
    }

    /// Whether a binding may hide another.
    pub fn may_collide(&self) -> bool {
        self.may_collide
    }

    /// Returns the table of the program that lowering made.
    pub fn finish(self, module: &mut Module, is_strict: bool) -> Scopes {
        let current = self.numbered.filter(|_| !self.is_stale);
        current.unwrap_or_else(|| scopes::number(module, is_strict))
    }
}
