//! `object?.#name`: swc lowers private names before `?.`, and then looks the name up in the wrong
//! object. If a program has such a chain, `?.` is lowered first.

use swc_ecma_ast::{OptChainExpr, PrivateName, Program};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// Whether a private name is in an optional chain.
pub(super) fn has(program: &Program) -> bool {
    let mut found = Chains { is_inside: false, found: false };
    program.visit_with(&mut found);
    found.found
}

struct Chains {
    is_inside: bool,
    found: bool,
}

impl Visit for Chains {
    noop_visit_type!();

    fn visit_opt_chain_expr(&mut self, chain: &OptChainExpr) {
        let outer = std::mem::replace(&mut self.is_inside, true);
        chain.visit_children_with(self);
        self.is_inside = outer;
    }

    fn visit_private_name(&mut self, _: &PrivateName) {
        self.found |= self.is_inside;
    }
}
