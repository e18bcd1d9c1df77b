//! Gives local names short names. Slots are kept: the chunk printer names them.

use bundle_graph::chunk::names::{is_reserved, short};
use swc_ecma_ast::Module;

use crate::{render::slot::is_slot, scopes};

/// Renames every local except those that stay. Names in the scope of a direct `eval` or `with` are
/// kept too.
pub(super) fn run(module: &mut Module, is_strict: bool, stays: impl Fn(&str) -> bool) {
    // Functions may read a kept name that belongs to the page.
    let mut names = (0..).map(short).filter(|name| !is_reserved(name) && !stays(name));
    scopes::shorten(
        module,
        is_strict,
        |name| is_slot(name) || stays(name),
        || names.next().expect("there is always another"),
    );
}
