//! `?sprite`: an SVG file as a symbol of the page. The module adds the symbol to the page; its
//! default export is the address for `<use>`.

use bundle_base::{
    asset::symbol_id,
    json::quoted,
    loader::{File, LoadContext, Loaded, Loader},
};
use bundle_js::runtime;

use super::{asset::script, source_text::text};

mod symbol; // converts an SVG to a symbol

/// Loads SVG files as symbols.
pub(super) struct SpriteLoader;

impl Loader for SpriteLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let source = text(file, cx)?;
        let id = symbol_id(&file.name, &cx.config.assets.symbol_id);
        let symbol = symbol::symbol(&source, &id).map_err(|wrong| cx.log.push(*wrong)).ok()?;
        let text = format!(
            "import {{ add_symbol }} from \"{}\";\nexport const id = {};\nexport const viewBox = \
             {};\nadd_symbol(id, {});\nexport default {};\n",
            runtime::SPRITES,
            quoted(&id),
            quoted(&symbol.view_box),
            quoted(&symbol.markup),
            quoted(&format!("#{id}")),
        );
        Some(Loaded { symbol: Some(id), ..Loaded::of(script(file, text)) })
    }
}
