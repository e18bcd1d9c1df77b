//! Stylesheets as parts of files.

use std::sync::Arc;

use bundle_base::{
    Source,
    asset::Asset,
    loader::{CompileStyle, File, LoadContext, Loaded, Part, PartContent, StyleText},
    sheet::exports::{Exports, Naming},
    text_map::TextMap,
    woven::Woven,
};

use crate::{foreign, imports, lower, modules, sass, urls};

/// Files that are stylesheets.
pub struct StyleLoader;

impl StyleLoader {
    /// The parts of a file with this text. `lang`: `css`, `scss`, `sass`, or one that a command
    /// compiles.
    pub fn load(
        file: &File,
        source: &Arc<Source>,
        lang: &str,
        cx: &mut LoadContext<'_>,
    ) -> Option<Loaded> {
        let sheet = compiled_file(source, lang, cx)?;
        let naming = modules::is_module(&file.name, &file.query)
            .then(|| modules::naming(&file.name, cx.config));
        let sheet = imports::bundle(sheet, source, cx)?;
        let (sheet, exports) = modules::exported(sheet, source, naming.as_ref(), cx)?;
        let mut assets = Vec::new();
        let (text, weave) = lowered(sheet, source, &mut assets, cx)?.into_parts();
        let is_asked = naming.is_some() || !exports.names.is_empty();
        let script = is_asked.then(|| modules::script(&exports, source));
        let map = Some(Arc::new(TextMap::Woven(weave)));
        let source = Source::new(source.path.clone(), source.name.clone(), text);
        let content = PartContent::Style(script);
        Some(Loaded { assets, ..Loaded::of(Part { suffix: String::new(), content, source, map }) })
    }

    /// A part in CSS as it is going to be written. `None`: the log says why. What it refers to goes
    /// to `assets`.
    pub fn finish(
        part: Part,
        assets: &mut Vec<Arc<Asset>>,
        cx: &mut LoadContext<'_>,
    ) -> Option<Part> {
        let sheet = match part.map.as_deref() {
            Some(TextMap::Woven(weave)) => Woven::new(part.source.text.clone(), weave.clone()),
            Some(TextMap::Copied { .. } | TextMap::Mapped(_)) | None => Woven::of(&part.source),
        };
        let sheet = imports::bundle(sheet, &part.source, cx)?;
        let (sheet, _) = modules::exported(sheet, &part.source, None, cx)?;
        let (text, weave) = lowered(sheet, &part.source, assets, cx)?.into_parts();
        let source = Source::new(part.source.path.clone(), part.source.name.clone(), text);
        Some(Part { source, map: Some(Arc::new(TextMap::Woven(weave))), ..part })
    }
}

/// A file as CSS; `None`: the log says why.
pub(crate) fn compiled_file(
    source: &Arc<Source>,
    lang: &str,
    cx: &mut LoadContext<'_>,
) -> Option<Woven> {
    if lang == "css" {
        return Some(Woven::of(source));
    }
    let origin = |at: usize| u32::try_from(at).expect("texts are under 4 GiB");
    Styles.compile(&StyleText { lang, text: &source.text, source, origin: &origin }, cx)
}

/// CSS with the addresses of what it refers to, for the browsers that were asked for.
fn lowered(
    sheet: Woven,
    file: &Arc<Source>,
    assets: &mut Vec<Arc<Asset>>,
    cx: &mut LoadContext<'_>,
) -> Option<Woven> {
    let sheet = urls::moved(sheet, file, assets, cx);
    lower::lower(&sheet, file, cx.config, cx.log)
}

/// Blocks of components.
pub struct Styles;

impl CompileStyle for Styles {
    fn compile(&self, sheet: &StyleText<'_>, cx: &mut LoadContext<'_>) -> Option<Woven> {
        match cx.config.preprocessor(sheet.lang) {
            Some(command) => foreign::compile(sheet, command, cx),
            None => sass::compile(sheet, cx),
        }
    }

    fn own_names(
        &self,
        (sheet, file): (Woven, &Arc<Source>),
        naming: &Naming,
        cx: &mut LoadContext<'_>,
    ) -> Option<(Woven, Exports)> {
        modules::exported(sheet, file, Some(naming), cx)
    }
}
