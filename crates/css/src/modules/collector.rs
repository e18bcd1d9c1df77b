//! Collects the names and values that a stylesheet exports to scripts, and the other stylesheets
//! that these exports need.

use std::sync::Arc;

use bundle_base::{
    Label, Source,
    config::relative,
    loader::LoadContext,
    stylesheet::exports::{Exports, Needed},
};
use camino::Utf8Path;

use super::naming::is_module;
use crate::imports;

/// A stylesheet whose exports are being collected.
pub(super) struct ExportCollector<'t, 'c> {
    pub file: &'t Arc<Source>,
    pub cx: &'t mut LoadContext<'c>,
    pub exports: Exports,
}

impl ExportCollector<'_, '_> {
    /// Returns the index of another stylesheet in `Exports::stylesheets`, and adds it there if it
    /// is new. `Ok(None)`: the address means this stylesheet. `Err`: there is no such stylesheet,
    /// and the log has the error.
    pub(super) fn stylesheet_index(
        &mut self,
        address: &str,
        label: Label,
    ) -> Result<Option<usize>, ()> {
        let path = imports::find_or_report(address, &label, self.cx).ok_or(())?;
        if path == self.file.path {
            return Ok(None);
        }
        let specifier = specifier(&path, &self.file.path);
        let stylesheets = &mut self.exports.stylesheets;
        if let Some(known) = stylesheets.iter().position(|needed| needed.specifier == specifier) {
            return Ok(Some(known));
        }
        stylesheets.push(Needed { specifier, label });
        Ok(Some(stylesheets.len() - 1))
    }
}

/// Returns the specifier with which a script beside `from` imports a stylesheet as a CSS module.
fn specifier(path: &Utf8Path, from: &Utf8Path) -> String {
    let way = relative(from.parent().unwrap_or(from), path);
    let dot = if way.starts_with("../") { "" } else { "./" };
    let query = if is_module(path.as_str(), "") { "" } else { "?module" };
    format!("{dot}{way}{query}")
}
