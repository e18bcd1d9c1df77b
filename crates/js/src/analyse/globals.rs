//! Finds what each item needs from the engine and the page beyond ECMAScript 5. A need is optional
//! where the code checks for it first: `typeof Promise !== "undefined" && …`. For code that
//! lowering made, the need is reported for the construct that was written.

use std::borrow::Cow;

use bundle_base::{Source, Span};
use bundle_graph::record::{GlobalUse, SourceFormat};
use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::{Spanned, SyntaxContext};
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BinExpr, BinaryOp, BlockStmt, BreakStmt, CallExpr, Callee,
    CondExpr, ContinueStmt, ExportAll, Expr, FnDecl, FunctionBody, Id, Ident, IfStmt, ImportDecl,
    LabeledStmt, MemberExpr, ModuleItem, NamedExport, NewExpr, OptChainBase, OptChainExpr, Pat,
    SimpleAssignTarget, Stmt, TryStmt, UnaryExpr, UnaryOp, VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::recognise::{Recognise, member_name};
use crate::{
    ast, builtins,
    scopes::{free, helpers},
};

mod conditions; // conditions that check for globals
mod facts; // which names exist if a condition is true
mod lowered; // what the lowering helpers need
mod method_calls; // methods of objects of unknown type
mod syntax; // questions about the form of expressions and statements
#[cfg(test)]
mod tests;

use facts::Facts;
use syntax::{MOST_LEVELS, has_no_effects, is_equality, is_of_page, is_page};

/// How an expression is used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Usage {
    /// Its value is read.
    Read,
    /// It is called or its members are read, which throws if it is `undefined`.
    Used,
    /// It is part of a condition, where `undefined` is a valid value.
    Question,
}

/// Returns the needs of every item.
pub(super) fn of(items: &[ModuleItem], input: &GlobalsInput<'_>) -> Vec<Vec<GlobalUse>> {
    let GlobalsInput { recognise, format, source } = *input;
    let free = free();
    let mut walk = Walk {
        recognise,
        free,
        helpers: helpers(),
        is_commonjs: format == SourceFormat::CommonJs,
        source,
        facts: Facts::new(free),
        assigned: FxHashSet::default(),
        at: Span::default(),
        tries: 0,
        tried: Vec::new(),
        contexts: FxHashSet::default(),
        found: Needs::default(),
    };
    let mut needs: Vec<Vec<GlobalUse>> =
        items.iter().enumerate().map(|(index, item)| walk.item(item, &items[index..])).collect();
    // The globals that a sloppy script assigns exist from then on.
    if !walk.assigned.is_empty() {
        for need in &mut needs {
            need.retain(|global| !walk.assigned.contains(&global.name));
        }
    }
    needs
}

/// The inputs of this analysis, without the items.
pub(super) struct GlobalsInput<'a> {
    pub recognise: Recognise,
    pub format: SourceFormat,
    pub source: &'a Source,
}

struct Walk<'a> {
    recognise: Recognise,
    /// The syntax context of free names.
    free: SyntaxContext,
    /// The syntax context of helpers' names.
    helpers: SyntaxContext,
    is_commonjs: bool,
    source: &'a Source,
    facts: Facts,
    /// Free names that are assigned to.
    assigned: FxHashSet<String>,
    /// The nearest place in the source, for code that lowering made.
    at: Span,
    /// How many `try` blocks enclose the current place whose `catch` only stores or returns values.
    tries: u32,
    /// Names of functions that `require.context` returned: their `keys` is not a built-in method.
    contexts: FxHashSet<Id>,
    /// The names needed in such `try` blocks.
    tried: Vec<String>,
    found: Needs,
}

/// The needs of one item, in order of first mention.
#[derive(Default)]
struct Needs {
    list: Vec<GlobalUse>,
    /// The index of each name in `list`.
    positions: FxHashMap<String, usize>,
}

impl Needs {
    fn of(&self, name: &str) -> Option<&GlobalUse> {
        self.positions.get(name).map(|position| &self.list[*position])
    }

    fn add(&mut self, global: GlobalUse) {
        let Some(position) = self.positions.get(&global.name) else {
            self.positions.insert(global.name.clone(), self.list.len());
            self.list.push(global);
            return;
        };
        let known = &mut self.list[*position];
        // The name of lowered syntax is more informative than the global that it needs.
        let says_more = known.construct.is_none() && global.construct.is_some();
        if known.is_optional && !global.is_optional
            || known.is_optional == global.is_optional && says_more
        {
            *known = global;
        }
    }
}

impl Walk<'_> {
    fn item(&mut self, item: &ModuleItem, rest: &[ModuleItem]) -> Vec<GlobalUse> {
        // Lowering inserts declarations before the code that needs them, so they get the place of
        // that code.
        let place =
            rest.iter().map(|item| ast::span(item.span())).find(|span| *span != Span::default());
        self.at = place.unwrap_or_default();
        item.visit_with(self);
        std::mem::take(&mut self.found).list
    }

    /// Adds a mention of something newer than ECMAScript 5 or provided by the page.
    fn need(&mut self, name: &str, span: swc_common::Span, is_optional: bool) {
        let span = self.place(span);
        let construct = lowered::construct(name, self.text(span));
        let is_known = |known: &GlobalUse| !known.is_optional && construct.is_none();
        if self.found.of(name).is_some_and(is_known) {
            return;
        }
        let mut is_optional = is_optional || self.facts.knows(name);
        // Code does not detect methods with `try`, so a method in it is not optional.
        if self.tries > 0 && !is_optional && !name.starts_with('.') && !name.contains(".prototype.")
        {
            is_optional = true;
            self.tried.push(name.to_owned());
        }
        self.found.add(GlobalUse {
            name: name.to_owned(),
            span,
            construct: construct.map(Into::into),
            is_optional,
        });
    }

    /// Adds what the lowered form of a construct needs.
    fn need_lowered(&mut self, name: &str, construct: &'static str, span: swc_common::Span) {
        let span = self.place(span);
        self.found.add(GlobalUse {
            name: name.to_owned(),
            span,
            construct: Some(construct.into()),
            is_optional: false,
        });
    }

    fn place(&self, span: swc_common::Span) -> Span {
        Some(ast::span(span)).filter(|span| *span != Span::default()).unwrap_or(self.at)
    }

    fn text(&self, span: Span) -> &str {
        self.source.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Returns a free name that not every engine has.
    fn free_name<'i>(&self, ident: &'i Ident) -> Option<&'i str> {
        let name = ident.sym.as_str();
        // Every module that `require` requests is bundled or was reported.
        let is_of_node = name == "require"
            || self.is_commonjs
                && matches!(name, "module" | "exports" | "__filename" | "__dirname");
        (ident.ctxt == self.free && !builtins::is_es5(name) && !is_of_node).then_some(name)
    }

    fn is_free(&self, ident: &Ident) -> bool {
        ident.ctxt == self.free
    }

    /// Returns the global that a member is: `Object.assign`, `Array.prototype.includes`,
    /// `window.fetch` (which is `fetch`).
    fn global_member(&self, member: &MemberExpr) -> Option<String> {
        match member.obj.unwrap_parens() {
            Expr::Ident(object) if self.is_free(object) => {
                let name = member_name(&member.prop)?;
                if is_page(&object.sym) {
                    return (!builtins::is_es5(&name) && !is_page(&name))
                        .then(|| name.into_owned());
                }
                builtins::static_member(&object.sym, &name)
            }
            Expr::Member(inner) if inner.prop.is_ident_with("prototype") => {
                let object = inner.obj.as_ident().filter(|object| self.is_free(object))?;
                let name = member_name(&member.prop)?;
                builtins::is_method(&name).then(|| format!("{}.prototype.{name}", object.sym))
            }
            _ => None,
        }
    }

    /// Whether an expression is the call of our runtime that replaces `global`.
    fn is_global_this(&self, expr: &Expr) -> bool {
        let Expr::Call(call) = expr else { return false };
        let Some(name) = call.callee.as_expr().and_then(|callee| callee.as_ident()) else {
            return false;
        };
        name.sym == "global_this" && !self.is_free(name)
    }

    /// Visits an expression whose value must not be `undefined`.
    fn visit_used(&mut self, expr: &Expr) {
        match expr.unwrap_parens() {
            Expr::Member(member) => self.member(member, Usage::Used),
            other => other.visit_with(self),
        }
    }

    fn member(&mut self, member: &MemberExpr, usage: Usage) {
        self.member_of(member, usage, false);
    }

    /// Visits a member. `is_checked`: it is only read if its object is there, `object?.name`.
    fn member_of(&mut self, member: &MemberExpr, usage: Usage, is_checked: bool) {
        let global = self.global_member(member);
        if let Some(name) = &global {
            // A member of the page that is missing is `undefined`, and the code may read it to find
            // that out.
            let is_asked = usage == Usage::Read && is_of_page(member) && !builtins::is_known(name);
            self.need(name, member.span, is_asked || usage == Usage::Question);
        }
        match member.obj.unwrap_parens() {
            // `Reflect` is used only for its functions.
            Expr::Ident(object) if global.is_some() && object.sym == "Reflect" => {}
            object if is_checked => self.question(object),
            object => self.visit_used(object),
        }
        member.prop.visit_with(self);
    }

    fn call(&mut self, callee: &Expr, arguments: &[swc_ecma_ast::ExprOrSpread]) {
        let callee = callee.unwrap_parens();
        let Expr::Member(member) = callee else { return callee.visit_with(self) };
        let is_context = match member.obj.unwrap_parens() {
            Expr::Ident(object) => self.contexts.contains(&object.to_id()),
            object => self.recognise.expr(object).is_some(),
        };
        if let Some(name) = method_calls::method(member, arguments, |ident| self.is_free(ident))
            .filter(|_| !is_context)
        {
            self.need(&name, member.prop.span(), false);
        }
        self.member(member, Usage::Used);
    }
}

impl Visit for Walk<'_> {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        if ident.ctxt == self.helpers {
            for (name, construct) in lowered::needs(ident.sym.trim_start_matches('_')) {
                self.need_lowered(name, construct, ident.span);
            }
        } else if let Some(name) = self.free_name(ident) {
            self.need(name, ident.span, false);
        }
    }

    fn visit_stmt(&mut self, statement: &Stmt) {
        let span = ast::span(statement.span());
        if span != Span::default() {
            self.at = span;
        }
        statement.visit_children_with(self);
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        self.member(member, Usage::Read);
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        match &call.callee {
            Callee::Expr(callee) => self.call(callee, &call.args),
            // `import()` returns a promise, whatever it is compiled to.
            Callee::Import(_) => self.need_lowered("Promise", "import()", call.span),
            Callee::Super(_) => {}
        }
        call.args.visit_with(self);
    }

    fn visit_opt_chain_expr(&mut self, chain: &OptChainExpr) {
        let call = match &*chain.base {
            OptChainBase::Member(member) => {
                return self.member_of(member, Usage::Read, chain.optional);
            }
            OptChainBase::Call(call) => call,
        };
        match &*call.callee {
            Expr::OptChain(inner) if let OptChainBase::Member(member) = &*inner.base => {
                let method = method_calls::method(member, &call.args, |ident| self.is_free(ident));
                // `list?.includes?.(x)` checks for the method, `list?.includes(x)` does not.
                if let Some(name) = method.filter(|_| !chain.optional) {
                    self.need(&name, member.prop.span(), false);
                }
                let usage = if chain.optional { Usage::Question } else { Usage::Used };
                self.member_of(member, usage, inner.optional);
            }
            // `list.includes?.(x)` checks for the method.
            callee => self.question(callee),
        }
        call.args.visit_with(self);
    }

    fn visit_new_expr(&mut self, new: &NewExpr) {
        self.call(&new.callee, &[]);
        // The address of a worker in the build is rendered as a string, so its `new URL(…)` needs
        // nothing.
        let is_worker = self.recognise.new_worker(new);
        let rest = new.args.iter().flatten().skip(usize::from(is_worker));
        rest.for_each(|argument| argument.visit_with(self));
    }

    fn visit_unary_expr(&mut self, unary: &UnaryExpr) {
        match unary.op {
            UnaryOp::TypeOf => self.type_of(&unary.arg),
            UnaryOp::Bang => self.question(&unary.arg),
            _ => unary.arg.visit_with(self),
        }
    }

    fn visit_bin_expr(&mut self, binary: &BinExpr) {
        match binary.op {
            BinaryOp::LogicalAnd | BinaryOp::LogicalOr => {
                self.logical(binary, |walk| binary.right.visit_with(walk));
            }
            BinaryOp::NullishCoalescing => {
                self.question(&binary.left);
                binary.right.visit_with(self);
            }
            op if is_equality(op) => {
                self.question(&binary.left);
                self.question(&binary.right);
            }
            _ => binary.visit_children_with(self),
        }
    }

    fn visit_cond_expr(&mut self, condition: &CondExpr) {
        self.branches(&condition.test, &condition.cons, &condition.alt);
    }

    fn visit_if_stmt(&mut self, statement: &IfStmt) {
        self.branches(&statement.test, &statement.cons, &statement.alt);
    }

    fn visit_block_stmt(&mut self, block: &BlockStmt) {
        self.block(&block.stmts);
    }

    fn visit_function_body(&mut self, body: &FunctionBody) {
        let tries = std::mem::take(&mut self.tries);
        self.block(&body.stmts);
        self.tries = tries;
    }

    /// `try { new Proxy({}, {}); has_proxy = true; } catch (error) { has_proxy = false; }` checks
    /// for `Proxy`.
    fn visit_try_stmt(&mut self, statement: &TryStmt) {
        // A `try` with `finally` comes from a lowered loop, which throws the error again.
        let has_no_effects = |body: &BlockStmt| {
            statement.finalizer.is_none() && body.stmts.iter().all(has_no_effects)
        };
        let is_check =
            statement.handler.as_ref().is_some_and(|handler| has_no_effects(&handler.body));
        self.tries += u32::from(is_check);
        statement.block.visit_with(self);
        self.tries -= u32::from(is_check);
        statement.handler.visit_with(self);
        statement.finalizer.visit_with(self);
    }

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        if let (Pat::Ident(name), Some(value)) = (&declarator.name, &declarator.init) {
            self.facts.name(name.id.to_id(), value);
            if matches!(&**value, Expr::Call(call) if self.recognise.call(call).is_some()) {
                self.contexts.insert(name.id.to_id());
            }
            // `const hasPromise = window.Promise && …`
            return match &**value {
                Expr::Member(member) if is_of_page(member) => self.member(member, Usage::Question),
                other => other.visit_with(self),
            };
        }
        declarator.visit_children_with(self);
    }

    fn visit_fn_decl(&mut self, declaration: &FnDecl) {
        let id = declaration.ident.to_id();
        if let Some([Stmt::Return(answer)]) =
            declaration.function.body.as_ref().map(|body| body.stmts.as_slice())
            && let Some(answer) = &answer.arg
        {
            self.facts.name(id.clone(), answer);
        }
        let tried = std::mem::take(&mut self.tried);
        declaration.function.visit_with(self);
        let tried = std::mem::replace(&mut self.tried, tried);
        // If the function returns true, the names that it tried exist.
        self.facts.record_check(id, tried);
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        match &assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(ident))
                if assign.op == AssignOp::Assign =>
            {
                if let Some(name) = self.free_name(ident) {
                    self.assigned.insert(name.to_owned());
                }
            }
            // An assignment target need not exist.
            AssignTarget::Simple(SimpleAssignTarget::Member(member)) => {
                if is_of_page(member) || self.is_global_this(&member.obj) {
                    self.assigned.extend(member_name(&member.prop).map(Cow::into_owned));
                }
                self.visit_used(&member.obj);
                member.prop.visit_with(self);
            }
            other => other.visit_with(self),
        }
        assign.right.visit_with(self);
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        statement.body.visit_with(self);
    }

    fn visit_break_stmt(&mut self, _: &BreakStmt) {}

    fn visit_continue_stmt(&mut self, _: &ContinueStmt) {}

    // Module syntax names exports of modules, not globals.
    fn visit_import_decl(&mut self, _: &ImportDecl) {}

    fn visit_named_export(&mut self, _: &NamedExport) {}

    fn visit_export_all(&mut self, _: &ExportAll) {}
}
