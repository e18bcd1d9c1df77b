//! The error for bytes that are not text.

use std::sync::Arc;

use super::charset::{DecodeError, SourceCharset};
use crate::{
    diagnostic::{Diagnostic, Label},
    source::{Source, Span},
};

/// Reports that a file is not UTF-8. `shown`: the file's text with invalid sequences replaced.
pub(super) fn not_utf8(
    shown: &Arc<Source>,
    error: &DecodeError,
    charset: SourceCharset,
) -> Diagnostic {
    // Up to the first invalid byte the replaced text equals the file, so the offset is valid in it.
    let at = u32::try_from(error.offset).unwrap_or(u32::MAX);
    let at = Label::new(shown, Span::new(at, at)).text("first byte that is not UTF-8");
    let nor = if charset == SourceCharset::UTF_8 {
        String::new()
    } else {
        format!(", nor {}", charset.name())
    };
    let found =
        Diagnostic::error("not-utf8", format!("{} is not UTF-8 text{nor}", shown.name)).at(at);
    match error.looks_like {
        Some(encoding) => {
            let file = shown.name.rsplit('/').next().unwrap_or(&shown.name);
            let label = encoding.to_lowercase();
            let or = if SourceCharset::named(&label).is_some() {
                format!(", or write \"sourceCharset\": \"{label}\" in the configuration")
            } else {
                String::new()
            };
            found.note(format!("it looks like {encoding}")).remedy(format!(
                "save it as UTF-8 (`iconv -f {encoding} -t UTF-8 {file} > new`){or}"
            ))
        }
        None => found.fix("save it as UTF-8", None),
    }
}
