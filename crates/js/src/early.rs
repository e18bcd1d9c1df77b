//! Early errors: mistakes that the language wants refused before anything runs and that swc's
//! parser lets through. One walk over the tree as parsed, with a stack of scopes. What swc reports
//! itself is not looked for again. Where the tree no longer shows what was written (escapes,
//! missing semicolons), the text under a node's span is read.

use std::sync::Arc;

use bundle_base::{Diagnostic, Label, Source};
use swc_common::{BytePos, Span};
use swc_ecma_ast::Module;
use swc_ecma_visit::VisitWith;

mod bindings; // scopes: what may be declared beside what
mod classes; // private names and class members
mod context; // what the code around a place allows
mod expressions; // operators, calls and literals of objects
mod functions; // parameters and bodies
mod jumps; // labels, break, continue, return
mod literals; // strings, numbers, templates, regular expressions
mod modules; // imports and exports
mod names; // words that are not names here
mod statements; // blocks, loops and what may stand where
#[cfg(test)]
mod tests;
mod walk; // the visitor: which node goes to which of these

use bindings::Scopes;
use classes::PrivateScope;
use context::Context;
use jumps::Jumps;
use modules::Exports;
pub(crate) use names::RESERVED;

/// No kind of code lets a word be a name.
pub(crate) fn is_reserved(word: &str) -> bool {
    RESERVED.binary_search(&word).is_ok()
}

/// What swc accepted and the language does not. `module` is the tree as parsed; `base` is the
/// position of the text's first byte. With `is_module` it is an ES module, otherwise a CommonJS
/// body.
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

/// TypeScript merges declarations that JavaScript refuses. Part names of a .vue file end in their
/// language too.
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
    /// Private names of the classes around, innermost last.
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

    /// The text between two positions.
    fn text(&self, from: BytePos, to: BytePos) -> &str {
        let (from, to) = (from.0.saturating_sub(self.base.0), to.0.saturating_sub(self.base.0));
        self.source.text.get(from as usize..to as usize).unwrap_or("")
    }

    /// The text of a node.
    fn written(&self, span: Span) -> &str {
        self.text(span.lo, span.hi)
    }
}
