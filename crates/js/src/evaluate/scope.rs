//! Variables by name, function by function.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use super::value::Value;

/// The variables of a function or of a file. Blocks share those of their function.
#[derive(Default)]
pub struct Scope {
    names: RefCell<HashMap<String, Value>>,
    outer: Option<Rc<Scope>>,
}

impl Scope {
    /// Makes a scope within another one.
    pub fn within(outer: &Rc<Scope>) -> Rc<Self> {
        Rc::new(Self { names: RefCell::default(), outer: Some(Rc::clone(outer)) })
    }

    /// Returns the value of a name; `None` if it is not declared.
    pub fn get(&self, name: &str) -> Option<Value> {
        let own = self.names.borrow().get(name).cloned();
        own.or_else(|| self.outer.as_ref()?.get(name))
    }

    /// Declares a name here.
    pub fn declare(&self, name: &str, value: Value) {
        self.names.borrow_mut().insert(name.to_owned(), value);
    }

    /// Assigns to a name where it is declared, or here.
    pub fn assign(&self, name: &str, value: Value) {
        if self.names.borrow().contains_key(name) || self.get(name).is_none() {
            self.declare(name, value);
        } else if let Some(outer) = &self.outer {
            outer.assign(name, value);
        }
    }
}
