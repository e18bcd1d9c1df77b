//! Early errors that swc's parser lets through: mistakes that ECMAScript requires to be reported
//! before anything runs. One walk over the AST as parsed, with a stack of scopes. What swc reports
//! itself is not checked again. Where the AST does not show what was written (escapes, missing
//! semicolons), the walk reads the text under a node's span.

use std::sync::Arc;

use bundle_base::{Diagnostic, Source, search};
use swc_common::BytePos;
use swc_ecma_ast::Module;
use swc_ecma_visit::VisitWith;

use crate::parse::SyntaxKinds;

mod bindings; // declarations, and assignments to imports
mod checker; // the state of the walk
mod classes; // private names and class members
mod context; // what the surrounding code allows at a place
mod decorators; // decorators before statements
mod expressions; // operators, calls and object literals
mod functions; // parameters and bodies
mod jumps; // labels, break, continue, return
mod literals; // strings, numbers, templates, regular expressions
mod modules; // imports and exports
mod names; // reserved words
mod scopes; // scopes: which declarations may share a name
mod statements; // blocks, loops, and where statements may be
#[cfg(test)]
mod tests;
mod unchecked; // namespaces and enums, which are not checked
mod walk; // the visitor: calls these checks for each node

use checker::{Checker, Exports, Jumps};
use context::Context;
pub(crate) use names::{RESERVED, is_reserved};
use scopes::Scopes;

/// Returns the early errors that swc does not report. `module` is the AST as parsed; `base` is the
/// position of the text's first byte. `is_module`: the program is an ES module, otherwise a
/// CommonJS body. Also returns the kinds of syntax that the walk saw.
pub(crate) fn check(
    module: &Module,
    is_module: bool,
    source: &Arc<Source>,
    base: BytePos,
) -> (Vec<Diagnostic>, SyntaxKinds) {
    let mut checker = Checker {
        source,
        base,
        is_module,
        is_typescript: is_typescript(source),
        context: if is_module { Context::module() } else { Context::script() },
        scopes: Scopes::default(),
        jumps: Jumps::default(),
        privates: Vec::new(),
        exports: Exports::default(),
        found: Vec::new(),
        kinds: SyntaxKinds::default(),
        has_escapes: search::contains(&source.text, "\\") || search::contains(&source.text, "\0"),
    };
    module.visit_with(&mut checker);
    (checker.found, checker.kinds)
}

/// Whether a source is TypeScript, which merges declarations that JavaScript refuses. The names of
/// a .vue file's parts end in their language too.
fn is_typescript(source: &Source) -> bool {
    let is_one = |name: &str| [".ts", ".tsx", ".mts", ".cts"].iter().any(|end| name.ends_with(end));
    is_one(source.path.as_str()) || is_one(&source.name) || source.name.contains("lang.ts")
}
