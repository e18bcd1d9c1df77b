//! The free names of generated code. The generator knows the names that it writes itself, and reads
//! each of the user's expressions when it writes it, so that no pass has to parse the whole
//! program. If an expression is too complicated for that, all names are left to the parser.

use super::generator::Generator;
use crate::{
    expression::{FreeName, Piece, add_free_names},
    mapped_code::MappedCode,
};

/// How many brackets of an element enclose its children: a call and a list.
pub(super) const ELEMENT: usize = 2;
/// How many brackets `v-for` adds: a call and the function that renders an item.
pub(super) const LIST: usize = 2;
/// How many brackets enclose the content of a scoped slot: those of the list of slots and of the
/// slot.
pub(super) const SLOT: usize = 6;

impl Generator<'_, '_> {
    /// Writes an expression that has no commas outside of brackets.
    pub(super) fn value(&mut self, code: &MappedCode) {
        self.piece(code, Piece::Value);
    }

    /// Writes an expression in parentheses.
    pub(super) fn expression(&mut self, code: &MappedCode) {
        self.piece(code, Piece::Expression);
    }

    /// Writes code and reads it as a piece of the given kind.
    pub(super) fn piece(&mut self, code: &MappedCode, piece: Piece) {
        let start = self.out.text().len();
        self.out.push(code);
        self.read(start, piece);
    }

    /// Writes a generated name.
    pub(super) fn name(&mut self, name: &str) {
        let start = self.out.text().len();
        self.push(name);
        if !self.declared.iter().any(|declared| declared == name)
            && let Some(names) = &mut self.names.0
        {
            names.push(FreeName { start, end: start + name.len(), is_shorthand: false });
        }
    }

    /// Writes the start of a generated call.
    pub(super) fn call_of(&mut self, name: &str) {
        self.name(name);
        self.push("(");
    }

    /// Writes the quoted key of a property. The key was not decoded and may not form a valid
    /// literal; then the names are left to the parser.
    pub(super) fn key(&mut self, key: &MappedCode) {
        let text = key.text();
        if text == "__proto__"
            || text.bytes().any(|byte| matches!(byte, b'"' | b'\\' | b'\n' | b'\r'))
        {
            self.leave_names();
        }
        self.push("\"");
        self.out.push(key);
        self.push("\":");
    }

    /// Finds the free names of the code that was written from `start` on. Names that it declares
    /// are known from now on.
    pub(super) fn read(&mut self, start: usize, piece: Piece) {
        let Some(names) = &mut self.names.0 else { return };
        let before = names.len();
        let text = &self.out.text()[start..];
        let Some(declared) = add_free_names(text, piece, self.depth, names) else {
            self.names.0 = None;
            return;
        };
        let has_setup = !self.cx.is_functional && self.cx.setup().is_some();
        let mut kept = before;
        for at in before..names.len() {
            let FreeName { start: from, end, is_shorthand } = names[at];
            let name = &text[from..end];
            // The opening of every function declares these names.
            let is_of_function = matches!(name, "_vm" | "_c") || name == "_setup" && has_setup;
            if !is_of_function && !self.declared.iter().any(|declared| declared == name) {
                names[kept] = FreeName { start: start + from, end: start + end, is_shorthand };
                kept += 1;
            }
        }
        names.truncate(kept);
        self.declared.extend(declared.into_iter().map(str::to_owned));
    }

    /// Gives up: the parser has to find the names.
    pub(super) fn leave_names(&mut self) {
        self.names.0 = None;
    }
}
