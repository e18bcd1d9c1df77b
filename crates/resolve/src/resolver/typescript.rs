//! Sources of TypeScript that importers name by their output: `./a.js` for `a.ts`.

use super::{Asked, Resolver};
use crate::{
    answer::{AskKind, Resolution, may_be_typescript},
    options::typescript_sources,
};

impl Resolver {
    /// Finds the TypeScript source of `./a.js` for importers in JavaScript, as Vite does.
    pub(super) fn typescript_source(&self, asked: &Asked<'_>) -> Option<Resolution> {
        let Asked { ask, directory, specifier } = *asked;
        let is_installed = directory.components().any(|c| c.as_str() == "node_modules");
        if is_installed || may_be_typescript(ask.importer) || ask.kind == AskKind::Entry {
            return None;
        }
        typescript_sources(specifier)
            .find_map(|specifier| self.find(&Asked { ask, directory, specifier: &specifier }).ok())
    }
}
