//! Collects the requests and uses of each top-level item in one walk: the modules that it requests,
//! the symbols that it mentions and which members of them, the symbols that it may read while it
//! runs, the names that it writes to, and the CommonJS names that it mentions.

use bundle_graph::record::{ChunkOptions, CommonJsUses, Path, Request, RequestKind};
use rustc_hash::FxHashSet;
use swc_common::Spanned;
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignOp, AssignTarget, AssignTargetPat, BinExpr, BinaryOp, BreakStmt,
    CallExpr, Callee, ClassMember, ClassProp, CondExpr, Constructor, ContinueStmt,
    ExportNamedSpecifier, Expr, FnDecl, FnExpr, ForHead, Function, Id, Ident, IfStmt, ImportDecl,
    LabeledStmt, MemberExpr, ModuleItem, NamedExport, ObjectPat, ObjectPatProp, OptChainBase,
    OptChainExpr, Pat, PrivateProp, PropName, SimpleAssignTarget, ThisExpr, TryStmt, UnaryExpr,
    UnaryOp, UpdateExpr, VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{
    branch_tests,
    magic_comments::MagicComments,
    mentions::{Branches, Mentions},
    objects,
    recognise::{ModuleRequest, Recognise, member_name, path, start_of_path},
    request_table::Requests,
    symbols::Table,
};
use crate::ast;

/// The uses in the whole program.
pub(super) struct Uses<'c> {
    recognise: Recognise,
    comments: &'c MagicComments<'c>,
    /// The program's own names whose members are recorded, because they may turn out to be known
    /// objects.
    objects: FxHashSet<Id>,
    pub requests: Requests,
    pub commonjs: CommonJsUses,
    /// Identifiers that are written to elsewhere than in their declaration.
    pub assigned: FxHashSet<Id>,
    /// Identifiers in `A || (A = {})`, which gives a namespace its object; not in `assigned`.
    pub created: FxHashSet<Id>,
    /// The program's own names that may be bound to a literal.
    literals: FxHashSet<Id>,
    pub branches: Branches,
}

impl<'c> Uses<'c> {
    /// Starts with the requests of module syntax only.
    pub fn new(
        table: &mut Table,
        recognise: Recognise,
        comments: &'c MagicComments<'c>,
        items: &[ModuleItem],
    ) -> Self {
        Self {
            recognise,
            comments,
            objects: objects::names(items),
            requests: std::mem::take(&mut table.requests),
            commonjs: CommonJsUses::default(),
            assigned: FxHashSet::default(),
            created: FxHashSet::default(),
            literals: branch_tests::names(items),
            branches: Branches::default(),
        }
    }

    /// Returns the uses in one item.
    pub fn of(&mut self, item: &ModuleItem, table: &Table) -> Mentions {
        let mut walk = Walk {
            uses: self,
            table,
            found: Mentions::default(),
            later: 0,
            own_this: 0,
            tries: 0,
            runs_now: false,
        };
        item.visit_with(&mut walk);
        walk.found
    }
}

struct Walk<'a, 'c> {
    uses: &'a mut Uses<'c>,
    table: &'a Table,
    found: Mentions,
    /// How many functions that do not run with the item enclose the current place.
    later: u32,
    /// How many functions with their own `this` enclose the current place.
    own_this: u32,
    /// How many `try` blocks enclose the current place.
    tries: u32,
    /// Whether the next function is called where it is written.
    runs_now: bool,
}

impl Walk<'_, '_> {
    fn mention(&mut self, ident: &Ident, member: Option<Path>, is_read: bool) {
        self.commonjs_name(ident);
        let Some(symbol) = self.table.by_id.get(ident) else { return };
        let span = ast::span(ident.span);
        if is_read && self.later == 0 {
            self.found.eager_read(symbol, span);
        }
        // `lower::typescript::metadata` marks names that may be types.
        self.found.symbol(symbol, member, span, ident.optional, &mut self.uses.branches);
    }

    fn commonjs_name(&mut self, ident: &Ident) {
        let is = |name| self.uses.recognise.is_free(ident, name);
        let found = (is("module"), is("exports"), is("require"));
        let commonjs = &mut self.uses.commonjs;
        commonjs.mentions_module |= found.0;
        commonjs.mentions_exports |= found.1;
        commonjs.mentions_require |= found.2;
    }

    /// Returns the name and the members that are read of it, if they are recorded.
    fn path<'m>(&self, member: &'m MemberExpr) -> Option<(&'m Ident, Path)> {
        let object = start_of_path(member)?;
        let symbol = self.table.by_id.get(object)?;
        let counts = self.table.is_imported(symbol) || self.uses.objects.contains(&object.to_id());
        if counts { path(member) } else { None }
    }

    fn request(&mut self, found: ModuleRequest) {
        let chunk_options = if found.is_dynamic() {
            self.uses.comments.options_before(found.literal).chunk_options()
        } else {
            ChunkOptions::default()
        };
        let request = Request {
            specifier: found.specifier,
            kind: found.kind,
            span: ast::span(found.literal),
            is_optional: self.tries > 0,
            attribute: found.attribute,
            chunk_options,
        };
        let index = self.uses.requests.index(request);
        self.found.request(index, &mut self.uses.branches);
    }

    /// Visits what runs if the outcome of a test is `runs_if`.
    fn branch<N: VisitWith<Self> + Spanned>(&mut self, test: &Expr, runs_if: bool, branch: &N) {
        let names = branch_tests::TestReader { table: self.table, own: &self.uses.literals };
        let place = (ast::span(test.span()), ast::span(branch.span()));
        // Code that lowering made may have no place.
        let nowhere = bundle_base::Span::default();
        let decided = if [place.0, place.1].contains(&nowhere) { None } else { names.test(test) };
        let Some(decided) = decided else { return branch.visit_with(self) };
        self.uses.branches.enter(place, decided, runs_if);
        branch.visit_with(self);
        self.uses.branches.leave();
    }

    /// Records the names to which an assignment's pattern writes.
    fn note_written(&mut self, pattern: &Pat) {
        match pattern {
            Pat::Ident(ident) => self.written_name(&ident.id),
            Pat::Expr(expr) => {
                if let Expr::Ident(ident) = expr.unwrap_parens() {
                    self.written_name(ident);
                }
            }
            Pat::Array(array) => array.elems.iter().flatten().for_each(|p| self.note_written(p)),
            Pat::Rest(rest) => self.note_written(&rest.arg),
            Pat::Assign(assign) => self.note_written(&assign.left),
            Pat::Object(object) => self.written_object(object),
            Pat::Invalid(_) => {}
        }
    }

    fn written_object(&mut self, object: &ObjectPat) {
        for prop in &object.props {
            match prop {
                ObjectPatProp::KeyValue(pair) => self.note_written(&pair.value),
                ObjectPatProp::Assign(assign) => self.written_name(&assign.key.id),
                ObjectPatProp::Rest(rest) => self.note_written(&rest.arg),
            }
        }
    }

    fn written_name(&mut self, ident: &Ident) {
        self.uses.assigned.insert(ident.to_id());
    }

    /// Runs `visit` for the inside of a function. The function runs later unless it is called where
    /// it is written.
    fn in_function(
        &mut self,
        has_own_this: bool,
        is_generator: bool,
        visit: impl FnOnce(&mut Self),
    ) {
        let is_later = !std::mem::take(&mut self.runs_now) || is_generator;
        let tries = if is_later { std::mem::take(&mut self.tries) } else { self.tries };
        self.later += u32::from(is_later);
        self.own_this += u32::from(has_own_this);
        visit(self);
        self.own_this -= u32::from(has_own_this);
        self.later -= u32::from(is_later);
        self.tries = tries;
    }

    fn declared_pattern(&mut self, pattern: &Pat) {
        // The names are declared, not used. Only defaults and computed keys are expressions.
        match pattern {
            Pat::Ident(_) | Pat::Invalid(_) => {}
            Pat::Array(array) => {
                array.elems.iter().flatten().for_each(|p| self.declared_pattern(p));
            }
            Pat::Rest(rest) => self.declared_pattern(&rest.arg),
            Pat::Assign(assign) => {
                self.declared_pattern(&assign.left);
                assign.right.visit_with(self);
            }
            Pat::Object(object) => {
                for prop in &object.props {
                    match prop {
                        ObjectPatProp::KeyValue(pair) => {
                            pair.key.visit_with(self);
                            self.declared_pattern(&pair.value);
                        }
                        ObjectPatProp::Assign(assign) => assign.value.visit_with(self),
                        ObjectPatProp::Rest(rest) => self.declared_pattern(&rest.arg),
                    }
                }
            }
            Pat::Expr(expr) => expr.visit_with(self),
        }
    }
}

impl Visit for Walk<'_, '_> {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        self.mention(ident, None, true);
    }

    fn visit_expr(&mut self, expr: &Expr) {
        if let Some(found) = self.uses.recognise.expr(expr) {
            let is_worker = found.kind == RequestKind::Worker;
            let is_caught = found.is_dynamic() && std::mem::take(&mut self.runs_now);
            self.tries += u32::from(is_caught);
            self.request(found);
            self.tries -= u32::from(is_caught);
            match expr {
                // Rendering replaces its first argument by the address of the worker's file.
                Expr::New(new) if is_worker => {
                    new.args.iter().flatten().skip(1).for_each(|a| a.visit_with(self));
                }
                Expr::Call(call) => call.args.visit_with(self),
                other => other.visit_children_with(self),
            }
            return;
        }
        expr.visit_children_with(self);
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        call.args.visit_with(self);
        if let Callee::Expr(callee) = &call.callee {
            let callee = match callee.unwrap_parens() {
                // `(function () { … }).call(this)`
                Expr::Member(member) if matches!(member.obj.unwrap_parens(), Expr::Fn(_)) => {
                    member.obj.unwrap_parens()
                }
                // `import("a").catch(…)`, `import("a").then(…, …)`
                Expr::Member(member) if handles_rejection(member, call) => {
                    self.runs_now = true;
                    member.obj.visit_with(self);
                    self.runs_now = false;
                    return;
                }
                other => other,
            };
            self.runs_now = matches!(callee, Expr::Fn(_) | Expr::Arrow(_));
            callee.visit_with(self);
            self.runs_now = false;
        }
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        match self.path(member) {
            Some((object, names)) => self.mention(object, Some(names), true),
            None => member.visit_children_with(self),
        }
    }

    /// `a?.b` reads `a` itself to check whether it exists.
    fn visit_opt_chain_expr(&mut self, chain: &OptChainExpr) {
        match &*chain.base {
            OptChainBase::Member(member) => member.visit_children_with(self),
            OptChainBase::Call(call) => call.visit_with(self),
        }
    }

    fn visit_unary_expr(&mut self, unary: &UnaryExpr) {
        match unary.arg.unwrap_parens() {
            // `delete ns.a` needs the namespace object.
            Expr::Member(member) if unary.op == UnaryOp::Delete => {
                member.obj.visit_with(self);
                member.prop.visit_with(self);
            }
            other => other.visit_with(self),
        }
    }

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        self.declared_pattern(&declarator.name);
        declarator.init.visit_with(self);
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        match &assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(ident)) => {
                self.uses.assigned.insert(ident.to_id());
                let is_read = assign.op != AssignOp::Assign;
                self.mention(&ident.id, None, is_read);
            }
            AssignTarget::Simple(SimpleAssignTarget::Member(member)) => {
                member.visit_children_with(self);
            }
            AssignTarget::Simple(SimpleAssignTarget::Paren(paren))
                if let Expr::Member(member) = paren.expr.unwrap_parens() =>
            {
                member.visit_children_with(self);
            }
            AssignTarget::Simple(other) => other.visit_with(self),
            AssignTarget::Pat(pattern) => {
                match pattern {
                    AssignTargetPat::Array(array) => {
                        array.elems.iter().flatten().for_each(|p| self.note_written(p));
                    }
                    AssignTargetPat::Object(object) => self.written_object(object),
                    AssignTargetPat::Invalid(_) => {}
                }
                pattern.visit_with(self);
            }
        }
        assign.right.visit_with(self);
    }

    fn visit_bin_expr(&mut self, binary: &BinExpr) {
        if let (Expr::Ident(name), Expr::Assign(assign)) =
            (&*binary.left, binary.right.unwrap_parens())
            && binary.op == BinaryOp::LogicalOr
            && assign.op == AssignOp::Assign
            && assign.left.as_ident().is_some_and(|target| target.to_id() == name.to_id())
            && matches!(*assign.right, Expr::Object(_))
        {
            self.uses.created.insert(name.to_id());
            self.mention(name, None, true);
            assign.right.visit_with(self);
            return;
        }
        binary.left.visit_with(self);
        match binary.op {
            BinaryOp::LogicalAnd => self.branch(&binary.left, true, &*binary.right),
            BinaryOp::LogicalOr => self.branch(&binary.left, false, &*binary.right),
            _ => binary.right.visit_with(self),
        }
    }

    fn visit_if_stmt(&mut self, statement: &IfStmt) {
        statement.test.visit_with(self);
        self.branch(&statement.test, true, &*statement.cons);
        if let Some(alt) = &statement.alt {
            self.branch(&statement.test, false, &**alt);
        }
    }

    fn visit_cond_expr(&mut self, choice: &CondExpr) {
        choice.test.visit_with(self);
        self.branch(&choice.test, true, &*choice.cons);
        self.branch(&choice.test, false, &*choice.alt);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        match update.arg.unwrap_parens() {
            // This reads the object, not the member: `ns.a++` throws.
            Expr::Member(member) => return member.visit_children_with(self),
            Expr::Ident(ident) => drop(self.uses.assigned.insert(ident.to_id())),
            _ => {}
        }
        update.visit_children_with(self);
    }

    fn visit_pat(&mut self, pattern: &Pat) {
        match pattern {
            Pat::Expr(target) if let Expr::Member(member) = target.unwrap_parens() => {
                member.visit_children_with(self);
            }
            _ => pattern.visit_children_with(self),
        }
    }

    fn visit_for_head(&mut self, head: &ForHead) {
        if let ForHead::Pat(pattern) = head {
            self.note_written(pattern);
        }
        head.visit_children_with(self);
    }

    fn visit_fn_decl(&mut self, declaration: &FnDecl) {
        declaration.function.visit_with(self);
    }

    fn visit_fn_expr(&mut self, expression: &FnExpr) {
        expression.function.visit_with(self);
    }

    fn visit_function(&mut self, function: &Function) {
        self.in_function(true, function.is_generator, |walk| function.visit_children_with(walk));
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.in_function(false, arrow.is_generator, |walk| arrow.visit_children_with(walk));
    }

    fn visit_constructor(&mut self, constructor: &Constructor) {
        self.runs_now = false;
        self.in_function(true, false, |walk| constructor.visit_children_with(walk));
    }

    fn visit_class_prop(&mut self, prop: &ClassProp) {
        prop.key.visit_with(self);
        prop.decorators.visit_with(self);
        self.runs_now = prop.is_static;
        self.in_function(true, false, |walk| prop.value.visit_with(walk));
    }

    fn visit_private_prop(&mut self, prop: &PrivateProp) {
        self.runs_now = prop.is_static;
        self.in_function(true, false, |walk| prop.value.visit_with(walk));
    }

    fn visit_class_member(&mut self, member: &ClassMember) {
        self.runs_now = false;
        if let ClassMember::StaticBlock(block) = member {
            self.runs_now = true;
            self.in_function(true, false, |walk| block.body.visit_with(walk));
        } else {
            member.visit_children_with(self);
        }
    }

    fn visit_prop_name(&mut self, name: &PropName) {
        if let PropName::Computed(computed) = name {
            computed.visit_with(self);
        }
    }

    fn visit_this_expr(&mut self, _: &ThisExpr) {
        self.uses.commonjs.mentions_exports |= self.own_this == 0;
    }

    fn visit_try_stmt(&mut self, statement: &TryStmt) {
        self.tries += u32::from(statement.handler.is_some());
        statement.block.visit_with(self);
        self.tries -= u32::from(statement.handler.is_some());
        statement.handler.visit_with(self);
        statement.finalizer.visit_with(self);
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        statement.body.visit_with(self);
    }

    fn visit_break_stmt(&mut self, _: &BreakStmt) {}

    fn visit_continue_stmt(&mut self, _: &ContinueStmt) {}

    // Module syntax names symbols without using them.
    fn visit_import_decl(&mut self, _: &ImportDecl) {}

    fn visit_named_export(&mut self, _: &NamedExport) {}

    fn visit_export_named_specifier(&mut self, _: &ExportNamedSpecifier) {}
}

fn handles_rejection(member: &MemberExpr, call: &CallExpr) -> bool {
    let called = member.obj.unwrap_parens();
    let is_import = matches!(called, Expr::Call(CallExpr { callee: Callee::Import(_), .. }));
    let handles = match member_name(&member.prop).as_deref() {
        Some("catch") => !call.args.is_empty(),
        Some("then") => call.args.len() > 1,
        _ => false,
    };
    is_import && handles
}
