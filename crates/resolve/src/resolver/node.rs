//! Node's built-in modules, which pages lack: packages and small versions of ours replace them.

use bundle_base::config::NodeShims;

use super::{Failed, Outcome, OxcRequest, Resolver};
use crate::{
    answer::Resolution,
    builtin::{builtin, has_shim, stand_in},
    failure::Reason,
    path,
};

impl Resolver {
    /// Handles Node's built-ins after all else has failed: in a build for browsers, an installed
    /// package of the same name, an alias or a `browser` field may replace them, with and without
    /// `node:`. If nothing does, the reason names a package to install.
    pub(super) fn find_builtin(
        &self,
        asked: &OxcRequest<'_>,
        failed: Failed,
    ) -> Outcome<Resolution> {
        let specifier = path::without_query(asked.specifier);
        let Some(name) = builtin(specifier).filter(|_| failed.is_not_found(specifier)) else {
            return Err(self.explain(asked, failed).into());
        };
        if specifier.starts_with("node:") {
            match self.find(&OxcRequest { specifier: name, ..*asked }) {
                Ok(found) => return Ok(found),
                Err(failed) if failed.is_not_found(name) => {}
                Err(other) => return Err(self.explain(asked, other).into()),
            }
        }
        if let Some(found) = stand_in(name).and_then(|package| self.find_stand_in(asked, package)) {
            return Ok(found);
        }
        if self.config.node == NodeShims::Shims && has_shim(name) {
            return Ok(Resolution::OfNode { name: name.to_owned() });
        }
        let is_from_package =
            asked.request.importer.components().any(|c| c.as_str() == "node_modules");
        Err(Reason::Builtin { name: name.to_owned(), stand_in: stand_in(name), is_from_package }
            .into())
    }

    /// Looks for the package that replaces a built-in in browsers, for the importer and then for
    /// the project: the importer is often in a package that does not depend on it.
    fn find_stand_in(&self, asked: &OxcRequest<'_>, package: &str) -> Option<Resolution> {
        let folders = [asked.directory, self.names.project()];
        folders.into_iter().find_map(|directory| {
            self.find(&OxcRequest { directory, specifier: package, ..*asked }).ok()
        })
    }
}
