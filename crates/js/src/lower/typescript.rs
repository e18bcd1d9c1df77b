//! TypeScript to JavaScript, in four steps.
//!
//! `erase` drops what has no effect at run time; before that, it gives decorators their metadata,
//! if `emitDecoratorMetadata` is set. It needs no bindings, so it runs first, and names are
//! numbered without types in the way. `declare` then turns enums, namespaces and `import a =` into
//! functions and variables, and drops imports that no code reads. Decorators come next: they see a
//! constructor's parameters as written. Last, `finish` turns parameters that are properties
//! (`constructor(public a)`) into assignments.

use bundle_base::Span;
use swc_ecma_ast::Module;

use super::names::NameTable;
use crate::ast;

mod aliases; // `import a = b.c` and `import a = require("…")`
mod blocks; // the blocks of each namespace and enum, and what they export
mod bound; // the names that a block binds itself
mod constants; // the values of enum members
mod enums; // enums
mod erase; // types, and all else that has no effect at run time
mod imports; // imports that no code reads, and exports of types
mod mentions; // the statements and names of a program with enums and namespaces
mod metadata; // type metadata for decorators
mod namespaces; // namespaces
mod parameters; // parameters that are properties
mod types; // the values that stand for types at run time
mod walk; // the walk over enums and namespaces: what it knows

pub(super) use erase::{Erased, erase, erase_members};
pub(super) use parameters::assign as finish;

/// Turns what `erase` left into JavaScript, except parameters that are properties. `Err` is the
/// place of an `import` or `export` beside `export =`.
pub(super) fn declare(
    module: &mut Module,
    erased: &Erased,
    names: &mut NameTable,
) -> Result<(), [Span; 2]> {
    imports::drop_unread(module, erased, names);
    if let Some(at) = erased.export_assignment
        && let Some(other) = imports::beside_assignment(module)
    {
        return Err([ast::span(at), ast::span(other)]);
    }
    if erased.has_declarations {
        namespaces::lower(module, erased, names);
    }
    Ok(())
}
