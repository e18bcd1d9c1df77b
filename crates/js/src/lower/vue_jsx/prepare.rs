//! The step before names are resolved: functional components, the `h` of methods, `v-model` and
//! `v-on`. As in Vue's preset, it looks only at the form of the code, and the code that it adds is
//! resolved with the rest.
//!
//! Each element also gets a last attribute `{...[h, Tag]}`. Without it, `h`, which is not in the
//! source, and the names of components in lower case would not be resolved, and TypeScript would
//! drop their imports.

use std::sync::Arc;

use bundle_base::{Diagnostic, Label, Source};
use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, Class, ClassMethod, Decl, ExportDefaultExpr, Expr, Function,
    FunctionBody, GetterProp, Ident, JSXAttrOrSpread, JSXElement, JSXElementName, JSXExprContainer,
    JSXFragment, JSXMemberExpr, JSXObject, JSXOpeningElement, KeyValueProp, MethodProp, Pat,
    PropName, ReturnStmt, SetterProp, SpreadElement, Stmt, ThisExpr, VarDecl,
};
use swc_ecma_utils::{find_pat_ids, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    attributes::is_group,
    build::{array, boolean, declare, expression_of, member, name_of, object, property, string},
    events, tags, template, v_model,
};
use crate::{ast, messages};

pub(super) struct Prepare<'a> {
    source: &'a Arc<Source>,
    /// The name for Vue's own exports.
    vue: &'a Ident,
    /// Whether functional components get the names of their variables.
    names_components: bool,
    /// How many elements were visited so far.
    elements: usize,
    /// As `elements`, without those in methods of completed objects. It decides whether an arrow
    /// function is a component.
    own_elements: usize,
    /// How many braces in elements enclose the current place.
    braces: usize,
    /// The component whose code is being walked.
    instance: Instance,
    pub diagnostics: Vec<Diagnostic>,
}

/// How code gets its component.
enum Instance {
    This,
    /// `setup` has no `this`, so it gets a variable if it needs one.
    Variable {
        name: Ident,
        is_used: bool,
    },
}

impl<'a> Prepare<'a> {
    pub fn new(source: &'a Arc<Source>, vue: &'a Ident, names_components: bool) -> Self {
        Self {
            source,
            vue,
            names_components,
            elements: 0,
            own_elements: 0,
            braces: 0,
            instance: Instance::This,
            diagnostics: Vec::new(),
        }
    }

    /// Visits with another way to get the component. Returns its variable if that is used.
    fn with_instance(
        &mut self,
        instance: Instance,
        visit: impl FnOnce(&mut Self),
    ) -> Option<Ident> {
        let outer = std::mem::replace(&mut self.instance, instance);
        visit(self);
        match std::mem::replace(&mut self.instance, outer) {
            Instance::Variable { name, is_used: true } => Some(name),
            Instance::Variable { .. } | Instance::This => None,
        }
    }

    /// Gives `h` to a method with elements: the argument of `render`, and `this.$createElement` in
    /// all other methods. Methods inside an element's braces use the `h` of the enclosing one.
    fn method(&mut self, key: &PropName, function: &mut Function) {
        if is_named(key, "setup") {
            return self.setup(function);
        }
        let before = self.elements;
        self.with_instance(Instance::This, |walk| function.visit_mut_children_with(walk));
        if self.elements == before || self.braces > 0 || has_h(function) {
            return;
        }
        let Some(body) = &mut function.body else { return };
        let is_render = is_named(key, "render");
        let value =
            if is_render { first_argument() } else { member(this(), "$createElement", DUMMY_SP) };
        declare(body, h(), value);
    }

    /// Visits `setup`, which runs without `this`: its elements use the `h` of the module, or of
    /// Vue.
    fn setup(&mut self, function: &mut Function) {
        let instance =
            self.with_instance(new_variable(), |walk| function.visit_mut_children_with(walk));
        if let (Some(name), Some(body)) = (instance, &mut function.body) {
            declare(body, name, self.current_instance());
        }
    }

    fn setup_arrow(&mut self, arrow: &mut ArrowExpr) {
        let Some(name) =
            self.with_instance(new_variable(), |walk| arrow.visit_mut_children_with(walk))
        else {
            return;
        };
        if let ArrowFunctionBody::Expr(value) = &mut *arrow.body {
            let result = Stmt::Return(ReturnStmt { span: DUMMY_SP, arg: Some(value.take()) });
            *arrow.body = ArrowFunctionBody::FunctionBody(FunctionBody {
                span: DUMMY_SP,
                stmts: vec![result],
            });
        }
        if let ArrowFunctionBody::FunctionBody(body) = &mut *arrow.body {
            declare(body, name, self.current_instance());
        }
    }

    /// Makes `Vue.getCurrentInstance().proxy`.
    fn current_instance(&self) -> Expr {
        template::expression(
            "VUE.getCurrentInstance().proxy",
            &[("VUE", &Expr::Ident(self.vue.clone()))],
        )
    }

    /// Returns an expression for the component.
    fn instance(&self) -> Expr {
        match &self.instance {
            Instance::This => this(),
            Instance::Variable { name, .. } => Expr::Ident(name.clone()),
        }
    }

    /// Visits a method of an object. Its elements do not make the enclosing function a component.
    fn object_method(&mut self, key: &mut PropName, function: &mut Function) {
        key.visit_mut_with(self);
        let before = self.own_elements;
        self.method(key, function);
        self.own_elements = before;
    }

    fn expand(&mut self, element: &mut JSXOpeningElement) -> Result<(), Box<Diagnostic>> {
        let instance = self.instance();
        let is_sugar = |attribute: &JSXAttrOrSpread| match attribute {
            JSXAttrOrSpread::JSXAttr(attribute) => {
                let name = name_of(attribute);
                ["v-model", "vModel", "v-on:", "vOn:"].iter().any(|sugar| name.starts_with(sugar))
            }
            JSXAttrOrSpread::SpreadElement(_) => false,
        };
        if element.attrs.iter().any(is_sugar) {
            if let Instance::Variable { is_used, .. } = &mut self.instance {
                *is_used = true;
            }
            v_model::expand(element, &instance, self.source)?;
            events::expand(element, &instance, self.source)?;
        }
        for attribute in &element.attrs {
            let JSXAttrOrSpread::JSXAttr(attribute) = attribute else { continue };
            let name = name_of(attribute);
            if is_group(&name) && expression_of(attribute).is_none() {
                return Err(Box::new(messages::group_without_braces(
                    Label::new(self.source, ast::span(attribute.span)),
                    &name,
                )));
            }
        }
        Ok(())
    }
}

fn new_variable() -> Instance {
    Instance::Variable { name: private_ident!("instance"), is_used: false }
}

fn this() -> Expr {
    Expr::This(ThisExpr { span: DUMMY_SP })
}

/// Makes `arguments[0]`.
fn first_argument() -> Expr {
    template::expression("arguments[0]", &[])
}

fn h() -> Ident {
    Ident::new_no_ctxt("h".into(), DUMMY_SP)
}

fn is_named(key: &PropName, name: &str) -> bool {
    matches!(key, PropName::Ident(key) if key.sym == name)
}

/// Whether a function declares its own `h`.
fn has_h(function: &Function) -> bool {
    if function.params.iter().any(|parameter| binds_h(&parameter.pat)) {
        return true;
    }
    let statements = function.body.iter().flat_map(|body| &body.stmts);
    statements.filter_map(Stmt::as_decl).any(|declaration| match declaration {
        Decl::Var(variables) => variables.decls.iter().any(|variable| binds_h(&variable.name)),
        Decl::Fn(function) => function.ident.sym == "h",
        Decl::Class(class) => class.ident.sym == "h",
        _ => false,
    })
}

fn binds_h(pattern: &Pat) -> bool {
    find_pat_ids::<Pat, Ident>(pattern).iter().any(|name| name.sym == "h")
}

/// Returns the arrow function in an expression, with or without parentheses.
fn arrow_of(expr: &mut Expr) -> Option<&mut ArrowExpr> {
    match expr {
        Expr::Arrow(arrow) => Some(arrow),
        Expr::Paren(inner) => arrow_of(&mut inner.expr),
        _ => None,
    }
}

/// Rewrites `props => <p/>` to `{ functional: true, render: (h, props) => <p/> }`.
fn make_functional(expr: &mut Expr, name: Option<&str>) {
    let Some(arrow) = arrow_of(expr) else { return };
    if arrow.params.iter().any(binds_h) {
        return;
    }
    arrow.params.insert(0, Pat::from(h()));
    let render = Expr::Arrow(arrow.take());
    let mut properties = vec![property("functional", boolean()), property("render", render)];
    if let Some(name) = name {
        properties.insert(0, property("name", string(name, DUMMY_SP)));
    }
    *expr = object(properties);
}

/// Returns an element's tag as an expression, before it is known which names are in scope.
fn tag(name: &JSXElementName) -> Expr {
    match name {
        JSXElementName::Ident(name)
            if tags::is_native(&name.sym) || Ident::verify_symbol(&name.sym).is_err() =>
        {
            string(&name.sym, name.span)
        }
        JSXElementName::Ident(name) => Expr::Ident(name.clone()),
        JSXElementName::JSXMemberExpr(path) => path_of(path),
        JSXElementName::JSXNamespacedName(name) => {
            string(&format!("{}:{}", name.ns.sym, name.name.sym), name.span)
        }
    }
}

fn path_of(path: &JSXMemberExpr) -> Expr {
    let object = match &path.obj {
        JSXObject::Ident(name) if name.sym == "this" => Expr::This(ThisExpr { span: name.span }),
        JSXObject::Ident(name) => Expr::Ident(name.clone()),
        JSXObject::JSXMemberExpr(inner) => path_of(inner),
    };
    member(object, &path.prop.sym, path.span)
}

impl VisitMut for Prepare<'_> {
    noop_visit_mut_type!();

    fn visit_mut_jsx_element(&mut self, element: &mut JSXElement) {
        self.elements += 1;
        self.own_elements += 1;
        element.visit_mut_children_with(self);
        let opening = &mut element.opening;
        if let Err(mistake) = self.expand(opening) {
            self.diagnostics.push(*mistake);
        }
        let factory = Expr::Ident(Ident { span: opening.span, ..h() });
        let names = array(vec![factory.into(), tag(&opening.name).into()]);
        let names = SpreadElement { dot3_token: DUMMY_SP, expr: Box::new(names) };
        opening.attrs.push(JSXAttrOrSpread::SpreadElement(names));
    }

    fn visit_mut_jsx_fragment(&mut self, fragment: &mut JSXFragment) {
        let at = Label::new(self.source, ast::span(fragment.opening.span));
        self.diagnostics.push(messages::vue2_fragment(at));
        fragment.visit_mut_children_with(self);
    }

    fn visit_mut_jsx_expr_container(&mut self, container: &mut JSXExprContainer) {
        self.braces += 1;
        container.visit_mut_children_with(self);
        self.braces -= 1;
    }

    fn visit_mut_method_prop(&mut self, method: &mut MethodProp) {
        self.object_method(&mut method.key, &mut method.function);
    }

    fn visit_mut_getter_prop(&mut self, getter: &mut GetterProp) {
        self.object_method(&mut getter.key, &mut getter.function);
    }

    fn visit_mut_setter_prop(&mut self, setter: &mut SetterProp) {
        self.object_method(&mut setter.key, &mut setter.function);
    }

    fn visit_mut_class_method(&mut self, method: &mut ClassMethod) {
        method.key.visit_mut_with(self);
        self.method(&method.key, &mut method.function);
    }

    fn visit_mut_key_value_prop(&mut self, property: &mut KeyValueProp) {
        property.key.visit_mut_with(self);
        match &mut *property.value {
            Expr::Fn(value) if is_named(&property.key, "setup") => self.setup(&mut value.function),
            Expr::Arrow(value) if is_named(&property.key, "setup") => self.setup_arrow(value),
            value => value.visit_mut_with(self),
        }
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        self.with_instance(Instance::This, |walk| function.visit_mut_children_with(walk));
    }

    fn visit_mut_class(&mut self, class: &mut Class) {
        self.with_instance(Instance::This, |walk| class.visit_mut_children_with(walk));
    }

    fn visit_mut_export_default_expr(&mut self, export: &mut ExportDefaultExpr) {
        let before = self.own_elements;
        export.visit_mut_children_with(self);
        if self.own_elements > before {
            make_functional(&mut export.expr, None);
        }
    }

    fn visit_mut_var_decl(&mut self, declaration: &mut VarDecl) {
        let before = self.own_elements;
        declaration.visit_mut_children_with(self);
        let [variable] = &mut declaration.decls[..] else { return };
        let (Pat::Ident(name), Some(value)) = (&variable.name, &mut variable.init) else { return };
        if self.own_elements > before && name.sym.starts_with(|c: char| c.is_ascii_uppercase()) {
            make_functional(
                value,
                Some(&name.sym).filter(|_| self.names_components).map(|name| &**name),
            );
        }
    }
}
