//! The visitor of the checker: passes each node to the file that checks it.

use swc_ecma_ast::{
    ArrowExpr, AssignPatProp, AwaitExpr, BinExpr, BindingIdent, BlockStmt, BreakStmt, CallExpr,
    CatchClause, ClassDecl, ClassExpr, ContinueStmt, Decorator, DoWhileStmt, ExportAll, ExportDecl,
    ExportDefaultDecl, ExportDefaultExpr, Expr, ExprStmt, FnDecl, FnExpr, ForInStmt, ForOfStmt,
    ForStmt, Function, GetterProp, Ident, IdentName, IfStmt, ImportDecl, JSXAttrName, JSXAttrValue,
    JSXClosingElement, JSXElementName, JSXOpeningElement, JSXOpeningFragment, LabeledStmt,
    MemberProp, MetaPropExpr, MetaPropKind, MethodProp, Module, NamedExport, NewExpr, Number,
    ObjectLit, Pat, Regex, ReturnStmt, SetterProp, SimpleAssignTarget, Str, SuperPropExpr,
    SwitchStmt, TaggedTpl, Tpl, TsEnumDecl, TsExportAssignment, TsImportEqualsDecl, TsModuleBlock,
    TsModuleDecl, UnaryExpr, UpdateExpr, UsingDecl, VarDecl, WhileStmt, WithStmt, YieldExpr,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{
    checker::Checker,
    context::Fact,
    scopes::{Change, Kind},
};
use crate::ast::spelling;

impl Visit for Checker<'_> {
    noop_visit_type!();

    fn visit_module(&mut self, node: &Module) {
        self.module(node);
    }

    // Imports and exports.

    fn visit_import_decl(&mut self, node: &ImportDecl) {
        self.import(node);
    }

    fn visit_export_decl(&mut self, node: &ExportDecl) {
        self.export_declaration(node);
    }

    fn visit_export_default_decl(&mut self, node: &ExportDefaultDecl) {
        self.export_default_declaration(node);
    }

    fn visit_export_default_expr(&mut self, node: &ExportDefaultExpr) {
        self.export_name("default", node.span);
        node.expr.visit_with(self);
    }

    fn visit_named_export(&mut self, node: &NamedExport) {
        self.export_named(node);
    }

    fn visit_export_all(&mut self, node: &ExportAll) {
        self.attributes(node.with.as_deref());
    }

    // TypeScript's namespaces and enums merge with nearly everything: only the type checker can
    // find their errors.

    fn visit_ts_module_decl(&mut self, node: &TsModuleDecl) {
        node.body.visit_with(&mut self.unchecked());
    }

    fn visit_ts_module_block(&mut self, _: &TsModuleBlock) {}

    fn visit_ts_enum_decl(&mut self, node: &TsEnumDecl) {
        node.members.visit_with(&mut self.unchecked());
    }

    fn visit_ts_import_equals_decl(&mut self, _: &TsImportEqualsDecl) {}

    fn visit_ts_export_assignment(&mut self, node: &TsExportAssignment) {
        node.expr.visit_with(self);
    }

    // Declarations.

    fn visit_var_decl(&mut self, node: &VarDecl) {
        self.kinds.has_object_patterns |= node.decls.iter().any(|it| it.name.is_object());
        self.variables(node, false);
    }

    fn visit_using_decl(&mut self, node: &UsingDecl) {
        self.using(node);
    }

    fn visit_fn_decl(&mut self, node: &FnDecl) {
        self.function_declaration(node);
    }

    fn visit_class_decl(&mut self, node: &ClassDecl) {
        if node.declare {
            return;
        }
        self.declare(&node.ident, Kind::Lexical);
        self.class_name(&node.ident);
        self.class(&node.class);
    }

    fn visit_class_expr(&mut self, node: &ClassExpr) {
        if let Some(name) = &node.ident {
            self.class_name(name);
        }
        self.with_own_name(node.ident.as_ref(), |me| me.class(&node.class));
    }

    // Functions.

    fn visit_fn_expr(&mut self, node: &FnExpr) {
        let context = self.context.function(node.function.is_async, node.function.is_generator);
        self.with_own_name(node.ident.as_ref(), |me| {
            me.function(&node.function, node.ident.as_ref(), context);
        });
    }

    fn visit_arrow_expr(&mut self, node: &ArrowExpr) {
        self.arrow(node);
    }

    fn visit_method_prop(&mut self, node: &MethodProp) {
        node.key.visit_with(self);
        let context = self.context.function(node.function.is_async, node.function.is_generator);
        self.function(&node.function, None, context.with(Fact::SuperMember));
    }

    fn visit_getter_prop(&mut self, node: &GetterProp) {
        node.key.visit_with(self);
        self.accessor(&node.function);
    }

    fn visit_setter_prop(&mut self, node: &SetterProp) {
        node.key.visit_with(self);
        self.accessor(&node.function);
    }

    // Statements.

    fn visit_block_stmt(&mut self, node: &BlockStmt) {
        self.block(node);
    }

    fn visit_expr_stmt(&mut self, node: &ExprStmt) {
        self.expression_statement(node);
    }

    fn visit_if_stmt(&mut self, node: &IfStmt) {
        self.if_(node);
    }

    fn visit_for_stmt(&mut self, node: &ForStmt) {
        self.for_(node);
    }

    fn visit_for_in_stmt(&mut self, node: &ForInStmt) {
        self.for_in(node);
    }

    fn visit_for_of_stmt(&mut self, node: &ForOfStmt) {
        self.for_of(node);
    }

    fn visit_while_stmt(&mut self, node: &WhileStmt) {
        self.while_(node);
    }

    fn visit_do_while_stmt(&mut self, node: &DoWhileStmt) {
        self.do_while(node);
    }

    fn visit_with_stmt(&mut self, node: &WithStmt) {
        self.kinds.needs_free_name_walk = true;
        node.obj.visit_with(self);
        self.body(&node.body);
    }

    fn visit_switch_stmt(&mut self, node: &SwitchStmt) {
        self.switch(node);
    }

    fn visit_catch_clause(&mut self, node: &CatchClause) {
        self.catch(node);
    }

    fn visit_labeled_stmt(&mut self, node: &LabeledStmt) {
        self.labeled(node);
    }

    fn visit_break_stmt(&mut self, node: &BreakStmt) {
        self.break_(node);
    }

    fn visit_continue_stmt(&mut self, node: &ContinueStmt) {
        self.continue_(node);
    }

    fn visit_return_stmt(&mut self, node: &ReturnStmt) {
        self.return_(node);
    }

    // Names.

    fn visit_ident(&mut self, node: &Ident) {
        self.name(node);
    }

    fn visit_ident_name(&mut self, node: &IdentName) {
        self.characters(&node.sym, node.span);
    }

    fn visit_binding_ident(&mut self, node: &BindingIdent) {
        self.target(&node.id);
    }

    fn visit_assign_pat_prop(&mut self, node: &AssignPatProp) {
        self.target(&node.key.id);
        node.value.visit_with(self);
    }

    fn visit_update_expr(&mut self, node: &UpdateExpr) {
        match &*node.arg {
            Expr::Ident(name) => self.target(name),
            other => {
                self.note_target(other, Change::Member);
                other.visit_with(self);
            }
        }
    }

    fn visit_simple_assign_target(&mut self, node: &SimpleAssignTarget) {
        if let SimpleAssignTarget::Member(member) = node {
            self.note_member(member, Change::Member);
        }
        node.visit_children_with(self);
    }

    fn visit_pat(&mut self, node: &Pat) {
        if let Pat::Expr(target) = node {
            self.note_target(target, Change::Member);
        }
        node.visit_children_with(self);
    }

    fn visit_member_prop(&mut self, node: &MemberProp) {
        match node {
            MemberProp::PrivateName(name) => self.private_name(name),
            MemberProp::Computed(key) => key.visit_with(self),
            MemberProp::Ident(_) => {}
        }
    }

    fn visit_expr(&mut self, node: &Expr) {
        match node {
            Expr::PrivateName(name) => self.lone_private(name.span),
            Expr::This(_) => {
                self.kinds.needs_free_name_walk |= !self.context.has(Fact::NewTarget);
            }
            Expr::OptChain(chain) => {
                self.kinds.has_optional_chains = true;
                chain.visit_with(self);
            }
            _ => node.visit_children_with(self),
        }
    }

    fn visit_decorator(&mut self, node: &Decorator) {
        self.kinds.has_decorators = true;
        node.visit_children_with(self);
    }

    fn visit_jsx_opening_element(&mut self, node: &JSXOpeningElement) {
        self.kinds.has_jsx = true;
        node.visit_children_with(self);
    }

    fn visit_jsx_opening_fragment(&mut self, _: &JSXOpeningFragment) {
        self.kinds.has_jsx = true;
    }

    // Tags and attributes may have any name, and their strings have no escapes.

    fn visit_jsx_element_name(&mut self, _: &JSXElementName) {}

    fn visit_jsx_closing_element(&mut self, _: &JSXClosingElement) {}

    fn visit_jsx_attr_name(&mut self, _: &JSXAttrName) {}

    fn visit_jsx_attr_value(&mut self, node: &JSXAttrValue) {
        if !matches!(node, JSXAttrValue::Str(_)) {
            node.visit_children_with(self);
        }
    }

    // Expressions.

    fn visit_unary_expr(&mut self, node: &UnaryExpr) {
        self.unary(node);
    }

    fn visit_bin_expr(&mut self, node: &BinExpr) {
        self.binary(node);
    }

    fn visit_call_expr(&mut self, node: &CallExpr) {
        self.kinds.needs_free_name_walk |= node.callee.is_import();
        self.call(node);
    }

    fn visit_new_expr(&mut self, node: &NewExpr) {
        self.new_(node);
    }

    fn visit_super_prop_expr(&mut self, node: &SuperPropExpr) {
        self.super_member(node.obj.span);
        node.prop.visit_with(self);
    }

    fn visit_meta_prop_expr(&mut self, node: &MetaPropExpr) {
        self.kinds.needs_free_name_walk |= node.kind == MetaPropKind::ImportMeta;
        self.meta(node);
    }

    fn visit_await_expr(&mut self, node: &AwaitExpr) {
        self.suspension(node.span, "await");
        node.arg.visit_with(self);
    }

    fn visit_yield_expr(&mut self, node: &YieldExpr) {
        self.suspension(node.span, "yield");
        node.arg.visit_with(self);
    }

    fn visit_object_lit(&mut self, node: &ObjectLit) {
        self.object(node);
        node.props.visit_with(self);
    }

    // Literals.

    fn visit_str(&mut self, node: &Str) {
        self.kinds.needs_free_name_walk |= self.has_escapes && spelling::is_odd_text(node);
        self.string(node);
    }

    fn visit_number(&mut self, node: &Number) {
        self.kinds.needs_free_name_walk |= spelling::is_octal(node);
        self.number(node);
    }

    fn visit_tpl(&mut self, node: &Tpl) {
        for piece in &node.quasis {
            self.template_piece(piece);
        }
        node.exprs.visit_with(self);
    }

    fn visit_tagged_tpl(&mut self, node: &TaggedTpl) {
        node.tag.visit_with(self);
        node.tpl.exprs.visit_with(self);
    }

    fn visit_regex(&mut self, node: &Regex) {
        self.regular_expression(node);
    }
}

impl Checker<'_> {
    fn accessor(&mut self, function: &Function) {
        let context = self.context.function(function.is_async, function.is_generator);
        self.function(function, None, context.with(Fact::SuperMember));
    }

    fn class_name(&mut self, name: &Ident) {
        let outside = self.context;
        self.context = outside.with(Fact::Strict);
        self.name(name);
        if matches!(&*name.sym, "eval" | "arguments") {
            self.report(crate::messages::strict_target(self.label(name.span), &name.sym));
        }
        self.context = outside;
    }
}
