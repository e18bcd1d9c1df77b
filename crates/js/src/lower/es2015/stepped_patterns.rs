//! Array patterns whose order can be observed: code runs between the values that they take, and the
//! iterator is closed if that code throws.
//!
//! ```js
//! [a().b, c = d()] = list;
//! _by_steps(list, function (_next) {
//!   var _value;
//!   a().b = _next(), _value = _next(), c = _value === void 0 ? d() : _value;
//! });
//! ```
//!
//! Where the code waits, the steps are statements in a `try`, if the pattern is a statement.

use swc_ecma_ast::{
    ArrayPat, AssignExpr, AssignOp, AssignPat, AssignTarget, Decl, Expr, Ident, Pat,
    SimpleAssignTarget, Stmt, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::{find_pat_ids, private_ident};
use swc_ecma_visit::{Visit, VisitMutWith, VisitWith, noop_visit_type};

use super::{
    super::{build, yields::suspends},
    model::Es2015Lowering,
    patterns::{or_default, pattern_of},
    steps::{Iteration, Step, Steps},
};

impl Es2015Lowering<'_> {
    /// Takes an array pattern apart, one value after the other.
    pub fn iteration(&mut self, pattern: ArrayPat, value: Expr, steps: &mut Steps) {
        let names = if steps.declares { find_pat_ids::<_, Ident>(&pattern) } else { Vec::new() };
        let iterator = private_ident!("_next");
        let next = || build::call(build::NOWHERE, iterator.clone().into(), Vec::new());
        let mut inner = Steps::of_iteration();
        for element in pattern.elems {
            match element {
                None => inner.list.push(Step::Evaluate(next())),
                Some(Pat::Rest(rest)) => {
                    let all = build::member(iterator.clone().into(), "rest");
                    let all = build::call(build::NOWHERE, all, Vec::new());
                    match *rest.arg {
                        Pat::Array(pattern) => self.list_pattern(pattern, all, &mut inner),
                        pattern => self.element(pattern, all, &mut inner),
                    }
                }
                Some(pattern) => self.element(pattern, next(), &mut inner),
            }
        }
        steps.list.push(Step::Iterate(Iteration { value, iterator, names, steps: inner }));
    }

    /// Gives a value to an element. An assignment to a member already evaluates the member first.
    fn element(&mut self, pattern: Pat, value: Expr, steps: &mut Steps) {
        match pattern {
            Pat::Expr(_) => steps.push(pattern, value),
            Pat::Assign(AssignPat { left, right, .. }) if left.is_expr() => {
                let kept = steps.variable(self, "_value");
                let given = build::assign(kept.clone(), value);
                let value = match or_default(kept.into(), *right) {
                    Expr::Cond(mut condition) => {
                        if let Expr::Bin(test) = &mut *condition.test {
                            *test.left = given;
                        }
                        condition.into()
                    }
                    other => unreachable!("no condition: {other:?}"),
                };
                steps.push(*left, value);
            }
            pattern => self.pattern(pattern, value, steps),
        }
    }

    /// Lowers a statement that takes apart a pattern in which code waits. Returns `None` for other
    /// statements.
    pub fn waiting_pattern(&mut self, statement: &mut Stmt) -> Option<Stmt> {
        if self.lacks.is_loose {
            return None;
        }
        match statement {
            Stmt::Decl(Decl::Var(declaration)) => {
                let waits = |variable: &VarDeclarator| {
                    self.is_lowered(&variable.name) && pattern_waits(&variable.name)
                };
                let is_waiting = declaration.decls.iter().any(waits);
                is_waiting.then(|| self.waiting_declaration(std::mem::take(declaration)))
            }
            Stmt::Expr(statement) => {
                let assign = innermost(&mut statement.expr)?;
                let AssignTarget::Pat(pattern) = &assign.left else { return None };
                let is_waiting = self.is_target_lowered(pattern) && pattern_waits(pattern);
                is_waiting.then(|| self.waiting_assignment(std::mem::take(&mut statement.expr)))
            }
            _ => None,
        }
    }

    fn waiting_declaration(&mut self, mut declaration: Box<VarDecl>) -> Stmt {
        declaration.visit_mut_children_with(self);
        self.begin_anew(&mut declaration);
        let kind = if self.lacks.edition { VarDeclKind::Var } else { VarDeclKind::Let };
        let mut statements = Vec::new();
        for variable in declaration.decls {
            if let Some(value) = variable.init {
                let mut steps = Steps::new(true);
                self.take_apart(variable.name, *value, &mut steps);
                statements.extend(steps.into_statements(kind, self));
            } else {
                let decls = vec![variable];
                statements.push(VarDecl { kind, decls, ..VarDecl::default() }.into());
            }
        }
        build::block(statements)
    }

    /// Lowers `a = b = pattern = value`.
    fn waiting_assignment(&mut self, mut expr: Box<Expr>) -> Stmt {
        let mut names = Vec::new();
        while let Expr::Assign(AssignExpr { left: AssignTarget::Simple(name), right, .. }) = *expr {
            names.push(name);
            expr = right;
        }
        expr.visit_mut_children_with(self);
        let Expr::Assign(AssignExpr { left: AssignTarget::Pat(pattern), right, .. }) = *expr else {
            unreachable!("`innermost` found a pattern");
        };
        let mut steps = Steps::new(false);
        let pattern = pattern_of(pattern);
        if names.is_empty() {
            self.take_apart(pattern, *right, &mut steps);
        } else {
            let kept: Expr = steps.keep(self, "_value", *right).into();
            self.pattern(pattern, kept.clone(), &mut steps);
            let assigned =
                names.into_iter().rev().fold(kept, |value, name| build::assign(name, value));
            steps.list.push(Step::Evaluate(assigned));
        }
        build::block(steps.into_statements(VarDeclKind::Var, self))
    }
}

/// Returns the last assignment of `a = b = pattern = value`, where `a` and `b` are names.
fn innermost(expr: &mut Expr) -> Option<&mut AssignExpr> {
    match expr {
        Expr::Assign(assign) => match &assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(_)) if assign.op == AssignOp::Assign => {
                innermost(&mut assign.right)
            }
            AssignTarget::Simple(_) => None,
            AssignTarget::Pat(_) => Some(assign),
        },
        _ => None,
    }
}

/// Whether an array in a pattern has code that waits.
fn pattern_waits<N: VisitWith<Arrays>>(pattern: &N) -> bool {
    let mut arrays = Arrays(false);
    pattern.visit_with(&mut arrays);
    arrays.0
}

/// Finds code that waits in array patterns.
struct Arrays(bool);

impl Visit for Arrays {
    noop_visit_type!();

    fn visit_array_pat(&mut self, pattern: &ArrayPat) {
        self.0 |= suspends(pattern);
    }

    fn visit_expr(&mut self, _: &Expr) {}
}
