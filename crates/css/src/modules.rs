//! CSS modules: classes, ids and animations of a sheet get names that no other sheet has, and
//! scripts are told which; values (`@value`, `:export`) reach scripts by the same way. The rules
//! are css-loader's: `:local` and `:global`, `composes`, `@value`.

use std::sync::Arc;

use bundle_base::{
    Source,
    asset::{ContentHash, has_flag},
    config::{Config, relative},
    loader::LoadContext,
    sheet::exports::{Exports, Naming, Needed},
    woven::Woven,
};
use camino::Utf8Path;

use crate::imports;

mod composes; // classes that are made of others
mod names; // selectors and animations
mod script; // what importers get
mod values; // `@value` and `:export`

pub use script::script;

/// Whether all names of a sheet are its own: `cart.module.scss`, or what is asked for with
/// `?module`.
pub fn is_module(name: &str, query: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').is_some_and(|(stem, _)| stem.ends_with(".module"))
        || has_flag(query, "module")
}

/// How names of a file become its own: by where it is, so that they stay when its contents change.
pub fn naming(name: &str, config: &Config) -> Naming {
    let digits = ContentHash::of(name.as_bytes()).to_string();
    Naming::new(&config.css_modules, name, &digits[..8])
}

/// The sheet as it is written, and what scripts get of it. `naming`: `None` where names stay as
/// they are. `file`: what it stands in.
pub fn exported(
    sheet: Woven,
    file: &Arc<Source>,
    naming: Option<&Naming>,
    cx: &mut LoadContext<'_>,
) -> Option<(Woven, Exports)> {
    let mut telling = Telling { file, cx, exports: Exports::default() };
    let sheet = if naming.is_some() { values::replaced(sheet, &mut telling)? } else { sheet };
    let sheet = values::exported(sheet, &mut telling.exports);
    let Some(naming) = naming else { return Some((sheet, telling.exports)) };
    let sheet = names::own(&sheet, naming, &mut telling)?;
    let mut exports = telling.exports;
    if telling.cx.config.css_modules.camel_case {
        exports.add_camel_case();
    }
    Some((sheet, exports))
}

/// A sheet of which scripts are going to be told.
struct Telling<'t, 'c> {
    file: &'t Arc<Source>,
    cx: &'t mut LoadContext<'c>,
    exports: Exports,
}

impl Telling<'_, '_> {
    /// The index of another sheet among those that are needed; `Ok(None)`: it is this one. `Err`:
    /// there is none, which the log says.
    fn sheet(&mut self, address: &str, label: bundle_base::Label) -> Result<Option<usize>, ()> {
        let path = imports::found(address, &label, self.cx).ok_or(())?;
        if path == self.file.path {
            return Ok(None);
        }
        let specifier = specifier(&path, &self.file.path);
        let sheets = &mut self.exports.sheets;
        if let Some(known) = sheets.iter().position(|needed| needed.specifier == specifier) {
            return Ok(Some(known));
        }
        sheets.push(Needed { specifier, label });
        Ok(Some(sheets.len() - 1))
    }
}

/// How a script in the place of `from` asks for a module.
fn specifier(path: &Utf8Path, from: &Utf8Path) -> String {
    let way = relative(from.parent().unwrap_or(from), path);
    let dot = if way.starts_with("../") { "" } else { "./" };
    let query = if is_module(path.as_str(), "") { "" } else { "?module" };
    format!("{dot}{way}{query}")
}
