//! What a chain of member names after a namespace means: `ns.a.b`.

use crate::{
    link::{ExportLookup, Exports, Interop, Resolved},
    record::{Path, RECEIVER},
};

/// Resolves a path of members. Stops at the first member that has to be read as a property at run
/// time. Returns what the resolved beginning means and how many members it has.
pub(super) fn follow(exports: &Exports<'_>, meaning: &Resolved, path: &Path) -> (Resolved, usize) {
    let (mut resolved, mut taken) = (meaning.clone(), 0);
    while let Some(next) = path.get(taken).and_then(|name| member(exports, &resolved, name)) {
        (resolved, taken) = (next, taken + 1);
    }
    (resolved, taken)
}

/// Returns what `ns.name` means; `None` if it has to stay a property read.
fn member(exports: &Exports<'_>, namespace: &Resolved, name: &str) -> Option<Resolved> {
    match namespace {
        Resolved::Namespace(_) | Resolved::Missing if name == RECEIVER => Some(Resolved::Missing),
        Resolved::CommonJs(Interop { name: None, .. })
        | Resolved::External(Interop { name: None, .. })
            if name == RECEIVER =>
        {
            Some(namespace.clone())
        }
        Resolved::Namespace(of) => match exports.export(*of, name) {
            ExportLookup::Yes(resolved) => Some(resolved),
            ExportLookup::No | ExportLookup::Circular => Some(Resolved::Missing),
        },
        Resolved::CommonJs(interop) if interop.name.is_none() => {
            Some(Resolved::CommonJs(interop.clone().property(name)))
        }
        Resolved::External(interop) if interop.name.is_none() => {
            Some(Resolved::External(interop.clone().property(name)))
        }
        Resolved::CommonJs(_)
        | Resolved::External(_)
        | Resolved::Symbol(_)
        | Resolved::Dynamic { .. }
        | Resolved::Constant(..)
        | Resolved::Missing => None,
    }
}
