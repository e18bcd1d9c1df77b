//! Where the texts of parts were copied from: what is wrong with a part is told about its file. Parts are remembered by their text, and
//! where it stands in the file may have changed since, so places are looked up when they are shown.

use std::sync::Arc;

use bundle_base::{Diagnostic, Label, Source, text_map::TextMap};
use rustc_hash::FxHashMap;

use crate::memo::FileEntry;

/// Parts that were copied out of a file.
#[derive(Default)]
pub(crate) struct Places {
    /// By the part's source: what it was copied from.
    origins: FxHashMap<Arc<Source>, Arc<TextMap>>,
}

impl Places {
    /// Adds the parts of a file.
    pub fn add(&mut self, file: Option<&FileEntry>) {
        for part in file.and_then(|file| file.loaded.as_ref()).iter().flat_map(|loaded| &loaded.parts) {
            if let Some(map) = &part.map {
                self.origins.insert(Arc::clone(&part.source), Arc::clone(map));
            }
        }
    }

    /// The same diagnostic about the file.
    pub fn in_file(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if self.origins.is_empty() {
            return diagnostic;
        }
        let notes = diagnostic.notes.iter_mut().filter_map(|note| note.label.as_mut());
        for label in diagnostic.primary.iter_mut().chain(notes) {
            self.relocate(label);
        }
        diagnostic
    }

    fn relocate(&self, label: &mut Label) {
        let origin = self.origins.get(&label.source).and_then(|map| map.span(label.span));
        if let Some((source, span)) = origin {
            label.source = Arc::clone(source);
            label.span = span;
        }
    }
}
