//! Compiles Vue 2's JSX like Vue's preset for Babel: an element becomes `h(tag, data, children)`,
//! with its attributes sorted into the groups of Vue's data object.
//!
//! There are two steps. `prepare`, before names are resolved, adds what the preset adds: the `h` of
//! methods, functional components, and the handlers of `v-model` and `v-on`. `compile` turns
//! elements into calls. An undeclared `h` is the one that Vue 2.7 exports, as with the preset's
//! option `compositionAPI`.

use std::sync::Arc;

use bundle_base::{Config, Diagnostic, Source, config::Mode};
use swc_common::{DUMMY_SP, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    CallExpr, Callee, Expr, ExprOrSpread, Ident, ImportDecl, ImportPhase, ImportSpecifier,
    ImportStarAsSpecifier, JSXAttrOrSpread, JSXAttrValue, JSXElement, JSXElementChild, JSXExpr,
    JSXExprContainer, Lit, Module, ModuleDecl, ModuleItem, Program, Stmt, Str, VarDecl,
    VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::jsx;
use crate::scopes::{free, helpers};

mod attributes; // attributes to Vue's data object
mod build; // constructors for small pieces of syntax
mod events; // `v-on`
mod names; // spellings of attribute names
mod prepare; // the step before names are resolved
mod tags; // names of native elements
mod template; // code from text with holes
mod v_model; // `v-model`

/// A program whose elements are compiled once its names are resolved.
pub(super) struct Prepared {
    /// The local name for the namespace of all Vue exports.
    vue: Ident,
    /// Whether a free `h` is imported from Vue, because the project does not define it.
    imports_h: bool,
}

/// Runs the first step.
pub(super) fn prepare(
    module: &mut Module,
    source: &Arc<Source>,
    config: &Config,
) -> Result<Prepared, Vec<Diagnostic>> {
    let vue = private_ident!("_vue");
    let mut walk = prepare::Prepare::new(source, &vue, config.mode == Mode::Development);
    module.visit_mut_with(&mut walk);
    if !walk.diagnostics.is_empty() {
        return Err(walk.diagnostics);
    }
    Ok(Prepared { vue, imports_h: !config.resolve.provide.contains_key("h") })
}

impl Prepared {
    /// Runs the second step. `is_module`: Vue is imported, otherwise required.
    pub fn compile(self, program: &mut Program, is_module: bool) {
        let mut compile = Compile {
            unresolved: free(),
            helpers: helpers(),
            prepared: self,
            uses_vue: false,
            is_module,
        };
        program.visit_mut_with(&mut compile);
    }
}

struct Compile {
    unresolved: SyntaxContext,
    helpers: SyntaxContext,
    prepared: Prepared,
    uses_vue: bool,
    is_module: bool,
}

impl Compile {
    fn element(&mut self, mut element: JSXElement) -> Expr {
        let [factory, tag] = names(&mut element.opening.attrs);
        let tag = match tag {
            // Components that are not in scope are registered under their names.
            Expr::Ident(name) if name.ctxt == self.unresolved => {
                build::string(&name.sym, name.span)
            }
            tag => tag,
        };
        let data = attributes::data(&tag, element.opening.attrs, self.helpers);
        let children: Vec<ExprOrSpread> = element.children.into_iter().filter_map(child).collect();
        let mut arguments = vec![tag];
        arguments.extend(data);
        if !children.is_empty() {
            arguments.push(build::array(children));
        }
        Expr::Call(CallExpr {
            span: element.span,
            callee: Callee::Expr(Box::new(self.factory(factory))),
            args: arguments.into_iter().map(ExprOrSpread::from).collect(),
            ..CallExpr::default()
        })
    }

    fn factory(&mut self, factory: Expr) -> Expr {
        match factory {
            Expr::Ident(h) if h.ctxt == self.unresolved && self.prepared.imports_h => {
                build::member(self.vue(), "h", h.span)
            }
            Expr::Ident(h) => Expr::Ident(Ident { span: DUMMY_SP, ..h }),
            other => other,
        }
    }

    fn vue(&mut self) -> Expr {
        self.uses_vue = true;
        Expr::Ident(self.prepared.vue.clone())
    }

    /// Makes the import of Vue's namespace. `h` is not imported by name: Vue before 2.7 does not
    /// export it, and code that never runs must not fail the build.
    fn import(&self) -> ModuleItem {
        let local = self.prepared.vue.clone();
        let specifier = Str { span: DUMMY_SP, value: "vue".into(), raw: None };
        if self.is_module {
            let local = ImportSpecifier::Namespace(ImportStarAsSpecifier { span: DUMMY_SP, local });
            return ModuleItem::ModuleDecl(ModuleDecl::Import(ImportDecl {
                span: DUMMY_SP,
                specifiers: vec![local],
                src: Box::new(specifier),
                type_only: false,
                with: None,
                phase: ImportPhase::Evaluation,
            }));
        }
        let require = Ident::new("require".into(), DUMMY_SP, self.unresolved);
        let call = CallExpr {
            callee: Callee::Expr(Box::new(Expr::Ident(require))),
            args: vec![Expr::Lit(Lit::Str(specifier)).into()],
            ..CallExpr::default()
        };
        let init = Some(Box::new(Expr::Call(call)));
        let declarator =
            VarDeclarator { span: DUMMY_SP, name: local.into(), init, definite: false };
        let declaration =
            VarDecl { kind: VarDeclKind::Var, decls: vec![declarator], ..VarDecl::default() };
        ModuleItem::Stmt(Stmt::from(declaration))
    }
}

/// Takes the last attribute, which `prepare` added: `h`, and the element's tag.
fn names(attributes: &mut Vec<JSXAttrOrSpread>) -> [Expr; 2] {
    let names = match attributes.pop() {
        Some(JSXAttrOrSpread::SpreadElement(names)) => names.expr.array(),
        _ => None,
    };
    let mut names = names.map_or_else(Vec::new, |names| names.elems).into_iter().flatten();
    let mut next = || *names.next().expect("every element was prepared").expr;
    [next(), next()]
}

fn child(child: JSXElementChild) -> Option<ExprOrSpread> {
    match child {
        JSXElementChild::JSXText(text) => jsx::text::with_blanks(&text.value.to_string_lossy())
            .map(|value| build::string(&value, text.span).into()),
        JSXElementChild::JSXExprContainer(container) => match container.expr {
            JSXExpr::Expr(expr) => Some(ExprOrSpread { spread: None, expr }),
            JSXExpr::JSXEmptyExpr(_) => None,
        },
        JSXElementChild::JSXSpreadChild(spread) => {
            Some(ExprOrSpread { spread: Some(spread.span), expr: spread.expr })
        }
        // Inner elements were visited before, so they are calls now.
        JSXElementChild::JSXElement(element) => Some(Expr::JSXElement(element).into()),
        // `prepare` reports an error for fragments.
        JSXElementChild::JSXFragment(fragment) => Some(Expr::JSXFragment(fragment).into()),
    }
}

impl VisitMut for Compile {
    noop_visit_mut_type!();

    fn visit_mut_module(&mut self, module: &mut Module) {
        module.visit_mut_children_with(self);
        if self.uses_vue {
            module.body.insert(0, self.import());
        }
    }

    /// `setup` may get its component from Vue.
    fn visit_mut_ident(&mut self, name: &mut Ident) {
        self.uses_vue |= name.ctxt == self.prepared.vue.ctxt;
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        if let Expr::JSXElement(element) = expr {
            *expr = self.element(*element.take());
        }
    }

    fn visit_mut_jsx_element_child(&mut self, child: &mut JSXElementChild) {
        let JSXElementChild::JSXElement(element) = child else {
            return child.visit_mut_children_with(self);
        };
        *child = JSXElementChild::JSXExprContainer(self.container(element.take()));
    }

    fn visit_mut_jsx_attr_value(&mut self, value: &mut JSXAttrValue) {
        let JSXAttrValue::JSXElement(element) = value else {
            return value.visit_mut_children_with(self);
        };
        *value = JSXAttrValue::JSXExprContainer(self.container(element.take()));
    }
}

impl Compile {
    /// Wraps an element that is the child or attribute of another one, so that `visit_mut_expr`
    /// turns it into a call.
    fn container(&mut self, element: Box<JSXElement>) -> JSXExprContainer {
        let mut expr = Box::new(Expr::JSXElement(element));
        expr.visit_mut_with(self);
        JSXExprContainer { span: DUMMY_SP, expr: JSXExpr::Expr(expr) }
    }
}

#[cfg(test)]
mod tests;
