//! What an import gets of a WebAssembly file, by the query of the request.

use bundle_base::asset::has_flag;

/// The query of a WebAssembly file that is imported for its exports.
pub(crate) const INSTANCE: &str = "?instance";

/// What an import gets of a WebAssembly file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::loaders) enum Form {
    /// Its address, unless it exports something as `default`.
    Address,
    /// `?init`: a function that instantiates it.
    Init,
    /// `?compiled`, which `import source` requests: the compiled module.
    Compiled,
    /// Its exports.
    Instance,
}

impl Form {
    pub fn of(query: &str) -> Option<Self> {
        match query {
            "" => Some(Self::Address),
            _ if has_flag(query, "init") => Some(Self::Init),
            _ if has_flag(query, "compiled") => Some(Self::Compiled),
            _ if has_flag(query, "instance") => Some(Self::Instance),
            _ => None,
        }
    }
}
