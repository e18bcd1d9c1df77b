//! Replaces names, members of namespaces and requests by what the plan binds them to.

use bundle_base::{Config, config::Target};
use bundle_graph::{
    plan::{Binding, RenderPlan, RequestCall},
    record::SymbolIndex,
};
use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_common::{DUMMY_SP, Span, Spanned, SyntaxContext};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, AssignPat, AssignPatProp, BreakStmt, CallExpr, Callee,
    ContinueStmt, Expr, ExprStmt, FnExpr, Function, FunctionBody, Ident, IdentName,
    KeyValuePatProp, KeyValueProp, LabeledStmt, Lit, MemberExpr, NewExpr, ObjectPatProp, OptCall,
    Param, Pat, Prop, PropName, ReturnStmt, SimpleAssignTarget, Stmt, TaggedTpl, ThrowStmt,
    UnaryExpr, UnaryOp, UpdateExpr,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    copy::Line,
    expressions::{
        assigned, call_of, detached, expression, literal, member, replace_first_argument,
    },
    slot, workers,
};
use crate::{
    analyse::{
        NodeNames,
        recognise::{Recognise, path, start_of_path},
    },
    ast::{Ast, PlainComments},
    scopes::{free, key_of},
};

/// Rewrites statements as the plan specifies.
pub(super) fn put_in(lines: &mut [Line], ast: &Ast, plan: &RenderPlan, config: &Config) {
    let first_member = plan.bindings.len() + plan.calls.len();
    let members = plan.members.iter().enumerate().map(|(index, member)| {
        let slot = u32::try_from(first_member + index).expect("a module has under 2^32 slots");
        let path: Vec<&str> = member.path.iter().map(String::as_str).collect();
        ((member.symbol, path), (slot, &member.binding))
    });
    let mut rewrite = Rewrite {
        names: &ast.names,
        recognise: Recognise::new(config),
        plan,
        members: members.collect(),
        comments: &ast.comments,
        has_arrows: config.script.target == Target::ESNEXT,
    };
    for line in lines {
        line.statement.visit_mut_with(&mut rewrite);
    }
}

struct Rewrite<'a> {
    names: &'a NodeNames,
    recognise: Recognise,
    plan: &'a RenderPlan,
    members: FxHashMap<(SymbolIndex, Vec<&'a str>), (u32, &'a Binding)>,
    comments: &'a PlainComments,
    has_arrows: bool,
}

impl Rewrite<'_> {
    fn symbol(&self, ident: &Ident) -> Option<SymbolIndex> {
        self.names.symbols.get(ident)
    }

    /// Returns the replacement of a mention of a linked name.
    fn mention(&self, ident: &Ident) -> Option<Expr> {
        let symbol = self.symbol(ident)?;
        Some(bound(symbol.0, self.plan.binding(symbol), ident.span))
    }

    /// Returns the replacement of `ns.name`, if the plan binds it.
    fn member(&self, member: &MemberExpr) -> Option<Expr> {
        if self.members.is_empty() {
            return None;
        }
        let symbol = self.symbol(start_of_path(member)?)?;
        let (_, names) = path(member)?;
        let names = names.iter().map(String::as_str).collect();
        let (slot, binding) = self.members.get(&(symbol, names))?;
        // The code reads the member, so its replacement maps to the member's name. Comments are
        // attached to the start of the expression.
        let name_at = member.prop.span_lo();
        let has_comments = !self.comments.leading(member.span.lo).is_empty();
        let lo = if has_comments || name_at.is_dummy() { member.span.lo } else { name_at };
        Some(bound(*slot, binding, Span { lo, ..member.span }))
    }

    /// Replaces a callee or tag. A plain name must not become a method call.
    fn callee(&self, callee: &mut Expr) -> bool {
        let new = match callee.unwrap_parens() {
            Expr::Ident(ident) => self.mention(ident),
            Expr::Member(member) => self.member(member),
            _ => None,
        };
        let Some(new) = new else { return false };
        // A namespace's method gets the namespace as `this`; the object of the replacement serves
        // as well.
        let is_method = matches!(callee.unwrap_parens(), Expr::Member(_));
        *callee = match new {
            Expr::Member(_) if !is_method => detached(new),
            Expr::Ident(name) if !is_method && self.is_property(&name) => {
                detached(Expr::Ident(name))
            }
            other => other,
        };
        true
    }

    /// Whether a slot is filled by a property of an object from another chunk.
    fn is_property(&self, name: &Ident) -> bool {
        let index = slot::number(&name.sym).and_then(|slot| usize::try_from(slot).ok());
        index.and_then(|index| self.plan.bindings.get(index)) == Some(&Binding::Property)
    }

    /// Replaces a name that is written to or declared.
    fn target(&self, ident: &mut Ident) {
        if let Some(Expr::Ident(new)) = self.mention(ident) {
            *ident = new;
        }
    }

    fn request(&mut self, expr: &mut Expr) -> bool {
        let Some(found) = self.recognise.expr(expr) else { return false };
        let Some(index) = self.names.requests.get(&found.key()) else { return false };
        let call = &self.plan.calls[index.0 as usize];
        let slot = u32::try_from(self.plan.bindings.len()).expect("a module has under 2^32 slots")
            + index.0;
        if let (RequestCall::Text(text), Expr::New(new)) = (call, &mut *expr) {
            replace_first_argument(new, text);
            new.visit_mut_children_with(self);
            return true;
        }
        if let (RequestCall::Address(file), Expr::New(new)) = (call, &mut *expr) {
            new.visit_mut_children_with(self);
            workers::relative_to_files(new, slot, file);
            return true;
        }
        if let (RequestCall::Worker(_) | RequestCall::ModuleWorker(_), Expr::New(new)) =
            (call, &mut *expr)
        {
            new.span = unannotated(new.span);
            new.args.iter_mut().flatten().skip(1).for_each(|option| option.visit_mut_with(self));
            match call {
                RequestCall::Worker(file) => workers::classic(new, slot, file),
                RequestCall::ModuleWorker(specifier) => workers::module(new, slot, specifier),
                _ => {}
            }
            return true;
        }
        let call = Call { slot, specifier: &found.specifier, span: found.call, rewrite: self };
        match call.made(self.plan.calls[index.0 as usize].clone(), found.is_dynamic()) {
            Some(new) => *expr = new,
            None => expr.visit_mut_children_with(self),
        }
        true
    }

    /// Replaces an operand that is written to. In a member only the object is replaced: `ns.a++`
    /// still writes to the namespace.
    fn changed(&mut self, target: &mut Expr) {
        unwrap(target);
        match target {
            Expr::Member(member) => member.visit_mut_children_with(self),
            _ => target.visit_mut_with(self),
        }
    }
}

impl VisitMut for Rewrite<'_> {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        unwrap(expr);
        if matches!(expr, Expr::Call(_) | Expr::New(_)) && self.request(expr) {
            return;
        }
        let new = match &*expr {
            Expr::Ident(ident) => self.mention(ident),
            Expr::Member(member) => self.member(member),
            _ => None,
        };
        match new {
            Some(new) => *expr = new,
            None => expr.visit_mut_children_with(self),
        }
    }

    /// A string literal that replaces a name must not become a directive.
    fn visit_mut_expr_stmt(&mut self, statement: &mut ExprStmt) {
        let was_text = matches!(*statement.expr, Expr::Lit(_));
        statement.visit_mut_children_with(self);
        if !was_text && matches!(*statement.expr, Expr::Lit(Lit::Str(_))) {
            *statement.expr = *Expr::undefined(DUMMY_SP);
        }
    }

    fn visit_mut_new_expr(&mut self, new: &mut NewExpr) {
        new.span = unannotated(new.span);
        new.visit_mut_children_with(self);
    }

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        call.span = unannotated(call.span);
        call.args.visit_mut_with(self);
        if let Callee::Expr(callee) = &mut call.callee
            && !self.callee(callee)
        {
            callee.visit_mut_with(self);
        }
    }

    fn visit_mut_opt_call(&mut self, call: &mut OptCall) {
        call.args.visit_mut_with(self);
        if !self.callee(&mut call.callee) {
            call.callee.visit_mut_with(self);
        }
    }

    fn visit_mut_tagged_tpl(&mut self, tagged: &mut TaggedTpl) {
        tagged.tpl.visit_mut_with(self);
        if !self.callee(&mut tagged.tag) {
            tagged.tag.visit_mut_with(self);
        }
    }

    fn visit_mut_prop(&mut self, prop: &mut Prop) {
        if let Prop::Shorthand(ident) = prop {
            if let Some(value) = self.mention(ident) {
                *prop = Prop::KeyValue(KeyValueProp { key: key_of(ident), value: Box::new(value) });
            }
        } else {
            prop.visit_mut_children_with(self);
        }
    }

    fn visit_mut_object_pat_prop(&mut self, prop: &mut ObjectPatProp) {
        prop.visit_mut_children_with(self);
        let ObjectPatProp::Assign(AssignPatProp { key: name, value, .. }) = prop else { return };
        let mut local = name.id.clone();
        self.target(&mut local);
        if !slot::is_slot(&local.sym) {
            return;
        }
        let left = Pat::Ident(local.into());
        let value = match value.take() {
            Some(right) => Pat::Assign(AssignPat { span: DUMMY_SP, left: Box::new(left), right }),
            None => left,
        };
        *prop =
            ObjectPatProp::KeyValue(KeyValuePatProp { key: key(&name.id), value: Box::new(value) });
    }

    /// The key is both a property and a name, which `visit_mut_object_pat_prop` handles.
    fn visit_mut_assign_pat_prop(&mut self, prop: &mut AssignPatProp) {
        prop.value.visit_mut_with(self);
    }

    fn visit_mut_simple_assign_target(&mut self, target: &mut SimpleAssignTarget) {
        match target {
            SimpleAssignTarget::Ident(ident) => self.target(&mut ident.id),
            // Only the object is replaced: `ns.a = 1` still assigns to the namespace (and throws).
            SimpleAssignTarget::Member(member) => member.visit_mut_children_with(self),
            SimpleAssignTarget::Paren(paren) => self.changed(&mut paren.expr),
            other => other.visit_mut_children_with(self),
        }
    }

    fn visit_mut_update_expr(&mut self, update: &mut UpdateExpr) {
        self.changed(&mut update.arg);
    }

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        match pattern {
            Pat::Expr(target) => self.changed(target),
            _ => pattern.visit_mut_children_with(self),
        }
    }

    fn visit_mut_unary_expr(&mut self, unary: &mut UnaryExpr) {
        if unary.op == UnaryOp::Delete {
            self.changed(&mut unary.arg);
        } else {
            unary.arg.visit_mut_with(self);
        }
    }

    fn visit_mut_ident(&mut self, ident: &mut Ident) {
        self.target(ident);
    }

    fn visit_mut_labeled_stmt(&mut self, statement: &mut LabeledStmt) {
        statement.body.visit_mut_with(self);
    }

    fn visit_mut_break_stmt(&mut self, _: &mut BreakStmt) {}

    fn visit_mut_continue_stmt(&mut self, _: &mut ContinueStmt) {}
}

/// A request and the call that replaces it.
struct Call<'a, 'b> {
    slot: u32,
    specifier: &'a str,
    span: Span,
    rewrite: &'a Rewrite<'b>,
}

impl Call<'_, '_> {
    fn made(&self, call: RequestCall, is_dynamic: bool) -> Option<Expr> {
        Some(match call {
            // Workers were handled before.
            RequestCall::None
            | RequestCall::KeepDynamic
            | RequestCall::Worker(_)
            | RequestCall::ModuleWorker(_) => {
                return None;
            }
            RequestCall::Require | RequestCall::DynamicLoad => self.slot_call(),
            RequestCall::External => self.slot(),
            RequestCall::DynamicInline => self.promised(self.slot_call()),
            RequestCall::KeepRequire => {
                let argument = Expr::Lit(Lit::Str(self.specifier.into()));
                call_of(self.free("require"), vec![argument], self.span)
            }
            RequestCall::Missing if is_dynamic => self.promised(self.missing()),
            RequestCall::Missing => self.missing(),
            RequestCall::Text(text) => Expr::Lit(Lit::Str(text.as_str().into())),
            RequestCall::Address(file) => workers::address(self.slot, &file, self.span),
        })
    }

    fn slot(&self) -> Expr {
        Expr::Ident(slot::ident(self.slot, self.span))
    }

    fn slot_call(&self) -> Expr {
        call_of(self.slot(), Vec::new(), self.span)
    }

    fn free(&self, name: &str) -> Expr {
        Expr::Ident(Ident::new(name.into(), self.span, free()))
    }

    /// Makes the error that Node throws for a missing module, inline: only optional requests need
    /// it, so it is too rare for a helper.
    fn missing(&self) -> Expr {
        let error = || Expr::Ident(Ident::new("error".into(), self.span, SyntaxContext::empty()));
        let text = format!("Cannot find module \"{}\"", self.specifier);
        let made =
            call_of(self.free("Error"), vec![Expr::Lit(Lit::Str(text.as_str().into()))], self.span);
        let code = Expr::Lit(Lit::Str("MODULE_NOT_FOUND".into()));
        let statements = vec![
            expression(assigned(error(), made)),
            expression(assigned(member(error(), "code"), code)),
            Stmt::Throw(ThrowStmt { span: DUMMY_SP, arg: Box::new(error()) }),
        ];
        let parameter = Ident::new("error".into(), self.span, SyntaxContext::empty());
        let body = FunctionBody { span: DUMMY_SP, stmts: statements };
        let params = vec![Param::from(Pat::Ident(parameter.into()))];
        let function = Function { params, body: Some(body), ..Function::default() };
        call_of(
            Expr::Fn(FnExpr { ident: None, function: Box::new(function) }),
            Vec::new(),
            self.span,
        )
    }

    /// Makes `Promise.resolve().then(function () { return value; })`.
    fn promised(&self, value: Expr) -> Expr {
        let resolve = call_of(member(self.free("Promise"), "resolve"), Vec::new(), self.span);
        call_of(member(resolve, "then"), vec![self.function(value)], self.span)
    }

    fn function(&self, value: Expr) -> Expr {
        if self.rewrite.has_arrows {
            let body = Box::new(ArrowFunctionBody::Expr(Box::new(value)));
            return Expr::Arrow(ArrowExpr { body, ..ArrowExpr::default() });
        }
        let statement = Stmt::Return(ReturnStmt { span: DUMMY_SP, arg: Some(Box::new(value)) });
        let body = FunctionBody { span: DUMMY_SP, stmts: vec![statement] };
        let function = Function { body: Some(body), ..Function::default() };
        Expr::Fn(FnExpr { ident: None, function: Box::new(function) })
    }
}

/// Removes parentheses, which hide names and requests; the printer adds those that are needed.
/// Those around an optional chain are kept, because they end it.
fn unwrap(expr: &mut Expr) {
    while let Expr::Paren(paren) = expr {
        if matches!(*paren.expr, Expr::OptChain(_)) {
            return;
        }
        *expr = std::mem::take(&mut *paren.expr);
    }
}

/// Removes the span of lowering's `PURE` annotations, from which the printer would write a comment.
/// Only our analysis needs them.
fn unannotated(span: Span) -> Span {
    if span.is_pure() { DUMMY_SP } else { span }
}

/// Returns the expression that a binding puts into the place of a slot.
fn bound(slot: u32, binding: &Binding, span: Span) -> Expr {
    let name = || Expr::Ident(slot::ident(slot, span));
    match binding {
        Binding::Name | Binding::Property => name(),
        Binding::Member(property) => {
            let mut read = member(name(), property);
            if let Expr::Member(read) = &mut read {
                read.span.lo = span.lo;
            }
            read
        }
        Binding::Getter => call_of(name(), Vec::new(), span),
        Binding::Literal(value) => literal(value),
        Binding::Missing => *Expr::undefined(DUMMY_SP),
    }
}

fn key(ident: &Ident) -> PropName {
    let name: Atom = ident.sym.clone();
    PropName::Ident(IdentName::new(name, ident.span))
}
