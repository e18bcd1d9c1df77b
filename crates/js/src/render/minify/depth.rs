//! swc's compressor walks the contents of a node again for each node around it: a chain of ten
//! thousand `else if` takes it minutes. Only generated code is like that, so it is not compressed;
//! its names are still shortened.

use swc_ecma_ast::{Expr, Program, Stmt};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// The deepest nesting of statements and expressions that is compressed.
const LIMIT: u32 = 600;

/// Whether a program nests too deeply for the compressor.
pub(super) fn is_great(program: &Program) -> bool {
    let mut walk = Depth { now: 0, most: 0 };
    program.visit_with(&mut walk);
    walk.most > LIMIT
}

struct Depth {
    now: u32,
    most: u32,
}

impl Depth {
    fn within(&mut self, visit: impl FnOnce(&mut Self)) {
        self.now += 1;
        self.most = self.most.max(self.now);
        visit(self);
        self.now -= 1;
    }
}

impl Visit for Depth {
    noop_visit_type!();

    fn visit_stmt(&mut self, statement: &Stmt) {
        self.within(|walk| statement.visit_children_with(walk));
    }

    fn visit_expr(&mut self, expression: &Expr) {
        self.within(|walk| expression.visit_children_with(walk));
    }
}
