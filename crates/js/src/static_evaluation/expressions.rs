//! Expressions to values.

use std::{cell::RefCell, rc::Rc};

use swc_ecma_ast::{
    ArrayLit, ArrowFunctionBody, CallExpr, Callee, Expr, ExprOrSpread, MemberExpr, MemberProp,
    NewExpr, ObjectLit, OptCall, OptChainBase, Prop, PropName, PropOrSpread, Tpl,
};

use super::{
    builtins::has_own,
    classes::private,
    literals::{literal, number},
    operators::{key_of, text_of},
    script::{MOST_STEPS, Script},
    value::{Body, Field, Function, Object, Origin, Scope, Symbol, Value},
};

/// How often the getters of an object are called at most: they may read each other.
const MOST_ROUNDS: usize = 4;

impl Script<'_> {
    /// Evaluates an expression.
    pub(super) fn expression(&mut self, expression: &Expr, scope: &Rc<Scope>) -> Value {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return Value::Undefined;
        }
        match expression {
            Expr::Lit(_) => literal(expression),
            Expr::Ident(name) => self.name(&name.sym, name, scope),
            Expr::This(_) => scope.get("this").unwrap_or_default(),
            Expr::Tpl(template) => self.template(template, scope),
            Expr::Array(array) => self.array(array, scope),
            Expr::Object(object) => self.object(object, scope),
            Expr::Member(member) => self.member(member, scope),
            Expr::Call(call) => self.call_expression(call, scope),
            Expr::New(new) => self.new_expression(new, scope),
            Expr::OptChain(chain) => match chain.base.as_ref() {
                OptChainBase::Member(member) => self.member(member, scope),
                OptChainBase::Call(call) => self.optional_call(call, scope),
            },
            Expr::Arrow(_) | Expr::Fn(_) => self.function(expression, scope),
            Expr::Class(class) => self.class(&class.class, scope),
            Expr::Cond(choice) => {
                let test = self.expression(&choice.test, scope);
                // An undecided condition counts as true: conditions usually test for production.
                let taken = if test.is_true() == Some(false) { &choice.alt } else { &choice.cons };
                self.expression(taken, scope)
            }
            Expr::Bin(binary) => self.binary(binary, scope),
            Expr::Unary(unary) => self.unary(unary, scope),
            Expr::Assign(assignment) => self.assignment(assignment, scope),
            Expr::Update(update) => self.update(update, scope),
            Expr::Seq(parts) => {
                let values = parts.exprs.iter().map(|part| self.expression(part, scope));
                values.last().unwrap_or_default()
            }
            Expr::Paren(inner) => self.expression(&inner.expr, scope),
            Expr::MetaProp(_) => {
                let path = self.files[self.current].path.clone();
                let folder = path.parent().map(ToString::to_string).unwrap_or_default();
                let url = Value::Text(format!("file://{path}"));
                let fields = [("url", url), ("dirname", Value::Text(folder))];
                let field = |(key, value): (&str, Value)| {
                    (key.to_owned(), Field { value, ..Field::default() })
                };
                Value::object(fields.into_iter().map(field).collect())
            }
            Expr::Await(inner) => self.expression(&inner.arg, scope),
            Expr::TsAs(inner) => self.expression(&inner.expr, scope),
            Expr::TsNonNull(inner) => self.expression(&inner.expr, scope),
            Expr::TsSatisfies(inner) => self.expression(&inner.expr, scope),
            Expr::TsTypeAssertion(inner) => self.expression(&inner.expr, scope),
            Expr::TsConstAssertion(inner) => self.expression(&inner.expr, scope),
            other => self.unknown(other),
        }
    }

    fn name(&self, name: &str, node: &swc_ecma_ast::Ident, scope: &Rc<Scope>) -> Value {
        let known = scope.get(name).or_else(|| self.global(name));
        known.unwrap_or_else(|| Value::symbol(Origin::Name(name.to_owned()), self.place(node)))
    }

    fn template(&mut self, template: &Tpl, scope: &Rc<Scope>) -> Value {
        let mut text = String::new();
        for (at, quasi) in template.quasis.iter().enumerate() {
            let cooked = quasi.cooked.as_ref().map(|text| text.to_string_lossy().into_owned());
            text.push_str(&cooked.unwrap_or_default());
            let Some(expression) = template.exprs.get(at) else { continue };
            let value = self.expression(expression, scope);
            let Some(part) = text_of(&value) else { return self.unknown(template) };
            text.push_str(&part);
        }
        Value::Text(text)
    }

    fn array(&mut self, array: &ArrayLit, scope: &Rc<Scope>) -> Value {
        let mut values = Vec::new();
        for element in &array.elems {
            let Some(ExprOrSpread { spread, expr }) = element else {
                values.push(Value::Undefined);
                continue;
            };
            let value = self.expression(expr, scope);
            // What a package's function returns stands for its elements.
            let is_unknown = value.as_symbol().is_some_and(|symbol| symbol.is_made_by_package());
            if spread.is_some() && !is_unknown {
                values.extend(value.elements());
            } else {
                values.push(value);
            }
        }
        Value::list(values)
    }

    fn object(&mut self, object: &ObjectLit, scope: &Rc<Scope>) -> Value {
        let mut fields = Object::new();
        let mut getters = Vec::new();
        for property in &object.props {
            match property {
                PropOrSpread::Prop(property) if property.is_getter() => {
                    let place = self.place(property);
                    let Some((key, getter)) = self.getter(property, scope) else { continue };
                    fields.insert(key.clone(), Field { value: Value::Undefined, place });
                    getters.push((key, getter));
                }
                PropOrSpread::Spread(spread) => {
                    fields.extend(self.expression(&spread.expr, scope).fields());
                }
                PropOrSpread::Prop(property) => {
                    let place = self.place(property);
                    let Some((key, value)) = self.property(property, scope) else { continue };
                    getters.retain(|(getter, _)| *getter != key);
                    fields.insert(key, Field { value, place });
                }
            }
        }
        let object = Rc::new(RefCell::new(fields));
        // Called when all other properties have their values, and again for the values of others.
        for _ in 0..getters.len().min(MOST_ROUNDS) {
            for (key, getter) in &getters {
                let this = Value::Object(Rc::clone(&object));
                let value = self.call_with(getter, Vec::new(), Some(this));
                if matches!(&value, Value::Object(value) if Rc::ptr_eq(value, &object)) {
                    continue;
                }
                if let Some(field) = object.borrow_mut().get_mut(key) {
                    field.value = value;
                }
            }
        }
        Value::Object(object)
    }

    fn getter(&mut self, property: &Prop, scope: &Rc<Scope>) -> Option<(String, Rc<Function>)> {
        let getter = property.as_getter()?;
        let key = self.property_name(&getter.key, scope)?;
        let body = Body::Statements(getter.function.body.as_ref()?.stmts.clone());
        let (place, scope) = (self.place(getter), Rc::clone(scope));
        Some((key, Rc::new(Function { parameters: Vec::new(), body, scope, place })))
    }

    fn property(&mut self, property: &Prop, scope: &Rc<Scope>) -> Option<(String, Value)> {
        match property {
            Prop::Shorthand(name) => {
                Some((name.sym.to_string(), self.name(&name.sym, name, scope)))
            }
            Prop::KeyValue(pair) => {
                let key = self.property_name(&pair.key, scope)?;
                Some((key, self.expression(&pair.value, scope)))
            }
            Prop::Method(method) => {
                let key = self.property_name(&method.key, scope)?;
                let body = method.function.body.as_ref()?.stmts.clone();
                let parameters = method.function.params.iter().map(|p| p.pat.clone()).collect();
                let place = self.place(method);
                let (body, scope) = (Body::Statements(body), Rc::clone(scope));
                let function = Function { parameters, body, scope, place };
                Some((key, Value::Function(Rc::new(function))))
            }
            Prop::Assign(_) | Prop::Getter(_) | Prop::Setter(_) => None,
        }
    }

    /// Returns the key that a property name gives; `None` if it is not known.
    pub(super) fn property_name(&mut self, name: &PropName, scope: &Rc<Scope>) -> Option<String> {
        match name {
            PropName::Ident(name) => Some(name.sym.to_string()),
            PropName::Str(text) => Some(text.value.to_string_lossy().into_owned()),
            PropName::Num(number) => text_of(&Value::Number(number.value)),
            PropName::Computed(computed) => text_of(&self.expression(&computed.expr, scope)),
            PropName::BigInt(_) => None,
        }
    }

    /// Returns the function that an arrow or a function expression makes.
    fn function(&mut self, expression: &Expr, scope: &Rc<Scope>) -> Value {
        let place = self.place(expression);
        let (parameters, body) = match expression {
            Expr::Arrow(arrow) => {
                let body = match arrow.body.as_ref() {
                    ArrowFunctionBody::FunctionBody(block) => Body::Statements(block.stmts.clone()),
                    ArrowFunctionBody::Expr(value) => Body::Expression(value.clone()),
                };
                (arrow.params.clone(), body)
            }
            Expr::Fn(function) => {
                let function = &function.function;
                let statements = function.body.as_ref().map(|body| body.stmts.clone());
                let parameters = function.params.iter().map(|p| p.pat.clone()).collect();
                (parameters, Body::Statements(statements.unwrap_or_default()))
            }
            other => return self.unknown(other),
        };
        let scope = Rc::clone(scope);
        Value::Function(Rc::new(Function { parameters, body, scope, place }))
    }

    fn member(&mut self, member: &MemberExpr, scope: &Rc<Scope>) -> Value {
        let of = self.expression(&member.obj, scope);
        let Some(key) = self.key(&member.prop, scope) else { return self.unknown(member) };
        // Plugins keep the argument of their constructor: `plugin.options.filename = "…"`.
        if key == "options"
            && of.get("options").is_missing()
            && let Some((_, [options @ Value::Object(_), ..])) =
                of.as_symbol().and_then(|symbol| symbol.call())
        {
            return options.clone();
        }
        self.read_property(&of, &key, member)
    }

    /// Returns the key of a property that is read or written; `None` if it is not known.
    pub(super) fn key(&mut self, property: &MemberProp, scope: &Rc<Scope>) -> Option<String> {
        match property {
            MemberProp::Ident(name) => Some(name.sym.to_string()),
            MemberProp::Computed(computed) => key_of(&self.expression(&computed.expr, scope)),
            MemberProp::PrivateName(name) => Some(private(&name.name)),
        }
    }

    fn read_property(&self, of: &Value, key: &str, node: &MemberExpr) -> Value {
        match of {
            Value::Object(_) => of.get(key),
            Value::List(values) => match key.parse::<usize>() {
                Ok(at) => values.borrow().get(at).cloned().unwrap_or_default(),
                Err(_) if key == "length" => Value::Number(number(values.borrow().len())),
                Err(_) => Value::Undefined,
            },
            Value::Pattern(source, _) if key == "source" => Value::text(source),
            Value::Pattern(_, flags) if key == "flags" => Value::text(flags),
            Value::Text(text) if key == "length" => Value::Number(number(text.chars().count())),
            Value::Text(text) => {
                let char = key.parse::<usize>().ok().and_then(|at| text.chars().nth(at));
                char.map_or(Value::Undefined, |char| Value::Text(char.to_string()))
            }
            Value::Symbol(symbol) => {
                if let Some(field) = symbol.assigned.borrow().get(key) {
                    return field.value.clone();
                }
                if let Some(value) = self.property_of_module(symbol, key) {
                    return value;
                }
                Value::Symbol(symbol.member(key, self.place(&node.prop)))
            }
            _ => Value::Undefined,
        }
    }

    fn call_expression(&mut self, call: &CallExpr, scope: &Rc<Scope>) -> Value {
        let callee = match &call.callee {
            Callee::Expr(callee) => callee,
            Callee::Super(_) => {
                let arguments = self.arguments(&call.args, scope);
                return match scope.get("super") {
                    Some(Value::Function(base)) => {
                        self.call_with(&base, arguments, scope.get("this"))
                    }
                    _ => self.unknown(call),
                };
            }
            Callee::Import(_) => {
                let Some(from) = call.args.first() else { return self.unknown(call) };
                let specifier = self.expression(&from.expr, scope);
                return self.require(&specifier, call);
            }
        };
        if let Expr::Member(member) = callee.as_ref() {
            let receiver = self.expression(&member.obj, scope);
            let key = self.key(&member.prop, scope);
            let arguments = self.arguments(&call.args, scope);
            let Some(key) = key else { return self.unknown(call) };
            return self.call_method(&receiver, member, &key, arguments);
        }
        if let Expr::Ident(name) = callee.as_ref()
            && name.sym == *"require"
            && let Some(from) = call.args.first()
            && scope.get("require").is_none()
        {
            let specifier = self.expression(&from.expr, scope);
            return self.require(&specifier, call);
        }
        let callee = self.expression(callee, scope);
        let arguments = self.arguments(&call.args, scope);
        self.call_value(&callee, arguments, call)
    }

    /// Calls what may be missing: `use?.loader?.includes("babel")`.
    fn optional_call(&mut self, call: &OptCall, scope: &Rc<Scope>) -> Value {
        let callee = call.callee.as_ref();
        let member = callee.as_member().or_else(|| callee.as_opt_chain()?.base.as_member());
        let Some(member) = member else {
            let callee = self.expression(callee, scope);
            let arguments = self.arguments(&call.args, scope);
            return self.call_value(&callee, arguments, call);
        };
        let receiver = self.expression(&member.obj, scope);
        if receiver.is_missing() {
            return Value::Undefined;
        }
        let key = self.key(&member.prop, scope);
        let arguments = self.arguments(&call.args, scope);
        let Some(key) = key else { return self.unknown(call) };
        self.call_method(&receiver, member, &key, arguments)
    }

    fn call_method(
        &mut self,
        receiver: &Value,
        member: &MemberExpr,
        key: &str,
        arguments: Vec<Value>,
    ) -> Value {
        let known = match receiver {
            Value::List(list) => self.list_method(list, key, &arguments),
            Value::Text(text) => self.text_method(text, key, &arguments),
            Value::Pattern(source, flags) if key == "test" => {
                tested(source, flags, arguments.first())
            }
            // `/^flarum\/(.+)$/.exec(request)`
            Value::Pattern(..) if key == "exec" => arguments
                .first()
                .and_then(text_of)
                .and_then(|text| self.text_method(&text, "match", std::slice::from_ref(receiver))),
            Value::Pattern(..) if key == "toString" => text_of(receiver).map(Value::Text),
            // `Object.prototype.hasOwnProperty.call(object, name)`
            Value::Symbol(symbol)
                if key == "call"
                    && symbol.root() == "Object"
                    && symbol.path() == ["prototype", "hasOwnProperty"] =>
            {
                arguments.first().map(|of| has_own(of, arguments.get(1)))
            }
            Value::Function(function) => match key {
                "call" => {
                    Some(self.call_function(function, arguments.iter().skip(1).cloned().collect()))
                }
                "bind" => Some(receiver.clone()),
                "apply" => {
                    let arguments = arguments.get(1).map(Value::elements).unwrap_or_default();
                    Some(self.call_function(function, arguments))
                }
                _ => None,
            },
            _ => None,
        };
        if let Some(value) = known {
            return value;
        }
        match self.read_property(receiver, key, member) {
            Value::Function(function) => {
                self.call_with(&function, arguments, Some(receiver.clone()))
            }
            // A promise is what it resolves to.
            Value::Undefined if key == "then" => {
                let next = arguments.into_iter().next().unwrap_or_default();
                self.call(&next, vec![receiver.clone()])
            }
            Value::Undefined if ["catch", "finally"].contains(&key) => receiver.clone(),
            Value::Undefined if !matches!(receiver, Value::Undefined) => {
                if key == "hasOwnProperty" {
                    return has_own(receiver, arguments.first());
                }
                self.unknown(member)
            }
            callee => self.call_value(&callee, arguments, &member.prop),
        }
    }

    /// Evaluates arguments, including spread ones.
    pub(super) fn arguments(
        &mut self,
        arguments: &[ExprOrSpread],
        scope: &Rc<Scope>,
    ) -> Vec<Value> {
        let mut values = Vec::new();
        for ExprOrSpread { spread, expr } in arguments {
            let value = self.expression(expr, scope);
            if spread.is_some() {
                values.extend(value.elements());
            } else {
                values.push(value);
            }
        }
        values
    }

    fn new_expression(&mut self, new: &NewExpr, scope: &Rc<Scope>) -> Value {
        let callee = self.expression(&new.callee, scope);
        let arguments = self.arguments(new.args.as_deref().unwrap_or_default(), scope);
        if let Some(symbol) = callee.as_symbol() {
            if symbol.root() == "RegExp"
                && let Some(source) = arguments.first().and_then(Value::as_text)
            {
                let flags = arguments.get(1).and_then(Value::as_text).unwrap_or_default();
                return Value::Pattern(source, flags);
            }
            if symbol.root() == "Promise"
                && let Some(Value::Function(executor)) = arguments.first()
            {
                return self.resolved(executor, new);
            }
            // The global, or an import of it.
            let is_url = symbol.root() == "URL" || symbol.path() == ["URL"];
            if is_url && arguments.len() == 2 {
                let base = arguments[1].as_text().unwrap_or_default();
                let path = arguments[0].as_text().unwrap_or_default();
                return self.path_from(&base, &path);
            }
        }
        match callee {
            Value::Symbol(callee) => {
                Value::Symbol(Symbol::new(Origin::Call(callee, arguments), self.place(new)))
            }
            callee => self.construct(&callee, arguments).unwrap_or_else(|| self.unknown(new)),
        }
    }

    /// Returns what a promise resolves to: the argument of the call of `resolve`.
    fn resolved(&mut self, executor: &Rc<Function>, new: &NewExpr) -> Value {
        const RESOLVE: &str = "Promise.resolve";
        let before = self.calls.len();
        let resolve = Value::symbol(Origin::Name(RESOLVE.to_owned()), self.place(new));
        self.call_function(executor, vec![resolve]);
        let call = self.calls[before..].iter().rev().find(|call| call.root() == RESOLVE);
        let value = call.and_then(|call| call.call()?.1.first().cloned());
        value.unwrap_or_else(|| self.unknown(new))
    }
}

/// Tests whether a pattern fits a text; `None` if one of them is not known.
fn tested(source: &str, flags: &str, text: Option<&Value>) -> Option<Value> {
    let text = text.and_then(text_of)?;
    let pattern = regress::Regex::with_flags(source, flags).ok()?;
    Some(Value::Boolean(pattern.find(&text).is_some()))
}
