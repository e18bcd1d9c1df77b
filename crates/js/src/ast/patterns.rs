//! The names that patterns bind.

use swc_ecma_ast::{Ident, ObjectPatProp, Pat};

/// Calls `each` for the names that a pattern binds, in order.
pub(crate) fn bound_names<'p>(pattern: &'p Pat, each: &mut impl FnMut(&'p Ident)) {
    match pattern {
        Pat::Ident(name) => each(&name.id),
        Pat::Array(array) => {
            array.elems.iter().flatten().for_each(|element| bound_names(element, each));
        }
        Pat::Rest(rest) => bound_names(&rest.arg, each),
        Pat::Assign(assign) => bound_names(&assign.left, each),
        Pat::Object(object) => {
            for property in &object.props {
                match property {
                    ObjectPatProp::KeyValue(pair) => bound_names(&pair.value, each),
                    ObjectPatProp::Assign(short) => each(&short.key.id),
                    ObjectPatProp::Rest(rest) => bound_names(&rest.arg, each),
                }
            }
        }
        Pat::Invalid(_) | Pat::Expr(_) => {}
    }
}
