//! Compiles stylesheets to CSS: Sass with the compiler of this crate, other languages with a
//! command of the user.

use std::sync::Arc;

use bundle_base::{
    Source,
    loader::{LoadContext, StyleText},
    mapped_text::MappedText,
    merge_conflict,
};

use crate::{preprocessors, sass};

/// Compiles a file to CSS. `None`: the log has an error.
pub fn file(source: &Arc<Source>, lang: &str, cx: &mut LoadContext<'_>) -> Option<MappedText> {
    if let Some(conflict) = merge_conflict::whole(source) {
        cx.log.push(conflict);
        return None;
    }
    if lang == "css" {
        return Some(MappedText::of(source));
    }
    let origin = |at: usize| u32::try_from(at).expect("texts are under 4 GiB");
    text(&StyleText { lang, text: &source.text, source, origin: &origin }, cx)
}

/// Compiles a file or a style block of a component to CSS. `None`: the log has an error.
pub fn text(stylesheet: &StyleText<'_>, cx: &mut LoadContext<'_>) -> Option<MappedText> {
    match cx.config.preprocessor(stylesheet.lang) {
        Some(command) => preprocessors::compile(stylesheet, command, cx),
        None => sass::compile(stylesheet, cx),
    }
}
