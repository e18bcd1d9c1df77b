//! The walk that lowers enums, namespaces and `import a =`: what it knows, and what a name means
//! inside them.

use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_common::{Span, Spanned, errors::HANDLER};
use swc_ecma_ast::{
    BinaryOp, CallExpr, Expr, ExprOrSpread, ExprStmt, FnExpr, Function, FunctionBody, Id, Ident,
    MemberExpr, MemberProp, ObjectLit, Pat, SimpleAssignTarget, Stmt, VarDeclKind,
};
use swc_ecma_utils::ExprFactory;

use super::{
    blocks::{BlockIdentity, Blocks},
    bound::Bound,
    constants::Constants,
};
use crate::{
    lower::build::{self, NOWHERE},
    scopes::{Kind, Scopes},
};

/// One block that encloses a name.
pub(super) struct Scope {
    /// What the name of the namespace or enum means outside.
    pub outside: Id,
    /// The parameter that is the namespace or enum inside.
    pub own: Ident,
    /// The exports of all its blocks.
    pub exports: FxHashSet<Atom>,
    /// The exports of this block that are not variables in it.
    pub members: FxHashSet<Id>,
    /// The names that this block binds, at any depth.
    pub bound: Bound,
}

pub(super) struct TypeScriptLowering<'a> {
    pub blocks: Blocks,
    pub constants: Constants,
    /// The `const enum`s that vanish.
    pub vanishing: FxHashSet<Id>,
    pub table: &'a Scopes,
    /// The namespace whose block is being walked.
    pub place: Option<BlockIdentity>,
    /// The enclosing blocks, innermost last.
    pub scopes: Vec<Scope>,
    /// The enums and namespaces that have a variable.
    pub declared: FxHashSet<Id>,
    /// Whether names in patterns are declared, and not assigned to.
    pub is_declared: bool,
    /// The names of the program that are types.
    pub types: &'a FxHashSet<Atom>,
}

impl TypeScriptLowering<'_> {
    /// Returns what a name means inside the enclosing blocks, if that is not the name itself.
    pub fn meaning(&self, name: &Ident) -> Option<Expr> {
        let id = name.to_id();
        for scope in self.scopes.iter().rev() {
            if id == scope.outside {
                return Some(Ident { span: name.span, ..scope.own.clone() }.into());
            }
            let is_member = scope.members.contains(&id);
            if !is_member && scope.bound.has(name) {
                return None;
            }
            if is_member || scope.exports.contains(&name.sym) {
                return Some(member_of(&scope.own, name).into());
            }
        }
        None
    }

    /// Whether a name of an enum or namespace still has to be declared.
    pub fn is_to_declare(&mut self, name: &Ident) -> bool {
        let has_value = |kind| matches!(kind, Kind::Function | Kind::Class);
        let binding = self.table.binding(name);
        !binding.is_some_and(|binding| has_value(binding.kind))
            && self.declared.insert(name.to_id())
    }

    /// Returns the kind of variable that an enum or namespace is.
    pub fn kind(&self, name: &Ident) -> VarDeclKind {
        match self.table.binding(name) {
            Some(binding) if binding.scope > 0 => VarDeclKind::Let,
            _ => VarDeclKind::Var,
        }
    }

    /// Returns where an enum or namespace is: in its variable, or in the enclosing namespace.
    pub fn holder(&self, name: &Ident, is_exported: bool) -> Expr {
        match self.scopes.last().filter(|_| is_exported) {
            Some(scope) => member_of(&scope.own, name).into(),
            None => name.clone().into(),
        }
    }

    pub fn place_of(&self, name: &Ident, is_exported: bool) -> BlockIdentity {
        BlockIdentity::new(self.place.as_ref().filter(|_| is_exported), name)
    }
}

pub(super) fn member_of(holder: &Ident, name: &Ident) -> MemberExpr {
    MemberExpr {
        span: name.span,
        obj: holder.clone().into(),
        prop: MemberProp::Ident(name.clone().into()),
    }
}

/// Makes `holder || (holder = {})`.
pub(super) fn or_empty(holder: Expr) -> Expr {
    let empty = ObjectLit::default().into();
    let target = match holder.clone() {
        Expr::Member(member) => SimpleAssignTarget::Member(member),
        other => SimpleAssignTarget::Ident(other.expect_ident().into()),
    };
    build::binary(BinaryOp::LogicalOr, holder, build::assign(target, empty))
}

/// Makes `(function(own) { … })(argument)`.
pub(super) fn call(span: Span, own: Ident, stmts: Vec<Stmt>, argument: Expr) -> Expr {
    let function = Function {
        params: vec![Pat::from(own).into()],
        body: Some(FunctionBody { span: NOWHERE, stmts }),
        ..Function::default()
    };
    let callee = Expr::from(FnExpr { ident: None, function: Box::new(function) }).as_callee();
    let args = vec![ExprOrSpread::from(argument)];
    CallExpr { span, callee, args, ..CallExpr::default() }.into()
}

pub(super) fn statement_at(span: Span, expr: Expr) -> Stmt {
    ExprStmt { span, expr: Box::new(expr) }.into()
}

pub(super) fn report(at: &impl Spanned, message: &'static str) {
    HANDLER.with(|handler| handler.struct_span_err(at.span(), message).emit());
}
