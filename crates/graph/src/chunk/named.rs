//! Everything that has a name in the scope of a script.

use super::ChunkId;
use crate::module::{ExternalId, ModuleId, SymbolRef};

/// Everything that has a name in a chunk's scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Named {
    /// A top-level name of an ES module.
    Symbol(SymbolRef),
    /// The namespace object of an ES module.
    Namespace(ModuleId),
    /// The function that runs a lazy ES module once; of CommonJS, the one that gives its values to
    /// the names for them, where other chunks mention these.
    Init(ModuleId),
    /// The function that gives what `require` gives.
    Require(ModuleId),
    /// The function that gives what `import()` resolves to; for CommonJS, it depends on who asks.
    Import(ModuleId, bool),
    /// `module.exports` of a CommonJS module, once it was loaded.
    Exports(ModuleId),
    /// The getter of its default export.
    Default(ModuleId),
    /// Its namespace; the flag is `Interop::is_node`.
    CommonJsNamespace(ModuleId, bool),
    /// The value of an external (iife, cjs), once it was read.
    External(ExternalId),
    /// The function that gives what `require` of an external gives (iife).
    ExternalRequire(ExternalId),
    /// The function that gives what `import()` of an external resolves to (iife, cjs).
    ExternalImport(ExternalId, bool),
    /// The getter of its default export (iife, cjs).
    ExternalDefault(ExternalId),
    /// Its namespace; in esm output the binding of `import * as`.
    ExternalNamespace(ExternalId, bool),
    /// A name imported from it by an import declaration (esm).
    ExternalName(ExternalId, String),
    /// A variable that minifying moved to the top level of a module, numbered by the module's text.
    /// Known at the join.
    Lifted(ModuleId, u32),
    /// The function that loads the chunk that a module is in and gives a promise of what `Import`
    /// gives.
    Load(ModuleId, bool),
    /// What another chunk exports, as an object (iife, cjs).
    Chunk(ChunkId),
    /// What knows where other files are: what the page gives a chunk to load them with, or what the
    /// script finds out by itself (iife); the module's own address (esm).
    Loader,
    /// The registry that modules are functions in.
    Registry,
    /// The table of a script's registered modules.
    Modules,
}

impl Named {
    /// The external that it is about.
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

    /// The module in whose chunk it is made; `None`: every chunk that mentions it has its own.
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
