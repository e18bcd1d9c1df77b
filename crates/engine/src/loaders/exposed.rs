//! `?expose=$,jQuery`: a module that makes the exports of a file page globals, as expose-loader of
//! webpack does. Importers get the exports as well.

use std::fmt::Write as _;

use bundle_base::loader::{File, LoadContext, Loaded, Loader};
use bundle_resolve::EXPOSE;

use super::asset::script;

/// Makes the module.
pub(super) struct ExposedLoader;

impl Loader for ExposedLoader {
    fn load(&self, file: &File, _: &mut LoadContext<'_>) -> Option<Loaded> {
        let name = file.path.file_name()?;
        let mut text = format!("var exposed = require({:?});\n", format!("./{name}"));
        for global in file.query.strip_prefix(EXPOSE).unwrap_or_default().split(',') {
            // Objects on the way are made where they are missing.
            for (at, _) in global.match_indices('.') {
                let outer = &global[..at];
                let _ = writeln!(text, "window.{outer} = window.{outer} || {{}};");
            }
            let _ = writeln!(text, "window.{global} = exposed;");
        }
        text.push_str("module.exports = exposed;\n");
        // The page needs the global although nothing imports a name.
        let loaded = Loaded::of(script(file, text));
        Some(Loaded { is_made: true, declared_side_effects: Some(true), ..loaded })
    }
}
