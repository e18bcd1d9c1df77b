//! Direct `eval` in the value of a field that moves to another place. The standard evaluates such a
//! value in a method of its own: what `eval` runs has the `this` of the field, no `new.target` and
//! no `super(…)` (ECMAScript, `PerformEval`). It does see the parameters of the constructor here.

use swc_ecma_ast::{
    CallExpr, Callee, Expr, FnExpr, Function, FunctionBody, Ident, IdentName, KeyValueProp,
    MethodProp, ObjectLit, Prop, PropName, PropOrSpread,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{super::build, definition::ClassPieces, model::ClassLowering};

/// The name of the method.
const METHOD: &str = "value";

impl ClassLowering<'_> {
    /// Moves a value that calls `eval` directly into a function of its own, which is called at
    /// once.
    pub fn set_apart(
        &mut self,
        value: Option<&mut Expr>,
        is_static: bool,
        pieces: &ClassPieces<'_>,
    ) {
        let Some(value) = value.filter(|_| self.known.table.mentions_free("eval")) else { return };
        let mut calls = Calls { of_eval: false };
        value.visit_with(&mut calls);
        if !calls.of_eval {
            return;
        }
        let returned = build::returned(std::mem::take(value));
        let body = FunctionBody { span: build::NOWHERE, stmts: vec![returned] };
        let function = Function { body: Some(body), ..Function::default() };
        let callee = if self.lacks.class {
            FnExpr { ident: None, function: Box::new(function) }.into()
        } else {
            let method = self.method(function, pieces.name, is_static);
            build::member(method, METHOD)
        };
        let this = pieces.object(is_static).into();
        *value = build::call(build::NOWHERE, build::member(callee, "call"), vec![this]);
    }

    /// Makes `{ __proto__: get_prototype_of(Class.prototype), value() { … } }`, so that `super` is
    /// what it is in the class.
    fn method(&mut self, function: Function, class: &Ident, is_static: bool) -> Expr {
        self.use_home(class);
        let class = Expr::from(class.clone());
        let home = if is_static { class } else { build::member(class, "prototype") };
        let parent = build::helper("get_prototype_of", vec![home]);
        let name = |name: &str| PropName::from(IdentName::new(name.into(), build::NOWHERE));
        let properties = [
            Prop::KeyValue(KeyValueProp { key: name("__proto__"), value: Box::new(parent) }),
            Prop::Method(MethodProp { key: name(METHOD), function: Box::new(function) }),
        ];
        let props = properties.map(|property| PropOrSpread::Prop(Box::new(property))).into();
        ObjectLit { span: build::NOWHERE, props }.into()
    }
}

/// Looks for direct calls of `eval` outside of functions.
struct Calls {
    of_eval: bool,
}

impl Visit for Calls {
    noop_visit_type!();

    fn visit_call_expr(&mut self, call: &CallExpr) {
        let Callee::Expr(callee) = &call.callee else { return call.visit_children_with(self) };
        self.of_eval |= matches!(&**callee, Expr::Ident(name) if name.sym == "eval");
        call.visit_children_with(self);
    }

    fn visit_function(&mut self, _: &Function) {}
}
