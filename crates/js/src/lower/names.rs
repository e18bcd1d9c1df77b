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
    /// Whether passes may have made names or moved code since, so that a binding may hide another.
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

    /// Numbers the names again if passes made some or moved code. From here on there is a table.
    pub fn renumber(&mut self, program: &mut Program, is_strict: bool) {
        if let Program::Module(module) = program
            && self.may_collide
            && self.is_stale
        {
            self.numbered = Some(scopes::number(module, is_strict));
            self.is_stale = false;
        }
    }

    /// Returns the table, once there is one. What passes removed from the program is still in it.
    pub fn table(&self) -> &Scopes {
        self.numbered.as_ref().expect("the names are numbered")
    }

    /// Has to be called before a pass that makes names or moves code.
    pub fn will_change(&mut self) {
        self.may_collide = true;
        self.is_stale = true;
    }

    /// Has to be called after a pass that removed code or put values in.
    pub fn removed(&mut self) {
        self.is_stale = true;
    }

    /// Renames locals that hide what a name means. Returns the table of the program.
    pub fn finish(self, module: &mut Module, is_strict: bool, is_module: bool) -> Scopes {
        match self.numbered {
            _ if self.may_collide => scopes::number_apart(module, is_strict, is_module),
            Some(current) if !self.is_stale => current,
            _ => scopes::number(module, is_strict),
        }
    }
}
