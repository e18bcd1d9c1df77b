//! Classes of a script: an object with the static members, whose `prototype` holds the methods.
//! The name of a private member keeps its `#`. Accessors are left out.

use std::rc::Rc;

use swc_ecma_ast::{
    Class, ClassMember, Constructor, Expr, Function as Node, FunctionBody, MethodKind,
    ParamOrTsParamProp,
};

use super::{
    script::Script,
    value::{Body, Field, Function, Object, Scope, ScriptLocation, Value},
};

const PROTOTYPE: &str = "prototype";
/// Holds the values of fields, as functions that `new` calls.
const FIELDS: &str = "[[Fields]]";

impl Script<'_> {
    /// Evaluates a class.
    pub(super) fn class(&mut self, class: &Class, scope: &Rc<Scope>) -> Value {
        let base = class.super_class.as_ref().map(|base| self.expression(base, scope));
        let base = base.unwrap_or_default();
        let (mut own, mut methods) = (base.fields(), base.get(PROTOTYPE).fields());
        let mut fields = base.get(FIELDS).fields();
        methods.shift_remove("constructor");
        let scope = Scope::within(scope);
        scope.declare("super", base.get(PROTOTYPE).get("constructor"));
        let whole = Value::object(Object::new());
        scope.declare("this", whole.clone());
        for member in &class.body {
            let place = self.place(member);
            match member {
                ClassMember::Constructor(constructor) => {
                    let value = constructor_of(constructor, &scope, place);
                    methods.insert("constructor".to_owned(), Field { value, place });
                }
                ClassMember::Method(method) if method.kind == MethodKind::Method => {
                    let Some(key) = self.property_name(&method.key, &scope) else { continue };
                    let value = method_of(&method.function, &scope, place);
                    let target = if method.is_static { &mut own } else { &mut methods };
                    target.insert(key, Field { value, place });
                }
                ClassMember::PrivateMethod(method) if method.kind == MethodKind::Method => {
                    let value = method_of(&method.function, &scope, place);
                    let target = if method.is_static { &mut own } else { &mut methods };
                    target.insert(private(&method.key.name), Field { value, place });
                }
                ClassMember::ClassProp(property) => {
                    let Some(key) = self.property_name(&property.key, &scope) else { continue };
                    let Some(value) = &property.value else { continue };
                    let value = self.property_value(value, property.is_static, &scope, place);
                    let target = if property.is_static { &mut own } else { &mut fields };
                    target.insert(key, Field { value, place });
                }
                ClassMember::PrivateProp(property) => {
                    let Some(value) = &property.value else { continue };
                    let value = self.property_value(value, property.is_static, &scope, place);
                    let target = if property.is_static { &mut own } else { &mut fields };
                    target.insert(private(&property.key.name), Field { value, place });
                }
                ClassMember::Method(_)
                | ClassMember::PrivateMethod(_)
                | ClassMember::TsIndexSignature(_)
                | ClassMember::Empty(_)
                | ClassMember::StaticBlock(_)
                | ClassMember::AutoAccessor(_) => {}
            }
        }
        let hidden = [(PROTOTYPE, methods), (FIELDS, fields)];
        for (key, object) in hidden {
            let field = Field { value: Value::object(object), ..Field::default() };
            own.insert(key.to_owned(), field);
        }
        if let Value::Object(target) = &whole {
            *target.borrow_mut() = own;
        }
        whole
    }

    /// Returns the value of a static property; for others, the function that `new` calls for it.
    fn property_value(
        &mut self,
        value: &Expr,
        is_static: bool,
        scope: &Rc<Scope>,
        place: ScriptLocation,
    ) -> Value {
        if is_static {
            return self.expression(value, scope);
        }
        function(Vec::new(), Body::Expression(Box::new(value.clone())), scope, place)
    }

    /// Makes an object of a class; `None` if the value is not a class.
    pub(super) fn construct(&mut self, class: &Value, arguments: Vec<Value>) -> Option<Value> {
        let Value::Object(methods) = class.get(PROTOTYPE) else { return None };
        let made = Value::object(methods.borrow().clone());
        for (key, field) in class.get(FIELDS).fields() {
            let Value::Function(value) = &field.value else { continue };
            let value = self.call_with(value, Vec::new(), Some(made.clone()));
            if let Value::Object(made) = &made {
                made.borrow_mut().insert(key, Field { value, place: field.place });
            }
        }
        if let Value::Function(constructor) = made.get("constructor") {
            self.call_with(&constructor, arguments, Some(made.clone()));
        }
        Some(made)
    }
}

/// Returns the key that a private name has here.
pub(super) fn private(name: &str) -> String {
    format!("#{name}")
}

fn constructor_of(constructor: &Constructor, scope: &Rc<Scope>, place: ScriptLocation) -> Value {
    let parameter = |parameter: &ParamOrTsParamProp| match parameter {
        ParamOrTsParamProp::Param(parameter) => Some(parameter.pat.clone()),
        ParamOrTsParamProp::TsParamProp(_) => None,
    };
    let parameters = constructor.params.iter().filter_map(parameter).collect();
    function(parameters, body(constructor.body.as_ref()), scope, place)
}

fn method_of(method: &Node, scope: &Rc<Scope>, place: ScriptLocation) -> Value {
    let Node { params, body: block, .. } = method;
    let parameters = params.iter().map(|parameter| parameter.pat.clone()).collect();
    function(parameters, body(block.as_ref()), scope, place)
}

fn body(block: Option<&FunctionBody>) -> Body {
    Body::Statements(block.map(|block| block.stmts.clone()).unwrap_or_default())
}

fn function(
    parameters: Vec<swc_ecma_ast::Pat>,
    body: Body,
    scope: &Rc<Scope>,
    place: ScriptLocation,
) -> Value {
    Value::Function(Rc::new(Function { parameters, body, scope: Rc::clone(scope), place }))
}
