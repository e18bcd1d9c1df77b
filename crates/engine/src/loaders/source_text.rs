//! The text of a file, in the encoding that the configuration names or the file declares.

use std::sync::Arc;

use bundle_base::{
    Source, decode,
    loader::{File, LoadContext},
};

/// Decodes a file, unless plugins made its text. `None`: it is not in the expected encoding, and
/// the diagnostic names the encoding that it seems to have.
pub(crate) fn text(file: &File, cx: &mut LoadContext<'_>) -> Option<Arc<Source>> {
    let name = format!("{}{}", file.name, file.query);
    if let Some(made) = &file.made {
        return Some(Source::new(file.path.clone(), name, made.text.clone()));
    }
    let source = decode::source(&file.path, &name, &file.bytes, cx.config.script.source_charset);
    source.map_err(|diagnostic| cx.log.push(*diagnostic)).ok()
}
