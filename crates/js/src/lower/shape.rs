//! The kinds of syntax in a program besides plain JavaScript. Each costs passes over the whole AST,
//! and most programs have none of them. The text is searched first, and the AST only if the text
//! may contain them.

use swc_common::Span;
use swc_ecma_ast::{
    Decorator, JSXElement, JSXFragment, Module, ModuleDecl, ModuleItem, Program,
    TsImportEqualsDecl, TsModuleRef,
};
use swc_ecma_visit::{Visit, VisitWith};

use crate::parse::Extensions;

/// The kinds of syntax that a program has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub has_decorators: bool,
    pub has_jsx: bool,
    /// TypeScript's `export =`, or `import a = require(…)` without ES module syntax beside it: a
    /// CommonJS module.
    pub has_commonjs_syntax: bool,
}

/// Returns the shape of a parsed program. `extensions`: what is known of it already.
pub(super) fn of(module: &Module, text: &str, extensions: Option<Extensions>) -> Shape {
    let has_commonjs_syntax = is_commonjs(module);
    if let Some(Extensions { has_decorators, has_jsx }) = extensions {
        return Shape { has_decorators, has_jsx, has_commonjs_syntax };
    }
    let mut shape = Shape { has_commonjs_syntax, ..Shape::default() };
    if text.contains('@') || text.contains("</") || text.contains("/>") {
        module.visit_with(&mut shape);
    }
    shape
}

fn is_commonjs(module: &Module) -> bool {
    let (mut found, mut has_others) = (false, false);
    for item in &module.body {
        let ModuleItem::ModuleDecl(declaration) = item else { continue };
        match declaration {
            ModuleDecl::TsExportAssignment(_) => return true,
            ModuleDecl::TsImportEquals(import) if import.is_export && !import.is_type_only => {
                has_others = true;
            }
            ModuleDecl::TsImportEquals(import) => found |= requires(import),
            ModuleDecl::Import(import) if import.type_only => {}
            _ => has_others = true,
        }
    }
    found && !has_others
}

fn requires(import: &TsImportEqualsDecl) -> bool {
    matches!(import.module_ref, TsModuleRef::TsExternalModuleRef(_))
}

/// Returns the decorators that no pass compiled, because they are not allowed where they are.
pub(super) fn misplaced_decorators(program: &Program) -> Vec<Span> {
    let mut decorators = Decorators(Vec::new());
    program.visit_with(&mut decorators);
    decorators.0
}

struct Decorators(Vec<Span>);

impl Visit for Decorators {
    fn visit_decorator(&mut self, decorator: &Decorator) {
        self.0.push(decorator.span);
    }
}

impl Visit for Shape {
    fn visit_decorator(&mut self, decorator: &Decorator) {
        self.has_decorators = true;
        decorator.visit_children_with(self);
    }

    fn visit_jsx_element(&mut self, element: &JSXElement) {
        self.has_jsx = true;
        element.visit_children_with(self);
    }

    fn visit_jsx_fragment(&mut self, fragment: &JSXFragment) {
        self.has_jsx = true;
        fragment.visit_children_with(self);
    }
}
