//! Removes the cases of a `switch` over a known value that never run: those before the matching
//! case, and those after the end of its code.

use swc_common::{DUMMY_SP, SyntaxContext};
use swc_ecma_ast::{Ident, Stmt, SwitchCase, SwitchStmt};

use super::{
    constant,
    statements::{declarations, is_end},
};
use crate::ast::is_scoped;

/// Removes dead cases, if the value and the tests of all cases are known. `functions` gets the
/// names of functions in them. Returns whether it did.
pub(super) fn take_out(
    switch: &mut SwitchStmt,
    unresolved: SyntaxContext,
    functions: &mut Vec<Ident>,
) -> bool {
    let Some((start, end)) = running_cases(switch, unresolved) else { return false };
    let dead =
        || switch.cases[..start].iter().chain(&switch.cases[end..]).flat_map(|case| &case.cons);
    // A name that a dead case declares is in scope in the live ones too.
    if dead().any(is_scoped) {
        return false;
    }
    let kept: Vec<Stmt> = dead().filter_map(|it| declarations(it, functions)).collect();
    switch.cases.truncate(end);
    let live = switch.cases.drain(start..).flat_map(|case| case.cons);
    let cons: Vec<Stmt> = kept.into_iter().chain(live).collect();
    switch.cases.clear();
    if !cons.is_empty() {
        // They all run, one after the other.
        switch.cases.push(SwitchCase { span: DUMMY_SP, test: None, cons });
    }
    true
}

/// Returns the range of cases that run: its start and its exclusive end.
fn running_cases(switch: &SwitchStmt, unresolved: SyntaxContext) -> Option<(usize, usize)> {
    let value = constant::of(&switch.discriminant, unresolved)?;
    let mut start = None;
    for (index, case) in switch.cases.iter().enumerate() {
        let Some(test) = &case.test else { continue };
        if constant::of(test, unresolved)? == value && start.is_none() {
            start = Some(index);
        }
    }
    let default = || switch.cases.iter().position(|case| case.test.is_none());
    let Some(start) = start.or_else(default) else { return Some((0, 0)) };
    let ends = |case: &SwitchCase| case.cons.iter().any(is_end);
    let end = switch.cases[start..]
        .iter()
        .position(ends)
        .map_or(switch.cases.len(), |last| start + last + 1);
    Some((start, end))
}
