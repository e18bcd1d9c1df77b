//! Where the text of each part was copied from, so that a diagnostic about a part shows its file.
//! Parts are kept by their text, and their place in the file may have changed since, so places are
//! looked up when a diagnostic is reported.

use std::sync::Arc;

use bundle_base::{
    Diagnostic, Label, Source,
    loader::{Part, PartContent, Stylesheet},
    text_map::TextMap,
};

use rustc_hash::FxHashMap;

use super::node::Node;

/// The parts that were copied out of files.
#[derive(Clone, Default)]
pub(crate) struct PartOrigins {
    /// The sources of parts, and where each was copied from. Few are ever looked up, so they are
    /// not hashed.
    origins: Vec<(Arc<Source>, Arc<TextMap>)>,
}

impl PartOrigins {
    /// Adds the part of a module, if it was copied.
    pub fn add(&mut self, node: &Node) {
        let source = &node.part.source;
        let loaded = node.file.as_ref().and_then(|file| file.loaded.as_ref());
        let map =
            loaded.and_then(|loaded| loaded.parts.iter().find_map(|part| map_of(part, source)));
        self.origins.extend(map.map(|map| (Arc::clone(source), Arc::clone(map))));
    }

    /// Replaces the part that has the source `before` by the part of `now`.
    pub fn replace(&mut self, before: &Arc<Source>, now: &Node) {
        self.origins.retain(|(source, _)| !Arc::ptr_eq(source, before));
        self.add(now);
    }

    /// Moves diagnostics from parts to files, and orders them. Files are in the order of their
    /// first diagnostic, and within a file the diagnostics are in the order of their places: phases
    /// and parts of one file find them in orders of their own.
    pub fn in_files(&self, diagnostics: impl Iterator<Item = Diagnostic>) -> Vec<Diagnostic> {
        let mut first = FxHashMap::default();
        let mut found = Vec::new();
        for (index, diagnostic) in diagnostics.enumerate() {
            let diagnostic = self.in_file(diagnostic);
            let place = diagnostic
                .primary
                .as_ref()
                .map(|label| (label.source.name.clone(), label.span.start));
            let key = match place {
                Some((file, start)) => (*first.entry(file).or_insert(index), start),
                None => (index, 0),
            };
            found.push((key, diagnostic));
        }
        found.sort_by_key(|(key, _)| *key);
        found.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }

    /// Returns the place in the file that the label's part was copied from, or the label unchanged.
    pub fn of_file(&self, mut label: Label) -> Label {
        self.relocate(&mut label);
        label
    }

    fn in_file(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        let notes = diagnostic.notes.iter_mut().filter_map(|note| note.label.as_mut());
        for label in diagnostic.primary.iter_mut().chain(notes) {
            self.relocate(label);
        }
        diagnostic
    }

    /// Returns the same place in a file; `None` if this text of the part was generated and is in no
    /// file.
    pub fn in_a_file(&self, label: Label) -> Option<Label> {
        // This runs for every import of a program, and lengths are compared faster than paths.
        let is_of_label = |source: &Arc<Source>| {
            source.text.len() == label.source.text.len() && *source == label.source
        };
        let Some((_, map)) = self.origins.iter().find(|(source, _)| is_of_label(source)) else {
            return Some(label);
        };
        // A file that was compiled by another program is still a file.
        let is_file = matches!(**map, TextMap::Mapped(_));
        map.span(label.span)
            .map(|(source, span)| Label::new(source, span))
            .or(is_file.then_some(label))
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

/// Returns the origin of a source, if it is the part's own or the one that its stylesheet gives to
/// scripts.
fn map_of<'p>(part: &'p Part, source: &Arc<Source>) -> Option<&'p Arc<TextMap>> {
    if let PartContent::Style(Stylesheet { script: Some(script), .. }) = &part.content
        && Arc::ptr_eq(&script.source, source)
    {
        return Some(&script.map);
    }
    part.map.as_ref().filter(|_| Arc::ptr_eq(&part.source, source))
}
