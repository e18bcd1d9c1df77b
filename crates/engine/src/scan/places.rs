//! Where the texts of parts were copied from: what is wrong with a part is told about its file. Parts are remembered by their text, and
//! where it stands in the file may have changed since, so places are looked up when they are shown.

use std::sync::Arc;

use bundle_base::{Diagnostic, Label, Source, text_map::TextMap};

use super::Node;

/// Parts that were copied out of a file.
#[derive(Default)]
pub(crate) struct Places {
    /// Parts' sources, and what each was copied from. Few are ever looked for, so they are not hashed.
    origins: Vec<(Arc<Source>, Arc<TextMap>)>,
}

impl Places {
    /// Adds the part that a module is, if it was copied.
    pub fn add(&mut self, node: &Node) {
        let source = &node.part.source;
        let loaded = node.file.as_ref().and_then(|file| file.loaded.as_ref());
        let part = loaded.and_then(|loaded| loaded.parts.iter().find(|part| Arc::ptr_eq(&part.source, source)));
        self.origins.extend(part.and_then(|part| Some((Arc::clone(source), Arc::clone(part.map.as_ref()?)))));
    }

    /// The same diagnostic about the file.
    pub fn in_file(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        let notes = diagnostic.notes.iter_mut().filter_map(|note| note.label.as_mut());
        for label in diagnostic.primary.iter_mut().chain(notes) {
            self.relocate(label);
        }
        diagnostic
    }

    fn relocate(&self, label: &mut Label) {
        let known = self.origins.iter().find(|(source, _)| *source == label.source);
        let origin = known.and_then(|(_, map)| map.span(label.span));
        if let Some((source, span)) = origin {
            label.source = Arc::clone(source);
            label.span = span;
        }
    }
}
