//! Which of its resolvers a request gets: by its syntax, by the language of the importer, and by
//! whether files beside the importer come first.

use bundle_base::config::Platform;
use oxc_resolver::ResolverGeneric;

use super::{Disk, OxcRequest, Resolver};
use crate::{
    answer::{RequestSyntax, may_be_typescript},
    path,
};

impl Resolver {
    /// Returns the resolver for a request.
    pub(super) fn inner_for(&self, asked: &OxcRequest<'_>) -> &ResolverGeneric<Disk> {
        let kind = RequestSyntax::ALL
            .iter()
            .position(|kind| *kind == asked.request.kind)
            .expect("ALL lists every kind");
        let first = if self.prefers_relative(asked) { 2 * RequestSyntax::ALL.len() } else { 0 };
        &self.inner[first + 2 * kind + usize::from(may_be_typescript(asked.request.importer))]
    }

    /// Whether `preferRelative` applies. It does not apply to `node:` names and to names
    /// that the `browser` field of the importer's package replaces, as in webpack.
    fn prefers_relative(&self, asked: &OxcRequest<'_>) -> bool {
        if !self.config.bare_specifiers.prefer_relative
            || asked.request.specifier.starts_with("node:")
        {
            return false;
        }
        let name = path::without_query(asked.specifier);
        let package = || self.packages.of(asked.directory);
        self.config.platform != Platform::Browser
            || package().is_none_or(|package| !package.replaces_name(name))
    }
}
