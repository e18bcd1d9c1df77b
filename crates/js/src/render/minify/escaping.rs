//! Functions declared in blocks of sloppy code whose names are seen outside of their blocks (annex
//! B of ECMAScript). The compressor treats functions in blocks as strict code does, which for all
//! other such functions means the same.

use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_common::SyntaxContext;
use swc_ecma_ast::{
    ArrowExpr, BlockStmt, CatchClause, Class, ClassDecl, ClassExpr, Constructor, Decl, FnDecl,
    FnExpr, Function, Id, Ident, IfStmt, LabeledStmt, Pat, Stmt, SwitchStmt, VarDecl,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// Whether code outside of a block may mean a function declared in it. The program must be
/// resolved, as strict code or not. For strict code, `true` may be wrong.
pub(super) fn has<P: VisitWith<Walk>>(program: &P) -> bool {
    let mut walk = Walk { around: vec![Frame::default()], is_found: false };
    program.visit_with(&mut walk);
    walk.leave();
    walk.is_found
}

/// The search, with one frame for each enclosing function.
pub(super) struct Walk {
    around: Vec<Frame>,
    is_found: bool,
}

/// The names in one function and in the functions inside it.
#[derive(Default)]
struct Frame {
    /// Its functions in blocks, each with the number of mentions inside its block.
    in_blocks: Vec<(Id, usize)>,
    mentioned: FxHashMap<Atom, FxHashMap<SyntaxContext, usize>>,
    declared: FxHashSet<Id>,
    /// The part of `declared` that inner functions declare.
    declared_inside: FxHashSet<Id>,
}

impl Frame {
    fn mentions(&self, (name, context): &Id) -> usize {
        self.mentioned.get(name).and_then(|contexts| contexts.get(context)).copied().unwrap_or(0)
    }

    fn lets_out(&self, (function, in_block): &(Id, usize)) -> bool {
        let contexts =
            self.mentioned.get(&function.0).into_iter().flatten().map(|(context, _)| *context);
        let mut others = contexts.filter(|context| *context != function.1);
        self.mentions(function) > *in_block
            || others.any(|other| !self.declared_inside.contains(&(function.0.clone(), other)))
    }
}

impl Walk {
    fn frame(&mut self) -> &mut Frame {
        self.around.last_mut().expect("there is a frame for the program")
    }

    fn within(&mut self, visit: impl FnOnce(&mut Self)) {
        self.around.push(Frame::default());
        visit(self);
        self.leave();
    }

    fn leave(&mut self) {
        let inner = self.around.pop().expect("frames are pushed and popped in pairs");
        self.is_found |= inner.in_blocks.iter().any(|function| inner.lets_out(function));
        let Some(outer) = self.around.last_mut() else { return };
        outer.declared_inside.extend(inner.declared);
        outer.declared_inside.extend(inner.declared_inside);
        for (name, contexts) in inner.mentioned {
            let mentioned = outer.mentioned.entry(name).or_default();
            for (context, times) in contexts {
                *mentioned.entry(context).or_default() += times;
            }
        }
    }

    fn declare(&mut self, pattern: &Pat) {
        let ids = find_pat_ids::<_, Id>(pattern);
        self.frame().declared.extend(ids);
    }

    /// Visits a block of statements with `visit`.
    fn block<'a>(
        &mut self,
        statements: impl IntoIterator<Item = &'a Stmt>,
        visit: impl FnOnce(&mut Self),
    ) {
        let functions = statements.into_iter().filter_map(|statement| match statement {
            // Async functions and generators are not seen outside of their blocks.
            Stmt::Decl(Decl::Fn(f)) if !f.function.is_async && !f.function.is_generator => {
                Some(f.ident.to_id())
            }
            _ => None,
        });
        let before: Vec<(Id, usize)> =
            functions.map(|id| (id.clone(), self.frame().mentions(&id))).collect();
        visit(self);
        for (id, before) in before {
            let in_block = self.frame().mentions(&id) - before;
            self.frame().in_blocks.push((id, in_block));
        }
    }
}

impl Visit for Walk {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        *self
            .frame()
            .mentioned
            .entry(ident.sym.clone())
            .or_default()
            .entry(ident.ctxt)
            .or_default() += 1;
    }

    fn visit_block_stmt(&mut self, block: &BlockStmt) {
        self.block(&block.stmts, |walk| block.visit_children_with(walk));
    }

    fn visit_switch_stmt(&mut self, switch: &SwitchStmt) {
        switch.discriminant.visit_with(self);
        let statements = switch.cases.iter().flat_map(|case| &case.cons);
        self.block(statements, |walk| switch.cases.visit_with(walk));
    }

    /// Visits `if (x) function f() {}` as `if (x) { function f() {} }`.
    fn visit_if_stmt(&mut self, statement: &IfStmt) {
        statement.test.visit_with(self);
        for branch in [&*statement.cons].into_iter().chain(statement.alt.as_deref()) {
            self.block([branch], |walk| branch.visit_with(walk));
        }
    }

    /// A labelled function belongs to the scope around the label, as if there were none.
    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        self.is_found |= matches!(&*statement.body, Stmt::Decl(Decl::Fn(_)));
        statement.visit_children_with(self);
    }

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        for declarator in &declaration.decls {
            self.declare(&declarator.name);
        }
        declaration.visit_children_with(self);
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause) {
        if let Some(parameter) = &clause.param {
            self.declare(parameter);
        }
        clause.visit_children_with(self);
    }

    fn visit_fn_decl(&mut self, declaration: &FnDecl) {
        self.frame().declared.insert(declaration.ident.to_id());
        declaration.visit_children_with(self);
    }

    fn visit_class_decl(&mut self, declaration: &ClassDecl) {
        self.frame().declared.insert(declaration.ident.to_id());
        declaration.visit_children_with(self);
    }

    // The own name of a function expression is only seen inside of it.
    fn visit_fn_expr(&mut self, expression: &FnExpr) {
        self.within(|walk| {
            walk.frame().declared.extend(expression.ident.as_ref().map(Ident::to_id));
            expression.visit_children_with(walk);
        });
    }

    fn visit_class_expr(&mut self, expression: &ClassExpr) {
        self.within(|walk| {
            walk.frame().declared.extend(expression.ident.as_ref().map(Ident::to_id));
            expression.visit_children_with(walk);
        });
    }

    fn visit_function(&mut self, function: &Function) {
        self.within(|walk| {
            for parameter in &function.params {
                walk.declare(&parameter.pat);
            }
            function.visit_children_with(walk);
        });
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.within(|walk| {
            for parameter in &arrow.params {
                walk.declare(parameter);
            }
            arrow.visit_children_with(walk);
        });
    }

    fn visit_constructor(&mut self, constructor: &Constructor) {
        self.within(|walk| constructor.visit_children_with(walk));
    }

    fn visit_class(&mut self, class: &Class) {
        self.within(|walk| class.visit_children_with(walk));
    }
}
