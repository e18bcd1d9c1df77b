//! The exports that a CommonJS file certainly has, found in its text. They only serve to suggest
//! names where one is misspelt, so an incomplete list is harmless.

use std::borrow::Cow;

use indexmap::IndexSet;
use swc_common::Span;
use swc_ecma_ast::{
    AssignExpr, AssignTarget, CallExpr, Callee, Expr, MemberExpr, ModuleItem, ObjectLit, Prop,
    PropOrSpread, SimpleAssignTarget, Stmt,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::recognise::{Recognise, key_name, member_name, text};

/// Returns the names that are assigned to `exports`, each once, in order.
pub(super) fn exports(items: &[ModuleItem], recognise: Recognise) -> Vec<String> {
    let mut found = Exports { recognise, names: IndexSet::new() };
    for item in items {
        item.visit_with(&mut found);
    }
    found.names.into_iter().collect()
}

/// Finds a top-level `module.exports = …` or `exports.x = …` in an ES module, which has neither
/// object.
pub(super) fn misplaced_export(items: &[ModuleItem], recognise: Recognise) -> Option<Span> {
    let looks = Exports { recognise, names: IndexSet::new() };
    items.iter().find_map(|item| {
        let ModuleItem::Stmt(Stmt::Expr(statement)) = item else { return None };
        let Expr::Assign(assign) = &*statement.expr else { return None };
        let AssignTarget::Simple(SimpleAssignTarget::Member(member)) = &assign.left else {
            return None;
        };
        (looks.is_module_exports(member) || looks.is_exports(&member.obj)).then_some(member.span)
    })
}

struct Exports {
    recognise: Recognise,
    names: IndexSet<String>,
}

impl Exports {
    fn push(&mut self, name: Option<String>) {
        self.names.extend(name.filter(|name| name != "__esModule"));
    }

    /// Whether an expression is `exports` or `module.exports`.
    fn is_exports(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Member(member) => self.is_module_exports(member),
            other => self.recognise.is_free_name(other, "exports"),
        }
    }

    fn is_module_exports(&self, member: &MemberExpr) -> bool {
        self.recognise.is_free_name(&member.obj, "module") && member.prop.is_ident_with("exports")
    }

    fn object(&mut self, object: &ObjectLit) {
        for prop in &object.props {
            let PropOrSpread::Prop(prop) = prop else { continue };
            self.push(match &**prop {
                Prop::Shorthand(ident) => Some(ident.sym.as_str().to_owned()),
                Prop::KeyValue(pair) => key_name(&pair.key),
                Prop::Method(method) => key_name(&method.key),
                Prop::Getter(getter) => key_name(&getter.key),
                Prop::Setter(_) | Prop::Assign(_) => None,
            });
        }
    }
}

impl Visit for Exports {
    noop_visit_type!();

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        if let AssignTarget::Simple(SimpleAssignTarget::Member(member)) = &assign.left {
            if self.is_module_exports(member) {
                if let Expr::Object(object) = assign.right.unwrap_parens() {
                    self.object(object);
                }
            } else if self.is_exports(&member.obj) {
                self.push(member_name(&member.prop).map(Cow::into_owned));
            }
        }
        assign.visit_children_with(self);
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        if let Callee::Expr(callee) = &call.callee
            && let Expr::Member(method) = &**callee
            && self.recognise.is_free_name(&method.obj, "Object")
            && method.prop.is_ident_with("defineProperty")
            && let [object, name, ..] = call.args.as_slice()
            && self.is_exports(&object.expr)
        {
            self.push(text(&name.expr).map(|(name, _)| name));
        }
        call.visit_children_with(self);
    }
}
