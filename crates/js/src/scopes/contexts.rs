//! The syntax contexts of names. swc's passes make contexts from the marks of a `Globals` table,
//! numbered from 1; `Marks` takes the first ones in a fixed order, so that they are constants here.
//! Above them are the numbers of bindings.

use swc_common::{Mark, SyntaxContext};

use super::table::{FIRST, Scopes};

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

/// Makes the numbers of bindings known to swc's passes, which look contexts up in the current
/// `Globals` and number their own contexts from its end.
pub(crate) fn reserve(scopes: &Scopes) {
    let next = || SyntaxContext::empty().apply_mark(Mark::new()).as_u32();
    let last = FIRST + u32::try_from(scopes.bindings.len()).expect("under 2^32 bindings");
    while next() < last {}
}
