//! Lowers BigInts. A literal becomes the call `BigInt("1")` in the same place, so code that never
//! runs it works in an engine without BigInts. As a property key it becomes a string.

use bundle_base::search;
use swc_common::SyntaxContext;
use swc_ecma_ast::{BigInt, Expr, Ident, Lit, Program, PropName};
use swc_ecma_utils::ExprFactory;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Writes out every BigInt literal. `unresolved`: the syntax context of free names.
pub(super) fn lower(program: &mut Program, unresolved: SyntaxContext) {
    program.visit_mut_with(&mut Literals { unresolved });
}

/// Whether the values of a program may be BigInts: its text mentions them. Values of a module that
/// does not are taken for numbers.
pub(super) fn are_mentioned(text: &str, has_literals: bool) -> bool {
    has_literals || search::contains(text, "BigInt") || search::contains(text, "bigint")
}

struct Literals {
    unresolved: SyntaxContext,
}

/// Returns a notation that the function `BigInt` takes: hexadecimal or decimal.
fn notation(number: &BigInt) -> String {
    let is_hex = number.raw.as_ref().is_some_and(|raw| raw.starts_with("0x"));
    if is_hex { format!("0x{}", number.value.to_str_radix(16)) } else { number.value.to_string() }
}

impl VisitMut for Literals {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        if let Expr::Lit(Lit::BigInt(number)) = expr {
            let callee = Ident::new("BigInt".into(), number.span, self.unresolved);
            let text = Expr::Lit(Lit::Str(notation(number).into()));
            *expr = callee.as_call(number.span, vec![text.as_arg()]);
        }
    }

    fn visit_mut_prop_name(&mut self, key: &mut PropName) {
        key.visit_mut_children_with(self);
        if let PropName::BigInt(number) = key {
            let text = number.value.to_string();
            *key = PropName::Str(swc_ecma_ast::Str { span: number.span, ..text.into() });
        }
    }
}
