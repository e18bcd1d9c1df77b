//! The visitor of the walk that lowers classes: passes each node to the file that lowers it, and
//! keeps what is known of the enclosing code.

use std::mem;

use swc_common::Spanned;
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, AssignExpr, AssignPat, AssignPatProp, BlockStmt, Class, Decl,
    DefaultDecl, DoWhileStmt, ExportDecl, ExportDefaultDecl, Expr, FnDecl, FnExpr, ForInStmt,
    ForOfStmt, ForStmt, Function, FunctionBody, GetterProp, Ident, KeyValueProp, MetaPropExpr,
    MetaPropKind, MethodProp, Module, ModuleDecl, ModuleItem, ObjectLit, Pat, Prop, PropOrSpread,
    ReturnStmt, SetterProp, Stmt, UnaryExpr, UnaryOp, VarDecl, WhileStmt,
};
use swc_ecma_utils::{StmtLike, prepend_stmt, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    super::build,
    constructor::let_,
    frame::{Frame, Home, NewTarget, This},
    model::ClassLowering,
};
use crate::features;

impl ClassLowering<'_> {
    /// Walks a function. Its parameters have no place for variables: they use the outer ones.
    pub fn function(&mut self, function: &mut Function, mut frame: Frame) -> Frame {
        frame.is_async = function.is_async && self.lacks.asynchronous;
        let is_strict = self.is_strict;
        self.is_strict |= function.body.as_ref().is_some_and(features::body_is_strict);
        let ((), frame) = self.within(frame, |walk| {
            function.params.visit_mut_with(walk);
            if let Some(body) = &mut function.body {
                walk.body(&mut body.stmts);
            }
        });
        self.is_strict = is_strict;
        frame
    }

    /// Walks the body of a function and declares its variables.
    pub fn body(&mut self, statements: &mut Vec<Stmt>) {
        let outer = mem::take(&mut self.variables);
        statements.visit_mut_with(self);
        build::declare(mem::replace(&mut self.variables, outer), statements);
    }

    fn arrow(&mut self, arrow: &mut ArrowExpr) {
        arrow.params.visit_mut_with(self);
        let value = match &mut *arrow.body {
            ArrowFunctionBody::FunctionBody(body) => {
                let is_strict = self.is_strict;
                self.is_strict |= features::body_is_strict(body);
                self.body(&mut body.stmts);
                self.is_strict = is_strict;
                return;
            }
            ArrowFunctionBody::Expr(value) => value,
        };
        let outer = (mem::take(&mut self.variables), mem::take(&mut self.scoped));
        value.visit_mut_with(self);
        let (mut variables, scoped) = (mem::take(&mut self.variables), mem::take(&mut self.scoped));
        variables.extend(scoped);
        (self.variables, self.scoped) = outer;
        if !variables.is_empty() {
            let result = ReturnStmt { span: build::NOWHERE, arg: Some(mem::take(value)) };
            let mut stmts = vec![result.into()];
            build::declare(variables, &mut stmts);
            let body = FunctionBody { span: build::NOWHERE, stmts };
            *arrow.body = ArrowFunctionBody::FunctionBody(body);
        }
    }

    fn plain_frame(&self, name: Option<&Ident>) -> Frame {
        let new_target = match name {
            Some(name) if self.lacks.new_target => NewTarget::Of(name.clone()),
            _ => NewTarget::Stays,
        };
        Frame { new_target, ..Frame::default() }
    }

    fn method_frame(&self, home: Option<Home>) -> Frame {
        let is_lowered = self.lacks.new_target;
        let new_target = if is_lowered { NewTarget::Undefined } else { NewTarget::Stays };
        Frame { home, new_target, ..Frame::default() }
    }

    /// Walks a literal. If a method of it has `super`, a variable holds the object.
    fn object(&mut self, literal: &mut ObjectLit) -> Option<Ident> {
        let has_methods = literal.props.iter().any(|property| match property {
            PropOrSpread::Prop(it) => it.is_method() || it.is_getter() || it.is_setter(),
            PropOrSpread::Spread(_) => false,
        });
        if !has_methods {
            literal.visit_mut_children_with(self);
            return None;
        }
        let object = private_ident!("_object");
        let has_spread = literal.props.iter().any(PropOrSpread::is_spread);
        let stays = !(self.lacks.object_super || has_spread && self.lacks.spread_super);
        let home = Home { object: object.clone(), is_prototype: false, stays };
        for property in &mut literal.props {
            let PropOrSpread::Prop(property) = property else {
                property.visit_mut_with(self);
                continue;
            };
            let (key, function) = match &mut **property {
                Prop::Method(MethodProp { key, function })
                | Prop::Getter(GetterProp { key, function, .. })
                | Prop::Setter(SetterProp { key, function, .. }) => (key, function),
                other => {
                    other.visit_mut_with(self);
                    continue;
                }
            };
            key.visit_mut_with(self);
            let frame = self.method_frame(Some(home.clone()));
            self.function(function, frame);
        }
        self.take_used(&object).then_some(object)
    }

    fn new_target(&mut self) -> Option<Expr> {
        match self.frame.new_target.clone() {
            NewTarget::Stays => None,
            NewTarget::Undefined => Some(build::undefined()),
            NewTarget::Of(name) => {
                self.frame.has_new_target = true;
                let this = swc_ecma_ast::ThisExpr { span: build::NOWHERE }.into();
                Some(build::helper("new_target", vec![this, name.into()]))
            }
        }
    }

    /// Declares the variables of a list of statements.
    fn declare_scoped<T: StmtLike>(&mut self, outer: Vec<Ident>, statements: &mut Vec<T>) {
        for name in mem::replace(&mut self.scoped, outer) {
            prepend_stmt(statements, T::from(let_(&name, None)));
        }
    }

    /// Walks what a loop repeats: it is the place of variables, with or without braces.
    fn loop_body(&mut self, body: &mut Stmt) {
        if body.is_block() {
            return body.visit_mut_with(self);
        }
        let span = body.span();
        let mut stmts = vec![mem::take(body)];
        stmts.visit_mut_with(self);
        *body = match stmts.len() {
            1 => stmts.remove(0),
            _ => BlockStmt { span, stmts, ..BlockStmt::default() }.into(),
        };
    }

    fn statements(&mut self, statements: &mut Vec<Stmt>) {
        if !statements.iter().any(|it| matches!(it, Stmt::Decl(Decl::Class(_)))) {
            return statements.visit_mut_children_with(self);
        }
        for mut statement in mem::take(statements) {
            if let Stmt::Decl(Decl::Class(class)) = statement {
                let class = self.class_declaration(class, statements);
                statements.push(Stmt::Decl(class.declaration));
                statements.extend(class.after);
            } else {
                statement.visit_mut_with(self);
                statements.push(statement);
            }
        }
    }

    fn item(&mut self, item: ModuleItem, items: &mut Vec<ModuleItem>) {
        match item {
            ModuleItem::Stmt(Stmt::Decl(Decl::Class(class))) => {
                let mut statements = Vec::new();
                let class = self.class_declaration(class, &mut statements);
                let after = class.after;
                items.extend(statements.into_iter().map(ModuleItem::Stmt));
                items.push(Stmt::Decl(class.declaration).into());
                items.extend(after.into_iter().map(ModuleItem::Stmt));
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(ExportDecl {
                span,
                decl: Decl::Class(class),
            })) => {
                let mut statements = Vec::new();
                let class = self.class_declaration(class, &mut statements);
                items.extend(statements.into_iter().map(ModuleItem::Stmt));
                let export = ExportDecl { span, decl: class.declaration };
                items.push(ModuleDecl::ExportDecl(export).into());
                items.extend(class.after.into_iter().map(ModuleItem::Stmt));
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(ExportDefaultDecl {
                span,
                decl: DefaultDecl::Class(class),
            })) => self.default_class(span, class, items),
            mut item => {
                item.visit_mut_with(self);
                items.push(item);
            }
        }
    }
}

impl VisitMut for ClassLowering<'_> {
    noop_visit_mut_type!();

    fn visit_mut_module(&mut self, module: &mut Module) {
        module.visit_mut_children_with(self);
        build::declare(mem::take(&mut self.variables), &mut module.body);
    }

    fn visit_mut_module_items(&mut self, items: &mut Vec<ModuleItem>) {
        let list = mem::replace(items, Vec::with_capacity(items.len()));
        let outer = mem::take(&mut self.scoped);
        for item in list {
            self.item(item, items);
        }
        self.declare_scoped(outer, items);
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        let outer = mem::take(&mut self.scoped);
        self.statements(statements);
        self.declare_scoped(outer, statements);
    }

    fn visit_mut_for_stmt(&mut self, each: &mut ForStmt) {
        each.init.visit_mut_with(self);
        each.test.visit_mut_with(self);
        each.update.visit_mut_with(self);
        self.loop_body(&mut each.body);
    }

    fn visit_mut_for_in_stmt(&mut self, each: &mut ForInStmt) {
        each.left.visit_mut_with(self);
        each.right.visit_mut_with(self);
        self.loop_body(&mut each.body);
    }

    fn visit_mut_for_of_stmt(&mut self, each: &mut ForOfStmt) {
        each.left.visit_mut_with(self);
        each.right.visit_mut_with(self);
        self.loop_body(&mut each.body);
    }

    fn visit_mut_while_stmt(&mut self, each: &mut WhileStmt) {
        each.test.visit_mut_with(self);
        self.loop_body(&mut each.body);
    }

    fn visit_mut_do_while_stmt(&mut self, each: &mut DoWhileStmt) {
        self.loop_body(&mut each.body);
        each.test.visit_mut_with(self);
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        let frame = self.plain_frame(None);
        self.function(function, frame);
    }

    fn visit_mut_fn_decl(&mut self, declaration: &mut FnDecl) {
        let frame = self.plain_frame(Some(&declaration.ident));
        self.function(&mut declaration.function, frame);
    }

    fn visit_mut_fn_expr(&mut self, expression: &mut FnExpr) {
        let frame = self.plain_frame(expression.ident.as_ref());
        self.function(&mut expression.function, frame);
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        let outer = (self.frame.is_async, self.frame.returned.take());
        self.frame.is_async |= arrow.is_async && self.lacks.asynchronous;
        self.arrow(arrow);
        (self.frame.is_async, self.frame.returned) = outer;
    }

    fn visit_mut_return_stmt(&mut self, statement: &mut ReturnStmt) {
        statement.visit_mut_children_with(self);
        if let Some(this) = &self.frame.returned {
            let value = match statement.arg.take() {
                Some(value) => {
                    build::helper("possible_constructor_return", vec![this.clone().into(), *value])
                }
                None => self.frame.this(),
            };
            statement.arg = Some(Box::new(value));
        }
    }

    /// Classes that are not expressions or statements: none.
    fn visit_mut_class(&mut self, class: &mut Class) {
        class.visit_mut_children_with(self);
    }

    fn visit_mut_var_decl(&mut self, declaration: &mut VarDecl) {
        for declarator in &mut declaration.decls {
            self.name_variable(declarator, declaration.kind);
        }
        declaration.visit_mut_children_with(self);
    }

    fn visit_mut_assign_pat(&mut self, default: &mut AssignPat) {
        self.name_default(default);
        default.visit_mut_children_with(self);
    }

    fn visit_mut_assign_pat_prop(&mut self, property: &mut AssignPatProp) {
        if let Some(value) = &mut property.value {
            self.name(value, &property.key.sym);
        }
        property.visit_mut_children_with(self);
    }

    fn visit_mut_key_value_prop(&mut self, property: &mut KeyValueProp) {
        self.name_property(&property.key, &mut property.value);
        property.visit_mut_children_with(self);
    }

    fn visit_mut_assign_expr(&mut self, assign: &mut AssignExpr) {
        self.name_assigned(assign);
        assign.visit_mut_children_with(self);
    }

    fn visit_mut_simple_assign_target(&mut self, target: &mut swc_ecma_ast::SimpleAssignTarget) {
        use swc_ecma_ast::SimpleAssignTarget;
        if let SimpleAssignTarget::Member(member) = target
            && member.prop.is_private_name()
        {
            let mut place = Expr::Member(mem::take(member));
            place.visit_mut_with(self);
            if let Expr::Member(place) = place {
                *member = place;
            }
            return;
        }
        target.visit_mut_children_with(self);
    }

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        if !self.lower_super_target(pattern) && !self.lower_private_target(pattern) {
            pattern.visit_mut_children_with(self);
        }
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        match expr {
            Expr::This(this) => match &self.frame.this {
                This::Stays => {}
                This::Is(name) => *expr = Ident { span: this.span, ..name.clone() }.into(),
                This::Checked(_) => *expr = self.frame.this(),
            },
            Expr::Unary(UnaryExpr { op: UnaryOp::Delete, arg, .. })
                if arg.unwrap_parens().is_this() && !matches!(self.frame.this, This::Stays) =>
            {
                // A variable cannot be deleted.
                *expr = build::sequence(vec![Box::new(self.frame.this()), Box::new(true.into())]);
            }
            Expr::Class(class) => *expr = self.class_expression(mem::take(class)),
            Expr::Object(literal) => {
                if let Some(object) = self.object(literal) {
                    self.scoped.push(object.clone());
                    *expr = build::assign(object, mem::take(expr));
                }
            }
            Expr::MetaProp(MetaPropExpr { kind: MetaPropKind::NewTarget, .. }) => {
                if let Some(value) = self.new_target() {
                    *expr = value;
                }
            }
            Expr::Call(call) if call.callee.is_super_() => {
                call.args.visit_mut_with(self);
                self.lower_super_call(expr);
            }
            Expr::Fn(function) if function.ident.is_none() && self.lacks.new_target => {
                let name = private_ident!("_target");
                let frame = self.plain_frame(Some(&name));
                if self.function(&mut function.function, frame).has_new_target {
                    // A variable holds it, because the function itself has no name. After a comma
                    // it gets none from the variable.
                    self.scoped.push(name.clone());
                    let nameless = vec![Box::new(0.into()), Box::new(mem::take(expr))];
                    *expr = build::assign(name, build::sequence(nameless));
                }
            }
            Expr::Ident(_) | Expr::Lit(_) => {}
            _ => {
                if !self.lower_private(expr) && !self.lower_super(expr) {
                    expr.visit_mut_children_with(self);
                }
            }
        }
    }
}
