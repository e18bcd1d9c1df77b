//! A request that failed, and what finding the cause needs.

use std::sync::Arc;

use bundle_base::config::{Format, ResolveConfig};
use camino::Utf8Path;
use oxc_resolver::TsConfig;

use crate::{answer::RequestSyntax, disk::Disk, name::FileNames, path};

/// A request that failed, and what finding the cause needs.
pub struct Explain<'a> {
    pub config: &'a ResolveConfig,
    /// The format of the output.
    pub format: Format,
    pub disk: &'a Disk,
    pub names: &'a FileNames,
    /// The specifier as written, or without `node:`, or what a package.json replaces it by.
    pub specifier: &'a str,
    pub kind: RequestSyntax,
    /// The directory that the specifier is relative to.
    pub directory: &'a Utf8Path,
    /// The tsconfig.json whose paths apply, if there is one.
    pub tsconfig: Option<Arc<TsConfig>>,
}

impl Explain<'_> {
    /// Returns the name of a path in messages.
    pub(super) fn shown(&self, path: &Utf8Path) -> String {
        path::printable(&self.names.name(path, None))
    }
}
