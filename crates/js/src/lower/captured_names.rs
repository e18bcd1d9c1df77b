//! The names that functions and classes mention. They may be captured, that is, used after the
//! enclosing code has run.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{ArrowExpr, Class, Function, Id, Ident};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// Collects all names that functions mention.
#[derive(Default)]
pub(super) struct CapturedNames {
    is_inside: bool,
    /// The names found.
    pub names: FxHashSet<Id>,
}

impl CapturedNames {
    fn visit_inside(&mut self, node: &impl VisitWith<Self>) {
        let outer = std::mem::replace(&mut self.is_inside, true);
        node.visit_children_with(self);
        self.is_inside = outer;
    }
}

impl Visit for CapturedNames {
    noop_visit_type!();

    fn visit_function(&mut self, function: &Function) {
        self.visit_inside(function);
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.visit_inside(arrow);
    }

    fn visit_class(&mut self, class: &Class) {
        self.visit_inside(class);
    }

    fn visit_ident(&mut self, name: &Ident) {
        if self.is_inside {
            self.names.insert(name.to_id());
        }
    }
}
