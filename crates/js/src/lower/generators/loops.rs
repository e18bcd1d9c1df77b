//! Loops and `switch` with `yield`.

use swc_ecma_ast::{
    BinaryOp, DoWhileStmt, Expr, ForHead, ForInStmt, ForStmt, Ident, Lit, Pat, SimpleAssignTarget,
    SwitchStmt, VarDeclOrExpr, WhileStmt,
};

use super::{
    super::build,
    machine::{Machine, Target},
    model::Label,
};

impl Machine<'_> {
    pub fn while_loop(&mut self, head: WhileStmt, names: Vec<Ident>) {
        let (start, end) = (self.label(), self.label());
        self.place(start);
        self.loop_test(Some(head.test), end);
        self.within(names, end, Some(start), |machine| machine.statement(*head.body));
        self.again(start, end);
    }

    pub fn do_while_loop(&mut self, head: DoWhileStmt, names: Vec<Ident>) {
        let (start, next, end) = (self.label(), self.label(), self.label());
        self.place(start);
        self.within(names, end, Some(next), |machine| machine.statement(*head.body));
        self.place(next);
        self.with_temporaries(|machine| machine.if_so(*head.test, start));
        self.place(end);
    }

    pub fn for_loop(&mut self, head: ForStmt, names: Vec<Ident>) {
        let (start, end) = (self.label(), self.label());
        if let Some(VarDeclOrExpr::Expr(first)) = head.init {
            self.with_temporaries(|machine| machine.effect(*first, build::NOWHERE));
        }
        self.place(start);
        self.loop_test(head.test, end);
        let next = if head.update.is_some() { self.label() } else { start };
        self.within(names, end, Some(next), |machine| machine.statement(*head.body));
        if let Some(update) = head.update {
            self.place(next);
            self.with_temporaries(|machine| machine.effect(*update, build::NOWHERE));
        }
        self.again(start, end);
    }

    fn loop_test(&mut self, test: Option<Box<Expr>>, end: Label) {
        let is_true = |test: &Expr| matches!(test, Expr::Lit(Lit::Bool(value)) if value.value);
        if let Some(test) = test.filter(|test| !is_true(test)) {
            self.with_temporaries(|machine| machine.unless(*test, end));
        }
    }

    fn again(&mut self, start: Label, end: Label) {
        let jump = self.jump(start);
        self.emit(jump);
        self.place(end);
    }

    /// Lowers a `for`-`in` loop. The helper returns a function that returns the next key, or
    /// `undefined`.
    pub fn for_in_loop(&mut self, head: ForInStmt, names: Vec<Ident>) {
        let (start, end) = (self.label(), self.label());
        let (keys, key) = (self.temporary(), self.temporary());
        let object = self.expr(*head.right);
        self.emit_expr(build::assign(keys.clone(), build::helper("for_in", vec![object])));
        self.place(start);
        let next = build::call(build::NOWHERE, keys.into(), Vec::new());
        let next = build::assign(key.clone(), next);
        let is_end = build::binary(BinaryOp::EqEqEq, next, build::undefined());
        let jump = self.jump(end);
        self.emit(build::when(is_end, jump));
        let target = target_of(head.left);
        self.with_temporaries(|machine| {
            machine.effect(build::assign(target, key.into()), build::NOWHERE);
        });
        self.within(names, end, Some(start), |machine| machine.statement(*head.body));
        self.again(start, end);
    }

    pub fn switch(&mut self, switch: SwitchStmt, names: Vec<Ident>) {
        let end = self.label();
        let value = self.temporary();
        let tested = self.expr(*switch.discriminant);
        self.emit_expr(build::assign(value.clone(), tested));
        let cases = switch.cases.into_iter().map(|case| (self.label(), case)).collect::<Vec<_>>();
        let mut other = end;
        let mut chosen = Vec::new();
        let mut bodies = Vec::new();
        for (label, case) in cases {
            match case.test {
                Some(test) => chosen.push((label, *test)),
                None => other = label,
            }
            bodies.push((label, case.cons));
        }
        self.choose(&value, chosen, other);
        let regions = self.regions.len();
        let target = Target { names, end, next: None, is_breakable: true, regions };
        self.targets.push(target);
        for (label, body) in bodies {
            self.place(label);
            self.statements(body);
        }
        self.targets.pop();
        self.place(end);
    }

    /// Emits a jump to the label whose test equals the value.
    fn choose(&mut self, value: &Ident, cases: Vec<(Label, Expr)>, other: Label) {
        let is_plain = cases.iter().all(|(_, test)| !self.kind.waits_in(test));
        let equals = |test| build::binary(BinaryOp::EqEqEq, value.clone().into(), test);
        if is_plain && cases.len() > 1 {
            let last = self.value_of(other);
            let label = cases.into_iter().rev().fold(last, |rest, (label, test)| {
                let yes = self.value_of(label);
                build::condition(build::NOWHERE, vec![equals(test)], yes, rest)
            });
            let go = self.jump_to(label);
            return self.emit(go);
        }
        for (label, test) in cases {
            let test = equals(self.expr(test));
            let jump = self.jump(label);
            self.emit(build::when(test, jump));
        }
        let jump = self.jump(other);
        self.emit(jump);
    }
}

/// Returns what a `for`-`in` loop assigns to.
fn target_of(head: ForHead) -> SimpleAssignTarget {
    let ForHead::Pat(pattern) = head else {
        unreachable!("declarations are hoisted");
    };
    match *pattern {
        Pat::Ident(name) => name.into(),
        Pat::Expr(target) => match SimpleAssignTarget::try_from(target) {
            Ok(target) => target,
            Err(other) => unreachable!("not a target: {other:?}"),
        },
        other => unreachable!("a pattern is left: {other:?}"),
    }
}
