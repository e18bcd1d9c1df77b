//! Keeps the targets of `break` and `continue` when lowering puts a loop around them, and rewrites
//! labelled blocks in loops.
//!
//! swc moves the body of a loop into a function if a function in it captures a variable. It then
//! treats every `break` that is not in an inner loop as one that leaves the function, even if its
//! label is inside. So a labelled block in a loop becomes a loop that runs once.

use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{
    ArrowExpr, BreakStmt, Class, ContinueStmt, DoWhileStmt, ForInStmt, ForOfStmt, ForStmt,
    Function, Ident, LabeledStmt, Program, Stmt, SwitchStmt, WhileStmt,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Rewrites labelled blocks in loops. For targets without `let`.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut Blocks::default());
}

/// Puts labels on a statement, the last one outermost.
pub(super) fn labelled(statement: Stmt, labels: Vec<Ident>) -> Stmt {
    labels.into_iter().fold(statement, |body, label| {
        LabeledStmt { span: DUMMY_SP, label, body: Box::new(body) }.into()
    })
}

/// Gives a label to the jumps without one that would leave a statement.
#[derive(Default)]
pub(super) struct Jumps<'a> {
    /// The label for `break`.
    pub break_to: Option<&'a Ident>,
    /// The label for `continue` with one of `continues_of`.
    pub continue_to: Option<&'a Ident>,
    pub continues_of: &'a [Ident],
    /// The label for `continue` without a label.
    pub plain_continue_to: Option<&'a Ident>,
    /// Whether there was a `break` for it.
    pub found_break: bool,
    /// Whether there was a `continue` for it, with a label or without.
    pub found_continue: bool,
    pub inside: Inside,
}

/// The innermost target of jumps inside the statement.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Inside {
    #[default]
    Neither,
    /// A `switch`: `break` without a label refers to it.
    Switch,
    /// A loop: `continue` without a label refers to it too.
    Loop,
}

impl Jumps<'_> {
    fn within(&mut self, inside: Inside, visit: impl FnOnce(&mut Self)) {
        let outer = self.inside;
        self.inside = outer.max(inside);
        visit(self);
        self.inside = outer;
    }
}

macro_rules! inside_loops {
    ($($visit:ident $node:ty),*) => {
        $(fn $visit(&mut self, node: &mut $node) {
            self.within(Inside::Loop, |walk| node.visit_mut_children_with(walk));
        })*
    };
}

impl VisitMut for Jumps<'_> {
    noop_visit_mut_type!();
    inside_loops!(
        visit_mut_for_stmt ForStmt, visit_mut_for_in_stmt ForInStmt,
        visit_mut_for_of_stmt ForOfStmt, visit_mut_while_stmt WhileStmt,
        visit_mut_do_while_stmt DoWhileStmt
    );

    fn visit_mut_switch_stmt(&mut self, switch: &mut SwitchStmt) {
        self.within(Inside::Switch, |walk| switch.visit_mut_children_with(walk));
    }

    fn visit_mut_break_stmt(&mut self, jump: &mut BreakStmt) {
        if jump.label.is_none() && self.inside == Inside::Neither && self.break_to.is_some() {
            jump.label = self.break_to.cloned();
            self.found_break = true;
        }
    }

    fn visit_mut_continue_stmt(&mut self, jump: &mut ContinueStmt) {
        match &jump.label {
            None if self.inside != Inside::Loop => {
                self.found_continue = true;
                jump.label = self.plain_continue_to.cloned();
            }
            Some(label) if self.continues_of.iter().any(|own| own.sym == label.sym) => {
                self.found_continue = true;
                jump.label = self.continue_to.cloned();
            }
            _ => {}
        }
    }

    // No jump leaves a function.
    fn visit_mut_function(&mut self, _: &mut Function) {}
    fn visit_mut_arrow_expr(&mut self, _: &mut ArrowExpr) {}
    fn visit_mut_class(&mut self, _: &mut Class) {}
}

/// The walk that rewrites labelled blocks.
#[derive(Default)]
struct Blocks {
    /// The loops and `switch`es that enclose the statement in its function, each with the label to
    /// jump to.
    around: Vec<Around>,
    /// How many labels were made.
    labels: u32,
}

struct Around {
    label: Ident,
    is_loop: bool,
    is_used: bool,
}

impl Blocks {
    fn function(&mut self, visit: impl FnOnce(&mut Self)) {
        let outer = std::mem::take(&mut self.around);
        visit(self);
        self.around = outer;
    }

    fn enter(&mut self, statement: &mut Stmt, is_loop: bool) {
        self.labels += 1;
        let label = Ident::new_no_ctxt(format!("$around{}", self.labels).into(), DUMMY_SP);
        self.around.push(Around { label, is_loop, is_used: false });
        statement.visit_mut_children_with(self);
        if let Some(Around { label, is_used: true, .. }) = self.around.pop() {
            *statement = labelled(statement.take(), vec![label]);
        }
    }

    /// Gives labels to the jumps that leave a block which becomes a loop.
    fn name_jumps(&mut self, body: &mut Stmt) {
        let (inner, outer) =
            (self.around.len() - 1, self.around.iter().rposition(|around| around.is_loop));
        let Some(outer) = outer else { return };
        let (break_to, continue_to) =
            (self.around[inner].label.clone(), self.around[outer].label.clone());
        let mut jumps = Jumps {
            break_to: Some(&break_to),
            plain_continue_to: Some(&continue_to),
            ..Jumps::default()
        };
        body.visit_mut_with(&mut jumps);
        self.around[inner].is_used |= jumps.found_break;
        self.around[outer].is_used |= jumps.found_continue;
    }
}

fn is_loop(statement: &Stmt) -> bool {
    matches!(
        statement,
        Stmt::For(_) | Stmt::ForIn(_) | Stmt::ForOf(_) | Stmt::While(_) | Stmt::DoWhile(_)
    )
}

impl VisitMut for Blocks {
    noop_visit_mut_type!();

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        match statement {
            Stmt::Switch(_) => self.enter(statement, false),
            loops if is_loop(loops) => self.enter(loops, true),
            Stmt::Labeled(LabeledStmt { body, .. })
                if !is_loop(body)
                    && !body.is_labeled()
                    && self.around.iter().any(|around| around.is_loop) =>
            {
                self.name_jumps(body);
                body.visit_mut_with(self);
                let once = DoWhileStmt {
                    span: DUMMY_SP,
                    test: Box::new(false.into()),
                    body: Box::new(*body.take()),
                };
                **body = once.into();
            }
            _ => statement.visit_mut_children_with(self),
        }
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        self.function(|walk| function.visit_mut_children_with(walk));
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        self.function(|walk| arrow.visit_mut_children_with(walk));
    }

    fn visit_mut_class(&mut self, class: &mut Class) {
        self.function(|walk| class.visit_mut_children_with(walk));
    }
}
