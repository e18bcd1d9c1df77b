//! Entries without contents, mostly because the user just created the file. They are built, with a
//! warning, into empty outputs, so that whatever includes these finds a file.

use std::sync::Arc;

use bundle_base::{Diagnostic, Label, source::Span};
use bundle_graph::{
    module::{ModuleGraph, ModuleId, Target},
    record::{ModuleRecord, SourceFormat},
};

use super::model::Scan;
use crate::messages;

/// Returns a warning for each empty entry. A script without a statement counts as CommonJS, and
/// would be wrapped: its output would be an empty function. It becomes an ES module if no module
/// imports it.
pub(super) fn entries(scan: &mut Scan) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for entry in scan.graph.entries.clone() {
        let module = scan.graph.module(entry);
        if let Some(style) = &scan.styles[entry.index()] {
            if style.source.text.trim().is_empty() {
                warnings.push(messages::empty_entry(&module.key, None));
            }
        } else if is_empty_script(&module.record) {
            let begin = Label::new(&module.source, Span::new(0, 0));
            warnings.push(messages::empty_entry(&module.key, Some(begin)));
            if !is_imported(entry, &scan.graph) {
                let record = ModuleRecord {
                    format: SourceFormat::Esm,
                    is_strict: true,
                    ..(*module.record).clone()
                };
                scan.graph.modules[entry.index()].record = Arc::new(record);
            }
        } else if scan.bytes[entry.index()] == 0 {
            // The script of an empty component has statements, so the file's size is checked.
            warnings.push(messages::empty_entry(&module.key, None));
        }
    }
    warnings
}

/// Whether a module has only white space, comments and types.
pub(super) fn is_empty_script(record: &ModuleRecord) -> bool {
    record.format == SourceFormat::CommonJs
        && record.statements.is_empty()
        && record.requests.is_empty()
}

fn is_imported(module: ModuleId, graph: &ModuleGraph) -> bool {
    graph.modules.iter().any(|other| {
        other.targets.iter().any(|target| matches!(target, Target::Module(id) if *id == module))
    })
}
