//! The things that have names in the scope of a chunk: symbols, functions of the glue, externals,
//! other chunks. The names themselves are chosen when the chunk is printed (`names`).

use super::ChunkId;
use crate::module::{ExternalId, ModuleId, SymbolRef};

/// Something that has a name in the scope of a chunk.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Named {
    /// A top-level name of an ES module.
    Symbol(SymbolRef),
    /// The namespace object of an ES module.
    Namespace(ModuleId),
    /// The function that runs a lazy ES module once. For CommonJS: the function that assigns the
    /// values of the module to its names, where other chunks mention these.
    Init(ModuleId),
    /// The function that returns what `require` returns.
    Require(ModuleId),
    /// The function that returns what `import()` resolves to. The flag is `Interop::is_node`; it
    /// matters for CommonJS, where the result depends on the importer.
    Import(ModuleId, bool),
    /// `module.exports` of a CommonJS module, once the module was loaded.
    Exports(ModuleId),
    /// The getter of the default export of a CommonJS module.
    Default(ModuleId),
    /// The namespace of a CommonJS module; the flag is `Interop::is_node`.
    CommonJsNamespace(ModuleId, bool),
    /// The value of an external (iife, cjs), once it was read.
    External(ExternalId),
    /// The function that returns what `require` of an external returns (iife).
    ExternalRequire(ExternalId),
    /// The function that returns what `import()` of an external resolves to (iife, cjs).
    ExternalImport(ExternalId, bool),
    /// The getter of the default export of an external (iife, cjs).
    ExternalDefault(ExternalId),
    /// The namespace of an external; in esm output the binding of `import * as`.
    ExternalNamespace(ExternalId, bool),
    /// A name that an import declaration imports from an external (esm).
    ExternalName(ExternalId, String),
    /// A variable that minifying moved to the top level of a module, numbered in the rendered text
    /// of the module. Known only when the chunk is printed.
    Lifted(ModuleId, u32),
    /// The function that loads the chunk of a module and returns a promise of what `Import`
    /// returns.
    Load(ModuleId, bool),
    /// The exports of another chunk, as an object (iife, cjs).
    Chunk(ChunkId),
    /// The object that knows the addresses of other files: the loader that the page gives to the
    /// chunk, or the address that the script finds out by itself (iife); the module's own address
    /// (esm).
    Loader,
    /// The registry of module functions.
    Registry,
    /// The table of a script's registered modules.
    Modules,
}

impl Named {
    /// Returns the external that it refers to.
    pub(super) fn external(&self) -> Option<ExternalId> {
        match self {
            Self::External(id)
            | Self::ExternalRequire(id)
            | Self::ExternalImport(id, _)
            | Self::ExternalDefault(id)
            | Self::ExternalNamespace(id, _)
            | Self::ExternalName(id, _) => Some(*id),
            Self::Symbol(_)
            | Self::Namespace(_)
            | Self::Init(_)
            | Self::Require(_)
            | Self::Import(..)
            | Self::Exports(_)
            | Self::Default(_)
            | Self::CommonJsNamespace(..)
            | Self::Lifted(..)
            | Self::Load(..)
            | Self::Chunk(_)
            | Self::Loader
            | Self::Registry
            | Self::Modules => None,
        }
    }

    /// Returns the module whose chunk declares it; `None`: every chunk that mentions it declares
    /// its own.
    pub(super) fn module(&self) -> Option<ModuleId> {
        match self {
            Self::Symbol(symbol) => Some(symbol.module),
            Self::Namespace(id)
            | Self::Init(id)
            | Self::Require(id)
            | Self::Import(id, _)
            | Self::Exports(id)
            | Self::Default(id)
            | Self::CommonJsNamespace(id, _) => Some(*id),
            Self::External(_)
            | Self::ExternalRequire(_)
            | Self::ExternalImport(..)
            | Self::ExternalDefault(_)
            | Self::ExternalNamespace(..)
            | Self::ExternalName(..)
            | Self::Lifted(..)
            | Self::Load(..)
            | Self::Chunk(_)
            | Self::Loader
            | Self::Registry
            | Self::Modules => None,
        }
    }
}
