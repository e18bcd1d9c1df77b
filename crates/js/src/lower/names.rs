//! The numbers of a program's names while it is lowered. They are numbered once, and again only if
//! passes made names or moved code.

use swc_ecma_ast::{Module, Program};

use crate::scopes::{self, Mentions, Scopes};

/// How the names of a program are identified.
pub(super) struct NameTable {
    /// The table.
    numbered: Scopes,
    /// The names that each scope of it mentions, if they were noted.
    mentions: Option<Mentions>,
    /// Whether passes may have made names or moved code since, so that a binding may hide another.
    may_collide: bool,
    /// Whether the table no longer matches the program.
    is_stale: bool,
    /// Whether no pass made or moved a name.
    are_as_written: bool,
}

impl NameTable {
    /// Numbers the names.
    pub fn number(module: &mut Module, is_strict: bool) -> Self {
        let numbered = scopes::number(module, is_strict);
        Self { numbered, mentions: None, may_collide: false, is_stale: false, are_as_written: true }
    }

    /// Numbers the names again if passes made some or moved code.
    pub fn renumber(&mut self, program: &mut Program, is_strict: bool) {
        if let Program::Module(module) = program
            && self.may_collide
            && self.is_stale
        {
            let (numbered, mentions) = scopes::number_with_mentions(module, is_strict);
            *self = Self { numbered, mentions: Some(mentions), is_stale: false, ..*self };
        }
    }

    /// Returns the table. Names that passes removed from the program are still in it.
    pub fn table(&self) -> &Scopes {
        &self.numbered
    }

    /// Whether no pass made or moved a name.
    pub fn are_as_written(&self) -> bool {
        self.are_as_written
    }

    /// Must be called before a pass that makes names or moves code.
    pub fn will_change(&mut self) {
        self.may_collide = true;
        self.names_were_inserted();
    }

    /// Must be called after a pass that removed code or inserted literals.
    pub fn code_was_removed(&mut self) {
        self.is_stale = true;
    }

    /// Must be called after a pass that inserted names that hide nothing.
    pub fn names_were_inserted(&mut self) {
        self.is_stale = true;
        self.are_as_written = false;
    }

    /// Renames locals that hide what a name means. Returns the table of the program.
    pub fn finish(self, module: &mut Module, is_strict: bool, is_module: bool) -> Scopes {
        match (self.numbered, self.mentions) {
            (current, Some(mentions)) if !self.is_stale => {
                scopes::set_apart(module, current, &mentions, is_module)
            }
            (current, None) if !self.is_stale => current,
            _ if self.may_collide => scopes::number_apart(module, is_strict, is_module),
            _ => scopes::number(module, is_strict),
        }
    }
}
