//! Writes the script of a stylesheet: an export for each name, and an object of all names as the
//! default export.

use std::sync::Arc;

use bundle_base::{
    Source,
    json::quoted,
    loader::StylesheetScript,
    mapped_text::MappedText,
    stylesheet::exports::{Exports, is_identifier},
    text_map::TextMap,
};

/// The prefix of the local names of what is imported from other stylesheets.
const FOREIGN: &str = "of_sheet_";

/// Writes the script. Each value is written twice, for its own export and for the default export,
/// so that tree shaking removes whichever no script uses.
pub fn script(exports: &Exports, file: &Source) -> StylesheetScript {
    let mut script = MappedText::default();
    for (statement, label) in exports.imports(FOREIGN) {
        script.mark(&label.source, label.span.start);
        script.push_str(&statement);
    }
    let values = exports.values(FOREIGN);
    let (mut names, mut entries) = (Vec::new(), Vec::new());
    for (index, (name, value)) in values.iter().enumerate() {
        let key = if is_identifier(name) { (*name).to_owned() } else { quoted(name) };
        entries.push(format!(
            "{}: {value}",
            if *name == "__proto__" { "[\"__proto__\"]" } else { &key }
        ));
        if *name != "default" {
            script.push_str(&format!("const value_{index} = {value};\n"));
            names.push(format!("value_{index} as {key}"));
        }
    }
    if !names.is_empty() {
        script.push_str(&format!("export {{ {} }};\n", names.join(", ")));
    }
    script.push_str(&format!("export default {{ {} }};\n", entries.join(", ")));
    let (text, origins) = script.into_parts();
    StylesheetScript {
        source: Source::new(file.path.clone(), file.name.clone(), text),
        map: Arc::new(TextMap::Pieces(origins)),
    }
}
