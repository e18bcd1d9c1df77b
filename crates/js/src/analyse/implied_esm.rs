//! Finds scripts that can be treated as ES modules: they call `import("./page")` and have no other
//! sign of either format. Such a file does not need the function that wraps a CommonJS module. A
//! file stays a script if it has anything that works only in CommonJS or sloppy code: `module`,
//! `exports`, `require`, `this` at the top level, or an assignment to an undeclared name.

use bundle_base::search;
use swc_ecma_ast::{
    AssignTarget, CallExpr, Callee, Class, ClassMember, Expr, Function, GetterProp, Ident, Module,
    SetterProp, SimpleAssignTarget, ThisExpr, UpdateExpr,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use crate::{PartInput, scopes};

/// Names that the function that encloses a CommonJS module declares.
const COMMONJS_NAMES: &[&str] =
    &["module", "exports", "require", "__filename", "__dirname", "arguments"];

/// Whether a script calls `import()` and uses nothing that only CommonJS has. The parser checks
/// later what the grammar of modules refuses.
pub(super) fn is_module(script: &Module, input: &PartInput<'_>) -> bool {
    if !may_import(&input.source.text) {
        return false;
    }
    let mut calls = Imports { found: false };
    script.visit_with(&mut calls);
    if !calls.found {
        return false;
    }
    let mut script = script.clone();
    scopes::number(&mut script, false);
    let mut signs = Signs { functions: 0, is_commonjs: false };
    script.visit_with(&mut signs);
    !signs.is_commonjs
}

/// Whether a text may have `import()`: a quick look, because few scripts have one.
fn may_import(text: &str) -> bool {
    // A comment may be between `import` and what follows.
    search::texts_after(text, "import")
        .any(|behind| behind.trim_start().starts_with(['(', '/', '.']))
}

/// Looks for `import()`.
struct Imports {
    found: bool,
}

impl Visit for Imports {
    noop_visit_type!();

    fn visit_call_expr(&mut self, call: &CallExpr) {
        self.found |= matches!(call.callee, Callee::Import(_));
        call.visit_children_with(self);
    }
}

/// Looks for code that has no meaning in an ES module.
struct Signs {
    /// How many functions with their own `this` enclose the current place.
    functions: u32,
    is_commonjs: bool,
}

impl Signs {
    fn inside(&mut self, visit: impl FnOnce(&mut Self)) {
        self.functions += 1;
        visit(self);
        self.functions -= 1;
    }

    fn written(&mut self, ident: &Ident) {
        self.is_commonjs |= ident.ctxt == scopes::free();
    }
}

impl Visit for Signs {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        let is_own = ident.sym == "arguments" && self.functions > 0;
        self.is_commonjs |=
            ident.ctxt == scopes::free() && COMMONJS_NAMES.contains(&ident.sym.as_str()) && !is_own;
    }

    fn visit_this_expr(&mut self, _: &ThisExpr) {
        self.is_commonjs |= self.functions == 0;
    }

    fn visit_assign_target(&mut self, target: &AssignTarget) {
        if let AssignTarget::Simple(SimpleAssignTarget::Ident(ident)) = target {
            self.written(ident);
        }
        target.visit_children_with(self);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        if let Expr::Ident(ident) = &*update.arg {
            self.written(ident);
        }
        update.visit_children_with(self);
    }

    fn visit_function(&mut self, function: &Function) {
        self.inside(|signs| function.visit_children_with(signs));
    }

    fn visit_getter_prop(&mut self, getter: &GetterProp) {
        self.inside(|signs| getter.visit_children_with(signs));
    }

    fn visit_setter_prop(&mut self, setter: &SetterProp) {
        self.inside(|signs| setter.visit_children_with(signs));
    }

    fn visit_class(&mut self, class: &Class) {
        class.super_class.visit_with(self);
        self.inside(|signs| {
            class.body.iter().for_each(|member: &ClassMember| member.visit_with(signs));
        });
    }
}
