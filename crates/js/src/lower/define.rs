//! `define` and what follows from it, in one walk. An undeclared identifier or dotted path becomes
//! a value, conditions on known values are decided, and branches that are never taken are removed
//! before their `require`s are resolved. Variables that a removed branch declares with `var` stay
//! declared.

use bundle_base::{
    Config, Source,
    config::{Dropped, Format, Platform},
};
use swc_common::{Spanned, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, BinExpr, BinaryOp, BlockStmt, Bool, Callee, CatchClause, ClassExpr,
    CondExpr, Constructor, Expr, ExprStmt, FnExpr, ForHead, ForInStmt, ForOfStmt, ForStmt,
    Function, FunctionBody, Ident, IfStmt, KeyValueProp, Lit, MemberExpr, MetaPropKind, Module,
    ModuleItem, OptCall, Program, Prop, SeqExpr, StaticBlock, Stmt, TaggedTpl, UnaryExpr, UnaryOp,
    UpdateExpr, WhileStmt,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    constant::{self, Constant},
    dead_cases,
    statements::{drop_unreachable, empty, in_block, joined, lexical},
};
use crate::{
    ast::unwrap_reference,
    scopes::{free, key_of},
};

mod chosen; // the statements that remain of decided ones
mod dropped; // calls and statements that builds leave out
mod functions; // functions in removed blocks
mod members; // members, also of optional chains
mod rule; // one replacement
mod scopes; // the bindings of the names in values

use members::{is_property, member, without_needless_check, without_start};
use rule::{Base, Rule, Words};
use scopes::{Declarations, PlaceSetter, Scopes};

/// How a program was changed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    None,
    /// Code was removed, or literals were put in.
    Folded,
    /// Values with names were put in.
    Named,
}

/// Replaces and folds in a whole program. `is_module`: it is an ES module. `table`: its names.
pub(super) fn apply(
    program: &mut Program,
    config: &Config,
    is_module: bool,
    source: &Source,
    table: &crate::scopes::Scopes,
) -> Change {
    let defined = config.script.define.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let rules = defined.chain(known(config, is_module));
    let mut words = Words::of(&source.text, table);
    let rules: Vec<_> =
        rules.filter_map(|(key, value)| Rule::new(key, value, &mut words)).collect();
    let unresolved = free();
    let scopes = Scopes::new(&rules);
    let has_names = rules.iter().any(|rule| !matches!(*rule.value, Expr::Lit(_)));
    let drop = &config.script.drop;
    let functions = Vec::new();
    let mut define =
        Define { is_module, functions, rules, drop, unresolved, scopes, is_changed: false };
    program.visit_mut_with(&mut define);
    match define.is_changed {
        false => Change::None,
        true if has_names => Change::Named,
        true => Change::Folded,
    }
}

/// Returns the replacements that hold without a `define`. Pages have no `require` for ES modules.
/// `__dirname` and `__filename`, which only Node has, get the values that webpack 5 gives them in
/// pages.
fn known(config: &Config, is_module: bool) -> impl Iterator<Item = (&str, &str)> {
    let is_page = config.resolve.platform == Platform::Browser;
    let is_for_node = config.output.format == Format::Cjs;
    let names = [
        ("require", ("typeof require", "\"undefined\""), is_module),
        ("__dirname", ("__dirname", "\"/\""), !is_for_node),
        ("__filename", ("__filename", "\"/index.js\""), !is_for_node),
    ];
    names
        .into_iter()
        .filter(move |(name, _, holds)| {
            is_page && *holds && !config.resolve.provide.contains_key(*name)
        })
        .map(|(_, rule, _)| rule)
}

struct Define<'c> {
    is_module: bool,
    /// The functions in removed blocks that are variables of the current function.
    functions: Vec<Ident>,
    rules: Vec<Rule>,
    drop: &'c [Dropped],
    unresolved: SyntaxContext,
    scopes: Scopes,
    is_changed: bool,
}

impl Define<'_> {
    fn replacement(&self, expr: &Expr) -> Option<Expr> {
        let (operand, is_typeof) = match expr {
            Expr::Ident(_) | Expr::Member(_) | Expr::OptChain(_) => (expr, false),
            Expr::Unary(UnaryExpr { op: UnaryOp::TypeOf, arg, .. }) => (&**arg, true),
            _ => return None,
        };
        let rule =
            self.rules.iter().find(|rule| rule.is_typeof == is_typeof && self.is(operand, rule))?;
        let mut value = rule.value.clone();
        value.visit_mut_with(&mut PlaceSetter {
            span: expr.span(),
            unresolved: self.unresolved,
            scopes: &self.scopes,
        });
        Some(*value)
    }

    fn is(&self, expr: &Expr, rule: &Rule) -> bool {
        let mut at = expr;
        for name in rule.path.iter().rev() {
            let Some(MemberExpr { obj, prop, .. }) = member(at) else { return false };
            if !is_property(prop, name) {
                return false;
            }
            at = obj.unwrap_parens();
        }
        match (at, &rule.base) {
            (Expr::Ident(ident), Base::Name(name)) => {
                ident.sym == *name && ident.ctxt == self.unresolved
            }
            (Expr::This(_), Base::This) => true,
            (Expr::MetaProp(meta), Base::ImportMeta) => meta.kind == MetaPropKind::ImportMeta,
            _ => false,
        }
    }

    /// Visits the target of an assignment. The target itself is not replaced by a value, but
    /// expressions inside it may be.
    fn visit_place(&mut self, expr: &mut Box<Expr>) {
        match &mut **expr {
            Expr::Ident(_) => {}
            Expr::Member(member) => member.visit_mut_children_with(self),
            Expr::OptChain(chain) => {
                chain.visit_mut_children_with(self);
                if let Some(plain) = without_start(chain) {
                    **expr = plain;
                }
            }
            _ => expr.visit_mut_with(self),
        }
    }

    /// Visits an operand whose form as a reference matters. A conditional gives a value, whichever
    /// branch is chosen: `(true && a.b)()` is not a method call.
    fn visit_value(&mut self, operand: &mut Box<Expr>, is_reference: impl Fn(&Expr) -> bool) {
        let was_choice = is_choice(operand);
        operand.visit_mut_with(self);
        if was_choice && is_reference(operand.unwrap_parens()) {
            **operand = detached(operand.take());
        }
    }

    /// Replaces an expression whose value or branch is known. Returns whether it did.
    fn fold(&self, expr: &mut Expr) -> bool {
        match expr {
            Expr::Cond(CondExpr { test, cons, alt, .. }) => {
                let known = constant::truth(test, self.unresolved);
                let Some(truth) = known.or_else(|| constant::outcome(test, self.unresolved)) else {
                    return false;
                };
                let taken = if truth { cons.take() } else { alt.take() };
                *expr = if known.is_some() { *taken } else { sequence(test.take(), taken) };
            }
            Expr::Bin(BinExpr { op, left, right, .. })
                if matches!(
                    op,
                    BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::NullishCoalescing
                ) =>
            {
                let Some(takes_right) = self.takes_right(*op, left) else { return false };
                *expr = match takes_right {
                    false => *left.take(),
                    true if constant::is_silent(left, self.unresolved) => *right.take(),
                    true => sequence(left.take(), right.take()),
                };
            }
            Expr::Bin(_) | Expr::Unary(_) => {
                let Some(Constant::Boolean(value)) = constant::of(expr, self.unresolved) else {
                    return false;
                };
                *expr = Expr::Lit(Lit::Bool(Bool { span: expr.span(), value }));
            }
            _ => return false,
        }
        true
    }

    fn takes_right(&self, op: BinaryOp, left: &Expr) -> Option<bool> {
        match op {
            BinaryOp::LogicalAnd => constant::outcome(left, self.unresolved),
            BinaryOp::LogicalOr => constant::outcome(left, self.unresolved).map(|holds| !holds),
            _ => constant::is_nothing(left, self.unresolved),
        }
    }

    /// Returns the statement without the branches that are never taken; `None` if there are none.
    fn decided(&mut self, statement: &mut Stmt) -> Option<Stmt> {
        match statement {
            Stmt::If(IfStmt { test, cons, alt, .. }) => {
                let truth = constant::truth(test, self.unresolved)?;
                let (taken, dead) = if truth {
                    (Some(cons.take()), alt.take())
                } else {
                    (alt.take(), Some(cons.take()))
                };
                let rest = dead.and_then(|dead| self.declarations(&dead));
                Some(joined(rest, taken.map_or(empty(), |taken| in_block(*taken))))
            }
            Stmt::While(WhileStmt { test, body, .. })
                if constant::truth(test, self.unresolved) == Some(false) =>
            {
                Some(self.declarations(body).unwrap_or_else(empty))
            }
            Stmt::For(ForStmt { init: None, test: Some(test), body, .. })
                if constant::truth(test, self.unresolved) == Some(false) =>
            {
                Some(self.declarations(body).unwrap_or_else(empty))
            }
            _ => None,
        }
    }
}

/// Whether folding may replace an expression by one of its operands.
fn is_choice(expr: &Expr) -> bool {
    matches!(expr.unwrap_parens(), Expr::Cond(_) | Expr::Bin(_))
}

/// Whether a callee gets `this` or a scope from its form: a method, or a direct `eval`.
fn is_called_in_its_way(callee: &Expr) -> bool {
    match callee {
        Expr::Member(_) | Expr::SuperProp(_) | Expr::OptChain(_) => true,
        Expr::Ident(name) => name.sym == "eval",
        _ => false,
    }
}

/// Whether an expression is a string, which may be a directive.
fn is_directive(expr: &Expr) -> bool {
    matches!(expr, Expr::Lit(Lit::Str(_)))
}

/// Whether `delete` has an effect on an operand.
fn is_deleted(operand: &Expr) -> bool {
    matches!(operand, Expr::Member(_) | Expr::OptChain(_) | Expr::Ident(_))
}

/// Makes `(0, a.b)`: the value without its object.
fn detached(value: Box<Expr>) -> Expr {
    sequence(Box::new(Expr::Lit(Lit::Num(0.0.into()))), value)
}

fn sequence(first: Box<Expr>, value: Box<Expr>) -> Expr {
    Expr::Seq(SeqExpr { span: value.span(), exprs: vec![first, value] })
}

/// Defines the visitor's method for a kind of node that declares names.
macro_rules! scope {
    ($method:ident, $node:ty, $names:expr) => {
        fn $method(&mut self, node: &mut $node) {
            let depth = self.scopes.enter(|names| $names(names, node));
            node.visit_mut_children_with(self);
            self.scopes.leave(depth);
        }
    };
}

impl VisitMut for Define<'_> {
    noop_visit_mut_type!();
    scope!(visit_mut_module, Module, Declarations::module);
    scope!(visit_mut_function, Function, Declarations::function);
    scope!(visit_mut_arrow_expr, ArrowExpr, Declarations::arrow);
    scope!(visit_mut_constructor, Constructor, Declarations::constructor);
    scope!(visit_mut_fn_expr, FnExpr, Declarations::fn_expr);
    scope!(visit_mut_class_expr, ClassExpr, Declarations::class_expr);
    scope!(visit_mut_block_stmt, BlockStmt, Declarations::block);
    scope!(visit_mut_static_block, StaticBlock, Declarations::static_block);
    scope!(visit_mut_catch_clause, CatchClause, Declarations::catch);
    scope!(visit_mut_for_stmt, ForStmt, Declarations::for_stmt);
    scope!(visit_mut_for_in_stmt, ForInStmt, Declarations::for_in);
    scope!(visit_mut_for_of_stmt, ForOfStmt, Declarations::for_of);

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if !self.rules.is_empty()
            && let Some(value) = self.replacement(expr)
        {
            *expr = value;
            self.is_changed = true;
            return;
        }
        if dropped::is_dropped(expr, self.drop, self.unresolved) {
            *expr = *Expr::undefined(expr.span());
            self.is_changed = true;
            return;
        }
        if let Expr::OptChain(chain) = expr
            && let Some(plain) = without_needless_check(chain, self.unresolved)
        {
            *expr = plain;
        }
        expr.visit_mut_children_with(self);
        if let Expr::OptChain(chain) = expr
            && let Some(plain) = without_start(chain)
        {
            *expr = plain;
        }
        self.is_changed |= self.fold(expr);
    }

    fn visit_mut_callee(&mut self, callee: &mut Callee) {
        if let Callee::Expr(function) = callee {
            unwrap_reference(function);
            self.visit_value(function, is_called_in_its_way);
        }
    }

    fn visit_mut_member_expr(&mut self, member: &mut MemberExpr) {
        unwrap_reference(&mut member.obj);
        member.visit_mut_children_with(self);
    }

    fn visit_mut_opt_call(&mut self, call: &mut OptCall) {
        self.visit_value(&mut call.callee, is_called_in_its_way);
        call.args.visit_mut_with(self);
    }

    fn visit_mut_tagged_tpl(&mut self, tagged: &mut TaggedTpl) {
        self.visit_value(&mut tagged.tag, is_called_in_its_way);
        tagged.tpl.visit_mut_with(self);
    }

    fn visit_mut_prop(&mut self, prop: &mut Prop) {
        if let Prop::Shorthand(ident) = prop
            && let Some(value) = self.replacement(&Expr::Ident(ident.clone()))
        {
            self.is_changed = true;
            *prop = Prop::KeyValue(KeyValueProp { key: key_of(ident), value: Box::new(value) });
            return;
        }
        prop.visit_mut_children_with(self);
    }

    fn visit_mut_update_expr(&mut self, update: &mut UpdateExpr) {
        self.visit_place(&mut update.arg);
    }

    fn visit_mut_unary_expr(&mut self, unary: &mut UnaryExpr) {
        match unary.op {
            UnaryOp::Delete if is_choice(&unary.arg) => {
                self.visit_value(&mut unary.arg, is_deleted);
            }
            UnaryOp::Delete => self.visit_place(&mut unary.arg),
            // `typeof` of an undeclared name works; an expression that reads the name throws.
            UnaryOp::TypeOf => self.visit_value(&mut unary.arg, Expr::is_ident),
            _ => unary.visit_mut_children_with(self),
        }
    }

    fn visit_mut_assign_expr(&mut self, assign: &mut AssignExpr) {
        // Targets are patterns or places. Only computed parts inside them are expressions, so
        // `visit_mut_expr` is never called for the target itself.
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
        if dropped::is_dropped_statement(statement, self.drop, self.unresolved) {
            *statement = empty();
            self.is_changed = true;
            return;
        }
        let was_directive =
            matches!(statement, Stmt::Expr(ExprStmt { expr, .. }) if is_directive(expr));
        // The condition is visited first: a branch that is never taken needs no visit, however
        // large it is.
        if let Stmt::If(IfStmt { test, .. }) = statement {
            test.visit_mut_with(self);
        }
        if let Some(rest) = self.decided(statement) {
            *statement = rest;
            self.is_changed = true;
            return self.visit_mut_stmt(statement);
        }
        if let Some(rest) = self.half_decided(statement) {
            *statement = rest;
            self.is_changed = true;
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
                self.is_changed |=
                    dead_cases::take_out(switch, self.unresolved, &mut self.functions);
                switch.cases.iter_mut().for_each(|case| case.cons.visit_mut_with(self));
            }
            _ => statement.visit_mut_children_with(self),
        }
        let rest = self.decided(statement);
        if let Some(rest) = rest {
            *statement = rest;
            self.is_changed = true;
        } else if let Stmt::Expr(ExprStmt { expr, .. }) = statement
            && (matches!(&**expr, Expr::Lit(Lit::Bool(_))) || !was_directive && is_directive(expr))
        {
            // `false && require("x")` as a statement is removed, and `true && "use strict"` must
            // not become a directive.
            *statement = empty();
        }
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        let before = self.functions.len();
        self.visit_list(statements, |statement| Some(statement), |statement| statement);
        self.is_changed |= drop_unreachable(statements, &mut self.functions);
        if self.functions.len() > before {
            let own: Vec<_> = statements.iter().flat_map(lexical).collect();
            self.hide_functions(before, &own);
        }
    }

    fn visit_mut_module_items(&mut self, items: &mut Vec<ModuleItem>) {
        self.visit_list(items, ModuleItem::as_mut_stmt, ModuleItem::Stmt);
        if !self.functions.is_empty() {
            let statements = items.iter().filter_map(ModuleItem::as_stmt);
            let own: Vec<_> = statements.flat_map(lexical).collect();
            self.hide_functions(0, &own);
            self.declare_functions(Vec::new(), items);
        }
    }

    fn visit_mut_function_body(&mut self, body: &mut FunctionBody) {
        let outer = std::mem::take(&mut self.functions);
        body.visit_mut_children_with(self);
        self.declare_functions(outer, &mut body.stmts);
    }
}
