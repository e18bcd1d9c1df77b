//! Free names of what is generated. The generator knows which names it writes itself, and reads the
//! user's expressions where it writes them: nobody has to read the whole program. What it does not
//! understand is left to the parser, which then does.

use super::{Context, Generator};
use crate::{
    code::Code,
    expression::{FreeName, Piece, add_free_names},
};

/// The free names of a text, by place.
#[derive(Debug, Default)]
pub(in crate::v2) struct Names(Option<Vec<FreeName>>);

impl Names {
    /// None yet. What has types takes the parser.
    pub(super) fn of(cx: Context<'_>) -> Self {
        Self((!cx.is_typescript).then(Vec::new))
    }

    /// None yet; as little as here is known of what comes.
    pub(super) fn take(&mut self) -> Self {
        let empty = self.0.as_ref().map(|_| Vec::new());
        Self(std::mem::replace(&mut self.0, empty))
    }

    /// `None`: it takes the parser.
    pub(in crate::v2) fn get(&self) -> Option<&[FreeName]> {
        self.0.as_deref()
    }
}

/// The brackets that an element puts around its children: those of a call and of a list.
pub(super) const ELEMENT: usize = 2;
/// Those of a list and of the function that renders its items.
pub(super) const LIST: usize = 2;
/// Those of the slots that a component is given and of one of them.
pub(super) const SLOT: usize = 6;

impl Generator<'_, '_> {
    /// Writes an expression without commas.
    pub(super) fn value(&mut self, code: &Code) {
        self.piece(code, Piece::Value);
    }

    /// Writes an expression in parentheses.
    pub(super) fn expression(&mut self, code: &Code) {
        self.piece(code, Piece::Expression);
    }

    /// Writes what is read as a piece of a kind.
    pub(super) fn piece(&mut self, code: &Code, piece: Piece) {
        let start = self.out.text().len();
        self.out.push(code);
        self.read(start, piece);
    }

    /// Writes a name of ours.
    pub(super) fn name(&mut self, name: &str) {
        let start = self.out.text().len();
        self.push(name);
        if !self.declared.iter().any(|declared| declared == name)
            && let Some(names) = &mut self.names.0
        {
            names.push(FreeName { start, end: start + name.len(), is_shorthand: false });
        }
    }

    /// Writes the start of a call of ours.
    pub(super) fn call_of(&mut self, name: &str) {
        self.name(name);
        self.push("(");
    }

    /// Writes the quoted key of a property. What it is was not decoded, and may be no literal.
    pub(super) fn key(&mut self, key: &Code) {
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

    /// Finds the free names of what was written from a place on. Names that it declares are known
    /// from now on.
    pub(super) fn read(&mut self, start: usize, piece: Piece) {
        let Some(names) = &mut self.names.0 else { return };
        let before = names.len();
        let text = &self.out.text()[start..];
        let Some(declared) = add_free_names(text, (piece, self.depth), names) else {
            self.names.0 = None;
            return;
        };
        let has_setup = !self.cx.is_functional && self.cx.setup().is_some();
        let mut kept = before;
        for at in before..names.len() {
            let FreeName { start: from, end, is_shorthand } = names[at];
            let name = &text[from..end];
            // What the opening of every function declares.
            let is_of_function = matches!(name, "_vm" | "_c") || name == "_setup" && has_setup;
            if !is_of_function && !self.declared.iter().any(|declared| declared == name) {
                names[kept] = FreeName { start: start + from, end: start + end, is_shorthand };
                kept += 1;
            }
        }
        names.truncate(kept);
        self.declared.extend(declared.into_iter().map(str::to_owned));
    }

    /// Leaves the names to the parser.
    pub(super) fn leave_names(&mut self) {
        self.names.0 = None;
    }
}
