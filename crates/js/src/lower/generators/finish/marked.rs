//! The labels in the code of a state machine, until they are numbers.

use swc_ecma_ast::{
    BreakStmt, ContinueStmt, DoWhileStmt, Expr, ForInStmt, ForStmt, Function, Ident, ReturnStmt,
    Stmt, SwitchStmt, WhileStmt,
};
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, noop_visit_mut_type, noop_visit_type};

use super::super::{super::build, model::Label};

/// Returns the label that an identifier is.
fn label(name: &Ident, mark: &Ident) -> Option<Label> {
    let is_label = name.ctxt == mark.ctxt;
    is_label.then(|| Label(name.sym.parse().expect("the name of a label is its number")))
}

/// Returns the label that a jump goes to. 0 means the label that the variable of the machine holds.
pub fn label_of(jump: &BreakStmt, mark: &Ident) -> Option<Label> {
    label(jump.label.as_ref()?, mark)
}

/// Counts the uses of each label.
pub(super) struct Count {
    pub mark: Ident,
    pub uses: Vec<u32>,
}

impl Visit for Count {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        if let Some(label) = label(name, &self.mark) {
            self.uses[label.0 as usize] += 1;
        }
    }

    fn visit_function(&mut self, _: &Function) {}
}

/// Writes labels as numbers and jumps as statements.
pub(super) struct Resolve {
    pub mark: Ident,
    /// The number of each label.
    pub places: Vec<usize>,
    /// The number of a last block without statements.
    pub ends: Option<usize>,
    /// The variable of the machine.
    pub label: Ident,
    /// The label of the loop that encloses the `switch`.
    pub dispatch: Ident,
    /// How many loops and `switch` statements of the program enclose the current place.
    pub depth: u32,
    pub has_jumps: bool,
    /// Whether a jump has to name the loop.
    pub has_far_jumps: bool,
}

impl Resolve {
    fn jump(&mut self, label: Label) -> Stmt {
        let place = self.places[label.0 as usize];
        if label.0 > 0 && self.ends == Some(place) {
            return ReturnStmt::default().into();
        }
        self.has_jumps = true;
        let is_far = self.depth > 0;
        self.has_far_jumps |= is_far;
        let (span, name) = (build::NOWHERE, self.dispatch.clone());
        let jump: Stmt = if is_far {
            ContinueStmt { span, label: Some(name) }.into()
        } else {
            BreakStmt { span, label: None }.into()
        };
        if label.0 == 0 {
            return jump;
        }
        let set = build::assign(self.label.clone(), place.into());
        build::block(vec![build::statement(set), jump])
    }
}

macro_rules! nested {
    ($($visit:ident $node:ty),*) => {
        $(fn $visit(&mut self, node: &mut $node) {
            self.depth += 1;
            node.visit_mut_children_with(self);
            self.depth -= 1;
        })*
    };
}

impl VisitMut for Resolve {
    noop_visit_mut_type!();
    nested!(
        visit_mut_while_stmt WhileStmt,
        visit_mut_do_while_stmt DoWhileStmt,
        visit_mut_for_stmt ForStmt,
        visit_mut_for_in_stmt ForInStmt,
        visit_mut_switch_stmt SwitchStmt
    );

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        let jump = match statement {
            Stmt::Break(jump) => label_of(jump, &self.mark),
            _ => None,
        };
        match jump {
            Some(label) => *statement = self.jump(label),
            None => statement.visit_mut_children_with(self),
        }
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        let mut at = 0;
        while at < statements.len() {
            let is_jump = matches!(&statements[at], Stmt::Break(jump)
                if label_of(jump, &self.mark).is_some());
            statements[at].visit_mut_with(self);
            if is_jump && statements[at].is_block() {
                let Stmt::Block(jump) = statements.remove(at) else { return };
                statements.splice(at..at, jump.stmts);
                at += 1;
            }
            at += 1;
        }
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Ident(name) => {
                if let Some(label) = label(name, &self.mark) {
                    *expr = self.places[label.0 as usize].into();
                }
            }
            _ => expr.visit_mut_children_with(self),
        }
    }

    fn visit_mut_function(&mut self, _: &mut Function) {}
}
