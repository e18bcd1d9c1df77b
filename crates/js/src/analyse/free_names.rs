//! Rewrites free names and the idioms of module systems to the form that rendering relies on,
//! before uses are counted: `typeof define` gets its value, `import.meta` and `global` become names
//! of our runtime, and configured names become imports.

use bundle_base::config::{Format, Platform};
use bundle_graph::record::SourceFormat;
use swc_common::{Span, Spanned};
use swc_ecma_ast::{
    AssignTarget, BinExpr, BinaryOp, CallExpr, Callee, ClassMember, Constructor, Expr,
    ExprOrSpread, Function, Ident, Lit, MemberExpr, Module, NewExpr, Number, ObjectLit, Pat, Prop,
    SimpleAssignTarget, Str, TryStmt, UnaryExpr, UnaryOp, UpdateExpr,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

mod input; // what rewriting depends on, and whether a program needs it

use super::{
    findings::Findings,
    globals, native_import,
    provided_names::{self, ProvidedNames},
    recognise::{bundles_workers, has_require, is_import_meta, is_relative, member_name, text},
    request_pattern::{self, RequestNames},
    tested_globals::TestedGlobals,
};
use crate::{
    ast::spelling,
    scopes::{Scopes, free, key_of, runtime},
};

pub(super) use input::RewriteInput;

/// Rewrites free names. Also returns whether it did.
pub(super) fn rewrite(
    module: &mut Module,
    scopes: &Scopes,
    input: &RewriteInput<'_>,
) -> (Findings, bool) {
    let may_change = input.may_change(scopes);
    // With debug assertions, every program is walked, to prove the answer.
    if !may_change && !cfg!(debug_assertions) {
        return (Findings::default(), false);
    }
    let (findings, is_changed) = walk(module, scopes, input);
    debug_assert!(may_change || !is_changed && findings == Findings::default());
    (findings, is_changed)
}

fn walk(module: &mut Module, scopes: &Scopes, input: &RewriteInput<'_>) -> (Findings, bool) {
    let config = &input.config.resolve;
    let (recognise, format, source) = (input.recognise, input.format, input.part.source);
    let of_globals = globals::GlobalsInput { recognise, format, source };
    let tested = TestedGlobals::of(module, scopes, config, &of_globals);
    let assigned = provided_names::assigned_names(module, scopes, config);
    let provided = ProvidedNames::new(config, tested, assigned, free(), runtime());
    let mut rewrite = Free {
        input,
        known: RequestNames::of(module, scopes, &source.text),
        provided,
        findings: Findings::default(),
        functions: 0,
        tries: 0,
        is_changed: false,
    };
    module.visit_mut_with(&mut rewrite);
    let is_changed = rewrite.provided.declare_assigned(module) || rewrite.is_changed;
    let findings = Findings { provided: rewrite.provided.found, ..rewrite.findings };
    (findings, is_changed)
}

struct Free<'a> {
    input: &'a RewriteInput<'a>,
    known: RequestNames,
    provided: ProvidedNames<'a>,
    findings: Findings,
    /// How many functions with their own `this` enclose the current place.
    functions: u32,
    /// How many `try` blocks enclose the current place.
    tries: u32,
    is_changed: bool,
}

impl Free<'_> {
    fn is_free(&self, expr: &Expr, name: &str) -> bool {
        self.input.recognise.is_free_name(expr, name)
    }

    fn runtime(name: &str, span: Span) -> Expr {
        Expr::Ident(Ident::new(name.into(), span, runtime()))
    }

    fn runtime_call(name: &str, span: Span) -> Expr {
        let callee = Callee::Expr(Box::new(Self::runtime(name, span)));
        Expr::Call(CallExpr { span, callee, ..CallExpr::default() })
    }

    fn is_commonjs(&self) -> bool {
        self.input.format == SourceFormat::CommonJs
    }

    /// Returns the replacement of a free name, if it has one.
    fn name(&mut self, ident: &Ident) -> Option<Expr> {
        if ident.ctxt != free() {
            return None;
        }
        let config = self.input.config;
        if let Some(provided) = self.provided.name(ident) {
            return Some(provided);
        }
        let is_browser = config.resolve.platform == Platform::Browser;
        match ident.sym.as_str() {
            "global" if is_browser => Some(Self::runtime_call("global_this", ident.span)),
            // If the output runs as CommonJS in Node, the `require` of its surroundings exists.
            "require" if !has_require(config) => Some(Self::runtime("unknown_require", ident.span)),
            _ => None,
        }
    }

    /// Returns the value of `typeof define` and similar checks, so that a UMD package takes its
    /// CommonJS branch whatever the page defines.
    fn type_of(&self, argument: &Expr, span: Span) -> Option<Expr> {
        let is = |name| self.is_free(argument, name);
        let is_require = |argument: &Expr| match argument {
            Expr::Member(member) => {
                self.is_free(&member.obj, "module")
                    && member_name(&member.prop).as_deref() == Some("require")
            }
            other => self.is_free(other, "require"),
        };
        let answer = if is("define") {
            "undefined"
        } else if is_require(argument) && self.is_commonjs() {
            "function"
        } else if (is("module") || is("exports")) && self.is_commonjs() {
            "object"
        } else {
            return None;
        };
        Some(literal(answer, span))
    }

    /// Returns the replacement of `require` as a value.
    fn require(&mut self, span: Span) -> Expr {
        let require = Ident::new("require".into(), span, free());
        self.name(&require).unwrap_or(Expr::Ident(require))
    }

    /// Rewrites `module.require(…)` and `module["require"](…)` to `require(…)`.
    fn require_of_module(&self, call: &mut CallExpr) {
        if let Callee::Expr(callee) = &mut call.callee
            && let Expr::Member(member) = callee.unwrap_parens()
            && self.is_free(&member.obj, "module")
            && member_name(&member.prop).as_deref() == Some("require")
        {
            **callee = Expr::Ident(Ident::new("require".into(), member.span, free()));
        }
    }

    fn member(&mut self, member: &MemberExpr) -> Option<Expr> {
        if let Some(provided) = self.provided.member(member) {
            return Some(provided);
        }
        let name = member_name(&member.prop)?;
        let undefined = || Some(*Expr::undefined(member.span));
        if is_import_meta(&member.obj) {
            return match &*name {
                "hot" => Some(self.hot("meta_hot", member.span)),
                "webpackHot" => Some(self.hot("hot", member.span)),
                _ => None,
            };
        }
        if self.is_free(&member.obj, "define") && name == "amd" {
            return undefined();
        }
        if self.is_free(&member.obj, "module") {
            return self.of_module(&name, member.span);
        }
        if self.is_free(&member.obj, "require") && self.is_commonjs() {
            return match &*name {
                "main" => undefined(),
                "cache" | "extensions" => {
                    Some(ObjectLit { span: member.span, props: Vec::new() }.into())
                }
                _ => None,
            };
        }
        None
    }

    /// Returns the object of the hot update interface (`name`); without hot updates, `undefined`.
    fn hot(&self, name: &str, span: Span) -> Expr {
        if self.input.config.output.is_hot() {
            Self::runtime(name, span)
        } else {
            *Expr::undefined(span)
        }
    }

    fn of_module(&mut self, name: &str, span: Span) -> Option<Expr> {
        match name {
            "hot" => Some(self.hot("hot", span)),
            "require" => Some(self.require(span)),
            _ if !self.is_commonjs() => None,
            "id" => Some(literal(&self.input.part.source.name, span)),
            "loaded" => Some(Expr::Lit(Lit::Bool(swc_ecma_ast::Bool { span, value: false }))),
            // Truthy, as in a module that another module required: `if (!module.parent) main();`
            "parent" => Some(ObjectLit { span, props: Vec::new() }.into()),
            "children" | "paths" => Some(swc_ecma_ast::ArrayLit { span, elems: Vec::new() }.into()),
            _ => None,
        }
    }

    /// Whether a call is `require(…)` or `import(…)`.
    fn is_request(&self, call: &CallExpr) -> bool {
        match &call.callee {
            Callee::Expr(callee) => self.is_free(callee, "require"),
            Callee::Import(_) => true,
            Callee::Super(_) => false,
        }
    }

    /// Whether a comment before the first argument leaves the request to the browser.
    fn is_ignored(&self, args: &[ExprOrSpread]) -> bool {
        args.first().is_some_and(|first| self.input.magic.options_before(first.span()).is_ignored)
    }

    /// Returns the request of all files that a request with an expression may mean. Such requests
    /// in packages are for Node, unless the configuration specifies otherwise.
    fn context(&mut self, call: &mut CallExpr) -> Option<Expr> {
        let magic = match &call.callee {
            Callee::Expr(callee) if self.known.is_require(callee) => None,
            Callee::Import(_) => Some(self.input.magic.options_before(call.args.first()?.span())),
            Callee::Expr(_) | Callee::Super(_) => return None,
        };
        let RewriteInput { config, part, .. } = self.input;
        if self.input.recognise.call(call).is_some()
            || !config.resolve.follows_expressions(&part.source.path)
        {
            return None;
        }
        // The other arguments are literals, so they are not visited.
        let mut context = request_pattern::context_of(call, magic, &self.known, free())?;
        if let Expr::Call(made) = &mut context {
            made.args.visit_mut_with(self);
        }
        Some(context)
    }

    /// Returns the value of `require.main === module`.
    fn main_check(&self, comparison: &BinExpr) -> Option<Expr> {
        let is_main = |e: &Expr| {
            matches!(
                e,
                Expr::Member(m) if self.is_free(&m.obj, "require") && m.prop.is_ident_with("main")
            )
        };
        let is_check = matches!(comparison.op, BinaryOp::EqEqEq | BinaryOp::EqEq)
            && self.is_commonjs()
            && (is_main(&comparison.left) || is_main(&comparison.right));
        let value = self.input.part.is_entry;
        is_check.then(|| Expr::Lit(Lit::Bool(swc_ecma_ast::Bool { span: comparison.span, value })))
    }

    fn note_call(&mut self, call: &CallExpr) {
        if matches!(call.callee, Callee::Import(_)) && self.tries == 0 {
            self.findings.dynamic_import.get_or_insert(call.span);
        }
        let Callee::Expr(callee) = &call.callee else { return };
        if let Expr::Member(member) = &**callee {
            match member_name(&member.prop).as_deref() {
                Some("context") if self.is_free(&member.obj, "require") => {
                    self.findings.open_globs.push((call.span, "require.context"));
                }
                Some("glob" | "globEager") if is_import_meta(&member.obj) => {
                    self.findings.open_globs.push((call.span, "import.meta.glob"));
                }
                Some("webpackContext") if is_import_meta(&member.obj) => {
                    self.findings.open_globs.push((call.span, "import.meta.webpackContext"));
                }
                _ => {}
            }
        }
        if self.is_free(callee, "eval") {
            self.findings.direct_eval.get_or_insert(call.span);
        }
        if self.is_free(callee, "require") && self.tries == 0 && !call.args.is_empty() {
            self.findings.dynamic_require.get_or_insert(call.span);
        }
    }

    fn note_new(&mut self, new: &NewExpr) {
        let recognise = self.input.recognise;
        let Some(address) = recognise.worker_address(new) else { return };
        let literal = recognise.relative_to_meta(address).and_then(text);
        let first = match (literal, bundles_workers(self.input.config)) {
            (None, true) => &mut self.findings.dynamic_worker,
            (Some((specifier, _)), false) if is_relative(&specifier) => {
                &mut self.findings.lost_worker
            }
            (None | Some(_), _) => return,
        };
        first.get_or_insert(new.span);
    }

    /// Whether a call is an `import()` that the build does not follow, and the target lacks it.
    fn is_unknown_import(&self, call: &CallExpr) -> bool {
        call.callee.is_import()
            && !native_import::is_known(self.input.config)
            && self.input.recognise.call(call).is_none()
    }

    /// Visits code that has its own `this`.
    fn with_own_this(&mut self, visit: impl FnOnce(&mut Self)) {
        self.functions += 1;
        visit(self);
        self.functions -= 1;
    }
}

impl VisitMut for Free<'_> {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        let new = match expr {
            Expr::Ident(ident) => self.name(ident),
            Expr::This(this) if self.functions == 0 && !self.is_commonjs() => {
                Some(*Expr::undefined(this.span))
            }
            Expr::Unary(UnaryExpr { op: UnaryOp::TypeOf, arg, span }) => {
                if self.provided.is_tested(arg) {
                    return;
                }
                self.type_of(arg, *span)
            }
            Expr::Member(member) => self.member(member),
            Expr::Bin(comparison) => self.main_check(comparison),
            Expr::Call(call) if call.callee.is_import() && self.is_ignored(&call.args) => {
                if native_import::is_known(self.input.config) {
                    call.ctxt = self.input.recognise.ignored_context();
                } else {
                    native_import::call_runtime(call);
                    self.is_changed = true;
                }
                return call.args.visit_mut_with(self);
            }
            Expr::New(new) if new.args.as_deref().is_some_and(|args| self.is_ignored(args)) => {
                new.ctxt = self.input.recognise.ignored_context();
                return new.visit_mut_children_with(self);
            }
            Expr::Call(call) => {
                self.require_of_module(call);
                let branches = self.is_request(call).then(|| request_pattern::branches(call));
                branches.flatten().or_else(|| self.context(call))
            }
            Expr::MetaProp(_)
                if is_import_meta(expr) && self.input.config.output.format != Format::Esm =>
            {
                let is_page = self.input.config.resolve.platform == Platform::Browser;
                Some(Self::runtime_call(
                    if is_page { "import_meta" } else { "import_meta_of_file" },
                    expr.span(),
                ))
            }
            _ => None,
        };
        if let Some(new) = new {
            *expr = new;
            self.is_changed = true;
            // The new expression may be a request. Its children were not visited yet.
            if !matches!(expr, Expr::Cond(_)) {
                return;
            }
        }
        if let Expr::Call(call) = expr {
            if self.input.recognise.call(call).is_some() {
                call.args.visit_mut_with(self);
                return;
            }
            if self.is_unknown_import(call) {
                self.note_call(call);
                *expr = native_import::rejecting_promise(call);
                self.is_changed = true;
            }
        }
        expr.visit_mut_children_with(self);
    }

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        self.note_call(call);
        call.visit_mut_children_with(self);
    }

    fn visit_mut_new_expr(&mut self, new: &mut NewExpr) {
        self.note_new(new);
        new.visit_mut_children_with(self);
    }

    fn visit_mut_prop(&mut self, prop: &mut Prop) {
        let Prop::Shorthand(ident) = prop else {
            prop.visit_mut_children_with(self);
            return;
        };
        if let Some(value) = self.name(ident) {
            let key = key_of(ident);
            self.is_changed = true;
            *prop = Prop::KeyValue(swc_ecma_ast::KeyValueProp { key, value: Box::new(value) });
        }
    }

    // Assignment targets are visited only where they keep their form: `module.id = 1`,
    // `global = x`.
    fn visit_mut_assign_target(&mut self, target: &mut AssignTarget) {
        match target {
            AssignTarget::Simple(SimpleAssignTarget::Member(member)) => {
                member.visit_mut_children_with(self);
            }
            other => other.visit_mut_children_with(self),
        }
    }

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        match pattern {
            Pat::Expr(target) if target.is_member() => target.visit_mut_children_with(self),
            other => other.visit_mut_children_with(self),
        }
    }

    /// `delete window.name` refers to the member, not to its value.
    fn visit_mut_unary_expr(&mut self, unary: &mut UnaryExpr) {
        if unary.op == UnaryOp::Delete && unary.arg.is_member() {
            unary.arg.visit_mut_children_with(self);
        } else {
            unary.visit_mut_children_with(self);
        }
    }

    fn visit_mut_update_expr(&mut self, update: &mut UpdateExpr) {
        match &mut *update.arg {
            Expr::Ident(_) => {}
            other => other.visit_mut_children_with(self),
        }
    }

    fn visit_mut_try_stmt(&mut self, statement: &mut TryStmt) {
        self.tries += u32::from(statement.handler.is_some());
        statement.block.visit_mut_with(self);
        self.tries -= u32::from(statement.handler.is_some());
        statement.handler.visit_mut_with(self);
        statement.finalizer.visit_mut_with(self);
    }

    fn visit_mut_number(&mut self, number: &mut Number) {
        spelling::number(number);
    }

    fn visit_mut_str(&mut self, text: &mut Str) {
        spelling::text(text);
    }

    fn visit_mut_with_stmt(&mut self, statement: &mut swc_ecma_ast::WithStmt) {
        self.findings.direct_eval.get_or_insert(statement.span);
        statement.visit_mut_children_with(self);
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        self.with_own_this(|free| function.visit_mut_children_with(free));
    }

    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        self.with_own_this(|free| constructor.visit_mut_children_with(free));
    }

    fn visit_mut_class_member(&mut self, member: &mut ClassMember) {
        // The `this` of a computed key is the outer one. Such keys do not occur in practice, and
        // lowering moves them out.
        self.with_own_this(|free| member.visit_mut_children_with(free));
    }
}

fn literal(text: &str, span: Span) -> Expr {
    Expr::Lit(Lit::Str(Str { span, value: text.into(), raw: None }))
}
