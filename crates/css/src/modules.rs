//! CSS modules: gives classes, ids and animations of a stylesheet names that no other stylesheet
//! has, and exports these names to scripts. Values (`@value`, `:export`) are exported in the same
//! way. The rules are css-loader's: `:local` and `:global`, `composes`, `@value`.

use std::sync::Arc;

use bundle_base::{
    Source,
    loader::LoadContext,
    mapped_text::MappedText,
    stylesheet::exports::{Exports, Naming},
};

mod collector; // what a stylesheet exports, while it is collected
mod composes; // `composes`: classes that include other classes
mod names; // renames in selectors and animations
mod naming; // which stylesheets are CSS modules, and what makes their names unique
mod script; // the script that importers get
mod values; // `@value` and `:export`

use collector::ExportCollector;
pub use naming::{is_module, naming};
pub use script::script;

/// Returns the stylesheet as it is written to the output, and what it exports to scripts. `naming`
/// is `None` if the stylesheet keeps its names. `file` is the source that contains it. `None`: the
/// log has an error.
pub fn exported(
    stylesheet: MappedText,
    file: &Arc<Source>,
    naming: Option<&Naming>,
    cx: &mut LoadContext<'_>,
) -> Option<(MappedText, Exports)> {
    let mut collector = ExportCollector { file, cx, exports: Exports::default() };
    let stylesheet =
        if naming.is_some() { values::replaced(stylesheet, &mut collector)? } else { stylesheet };
    let stylesheet = values::exported(stylesheet, &mut collector.exports);
    let Some(naming) = naming else { return Some((stylesheet, collector.exports)) };
    let stylesheet = names::rename_own(&stylesheet, naming, &mut collector)?;
    let mut exports = collector.exports;
    if collector.cx.config.css_modules.camel_case {
        exports.add_camel_case();
    }
    Some((stylesheet, exports))
}
