//! Vue components: the adapter between `bundle_vue`, which takes a file apart, and `bundle_css`,
//! which finishes the style parts.

use std::collections::HashMap;

use bundle_base::{
    Label, Source, Span,
    config::relative,
    loader::{File, LoadContext, Loaded, Loader, Part, PartContent},
    merge_conflict,
};
use camino::Utf8Path;
use serde_json::value::RawValue;

use super::source_text::text;
use crate::messages;

/// Loads `.vue` files.
pub(super) struct VueLoader;

impl Loader for VueLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        if cx.config.vue.is_installed
            && let Some(version) = newer_vue(cx)
        {
            cx.log.push(messages::installed_vue_3(version));
            return None;
        }
        let source = text(file, cx)?;
        if let Some(conflict) = merge_conflict::whole(&source) {
            cx.log.push(conflict);
            return None;
        }
        let loaded = bundle_vue::load(&source, cx);
        if cx.before.is_some_and(|before| before.is_taken_over.get()) {
            return Some(loaded);
        }
        let mut assets = loaded.assets;
        let mut finish = |part: Part| match part.content {
            PartContent::Style(_) => bundle_css::StyleLoader::finish(part, &mut assets, cx),
            PartContent::Script(_) | PartContent::Template(_) | PartContent::Bytes(_) => Some(part),
        };
        let parts: Vec<Part> = loaded.parts.into_iter().map(&mut finish).collect::<Option<_>>()?;
        Some(Loaded { parts, assets, ..loaded })
    }
}

/// Returns the place of the version in the `package.json` of the project's Vue, if the version is
/// later than 2. A page has one Vue, so the project's counts, whichever package a component is in.
/// Each component reads the file itself, so that each is loaded again when another Vue is
/// installed.
fn newer_vue(cx: &LoadContext<'_>) -> Option<Label> {
    let folders =
        cx.config.project.ancestors().map(|folder| folder.join("node_modules/vue/package.json"));
    let (path, bytes) =
        folders.into_iter().find_map(|path| cx.fs.read(&path).ok().map(|bytes| (path, bytes)))?;
    later_than_2(&path, String::from_utf8(bytes).ok()?, cx)
}

fn later_than_2(path: &Utf8Path, text: String, cx: &LoadContext<'_>) -> Option<Label> {
    let package: HashMap<&str, &RawValue> = serde_json::from_str(&text).ok()?;
    let version = package.get("version")?.get();
    let major: u32 = version.trim_matches('"').split('.').next()?.parse().ok()?;
    // The slice points into the text; the same words may also occur elsewhere in it.
    let start = u32::try_from(version.as_ptr().addr() - text.as_ptr().addr()).ok()?;
    let span = Span::new(start, start + u32::try_from(version.len()).ok()?);
    (major > 2).then(|| {
        Label::new(&Source::new(path.to_owned(), relative(&cx.config.project, path), text), span)
    })
}
