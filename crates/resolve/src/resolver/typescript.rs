//! Sources of TypeScript that importers name by their output: `./a.js` for `a.ts`.

use super::{OxcRequest, Resolver};
use crate::{
    answer::{RequestSyntax, Resolution, may_be_typescript},
    options::typescript_sources,
};

impl Resolver {
    /// Finds the TypeScript source of `./a.js` for importers in JavaScript, as Vite does.
    pub(super) fn typescript_source(&self, asked: &OxcRequest<'_>) -> Option<Resolution> {
        let OxcRequest { request, directory, specifier } = *asked;
        let is_installed = directory.components().any(|c| c.as_str() == "node_modules");
        if is_installed
            || may_be_typescript(request.importer)
            || request.kind == RequestSyntax::Entry
        {
            return None;
        }
        typescript_sources(specifier).find_map(|specifier| {
            self.find(&OxcRequest { request, directory, specifier: &specifier }).ok()
        })
    }
}
