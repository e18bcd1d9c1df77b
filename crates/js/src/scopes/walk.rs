//! The walk that numbers names. Entering a scope, it declares everything that the scope declares;
//! then each name is looked up among the visible bindings.

use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, AssignExpr, AssignOp, AssignTarget, BindingIdent, BlockStmt,
    BreakStmt, CallExpr, Callee, CatchClause, Class, ClassDecl, ClassExpr, ClassMember,
    Constructor, ContinueStmt, DefaultDecl, EmptyStmt, ExportNamedSpecifier, ExportSpecifier, Expr,
    FnDecl, FnExpr, ForInStmt, ForOfStmt, ForStmt, Function, Ident, ImportSpecifier,
    JSXElementName, LabeledStmt, Lit, Module, ModuleItem, NamedExport, Param, ParamOrTsParamProp,
    Pat, SimpleAssignTarget, StaticBlock, Stmt, SwitchStmt, TsEntityName, TsEnumDecl,
    TsImportEqualsDecl, TsModuleDecl, TsModuleName, TsModuleRef, TsParamPropParam, UpdateExpr,
    UsingDecl, VarDeclOrExpr, VarDeclarator, WithStmt,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::table::{Kind, Scopes, index_of};

mod declare; // what each scope declares
mod enter; // scopes that are entered
mod mentions; // what a mention of a name does
mod model; // the state of the walk

pub(crate) use model::Mentions;
use model::{Role, Use, Walk};

/// Numbers the names of a program and returns the table of its scopes and bindings. `is_strict`:
/// the top level is strict code.
pub(crate) fn number(module: &mut Module, is_strict: bool) -> Scopes {
    let mut walk = Walk::new(module, is_strict, false);
    module.visit_mut_with(&mut walk);
    walk.table
}

/// Numbers the names of a program; also returns the names that each scope mentions.
pub(crate) fn number_with_mentions(module: &mut Module, is_strict: bool) -> (Scopes, Mentions) {
    let mut walk = Walk::new(module, is_strict, true);
    module.visit_mut_with(&mut walk);
    (walk.table, walk.mentions.expect("it was given"))
}

impl VisitMut for Walk {
    noop_visit_mut_type!();

    fn visit_mut_module(&mut self, module: &mut Module) {
        self.within(true, |walk| {
            walk.declare_items(&module.body);
            let is_directive =
                |item: &&ModuleItem| item.as_stmt().is_some_and(Stmt::can_precede_directive);
            let first = module.body.iter().take_while(is_directive).count();
            module.body[first..].iter_mut().for_each(|item| item.visit_mut_with(walk));
        });
    }

    // Names.

    /// Drops strings that are not directives: one would become a directive if the statements before
    /// it were dropped.
    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        let is_string = |expr: &Expr| match expr {
            Expr::Lit(Lit::Str(_)) => true,
            Expr::Tpl(template) => template.exprs.is_empty(),
            _ => false,
        };
        if let Stmt::Expr(expression) = statement
            && is_string(&expression.expr)
        {
            *statement = Stmt::Empty(EmptyStmt { span: expression.span });
        }
        statement.visit_mut_children_with(self);
    }

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        self.mentioned(name, Use::Read);
    }

    /// A name in a pattern, a parameter, or the target of an assignment.
    fn visit_mut_binding_ident(&mut self, name: &mut BindingIdent) {
        match self.role {
            Role::Declared => self.declared(&mut name.id),
            Role::Assigned => self.mentioned(&mut name.id, Use::Write),
        }
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Ident(name) => self.mentioned(name, Use::Read),
            // Inside a pattern are expressions, and patterns inside those.
            other => {
                let outer = std::mem::replace(&mut self.role, Role::Declared);
                other.visit_mut_children_with(self);
                self.role = outer;
            }
        }
    }

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        if let Pat::Expr(target) = pattern {
            return match plain_name(target) {
                Some(name) => self.mentioned(name, Use::Write),
                None => target.visit_mut_with(self),
            };
        }
        pattern.visit_mut_children_with(self);
    }

    fn visit_mut_assign_expr(&mut self, assign: &mut AssignExpr) {
        let used = if assign.op == AssignOp::Assign { Use::Write } else { Use::ReadAndWrite };
        match &mut assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(name)) => {
                self.mentioned(&mut name.id, used);
            }
            AssignTarget::Simple(SimpleAssignTarget::Paren(paren)) => {
                match plain_name(&mut paren.expr) {
                    Some(name) => self.mentioned(name, used),
                    None => paren.expr.visit_mut_with(self),
                }
            }
            AssignTarget::Simple(target) => target.visit_mut_with(self),
            AssignTarget::Pat(pattern) => {
                self.in_role(Role::Assigned, |walk| pattern.visit_mut_with(walk));
            }
        }
        assign.right.visit_mut_with(self);
    }

    fn visit_mut_update_expr(&mut self, update: &mut UpdateExpr) {
        match plain_name(&mut update.arg) {
            Some(name) => self.mentioned(name, Use::ReadAndWrite),
            None => update.arg.visit_mut_with(self),
        }
    }

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        call.visit_mut_children_with(self);
        if let Callee::Expr(callee) = &call.callee
            && let Expr::Ident(name) = &**callee
        {
            if let Some(index) = index_of(name.ctxt) {
                self.table.bindings[index].calls += 1;
            }
            if name.sym == "eval" {
                // A variable of that name may hold the real one.
                self.keep_names();
            }
        }
    }

    // Labels are not bindings.

    fn visit_mut_labeled_stmt(&mut self, statement: &mut LabeledStmt) {
        statement.body.visit_mut_with(self);
    }

    fn visit_mut_break_stmt(&mut self, _: &mut BreakStmt) {}

    fn visit_mut_continue_stmt(&mut self, _: &mut ContinueStmt) {}

    // Imports and exports.

    fn visit_mut_import_specifier(&mut self, specifier: &mut ImportSpecifier) {
        self.declared(match specifier {
            ImportSpecifier::Named(named) => &mut named.local,
            ImportSpecifier::Default(default) => &mut default.local,
            ImportSpecifier::Namespace(namespace) => &mut namespace.local,
        });
    }

    fn visit_mut_named_export(&mut self, export: &mut NamedExport) {
        if export.src.is_some() {
            return;
        }
        for specifier in &mut export.specifiers {
            if let ExportSpecifier::Named(ExportNamedSpecifier { orig, .. }) = specifier {
                orig.visit_mut_with(self);
            }
        }
    }

    // Declarations. Their names were declared at the start of the scope.

    fn visit_mut_fn_decl(&mut self, declaration: &mut FnDecl) {
        self.declared(&mut declaration.ident);
        declaration.function.visit_mut_with(self);
    }

    fn visit_mut_class_decl(&mut self, declaration: &mut ClassDecl) {
        self.declared(&mut declaration.ident);
        declaration.class.visit_mut_with(self);
    }

    fn visit_mut_default_decl(&mut self, declaration: &mut DefaultDecl) {
        match declaration {
            DefaultDecl::Fn(function) => {
                function.ident.iter_mut().for_each(|name| self.declared(name));
                function.function.visit_mut_with(self);
            }
            DefaultDecl::Class(class) => {
                class.ident.iter_mut().for_each(|name| self.declared(name));
                class.class.visit_mut_with(self);
            }
            DefaultDecl::TsInterfaceDecl(_) => {}
        }
    }

    fn visit_mut_var_declarator(&mut self, declarator: &mut VarDeclarator) {
        self.in_role(Role::Declared, |walk| declarator.name.visit_mut_with(walk));
        declarator.init.visit_mut_with(self);
    }

    fn visit_mut_using_decl(&mut self, declaration: &mut UsingDecl) {
        declaration.decls.visit_mut_with(self);
    }

    // Enums, namespaces and `import a =` of TypeScript.

    fn visit_mut_ts_enum_decl(&mut self, declaration: &mut TsEnumDecl) {
        self.declared(&mut declaration.id);
        self.within(true, |walk| {
            for member in &mut declaration.members {
                member.init.visit_mut_with(walk);
            }
        });
    }

    fn visit_mut_ts_module_decl(&mut self, declaration: &mut TsModuleDecl) {
        let (TsModuleName::Ident(name), Some(body)) = (&mut declaration.id, &mut declaration.body)
        else {
            return;
        };
        self.declared(name);
        self.within(true, |walk| walk.namespace(body));
    }

    fn visit_mut_ts_import_equals_decl(&mut self, import: &mut TsImportEqualsDecl) {
        self.declared(&mut import.id);
        if let TsModuleRef::TsEntityName(name) = &mut import.module_ref {
            let mut first = name;
            while let TsEntityName::TsQualifiedName(qualified) = first {
                first = &mut qualified.left;
            }
            if let TsEntityName::Ident(name) = first {
                self.mentioned(name, Use::Read);
            }
        }
    }

    // Vue 2's JSX also has the tag in an attribute.
    fn visit_mut_jsx_element_name(&mut self, _: &mut JSXElementName) {}

    // Functions and classes.

    fn visit_mut_fn_expr(&mut self, expression: &mut FnExpr) {
        let FnExpr { ident: Some(name), function } = expression else {
            return expression.function.visit_mut_with(self);
        };
        self.within(false, |walk| {
            walk.declare(name, Kind::FunctionName);
            walk.declared(name);
            function.visit_mut_with(walk);
        });
    }

    fn visit_mut_class_expr(&mut self, expression: &mut ClassExpr) {
        let ClassExpr { ident: Some(name), class } = expression else {
            return expression.class.visit_mut_with(self);
        };
        // The decorators are outside the class.
        let mut decorators = std::mem::take(&mut class.decorators);
        decorators.visit_mut_with(self);
        self.within(false, |walk| {
            walk.declare(name, Kind::ClassName);
            walk.declared(name);
            class.visit_mut_with(walk);
        });
        class.decorators = decorators;
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        function.decorators.visit_mut_with(self);
        let declare = |walk: &mut Self, param: &Param| walk.declare_parameter(&param.pat);
        self.function(&mut function.params, declare, function.body.as_mut());
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        let own = self.table.list.len();
        match &mut *arrow.body {
            ArrowFunctionBody::FunctionBody(body) => {
                self.function(&mut arrow.params, Self::declare_parameter, Some(body));
            }
            ArrowFunctionBody::Expr(value) => self.within(true, |walk| {
                arrow.params.iter().for_each(|pat| walk.declare_pattern(pat, Kind::Parameter));
                walk.role = Role::Declared;
                arrow.params.visit_mut_with(walk);
                value.visit_mut_with(walk);
            }),
        }
        // It has the `arguments` of the enclosing function.
        if self.table.list[own].mentions_arguments {
            self.table.note_arguments(self.scope);
        }
    }

    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        let declare = |walk: &mut Self, parameter: &ParamOrTsParamProp| match parameter {
            ParamOrTsParamProp::Param(parameter) => walk.declare_parameter(&parameter.pat),
            ParamOrTsParamProp::TsParamProp(property) => match &property.param {
                TsParamPropParam::Ident(name) => {
                    walk.declare(&name.id, Kind::Parameter);
                    true
                }
                TsParamPropParam::Assign(default) => {
                    walk.declare_pattern(&default.left, Kind::Parameter);
                    false
                }
            },
        };
        self.function(&mut constructor.params, declare, constructor.body.as_mut());
    }

    fn visit_mut_class(&mut self, class: &mut Class) {
        let outer = std::mem::replace(&mut self.is_strict, true);
        class.visit_mut_children_with(self);
        self.is_strict = outer;
    }

    fn visit_mut_class_member(&mut self, member: &mut ClassMember) {
        match member {
            ClassMember::ClassProp(field) => {
                field.decorators.visit_mut_with(self);
                field.key.visit_mut_with(self);
                self.within(true, |walk| field.value.visit_mut_with(walk));
            }
            ClassMember::PrivateProp(field) => {
                field.decorators.visit_mut_with(self);
                self.within(true, |walk| field.value.visit_mut_with(walk));
            }
            ClassMember::AutoAccessor(field) => {
                field.decorators.visit_mut_with(self);
                field.key.visit_mut_with(self);
                self.within(true, |walk| field.value.visit_mut_with(walk));
            }
            other => other.visit_mut_children_with(self),
        }
    }

    fn visit_mut_static_block(&mut self, block: &mut StaticBlock) {
        self.within(true, |walk| {
            walk.declare_body(&block.body.stmts);
            block.body.stmts.visit_mut_with(walk);
        });
    }

    // Statements with scopes.

    fn visit_mut_block_stmt(&mut self, block: &mut BlockStmt) {
        if !declares(&block.stmts) {
            return block.stmts.visit_mut_with(self);
        }
        self.within(false, |walk| {
            walk.declare_block(&block.stmts);
            block.stmts.visit_mut_with(walk);
        });
    }

    fn visit_mut_switch_stmt(&mut self, switch: &mut SwitchStmt) {
        switch.discriminant.visit_mut_with(self);
        self.within(false, |walk| {
            switch.cases.iter().for_each(|case| walk.declare_block(&case.cons));
            switch.cases.visit_mut_with(walk);
        });
    }

    fn visit_mut_for_stmt(&mut self, each: &mut ForStmt) {
        self.within(false, |walk| {
            if let Some(VarDeclOrExpr::VarDecl(declaration)) = &each.init {
                walk.declare_lexical_variables(declaration);
            }
            each.visit_mut_children_with(walk);
        });
    }

    fn visit_mut_for_in_stmt(&mut self, each: &mut ForInStmt) {
        let ForInStmt { left, right, body, .. } = each;
        self.head(left, |walk| {
            right.visit_mut_with(walk);
            body.visit_mut_with(walk);
        });
    }

    fn visit_mut_for_of_stmt(&mut self, each: &mut ForOfStmt) {
        let ForOfStmt { left, right, body, .. } = each;
        self.head(left, |walk| {
            right.visit_mut_with(walk);
            body.visit_mut_with(walk);
        });
    }

    fn visit_mut_catch_clause(&mut self, clause: &mut CatchClause) {
        self.within(false, |walk| {
            if let Some(parameter) = &mut clause.param {
                walk.declare_pattern(parameter, Kind::Catch);
                walk.in_role(Role::Declared, |walk| parameter.visit_mut_with(walk));
            }
            clause.body.visit_mut_with(walk);
        });
    }

    fn visit_mut_with_stmt(&mut self, with: &mut WithStmt) {
        with.visit_mut_children_with(self);
        self.keep_names();
    }
}

/// Whether statements declare names for their block.
fn declares(statements: &[Stmt]) -> bool {
    statements.iter().any(|statement| matches!(statement, Stmt::Decl(_)))
}

/// Returns the name that an expression is, with or without parentheses.
fn plain_name(expr: &mut Expr) -> Option<&mut Ident> {
    match expr {
        Expr::Ident(name) => Some(name),
        Expr::Paren(paren) => plain_name(&mut paren.expr),
        _ => None,
    }
}
