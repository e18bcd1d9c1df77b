//! The compressor turns methods into `key: () => …`, but `__proto__: …` sets the prototype and does
//! not define a property. So a method of this name gets a computed key.

use swc_common::Spanned;
use swc_ecma_ast::{ComputedPropName, Expr, Lit, MethodProp, Program, PropName};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Makes the keys of methods called `__proto__` computed.
pub(super) fn compute(program: &mut Program) {
    program.visit_mut_with(&mut Compute);
}

struct Compute;

impl VisitMut for Compute {
    noop_visit_mut_type!();

    fn visit_mut_method_prop(&mut self, method: &mut MethodProp) {
        method.visit_mut_children_with(self);
        let is_prototype = match &method.key {
            PropName::Ident(name) => name.sym == "__proto__",
            PropName::Str(name) => name.value.as_str() == Some("__proto__"),
            _ => false,
        };
        if is_prototype {
            let name = Expr::Lit(Lit::Str("__proto__".into()));
            method.key = PropName::Computed(ComputedPropName {
                span: method.key.span(),
                expr: Box::new(name),
            });
        }
    }
}
