//! The kinds of syntax in a program that are not plain JavaScript. Each costs passes over the whole
//! AST, and most programs have none of them. The text is searched first, and the AST only if the
//! text may contain them.

use bundle_base::search;
use swc_common::Span;
use swc_ecma_ast::{
    Decl, Decorator, Expr, Ident, JSXElement, JSXFragment, MemberExpr, Module, ModuleDecl,
    ModuleItem, Program, SimpleAssignTarget, Stmt, TsImportEqualsDecl, TsModuleRef,
};
use swc_ecma_visit::{Visit, VisitWith};

use crate::{analyse::awaits, parse::SyntaxKinds};

/// The kinds of syntax that a program has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub has_decorators: bool,
    pub has_jsx: bool,
    /// TypeScript's `export =`, or `import a = require(…)` without ES module syntax beside it: a
    /// CommonJS module.
    pub has_commonjs_syntax: bool,
}

/// Returns the shape of a parsed program. `kinds`: what is known of it already.
pub(super) fn of(module: &Module, text: &str, kinds: Option<SyntaxKinds>) -> Shape {
    let has_commonjs_syntax = is_commonjs(module);
    if let Some(SyntaxKinds { has_decorators, has_jsx, .. }) = kinds {
        return Shape { has_decorators, has_jsx, has_commonjs_syntax };
    }
    let mut shape = Shape { has_commonjs_syntax, ..Shape::default() };
    if text.contains('@') || text.contains("</") || text.contains("/>") {
        module.visit_with(&mut shape);
    }
    shape
}

/// Whether an ES module exports nothing and assigns to `module.exports` or `exports` in a statement
/// of its own. Babel 6 and browserify made a CommonJS module of it, and as an ES module it throws.
pub(super) fn assigns_exports(module: &Module, text: &str) -> bool {
    let is_import = |item: &ModuleItem| match item {
        ModuleItem::ModuleDecl(declaration) => declaration.is_import(),
        ModuleItem::Stmt(_) => true,
    };
    search::contains(text, "exports")
        && !search::contains(text, "import.meta")
        && module.body.iter().all(is_import)
        && module.body.iter().any(is_assignment_to_exports)
        && !module.body.iter().any(declares_exports)
        && awaits::first(&module.body).is_none()
}

/// Whether a statement is `module.exports = …`, `exports.name = …` or, with these,
/// `exports = module.exports = …` or `var name = module.exports = …`.
fn is_assignment_to_exports(item: &ModuleItem) -> bool {
    let is_exports = |expr: &Expr| match expr {
        Expr::Ident(name) => name.sym == "exports",
        Expr::Member(member) => is_module_exports(member),
        _ => false,
    };
    let mut value = match item {
        ModuleItem::Stmt(Stmt::Expr(statement)) => Some(&statement.expr),
        ModuleItem::Stmt(Stmt::Decl(Decl::Var(var))) => {
            var.decls.first().and_then(|first| first.init.as_ref())
        }
        ModuleItem::Stmt(_) | ModuleItem::ModuleDecl(_) => None,
    };
    while let Some(assign) = value.and_then(|value| value.as_assign()) {
        let target = assign.left.as_simple().and_then(SimpleAssignTarget::as_member);
        if target.is_some_and(|target| is_module_exports(target) || is_exports(&target.obj)) {
            return true;
        }
        value = Some(&assign.right);
    }
    false
}

/// Whether a statement declares a name of its own for `module` or `exports`.
fn declares_exports(item: &ModuleItem) -> bool {
    let is_either = |name: &Ident| name.sym == "module" || name.sym == "exports";
    match item {
        ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => {
            import.specifiers.iter().any(|specifier| is_either(specifier.local()))
        }
        ModuleItem::Stmt(Stmt::Decl(Decl::Var(var))) => {
            let mut names = var.decls.iter().filter_map(|one| one.name.as_ident());
            names.any(|name| is_either(name))
        }
        ModuleItem::Stmt(Stmt::Decl(Decl::Fn(function))) => is_either(&function.ident),
        ModuleItem::Stmt(Stmt::Decl(Decl::Class(class))) => is_either(&class.ident),
        ModuleItem::Stmt(_) | ModuleItem::ModuleDecl(_) => false,
    }
}

fn is_module_exports(member: &MemberExpr) -> bool {
    member.obj.is_ident_ref_to("module") && member.prop.is_ident_with("exports")
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
