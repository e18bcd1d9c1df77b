//! `define` and what follows from it: an identifier or dotted path that nobody declares becomes a value, conditions
//! on values are decided, and the branches never taken disappear before anybody resolves what they `require`. One
//! walk. What a removed branch declares with `var` stays declared.

use bundle_base::{Config, Source};
use swc_atoms::Atom;
use swc_common::{BytePos, DUMMY_SP, Span, Spanned, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    AssignExpr, BinExpr, BinaryOp, BlockStmt, Bool, Callee, CondExpr, Decl, EmptyStmt, EsVersion, Expr, ExprStmt,
    ForHead, ForStmt, Ident, IfStmt, KeyValueProp, Lit, MemberExpr, MemberProp, MetaPropKind, ModuleItem, Program,
    Prop, PropName, SeqExpr, Stmt, Str, UnaryExpr, UnaryOp, UpdateExpr, VarDecl, VarDeclKind, VarDeclarator, WhileStmt,
};
use swc_ecma_parser::{EsSyntax, Lexer, Parser, StringInput, Syntax};
use swc_ecma_utils::extract_var_ids;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    constant::{self, Constant},
    dead_cases,
};
use crate::ast::Marks;

/// Replaces and folds in a whole program.
pub(super) fn apply(program: &mut Program, config: &Config, source: &Source, marks: Marks) {
    let rules = config.script.define.iter().filter_map(|(key, value)| Rule::new(key, value, &source.text)).collect();
    let unresolved = SyntaxContext::empty().apply_mark(marks.unresolved);
    program.visit_mut_with(&mut Define { rules, unresolved });
}

/// One replacement: `typeof? base.path… → value`.
struct Rule {
    is_typeof: bool,
    base: Base,
    /// The properties after the base.
    path: Vec<Atom>,
    value: Box<Expr>,
}

/// What a path starts from.
#[derive(PartialEq, Eq)]
enum Base {
    Name(Atom),
    This,
    ImportMeta,
}

impl Rule {
    /// `None` if the text cannot contain it, or the value is no expression (the configuration has said so already).
    fn new(key: &str, value: &str, text: &str) -> Option<Self> {
        let (is_typeof, path) = match key.strip_prefix("typeof ") {
            Some(path) => (true, path.trim()),
            None => (false, key.trim()),
        };
        let mut parts = path.split('.').map(str::trim);
        let base = match parts.next()? {
            "this" => Base::This,
            "import" if parts.next() == Some("meta") => Base::ImportMeta,
            name => Base::Name(name.into()),
        };
        let path: Vec<Atom> = parts.map(Atom::from).collect();
        let last = path.last().map_or(key, |last| last.as_str());
        text.contains(last.strip_prefix("typeof ").unwrap_or(last)).then_some(())?;
        Some(Self { is_typeof, base, path, value: expression(value)? })
    }
}

/// A value's text as an expression without positions.
fn expression(text: &str) -> Option<Box<Expr>> {
    let end = BytePos(u32::try_from(text.len()).ok()? + 1);
    let input = StringInput::new(text, BytePos(1), end);
    let lexer = Lexer::new(Syntax::Es(EsSyntax::default()), EsVersion::EsNext, input, None);
    let mut parser = Parser::new_from(lexer);
    let value = parser.parse_expr().ok()?;
    parser.take_errors().is_empty().then_some(value)
}

struct Define {
    rules: Vec<Rule>,
    unresolved: SyntaxContext,
}

impl Define {
    fn replacement(&self, expr: &Expr) -> Option<Expr> {
        let (operand, is_typeof) = match expr {
            Expr::Ident(_) | Expr::Member(_) => (expr, false),
            Expr::Unary(UnaryExpr { op: UnaryOp::TypeOf, arg, .. }) => (&**arg, true),
            _ => return None,
        };
        let rule = self.rules.iter().find(|rule| rule.is_typeof == is_typeof && self.is(operand, rule))?;
        let mut value = rule.value.clone();
        value.visit_mut_with(&mut Place { span: expr.span(), unresolved: self.unresolved });
        Some(*value)
    }

    fn is(&self, expr: &Expr, rule: &Rule) -> bool {
        let mut at = expr;
        for name in rule.path.iter().rev() {
            let Expr::Member(MemberExpr { obj, prop, .. }) = at else { return false };
            if !is_property(prop, name) {
                return false;
            }
            at = obj;
        }
        match (at, &rule.base) {
            (Expr::Ident(ident), Base::Name(name)) => ident.sym == *name && ident.ctxt == self.unresolved,
            (Expr::This(_), Base::This) => true,
            (Expr::MetaProp(meta), Base::ImportMeta) => meta.kind == MetaPropKind::ImportMeta,
            _ => false,
        }
    }

    /// What an assignment writes to is no use of its value, but what stands inside may be.
    fn visit_place(&mut self, expr: &mut Box<Expr>) {
        match &mut **expr {
            Expr::Ident(_) => {}
            Expr::Member(member) => member.visit_mut_children_with(self),
            _ => expr.visit_mut_with(self),
        }
    }

    fn fold(&self, expr: &mut Expr) {
        match expr {
            Expr::Cond(CondExpr { test, cons, alt, .. }) => {
                let known = constant::truth(test, self.unresolved);
                let Some(truth) = known.or_else(|| constant::outcome(test, self.unresolved)) else { return };
                let taken = if truth { cons.take() } else { alt.take() };
                *expr = if known.is_some() { *taken } else { sequence(test.take(), taken) };
            }
            Expr::Bin(BinExpr { op, left, right, .. })
                if matches!(op, BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::NullishCoalescing) =>
            {
                let ends_left = match op {
                    BinaryOp::LogicalAnd => constant::outcome(left, self.unresolved) == Some(false),
                    BinaryOp::LogicalOr => constant::outcome(left, self.unresolved) == Some(true),
                    _ => false,
                };
                let known = || self.takes_right(*op, left);
                let Some(takes_right) = (if ends_left { Some(false) } else { known() }) else { return };
                let taken = if takes_right { right.take() } else { left.take() };
                *expr = *taken;
            }
            Expr::Bin(_) | Expr::Unary(_) => {
                if let Some(Constant::Boolean(value)) = constant::of(expr, self.unresolved) {
                    *expr = Expr::Lit(Lit::Bool(Bool { span: expr.span(), value }));
                }
            }
            _ => {}
        }
    }

    fn takes_right(&self, op: BinaryOp, left: &Expr) -> Option<bool> {
        let value = constant::of(left, self.unresolved)?;
        Some(match op {
            BinaryOp::LogicalAnd => value.is_truthy(),
            BinaryOp::LogicalOr => !value.is_truthy(),
            _ => matches!(value, Constant::Undefined | Constant::Null),
        })
    }

    /// The statement without branches that are never taken; `None` if there was none.
    fn decided(&self, statement: &mut Stmt) -> Option<Stmt> {
        match statement {
            Stmt::If(IfStmt { test, cons, alt, .. }) => {
                let truth = constant::truth(test, self.unresolved)?;
                let (taken, dead) =
                    if truth { (Some(cons.take()), alt.take()) } else { (alt.take(), Some(cons.take())) };
                let rest = dead.and_then(|dead| declarations(&dead));
                Some(joined(rest, taken.map_or(empty(), |taken| *taken)))
            }
            Stmt::While(WhileStmt { test, body, .. }) if constant::truth(test, self.unresolved) == Some(false) => {
                Some(declarations(body).unwrap_or_else(empty))
            }
            Stmt::For(ForStmt { init: None, test: Some(test), body, .. })
                if constant::truth(test, self.unresolved) == Some(false) =>
            {
                Some(declarations(body).unwrap_or_else(empty))
            }
            _ => None,
        }
    }
}

/// `a.b` or `a["b"]`.
fn is_property(prop: &MemberProp, name: &Atom) -> bool {
    match prop {
        MemberProp::Ident(ident) => ident.sym == *name,
        MemberProp::Computed(computed) => {
            matches!(&*computed.expr, Expr::Lit(Lit::Str(Str { value, .. })) if value.as_str() == Some(name.as_str()))
        }
        MemberProp::PrivateName(_) => false,
    }
}

fn unwrapped(mut expr: &Expr) -> &Expr {
    while let Expr::Paren(paren) = expr {
        expr = &paren.expr;
    }
    expr
}

/// `(0, a.b)`: the value without the object it was found on.
fn detached(value: Box<Expr>) -> Expr {
    sequence(Box::new(Expr::Lit(Lit::Num(0.0.into()))), value)
}

fn sequence(first: Box<Expr>, value: Box<Expr>) -> Expr {
    Expr::Seq(SeqExpr { span: value.span(), exprs: vec![first, value] })
}

/// `var` declarations for every name that a removed statement declared for the whole function.
pub(super) fn declarations(removed: &Stmt) -> Option<Stmt> {
    let names = extract_var_ids(removed);
    (!names.is_empty()).then(|| {
        let decls = names.into_iter().map(|name| VarDeclarator {
            span: DUMMY_SP,
            name: name.into(),
            init: None,
            definite: false,
        });
        VarDecl { kind: VarDeclKind::Var, decls: decls.collect(), ..VarDecl::default() }.into()
    })
}

/// Takes out what follows a `return`, `throw`, `break` or `continue` in its list. Declarations stay: functions are called
/// from above, and lexical names hide outer ones.
fn drop_unreachable(statements: &mut Vec<Stmt>) {
    let Some(end) = statements.iter().position(is_end) else { return };
    for statement in statements.split_off(end + 1) {
        match &statement {
            Stmt::Decl(Decl::Var(declaration)) if declaration.kind == VarDeclKind::Var => {
                statements.extend(declarations(&statement));
            }
            Stmt::Decl(_) => statements.push(statement),
            _ => statements.extend(declarations(&statement)),
        }
    }
}

/// Whether nothing in a list runs after a statement.
pub(super) fn is_end(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Return(_) | Stmt::Throw(_) | Stmt::Break(_) | Stmt::Continue(_))
}

fn joined(first: Option<Stmt>, second: Stmt) -> Stmt {
    match first {
        None => second,
        Some(first) if second.is_empty() => first,
        Some(first) => Stmt::Block(BlockStmt { stmts: vec![first, second], ..BlockStmt::default() }),
    }
}

fn empty() -> Stmt {
    Stmt::Empty(EmptyStmt { span: DUMMY_SP })
}

impl VisitMut for Define {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if !self.rules.is_empty()
            && let Some(value) = self.replacement(expr)
        {
            *expr = value;
            return;
        }
        expr.visit_mut_children_with(self);
        self.fold(expr);
    }

    fn visit_mut_callee(&mut self, callee: &mut Callee) {
        let Callee::Expr(function) = callee else { return };
        let was_choice = matches!(unwrapped(function), Expr::Cond(_) | Expr::Bin(_));
        function.visit_mut_with(self);
        // `(true && a.b)()` is no method call, and `(true && eval)()` no direct `eval`.
        let is_special = match unwrapped(function) {
            Expr::Member(_) | Expr::SuperProp(_) => true,
            Expr::Ident(name) => name.sym == "eval",
            _ => false,
        };
        if was_choice && is_special {
            **function = detached(function.take());
        }
    }

    fn visit_mut_prop(&mut self, prop: &mut Prop) {
        if let Prop::Shorthand(ident) = prop
            && let Some(value) = self.replacement(&Expr::Ident(ident.clone()))
        {
            *prop = Prop::KeyValue(KeyValueProp { key: PropName::Ident(ident.clone().into()), value: Box::new(value) });
            return;
        }
        prop.visit_mut_children_with(self);
    }

    fn visit_mut_update_expr(&mut self, update: &mut UpdateExpr) {
        self.visit_place(&mut update.arg);
    }

    fn visit_mut_unary_expr(&mut self, unary: &mut UnaryExpr) {
        match unary.op {
            UnaryOp::Delete => self.visit_place(&mut unary.arg),
            _ => unary.visit_mut_children_with(self),
        }
    }

    fn visit_mut_assign_expr(&mut self, assign: &mut AssignExpr) {
        // Targets are patterns or places; only what is computed inside them is an expression, and the visitor of
        // expressions never meets the target itself.
        assign.visit_mut_children_with(self);
    }

    fn visit_mut_for_head(&mut self, head: &mut ForHead) {
        if let ForHead::Pat(pattern) = head
            && let swc_ecma_ast::Pat::Expr(place) = &mut **pattern
        {
            return self.visit_place(place);
        }
        head.visit_mut_children_with(self);
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        // The condition first: a branch that is never taken needs no visit, however large it is.
        if let Stmt::If(IfStmt { test, .. }) = statement {
            test.visit_mut_with(self);
        }
        if let Some(rest) = self.decided(statement) {
            *statement = rest;
            return self.visit_mut_stmt(statement);
        }
        if let Some(rest) = self.half_decided(statement) {
            *statement = rest;
            return;
        }
        match statement {
            Stmt::If(IfStmt { cons, alt, .. }) => {
                cons.visit_mut_with(self);
                alt.visit_mut_with(self);
            }
            Stmt::Switch(switch) => {
                switch.discriminant.visit_mut_with(self);
                switch.cases.iter_mut().for_each(|case| case.test.visit_mut_with(self));
                dead_cases::take_out(switch, self.unresolved);
                switch.cases.iter_mut().for_each(|case| case.cons.visit_mut_with(self));
            }
            _ => statement.visit_mut_children_with(self),
        }
        let rest = self.decided(statement);
        if let Some(rest) = rest {
            *statement = rest;
        } else if let Stmt::Expr(ExprStmt { expr, .. }) = statement
            && matches!(&**expr, Expr::Lit(Lit::Bool(_)))
        {
            // `false && require("x")` on its own leaves nothing behind.
            *statement = empty();
        }
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        self.visit_list(statements, |statement| Some(statement), |statement| statement);
        drop_unreachable(statements);
    }

    fn visit_mut_module_items(&mut self, items: &mut Vec<ModuleItem>) {
        self.visit_list(items, ModuleItem::as_mut_stmt, ModuleItem::Stmt);
    }
}

impl Define {
    /// What is left of `if (x() && false) …`, visited: its condition runs, and what that always leads to.
    fn half_decided(&mut self, statement: &mut Stmt) -> Option<Stmt> {
        let Stmt::If(IfStmt { test, cons, alt, .. }) = statement else { return None };
        let outcome = constant::outcome(test, self.unresolved)?;
        let (mut taken, dead) = if outcome { (Some(cons.take()), alt.take()) } else { (alt.take(), Some(cons.take())) };
        taken.visit_mut_with(self);
        let condition = Stmt::Expr(ExprStmt { span: test.span(), expr: test.take() });
        let rest = dead.and_then(|dead| declarations(&dead));
        Some(joined(rest, joined(Some(condition), taken.map_or(empty(), |taken| *taken))))
    }

    /// Visits statements in a list. A choice that was decided leaves what it chose in the list itself, so that the
    /// linker sees statements and not one block of them.
    fn visit_list<T: VisitMutWith<Self>>(
        &mut self,
        list: &mut Vec<T>,
        statement: impl Fn(&mut T) -> Option<&mut Stmt>,
        item: impl Fn(Stmt) -> T,
    ) {
        let mut is_changed = false;
        for entry in list.iter_mut() {
            let was_choice = statement(entry).is_some_and(|s| matches!(s, Stmt::If(_)));
            entry.visit_mut_with(self);
            is_changed |= statement(entry).is_some_and(|s| s.is_empty() || was_choice && is_plain_block(s));
        }
        if !is_changed {
            return;
        }
        let mut flat = Vec::with_capacity(list.len());
        for mut entry in list.drain(..) {
            match statement(&mut entry) {
                Some(Stmt::Empty(_)) => {}
                Some(whole) if is_plain_block(whole) => flatten(whole.take(), &mut |part| flat.push(item(part))),
                _ => flat.push(entry),
            }
        }
        *list = flat;
    }
}

/// A block without names of its own.
fn is_plain_block(statement: &Stmt) -> bool {
    let Stmt::Block(block) = statement else { return false };
    !block.stmts.iter().any(|s| match s {
        Stmt::Decl(Decl::Var(declaration)) => declaration.kind != VarDeclKind::Var,
        Stmt::Decl(_) => true,
        _ => false,
    })
}

fn flatten(statement: Stmt, push: &mut impl FnMut(Stmt)) {
    match statement {
        Stmt::Empty(_) => {}
        block if is_plain_block(&block) => {
            let Stmt::Block(block) = block else { return };
            block.stmts.into_iter().for_each(|part| flatten(part, push));
        }
        other => push(other),
    }
}

/// Gives a value the place of what it replaces, and its free names the mark of free names.
struct Place {
    span: Span,
    unresolved: SyntaxContext,
}

impl VisitMut for Place {
    fn visit_mut_span(&mut self, span: &mut Span) {
        *span = self.span;
    }

    fn visit_mut_ident(&mut self, ident: &mut Ident) {
        ident.span = self.span;
        ident.ctxt = self.unresolved;
    }
}
