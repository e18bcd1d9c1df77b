//! Calls of functions, and patterns that bind names to values.

use std::rc::Rc;

use swc_common::Spanned;
use swc_ecma_ast::{ObjectPatProp, Pat};

use super::{
    script::{MOST_DEPTH, Script},
    value::{Body, Function, Object, Origin, Scope, Symbol, Value},
};

impl Script<'_> {
    /// Calls a value: a function of the script is followed, and the call of a symbol is noted.
    pub(super) fn call_value(
        &mut self,
        callee: &Value,
        arguments: Vec<Value>,
        node: &impl Spanned,
    ) -> Value {
        match callee {
            Value::Function(function) => self.call_function(function, arguments),
            Value::Symbol(symbol) => {
                if let Some(value) = self.call_of_module(symbol, &arguments) {
                    return value;
                }
                let callbacks: Vec<Rc<Function>> = arguments.iter().flat_map(functions).collect();
                let origin = Origin::Call(Rc::clone(symbol), arguments);
                let call = Symbol::new(origin, self.place(node));
                self.calls.push(Rc::clone(&call));
                for callback in callbacks {
                    self.call_back(&callback);
                }
                Value::Symbol(call)
            }
            _ => self.unknown(node),
        }
    }

    /// Follows a function that is passed to a package: a task, or a function that changes an
    /// option. Its parameters are symbols with their own names.
    fn call_back(&mut self, function: &Rc<Function>) {
        let name = |parameter: &Pat| match parameter {
            Pat::Ident(name) => Value::symbol(Origin::Name(name.sym.to_string()), function.place),
            _ => Value::symbol(Origin::Unknown, function.place),
        };
        let arguments = function.parameters.iter().map(name).collect();
        self.call_function(function, arguments);
    }

    /// Calls a function of the script.
    pub(super) fn call_function(&mut self, function: &Rc<Function>, values: Vec<Value>) -> Value {
        self.call_with(function, values, None)
    }

    /// Calls a function of the script with a `this`.
    pub(super) fn call_with(
        &mut self,
        function: &Rc<Function>,
        values: Vec<Value>,
        this: Option<Value>,
    ) -> Value {
        if self.depth >= MOST_DEPTH {
            return Value::symbol(Origin::Unknown, function.place);
        }
        self.depth += 1;
        let before = std::mem::replace(&mut self.current, function.place.file);
        let scope = Scope::within(&function.scope);
        if let Some(this) = this {
            scope.declare("this", this);
        }
        scope.declare("arguments", Value::list(values.clone()));
        let mut values = values.into_iter();
        for parameter in &function.parameters {
            let value = match parameter {
                Pat::Rest(_) => Value::list(values.by_ref().collect()),
                _ => values.next().unwrap_or_default(),
            };
            self.bind(parameter, value, &scope);
        }
        let result = match &function.body {
            Body::Expression(expression) => self.expression(expression, &scope),
            Body::Statements(statements) => self.body(statements, &scope),
        };
        self.current = before;
        self.depth -= 1;
        result
    }

    /// Declares the names of a pattern with the parts of a value.
    pub(super) fn bind(&mut self, pattern: &Pat, value: Value, scope: &Rc<Scope>) {
        match pattern {
            Pat::Ident(name) => scope.declare(&name.sym, value),
            Pat::Array(array) => {
                let values = value.elements();
                for (at, element) in array.elems.iter().enumerate() {
                    let Some(element) = element else { continue };
                    let part = match element {
                        Pat::Rest(_) => Value::list(values.iter().skip(at).cloned().collect()),
                        _ => values.get(at).cloned().unwrap_or_default(),
                    };
                    self.bind(element, part, scope);
                }
            }
            Pat::Object(object) => {
                let mut rest = value.fields();
                for property in &object.props {
                    self.bind_property(property, &value, &mut rest, scope);
                }
            }
            Pat::Assign(assign) => {
                let value = if matches!(value, Value::Undefined) {
                    self.expression(&assign.right, scope)
                } else {
                    value
                };
                self.bind(&assign.left, value, scope);
            }
            Pat::Rest(rest) => self.bind(&rest.arg, value, scope),
            Pat::Invalid(_) | Pat::Expr(_) => {}
        }
    }

    fn bind_property(
        &mut self,
        property: &ObjectPatProp,
        value: &Value,
        rest: &mut Object,
        scope: &Rc<Scope>,
    ) {
        match property {
            ObjectPatProp::KeyValue(pair) => {
                let Some(key) = self.property_name(&pair.key, scope) else { return };
                rest.shift_remove(&key);
                let part = self.part(value, &key);
                self.bind(&pair.value, part, scope);
            }
            ObjectPatProp::Assign(assign) => {
                let key = assign.key.sym.to_string();
                rest.shift_remove(&key);
                let mut part = self.part(value, &key);
                if let (Value::Undefined, Some(default)) = (&part, &assign.value) {
                    part = self.expression(default, scope);
                }
                scope.declare(&key, part);
            }
            ObjectPatProp::Rest(pattern) => {
                self.bind(&pattern.arg, Value::object(std::mem::take(rest)), scope);
            }
        }
    }

    /// Returns a property for a pattern.
    fn part(&self, of: &Value, key: &str) -> Value {
        let Value::Symbol(symbol) = of else { return of.get(key) };
        self.property_of_module(symbol, key).unwrap_or_else(|| {
            Value::symbol(Origin::Member(Rc::clone(symbol), key.to_owned()), symbol.place)
        })
    }
}

/// Returns a function, or the functions of a list: `gulp.series([clean, styles])`.
fn functions(value: &Value) -> Vec<Rc<Function>> {
    match value {
        Value::Function(function) => vec![Rc::clone(function)],
        Value::List(_) => value.elements().iter().flat_map(functions).collect(),
        _ => Vec::new(),
    }
}
