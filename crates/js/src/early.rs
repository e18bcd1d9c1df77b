//! Early errors that swc's parser lets through: mistakes that ECMAScript requires to be reported
//! before anything runs. One walk over the AST as parsed, with a stack of scopes. What swc reports
//! itself is not checked again. Where the AST does not show what was written (escapes, missing
//! semicolons), the walk reads the text under a node's span.

use std::sync::Arc;

use bundle_base::{Diagnostic, Label, Source};
use swc_common::{BytePos, Span};
use swc_ecma_ast::Module;
use swc_ecma_visit::VisitWith;

mod bindings; // scopes: which declarations may share a name
mod classes; // private names and class members
mod context; // what the surrounding code allows at a place
mod expressions; // operators, calls and object literals
mod functions; // parameters and bodies
mod jumps; // labels, break, continue, return
mod literals; // strings, numbers, templates, regular expressions
mod modules; // imports and exports
mod names; // reserved words
mod statements; // blocks, loops, and where statements may be
#[cfg(test)]
mod tests;
mod walk; // the visitor: calls these checks for each node

use bindings::Scopes;
use classes::PrivateScope;
use context::Context;
use jumps::Jumps;
use modules::Exports;
pub(crate) use names::RESERVED;

/// Whether a word is reserved in all code.
pub(crate) fn is_reserved(word: &str) -> bool {
    RESERVED.binary_search(&word).is_ok()
}

/// Returns the early errors that swc does not report. `module` is the AST as parsed; `base` is the
/// position of the text's first byte. `is_module`: the program is an ES module, otherwise a
/// CommonJS body.
pub(crate) fn check(
    module: &Module,
    is_module: bool,
    source: &Arc<Source>,
    base: BytePos,
) -> Vec<Diagnostic> {
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
    };
    module.visit_with(&mut checker);
    checker.found
}

/// Whether a source is TypeScript, which merges declarations that JavaScript refuses. The names of
/// a .vue file's parts end in their language too.
fn is_typescript(source: &Source) -> bool {
    let is_one = |name: &str| [".ts", ".tsx", ".mts", ".cts"].iter().any(|end| name.ends_with(end));
    is_one(source.path.as_str()) || is_one(&source.name) || source.name.contains("lang.ts")
}

struct Checker<'a> {
    source: &'a Arc<Source>,
    base: BytePos,
    is_module: bool,
    is_typescript: bool,
    context: Context,
    scopes: Scopes,
    jumps: Jumps,
    /// Private names of the enclosing classes, innermost last.
    privates: Vec<PrivateScope>,
    exports: Exports,
    found: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    fn label(&self, span: Span) -> Label {
        Label::new(
            self.source,
            bundle_base::Span::new(span.lo.0 - self.base.0, span.hi.0 - self.base.0),
        )
    }

    /// Returns the text between two positions.
    fn text(&self, from: BytePos, to: BytePos) -> &str {
        let (from, to) = (from.0.saturating_sub(self.base.0), to.0.saturating_sub(self.base.0));
        self.source.text.get(from as usize..to as usize).unwrap_or("")
    }

    /// Returns the text of a node.
    fn written(&self, span: Span) -> &str {
        self.text(span.lo, span.hi)
    }
}
