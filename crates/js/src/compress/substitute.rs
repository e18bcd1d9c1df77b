//! Puts the value of a variable into the one place that reads it. The value is then computed later,
//! which must not be observable by the code in between: see `find_read`.

use swc_common::util::take::Take;
use swc_ecma_ast::{
    AssignOp, AssignTarget, Expr, ExprOrSpread, Ident, Pat, SimpleAssignTarget, Stmt, VarDeclarator,
};

use super::{
    function_context::uses_own,
    model::Compress,
    moved_value::Found::{Nothing, Place},
};
use crate::scopes::{Kind, index_of};

/// The most declarations that a value may move past.
const MAX_DISTANCE: usize = 16;

impl Compress<'_> {
    /// Puts the values of variables in the statement after their declaration.
    pub(super) fn substitute_in_statement(
        &mut self,
        declarators: &mut Vec<VarDeclarator>,
        statement: &mut Stmt,
    ) {
        let mut at = declarators.len();
        while at > 0 && declarators.len() - at < MAX_DISTANCE {
            at -= 1;
            self.substitute_value(declarators, at, Some(statement));
        }
    }

    /// Puts values of variables in the values of the variables after them. `new`: how many at the
    /// end are new; the others were seen before.
    pub(super) fn substitute_in_declarators(
        &mut self,
        declarators: &mut Vec<VarDeclarator>,
        new: usize,
    ) {
        let first = declarators.len().saturating_sub(new + MAX_DISTANCE);
        for at in (first..declarators.len().saturating_sub(1)).rev() {
            self.substitute_value(declarators, at, None);
        }
    }

    /// Puts the value of one variable in a later declaration, or in the statement after all of
    /// them.
    fn substitute_value(
        &mut self,
        declarators: &mut Vec<VarDeclarator>,
        at: usize,
        statement: Option<&mut Stmt>,
    ) {
        let (before, behind) = declarators.split_at_mut(at + 1);
        let one = &mut before[at];
        let Pat::Ident(name) = &one.name else { return };
        let Some(variable) = self.is_used_once(&name.id) else { return };
        let Some(value) = one.init.take() else { return };
        let name = name.id.clone();
        let mut moved = self.moved_value(variable, value);
        let end = behind.len().min(MAX_DISTANCE);
        let mut found = self.in_declarators(&mut moved, &mut behind[..end]);
        if found == Nothing
            && let Some(statement) = statement
        {
            found = self.in_statement(&mut moved, statement);
        }
        if found == Place {
            declarators.remove(at);
            self.forget_variable(&name);
        } else {
            one.init = moved.value;
        }
    }

    /// Moves a value that a sequence assigns to a variable to the only place that reads it later.
    pub(super) fn substitute_in_sequence(&mut self, exprs: &mut Vec<Box<Expr>>) {
        let mut at = 1;
        while at < exprs.len() {
            let (before, rest) = exprs.split_at_mut(at);
            let (before, next) = (&mut before[at - 1], &mut rest[0]);
            if self.substitute_assigned(before, next) {
                exprs.remove(at - 1);
                at = at.saturating_sub(1).max(1);
            } else {
                at += 1;
            }
        }
    }

    /// As `substitute_in_sequence`, for one assignment and the expression after it. If more places
    /// read the variable, the whole assignment goes to the first: `f(x = 1), x` for `x = 1, f(x),
    /// x`. Returns whether nothing is left where the assignment was.
    pub(super) fn substitute_assigned(&mut self, before: &mut Expr, next: &mut Box<Expr>) -> bool {
        let Expr::Assign(assign) = before else { return false };
        let AssignTarget::Simple(SimpleAssignTarget::Ident(name)) = &assign.left else {
            return false;
        };
        let Some(index) = index_of(name.id.ctxt) else { return false };
        let binding = &self.scopes.bindings[index];
        let is_local = !binding.is_captured
            && matches!(binding.kind, Kind::Var | Kind::Let | Kind::Parameter)
            && self.is_own(index);
        if !is_local || assign.op != AssignOp::Assign {
            return false;
        }
        let is_once = (binding.reads, binding.writes) == (1, 1) && binding.kind != Kind::Parameter;
        let name = name.id.clone();
        let mut moved = self.moved_value(index, assign.right.take());
        if is_once {
            if self.in_expr(&mut moved, next) == Place {
                self.forget_write(&name);
                return true;
            }
            assign.right = moved.value.expect("it found no place");
            return false;
        }
        assign.right = moved.value.take().expect("it was just put there");
        moved.value = Some(Box::new(before.take()));
        moved.is_pure = false;
        if self.frame().tries > 0 {
            // Code that catches what is thrown in between reads the variable too.
            moved.is_steady = false;
        }
        moved.writes.push(index);
        if self.in_expr(&mut moved, next) == Place {
            return true;
        }
        *before = *moved.value.expect("it found no place");
        false
    }

    /// Replaces a parameter by its argument. Returns whether it did.
    pub(super) fn substitute_argument(
        &mut self,
        parameter: &Ident,
        argument: &mut ExprOrSpread,
        body: &mut Box<Expr>,
    ) -> bool {
        let Some(index) = index_of(parameter.ctxt) else { return false };
        let binding = &self.scopes.bindings[index];
        let is_once = binding.reads == 1 && binding.is_never_assigned() && !binding.is_captured;
        if !is_once || !self.is_own(index) || uses_own(&*argument.expr) {
            return false;
        }
        let mut moved = self.moved_value(index, argument.expr.take());
        if self.in_expr(&mut moved, body) == Place {
            // The function may stay, and then reads these variables.
            for index in moved.reads {
                self.scopes.bindings[index].is_captured = true;
            }
            return true;
        }
        argument.expr = moved.value.expect("it found no place");
        false
    }

    /// Whether a variable is read once, and only its declaration gives it a value.
    fn is_used_once(&self, name: &Ident) -> Option<usize> {
        let index = index_of(name.ctxt)?;
        let binding = &self.scopes.bindings[index];
        let is_once = binding.reads == 1
            && binding.is_never_assigned()
            && matches!(binding.kind, Kind::Var | Kind::Let | Kind::Const);
        (is_once && self.is_own(index)).then_some(index)
    }

    fn forget_variable(&mut self, name: &Ident) {
        if let Some(index) = index_of(name.ctxt) {
            let declarations = &mut self.scopes.bindings[index].declarations;
            *declarations = declarations.saturating_sub(1);
        }
        self.is_changed = true;
    }
}
