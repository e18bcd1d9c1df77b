//! CSS modules: gives classes, ids and animations of a stylesheet names that no other stylesheet
//! has, and exports these names to scripts. Values (`@value`, `:export`) are exported in the same
//! way. The rules are css-loader's: `:local` and `:global`, `composes`, `@value`.

use std::sync::Arc;

use bundle_base::{
    Source,
    asset::{ContentHash, has_flag},
    config::{Config, relative},
    loader::LoadContext,
    mapped_text::MappedText,
    sheet::exports::{Exports, Naming, Needed},
};
use camino::Utf8Path;

use crate::imports;

mod composes; // `composes`: classes that include other classes
mod names; // renames in selectors and animations
mod script; // the script that importers get
mod values; // `@value` and `:export`

pub use script::script;

/// Whether a stylesheet is a CSS module: its name is like `cart.module.scss`, or it is imported
/// with `?module`.
pub fn is_module(name: &str, query: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').is_some_and(|(stem, _)| stem.ends_with(".module"))
        || has_flag(query, "module")
}

/// Returns how the names of a file become unique: through the path of the file, so that they stay
/// the same when its contents change.
pub fn naming(name: &str, config: &Config) -> Naming {
    let digits = ContentHash::of(name.as_bytes()).to_string();
    Naming::new(&config.css_modules, name, &digits[..8])
}

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
    let stylesheet = names::own(&stylesheet, naming, &mut collector)?;
    let mut exports = collector.exports;
    if collector.cx.config.css_modules.camel_case {
        exports.add_camel_case();
    }
    Some((stylesheet, exports))
}

/// A stylesheet whose exports are being collected.
struct ExportCollector<'t, 'c> {
    file: &'t Arc<Source>,
    cx: &'t mut LoadContext<'c>,
    exports: Exports,
}

impl ExportCollector<'_, '_> {
    /// Returns the index of another stylesheet in `Exports::sheets`, and adds it there if it is
    /// new. `Ok(None)`: the address means this stylesheet. `Err`: there is no such stylesheet, and
    /// the log has the error.
    fn stylesheet_index(
        &mut self,
        address: &str,
        label: bundle_base::Label,
    ) -> Result<Option<usize>, ()> {
        let path = imports::found(address, &label, self.cx).ok_or(())?;
        if path == self.file.path {
            return Ok(None);
        }
        let specifier = specifier(&path, &self.file.path);
        let stylesheets = &mut self.exports.sheets;
        if let Some(known) = stylesheets.iter().position(|needed| needed.specifier == specifier) {
            return Ok(Some(known));
        }
        stylesheets.push(Needed { specifier, label });
        Ok(Some(stylesheets.len() - 1))
    }
}

/// Returns the specifier with which a script in the place of `from` imports a stylesheet as a CSS
/// module.
fn specifier(path: &Utf8Path, from: &Utf8Path) -> String {
    let way = relative(from.parent().unwrap_or(from), path);
    let dot = if way.starts_with("../") { "" } else { "./" };
    let query = if is_module(path.as_str(), "") { "" } else { "?module" };
    format!("{dot}{way}{query}")
}
