//! Turns stylesheet files, and the style blocks of components, into parts. The order of the steps
//! is decided here: compile to CSS, inline `@import`, PostCSS, CSS modules, addresses of assets,
//! lowering.

use std::sync::Arc;

use bundle_base::{
    Diagnostics, Source,
    asset::Asset,
    config::Urls,
    diagnostic::Severity,
    loader::{CompileStyle, File, LoadContext, Loaded, Part, PartContent, StyleText, Stylesheet},
    mapped_text::MappedText,
    stylesheet::exports::{Exports, Naming},
    text_map::TextMap,
};

use crate::{
    compile, imports,
    lower::{self, Direction},
    modules, postcss, rtl, urls,
};

/// Loads files that are stylesheets.
pub struct StyleLoader;

impl StyleLoader {
    /// Returns the parts of a file with the text `source`. `lang` is `css`, `scss`, `sass`, or a
    /// language that a command compiles. `None`: the log has an error.
    pub fn load(
        file: &File,
        source: &Arc<Source>,
        lang: &str,
        cx: &mut LoadContext<'_>,
    ) -> Option<Loaded> {
        let stylesheet = compile::file(source, lang, cx)?;
        let naming = modules::is_module(&file.name, &file.query)
            .then(|| modules::naming(&file.name, cx.config));
        let stylesheet = imports::bundle(stylesheet, source, cx)?;
        let stylesheet = postcss::process(stylesheet, source, cx)?;
        let (stylesheet, exports) = modules::exported(stylesheet, source, naming.as_ref(), cx)?;
        let mut assets = Vec::new();
        let (stylesheet, rtl) = lowered(stylesheet, source, &mut assets, cx)?;
        let (text, origins) = stylesheet.into_parts();
        let needs_script = naming.is_some() || !exports.names.is_empty();
        let script = needs_script.then(|| modules::script(&exports, source));
        let map = Some(Arc::new(TextMap::Pieces(origins)));
        let source = Source::new(source.path.clone(), source.name.clone(), text);
        let content = PartContent::Style(Stylesheet { script, rtl });
        Some(Loaded { assets, ..Loaded::of(Part { suffix: String::new(), content, source, map }) })
    }

    /// Returns a part of CSS, such as a style block of a component, as it is written to the output.
    /// The files that it refers to are added to `assets`. `None`: the log has an error.
    pub fn finish(
        part: Part,
        assets: &mut Vec<Arc<Asset>>,
        cx: &mut LoadContext<'_>,
    ) -> Option<Part> {
        let stylesheet = match part.map.as_deref() {
            Some(TextMap::Pieces(origins)) => {
                MappedText::new(part.source.text.clone(), origins.clone())
            }
            Some(TextMap::Copied { .. } | TextMap::Mapped(_)) | None => {
                MappedText::of(&part.source)
            }
        };
        let stylesheet = imports::bundle(stylesheet, &part.source, cx)?;
        let (stylesheet, _) = modules::exported(stylesheet, &part.source, None, cx)?;
        let (stylesheet, rtl) = lowered(stylesheet, &part.source, assets, cx)?;
        let (text, origins) = stylesheet.into_parts();
        let source = Source::new(part.source.path.clone(), part.source.name.clone(), text);
        let content = PartContent::Style(Stylesheet { script: None, rtl });
        Some(Part { content, source, map: Some(Arc::new(TextMap::Pieces(origins))), ..part })
    }
}

/// Replaces the addresses of files in CSS, and lowers it for the target browsers. Returns it for
/// pages that are read from left to right, and for those that are read from right to left if these
/// have stylesheets of their own.
fn lowered(
    stylesheet: MappedText,
    file: &Arc<Source>,
    assets: &mut Vec<Arc<Asset>>,
    cx: &mut LoadContext<'_>,
) -> Option<(MappedText, Option<MappedText>)> {
    let flipped = cx.config.output.rtl.is_some().then(|| rtl::flipped(&stylesheet));
    let ltr = lowered_for(Direction::LeftToRight, stylesheet, file, assets, cx)?;
    let Some(flipped) = flipped else { return Some((ltr, None)) };
    let mut rtl_log = Diagnostics::new();
    let rtl_cx = &mut LoadContext { log: &mut rtl_log, ..*cx };
    let rtl = lowered_for(Direction::RightToLeft, flipped, file, assets, rtl_cx);
    // The warnings were reported for the stylesheet as it is written.
    let errors = rtl_log.take().into_iter().filter(|found| found.severity == Severity::Error);
    cx.log.extend(errors);
    Some((ltr, Some(rtl?)))
}

fn lowered_for(
    direction: Direction,
    stylesheet: MappedText,
    file: &Arc<Source>,
    assets: &mut Vec<Arc<Asset>>,
    cx: &mut LoadContext<'_>,
) -> Option<MappedText> {
    let stylesheet = match cx.config.assets.urls {
        Urls::Files => urls::moved(stylesheet, file, assets, cx),
        Urls::AsWritten | Urls::Rebased => stylesheet,
    };
    lower::lower(&stylesheet, direction, file, cx.config, cx.log)
}

/// Compiles stylesheets to CSS: style blocks of components, and files.
pub struct Styles;

impl CompileStyle for Styles {
    fn compile(&self, stylesheet: &StyleText<'_>, cx: &mut LoadContext<'_>) -> Option<MappedText> {
        compile::text(stylesheet, cx)
    }

    fn postcss(
        &self,
        stylesheet: MappedText,
        file: &Source,
        cx: &mut LoadContext<'_>,
    ) -> Option<MappedText> {
        postcss::process(stylesheet, file, cx)
    }

    fn own_names(
        &self,
        stylesheet: MappedText,
        file: &Arc<Source>,
        naming: &Naming,
        cx: &mut LoadContext<'_>,
    ) -> Option<(MappedText, Exports)> {
        modules::exported(stylesheet, file, Some(naming), cx)
    }
}
