//! The names that functions mention, which they capture beyond the run of the code around them.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{Id, Ident};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// Collects all names that functions mention.
#[derive(Default)]
pub(super) struct Kept {
    is_inside: bool,
    /// The names found.
    pub names: FxHashSet<Id>,
}

/// The visitor methods that set `self.is_inside` in functions.
macro_rules! marks_functions {
    () => {
        fn visit_function(&mut self, function: &swc_ecma_ast::Function) {
            let outer = std::mem::replace(&mut self.is_inside, true);
            function.visit_children_with(self);
            self.is_inside = outer;
        }

        fn visit_arrow_expr(&mut self, arrow: &swc_ecma_ast::ArrowExpr) {
            let outer = std::mem::replace(&mut self.is_inside, true);
            arrow.visit_children_with(self);
            self.is_inside = outer;
        }

        fn visit_class(&mut self, class: &swc_ecma_ast::Class) {
            let outer = std::mem::replace(&mut self.is_inside, true);
            class.visit_children_with(self);
            self.is_inside = outer;
        }
    };
}
pub(super) use marks_functions;

impl Visit for Kept {
    noop_visit_type!();
    marks_functions!();

    fn visit_ident(&mut self, name: &Ident) {
        if self.is_inside {
            self.names.insert(name.to_id());
        }
    }
}
