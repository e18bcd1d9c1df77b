//! Vue 2's JSX: an element becomes `h(tag, data, children)`, its attributes sorted into the groups that Vue's data
//! object has. `h` is the name in scope; a method or function that has elements and no `h` of its own gets
//! `var h = this.$createElement`.

use swc_common::{DUMMY_SP, Mark, Span, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    ArrayLit, ArrowExpr, ArrowFunctionBody, CallExpr, Callee, ClassMethod, Decl, Expr, ExprOrSpread, Function, Ident,
    IdentName, ImportSpecifier, JSXAttrValue, JSXElement, JSXElementChild, JSXElementName, JSXExpr, JSXExprContainer,
    JSXFragment, JSXObject, KeyValueProp, Lit, MemberExpr, MemberProp, MethodProp, Module, ModuleDecl, ModuleItem, Pat,
    Stmt, Str, ThisExpr, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type};

use crate::ast::Marks;

mod attributes; // attributes to Vue's data object
mod text; // the text between elements

/// The transform.
pub(super) struct VueJsx {
    unresolved: SyntaxContext,
    /// ES module or not: how the helper that merges spread attributes is asked for.
    is_module: bool,
    /// The context of the `h` in scope.
    h: Option<SyntaxContext>,
    /// The name of that helper, once it is needed.
    merge: Option<Ident>,
}

impl VueJsx {
    pub fn new(marks: Marks, is_module: bool) -> Self {
        let unresolved = SyntaxContext::empty().apply_mark(marks.unresolved);
        Self { unresolved, is_module, h: None, merge: None }
    }

    fn element(&mut self, element: JSXElement) -> Expr {
        let tag = self.tag(element.opening.name);
        let mut arguments = vec![tag];
        if let Some(data) = attributes::data(element.opening.attrs, &mut self.merge) {
            arguments.push(data);
        }
        if let Some(children) = Self::children(element.children) {
            arguments.push(children);
        }
        self.call(element.span, arguments)
    }

    fn call(&self, span: Span, arguments: Vec<Expr>) -> Expr {
        Expr::Call(CallExpr {
            span,
            callee: Callee::Expr(Box::new(Expr::Ident(Ident::new(
                "h".into(),
                DUMMY_SP,
                self.h.unwrap_or(self.unresolved),
            )))),
            args: arguments.into_iter().map(ExprOrSpread::from).collect(),
            ..CallExpr::default()
        })
    }

    /// Elements of HTML and custom elements are named by text, components by what is in scope.
    fn tag(&self, name: JSXElementName) -> Expr {
        match name {
            JSXElementName::Ident(name) => {
                let is_component = name.sym.chars().next().is_some_and(char::is_uppercase);
                if is_component && name.ctxt != self.unresolved {
                    Expr::Ident(name)
                } else {
                    string(&name.sym, name.span)
                }
            }
            JSXElementName::JSXMemberExpr(member) => Expr::Member(MemberExpr {
                span: member.span,
                obj: Box::new(object(member.obj)),
                prop: MemberProp::Ident(member.prop),
            }),
            JSXElementName::JSXNamespacedName(name) => string(&format!("{}:{}", name.ns.sym, name.name.sym), name.span),
        }
    }

    fn children(children: Vec<JSXElementChild>) -> Option<Expr> {
        let elements: Vec<Option<ExprOrSpread>> = children.into_iter().filter_map(child).map(Some).collect();
        (!elements.is_empty()).then(|| Expr::Array(ArrayLit { span: DUMMY_SP, elems: elements }))
    }
}

fn child(child: JSXElementChild) -> Option<ExprOrSpread> {
    match child {
        JSXElementChild::JSXText(text) => {
            text::trimmed(&text.value.to_string_lossy()).map(|value| string(&value, text.span).into())
        }
        JSXElementChild::JSXExprContainer(container) => match container.expr {
            JSXExpr::Expr(expr) => Some(ExprOrSpread { spread: None, expr }),
            JSXExpr::JSXEmptyExpr(_) => None,
        },
        JSXElementChild::JSXSpreadChild(spread) => Some(ExprOrSpread { spread: Some(spread.span), expr: spread.expr }),
        // Elements inside were visited before: what is left of them are calls.
        JSXElementChild::JSXElement(element) => Some(Expr::JSXElement(element).into()),
        JSXElementChild::JSXFragment(fragment) => Some(Expr::JSXFragment(fragment).into()),
    }
}

fn object(path: JSXObject) -> Expr {
    match path {
        JSXObject::Ident(name) if name.sym == "this" => Expr::This(ThisExpr { span: name.span }),
        JSXObject::Ident(name) => Expr::Ident(name),
        JSXObject::JSXMemberExpr(member) => Expr::Member(MemberExpr {
            span: member.span,
            obj: Box::new(object(member.obj)),
            prop: MemberProp::Ident(member.prop),
        }),
    }
}

fn string(value: &str, span: Span) -> Expr {
    Expr::Lit(Lit::Str(Str { span, value: value.into(), raw: None }))
}

impl VueJsx {
    /// A method: the outermost one that has elements and no `h` gets its own.
    fn method(&mut self, function: &mut Function) {
        if self.h.is_some()
            || own_h(function.params.iter().map(|param| &param.pat)).is_some()
            || !has_elements(function)
        {
            return function.visit_mut_with(self);
        }
        let h = Ident::new("h".into(), DUMMY_SP, SyntaxContext::empty().apply_mark(Mark::new()));
        self.h = Some(h.ctxt);
        function.visit_mut_with(self);
        self.h = None;
        if let Some(body) = &mut function.body {
            let after_directives = body.stmts.iter().take_while(|s| is_directive(s)).count();
            body.stmts.insert(after_directives, create_element(h));
        }
    }

    /// What is inside sees the `h` of the parameters or variables, if there is one.
    fn scope(&mut self, own: Option<SyntaxContext>, visit: impl FnOnce(&mut Self)) {
        let outer = self.h;
        self.h = own.or(outer);
        visit(self);
        self.h = outer;
    }
}

fn own_h<'a>(parameters: impl Iterator<Item = &'a Pat>) -> Option<SyntaxContext> {
    parameters.flat_map(find_pat_ids::<Pat, Ident>).find(|name| name.sym == "h").map(|name| name.ctxt)
}

fn declared_h(statements: &[Stmt]) -> Option<SyntaxContext> {
    let variables = statements.iter().filter_map(|statement| match statement {
        Stmt::Decl(Decl::Var(declaration)) => Some(declaration.decls.iter().map(|declarator| &declarator.name)),
        _ => None,
    });
    own_h(variables.flatten())
}

fn is_directive(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(text) if matches!(&*text.expr, Expr::Lit(Lit::Str(_))))
}

/// `var h = this.$createElement`.
fn create_element(h: Ident) -> Stmt {
    let value = Expr::Member(MemberExpr {
        span: DUMMY_SP,
        obj: Box::new(Expr::This(ThisExpr { span: DUMMY_SP })),
        prop: MemberProp::Ident(IdentName::new("$createElement".into(), DUMMY_SP)),
    });
    let declarator = VarDeclarator { span: DUMMY_SP, name: h.into(), init: Some(Box::new(value)), definite: false };
    VarDecl { kind: VarDeclKind::Var, decls: vec![declarator], ..VarDecl::default() }.into()
}

fn has_elements(function: &Function) -> bool {
    let mut elements = Elements(false);
    function.visit_with(&mut elements);
    elements.0
}

struct Elements(bool);

impl Visit for Elements {
    noop_visit_type!();

    fn visit_jsx_element(&mut self, _: &JSXElement) {
        self.0 = true;
    }

    fn visit_jsx_fragment(&mut self, _: &JSXFragment) {
        self.0 = true;
    }
}

impl VisitMut for VueJsx {
    noop_visit_mut_type!();

    fn visit_mut_module(&mut self, module: &mut Module) {
        let mut statements = module.body.iter().filter_map(ModuleItem::as_stmt);
        self.h = statements.find_map(|s| declared_h(std::slice::from_ref(s))).or_else(|| imported_h(module));
        module.visit_mut_children_with(self);
        if let Some(merge) = self.merge.take() {
            module.body.insert(0, attributes::merge_import(merge, self.is_module, self.unresolved));
        }
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        match expr {
            Expr::JSXElement(element) => *expr = self.element(*element.take()),
            Expr::JSXFragment(fragment) => {
                let children = Self::children(fragment.take().children);
                *expr = children.unwrap_or_else(|| Expr::Array(ArrayLit { span: DUMMY_SP, elems: Vec::new() }));
            }
            _ => {}
        }
    }

    fn visit_mut_jsx_element_child(&mut self, child: &mut JSXElementChild) {
        // As an expression, so that `visit_mut_expr` turns it into a call.
        let inner = match child {
            JSXElementChild::JSXElement(element) => Expr::JSXElement(element.take()),
            JSXElementChild::JSXFragment(fragment) => Expr::JSXFragment(fragment.take()),
            other => return other.visit_mut_children_with(self),
        };
        let mut expr = Box::new(inner);
        expr.visit_mut_with(self);
        *child = JSXElementChild::JSXExprContainer(JSXExprContainer { span: DUMMY_SP, expr: JSXExpr::Expr(expr) });
    }

    fn visit_mut_jsx_attr_value(&mut self, value: &mut JSXAttrValue) {
        if let JSXAttrValue::JSXElement(element) = value {
            let mut expr = Box::new(Expr::JSXElement(element.take()));
            expr.visit_mut_with(self);
            *value = JSXAttrValue::JSXExprContainer(JSXExprContainer { span: DUMMY_SP, expr: JSXExpr::Expr(expr) });
        } else {
            value.visit_mut_children_with(self);
        }
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        let in_body = || function.body.as_ref().and_then(|body| declared_h(&body.stmts));
        let own = own_h(function.params.iter().map(|param| &param.pat)).or_else(in_body);
        self.scope(own, |jsx| function.visit_mut_children_with(jsx));
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        let own = own_h(arrow.params.iter()).or_else(|| match &*arrow.body {
            ArrowFunctionBody::FunctionBody(body) => declared_h(&body.stmts),
            ArrowFunctionBody::Expr(_) => None,
        });
        self.scope(own, |jsx| arrow.visit_mut_children_with(jsx));
    }

    fn visit_mut_method_prop(&mut self, method: &mut MethodProp) {
        method.key.visit_mut_with(self);
        self.method(&mut method.function);
    }

    fn visit_mut_class_method(&mut self, method: &mut ClassMethod) {
        method.key.visit_mut_with(self);
        self.method(&mut method.function);
    }

    fn visit_mut_key_value_prop(&mut self, property: &mut KeyValueProp) {
        property.key.visit_mut_with(self);
        match &mut *property.value {
            Expr::Fn(value) => self.method(&mut value.function),
            _ => property.value.visit_mut_with(self),
        }
    }
}

fn imported_h(module: &Module) -> Option<SyntaxContext> {
    let imports = module.body.iter().filter_map(|item| match item {
        ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => Some(&import.specifiers),
        _ => None,
    });
    imports.flatten().map(ImportSpecifier::local).find(|local| local.sym == "h").map(|local| local.ctxt)
}
