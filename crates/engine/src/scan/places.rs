//! Where the text of each part was copied from, so that a diagnostic about a part shows its file.
//! Parts are kept by their text, and their place in the file may have changed since, so places are
//! looked up when a diagnostic is shown.

use std::sync::Arc;

use bundle_base::{
    Diagnostic, Label, Source,
    loader::{Part, PartContent},
    text_map::TextMap,
};

use rustc_hash::FxHashMap;

use super::Node;

/// Parts that were copied out of a file.
#[derive(Clone, Default)]
pub(crate) struct Places {
    /// Parts' sources, and what each was copied from. Few are ever looked for, so they are not
    /// hashed.
    origins: Vec<(Arc<Source>, Arc<TextMap>)>,
}

impl Places {
    /// Adds the part that a module is, if it was copied.
    pub fn add(&mut self, node: &Node) {
        let source = &node.part.source;
        let loaded = node.file.as_ref().and_then(|file| file.loaded.as_ref());
        let map =
            loaded.and_then(|loaded| loaded.parts.iter().find_map(|part| map_of(part, source)));
        self.origins.extend(map.map(|map| (Arc::clone(source), Arc::clone(map))));
    }

    /// Puts a module in the place of another one.
    pub fn replace(&mut self, before: &Arc<Source>, now: &Node) {
        self.origins.retain(|(source, _)| !Arc::ptr_eq(source, before));
        self.add(now);
    }

    /// The same diagnostics about files. Files come in the order they were spoken of first, and in
    /// a file the first place is first: phases and parts of a file have found them in orders of
    /// their own.
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

    /// The same place in the file that a part was copied from.
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

    /// The same place in a file; `None` if the text of the part was made up there.
    pub fn in_a_file(&self, label: Label) -> Option<Label> {
        // Every import of a program is asked about: lengths are compared faster than paths.
        let is_it = |source: &Arc<Source>| {
            source.text.len() == label.source.text.len() && *source == label.source
        };
        let Some((_, map)) = self.origins.iter().find(|(source, _)| is_it(source)) else {
            return Some(label);
        };
        // What another tool compiled is a file all the same.
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

/// Where a source comes from that a part is, or that a sheet gives scripts.
fn map_of<'p>(part: &'p Part, source: &Arc<Source>) -> Option<&'p Arc<TextMap>> {
    if let PartContent::Style(Some(script)) = &part.content
        && Arc::ptr_eq(&script.source, source)
    {
        return Some(&script.map);
    }
    part.map.as_ref().filter(|_| Arc::ptr_eq(&part.source, source))
}
