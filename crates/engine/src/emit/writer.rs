//! The text of a chunk while it is written: modules are appended with their names filled in, and
//! with their mappings.

use bundle_base::FxIndexMap;
use bundle_graph::module::ModuleId;
use bundle_js::{Piece, Role};

use super::{
    chunks,
    glue::Scope,
    moved,
    skeleton::{Runtime, Table},
};
use crate::{
    mappings::{Filled, Mappings},
    memo::PartKey,
    text::Lines,
};

/// The script of a chunk, as far as it is written.
pub(super) struct Writer<'a, 's> {
    pub scope: &'a Scope<'s>,
    pub parts: &'a [PartKey],
    pub lines: Lines,
    pub bytes: FxIndexMap<ModuleId, usize>,
    /// `None`: there is no map, or a registry's map, which `sections` writes.
    pub mappings: Option<Mappings<'a>>,
    /// The module tables of a registry's script.
    pub tables: Vec<Table>,
    /// Where our runtime is in a registry's script.
    pub runtimes: Vec<Runtime>,
}

impl Writer<'_, '_> {
    /// Writes the loader, which lets scripts arrive in any order. Only the scripts of entries have
    /// it. `share` writes what is shared by all scripts of the page, if anything.
    pub fn loader(&mut self, share: impl FnOnce(&mut Self)) {
        if let Some(loader) = self.scope.chunk.links.loader {
            self.lines.open("(function (page) {");
            self.body(loader);
            self.lines.line(&chunks::install(loader, self.scope));
            share(self);
            // In a module, `this` is undefined: pages include classic scripts with type=module too.
            self.lines.close("})(this || self);");
        }
    }

    pub fn hoisted(&mut self, id: ModuleId) {
        let scope = self.scope;
        let Some(rendered) = scope.modules.get(&id) else { return };
        self.lines.for_piece(&rendered.module.hoisted.text);
        self.piece(id, &rendered.module.hoisted);
    }

    pub fn body(&mut self, id: ModuleId) {
        let scope = self.scope;
        let Some(rendered) = scope.modules.get(&id) else { return };
        let module = &rendered.module;
        self.lines.for_piece(&module.body.text);
        self.piece(id, &module.body);
        for (at, fragment) in module.rest.iter().enumerate() {
            let moved = match fragment.role {
                Role::Text => None,
                Role::Head | Role::Mention => scope.moved_to(id, &fragment.piece),
                Role::Function => scope.moved_to(id, &module.rest[at - 1].piece),
            };
            match moved {
                None => self.piece(id, &fragment.piece),
                Some(from) if fragment.role == Role::Mention => self.moved(from),
                Some(_) => {}
            }
        }
    }

    /// Writes a moved function as an expression, at its only mention.
    fn moved(&mut self, (id, head): (ModuleId, usize)) {
        let fragments = &self.scope.modules[&id].module.rest;
        self.piece(id, &moved::keyword(&fragments[head]));
        self.piece(id, &fragments[head + 1].piece);
    }

    fn piece(&mut self, id: ModuleId, piece: &Piece) {
        let scope = self.scope;
        let names = scope.slot_names(id, piece);
        let text = &mut self.lines.text;
        let filled = Filled { piece, names: &names, start: text.len() };
        piece.fill(names.iter().copied(), text);
        *self.bytes.entry(id).or_default() += text.len() - filled.start;
        if let Some(mappings) = &mut self.mappings {
            mappings.piece(&self.lines.text, &filled, (&self.parts[id.index()], scope.module(id)));
        }
    }
}
