//! Marks functions that may move between modules that run at the chunk's top level: if one place
//! mentions a function, its text may move there. Only the chunk printer knows which modules mention
//! it; this pass marks the ends, so that the text is cut there.
//!
//! At the top level every name is a slot, except the names of blocks, so a function means the same
//! anywhere there. Inside functions, the chunk printer keeps the slots of its text apart from their
//! names.
//!
//! A mention is an argument, an element, or a value that is assigned: a place where any expression
//! may be without parentheses, outside of blocks and functions, so that it is evaluated only once.
//! Or it is a function that is called, also inside functions: only the call sees that the function
//! is made each time.

use bundle_graph::record::SymbolIndex;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, AssignExpr, AssignOp, AssignTarget, CallExpr, Callee, Class,
    Decl, DoWhileStmt, Expr, ExprOrSpread, ExprStmt, ForInStmt, ForOfStmt, ForStmt, Function,
    GetterProp, Ident, KeyValueProp, Module, ModuleItem, OptChainBase, SetterProp,
    SimpleAssignTarget, Stmt, VarDeclarator, WhileStmt,
};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use crate::{compress::directives, render::slot};

/// Marks functions that other modules mention, and mentions of names that other modules declare, in
/// both cases only if this module mentions them once. `is_name`: whether a slot is a name of the
/// program rather than a call that replaced a request.
pub(super) fn mark(
    module: &mut Module,
    cross_module_symbols: &[SymbolIndex],
    is_name: impl Fn(u32) -> bool,
) {
    let mut mentions = Mentions::default();
    module.visit_with(&mut mentions);
    for item in &mut module.body {
        let ModuleItem::Stmt(Stmt::Decl(Decl::Fn(function))) = item else { continue };
        let is_shared =
            |number: &u32| cross_module_symbols.binary_search(&SymbolIndex(*number)).is_ok();
        if slot::number(&function.ident.sym)
            .filter(is_shared)
            .is_some_and(|number| mentions.count[&number] == 1)
        {
            function.ident.sym = slot::marked(&function.ident.sym);
        }
    }
    let once =
        mentions.count.into_iter().filter(|(_, count)| *count == 1).map(|(number, _)| number);
    let movable = once.filter(|number| is_name(*number)).collect();
    let mut mark = Mark { movable, functions: 0, first: None };
    for item in &mut module.body {
        match item {
            ModuleItem::Stmt(Stmt::Expr(statement)) => statement.visit_mut_with(&mut mark),
            ModuleItem::Stmt(Stmt::Decl(Decl::Var(variables))) => {
                variables.visit_mut_with(&mut mark);
            }
            ModuleItem::Stmt(Stmt::Decl(Decl::Fn(declaration))) => {
                declaration.function.visit_mut_with(&mut mark);
            }
            _ => {}
        }
    }
}

/// Whether a statement is a function that may move.
pub(super) fn is_function(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Decl(Decl::Fn(function)) if slot::is_marked(&function.ident.sym))
}

/// Counts the mentions of each slot.
#[derive(Default)]
struct Mentions {
    count: FxHashMap<u32, u32>,
}

impl Visit for Mentions {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        if let Some(number) = slot::number(&ident.sym) {
            *self.count.entry(number).or_default() += 1;
        }
    }
}

struct Mark {
    /// The slots with one mention.
    movable: FxHashSet<u32>,
    /// How many functions enclose the current place.
    functions: u32,
    /// The slot that the statement begins with: `function` there would begin a declaration.
    first: Option<u32>,
}

impl Mark {
    /// Marks a value that is used as it is.
    fn mark(&self, value: &mut Expr) {
        if self.functions == 0 {
            self.mark_any(value);
        }
    }

    fn mark_any(&self, value: &mut Expr) {
        if let Expr::Ident(ident) = value
            && slot::number(&ident.sym).is_some_and(|number| self.movable.contains(&number))
        {
            ident.sym = slot::marked(&ident.sym);
        }
    }

    /// Visits the inside of a function, unless it is strict by itself: a sloppy function would
    /// become strict there.
    fn inside(&mut self, is_strict: bool, visit: impl FnOnce(&mut Self)) {
        if is_strict {
            return;
        }
        self.functions += 1;
        visit(self);
        self.functions -= 1;
    }
}

/// Returns the slot that the text of an expression begins with.
fn first(expr: &Expr) -> Option<u32> {
    match expr {
        Expr::Ident(ident) => slot::number(&ident.sym),
        Expr::Seq(sequence) => first(sequence.exprs.first()?),
        Expr::Call(call) => first(call.callee.as_expr()?),
        Expr::Member(member) => first(&member.obj),
        Expr::Bin(binary) => first(&binary.left),
        Expr::Cond(choice) => first(&choice.test),
        Expr::Update(update) if !update.prefix => first(&update.arg),
        Expr::TaggedTpl(tagged) => first(&tagged.tag),
        Expr::OptChain(chain) => match &*chain.base {
            OptChainBase::Member(member) => first(&member.obj),
            OptChainBase::Call(call) => first(&call.callee),
        },
        Expr::Assign(assign) => match &assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Member(member)) => first(&member.obj),
            _ => None,
        },
        _ => None,
    }
}

impl VisitMut for Mark {
    noop_visit_mut_type!();

    fn visit_mut_expr_stmt(&mut self, statement: &mut ExprStmt) {
        let outer = std::mem::replace(&mut self.first, first(&statement.expr));
        statement.visit_mut_children_with(self);
        self.first = outer;
    }

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        if let Callee::Expr(callee) = &mut call.callee
            && let Expr::Ident(name) = &**callee
            && slot::number(&name.sym) != self.first
        {
            self.mark_any(callee);
        }
        call.visit_mut_children_with(self);
    }

    fn visit_mut_expr_or_spread(&mut self, value: &mut ExprOrSpread) {
        self.mark(&mut value.expr);
        value.visit_mut_children_with(self);
    }

    fn visit_mut_key_value_prop(&mut self, property: &mut KeyValueProp) {
        self.mark(&mut property.value);
        property.visit_mut_children_with(self);
    }

    fn visit_mut_assign_expr(&mut self, assignment: &mut AssignExpr) {
        if assignment.op == AssignOp::Assign {
            self.mark(&mut assignment.right);
        }
        assignment.visit_mut_children_with(self);
    }

    fn visit_mut_var_declarator(&mut self, variable: &mut VarDeclarator) {
        if let Some(value) = &mut variable.init {
            self.mark(value);
        }
        variable.visit_mut_children_with(self);
    }

    // In a loop, each iteration would make a function.

    fn visit_mut_for_stmt(&mut self, each: &mut ForStmt) {
        each.init.visit_mut_with(self);
    }

    fn visit_mut_for_in_stmt(&mut self, each: &mut ForInStmt) {
        each.right.visit_mut_with(self);
    }

    fn visit_mut_for_of_stmt(&mut self, each: &mut ForOfStmt) {
        each.right.visit_mut_with(self);
    }

    fn visit_mut_while_stmt(&mut self, _: &mut WhileStmt) {}

    fn visit_mut_do_while_stmt(&mut self, _: &mut DoWhileStmt) {}

    fn visit_mut_function(&mut self, function: &mut Function) {
        let is_strict = function.body.as_ref().is_some_and(|body| directives(&body.stmts) > 0);
        self.inside(is_strict, |mark| function.visit_mut_children_with(mark));
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        let is_strict = match &*arrow.body {
            ArrowFunctionBody::FunctionBody(body) => directives(&body.stmts) > 0,
            ArrowFunctionBody::Expr(_) => false,
        };
        self.inside(is_strict, |mark| arrow.visit_mut_children_with(mark));
    }

    fn visit_mut_getter_prop(&mut self, _: &mut GetterProp) {}

    fn visit_mut_setter_prop(&mut self, _: &mut SetterProp) {}

    fn visit_mut_class(&mut self, _: &mut Class) {}
}
