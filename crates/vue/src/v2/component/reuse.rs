//! Decides which parts of a component need not be compiled again after an edit. Scripts depend only
//! on the text of the file, so they stay when a file that a stylesheet imports changes. Stylesheets
//! depend on their own blocks and on what they import, so they stay when another block of the
//! component changes.

use std::{ops::Range, sync::Arc};

use bundle_base::{
    Config, Diagnostics, Source,
    config::Mode,
    loader::{Before, Loaded, Part, PartContent},
    text_map::TextMap,
};

use super::{blocks::Component, facade::BLOCK, pug};
use crate::{
    descriptor::{self, Block, Descriptor},
    v2::scope_id::scope_id,
};

/// Returns the finished stylesheets of the build before, with the files that they refer to, if they
/// were made of the same blocks. `None` if a block differs, or if another file than the component
/// changed. With this, an edit of a template compiles no Sass.
pub(super) fn styles(
    before: &Before<'_>,
    component: &Component<'_>,
    config: &Config,
) -> Option<Loaded> {
    let Component { source, descriptor, id } = component;
    let TextMap::Copied { source: earlier, .. } = before.loaded.parts.first()?.map.as_deref()?
    else {
        return None;
    };
    let blocks_before = descriptor::read(earlier, &mut Diagnostics::new()).styles;
    let is_production = config.mode == Mode::Production;
    let is_same = |(one, other): (&Block, &Block)| {
        let attributes = |block: &Block| {
            let attributes = block.attributes.iter();
            attributes
                .map(|attribute| (attribute.name.clone(), attribute.value.clone()))
                .collect::<Vec<_>>()
        };
        earlier.text[one.content.clone()] == source.text[other.content.clone()]
            && attributes(one) == attributes(other)
            && ["src", "module"].iter().all(|name| one.attribute(name).is_none())
    };
    let blocks = &descriptor.styles;
    let are_same =
        blocks_before.len() == blocks.len() && blocks_before.iter().zip(blocks).all(is_same);
    // Flipped stylesheets have places of their own, so they are made again.
    let is_style =
        |part: &&Part| matches!(&part.content, PartContent::Style(style) if style.rtl.is_none());
    let parts: Vec<&Part> = before.loaded.parts.iter().filter(is_style).collect();
    if !before.is_only_itself
        || !are_same
        || parts.len() != blocks.len()
        || scope_id(earlier, is_production, config.vue.scope_id) != *id
    {
        return None;
    }
    let moves = blocks_before.iter().zip(blocks).map(|(one, other)| Move {
        earlier,
        now: source,
        range: one.content.clone(),
        start: other.content.start,
    });
    let parts = parts.into_iter().zip(moves).map(|(part, place)| moved(part, place));
    let parts = parts.collect::<Option<_>>()?;
    before.is_taken_over.set(true);
    Some(Loaded { parts, assets: before.loaded.assets.clone(), ..Loaded::default() })
}

/// Returns the stylesheets of the build before.
pub(super) fn all_styles(before: &Loaded) -> impl Iterator<Item = Part> {
    let is_style = |part: &&Part| matches!(part.content, PartContent::Style(_));
    before.parts.iter().filter(is_style).cloned()
}

/// The places of a block in the build before and now.
struct Move<'a> {
    /// The component's file in the build before.
    earlier: &'a Source,
    now: &'a Arc<Source>,
    /// Where the block was.
    range: Range<usize>,
    /// Where it begins now.
    start: usize,
}

/// Returns a part for a block that begins at another offset now. `None` if the part's map does not
/// fit.
fn moved(part: &Part, Move { earlier, now, range, start }: Move<'_>) -> Option<Part> {
    let Some(map) = &part.map else { return Some(part.clone()) };
    let TextMap::Pieces(origins) = &**map else { return None };
    let mut origins = origins.clone();
    if let Some(own) = origins.sources.iter().position(|source| **source == *earlier) {
        origins.sources[own] = Arc::clone(now);
        for piece in origins.pieces.iter_mut().filter(|piece| piece.source as usize == own) {
            let within = (piece.from as usize)
                .checked_sub(range.start)
                .filter(|within| *within <= range.len())?;
            piece.from = u32::try_from(start + within).ok()?;
        }
    }
    Some(Part { map: Some(Arc::new(TextMap::Pieces(origins))), ..part.clone() })
}

/// Returns the scripts of the build before, and the file that their maps refer to. `None` if the
/// text of the file differs, or if the scripts follow from other files too. With this, a component
/// is not compiled again because something that its stylesheets import has changed.
pub(super) fn scripts(
    before: &Loaded,
    descriptor: &Descriptor,
    text: &str,
) -> Option<(Arc<Source>, Vec<Part>)> {
    let Descriptor { template, script, setup, styles, custom } = descriptor;
    let single = [template, script, setup].into_iter().flatten();
    let is_alone = single.chain(styles).chain(custom).all(|block| block.src().is_none());
    // Scripts import the names of style modules, which follow from the stylesheets.
    let has_names = styles.iter().any(|block| block.attribute("module").is_some());
    let TextMap::Copied { source, .. } = before.parts.first()?.map.as_deref()? else { return None };
    let is_script = |part: &&Part| matches!(part.content, PartContent::Script(_));
    // Plugins and Pug may have read other files.
    let is_of_plugin = |part: &Part| part.suffix.starts_with(BLOCK);
    let is_pug = template.as_ref().is_some_and(pug::is_pug);
    let is_alone = is_alone && !is_pug && !before.parts.iter().any(is_of_plugin);
    let scripts = || before.parts.iter().filter(is_script).cloned().collect();
    (is_alone && !has_names && source.text == text).then(|| (Arc::clone(source), scripts()))
}
