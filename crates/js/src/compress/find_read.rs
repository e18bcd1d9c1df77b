//! Looks for the place that reads a variable, in the order of evaluation, and stops at code that
//! the value must not move past: code that could observe that the value is computed later.

use swc_common::util::take::Take;
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BinaryOp, Callee, Class, Decl, Expr, ExprOrSpread, Ident,
    KeyValueProp, MemberProp, OptChainBase, Pat, Prop, PropName, PropOrSpread, SimpleAssignTarget,
    Stmt, SuperProp, UnaryOp, UpdateExpr, VarDeclOrExpr, VarDeclarator,
};

use super::{
    function_context::mentions,
    model::Compress,
    moved_value::{
        Found::{self, Nothing, Obstacle, Place},
        MovedValue,
    },
    statements::is_plain_head,
    values::{converts_nothing, type_of},
};
use crate::scopes::{index_of, key_of};

/// Returns from the caller if a search found the place or an obstacle.
macro_rules! look {
    ($found:expr) => {
        match $found {
            Nothing => {}
            found => return found,
        }
    };
}

impl Compress<'_> {
    /// Looks for the place in a statement.
    pub(super) fn in_statement(&mut self, moved: &mut MovedValue, statement: &mut Stmt) -> Found {
        match statement {
            Stmt::Expr(statement) => self.in_expr(moved, &mut statement.expr),
            Stmt::Return(returned) => {
                returned.arg.as_mut().map_or(Nothing, |value| self.in_expr(moved, value))
            }
            Stmt::Throw(thrown) => self.in_expr(moved, &mut thrown.arg),
            Stmt::If(choice) => self.in_expr(moved, &mut choice.test),
            Stmt::Switch(switch) => self.in_expr(moved, &mut switch.discriminant),
            Stmt::Decl(Decl::Var(declaration)) => {
                self.in_declarators(moved, &mut declaration.decls)
            }
            Stmt::For(each) => match &mut each.init {
                Some(VarDeclOrExpr::Expr(init)) => self.in_expr(moved, init),
                Some(VarDeclOrExpr::VarDecl(declaration)) => {
                    self.in_declarators(moved, &mut declaration.decls)
                }
                None => Obstacle,
            },
            Stmt::ForIn(each) if is_plain_head(&each.left) => self.in_expr(moved, &mut each.right),
            Stmt::ForOf(each) if is_plain_head(&each.left) => self.in_expr(moved, &mut each.right),
            _ => Obstacle,
        }
    }

    /// Looks for the place in the values of variables.
    pub(super) fn in_declarators(
        &mut self,
        moved: &mut MovedValue,
        declarators: &mut [VarDeclarator],
    ) -> Found {
        for declarator in declarators {
            if !declarator.name.is_ident() {
                return declarator.init.as_mut().map_or(Obstacle, |init| {
                    match self.in_expr(moved, init) {
                        Place => Place,
                        Nothing | Obstacle => Obstacle,
                    }
                });
            }
            let Some(init) = &mut declarator.init else { continue };
            look!(self.in_expr(moved, init));
            // A variable that is declared again is written to.
            let Pat::Ident(name) = &declarator.name else { continue };
            let Some(written) = index_of(name.id.ctxt) else { continue };
            if !self.may_pass_write(moved, written) {
                return Obstacle;
            }
        }
        Nothing
    }

    fn in_exprs<'e>(
        &mut self,
        moved: &mut MovedValue,
        exprs: impl IntoIterator<Item = &'e mut Box<Expr>>,
    ) -> Found {
        for expr in exprs {
            look!(self.in_expr(moved, expr));
        }
        Nothing
    }

    /// A part that may not be evaluated.
    fn in_branch(&mut self, moved: &mut MovedValue, expr: &mut Box<Expr>) -> Found {
        if moved.is_pure {
            return self.in_expr(moved, expr);
        }
        // The value may move past it, but not into it.
        let is_mentioned = mentions(&*expr, moved.variable);
        if is_mentioned || !moved.is_steady && !self.is_pure(expr) { Obstacle } else { Nothing }
    }

    fn in_args(&mut self, moved: &mut MovedValue, args: &mut [ExprOrSpread]) -> Found {
        for arg in args {
            look!(self.in_expr(moved, &mut arg.expr));
            if arg.spread.is_some() && moved.past_code(true) == Obstacle {
                return Obstacle;
            }
        }
        Nothing
    }

    /// Looks for the place in an expression, in the order of evaluation.
    pub(super) fn in_expr(&mut self, moved: &mut MovedValue, expr: &mut Box<Expr>) -> Found {
        match &mut **expr {
            Expr::Ident(name) => {
                if index_of(name.ctxt) == Some(moved.variable) {
                    **expr = *moved.value.take().expect("it has one place");
                    self.scopes.bindings[moved.variable].reads -= 1;
                    self.is_changed = true;
                    return Place;
                }
                self.past_name(moved, name)
            }
            Expr::This(_) => moved.past_code(!self.has_this()),
            Expr::Lit(_)
            | Expr::MetaProp(_)
            | Expr::Fn(_)
            | Expr::Arrow(_)
            | Expr::PrivateName(_) => {
                let is_mentioned = mentions(&*expr, moved.variable);
                if is_mentioned { Obstacle } else { Nothing }
            }
            _ => self.in_operation(moved, expr),
        }
    }

    fn in_operation(&mut self, moved: &mut MovedValue, expr: &mut Box<Expr>) -> Found {
        match &mut **expr {
            Expr::Unary(unary) => {
                if unary.op == UnaryOp::Delete {
                    return Obstacle;
                }
                look!(self.in_expr(moved, &mut unary.arg));
                let is_safe = matches!(unary.op, UnaryOp::Bang | UnaryOp::Void | UnaryOp::TypeOf)
                    || type_of(&unary.arg).is_some();
                moved.past_code(!is_safe)
            }
            Expr::Update(update) => self.in_update(moved, update),
            Expr::Bin(binary) => {
                look!(self.in_expr(moved, &mut binary.left));
                match binary.op {
                    BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::NullishCoalescing => {
                        self.in_branch(moved, &mut binary.right)
                    }
                    op => {
                        look!(self.in_expr(moved, &mut binary.right));
                        let is_safe = converts_nothing(op, &binary.left, &binary.right);
                        moved.past_code(!is_safe)
                    }
                }
            }
            Expr::Assign(assign) => self.in_assign(moved, assign),
            Expr::Cond(choice) => {
                look!(self.in_expr(moved, &mut choice.test));
                look!(self.in_branch(moved, &mut choice.cons));
                self.in_branch(moved, &mut choice.alt)
            }
            Expr::Seq(sequence) => self.in_exprs(moved, &mut sequence.exprs),
            Expr::Tpl(template) => {
                for value in &mut template.exprs {
                    look!(self.in_expr(moved, value));
                    let is_safe = type_of(value).is_some();
                    look!(moved.past_code(!is_safe));
                }
                Nothing
            }
            _ => self.in_composed(moved, expr),
        }
    }

    fn in_composed(&mut self, moved: &mut MovedValue, expr: &mut Box<Expr>) -> Found {
        match &mut **expr {
            Expr::Array(array) => {
                for element in array.elems.iter_mut().flatten() {
                    look!(self.in_args(moved, std::slice::from_mut(element)));
                }
                Nothing
            }
            Expr::Object(object) => {
                for prop in &mut object.props {
                    match prop {
                        PropOrSpread::Spread(spread) => {
                            look!(self.in_expr(moved, &mut spread.expr));
                            look!(moved.past_code(true));
                        }
                        PropOrSpread::Prop(prop) => look!(self.in_prop(moved, prop)),
                    }
                }
                Nothing
            }
            Expr::Member(member) => {
                look!(self.in_expr(moved, &mut member.obj));
                if let MemberProp::Computed(key) = &mut member.prop {
                    look!(self.in_expr(moved, &mut key.expr));
                }
                let is_safe = self.is_pure(expr);
                moved.past_code(!is_safe)
            }
            Expr::SuperProp(property) => {
                if let SuperProp::Computed(key) = &mut property.prop {
                    look!(self.in_expr(moved, &mut key.expr));
                }
                moved.past_code(true)
            }
            Expr::Call(call) => {
                if let Callee::Expr(callee) = &mut call.callee {
                    let is_name = matches!(
                        &**callee,
                        Expr::Ident(name) if index_of(name.ctxt) == Some(moved.variable)
                    );
                    if is_name && is_reference(moved.value.as_deref()) {
                        return Obstacle;
                    }
                    look!(self.in_expr(moved, callee));
                }
                look!(self.in_args(moved, &mut call.args));
                moved.past_code(true)
            }
            Expr::New(new) => {
                look!(self.in_expr(moved, &mut new.callee));
                look!(self.in_args(moved, new.args.as_deref_mut().unwrap_or_default()));
                moved.past_code(true)
            }
            Expr::Await(wait) => {
                look!(self.in_expr(moved, &mut wait.arg));
                moved.past_code(true)
            }
            Expr::Yield(result) => {
                if let Some(value) = &mut result.arg {
                    look!(self.in_expr(moved, value));
                }
                moved.past_code(true)
            }
            Expr::OptChain(chain) => match &mut *chain.base {
                OptChainBase::Member(member) => {
                    look!(self.in_expr(moved, &mut member.obj));
                    if let MemberProp::Computed(key) = &mut member.prop {
                        look!(self.in_branch(moved, &mut key.expr));
                    }
                    moved.past_code(true)
                }
                OptChainBase::Call(call) => {
                    let is_name = matches!(
                        &*call.callee,
                        Expr::Ident(name) if index_of(name.ctxt) == Some(moved.variable)
                    );
                    if is_name && is_reference(moved.value.as_deref()) {
                        return Obstacle;
                    }
                    look!(self.in_expr(moved, &mut call.callee));
                    for arg in &mut call.args {
                        look!(self.in_branch(moved, &mut arg.expr));
                    }
                    moved.past_code(true)
                }
            },
            Expr::Class(class) => self.past_class(moved, &class.class),
            _ => Obstacle,
        }
    }

    /// Looks for the place in a computed key, which is then converted to a text.
    fn in_key(&mut self, moved: &mut MovedValue, key: &mut Box<Expr>) -> Found {
        look!(self.in_expr(moved, key));
        moved.past_code(type_of(key).is_none())
    }

    fn in_prop(&mut self, moved: &mut MovedValue, prop: &mut Prop) -> Found {
        if let Prop::Shorthand(name) = prop {
            if index_of(name.ctxt) != Some(moved.variable) {
                return self.past_name(moved, name);
            }
            let key = key_of(name);
            let value = Box::new(Expr::Ident(name.take()));
            *prop = Prop::KeyValue(KeyValueProp { key, value });
        }
        let key = match prop {
            Prop::KeyValue(pair) => &mut pair.key,
            Prop::Method(method) => &mut method.key,
            Prop::Getter(getter) => &mut getter.key,
            Prop::Setter(setter) => &mut setter.key,
            Prop::Shorthand(_) | Prop::Assign(_) => return Obstacle,
        };
        if let PropName::Computed(key) = key {
            look!(self.in_key(moved, &mut key.expr));
        }
        match prop {
            Prop::KeyValue(pair) => self.in_expr(moved, &mut pair.value),
            other => {
                let is_mentioned = mentions(&*other, moved.variable);
                if is_mentioned { Obstacle } else { Nothing }
            }
        }
    }

    fn in_update(&mut self, moved: &mut MovedValue, update: &mut UpdateExpr) -> Found {
        match &mut *update.arg {
            Expr::Ident(name) => {
                let index = index_of(name.ctxt);
                let is_in = |list: &[usize]| index.is_some_and(|index| list.contains(&index));
                if is_in(&moved.reads) || is_in(&moved.writes) {
                    return Obstacle;
                }
                // The old value may be converted.
                moved.past_code(true)
            }
            Expr::Member(member) => {
                look!(self.in_expr(moved, &mut member.obj));
                if let MemberProp::Computed(key) = &mut member.prop {
                    look!(self.in_expr(moved, &mut key.expr));
                }
                moved.past_code(true)
            }
            _ => Obstacle,
        }
    }

    fn in_assign(&mut self, moved: &mut MovedValue, assign: &mut AssignExpr) -> Found {
        let is_choice =
            matches!(assign.op, AssignOp::AndAssign | AssignOp::OrAssign | AssignOp::NullishAssign);
        let written = match &mut assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(name)) => {
                if assign.op != AssignOp::Assign {
                    look!(self.past_name(moved, &name.id));
                }
                index_of(name.id.ctxt)
            }
            AssignTarget::Simple(SimpleAssignTarget::Member(member)) => {
                look!(self.in_expr(moved, &mut member.obj));
                if let MemberProp::Computed(key) = &mut member.prop {
                    look!(self.in_key(moved, &mut key.expr));
                }
                if assign.op != AssignOp::Assign && moved.past_code(true) == Obstacle {
                    return Obstacle;
                }
                None
            }
            _ => return Obstacle,
        };
        look!(if is_choice {
            self.in_branch(moved, &mut assign.right)
        } else {
            self.in_expr(moved, &mut assign.right)
        });
        let is_local = match written {
            Some(index) if !self.may_pass_write(moved, index) => return Obstacle,
            Some(index) => !self.scopes.bindings[index].is_captured && self.is_own(index),
            None => false,
        };
        moved.past_code(!is_local || assign.op != AssignOp::Assign)
    }

    /// Whether the value may be computed after a variable is written to.
    fn may_pass_write(&self, moved: &MovedValue, variable: usize) -> bool {
        if moved.reads.contains(&variable) || moved.writes.contains(&variable) {
            return false;
        }
        // Code that catches an error of computing the value sees the variable; so may code that it
        // calls.
        let is_seen = self.scopes.bindings[variable].is_captured
            || !self.is_own(variable)
            || self.functions.last().is_some_and(|frame| frame.tries > 0);
        moved.is_pure || moved.is_steady || !is_seen
    }

    /// Whether the value may be computed after a name is read.
    fn past_name(&self, moved: &MovedValue, name: &Ident) -> Found {
        if index_of(name.ctxt).is_some_and(|index| moved.writes.contains(&index)) {
            return Obstacle;
        }
        // Reading changes nothing, so a value that only reads may come after.
        moved.past_code(!self.is_steady_name(name) && !moved.is_pure)
    }

    fn past_class(&self, moved: &MovedValue, class: &Class) -> Found {
        if mentions(class, moved.variable) {
            Obstacle
        } else {
            moved.past_code(!self.is_pure_class(class))
        }
    }
}

/// Whether a call of a value passes its object, or the scope in the case of `eval`.
fn is_reference(value: Option<&Expr>) -> bool {
    match value {
        Some(Expr::Member(_) | Expr::SuperProp(_) | Expr::OptChain(_)) => true,
        Some(Expr::Ident(name)) => name.sym == "eval",
        _ => false,
    }
}
