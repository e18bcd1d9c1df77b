//! Assignments to names, properties and patterns.

use std::{cell::RefCell, rc::Rc};

use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, AssignTargetPat, Expr, MemberExpr, Pat, SimpleAssignTarget,
    UpdateExpr, UpdateOp,
};

use super::{
    operators::{on_known, text_of},
    script::Script,
    value::{Field, Object, Scope, Value},
};

impl Script<'_> {
    pub(super) fn assignment(&mut self, assignment: &AssignExpr, scope: &Rc<Scope>) -> Value {
        let mut value = self.expression(&assignment.right, scope);
        if let Some(op) = assignment.op.to_update() {
            let before = self.target_value(&assignment.left, scope);
            value = match assignment.op {
                AssignOp::AndAssign | AssignOp::OrAssign | AssignOp::NullishAssign => {
                    let keeps = match assignment.op {
                        AssignOp::OrAssign => before.is_true() == Some(true),
                        AssignOp::AndAssign => before.is_true() == Some(false),
                        _ => !before.is_missing(),
                    };
                    if keeps { before } else { value }
                }
                _ => on_known(op, &before, &value).unwrap_or_else(|| self.unknown(assignment)),
            };
        }
        match &assignment.left {
            AssignTarget::Simple(target) => self.assign(target, value.clone(), scope),
            AssignTarget::Pat(pattern) => {
                let pattern = match pattern.clone() {
                    AssignTargetPat::Array(array) => Pat::Array(array),
                    AssignTargetPat::Object(object) => Pat::Object(object),
                    AssignTargetPat::Invalid(invalid) => Pat::Invalid(invalid),
                };
                self.bind(&pattern, value.clone(), scope);
            }
        }
        value
    }

    fn target_value(&mut self, target: &AssignTarget, scope: &Rc<Scope>) -> Value {
        match target.as_simple() {
            Some(SimpleAssignTarget::Ident(name)) => scope.get(&name.sym).unwrap_or_default(),
            Some(SimpleAssignTarget::Member(member)) => {
                self.expression(&Expr::Member(member.clone()), scope)
            }
            _ => Value::Undefined,
        }
    }

    fn assign(&mut self, target: &SimpleAssignTarget, value: Value, scope: &Rc<Scope>) {
        match target {
            SimpleAssignTarget::Ident(name) => scope.assign(&name.sym, value),
            SimpleAssignTarget::Member(member) => self.assign_property(member, value, scope),
            _ => {}
        }
    }

    fn assign_property(&mut self, member: &MemberExpr, value: Value, scope: &Rc<Scope>) {
        let of = self.expression(&member.obj, scope);
        let Some(key) = self.key(&member.prop, scope) else { return };
        let place = self.place(member);
        match of {
            // The mode is production, whatever a script assigns.
            Value::Object(fields) if key == "NODE_ENV" && self.is_environment(&fields) => {}
            Value::Object(fields) => {
                fields.borrow_mut().insert(key, Field { value, place });
            }
            Value::List(values) => {
                if let Some(slot) = key
                    .parse::<usize>()
                    .ok()
                    .and_then(|at| values.borrow_mut().get_mut(at).map(std::mem::take).map(|_| at))
                {
                    values.borrow_mut()[slot] = value;
                }
            }
            Value::Symbol(symbol) => {
                symbol.assigned.borrow_mut().insert(key, Field { value, place });
            }
            _ => {}
        }
    }

    /// Removes a property, and returns `true`.
    pub(super) fn delete(&mut self, target: &Expr, scope: &Rc<Scope>) -> Value {
        let target = match target {
            Expr::OptChain(chain) => chain.base.as_member(),
            other => other.as_member(),
        };
        if let Some(member) = target {
            let of = self.expression(&member.obj, scope);
            let key = self.key(&member.prop, scope).unwrap_or_default();
            match of {
                Value::Object(fields) => fields.borrow_mut().shift_remove(&key),
                Value::Symbol(symbol) => symbol.assigned.borrow_mut().shift_remove(&key),
                _ => None,
            };
        }
        Value::Boolean(true)
    }

    /// Returns the variables of `process.env` that the script has assigned, as texts. A value that
    /// only running the script would give is a symbol.
    pub fn assigned_environment(&self) -> Object {
        let was_changed = |(name, field): &(String, Field)| {
            let text = text_of(&field.value);
            text.is_none() || text.as_ref() != self.host.environment.get(name)
        };
        let as_text = |(name, field): (String, Field)| {
            let value = text_of(&field.value).map_or(field.value, Value::Text);
            (name, Field { value, ..field })
        };
        self.environment.fields().into_iter().filter(was_changed).map(as_text).collect()
    }

    fn is_environment(&self, fields: &Rc<RefCell<Object>>) -> bool {
        matches!(&self.environment, Value::Object(own) if Rc::ptr_eq(own, fields))
    }

    pub(super) fn update(&mut self, update: &UpdateExpr, scope: &Rc<Scope>) -> Value {
        let before = self.expression(&update.arg, scope);
        let (Expr::Ident(name), Value::Number(number)) = (update.arg.as_ref(), &before) else {
            return self.unknown(update);
        };
        let step = if update.op == UpdateOp::PlusPlus { 1.0 } else { -1.0 };
        let after = Value::Number(number + step);
        scope.assign(&name.sym, after.clone());
        if update.prefix { after } else { before }
    }
}
