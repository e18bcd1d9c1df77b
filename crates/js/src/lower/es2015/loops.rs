//! `for`-`of` loops, and patterns in the heads of loops.
//!
//! ```js
//! _iterator = _for_of(list);
//! try {
//!   for (; _iterator.next();) { var item = _iterator.value; /* body */ }
//! } catch (error) {
//!   _iterator.fail(error);
//! } finally {
//!   _iterator.close();
//! }
//! ```

use swc_ecma_ast::{
    ArrayLit, BinaryOp, BlockStmt, Expr, ForHead, ForOfStmt, ForStmt, Ident, LabeledStmt, Pat,
    SeqExpr, Stmt, UpdateExpr, UpdateOp, VarDecl, VarDeclKind,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::VisitMutWith;

use super::{super::build, closing, model::Es2015Lowering, steps::assign_to};

/// A loop that does not close its iterator: `for (_iterator = _iterate(list); _iterator.next();)`.
fn by_loose_iterator(iterator: &Ident, list: Expr) -> (ForOfLoop, Expr) {
    let first = build::assign(iterator.clone(), build::helper("iterate", vec![list]));
    let member = |name| build::member(iterator.clone().into(), name);
    let head = ForStmt {
        init: Some(swc_ecma_ast::VarDeclOrExpr::Expr(Box::new(first))),
        test: Some(Box::new(build::call(build::NOWHERE, member("next"), Vec::new()))),
        ..ForStmt::default()
    };
    (ForOfLoop { before: Vec::new(), head, iterator: None }, member("value"))
}

impl Es2015Lowering<'_> {
    /// Lowers a loop with its labels. Returns `None` for other statements.
    pub fn for_of(&mut self, statement: &mut Stmt, mut labels: Vec<Ident>) -> Option<Stmt> {
        match statement {
            Stmt::Labeled(LabeledStmt { label, body, .. }) => {
                labels.push(label.clone());
                self.for_of(body, labels)
            }
            Stmt::ForOf(head) if !head.is_await && self.lacks.edition => {
                Some(self.lower_for_of(std::mem::take(head), labels))
            }
            Stmt::ForOf(head) => {
                if !labels.is_empty() {
                    return None;
                }
                head.right.visit_mut_with(self);
                self.function.loops += 1;
                self.head(&mut head.left, &mut head.body);
                head.body.visit_mut_with(self);
                self.function.loops -= 1;
                Some(std::mem::replace(statement, build::block(Vec::new())))
            }
            _ => None,
        }
    }

    fn lower_for_of(&mut self, mut head: ForOfStmt, labels: Vec<Ident>) -> Stmt {
        head.right.visit_mut_with(self);
        let is_literal = is_plain_literal(&head.right);
        let is_list = is_literal || self.is_list(&head.right);
        let (mut lowered, value) = if is_list {
            self.by_index(*head.right, is_literal)
        } else {
            self.by_iterator(*head.right)
        };
        let target = target_of(head.left, value);
        let mut body = with_first(target, *head.body);
        self.function.loops += 1;
        body.visit_mut_with(self);
        self.function.loops -= 1;
        *lowered.head.body = body;
        lowered.head.span = head.span;
        let labelled = labels.into_iter().rev().fold(Stmt::For(lowered.head), |body, label| {
            LabeledStmt { span: build::NOWHERE, label, body: Box::new(body) }.into()
        });
        match lowered.iterator {
            Some(iterator) => closing::guarded(lowered.before, vec![labelled], &iterator),
            None => labelled,
        }
    }

    /// A loop over an array: `for (_i = 0, _list = list; _i < _list.length; _i++)`.
    fn by_index(&mut self, list: Expr, is_literal: bool) -> (ForOfLoop, Expr) {
        let index = self.variable("_i");
        let mut first = vec![Box::new(build::assign(index.clone(), 0.into()))];
        let list = if is_literal {
            let kept = self.variable("_list");
            first.push(Box::new(build::assign(kept.clone(), list)));
            kept.into()
        } else {
            list
        };
        let length = build::member(list.clone(), "length");
        let init = SeqExpr { span: build::NOWHERE, exprs: first };
        let update = UpdateExpr {
            span: build::NOWHERE,
            op: UpdateOp::PlusPlus,
            prefix: false,
            arg: Box::new(index.clone().into()),
        };
        let head = ForStmt {
            init: Some(swc_ecma_ast::VarDeclOrExpr::Expr(if init.exprs.len() == 1 {
                Box::new(build::sequence(init.exprs))
            } else {
                Box::new(init.into())
            })),
            test: Some(Box::new(build::binary(BinaryOp::Lt, index.clone().into(), length))),
            update: Some(Box::new(update.into())),
            ..ForStmt::default()
        };
        let lowered = ForOfLoop { before: Vec::new(), head, iterator: None };
        (lowered, build::element(list, index.into()))
    }

    fn by_iterator(&mut self, list: Expr) -> (ForOfLoop, Expr) {
        let iterator = self.variable("_iterator");
        if self.lacks.is_loose {
            return by_loose_iterator(&iterator, list);
        }
        let first = build::assign(iterator.clone(), build::helper("for_of", vec![list]));
        let next =
            build::call(build::NOWHERE, build::member(iterator.clone().into(), "next"), Vec::new());
        let head = ForStmt { test: Some(Box::new(next)), ..ForStmt::default() };
        let value = build::member(iterator.clone().into(), "value");
        let before = vec![build::statement(first)];
        (ForOfLoop { before, head, iterator: Some(iterator) }, value)
    }

    /// Gives its own variable to a loop whose head has a pattern or a member; the body begins with
    /// the pattern. The body is not yet walked.
    pub fn head(&mut self, head: &mut ForHead, body: &mut Box<Stmt>) {
        let is_lowered = match head {
            ForHead::VarDecl(declaration) => {
                declaration.decls.iter().any(|variable| self.is_lowered(&variable.name))
            }
            ForHead::Pat(pattern) => self.is_lowered(pattern),
            ForHead::UsingDecl(_) => false,
        };
        if !is_lowered {
            return self.plain_head(head);
        }
        let kind = match head {
            ForHead::VarDecl(declaration) if !self.lacks.edition => declaration.kind,
            _ => VarDeclKind::Var,
        };
        let item = private_ident!("_item");
        let mut declared = build::declarator(item.clone(), 0.into());
        declared.init = None;
        let own = VarDecl { kind, decls: vec![declared], ..VarDecl::default() };
        let outer = std::mem::replace(head, own.into());
        let statement = target_of(outer, item.into());
        **body = with_first(statement, std::mem::take(&mut **body));
    }

    fn plain_head(&mut self, head: &mut ForHead) {
        match head {
            ForHead::VarDecl(declaration) => {
                // `for (var i = value in object)` of sloppy code.
                declaration.decls.visit_mut_children_with(self);
                if self.lacks.edition {
                    declaration.kind = VarDeclKind::Var;
                }
            }
            ForHead::Pat(pattern) => pattern.visit_mut_with(self),
            ForHead::UsingDecl(_) => {}
        }
    }
}

/// A `for`-`of` loop as a `for` loop, without its body.
struct ForOfLoop {
    before: Vec<Stmt>,
    head: ForStmt,
    /// The variable that holds the iterator, which has to be closed.
    iterator: Option<Ident>,
}

/// Makes the statement that gives an item to the target of a loop.
pub(in crate::lower) fn target_of(head: ForHead, value: Expr) -> Stmt {
    match head {
        ForHead::VarDecl(mut declaration) => {
            for variable in &mut declaration.decls {
                variable.init = Some(Box::new(value.clone()));
            }
            Stmt::Decl(swc_ecma_ast::Decl::Var(declaration))
        }
        ForHead::Pat(pattern) => match *pattern {
            Pat::Ident(name) => build::statement(build::assign(name.id, value)),
            Pat::Expr(target) => build::statement(assign_to(target, value)),
            pattern => {
                let left = match swc_ecma_ast::AssignTarget::try_from(pattern) {
                    Ok(target) => target,
                    Err(pattern) => unreachable!("not a target: {pattern:?}"),
                };
                build::statement(build::assign(left, value))
            }
        },
        ForHead::UsingDecl(_) => unreachable!("`using` is lowered before"),
    }
}

/// Puts a statement at the start of the body of a loop.
pub(in crate::lower) fn with_first(first: Stmt, body: Stmt) -> Stmt {
    let (span, mut stmts) = match body {
        Stmt::Block(block) => (block.span, block.stmts),
        Stmt::Empty(_) => (build::NOWHERE, Vec::new()),
        other => (build::NOWHERE, vec![other]),
    };
    stmts.insert(0, first);
    BlockStmt { span, stmts, ..BlockStmt::default() }.into()
}

/// Whether a value is an array literal without holes and `...`.
fn is_plain_literal(value: &Expr) -> bool {
    value.as_array().is_some_and(|ArrayLit { elems, .. }| {
        elems.iter().all(|element| element.as_ref().is_some_and(|each| each.spread.is_none()))
    })
}
