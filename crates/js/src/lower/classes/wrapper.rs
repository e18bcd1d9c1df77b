//! What is around a class. A declaration becomes statements beside each other. An expression whose
//! parts need variables, or whose members mention its name, becomes a function that is called at
//! once; so does a declaration in sloppy code, because code of a class is strict.

use swc_common::{Span, SyntaxContext};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, CallExpr, Class, ClassDecl, ClassExpr, ClassMember, Decl,
    ExportDefaultExpr, ExportNamedSpecifier, ExportSpecifier, Expr, FunctionBody, Id, Ident,
    ModuleDecl, ModuleExportName, ModuleItem, NamedExport, ParenExpr, Pat, ReturnStmt, Stmt,
    ThisExpr, VarDecl, VarDeclKind,
};
use swc_ecma_utils::{ExprFactory, private_ident};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::{
    super::build,
    constructor::let_,
    definition::{Definition, Value, default_name, pure},
    model::Walk,
};

/// A declaration, and what follows it.
pub(super) struct Declared {
    pub declaration: Decl,
    pub after: Vec<Stmt>,
}

impl Walk<'_> {
    /// Lowers a declaration. Adds what precedes it to `before`.
    pub fn class_declaration(&mut self, class: ClassDecl, before: &mut Vec<Stmt>) -> Declared {
        let ClassDecl { ident, mut class, declare } = class;
        if self.lacks.class {
            self.functions.insert(ident.to_id());
        }
        if !self.is_strict && self.leaves(&class) {
            let inner = private_ident!(ident.sym.clone());
            class.visit_mut_with(&mut Rename { from: ident.to_id(), to: inner.clone() });
            let inner = Ident { span: ident.span, ..inner };
            let value = self.class_expression(ClassExpr { ident: Some(inner), class });
            return Declared { declaration: variable(ident, value), after: Vec::new() };
        }
        let span = class.span;
        let Definition { outer, inner, value, after } = self.define(class, &ident, true);
        self.take_used(&ident);
        let list = outer.into_iter().chain(inner);
        before.extend(list.map(|(name, value)| let_(&name, Some(value))));
        let declaration = match value {
            Value::Class(class) => ClassDecl { ident, class, declare }.into(),
            Value::Function(value) => {
                let mut declaration = variable(ident, value);
                if let Decl::Var(declaration) = &mut declaration {
                    declaration.span = span;
                }
                declaration
            }
        };
        Declared { declaration, after }
    }

    /// Lowers `export default class`.
    pub fn default_class(&mut self, span: Span, class: ClassExpr, items: &mut Vec<ModuleItem>) {
        let Some(ident) = class.ident.clone() else {
            // Only its static members can see the name: without it, the class is known to be
            // harmless where nobody uses it.
            self.is_default = self.keeps_names && sees_itself(&class.class);
            let expr = self.class_expression(class);
            items.push(match expr {
                Expr::Class(class) => {
                    let decl = swc_ecma_ast::DefaultDecl::Class(class);
                    ModuleDecl::ExportDefaultDecl(swc_ecma_ast::ExportDefaultDecl { span, decl })
                        .into()
                }
                value => {
                    let expr = Box::new(value);
                    ModuleDecl::ExportDefaultExpr(ExportDefaultExpr { span, expr }).into()
                }
            });
            return;
        };
        let mut before = Vec::new();
        let class = ClassDecl { ident: ident.clone(), class: class.class, declare: false };
        let Declared { declaration, after } = self.class_declaration(class, &mut before);
        items.extend(before.into_iter().map(ModuleItem::Stmt));
        if let Decl::Class(class) = declaration {
            let decl = swc_ecma_ast::DefaultDecl::Class(ClassExpr {
                ident: Some(class.ident),
                class: class.class,
            });
            let export = swc_ecma_ast::ExportDefaultDecl { span, decl };
            items.push(ModuleDecl::ExportDefaultDecl(export).into());
        } else {
            items.push(Stmt::Decl(declaration).into());
            items.push(export_as_default(span, ident));
        }
        items.extend(after.into_iter().map(ModuleItem::Stmt));
    }

    /// Lowers an expression.
    pub fn class_expression(&mut self, expression: ClassExpr) -> Expr {
        let ClassExpr { ident, class } = expression;
        let is_function = self.lacks.class;
        let is_mentioned = is_function
            && ident
                .as_ref()
                .is_some_and(|it| !self.is_constant(it) && mentions(&class, &it.to_id()));
        let is_strict = self.is_strict || !self.leaves(&class);
        let name = ident.clone().unwrap_or_else(|| private_ident!("_class"));
        let is_default = self.is_default;
        let definition = self.define(class, &name, ident.is_some());
        let is_used = self.take_used(&name);
        let Definition { outer, inner, value, after } = definition;
        let is_alone = outer.is_empty() && inner.is_empty() && after.is_empty() && is_strict;
        let needs_name = is_mentioned || is_used && is_function;
        let value = match value {
            Value::Class(class) if is_alone && (ident.is_some() || !is_used) => {
                return ClassExpr { ident, class }.into();
            }
            Value::Function(value) if is_alone && ident.is_some() && !needs_name => return value,
            value => value,
        };
        let mut body = Vec::new();
        if !is_strict {
            body.push(build::statement(Expr::from("use strict")));
        }
        let is_pure = after.is_empty();
        body.extend(inner.into_iter().map(|(name, value)| let_(&name, Some(value))));
        body.push(match value {
            Value::Class(class) if ident.is_some() => {
                Decl::from(ClassDecl { ident: name.clone(), class, declare: false }).into()
            }
            // In parentheses a class gets no name from its variable.
            Value::Class(class) => {
                let class = ClassExpr { ident: None, class }.into();
                let value = if is_default {
                    build::with_name(class, default_name())
                } else {
                    build::sequence(vec![Box::new(0.into()), Box::new(class)])
                };
                let_(&name, Some(value))
            }
            Value::Function(value) => let_(&name, Some(value)),
        });
        body.extend(after);
        let result = ReturnStmt { span: build::NOWHERE, arg: Some(Box::new(name.into())) };
        body.push(result.into());
        let call = called(outer, body);
        if is_pure { pure(call) } else { call }
    }

    /// Whether code leaves a class, and would no longer be strict.
    fn leaves(&self, class: &Class) -> bool {
        self.lacks.class
            || class.body.iter().any(|member| match member {
                ClassMember::PrivateMethod(_) | ClassMember::StaticBlock(_) => self.lacks.members,
                ClassMember::ClassProp(field) => self.lacks.members && field.is_static,
                ClassMember::PrivateProp(field) => self.lacks.members && field.is_static,
                _ => false,
            })
    }
}

/// Makes `((names) => { … })(values)`.
fn called(outer: Vec<(Ident, Expr)>, stmts: Vec<Stmt>) -> Expr {
    let (names, values): (Vec<_>, Vec<_>) = outer.into_iter().unzip();
    let body = FunctionBody { span: build::NOWHERE, stmts };
    let arrow = ArrowExpr {
        params: names.into_iter().map(Pat::from).collect(),
        body: Box::new(ArrowFunctionBody::FunctionBody(body)),
        ..ArrowExpr::default()
    };
    let callee = ParenExpr { span: build::NOWHERE, expr: Box::new(arrow.into()) };
    let args = values.into_iter().map(ExprFactory::as_arg).collect();
    CallExpr { callee: Expr::from(callee).as_callee(), args, ..CallExpr::default() }.into()
}

fn variable(ident: Ident, value: Expr) -> Decl {
    let mut declarator = build::declarator(ident, value);
    declarator.span = build::NOWHERE;
    VarDecl { kind: VarDeclKind::Let, decls: vec![declarator], ..VarDecl::default() }.into()
}

fn export_as_default(span: Span, ident: Ident) -> ModuleItem {
    let exported = Ident::new("default".into(), build::NOWHERE, SyntaxContext::empty());
    let specifier = ExportNamedSpecifier {
        span: build::NOWHERE,
        orig: ModuleExportName::Ident(ident),
        exported: Some(ModuleExportName::Ident(exported)),
        is_type_only: false,
    };
    let export = NamedExport {
        span,
        specifiers: vec![ExportSpecifier::Named(specifier)],
        src: None,
        type_only: false,
        with: None,
    };
    ModuleDecl::ExportNamed(export).into()
}

/// Whether static members of a class mention `this`.
fn sees_itself(class: &Class) -> bool {
    let mut found = Itself(false);
    for member in &class.body {
        match member {
            ClassMember::ClassProp(field) if field.is_static => field.value.visit_with(&mut found),
            ClassMember::PrivateProp(field) if field.is_static => {
                field.value.visit_with(&mut found);
            }
            ClassMember::StaticBlock(block) => block.body.visit_with(&mut found),
            _ => {}
        }
    }
    found.0
}

struct Itself(bool);

impl Visit for Itself {
    noop_visit_type!();

    fn visit_this_expr(&mut self, _: &ThisExpr) {
        self.0 = true;
    }
}

/// Whether the members of a class, but for its constructor, mention a name.
fn mentions(class: &Class, name: &Id) -> bool {
    let mut found = Mentions { name, found: false };
    for member in &class.body {
        if !member.is_constructor() {
            member.visit_with(&mut found);
        }
    }
    found.found
}

struct Mentions<'a> {
    name: &'a Id,
    found: bool,
}

impl Visit for Mentions<'_> {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        self.found |= name.sym == self.name.0 && name.ctxt == self.name.1;
    }
}

struct Rename {
    from: Id,
    to: Ident,
}

impl VisitMut for Rename {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if name.sym == self.from.0 && name.ctxt == self.from.1 {
            name.ctxt = self.to.ctxt;
        }
    }
}
