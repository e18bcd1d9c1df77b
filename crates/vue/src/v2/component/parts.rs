//! Makes the parts that a bundler gets of a component: their texts, with maps to the files that the
//! texts were written in.

use std::sync::Arc;

use bundle_base::{
    Source,
    loader::{Language, Part, PartContent, Stylesheet},
    place::Lines,
    text_map::TextMap,
};

use super::compiled::Style;
use crate::mapped_code::MappedCode;

/// A script that becomes a part of a component.
pub(super) struct ScriptPart<'a> {
    pub suffix: &'a str,
    pub language: Language,
    pub code: MappedCode,
    /// The file that contains the source text of the part.
    pub written: &'a Arc<Source>,
}

impl ScriptPart<'_> {
    /// Makes the part. `file`: the component's file, whose lines are `lines`.
    pub fn part(self, file: &Arc<Source>, lines: &Lines) -> Part {
        let Self { suffix, language, code, written } = self;
        let (text, ranges) = code.into_parts();
        let source = Source::new(file.path.clone(), format!("{}{suffix}", file.name), text);
        let lines =
            if Arc::ptr_eq(file, written) { lines.clone() } else { Lines::new(&written.text) };
        let map = TextMap::Copied { source: Arc::clone(written), lines, ranges };
        let content = PartContent::Script(language);
        Part { suffix: suffix.to_owned(), content, source, map: Some(Arc::new(map)) }
    }
}

/// Makes each stylesheet a part of the component.
pub(super) fn style_parts(styles: Vec<Style>, source: &Arc<Source>) -> impl Iterator<Item = Part> {
    styles.into_iter().enumerate().map(|(number, style)| {
        let suffix = format!("?style={number}");
        let (text, origins) = style.module.map_or(style.code, |module| module.code).into_parts();
        let source = Source::new(source.path.clone(), format!("{}{suffix}", source.name), text);
        let map = Some(Arc::new(TextMap::Pieces(origins)));
        Part { suffix, content: PartContent::Style(Stylesheet::default()), source, map }
    })
}
