//! Handles a mention of a name: the name gets its number, and the use is counted.

use swc_ecma_ast::Ident;

use super::model::{Use, Walk};
use crate::scopes::{
    contexts::{free, helpers, runtime},
    table::{context_of, index_of},
};

impl Walk {
    /// Numbers a name that is declared. Its scope was entered.
    pub(super) fn declared(&mut self, name: &mut Ident) {
        if let Some(binding) = self.visible.find(&name.sym, name.ctxt) {
            name.ctxt = context_of(binding);
            // A `var` passes through its enclosing blocks: none may declare its name.
            if let Some(mentions) = &mut self.mentions {
                mentions.add(self.scope, binding);
            }
        }
    }

    /// Numbers a name that is mentioned.
    pub(super) fn mentioned(&mut self, name: &mut Ident, used: Use) {
        let Some(index) = self.visible.find(&name.sym, name.ctxt) else {
            return self.undeclared(name);
        };
        name.ctxt = context_of(index);
        let function = self.table.list[self.scope].function;
        let binding = &mut self.table.bindings[index];
        binding.reads += u32::from(matches!(used, Use::Read | Use::ReadAndWrite));
        binding.writes += u32::from(matches!(used, Use::Write | Use::ReadAndWrite));
        binding.is_captured |= self.table.list[binding.scope].function != function;
        if let Some(mentions) = &mut self.mentions {
            mentions.add(self.scope, index);
        }
    }

    fn undeclared(&mut self, name: &mut Ident) {
        // The linker gives these a name that no local has. Passes make the names of globals without
        // a context.
        if name.ctxt == helpers() || name.ctxt == runtime() {
            if !self
                .table
                .inserted
                .iter()
                .any(|(sym, context)| (sym, *context) == (&name.sym, name.ctxt))
            {
                self.table.inserted.push(name.to_id());
            }
            return;
        }
        // A pass will declare its name later.
        if name.ctxt.as_u32() > runtime().as_u32() && index_of(name.ctxt).is_none() {
            return;
        }
        name.ctxt = free();
        if name.sym == "arguments" {
            self.table.note_arguments(self.scope);
        }
        if !self.table.free.contains(&name.sym) {
            self.table.free.insert(name.sym.clone());
        }
        if let Some(mentions) = &mut self.mentions {
            mentions.free.insert((self.scope, name.sym.clone()));
        }
    }

    /// Marks the scopes that enclose the current place, whose names must stay as written.
    pub(super) fn keep_names(&mut self) {
        let mut scope = Some(self.scope);
        while let Some(index) = scope {
            self.table.list[index].is_dynamic = true;
            scope = self.table.list[index].parent;
        }
    }
}
