//! Prints classes and their members.

use swc_common::{Span, Spanned};
use swc_ecma_ast::{
    AutoAccessor, Class, ClassDecl, ClassExpr, ClassMember, ClassMethod, ClassProp, Constructor,
    Decorator, Expr, Function, Key, MethodKind, ParamOrTsParamProp, PrivateMethod, PrivateProp,
};

use super::{
    Printer,
    precedence::{Level, Need},
};

impl Printer<'_> {
    /// Prints a class declaration. Before `export` its decorators were printed.
    pub(super) fn class_decl(&mut self, node: &ClassDecl, has_decorators: bool) {
        self.leading(node.class.span);
        self.at(node.class.span);
        if has_decorators {
            self.decorators(&node.class.decorators);
        }
        self.out.keyword("class");
        self.out.space();
        self.ident(&node.ident);
        self.class_rest(&node.class);
    }

    pub(super) fn class_expr(&mut self, node: &ClassExpr) {
        self.leading(node.class.span);
        self.at(node.class.span);
        self.decorators(&node.class.decorators);
        self.out.keyword("class");
        if let Some(name) = &node.ident {
            self.out.space();
            self.ident(name);
        }
        self.class_rest(&node.class);
    }

    fn class_rest(&mut self, class: &Class) {
        if let Some(parent) = &class.super_class {
            self.out.space();
            self.out.keyword("extends");
            self.out.gap();
            self.expr(parent, Need::at(Level::New));
        }
        self.out.gap();
        self.out.mark("{");
        self.lines(class.span, &class.body, |printer, member| {
            let outer = printer.enter(member.span_lo());
            printer.class_member(member);
            printer.leave(outer);
        });
    }

    fn class_member(&mut self, member: &ClassMember) {
        match member {
            ClassMember::Constructor(node) => self.constructor(node),
            ClassMember::Method(node) => self.method(node),
            ClassMember::PrivateMethod(node) => self.private_method(node),
            ClassMember::ClassProp(node) => self.class_prop(node),
            ClassMember::PrivateProp(node) => self.private_prop(node),
            ClassMember::AutoAccessor(node) => self.accessor(node),
            ClassMember::StaticBlock(node) => {
                self.leading(node.span);
                self.at(node.span);
                self.out.keyword("static");
                self.braces(node.body.span, &node.body.stmts, true);
                self.after(node.span);
            }
            ClassMember::Empty(_) => {}
            ClassMember::TsIndexSignature(_) => unreachable!("TypeScript is gone before printing"),
        }
    }

    fn constructor(&mut self, node: &Constructor) {
        self.leading(node.span);
        self.at(node.span);
        self.out.keyword("constructor");
        self.out.mark("(");
        self.separated(node.params.iter(), |printer, parameter| match parameter {
            ParamOrTsParamProp::Param(parameter) => printer.param(parameter),
            ParamOrTsParamProp::TsParamProp(_) => {
                unreachable!("TypeScript is gone before printing")
            }
        });
        self.out.mark(")");
        if let Some(body) = &node.body {
            self.function_body(body, true);
        }
    }

    fn method(&mut self, node: &ClassMethod) {
        self.leading(node.span);
        self.leading(node.key.span());
        self.at(node.span);
        self.decorators(&node.function.decorators);
        if node.is_static {
            self.out.keyword("static");
            self.out.gap();
        }
        match node.kind {
            MethodKind::Method => self.method_marks(&node.function),
            MethodKind::Getter => {
                self.out.keyword("get");
                self.out.gap();
            }
            MethodKind::Setter => {
                self.out.keyword("set");
                self.out.gap();
            }
        }
        self.prop_name(&node.key);
        self.function_parts(&node.function, |printer, body| {
            printer.out.gap();
            printer.function_body(body, true);
        });
    }

    /// Prints `async` and `*`.
    fn method_marks(&mut self, function: &Function) {
        if function.is_async {
            self.out.keyword("async");
            self.out.space();
        }
        if function.is_generator {
            self.out.mark("*");
        }
    }

    fn private_method(&mut self, node: &PrivateMethod) {
        self.leading(node.span);
        self.at(node.span);
        self.decorators(&node.function.decorators);
        self.static_keyword(node.is_static);
        match node.kind {
            MethodKind::Method => self.method_marks(&node.function),
            MethodKind::Getter => {
                self.out.keyword("get");
                self.out.space();
            }
            MethodKind::Setter => {
                self.out.keyword("set");
                self.out.space();
            }
        }
        self.private_name(&node.key);
        self.function_rest(&node.function);
    }

    fn static_keyword(&mut self, is_static: bool) {
        if is_static {
            self.out.keyword("static");
            self.out.space();
        }
    }

    fn class_prop(&mut self, node: &ClassProp) {
        self.member_start(node.span, &node.decorators, node.is_static);
        self.prop_name(&node.key);
        self.initial_value(node.value.as_deref());
        self.after(node.span);
    }

    fn private_prop(&mut self, node: &PrivateProp) {
        self.member_start(node.span, &node.decorators, node.is_static);
        self.private_name(&node.key);
        self.initial_value(node.value.as_deref());
        self.after(node.span);
    }

    fn accessor(&mut self, node: &AutoAccessor) {
        self.member_start(node.span, &node.decorators, node.is_static);
        self.out.keyword("accessor");
        self.out.space();
        match &node.key {
            Key::Private(name) => self.private_name(name),
            Key::Public(name) => self.prop_name(name),
        }
        self.initial_value(node.value.as_deref());
    }

    fn member_start(&mut self, span: Span, decorators: &[Decorator], is_static: bool) {
        self.leading(span);
        self.at(span);
        self.decorators(decorators);
        self.static_keyword(is_static);
    }

    fn initial_value(&mut self, value: Option<&Expr>) {
        if let Some(value) = value {
            self.out.gap();
            self.out.mark("=");
            self.out.gap();
            self.value(value);
        }
        self.out.semicolon();
    }
}
