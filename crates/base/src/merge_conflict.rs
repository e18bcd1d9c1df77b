//! Markers that git leaves in a file of any language: `<<<<<<< branch`, `=======` and
//! `>>>>>>> branch`.

use std::sync::Arc;

use crate::{
    diagnostic::{Diagnostic, Label},
    source::{Source, Span},
};

mod messages; // the error

/// Returns an error if a line of a text begins or ends a conflict. Call it where the text has a
/// mistake, because the lines may also be in a comment or a string.
pub fn found(source: &Arc<Source>) -> Option<Diagnostic> {
    let mut offset = 0;
    for line in source.text.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") {
            let span = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let span = Span::new(span(offset), span(offset + line.trim_end().len()));
            return Some(messages::merge_conflict(Label::new(source, span)));
        }
        offset += line.len();
    }
    None
}

/// The same for texts whose compilers go on after any mistake: returns an error if a text has a
/// whole conflict that does not begin in a CSS comment.
pub fn whole(source: &Arc<Source>) -> Option<Diagnostic> {
    let text = &source.text;
    let mut rest = text.find("<<<<<<< ").map_or("", |at| &text[at..]).lines();
    let mut has = |marker: &str| rest.any(|line| line.starts_with(marker));
    if !(has("<<<<<<< ") && has("=======") && has(">>>>>>> ")) {
        return None;
    }
    let found = found(source)?;
    let at = found.primary.as_ref()?.span.start as usize;
    let is_in_comment = text[..at].rfind("/*") > text[..at].rfind("*/");
    (!is_in_comment).then_some(found)
}
