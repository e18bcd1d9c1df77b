//! The syntax contexts of names. Passes make contexts from the marks of a `Globals` table, numbered
//! from 1; `ast::reserve_contexts` takes the first ones, so that they are constants here. Far above
//! them are the numbers of bindings.

use swc_common::SyntaxContext;

/// The context of names that no code of the program declares.
pub(crate) fn free() -> SyntaxContext {
    SyntaxContext::from_u32(1)
}

/// The context of names of the runtime's lowering helpers (`_check_new`).
pub(crate) fn helpers() -> SyntaxContext {
    SyntaxContext::from_u32(3)
}

/// The context of other names that this crate inserted: those of the interop runtime, and names
/// that the configuration provides.
pub(crate) fn runtime() -> SyntaxContext {
    SyntaxContext::from_u32(4)
}

/// Whether names that have nothing in common may have a context. Each other context belongs to one
/// name that a pass inserted, or is the number of a binding.
pub(crate) fn is_shared(context: SyntaxContext) -> bool {
    context.as_u32() <= settled().as_u32()
}

/// The context of functions in which compressing found nothing left to do. Functions have no other
/// context.
pub(crate) fn settled() -> SyntaxContext {
    SyntaxContext::from_u32(5)
}
