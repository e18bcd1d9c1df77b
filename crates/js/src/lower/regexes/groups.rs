//! The named groups of an expression, as what the run-time helpers take.

use swc_atoms::Atom;
use swc_ecma_ast::{ArrayLit, Expr, KeyValueProp, ObjectLit, Prop, PropName, PropOrSpread};
use swc_ecma_utils::ExprFactory;

use crate::lower::build;

/// Makes `{ year: 1, month: [2, 4] }`.
pub(super) fn names(names: &[(Atom, Vec<usize>)]) -> Expr {
    let number = |number: &usize| Expr::from(*number);
    let properties = names.iter().map(|(name, numbers)| {
        let value = match numbers.as_slice() {
            [only] => number(only),
            many => {
                let elems = many.iter().map(|it| Some(number(it).as_arg())).collect();
                ArrayLit { span: build::NOWHERE, elems }.into()
            }
        };
        let key = PropName::Str(name.clone().into());
        PropOrSpread::Prop(Box::new(Prop::KeyValue(KeyValueProp { key, value: Box::new(value) })))
    });
    ObjectLit { span: build::NOWHERE, props: properties.collect() }.into()
}
