//! A question to the resolver, and its answer.

use bundle_resolve::{Failure, RequestSyntax, Resolution};
use camino::Utf8PathBuf;

/// A question to the resolver. The answer depends on the importer's folder, and on whether the
/// importer is TypeScript.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ResolveKey {
    pub folder: Utf8PathBuf,
    pub is_typescript: bool,
    pub specifier: String,
    pub kind: RequestSyntax,
}

/// An answer of the resolver.
pub(crate) type Answer = Result<Resolution, Failure>;
