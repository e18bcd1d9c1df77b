//! Lists of statements: neighbours are joined, unused declarations and dead code are dropped.

use swc_common::{DUMMY_SP, EqIgnoreSpan, Spanned, util::take::Take};
use swc_ecma_ast::{
    BinaryOp, BlockStmt, CondExpr, Decl, Expr, ExprStmt, ForHead, ForStmt, IfStmt, ReturnStmt,
    SeqExpr, Stmt, ThrowStmt, VarDeclKind, VarDeclOrExpr,
};

use super::{
    conditions::{logical, not},
    literals::undefined,
    model::Compress,
};
use crate::ast::is_scoped;

/// What a list of statements is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListKind {
    /// The body of a function.
    Function,
    /// The body of a loop.
    Loop,
    /// Any other list.
    Block,
}

impl Compress<'_> {
    /// Shortens a list whose statements are in their shortest form. `directives`: how many at its
    /// beginning are directives.
    pub(super) fn list(&mut self, list: &mut Vec<Stmt>, kind: ListKind, directives: usize) {
        let mut out: Vec<Stmt> = Vec::with_capacity(list.len());
        let mut waiting = list.split_off(directives);
        if kind == ListKind::Function {
            self.unwrap_calls(&mut waiting);
        }
        waiting.reverse();
        let mut is_dead = false;
        while let Some(statement) = waiting.pop() {
            if is_dead {
                self.bury(statement, &mut out);
                continue;
            }
            match statement {
                Stmt::Empty(_) | Stmt::Debugger(_) => {}
                Stmt::Block(block) if !block.stmts.iter().any(is_scoped) => {
                    waiting.extend(block.stmts.into_iter().rev());
                }
                Stmt::If(mut choice) if ends_in_jump(&choice.cons) && choice.alt.is_some() => {
                    // `else` after a jump.
                    if let Some(alt) = choice.alt.take() {
                        waiting.push(*alt);
                    }
                    let shorter = self.if_statement(choice);
                    waiting.push(shorter);
                }
                other => self.push(other, &mut out),
            }
            is_dead = out.last().is_some_and(is_jump);
        }
        self.end(&mut out, kind);
        self.move_single_uses(&mut out);
        list.append(&mut out);
    }

    /// Adds a statement to those before it.
    fn push(&mut self, statement: Stmt, out: &mut Vec<Stmt>) {
        match statement {
            Stmt::Expr(statement) => {
                if let Some(expr) = self.effects(statement.expr) {
                    self.push_expr(expr, out);
                }
            }
            Stmt::Decl(Decl::Var(declaration)) => self.push_variables(*declaration, out),
            Stmt::Decl(Decl::Fn(function)) if self.is_unused(&function.ident) => {
                self.forget(&function);
            }
            Stmt::Decl(Decl::Class(class))
                if self.is_unused(&class.ident) && self.is_pure_class(&class.class) =>
            {
                self.forget(&class);
            }
            mut other => {
                self.substitute_before(&mut other, out);
                if let Some(Stmt::Expr(before)) = out.last_mut()
                    && let Some(place) = first_expr(&mut other)
                {
                    let first = before.expr.take();
                    out.pop();
                    *place = self.in_sequence(first, place.take());
                    if let Stmt::If(choice) = other {
                        other = self.if_statement(choice);
                        if let Stmt::Expr(_) = other {
                            return self.push(other, out);
                        }
                    }
                } else {
                    self.open_loop(&mut other, out);
                }
                if !self.merge_jumps(&mut other, out) {
                    out.push(other);
                }
            }
        }
    }

    /// Returns two expressions joined, the first before the second.
    fn in_sequence(&mut self, first: Box<Expr>, mut second: Box<Expr>) -> Box<Expr> {
        self.is_changed = true;
        let mut sequence = match *first {
            Expr::Seq(sequence) => sequence,
            other => SeqExpr { span: other.span(), exprs: vec![Box::new(other)] },
        };
        if let Some(last) = sequence.exprs.last_mut()
            && self.substitute_assigned(last, &mut second)
        {
            sequence.exprs.pop();
        }
        match *second {
            Expr::Seq(behind) => sequence.exprs.extend(behind.exprs),
            other => sequence.exprs.push(Box::new(other)),
        }
        if sequence.exprs.len() == 1 {
            return sequence.exprs.pop().expect("there is one");
        }
        Box::new(Expr::Seq(sequence))
    }

    /// Adds an expression to the statements before it.
    pub(super) fn push_expr(&mut self, mut expr: Box<Expr>, out: &mut Vec<Stmt>) {
        if let Some(Stmt::Decl(Decl::Var(declaration))) = out.last_mut() {
            let mut statement = Stmt::Expr(ExprStmt { span: expr.span(), expr: expr.take() });
            self.substitute_in_statement(&mut declaration.decls, &mut statement);
            let Stmt::Expr(statement) = statement else { unreachable!("it was made so") };
            expr = statement.expr;
            if declaration.decls.is_empty() {
                out.pop();
                return self.push_expr(expr, out);
            }
            match self.initial_values(&mut declaration.decls, declaration.kind, expr) {
                Some(rest) => expr = rest,
                None => return,
            }
        }
        if let Some(Stmt::Expr(before)) = out.last_mut() {
            let first = before.expr.take();
            before.expr = self.in_sequence(first, expr);
            return;
        }
        out.push(Stmt::Expr(ExprStmt { span: expr.span(), expr }));
    }

    /// Puts values of the variables declared before a statement in the places that read them.
    pub(super) fn substitute_before(&mut self, statement: &mut Stmt, out: &mut Vec<Stmt>) {
        if let Some(Stmt::Decl(Decl::Var(before))) = out.last_mut() {
            self.substitute_in_statement(&mut before.decls, statement);
            if before.decls.is_empty() {
                out.pop();
            }
        }
    }

    /// Moves a declaration before a loop into its head.
    fn open_loop(&mut self, statement: &mut Stmt, out: &mut Vec<Stmt>) {
        let Stmt::For(each) = statement else { return };
        if let Some(Stmt::Expr(before)) = out.last_mut()
            && each.init.is_none()
        {
            each.init = Some(VarDeclOrExpr::Expr(before.expr.take()));
            out.pop();
            self.is_changed = true;
            return;
        }
        let Some(Stmt::Decl(Decl::Var(before))) = out.last_mut() else { return };
        if before.kind != VarDeclKind::Var {
            return;
        }
        match &mut each.init {
            None => {}
            Some(VarDeclOrExpr::VarDecl(inner)) if inner.kind == VarDeclKind::Var => {
                before.decls.append(&mut inner.decls);
            }
            Some(VarDeclOrExpr::VarDecl(_)) => return,
            Some(VarDeclOrExpr::Expr(init)) => {
                let (mut decls, init) = (std::mem::take(&mut before.decls), init.take());
                let rest = self.initial_values(&mut decls, VarDeclKind::Var, init);
                before.decls = decls;
                if let Some(rest) = rest {
                    each.init = Some(VarDeclOrExpr::Expr(rest));
                    return;
                }
            }
        }
        self.is_changed = true;
        if let Some(Stmt::Decl(Decl::Var(before))) = out.pop() {
            each.init = Some(VarDeclOrExpr::VarDecl(before));
        }
    }

    /// Joins `if (a) return b;` with a preceding `if` that ends in the same way, and with the jump
    /// after it. Returns whether the statement became part of the preceding one.
    fn merge_jumps(&mut self, statement: &mut Stmt, out: &mut Vec<Stmt>) -> bool {
        let Some(Stmt::If(before)) = out.last_mut() else { return false };
        if before.alt.is_some() {
            return false;
        }
        match statement {
            Stmt::If(choice)
                if choice.alt.is_none()
                    && is_jump(&choice.cons)
                    && before.cons.eq_ignore_span(&choice.cons) =>
            {
                self.forget(&*choice.cons);
                before.test = logical(BinaryOp::LogicalOr, before.test.take(), choice.test.take());
                true
            }
            Stmt::Return(_) | Stmt::Throw(_) => {
                let Some(joint) = self.joint_jump(before, statement) else { return false };
                out.pop();
                // It may become part of the `if` before that.
                self.push(joint, out);
                true
            }
            _ => false,
        }
    }

    /// Returns `return a ? b : c` for `if (a) return b; return c`, with or without `else`.
    pub(super) fn joint_jump(&mut self, choice: &mut IfStmt, last: &mut Stmt) -> Option<Stmt> {
        let span = choice.span;
        match (&mut *choice.cons, last) {
            (Stmt::Return(yes), Stmt::Return(no)) => {
                if yes.arg.is_none() && no.arg.is_none() {
                    let mut arg = choice.test.take();
                    arg = self.in_sequence(arg, Box::new(undefined()));
                    return Some(Stmt::Return(ReturnStmt { span, arg: Some(arg) }));
                }
                let value = |arg: &mut Option<Box<Expr>>| {
                    arg.take().unwrap_or_else(|| Box::new(undefined()))
                };
                let (cons, alt) = (value(&mut yes.arg), value(&mut no.arg));
                let arg = self.chosen(CondExpr { span, test: choice.test.take(), cons, alt });
                Some(Stmt::Return(ReturnStmt { span, arg: Some(arg) }))
            }
            (Stmt::Throw(yes), Stmt::Throw(no)) => {
                let (cons, alt) = (yes.arg.take(), no.arg.take());
                let arg = self.chosen(CondExpr { span, test: choice.test.take(), cons, alt });
                Some(Stmt::Throw(ThrowStmt { span, arg }))
            }
            _ => None,
        }
    }

    /// Returns a choice in its shortest form.
    pub(super) fn chosen(&mut self, mut choice: CondExpr) -> Box<Expr> {
        self.is_changed = true;
        Box::new(self.choice(&mut choice).unwrap_or(Expr::Cond(choice)))
    }

    /// Shortens the end of a list.
    fn end(&mut self, out: &mut Vec<Stmt>, kind: ListKind) {
        match kind {
            ListKind::Function => {
                self.end_function(out);
            }
            ListKind::Loop => {
                while out.last().is_some_and(is_plain_continue) {
                    out.pop();
                    self.is_changed = true;
                }
                if self.end_without_exit(out, is_plain_continue) {
                    self.end(out, kind);
                }
            }
            ListKind::Block => {}
        }
    }

    fn end_function(&mut self, out: &mut Vec<Stmt>) {
        loop {
            match out.last_mut() {
                Some(Stmt::Return(last)) if last.arg.is_none() => {
                    out.pop();
                    self.is_changed = true;
                }
                // `return f(), void 0`
                Some(Stmt::Return(ReturnStmt { arg: Some(arg), .. })) if ends_in_void(arg) => {
                    let Some(arg) = self.effects(arg.take()) else {
                        out.pop();
                        continue;
                    };
                    out.pop();
                    self.push(Stmt::Expr(ExprStmt { span: arg.span(), expr: arg }), out);
                    break;
                }
                _ => break,
            }
        }
        self.join_last_returns(out);
        let is_return =
            |jump: &Stmt| matches!(jump, Stmt::Return(returned) if returned.arg.is_none());
        if self.end_without_exit(out, is_return) {
            self.end_function(out);
        }
    }

    /// Rewrites `if (a) return b; if (c) return d` at the end to `return a ? b : c ? d : void 0`.
    fn join_last_returns(&mut self, out: &mut Vec<Stmt>) {
        let is_return = |statement: &Stmt| {
            matches!(statement, Stmt::If(IfStmt { cons, alt: None, .. })
                if matches!(&**cons, Stmt::Return(returned) if returned.arg.is_some()))
        };
        // In an async generator, `return undefined` waits.
        if !matches!(out.as_slice(), [.., first, last] if is_return(first) && is_return(last))
            || self.frame().is_async_generator
        {
            return;
        }
        let Some(Stmt::If(mut choice)) = out.pop() else { unreachable!("it was examined") };
        let mut nothing = Stmt::Return(ReturnStmt { span: DUMMY_SP, arg: None });
        let joint = self.joint_jump(&mut choice, &mut nothing);
        self.push(joint.expect("both are `return`"), out);
    }

    /// Rewrites `if (a) return; b` at the end to `if (!a) b`. `is_exit`: the jump does what the end
    /// does. Returns whether something changed.
    fn end_without_exit(&mut self, out: &mut Vec<Stmt>, is_exit: impl Fn(&Stmt) -> bool) -> bool {
        let exits = |statement: &Stmt| match statement {
            Stmt::If(choice) => choice.alt.is_none() && is_exit(&choice.cons),
            _ => false,
        };
        let Some(at) = out.iter().rposition(exits) else { return false };
        if out[at + 1..].iter().any(is_scoped) {
            return false;
        }
        let rest = out.split_off(at + 1);
        let Some(Stmt::If(mut choice)) = out.pop() else { unreachable!("it was examined") };
        self.is_changed = true;
        not(&mut choice.test, true);
        choice.cons = Box::new(Stmt::Block(BlockStmt {
            span: DUMMY_SP,
            stmts: rest,
            ..BlockStmt::default()
        }));
        let shorter = self.if_statement(choice);
        self.push(shorter, out);
        true
    }

    /// Keeps the declarations of a statement that never runs.
    fn bury(&mut self, statement: Stmt, out: &mut Vec<Stmt>) {
        if let Stmt::Decl(Decl::Fn(_)) = &statement {
            return self.push(statement, out);
        }
        let variables = self.drop_statement(&statement);
        out.extend(variables);
    }
}

fn is_plain_continue(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Continue(jump) if jump.label.is_none())
}

/// Whether control never continues after a statement.
pub(super) fn is_jump(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Return(_) | Stmt::Throw(_) | Stmt::Break(_) | Stmt::Continue(_))
}

/// Whether a statement ends in a jump.
pub(super) fn ends_in_jump(statement: &Stmt) -> bool {
    match statement {
        Stmt::Block(block) => block.stmts.last().is_some_and(ends_in_jump),
        other => is_jump(other),
    }
}

fn ends_in_void(expr: &Expr) -> bool {
    match expr {
        Expr::Seq(sequence) => sequence.exprs.last().is_some_and(|last| ends_in_void(last)),
        Expr::Unary(unary) => unary.op == swc_ecma_ast::UnaryOp::Void,
        _ => false,
    }
}

/// Returns the expression that a statement evaluates first, if code may be put before it.
fn first_expr(statement: &mut Stmt) -> Option<&mut Box<Expr>> {
    match statement {
        Stmt::Return(returned) => returned.arg.as_mut(),
        Stmt::Throw(thrown) => Some(&mut thrown.arg),
        Stmt::If(choice) => Some(&mut choice.test),
        Stmt::Switch(switch) => Some(&mut switch.discriminant),
        Stmt::For(ForStmt { init: Some(VarDeclOrExpr::Expr(init)), .. }) => Some(init),
        Stmt::ForIn(each) if is_plain_head(&each.left) && !is_lexical_head(&each.left) => {
            Some(&mut each.right)
        }
        _ => None,
    }
}

/// Whether the head of a loop only names what is assigned or declared.
pub(super) fn is_plain_head(head: &ForHead) -> bool {
    match head {
        ForHead::VarDecl(declaration) => {
            declaration.decls.iter().all(|one| one.init.is_none() && one.name.is_ident())
        }
        ForHead::Pat(pattern) => pattern.is_ident(),
        ForHead::UsingDecl(_) => false,
    }
}

/// Whether the names that the head of a loop declares are hidden from its expression.
fn is_lexical_head(head: &ForHead) -> bool {
    matches!(head, ForHead::VarDecl(declaration) if declaration.kind != VarDeclKind::Var)
}
