//! Methods of arrays.

use std::{cell::RefCell, rc::Rc};

use super::{
    literals::number,
    operators::{index, text_of},
    script::Script,
    value::Value,
};

type List = Rc<RefCell<Vec<Value>>>;

impl Script<'_> {
    /// Calls a method of an array; `None` if it is not known.
    pub(super) fn list_method(
        &mut self,
        list: &List,
        name: &str,
        arguments: &[Value],
    ) -> Option<Value> {
        let values = list.borrow().clone();
        let first = arguments.first().cloned().unwrap_or_default();
        Some(match name {
            "push" | "unshift" => {
                let at = if name == "push" { values.len() } else { 0 };
                list.borrow_mut().splice(at..at, arguments.iter().cloned());
                Value::Number(number(values.len() + arguments.len()))
            }
            "pop" => list.borrow_mut().pop().unwrap_or_default(),
            "shift" if !values.is_empty() => list.borrow_mut().remove(0),
            "splice" => {
                let start = index(arguments.first(), values.len(), 0);
                let count = index(arguments.get(1), values.len() - start, values.len() - start);
                let added = arguments.iter().skip(2).cloned();
                let end = (start + count).min(values.len());
                Value::list(list.borrow_mut().splice(start..end, added).collect())
            }
            "concat" => {
                let mut all = values;
                for argument in arguments {
                    match argument {
                        Value::List(more) => all.extend(more.borrow().iter().cloned()),
                        Value::Undefined => {}
                        other => all.push(other.clone()),
                    }
                }
                Value::list(all)
            }
            "join" => {
                let separator = first.as_text().unwrap_or_else(|| ",".to_owned());
                let texts: Option<Vec<String>> = values.iter().map(text_of).collect();
                Value::Text(texts?.join(&separator))
            }
            "slice" => {
                let start = index(arguments.first(), values.len(), 0);
                let end = index(arguments.get(1), values.len(), values.len());
                Value::list(values.get(start..end).unwrap_or_default().to_vec())
            }
            "reverse" => {
                list.borrow_mut().reverse();
                Value::List(Rc::clone(list))
            }
            "flat" => Value::list(values.iter().flat_map(flattened).collect()),
            "includes" => {
                let wanted = text_of(&first)?;
                Value::Boolean(values.iter().any(|value| text_of(value).as_ref() == Some(&wanted)))
            }
            "indexOf" => {
                let wanted = text_of(&first)?;
                let at = values.iter().position(|value| text_of(value).as_ref() == Some(&wanted));
                Value::Number(at.map_or(-1.0, number))
            }
            "keys" => Value::list((0..values.len()).map(|at| Value::Number(number(at))).collect()),
            "sort" => Value::List(Rc::clone(list)),
            _ => return self.list_walk(&values, name, arguments),
        })
    }

    /// Calls a method that calls a function for each element.
    fn list_walk(&mut self, values: &[Value], name: &str, arguments: &[Value]) -> Option<Value> {
        let function = arguments.first()?.clone();
        if let Value::Symbol(_) = function {
            return (name == "filter").then(|| Value::list(values.to_vec()));
        }
        if name == "reduce" {
            let mut values = values.iter().cloned().enumerate();
            let mut sum = match arguments.get(1) {
                Some(start) => start.clone(),
                None => values.next()?.1,
            };
            for (at, value) in values {
                sum = self.call(&function, vec![sum, value, Value::Number(number(at))]);
            }
            return Some(sum);
        }
        if !["map", "forEach", "filter", "find", "findIndex", "some", "every", "flatMap"]
            .contains(&name)
        {
            return None;
        }
        let mut results = Vec::new();
        for (at, value) in values.iter().enumerate() {
            results.push(self.call(&function, vec![value.clone(), Value::Number(number(at))]));
        }
        let holds = |result: &Value| result.is_true() != Some(false);
        let found = results.iter().position(holds);
        Some(match name {
            "map" => Value::list(results),
            "flatMap" => Value::list(results.iter().flat_map(flattened).collect()),
            "filter" => {
                let kept = values.iter().zip(&results).filter(|(_, result)| holds(result));
                Value::list(kept.map(|(value, _)| value.clone()).collect())
            }
            "find" => found.map(|at| values[at].clone()).unwrap_or_default(),
            "findIndex" => Value::Number(found.map_or(-1.0, number)),
            "some" => Value::Boolean(found.is_some()),
            "every" => Value::Boolean(results.iter().all(holds)),
            _ => Value::Undefined,
        })
    }
}

fn flattened(value: &Value) -> Vec<Value> {
    if let Value::List(values) = value { values.borrow().clone() } else { vec![value.clone()] }
}
