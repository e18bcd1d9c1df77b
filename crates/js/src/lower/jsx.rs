//! JSX to calls: `h("p", { class: "a" }, child)` by the classic runtime, `_jsx("p", { children })`
//! by the automatic one. Runs before names are numbered, so that a factory is the variable that is
//! in scope at the element, and an import that only elements use counts as used.
//!
//! Vue 2 has a JSX of its own (`vue_jsx`).

use bundle_base::config::Jsx;
use swc_common::{
    Span, Spanned, SyntaxContext,
    comments::{Comments, SingleThreadedComments},
    errors::HANDLER,
    util::take::Take,
};
use swc_ecma_ast::{
    ArrayLit, Bool, CallExpr, Expr, ExprOrSpread, Ident, IdentName, ImportDecl,
    ImportNamedSpecifier, ImportPhase, ImportSpecifier, JSXAttr, JSXAttrName, JSXAttrOrSpread,
    JSXAttrValue, JSXElement, JSXElementChild, JSXElementName, JSXExpr, JSXExprContainer,
    JSXFragment, JSXObject, KeyValueProp, Lit, MemberExpr, Module, ModuleDecl, ModuleExportName,
    Null, Prop, PropName, PropOrSpread, Str, ThisExpr,
};
use swc_ecma_utils::{ExprFactory, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::build::{self, NOWHERE};

mod directives; // comments such as `@jsx h`
mod runtime; // what elements become
pub(super) mod text; // the text between elements

use directives::Directives;
use runtime::{Automatic, Runtime};

/// Compiles the elements of a program. `comments` get an annotation for each call, which has no
/// side effects.
pub(super) fn compile(module: &mut Module, mode: &Jsx, comments: &SingleThreadedComments) {
    let directives = Directives::of(module, comments);
    let mut walk = JsxLowering { runtime: directives.runtime(mode), comments };
    module.visit_mut_with(&mut walk);
    if let Runtime::Automatic(automatic) = walk.runtime {
        automatic.import(module);
    }
}

impl Automatic {
    /// Imports what is needed.
    fn import(self, module: &mut Module) {
        let of_runtime = [("jsx", self.jsx), ("jsxs", self.jsxs), ("Fragment", self.fragment)];
        let of_package = [("createElement", self.create_element)];
        let sources = [
            (format!("{}/jsx-runtime", self.source), &of_runtime[..]),
            (self.source, &of_package[..]),
        ];
        for (source, names) in sources.into_iter().rev() {
            let specifiers: Vec<_> = names.iter().filter_map(specifier).collect();
            if !specifiers.is_empty() {
                let src = Box::new(Str { span: NOWHERE, value: source.into(), raw: None });
                let phase = ImportPhase::Evaluation;
                let import = ImportDecl {
                    span: NOWHERE,
                    specifiers,
                    src,
                    type_only: false,
                    with: None,
                    phase,
                };
                module.body.insert(0, ModuleDecl::Import(import).into());
            }
        }
    }
}

fn specifier((name, local): &(&str, Option<Ident>)) -> Option<ImportSpecifier> {
    let imported = IdentName::new((*name).into(), NOWHERE).into();
    Some(ImportSpecifier::Named(ImportNamedSpecifier {
        span: NOWHERE,
        local: local.clone()?,
        imported: Some(ModuleExportName::Ident(imported)),
        is_type_only: false,
    }))
}

struct JsxLowering<'a> {
    runtime: Runtime,
    comments: &'a SingleThreadedComments,
}

impl JsxLowering<'_> {
    fn element(&mut self, element: JSXElement) -> Expr {
        let JSXElement { span, opening, children, .. } = element;
        let span = self.pure(span);
        let tag = tag(opening.name);
        let children = self.children(children);
        match &mut self.runtime {
            Runtime::Classic { factory, .. } => {
                let callee = dotted(factory, NOWHERE);
                let attributes = classic_attributes(opening.attrs);
                element_call(span, callee, [tag, attributes], children)
            }
            Runtime::Automatic(automatic) => automatic.element(span, tag, opening.attrs, children),
        }
    }

    fn fragment(&mut self, fragment: JSXFragment) -> Expr {
        let span = self.pure(fragment.span);
        let children = self.children(fragment.children);
        match &mut self.runtime {
            Runtime::Classic { factory, fragment } => {
                let (callee, tag) = (dotted(factory, NOWHERE), dotted(fragment, NOWHERE));
                element_call(span, callee, [tag, null()], children)
            }
            Runtime::Automatic(automatic) => {
                let tag = function(&mut automatic.fragment, "_Fragment").into();
                automatic.element(span, tag, Vec::new(), children)
            }
        }
    }

    /// Annotates a call: it may be removed if nothing uses its value.
    fn pure(&self, span: Span) -> Span {
        self.comments.add_pure_comment(span.lo);
        span
    }

    fn children(&mut self, children: Vec<JSXElementChild>) -> Vec<ExprOrSpread> {
        children.into_iter().filter_map(|child| self.child(child)).collect()
    }

    fn child(&mut self, child: JSXElementChild) -> Option<ExprOrSpread> {
        match child {
            JSXElementChild::JSXText(written) => {
                let value = text::shown_text(&written)?;
                Some(build::string(&value, written.span).into())
            }
            JSXElementChild::JSXExprContainer(container) => match container.expr {
                JSXExpr::Expr(expr) => Some(expr.into()),
                JSXExpr::JSXEmptyExpr(_) => None,
            },
            JSXElementChild::JSXSpreadChild(child) => {
                Some(ExprOrSpread { spread: Some(child.span), expr: child.expr })
            }
            JSXElementChild::JSXElement(element) => Some(self.element(*element).into()),
            JSXElementChild::JSXFragment(fragment) => Some(self.fragment(fragment).into()),
        }
    }
}

impl Automatic {
    /// Makes `_jsx(tag, { …attributes, children }, key)`.
    fn element(
        &mut self,
        span: Span,
        tag: Expr,
        attributes: Vec<JSXAttrOrSpread>,
        mut children: Vec<ExprOrSpread>,
    ) -> Expr {
        let creates = is_key_after_spread(&attributes);
        let (mut props, mut key) = (Vec::with_capacity(attributes.len() + 1), None);
        for attribute in attributes {
            match attribute {
                JSXAttrOrSpread::JSXAttr(attribute) if !creates && is_key(&attribute) => {
                    if attribute.value.is_none() {
                        HANDLER.with(|handler| {
                            let message = "The value of property 'key' should not be empty";
                            handler.struct_span_err(attribute.span, message).emit();
                        });
                    }
                    key = Some(value(attribute.value));
                }
                other => add_prop(other, &mut props),
            }
        }
        if creates {
            let callee = function(&mut self.create_element, "_createElement").into();
            return element_call(span, callee, [tag, build::object(props)], children);
        }
        let is_one = children.len() == 1 && children[0].spread.is_none();
        let is_list = !children.is_empty() && !is_one;
        if is_one {
            props.push(build::property("children", *children.remove(0).expr));
        } else if is_list {
            let elems = children.into_iter().map(Some).collect();
            let list = ArrayLit { span: NOWHERE, elems };
            props.push(build::property("children", list.into()));
        }
        let callee = if is_list {
            function(&mut self.jsxs, "_jsxs")
        } else {
            function(&mut self.jsx, "_jsx")
        };
        element_call(span, callee.into(), [tag, build::object(props)], key.map(ExprOrSpread::from))
    }
}

/// Returns the local name of a function of the runtime.
fn function(known: &mut Option<Ident>, name: &str) -> Ident {
    known.get_or_insert_with(|| private_ident!(name)).clone()
}

fn element_call(
    span: Span,
    callee: Expr,
    first: [Expr; 2],
    rest: impl IntoIterator<Item = ExprOrSpread>,
) -> Expr {
    let args = first.into_iter().map(ExprOrSpread::from).chain(rest).collect();
    CallExpr { span, callee: callee.as_callee(), args, ..CallExpr::default() }.into()
}

/// Returns a name with dots, or the string of a fragment in quotes, as an expression.
fn dotted(text: &str, span: Span) -> Expr {
    if text.starts_with(['\'', '"']) {
        return build::string(&text[1..text.len() - 1], span);
    }
    let mut words = text.split('.').map(str::trim);
    let first = match words.next().unwrap_or_default() {
        "this" => ThisExpr { span }.into(),
        "null" => null(),
        name => Ident::new(name.into(), span, SyntaxContext::empty()).into(),
    };
    words.fold(first, build::member)
}

fn tag(name: JSXElementName) -> Expr {
    let span = name.span();
    match name {
        JSXElementName::Ident(name) if name.sym == "this" => ThisExpr { span }.into(),
        JSXElementName::Ident(name)
            if name.sym.starts_with(|first: char| first.is_ascii_lowercase()) =>
        {
            build::string(&name.sym, span)
        }
        JSXElementName::Ident(name) => name.into(),
        JSXElementName::JSXNamespacedName(name) => {
            build::string(&format!("{}:{}", name.ns.sym, name.name.sym), span)
        }
        JSXElementName::JSXMemberExpr(member) => member_of(span, member.obj, member.prop),
    }
}

fn member_of(span: Span, object: JSXObject, prop: IdentName) -> Expr {
    let object = match object {
        JSXObject::Ident(name) if name.sym == "this" => ThisExpr { span: name.span }.into(),
        JSXObject::Ident(name) => name.into(),
        JSXObject::JSXMemberExpr(member) => member_of(member.span, member.obj, member.prop),
    };
    MemberExpr { span, obj: Box::new(object), prop: prop.into() }.into()
}

/// Makes the second argument of the classic runtime.
fn classic_attributes(attributes: Vec<JSXAttrOrSpread>) -> Expr {
    if attributes.is_empty() {
        return null();
    }
    let is_one = attributes.len() == 1;
    let mut props = Vec::with_capacity(attributes.len());
    for attribute in attributes {
        match attribute {
            JSXAttrOrSpread::SpreadElement(spread) if is_one => return *spread.expr,
            other => add_prop(other, &mut props),
        }
    }
    build::object(props)
}

fn add_prop(attribute: JSXAttrOrSpread, props: &mut Vec<PropOrSpread>) {
    match attribute {
        JSXAttrOrSpread::JSXAttr(attribute) => {
            let key = match attribute.name {
                JSXAttrName::Ident(name) if name.sym.contains('-') => {
                    PropName::Str(Str { span: name.span, value: name.sym.into(), raw: None })
                }
                JSXAttrName::Ident(name) => PropName::Ident(name),
                JSXAttrName::JSXNamespacedName(name) => {
                    let text = format!("{}:{}", name.ns.sym, name.name.sym);
                    PropName::Str(Str { span: name.span, value: text.into(), raw: None })
                }
            };
            let value = Box::new(value(attribute.value));
            props.push(Prop::KeyValue(KeyValueProp { key, value }).into());
        }
        JSXAttrOrSpread::SpreadElement(spread) => match *spread.expr {
            Expr::Object(object) => props.extend(object.props),
            _ => props.push(PropOrSpread::Spread(spread)),
        },
    }
}

/// Makes the value of an attribute. Elements in it were compiled before.
fn value(value: Option<JSXAttrValue>) -> Expr {
    match value {
        None => Expr::Lit(Lit::Bool(Bool { span: NOWHERE, value: true })),
        Some(JSXAttrValue::Str(text)) => Expr::Lit(Lit::Str(Str { raw: None, ..text })),
        Some(JSXAttrValue::JSXExprContainer(container)) => match container.expr {
            JSXExpr::Expr(expr) => *expr,
            JSXExpr::JSXEmptyExpr(_) => build::undefined(),
        },
        Some(JSXAttrValue::JSXElement(element)) => Expr::JSXElement(element),
        Some(JSXAttrValue::JSXFragment(fragment)) => Expr::JSXFragment(fragment),
    }
}

fn is_key(attribute: &JSXAttr) -> bool {
    matches!(&attribute.name, JSXAttrName::Ident(name) if name.sym == "key")
}

/// Whether `key` follows a spread, which may contain another `key`: the order decides.
fn is_key_after_spread(attributes: &[JSXAttrOrSpread]) -> bool {
    let is_spread = |it: &JSXAttrOrSpread| matches!(it, JSXAttrOrSpread::SpreadElement(_));
    let mut behind = attributes.iter().skip_while(|it| !is_spread(it));
    behind.any(|it| matches!(it, JSXAttrOrSpread::JSXAttr(attribute) if is_key(attribute)))
}

fn null() -> Expr {
    Expr::Lit(Lit::Null(Null { span: NOWHERE }))
}

impl VisitMut for JsxLowering<'_> {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        match expr {
            Expr::JSXElement(element) => *expr = self.element(*element.take()),
            Expr::JSXFragment(fragment) => *expr = self.fragment(fragment.take()),
            _ => {}
        }
    }

    fn visit_mut_jsx_attr_value(&mut self, value: &mut JSXAttrValue) {
        value.visit_mut_children_with(self);
        let compiled = match value {
            JSXAttrValue::JSXElement(element) => self.element(*element.take()),
            JSXAttrValue::JSXFragment(fragment) => self.fragment(fragment.take()),
            _ => return,
        };
        *value = JSXAttrValue::JSXExprContainer(JSXExprContainer {
            span: NOWHERE,
            expr: JSXExpr::Expr(Box::new(compiled)),
        });
    }
}
