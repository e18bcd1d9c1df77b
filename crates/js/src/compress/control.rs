//! Statements that decide what runs: `if`, loops, `switch`, `try` and labels.

use swc_common::{DUMMY_SP, EqIgnoreSpan, Spanned, util::take::Take};
use swc_ecma_ast::{
    BinaryOp, BlockStmt, BreakStmt, CondExpr, ContinueStmt, Decl, EmptyStmt, Expr, ExprStmt,
    ForStmt, Ident, IfStmt, LabeledStmt, Stmt, SwitchStmt, TryStmt, UnaryExpr, UnaryOp,
    VarDeclOrExpr, WhileStmt,
};
use swc_ecma_visit::{Visit, VisitMutWith, VisitWith, noop_visit_type};

use super::{
    conditions::{and_or, logical, not},
    model::Compress,
    statements::{ListKind, ends_in_jump, is_jump},
};
use crate::{ast::is_scoped, features::Feature};

impl Compress<'_> {
    /// Shortens a statement whose children are in their shortest form.
    pub(super) fn statement(&mut self, statement: &mut Stmt) {
        *statement = match statement.take() {
            Stmt::Block(block) => unwrapped(block),
            Stmt::Debugger(_) => empty(),
            Stmt::If(choice) => self.if_statement(choice),
            Stmt::While(each) => self.while_loop(each),
            Stmt::For(each) => self.for_loop(each),
            Stmt::DoWhile(mut each) => {
                self.condition(&mut each.test);
                Stmt::DoWhile(each)
            }
            Stmt::Switch(switch) => self.switch(switch),
            Stmt::Try(attempt) => self.attempt(*attempt),
            Stmt::Labeled(labeled) => self.labeled(labeled),
            Stmt::Return(mut returned) => {
                let is_void = |arg: &Expr| {
                    matches!(arg, Expr::Unary(UnaryExpr { op: UnaryOp::Void, arg, .. })
                        if matches!(&**arg, Expr::Lit(_)))
                };
                // In an async generator, `return undefined` waits.
                if !self.frame().is_async_generator && returned.arg.as_deref().is_some_and(is_void)
                {
                    returned.arg = None;
                }
                Stmt::Return(returned)
            }
            other => other,
        };
    }

    /// Shortens an `if`.
    pub(super) fn if_statement(&mut self, mut choice: IfStmt) -> Stmt {
        self.condition(&mut choice.test);
        *choice.cons = match *choice.cons.take() {
            Stmt::Block(block) => unwrapped(block),
            other => other,
        };
        let mut alt = choice.alt.take().map(|alt| match *alt {
            Stmt::Block(block) => unwrapped(block),
            other => other,
        });
        alt = alt.filter(|alt| !alt.is_empty());
        if let Some(holds) = Self::truth(&choice.test) {
            let (taken, dropped) =
                if holds { (Some(*choice.cons), alt) } else { (alt, Some(*choice.cons)) };
            let effects = self.effects(choice.test);
            let mut stmts: Vec<Stmt> = effects.into_iter().map(expression).collect();
            stmts.extend(dropped.and_then(|dropped| self.drop_statement(&dropped)));
            stmts.extend(taken.map(|taken| match taken {
                // A function declared here must stay in a block of its own.
                Stmt::Decl(Decl::Fn(_)) => block(vec![taken]),
                taken => taken,
            }));
            return unwrapped(BlockStmt { span: DUMMY_SP, stmts, ..BlockStmt::default() });
        }
        if choice.cons.is_empty() {
            let Some(other) = alt.take() else {
                return self.effects(choice.test).map_or_else(empty, expression);
            };
            not(&mut choice.test, true);
            *choice.cons = other;
        }
        if alt.is_some()
            && let Expr::Unary(UnaryExpr { op: UnaryOp::Bang, arg, .. }) = &mut *choice.test
        {
            choice.test = arg.take();
            if let Some(alt) = &mut alt {
                std::mem::swap(&mut *choice.cons, alt);
            }
        }
        match alt {
            None => self.if_alone(choice),
            Some(alt) => self.if_else(choice, alt),
        }
    }

    fn if_alone(&mut self, mut choice: IfStmt) -> Stmt {
        match &mut *choice.cons {
            Stmt::Expr(then) => {
                let expr = then.expr.take();
                let (op, test) = and_or(BinaryOp::LogicalAnd, choice.test);
                let both = logical(op, test, expr);
                self.effects(both).map_or_else(empty, expression)
            }
            Stmt::If(inner) if inner.alt.is_none() => {
                choice.test = logical(BinaryOp::LogicalAnd, choice.test.take(), inner.test.take());
                choice.cons = inner.cons.take();
                self.is_changed = true;
                self.if_statement(choice)
            }
            _ => Stmt::If(choice),
        }
    }

    fn if_else(&mut self, mut choice: IfStmt, mut alt: Stmt) -> Stmt {
        if (*choice.cons).eq_ignore_span(&alt) && !is_scoped(&alt) {
            self.forget(&alt);
            let effects = self.effects(choice.test);
            let mut stmts: Vec<Stmt> = effects.into_iter().map(expression).collect();
            stmts.push(*choice.cons);
            return unwrapped(BlockStmt { span: DUMMY_SP, stmts, ..BlockStmt::default() });
        }
        if let Some(joint) = self.joint_jump(&mut choice, &mut alt) {
            return joint;
        }
        match (&mut *choice.cons, &mut alt) {
            (Stmt::Expr(yes), Stmt::Expr(no)) => {
                let (cons, alt) = (yes.expr.take(), no.expr.take());
                let both =
                    self.chosen(CondExpr { span: choice.span, test: choice.test, cons, alt });
                self.effects(both).map_or_else(empty, expression)
            }
            // The jump of `if (a) b; else return` moves to the front, so `else` is then dropped.
            (cons, jump) if is_jump(jump) && !is_jump(cons) && !ends_in_jump(cons) => {
                not(&mut choice.test, true);
                std::mem::swap(cons, jump);
                Stmt::If(IfStmt { alt: Some(Box::new(alt)), ..choice })
            }
            _ => Stmt::If(IfStmt { alt: Some(Box::new(alt)), ..choice }),
        }
    }

    /// Visits and shortens the body of a loop.
    pub(super) fn loop_body(&mut self, body: &mut Stmt) {
        let mut stmts = match body.take() {
            Stmt::Block(block) => block.stmts,
            single => vec![single],
        };
        stmts.visit_mut_with(self);
        self.list(&mut stmts, ListKind::Loop, 0);
        *body = unwrapped(BlockStmt { stmts, ..BlockStmt::dummy() });
    }

    fn while_loop(&mut self, each: WhileStmt) -> Stmt {
        self.for_loop(ForStmt {
            span: each.span,
            init: None,
            test: Some(each.test),
            update: None,
            body: each.body,
        })
    }

    fn for_loop(&mut self, mut each: ForStmt) -> Stmt {
        each.update = each.update.take().and_then(|update| self.effects(update));
        if let Some(VarDeclOrExpr::Expr(init)) = &mut each.init {
            each.init = self.effects(init.take()).map(VarDeclOrExpr::Expr);
        }
        if let Some(VarDeclOrExpr::VarDecl(declaration)) = &each.init
            && declaration.decls.is_empty()
        {
            each.init = None;
        }
        if let Some(test) = &mut each.test {
            self.condition(test);
            if Self::truth(test) == Some(true) && self.is_pure(test) {
                self.forget(&*test.take());
                each.test = None;
            }
        }
        self.leave_by_test(&mut each);
        Stmt::For(each)
    }

    /// Rewrites `for (; a;) { if (b) break; c }` to `for (; a && !b;) c`.
    fn leave_by_test(&mut self, each: &mut ForStmt) {
        let is_break = |statement: &Stmt| {
            matches!(statement, Stmt::If(IfStmt { cons, alt: None, .. })
                if matches!(&**cons, Stmt::Break(jump) if jump.label.is_none()))
        };
        let first = match &mut *each.body {
            Stmt::Block(block) => match block.stmts.first() {
                Some(first) if is_break(first) => block.stmts.remove(0),
                _ => return,
            },
            single if is_break(single) => single.take(),
            _ => return,
        };
        let Stmt::If(mut choice) = first else { unreachable!("it was examined") };
        not(&mut choice.test, true);
        each.test = Some(match each.test.take() {
            Some(test) => logical(BinaryOp::LogicalAnd, test, choice.test),
            None => choice.test,
        });
        self.is_changed = true;
        if let Stmt::Block(block) = &mut *each.body {
            *each.body = unwrapped(block.take());
        }
        self.leave_by_test(each);
    }

    fn switch(&mut self, mut switch: SwitchStmt) -> Stmt {
        if let Some(last) = switch.cases.last_mut()
            && let Some(Stmt::Break(jump)) = last.cons.last()
            && jump.label.is_none()
        {
            last.cons.pop();
            self.is_changed = true;
        }
        let is_empty = |case: &swc_ecma_ast::SwitchCase| {
            case.cons.is_empty() && case.test.as_deref().is_none_or(Expr::is_lit)
        };
        while switch.cases.last().is_some_and(is_empty) {
            // An earlier `default` would now be reached.
            if switch.cases.last().is_some_and(|case| case.test.is_some())
                && switch.cases.iter().any(|case| case.test.is_none())
            {
                break;
            }
            switch.cases.pop();
            self.is_changed = true;
        }
        if switch.cases.is_empty() {
            return self.effects(switch.discriminant).map_or_else(empty, expression);
        }
        Stmt::Switch(switch)
    }

    fn attempt(&mut self, mut attempt: TryStmt) -> Stmt {
        if let Some(handler) = &mut attempt.handler
            && let Some(swc_ecma_ast::Pat::Ident(name)) = &handler.param
            && self.facts.support.has(Feature::OptionalCatchBinding)
            && self.is_unmentioned(&name.id)
            && self.binding(&name.id).is_some_and(|it| it.declarations == 1)
        {
            handler.param = None;
            self.is_changed = true;
        }
        if attempt.finalizer.as_ref().is_some_and(|last| last.stmts.is_empty())
            && attempt.handler.is_some()
        {
            attempt.finalizer = None;
        }
        if attempt.block.stmts.is_empty() {
            self.is_changed = true;
            let mut stmts = Vec::new();
            if let Some(handler) = attempt.handler {
                stmts.extend(self.drop_statement(&Stmt::Block(handler.body)));
            }
            if let Some(last) = attempt.finalizer {
                stmts.push(Stmt::Block(last));
            }
            return unwrapped(BlockStmt { span: DUMMY_SP, stmts, ..BlockStmt::default() });
        }
        Stmt::Try(Box::new(attempt))
    }

    fn labeled(&mut self, mut labeled: LabeledStmt) -> Stmt {
        let is_exit = |statement: &Stmt| {
            matches!(statement, Stmt::Break(jump)
                if jump.label.as_ref().is_some_and(|label| label.sym == labeled.label.sym))
        };
        if is_exit(&labeled.body) {
            return empty();
        }
        if let Stmt::Block(block) = &mut *labeled.body
            && block.stmts.last().is_some_and(is_exit)
        {
            block.stmts.pop();
            *labeled.body = unwrapped(block.take());
        }
        let mut jumps = Jumps { label: &labeled.label, is_found: false };
        labeled.body.visit_with(&mut jumps);
        if jumps.is_found || matches!(&*labeled.body, Stmt::Decl(_)) {
            return Stmt::Labeled(labeled);
        }
        self.is_changed = true;
        *labeled.body
    }
}

/// Returns the only statement of a block if it declares nothing, and otherwise the block.
pub(super) fn unwrapped(mut block: BlockStmt) -> Stmt {
    match block.stmts.as_slice() {
        [] => empty(),
        [single] if !is_scoped(single) => block.stmts.pop().expect("there is one"),
        _ => Stmt::Block(block),
    }
}

fn block(stmts: Vec<Stmt>) -> Stmt {
    Stmt::Block(BlockStmt { span: DUMMY_SP, stmts, ..BlockStmt::default() })
}

fn empty() -> Stmt {
    Stmt::Empty(EmptyStmt { span: DUMMY_SP })
}

fn expression(expr: Box<Expr>) -> Stmt {
    Stmt::Expr(ExprStmt { span: expr.span(), expr })
}

/// A search for jumps to a label.
struct Jumps<'a> {
    label: &'a Ident,
    is_found: bool,
}

impl Visit for Jumps<'_> {
    noop_visit_type!();

    fn visit_break_stmt(&mut self, jump: &BreakStmt) {
        self.is_found |= jump.label.as_ref().is_some_and(|label| label.sym == self.label.sym);
    }

    fn visit_continue_stmt(&mut self, jump: &ContinueStmt) {
        self.is_found |= jump.label.as_ref().is_some_and(|label| label.sym == self.label.sym);
    }

    fn visit_expr(&mut self, _: &Expr) {}
}
