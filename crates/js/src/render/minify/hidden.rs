//! What the compressor must not see as it is, because it would change its meaning:
//!
//! - `new.target`: a function that reads it would be inlined, and then read that of another
//!   function. It becomes a member of `arguments`, because the compressor keeps functions that
//!   mention these.
//! - `instanceof`: with a primitive on the left it would be folded to `false`, although the class
//!   on the right may decide by `Symbol.hasInstance`. It becomes `in`, which is never folded. What
//!   is on its right becomes the argument of an unknown function, which tells the two operators
//!   apart: spans do not, because the compressor replaces them.
//! - An operator that converts objects, as a statement: conversions may run the program's own code.
//!   It becomes the argument of an unknown function.
//! - `(0, object?.method)()`, `(test ? object.method : other)()`: reduced to a member, the call
//!   would pass the object as `this`.
//! - `typeof { key: call() }`: it would be folded, and the call lost.
//! - The value of a variable that is read before it is set: it would replace the name. Also a value
//!   that reads such a variable: it would be moved behind.
//! - `default: case test(): case 1: …`: the last case would be lost. `default` gets a statement.
//! - `(++name)(…)`: without the parentheses it is another program, so it becomes a sequence.
//! - In functions that mention `arguments`, which are linked to the parameters in sloppy code: an
//!   unused rest parameter, because without it the two would be linked too; and a copy of a
//!   parameter, which would be replaced by the parameter itself.

use std::iter;

use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::{DUMMY_SP, Mark, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    BinExpr, BinaryOp, BindingIdent, CallExpr, Callee, Constructor, Decl, EmptyStmt, Expr,
    ExprStmt, Function, GetterProp, Id, Ident, IdentName, IfStmt, Lit, MemberExpr, MemberProp,
    MetaPropExpr, MetaPropKind, ModuleItem, Pat, Program, SeqExpr, SetterProp, Stmt, SwitchStmt,
    UnaryOp,
};
use swc_ecma_utils::{ExprFactory, find_pat_ids};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::early_reads;

/// The names that hide such code. No program has names like these.
const NEW_TARGET: &str = "%new.target";
const KEPT: &str = "%kept";
const INSTANCE_OF: &str = "%instanceof";

/// Hides such code. The program must be resolved and have no parentheses.
pub(super) fn hide(program: &mut Program, unresolved: Mark) {
    program.visit_mut_with(&mut Hide { global: SyntaxContext::empty().apply_mark(unresolved) });
}

/// Undoes `hide`.
pub(super) fn show(program: &mut Program) {
    program.visit_mut_with(&mut Show);
}

struct Hide {
    global: SyntaxContext,
}

impl Hide {
    /// Keeps an expression whose value is not used.
    fn keep(&self, value: &mut Expr) {
        self.pass(value, KEPT);
    }

    /// Makes an expression the argument of an unknown function.
    fn pass(&self, value: &mut Expr, to: &str) {
        let callee = Ident::new(to.into(), DUMMY_SP, self.global);
        *value = callee.as_call(DUMMY_SP, vec![value.take().as_arg()]);
    }

    /// Hides what must be kept of an expression whose value is not used.
    fn unused(&self, value: &mut Expr) {
        match value {
            Expr::Seq(sequence) => sequence.exprs.iter_mut().for_each(|value| self.unused(value)),
            Expr::Cond(condition) => {
                self.unused(&mut condition.cons);
                self.unused(&mut condition.alt);
            }
            Expr::Unary(unary) => match unary.op {
                UnaryOp::Bang | UnaryOp::Void => self.unused(&mut unary.arg),
                UnaryOp::Plus | UnaryOp::Minus | UnaryOp::Tilde if may_convert(&unary.arg) => {
                    self.keep(value);
                }
                _ => {}
            },
            Expr::Bin(binary) => match binary.op {
                BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::NullishCoalescing => {
                    self.unused(&mut binary.right);
                }
                BinaryOp::EqEqEq | BinaryOp::NotEqEq => {}
                BinaryOp::In | BinaryOp::InstanceOf => self.keep(value),
                _ if may_convert(&binary.left) || may_convert(&binary.right) => self.keep(value),
                _ => {}
            },
            Expr::Call(call) if is_text(call) => self.keep(value),
            Expr::Tpl(template) if template.exprs.iter().any(|value| may_convert(value)) => {
                self.keep(value);
            }
            _ => {}
        }
    }

    /// Makes `var name = %kept(value)`, for names that were read before, and for values that read
    /// them.
    fn keep_values<'a>(
        &self,
        statements: impl Iterator<Item = &'a mut Stmt>,
        mut early: FxHashMap<Id, usize>,
    ) {
        for statement in statements {
            let Stmt::Decl(Decl::Var(variables)) = statement else { continue };
            for variable in &mut variables.decls {
                if early.is_empty() {
                    return;
                }
                let Some(value) = &mut variable.init else { continue };
                let mut is_kept = early_reads::mentions(value, &early);
                let name = variable.name.as_ident().map(BindingIdent::to_id);
                if let Some(values) = name.as_ref().and_then(|name| early.get_mut(name)) {
                    *values -= 1;
                    is_kept = true;
                }
                early.retain(|_, values| *values > 0);
                if is_kept {
                    self.keep(value);
                }
            }
        }
    }

    /// Makes `var copy = %kept(parameter), parameter = …`: the compressor would replace the copy by
    /// the parameter.
    fn keep_copies(&self, function: &mut Function) {
        let Some(body) = &mut function.body else { return };
        let mut parameters: FxHashSet<Id> = find_pat_ids(&function.params).into_iter().collect();
        let declared: FxHashSet<Id> = body.stmts.iter().flat_map(early_reads::set_by).collect();
        parameters.retain(|name| declared.contains(name));
        for statement in &mut body.stmts {
            let Stmt::Decl(Decl::Var(variables)) = statement else { continue };
            for value in variables.decls.iter_mut().filter_map(|variable| variable.init.as_mut()) {
                if value.as_ident().is_some_and(|name| parameters.contains(&name.to_id())) {
                    self.keep(value);
                }
            }
        }
    }

    /// If a function mentions its own `arguments`, keeps its rest parameter, by `%kept(rest)` at
    /// its start, and copies of its parameters, by `var copy = %kept(parameter)`.
    fn keep_parameters(&self, function: &mut Function) {
        let Some(body) = &mut function.body else { return };
        let mut found = Arguments(false);
        body.visit_with(&mut found);
        if !found.0 {
            return;
        }
        let parameters: Vec<Id> = find_pat_ids(&function.params);
        for statement in &mut body.stmts {
            let Stmt::Decl(Decl::Var(variables)) = statement else { continue };
            for value in variables.decls.iter_mut().filter_map(|variable| variable.init.as_mut()) {
                if value.as_ident().is_some_and(|name| parameters.contains(&name.to_id())) {
                    self.keep(value);
                }
            }
        }
        if let Some(Pat::Rest(rest)) = function.params.last().map(|parameter| &parameter.pat)
            && let Pat::Ident(name) = &*rest.arg
        {
            let mut kept = Expr::Ident(name.id.clone());
            self.keep(&mut kept);
            let at =
                body.stmts.iter().take_while(|statement| statement.can_precede_directive()).count();
            body.stmts.insert(at, kept.into_stmt());
        }
    }
}

/// Whether a call is `"…".concat(…)`, the lowered form of a template.
fn is_text(call: &CallExpr) -> bool {
    let callee = call.callee.as_expr().and_then(|callee| callee.as_member());
    callee.is_some_and(|callee| {
        matches!(&*callee.obj, Expr::Lit(Lit::Str(_))) && callee.prop.is_ident_with("concat")
    })
}

/// Whether a value is an object, array or class that is not empty, whose evaluation may run any
/// code.
fn is_filled(value: &Expr) -> bool {
    match value {
        Expr::Object(object) => !object.props.is_empty(),
        Expr::Array(array) => !array.elems.is_empty(),
        Expr::Class(class) => class.class.super_class.is_some() || !class.class.body.is_empty(),
        _ => false,
    }
}

/// Whether an expression may be folded to a member, such as `object ? object.member : other`.
fn gives_member(choice: &Expr) -> bool {
    let is_member = |value: &Expr| value.is_member() || value.is_opt_chain() || gives_member(value);
    match choice {
        Expr::Cond(condition) => is_member(&condition.cons) || is_member(&condition.alt),
        Expr::Bin(binary) if binary.op.may_short_circuit() => {
            is_member(&binary.left) || is_member(&binary.right)
        }
        _ => false,
    }
}

/// Whether converting a value may run code or throw. False for what is certainly primitive and not
/// a symbol.
pub(super) fn may_convert(value: &Expr) -> bool {
    match value {
        Expr::Lit(literal) => matches!(literal, Lit::BigInt(_) | Lit::Regex(_)),
        Expr::Unary(unary) => {
            !matches!(unary.op, UnaryOp::Bang | UnaryOp::TypeOf | UnaryOp::Void | UnaryOp::Delete)
        }
        _ => true,
    }
}

impl VisitMut for Hide {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, value: &mut Expr) {
        value.visit_mut_children_with(self);
        match value {
            Expr::MetaProp(MetaPropExpr { span, kind: MetaPropKind::NewTarget }) => {
                let obj = Box::new(Ident::new("arguments".into(), *span, self.global).into());
                let prop = MemberProp::Ident(IdentName::new(NEW_TARGET.into(), DUMMY_SP));
                *value = MemberExpr { span: *span, obj, prop }.into();
            }
            Expr::Bin(binary) if binary.op == BinaryOp::InstanceOf => {
                binary.op = BinaryOp::In;
                self.pass(&mut binary.right, INSTANCE_OF);
            }
            Expr::Unary(unary) if unary.op == UnaryOp::TypeOf && is_filled(&unary.arg) => {
                self.keep(&mut unary.arg);
            }
            _ => {}
        }
    }

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        call.visit_mut_children_with(self);
        let Callee::Expr(callee) = &mut call.callee else { return };
        match &mut **callee {
            Expr::Seq(sequence) => {
                if let Some(last) = sequence.exprs.last_mut().filter(|last| last.is_opt_chain()) {
                    self.keep(last);
                }
            }
            choice if gives_member(choice) => self.keep(choice),
            _ => {}
        }
    }

    fn visit_mut_switch_stmt(&mut self, switch: &mut SwitchStmt) {
        switch.visit_mut_children_with(self);
        let Some(default) = switch.cases.iter().position(|case| case.test.is_none()) else {
            return;
        };
        let mut tests = switch.cases[default + 1..].iter().filter_map(|case| case.test.as_ref());
        let is_plain = |test: &Expr| test.is_lit() || test.is_ident();
        let may_lose =
            tests.clone().any(|test| is_plain(test)) && !tests.all(|test| is_plain(test));
        if switch.cases[default].cons.is_empty() && may_lose {
            let mut kept = Expr::from(0.0);
            self.keep(&mut kept);
            switch.cases[default].cons.push(kept.into_stmt());
        }
    }

    fn visit_mut_module_items(&mut self, items: &mut Vec<ModuleItem>) {
        let early = early_reads::of(items.iter().filter_map(ModuleItem::as_stmt));
        self.keep_values(items.iter_mut().filter_map(ModuleItem::as_mut_stmt), early);
        items.visit_mut_children_with(self);
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        let early = early_reads::of(statements.iter());
        self.keep_values(statements.iter_mut(), early);
        statements.visit_mut_children_with(self);
    }

    /// `if (test) var name = …, other = …;`: the branch is a list of its own.
    fn visit_mut_if_stmt(&mut self, statement: &mut IfStmt) {
        for branch in iter::once(&mut statement.cons).chain(&mut statement.alt) {
            let early = early_reads::of(iter::once(&**branch));
            self.keep_values(iter::once(&mut **branch), early);
        }
        statement.visit_mut_children_with(self);
    }

    fn visit_mut_expr_stmt(&mut self, statement: &mut ExprStmt) {
        self.unused(&mut statement.expr);
        statement.visit_mut_children_with(self);
    }

    fn visit_mut_seq_expr(&mut self, sequence: &mut SeqExpr) {
        if let Some((_, unused)) = sequence.exprs.split_last_mut() {
            for value in unused {
                self.unused(value);
            }
        }
        sequence.visit_mut_children_with(self);
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        function.visit_mut_children_with(self);
        self.keep_parameters(function);
        self.keep_copies(function);
    }
}

/// Whether code mentions the `arguments` of the function that contains it.
struct Arguments(bool);

impl Visit for Arguments {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        self.0 |= &*ident.sym == "arguments";
    }

    // Functions and accessors have their own.
    fn visit_function(&mut self, _: &Function) {}

    fn visit_constructor(&mut self, _: &Constructor) {}

    fn visit_getter_prop(&mut self, _: &GetterProp) {}

    fn visit_setter_prop(&mut self, _: &SetterProp) {}
}

struct Show;

impl VisitMut for Show {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, value: &mut Expr) {
        value.visit_mut_children_with(self);
        match value {
            Expr::Member(MemberExpr { span, prop: MemberProp::Ident(prop), .. })
                if &*prop.sym == NEW_TARGET =>
            {
                *value = MetaPropExpr { span: *span, kind: MetaPropKind::NewTarget }.into();
            }
            Expr::Bin(binary) if binary.op == BinaryOp::In => show_operator(binary),
            Expr::Call(call) => {
                if let Some(kept) = kept(call) {
                    *value = kept;
                }
            }
            _ => {}
        }
    }

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        // A callee that becomes a member again must not get the object as `this`.
        if let Callee::Expr(callee) = &mut call.callee {
            let value = match &mut **callee {
                Expr::Call(inner) => kept(inner),
                Expr::Update(_) => Some(*callee.take()),
                _ => None,
            };
            if let Some(value) = value {
                let exprs = vec![Box::new(Expr::from(0.0)), Box::new(value)];
                **callee = SeqExpr { span: DUMMY_SP, exprs }.into();
            }
        }
        call.visit_mut_children_with(self);
    }

    fn visit_mut_seq_expr(&mut self, sequence: &mut SeqExpr) {
        if let Some((last, unused)) = sequence.exprs.split_last_mut() {
            let mut values: Vec<Box<Expr>> =
                unused.iter_mut().map(Take::take).filter(|value| !is_nothing(value)).collect();
            values.push(last.take());
            sequence.exprs = values;
        }
        sequence.visit_mut_children_with(self);
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        statements
            .retain(|statement| !matches!(statement, Stmt::Expr(value) if is_nothing(&value.expr)));
        statements.visit_mut_children_with(self);
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        if matches!(statement, Stmt::Expr(value) if is_nothing(&value.expr)) {
            *statement = EmptyStmt { span: DUMMY_SP }.into();
        }
        statement.visit_mut_children_with(self);
    }
}

/// Returns the argument of `%kept(…)`.
fn kept(call: &mut CallExpr) -> Option<Expr> {
    is_kept(call).then(|| *call.args[0].expr.take())
}

fn is_kept(call: &CallExpr) -> bool {
    is_passed(call, KEPT)
}

/// Whether a call is `to(…)`, as `Hide::pass` makes it.
fn is_passed(call: &CallExpr, to: &str) -> bool {
    matches!(
        &call.callee,
        Callee::Expr(callee) if callee.as_ident().is_some_and(|name| &*name.sym == to)
    ) && call.args.len() == 1
}

/// Whether an expression is `%kept(name)`, which has nothing to run.
fn is_nothing(value: &Expr) -> bool {
    value.as_call().is_some_and(|call| {
        is_kept(call) && (call.args[0].expr.is_ident() || call.args[0].expr.is_lit())
    })
}

fn show_operator(binary: &mut BinExpr) {
    let Expr::Call(call) = binary.right.as_mut() else { return };
    if is_passed(call, INSTANCE_OF) {
        binary.op = BinaryOp::InstanceOf;
        binary.right = call.args[0].expr.take();
    }
}
