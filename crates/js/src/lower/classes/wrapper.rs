//! Puts the parts of a lowered class together. A declaration becomes several statements. An
//! expression whose parts need variables, or whose members mention its name, becomes a function
//! that is called at once; so does a declaration in sloppy code, because code of a class is strict.

use swc_common::{Span, SyntaxContext};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, CallExpr, Class, ClassDecl, ClassExpr, ClassMember, Decl,
    ExportDefaultExpr, ExportNamedSpecifier, ExportSpecifier, Expr, Function, FunctionBody, Id,
    Ident, ModuleDecl, ModuleExportName, ModuleItem, NamedExport, ParenExpr, Pat, ReturnStmt, Stmt,
    ThisExpr, VarDecl, VarDeclKind,
};
use swc_ecma_utils::{ExprFactory, private_ident};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::{
    super::build,
    constructor::let_,
    definition::{Definition, Outer, Value, default_name, pure},
    model::ClassLowering,
};

type Named = Vec<(Ident, Expr)>;

/// The variables of an expression.
#[derive(Default)]
struct Placed {
    /// The arguments of the function that encloses the class.
    arguments: Named,
    /// The assignments before the function is called.
    before: Vec<Expr>,
    /// The statements in the function that precede the class.
    inside: Vec<Stmt>,
    /// Whether the name of the class is a variable of the enclosing statements.
    assigns_name: bool,
}

/// A declaration, and what follows it.
pub(super) struct Declared {
    pub declaration: Decl,
    pub after: Vec<Stmt>,
}

impl ClassLowering<'_> {
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
        // Keys may use private members.
        let list = outer.parent.into_iter().chain(inner).chain(outer.keys);
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
            // harmless where no code uses it.
            self.is_default = self.known.keeps_names && sees_itself(&class.class);
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
                .is_some_and(|it| !self.is_constant(it) && members_mention(&class, &it.to_id()));
        let is_strict = self.is_strict || !self.leaves(&class);
        let name = ident.clone().unwrap_or_else(|| private_ident!("_class"));
        let is_default = self.is_default;
        let definition = self.define(class, &name, ident.is_some());
        let is_used = self.take_used(&name);
        let Definition { outer, inner, value, after } = definition;
        let has_outer = outer.parent.is_some() || !outer.keys.is_empty();
        let is_alone = !has_outer && inner.is_empty() && after.is_empty() && is_strict;
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
        let placed = self.arrange(outer, inner, ident.as_ref());
        let assigns_name = placed.assigns_name;
        body.extend(placed.inside);
        body.push(match value {
            Value::Class(class) if assigns_name => {
                let class = ClassExpr { ident: Some(name.clone()), class }.into();
                build::statement(build::assign(name.clone(), class))
            }
            Value::Function(value) if assigns_name => {
                build::statement(build::assign(name.clone(), value))
            }
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
        let call = arrow_call(placed.arguments, body);
        let call = if is_pure { pure(call) } else { call };
        let exprs = placed.before.into_iter().chain([call]).map(Box::new);
        build::sequence(exprs.collect())
    }

    /// Decides where the variables of an expression are. Keys may use private members and the name
    /// of the class, so all move into the function; but if they suspend, none can, and the
    /// variables are in the enclosing list of statements.
    fn arrange(&mut self, outer: Outer, inner: Named, ident: Option<&Ident>) -> Placed {
        let is_used = |name: &Ident| outer.keys.iter().any(|key| mentions(&key.1, &name.to_id()));
        // A use outside of functions throws, where no variable is in scope.
        let uses_name = ident.is_some_and(|name| {
            is_used(name) && outer.keys.iter().all(|key| !mentions_at_once(&key.1, &name.to_id()))
        });
        let declared = |(name, value): (Ident, Expr)| let_(&name, Some(value));
        if !uses_name && !inner.iter().any(|(name, _)| is_used(name)) {
            let arguments = outer.parent.into_iter().chain(outer.keys).collect();
            let inside = inner.into_iter().map(declared).collect();
            return Placed { arguments, inside, ..Placed::default() };
        }
        if outer.can_move() {
            let list = outer.parent.into_iter().chain(inner).chain(outer.keys);
            return Placed { inside: list.map(declared).collect(), ..Placed::default() };
        }
        let (methods, maps): (Named, Named) = inner.into_iter().partition(|it| it.1.is_fn_expr());
        let mut assigned = |(name, value): (Ident, Expr)| {
            self.scoped.push(name.clone());
            build::assign(name, value)
        };
        let before = outer.parent.into_iter().chain(maps).chain(outer.keys);
        let before = before.map(&mut assigned).collect();
        let inside = methods.into_iter().map(|it| build::statement(assigned(it))).collect();
        let name = ident.filter(|it| uses_name && !self.is_constant(it));
        self.scoped.extend(name.cloned());
        Placed { arguments: Vec::new(), before, inside, assigns_name: name.is_some() }
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
fn arrow_call(outer: Vec<(Ident, Expr)>, stmts: Vec<Stmt>) -> Expr {
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

/// Whether the members of a class, except its constructor, mention a name.
fn members_mention(class: &Class, name: &Id) -> bool {
    class.body.iter().any(|member| !member.is_constructor() && mentions(member, name))
}

fn mentions<'a, N: VisitWith<Mentions<'a>>>(node: &N, name: &'a Id) -> bool {
    let mut found = Mentions { name, found: false };
    node.visit_with(&mut found);
    found.found
}

/// Whether code mentions a name outside of functions.
fn mentions_at_once(value: &Expr, name: &Id) -> bool {
    let mut found = AtOnce(Mentions { name, found: false });
    value.visit_with(&mut found);
    found.0.found
}

struct AtOnce<'a>(Mentions<'a>);

impl Visit for AtOnce<'_> {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        self.0.visit_ident(name);
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}
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
