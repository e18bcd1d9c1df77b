//! Compresses a program: rewrites it to shorter code that does the same. One walk visits every node
//! after its children and rewrites it to its shortest form. At the end of a list of statements it
//! joins neighbours and drops unused declarations. The table of bindings is updated on the way:
//! dropped code no longer counts as a use. A second walk does what the first made possible; it
//! skips functions in which the first changed nothing.
//!
//! Every rewrite is correct for every value, under the assumptions in docs/scripts.md.

#![expect(
    clippy::boxed_local,
    clippy::unnecessary_box_returns,
    clippy::vec_box,
    reason = "the tree holds boxed expressions, and they are passed on as they are"
)]

use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_common::util::take::Take;
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, BlockStmt, CallExpr, Callee, Class, ClassExpr, ClassMember,
    Constructor, DoWhileStmt, Expr, FnDecl, FnExpr, ForHead, ForInStmt, ForOfStmt, ForStmt,
    Function, IfStmt, KeyValueProp, LabeledStmt, MemberExpr, Module, ModuleItem, OptCall, Pat,
    Prop, PropName, SimpleAssignTarget, StaticBlock, Stmt, SwitchCase, TaggedTpl, TryStmt,
    UnaryExpr, UnaryOp, VarDeclKind, VarDeclarator, WhileStmt,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use crate::scopes::{self, Scopes};
use expressions::bare;
use function_context::starts_with_super;
use keys::shorten_key;
use model::{Compress, Frame, This};
use receivers::detach;
use statements::ListKind;
use values::is_declared;

mod aliases; // two names of one value
mod choices; // `test ? a : b`
mod conditions; // conditions and negation
mod constant_propagation; // values that are copied to the places that read them
mod control; // `if`, loops, `switch`, `try` and labels
mod dead; // statements that never run
mod declarations; // declarations of variables
mod expressions; // operators, calls and members
mod find_read; // the place that reads a variable
mod finish; // the shortest spelling of literals, after the last walk
mod frames; // the functions that contain the current place
mod function_context; // code that depends on its function: `this`, `arguments`, `super`, `yield`
mod functions; // functions that are called where they are written
mod inline; // functions of one expression, where they are called
mod inline_candidates; // functions of one expression, where they are declared
mod keys; // names of members
mod known_choices; // choices between a known value and another
mod literals; // literals, and operations on them
mod members; // objects whose members become variables
mod model; // the state of the walk
mod moved_value; // a value on its way to the place that reads it
mod receivers; // calls without a receiver that must not get one
mod single_use; // values that never change, in the one place that reads them
mod sizes; // how long expressions are when they are printed
mod statements; // lists of statements
mod steady_values; // whether a value is the same at another time
mod substitute; // values in the one place that reads them
mod templates; // templates and their constant parts
#[cfg(test)]
mod tests;
mod unused; // expressions whose value is not used
mod unwrap; // the statements of functions that are called where they are written
mod uses; // counts of reads and writes
mod values; // types, purity and truth of expressions

pub(crate) use model::CompressInput;

/// The most walks. A third one would save 0.02 % of the gzipped size and take a tenth of the time.
const WALKS: usize = 2;

/// Compresses a program. `is_strict`: its top level is strict code. `is_kept`: other programs see
/// the name at the top level. `name`: makes names for new variables at the top level. The names of
/// the program are numbered again.
pub(crate) fn run(
    module: &mut Module,
    is_strict: bool,
    facts: CompressInput<'_>,
    is_kept: impl Fn(&str) -> bool,
    mut name: impl FnMut() -> Atom,
) {
    let mut last = 0;
    for walk in 0..WALKS {
        let mut table = scopes::number(module, is_strict);
        let mut kept = bindings_seen_outside(&table, &is_kept);
        let mut next = |is_top| {
            if is_top {
                return name();
            }
            last += 1;
            // No program has such a name.
            format!("%{last}.").into()
        };
        if walk == 0 && members::into_variables(module, &table, &kept, &mut next) {
            table = scopes::number(module, is_strict);
            kept = bindings_seen_outside(&table, &is_kept);
        }
        let mut walk = Compress {
            facts,
            one_liners: FxHashMap::default(),
            scopes: table,
            is_kept: kept,
            known: FxHashMap::default(),
            functions: vec![Frame::default()],
            is_derived: false,
            is_changed: false,
        };
        walk.program(module);
        walk.join_aliases(module);
        if !walk.is_changed {
            break;
        }
    }
    finish::run(module, facts.support);
}

/// Returns by binding whether other programs see it.
fn bindings_seen_outside(table: &Scopes, is_kept: &impl Fn(&str) -> bool) -> Vec<bool> {
    let bindings = table.bindings.iter();
    bindings.map(|binding| binding.scope == 0 && is_kept(&binding.name)).collect()
}

impl Compress<'_> {
    /// Visits a program. Imports stay before its statements, and exports after them.
    fn program(&mut self, module: &mut Module) {
        let (mut statements, mut before, mut behind) = (Vec::new(), Vec::new(), Vec::new());
        for item in std::mem::take(&mut module.body) {
            match item {
                ModuleItem::Stmt(statement) => statements.push(statement),
                import @ ModuleItem::ModuleDecl(_) if statements.is_empty() => before.push(import),
                export @ ModuleItem::ModuleDecl(_) => behind.push(export),
            }
        }
        let directives = directives(&statements);
        statements.visit_mut_with(self);
        self.list(&mut statements, ListKind::Block, directives);
        let statements = statements.into_iter().map(ModuleItem::Stmt);
        module.body = before.into_iter().chain(statements).chain(behind).collect();
    }

    /// Whether a statement runs no code that may call functions.
    fn has_no_effects(&self, statement: &Stmt) -> bool {
        match statement {
            // Declarations of variables are judged one by one.
            Stmt::Decl(swc_ecma_ast::Decl::Fn(_) | swc_ecma_ast::Decl::Var(_)) | Stmt::Empty(_) => {
                true
            }
            Stmt::Expr(statement) => self.is_pure(&statement.expr),
            _ => false,
        }
    }
}

impl VisitMut for Compress<'_> {
    noop_visit_mut_type!();

    fn visit_mut_stmts(&mut self, list: &mut Vec<Stmt>) {
        self.note_one_liners(list);
        list.visit_mut_children_with(self);
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        statement.visit_mut_children_with(self);
        if !self.has_no_effects(statement) {
            self.frame().has_run = true;
        }
        self.statement(statement);
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        bare(expr);
        expr.visit_mut_children_with(self);
        self.shorten(expr);
    }

    // Statements whose parts may not run, or may run several times.

    fn visit_mut_if_stmt(&mut self, choice: &mut IfStmt) {
        choice.test.visit_mut_with(self);
        self.not_always(|walk| {
            choice.cons.visit_mut_with(walk);
            choice.alt.visit_mut_with(walk);
        });
    }

    fn visit_mut_for_stmt(&mut self, each: &mut ForStmt) {
        each.init.visit_mut_with(self);
        self.not_always(|walk| {
            each.test.visit_mut_with(walk);
            each.update.visit_mut_with(walk);
            walk.loop_body(&mut each.body);
        });
    }

    fn visit_mut_for_in_stmt(&mut self, each: &mut ForInStmt) {
        self.not_always(|walk| {
            each.left.visit_mut_with(walk);
            each.right.visit_mut_with(walk);
            walk.loop_body(&mut each.body);
        });
    }

    fn visit_mut_for_of_stmt(&mut self, each: &mut ForOfStmt) {
        self.not_always(|walk| {
            each.left.visit_mut_with(walk);
            each.right.visit_mut_with(walk);
            walk.loop_body(&mut each.body);
        });
    }

    fn visit_mut_while_stmt(&mut self, each: &mut WhileStmt) {
        self.not_always(|walk| {
            each.test.visit_mut_with(walk);
            walk.loop_body(&mut each.body);
        });
    }

    fn visit_mut_do_while_stmt(&mut self, each: &mut DoWhileStmt) {
        self.not_always(|walk| {
            walk.loop_body(&mut each.body);
            each.test.visit_mut_with(walk);
        });
    }

    fn visit_mut_try_stmt(&mut self, attempt: &mut TryStmt) {
        self.frame().tries += 1;
        self.not_always(|walk| attempt.visit_mut_children_with(walk));
        self.frame().tries -= 1;
    }

    fn visit_mut_labeled_stmt(&mut self, labeled: &mut LabeledStmt) {
        self.not_always(|walk| labeled.body.visit_mut_with(walk));
    }

    fn visit_mut_switch_case(&mut self, case: &mut SwitchCase) {
        self.not_always(|walk| {
            case.visit_mut_children_with(walk);
            walk.list(&mut case.cons, ListKind::Block, 0);
        });
    }

    fn visit_mut_block_stmt(&mut self, block: &mut BlockStmt) {
        block.stmts.visit_mut_with(self);
        self.list(&mut block.stmts, ListKind::Block, 0);
    }

    // Declarations.

    fn visit_mut_var_declarator(&mut self, declarator: &mut VarDeclarator) {
        declarator.visit_mut_children_with(self);
        let Pat::Ident(name) = &declarator.name else {
            self.frame().has_run = true;
            return;
        };
        let Some(init) = declarator.init.as_deref() else { return };
        if let Some(index) = Self::index(&name.id)
            && self.scopes.bindings[index].is_never_assigned()
        {
            let value = self.worth_copying(index, init);
            self.note_value(index, value);
        }
        let has_run = !self.is_pure(init);
        self.frame().has_run |= has_run;
    }

    fn visit_mut_for_head(&mut self, head: &mut ForHead) {
        head.visit_mut_children_with(self);
        if let ForHead::VarDecl(declaration) = head
            && declaration.kind == VarDeclKind::Const
            && !declaration.decls.iter().any(|one| self.is_written(one))
        {
            declaration.kind = VarDeclKind::Let;
        }
    }

    // Functions.

    fn visit_mut_fn_decl(&mut self, declaration: &mut FnDecl) {
        self.function(&mut declaration.function, true);
    }

    fn visit_mut_fn_expr(&mut self, expression: &mut FnExpr) {
        self.function(&mut expression.function, false);
        if let Some(name) = &expression.ident
            && self.is_unmentioned(name)
            && Self::index(name).is_some_and(|index| self.is_own(index))
        {
            expression.ident = None;
        }
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        self.function(function, false);
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        let frame = Frame { this: self.frame().this, ..Frame::default() };
        self.in_function(frame, &mut arrow.ctxt, |walk| {
            arrow.params.visit_mut_with(walk);
            match &mut *arrow.body {
                ArrowFunctionBody::FunctionBody(body) => walk.body(&mut body.stmts),
                ArrowFunctionBody::Expr(value) => value.visit_mut_with(walk),
            }
        });
    }

    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        let may_throw = self.is_derived && !starts_with_super(constructor);
        let this = if may_throw { This::MayThrow } else { This::Is };
        let frame = Frame { this, ..Frame::default() };
        self.in_function(frame, &mut constructor.ctxt, |walk| {
            constructor.params.visit_mut_with(walk);
            constructor.body.iter_mut().for_each(|body| walk.body(&mut body.stmts));
        });
    }

    fn visit_mut_static_block(&mut self, block: &mut StaticBlock) {
        self.in_function(Frame::default(), &mut block.body.ctxt, |walk| {
            block.body.stmts.visit_mut_with(walk);
            walk.list(&mut block.body.stmts, ListKind::Block, 0);
        });
    }

    fn visit_mut_class(&mut self, class: &mut Class) {
        let outer = std::mem::replace(&mut self.is_derived, class.super_class.is_some());
        class.visit_mut_children_with(self);
        self.is_derived = outer;
    }

    fn visit_mut_class_expr(&mut self, class: &mut ClassExpr) {
        class.class.visit_mut_with(self);
        if let Some(name) = &class.ident
            && self.is_unmentioned(name)
        {
            class.ident = None;
        }
    }

    fn visit_mut_class_member(&mut self, member: &mut ClassMember) {
        member.visit_mut_children_with(self);
        let is_name = |name: &str| name != "constructor" && name != "prototype";
        match member {
            ClassMember::Method(method) => shorten_key(&mut method.key, is_name),
            ClassMember::ClassProp(field) => shorten_key(&mut field.key, is_name),
            _ => {}
        }
    }

    // Names.

    fn visit_mut_prop(&mut self, prop: &mut Prop) {
        if let Prop::Shorthand(name) = prop {
            let mut value = Expr::Ident(name.clone());
            self.shorten(&mut value);
            let is_same = matches!(&value, Expr::Ident(other) if other.to_id() == name.to_id());
            if !is_same {
                let key = scopes::key_of(name);
                *prop = Prop::KeyValue(KeyValueProp { key, value: Box::new(value) });
            }
            return;
        }
        prop.visit_mut_children_with(self);
        match prop {
            Prop::KeyValue(pair) => shorten_key(&mut pair.key, |name| name != "__proto__"),
            Prop::Method(method) => shorten_key(&mut method.key, |_| true),
            Prop::Getter(getter) => shorten_key(&mut getter.key, |_| true),
            Prop::Setter(setter) => shorten_key(&mut setter.key, |_| true),
            _ => {}
        }
    }

    fn visit_mut_prop_name(&mut self, name: &mut PropName) {
        if let PropName::Computed(key) = name {
            key.visit_mut_with(self);
        }
    }

    // Places.

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        match &mut call.callee {
            Callee::Expr(callee) => self.place_or_value(callee),
            other => other.visit_mut_with(self),
        }
        call.args.visit_mut_with(self);
    }

    fn visit_mut_opt_call(&mut self, call: &mut OptCall) {
        self.place_or_value(&mut call.callee);
        call.args.visit_mut_with(self);
    }

    fn visit_mut_tagged_tpl(&mut self, tagged: &mut TaggedTpl) {
        self.place_or_value(&mut tagged.tag);
        tagged.tpl.exprs.visit_mut_with(self);
    }

    fn visit_mut_unary_expr(&mut self, unary: &mut UnaryExpr) {
        match unary.op {
            // `delete name` in sloppy code refers to the name.
            UnaryOp::Delete if unary.arg.unwrap_parens().is_ident() => {}
            UnaryOp::Delete => {
                self.place_or_value(&mut unary.arg);
                if unary.arg.is_ident() {
                    detach(&mut unary.arg);
                }
            }
            UnaryOp::TypeOf => {
                let was_name = unary.arg.is_ident();
                unary.arg.visit_mut_with(self);
                // `typeof (0, missing)` throws.
                if !was_name && matches!(&*unary.arg, Expr::Ident(name) if !is_declared(name)) {
                    detach(&mut unary.arg);
                }
            }
            _ => unary.arg.visit_mut_with(self),
        }
    }

    fn visit_mut_simple_assign_target(&mut self, target: &mut SimpleAssignTarget) {
        while let SimpleAssignTarget::Paren(paren) = target {
            let Ok(inner) = SimpleAssignTarget::try_from(paren.expr.take()) else {
                unreachable!("the parser takes only targets")
            };
            *target = inner;
        }
        match target {
            SimpleAssignTarget::Member(member) => {
                member.visit_mut_children_with(self);
                Self::member_place(member);
            }
            SimpleAssignTarget::Ident(_) => {}
            other => other.visit_mut_children_with(self),
        }
    }

    fn visit_mut_update_expr(&mut self, update: &mut swc_ecma_ast::UpdateExpr) {
        bare(&mut update.arg);
        match &mut *update.arg {
            Expr::Ident(_) => {}
            Expr::Member(member) => {
                member.visit_mut_children_with(self);
                Self::member_place(member);
            }
            other => other.visit_mut_children_with(self),
        }
    }

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        match pattern {
            Pat::Ident(_) => {}
            Pat::Expr(target) => {
                bare(target);
                match &mut **target {
                    Expr::Ident(_) => {}
                    Expr::Member(member) => {
                        member.visit_mut_children_with(self);
                        Self::member_place(member);
                    }
                    other => other.visit_mut_children_with(self),
                }
            }
            other => other.visit_mut_children_with(self),
        }
    }
}

/// Returns how many statements at the beginning of a body are directives.
pub(crate) fn directives(statements: &[Stmt]) -> usize {
    statements.iter().take_while(|statement| statement.can_precede_directive()).count()
}

impl Compress<'_> {
    fn member_place(member: &mut MemberExpr) {
        let value = Self::member(member);
        debug_assert!(value.is_none() || member.obj.is_lit(), "a place has no value");
    }
}
