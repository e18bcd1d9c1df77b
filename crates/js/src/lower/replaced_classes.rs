//! Classes that a legacy decorator may replace. Inside such a class, its own name must mean the
//! replacement, but swc assigns the replacement to the outer name only. So the class body reads a
//! variable beside the class, as in TypeScript's own output. The variable is set to the class
//! itself at first, for its static fields, and to the replacement afterwards.

use std::cell::Cell;

use rustc_hash::FxHashMap;
use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BlockStmt, Class, ClassMember, Decl, DefaultDecl, Expr,
    ExprStmt, Id, Ident, JSXElementName, ModuleDecl, ModuleItem, ParamOrTsParamProp, Program,
    SimpleAssignTarget, StaticBlock, Stmt, ThisExpr, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::{QueryRef, RefRewriter, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// The variables beside the classes, by the classes' names.
pub(super) struct Replaced(FxHashMap<Id, Ident>);

/// Makes class bodies read their variables. Must run before decorators are compiled.
pub(super) fn prepare(program: &mut Program) -> Replaced {
    let mut bodies = Bodies(FxHashMap::default());
    program.visit_mut_with(&mut bodies);
    Replaced(bodies.0)
}

impl Replaced {
    /// Sets the variables where decorators replace the classes. Must run after decorators are
    /// compiled.
    pub(super) fn finish(mut self, program: &mut Program) {
        if !self.0.is_empty() {
            program.visit_mut_with(&mut self);
        }
    }
}

struct Bodies(FxHashMap<Id, Ident>);

impl Bodies {
    /// Returns the declaration to insert before a statement, if its class needs a variable.
    fn variable(&mut self, name: &Ident, class: &mut Class) -> Option<Stmt> {
        if !is_decorated(class) {
            return None;
        }
        let alias = private_ident!(format!("{}_1", name.sym));
        let mut reads = RefRewriter {
            query: Reads { class: name.to_id(), alias: alias.clone(), found: Cell::new(false) },
        };
        class.body.visit_mut_with(&mut reads);
        if !reads.query.found.get() {
            return None;
        }
        class.body.insert(0, set_to_this(alias.clone()));
        self.0.insert(name.to_id(), alias.clone());
        let declarator =
            VarDeclarator { span: DUMMY_SP, name: alias.into(), init: None, definite: false };
        Some(
            VarDecl { kind: VarDeclKind::Let, decls: vec![declarator], ..VarDecl::default() }
                .into(),
        )
    }

    fn of_statement(&mut self, statement: &mut Stmt) -> Option<Stmt> {
        match statement {
            Stmt::Decl(Decl::Class(class)) => self.variable(&class.ident, &mut class.class),
            _ => None,
        }
    }

    fn of_item(&mut self, item: &mut ModuleItem) -> Option<Stmt> {
        match item {
            ModuleItem::Stmt(statement) => self.of_statement(statement),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => match &mut export.decl {
                Decl::Class(class) => self.variable(&class.ident, &mut class.class),
                _ => None,
            },
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => match &mut export.decl
            {
                DefaultDecl::Class(class) => self.variable(class.ident.as_ref()?, &mut class.class),
                _ => None,
            },
            ModuleItem::ModuleDecl(_) => None,
        }
    }
}

impl VisitMut for Bodies {
    noop_visit_mut_type!();

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        statements.visit_mut_children_with(self);
        for mut statement in statements.take() {
            statements.extend(self.of_statement(&mut statement));
            statements.push(statement);
        }
    }

    fn visit_mut_module_items(&mut self, items: &mut Vec<ModuleItem>) {
        items.visit_mut_children_with(self);
        for mut item in items.take() {
            items.extend(self.of_item(&mut item).map(ModuleItem::Stmt));
            items.push(item);
        }
    }
}

/// Whether a class has decorators. Those of the constructor's parameters count.
fn is_decorated(class: &Class) -> bool {
    let is_decorated = |param: &ParamOrTsParamProp| match param {
        ParamOrTsParamProp::TsParamProp(prop) => !prop.decorators.is_empty(),
        ParamOrTsParamProp::Param(param) => !param.decorators.is_empty(),
    };
    let constructor = class.body.iter().find_map(ClassMember::as_constructor);
    !class.decorators.is_empty() || constructor.is_some_and(|it| it.params.iter().any(is_decorated))
}

/// Makes `static { alias = this; }`.
fn set_to_this(alias: Ident) -> ClassMember {
    let set = assign(alias, Box::new(Expr::This(ThisExpr { span: DUMMY_SP })));
    let stmts = vec![ExprStmt { span: DUMMY_SP, expr: Box::new(set) }.into()];
    ClassMember::StaticBlock(StaticBlock {
        span: DUMMY_SP,
        body: BlockStmt { stmts, ..BlockStmt::default() },
    })
}

fn assign(left: Ident, right: Box<Expr>) -> Expr {
    AssignExpr { span: DUMMY_SP, op: AssignOp::Assign, left: left.into(), right }.into()
}

/// Replaces the uses of a class inside of itself.
struct Reads {
    class: Id,
    alias: Ident,
    found: Cell<bool>,
}

impl QueryRef for Reads {
    fn query_ref(&self, name: &Ident) -> Option<Box<Expr>> {
        let is_class = name.to_id() == self.class;
        self.found.set(self.found.get() || is_class);
        is_class.then(|| self.alias.clone().into())
    }

    fn query_lhs(&self, name: &Ident) -> Option<Box<Expr>> {
        self.query_ref(name)
    }

    fn query_jsx(&self, name: &Ident) -> Option<JSXElementName> {
        self.query_ref(name).map(|_| JSXElementName::Ident(self.alias.clone()))
    }
}

impl VisitMut for Replaced {
    noop_visit_mut_type!();

    fn visit_mut_expr_stmt(&mut self, statement: &mut ExprStmt) {
        statement.visit_mut_children_with(self);
        let Expr::Assign(replace) = &mut *statement.expr else { return };
        let AssignTarget::Simple(SimpleAssignTarget::Ident(class)) = &replace.left else { return };
        // An assignment in the source has a place; one made by the pass for decorators has none.
        if let Some(alias) = self.0.get(&class.to_id()).filter(|_| replace.span.is_dummy()) {
            *replace.right = assign(alias.clone(), replace.right.take());
        }
    }
}
