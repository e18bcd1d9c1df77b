//! The visitor of the walk that lowers enums and namespaces: replaces the statements that declare
//! them, and the names and members that refer to what they declare.

use swc_common::util::take::Take;
use swc_ecma_ast::{
    AssignPat, AssignPatProp, Decl, ExportDecl, Expr, KeyValuePatProp, KeyValueProp, ModuleDecl,
    ModuleItem, ObjectPatProp, Pat, Prop, PropName, SimpleAssignTarget, Stmt, UnaryExpr, UnaryOp,
    UpdateExpr, VarDeclarator,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::walk::TypeScriptLowering;

fn is_lowered(declaration: &Decl) -> bool {
    matches!(declaration, Decl::TsEnum(_) | Decl::TsModule(_))
}

impl VisitMut for TypeScriptLowering<'_> {
    noop_visit_mut_type!();

    fn visit_mut_module_items(&mut self, items: &mut Vec<ModuleItem>) {
        let mut lowered = Vec::with_capacity(items.len());
        for item in items.take() {
            match item {
                ModuleItem::Stmt(Stmt::Decl(declaration)) if is_lowered(&declaration) => {
                    let statements = self.declaration(declaration, false);
                    lowered.extend(statements.into_iter().map(ModuleItem::Stmt));
                }
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export))
                    if is_lowered(&export.decl) =>
                {
                    let span = export.span;
                    for statement in self.declaration(export.decl, true) {
                        lowered.push(match statement {
                            Stmt::Decl(decl) => {
                                ModuleDecl::ExportDecl(ExportDecl { span, decl }).into()
                            }
                            other => other.into(),
                        });
                    }
                }
                ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) => {
                    self.alias(*import, &mut lowered);
                }
                mut other => {
                    other.visit_mut_with(self);
                    lowered.push(other);
                }
            }
        }
        *items = lowered;
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        if !statements.iter().any(|it| it.as_decl().is_some_and(is_lowered)) {
            return statements.visit_mut_children_with(self);
        }
        let mut lowered = Vec::with_capacity(statements.len());
        for statement in statements.take() {
            match statement {
                Stmt::Decl(declaration) => lowered.extend(self.declaration(declaration, false)),
                mut other => {
                    other.visit_mut_with(self);
                    lowered.push(other);
                }
            }
        }
        *statements = lowered;
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if let Expr::Member(member) = &*expr
            && let Some(value) = self.constants.read(member)
        {
            *expr = value.expr();
            return;
        }
        let outer = std::mem::take(&mut self.is_declared);
        expr.visit_mut_children_with(self);
        self.is_declared = outer;
        if let Expr::Ident(name) = &*expr
            && let Some(meaning) = self.meaning(name)
        {
            *expr = meaning;
        }
    }

    // A member that is assigned to or deleted is not a constant.

    fn visit_mut_update_expr(&mut self, update: &mut UpdateExpr) {
        match &mut *update.arg {
            Expr::Member(member) => member.visit_mut_with(self),
            other => other.visit_mut_with(self),
        }
    }

    fn visit_mut_unary_expr(&mut self, unary: &mut UnaryExpr) {
        match &mut *unary.arg {
            Expr::Member(member) if unary.op == UnaryOp::Delete => member.visit_mut_with(self),
            other => other.visit_mut_with(self),
        }
    }

    /// A `var` in a block may have the name of an export. It is another variable.
    fn visit_mut_var_declarator(&mut self, declarator: &mut VarDeclarator) {
        let outer = std::mem::replace(&mut self.is_declared, true);
        declarator.name.visit_mut_with(self);
        self.is_declared = outer;
        declarator.init.visit_mut_with(self);
    }

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        if let Pat::Expr(target) = pattern
            && let Expr::Member(member) = &mut **target
        {
            return member.visit_mut_with(self);
        }
        pattern.visit_mut_children_with(self);
        if let Pat::Ident(name) = &*pattern
            && !self.is_declared
            && let Some(meaning) = self.meaning(&name.id)
        {
            *pattern = Pat::Expr(Box::new(meaning));
        }
    }

    fn visit_mut_simple_assign_target(&mut self, target: &mut SimpleAssignTarget) {
        target.visit_mut_children_with(self);
        if let SimpleAssignTarget::Ident(name) = &*target
            && let Some(meaning) = self.meaning(&name.id)
        {
            *target = match meaning {
                Expr::Member(member) => SimpleAssignTarget::Member(member),
                other => SimpleAssignTarget::Ident(other.expect_ident().into()),
            };
        }
    }

    fn visit_mut_object_pat_prop(&mut self, property: &mut ObjectPatProp) {
        property.visit_mut_children_with(self);
        let ObjectPatProp::Assign(AssignPatProp { span, key, value }) = property else { return };
        if self.is_declared {
            return;
        }
        let Some(meaning) = self.meaning(&key.id) else { return };
        let left = Box::new(Pat::Expr(Box::new(meaning)));
        let value = match value.take() {
            Some(right) => Box::new(AssignPat { span: *span, left, right }.into()),
            None => left,
        };
        let key = PropName::Ident(key.id.clone().into());
        *property = ObjectPatProp::KeyValue(KeyValuePatProp { key, value });
    }

    fn visit_mut_prop(&mut self, property: &mut Prop) {
        property.visit_mut_children_with(self);
        if let Prop::Shorthand(name) = property
            && let Some(meaning) = self.meaning(name)
        {
            let key = PropName::Ident(name.clone().into());
            *property = KeyValueProp { key, value: Box::new(meaning) }.into();
        }
    }
}
