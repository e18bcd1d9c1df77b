//! The text of a chunk while it is written: modules are appended with their names filled in, and
//! with their mappings.

use bundle_base::FxIndexMap;
use bundle_graph::module::ModuleId;
use bundle_js::{Fragment, Piece, Role};

use super::{
    chunks,
    glue::Scope,
    moved_functions,
    skeleton::{Runtime, Table},
};
use crate::{
    mappings::{Filled, Mappings},
    memo::PartKey,
    text::Lines,
};

/// The part of a chunk's script that is written so far.
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
        let mut is_moved = false;
        for fragment in &module.rest {
            match fragment.role {
                Role::Text | Role::Mention => is_moved = false,
                Role::Head => is_moved = scope.moved_to(id, &fragment.piece).is_some(),
                Role::Function | Role::Inner => {}
            }
            if !is_moved {
                self.fragment(id, fragment);
            }
        }
    }

    /// Writes a fragment, or the function that moves there.
    fn fragment(&mut self, id: ModuleId, fragment: &Fragment) {
        let moved = match fragment.role {
            Role::Text | Role::Head | Role::Function => None,
            Role::Mention | Role::Inner => self.scope.moved_to(id, &fragment.piece),
        };
        match moved {
            None => self.piece(id, &fragment.piece),
            Some((id, head)) => {
                let [head, function @ ..] = &self.scope.modules[&id].module.rest[head..] else {
                    return;
                };
                self.piece(id, &moved_functions::keyword(head));
                for fragment in moved_functions::parts(function) {
                    self.fragment(id, fragment);
                }
            }
        }
    }

    fn piece(&mut self, id: ModuleId, piece: &Piece) {
        let scope = self.scope;
        let names = scope.slot_names(id, piece);
        let text = &mut self.lines.text;
        let filled = Filled { piece, names: &names, start: text.len() };
        piece.fill(names.iter().copied(), text);
        *self.bytes.entry(id).or_default() += text.len() - filled.start;
        if let Some(mappings) = &mut self.mappings {
            mappings.piece(&self.lines.text, &filled, &self.parts[id.index()], scope.module(id));
        }
    }
}
