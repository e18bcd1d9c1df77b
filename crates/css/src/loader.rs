//! Stylesheets as parts of files.

use std::sync::Arc;

use bundle_base::{
    Source,
    asset::Asset,
    loader::{CompileStyle, LoadContext, Loaded, Part, PartContent, StyleText},
    text_map::TextMap,
    woven::Woven,
};

use crate::{imports, lower, sass, urls};

/// Files that are stylesheets.
pub struct StyleLoader;

impl StyleLoader {
    /// The parts of a file with this text. `lang`: `css`, `scss` or `sass`.
    pub fn load(source: &Arc<Source>, lang: &str, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let sheet = if lang == "css" { Woven::of(source) } else { sass::compile_file(source, lang, cx)? };
        let mut assets = Vec::new();
        let (text, weave) = finished(sheet, source, &mut assets, cx)?.into_parts();
        let map = Some(Arc::new(TextMap::Woven(weave)));
        let source = Source::new(source.path.clone(), source.name.clone(), text);
        let content = PartContent::Style("css".to_owned());
        Some(Loaded { assets, ..Loaded::of(Part { suffix: String::new(), content, source, map }) })
    }

    /// A part in CSS as it is going to be written. `None`: the log says why. What it refers to goes to `assets`.
    pub fn finish(part: Part, assets: &mut Vec<Arc<Asset>>, cx: &mut LoadContext<'_>) -> Option<Part> {
        let sheet = match part.map.as_deref() {
            Some(TextMap::Copied { source, ranges, .. }) => Woven::of(source).rewritten(&part.source.text, ranges),
            Some(TextMap::Woven(weave)) => Woven::new(part.source.text.clone(), weave.clone()),
            Some(TextMap::Mapped(_)) | None => Woven::of(&part.source),
        };
        let (text, weave) = finished(sheet, &part.source, assets, cx)?.into_parts();
        let source = Source::new(part.source.path.clone(), part.source.name.clone(), text);
        Some(Part { source, map: Some(Arc::new(TextMap::Woven(weave))), ..part })
    }
}

/// CSS with what it imports, for the browsers that were asked for.
fn finished(sheet: Woven, file: &Arc<Source>, assets: &mut Vec<Arc<Asset>>, cx: &mut LoadContext<'_>) -> Option<Woven> {
    let sheet = imports::bundle(sheet, file, cx)?;
    let sheet = urls::moved(sheet, file, assets, cx);
    lower::lower(&sheet, file, cx.config, cx.log)
}

/// Blocks of components.
pub struct Styles;

impl CompileStyle for Styles {
    fn compile(&self, sheet: &StyleText<'_>, cx: &mut LoadContext<'_>) -> Option<Woven> {
        sass::compile(sheet, cx)
    }
}
