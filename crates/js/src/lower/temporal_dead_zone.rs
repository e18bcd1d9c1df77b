//! Uses of `let`, `const` and classes before their declaration has run. They throw a
//! `ReferenceError`; once the declaration is a `var`, they would read `undefined`. Development
//! builds check at run time where a mention comes before the declaration in the text:
//!
//! ```js
//! let _a_is_set = false;
//! function f() { return _a_is_set || tdz("a"), a; }
//! let a = 1;
//! _a_is_set = true;
//! ```
//!
//! A function that comes after the declaration in the text is not checked, although it may be
//! called before. Production builds check nothing.

use rustc_hash::FxHashMap;
use swc_common::util::take::Take;
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignOp, AssignTarget, BinaryOp, BindingIdent, ClassDecl, ClassMember,
    Constructor, Decl, Expr, ForHead, ForInStmt, ForOfStmt, Function, Ident, KeyValueProp, Lit,
    ModuleItem, Pat, Program, Prop, SimpleAssignTarget, Stmt, SwitchCase, VarDecl, VarDeclKind,
    VarDeclarator,
};
use swc_ecma_utils::{StmtLike, prepend_stmt, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type};

use super::build;
use crate::scopes::{Scopes, index_of, key_of};

mod early; // finds the mentions

/// Checks such uses in a program that still has `let`, `const` and classes.
pub(super) fn check(program: &mut Program, table: &Scopes) {
    let mut found = early::Early::new(table);
    program.visit_with(&mut found);
    let flag = |index: usize| private_ident!(format!("_{}_is_set", table.bindings[index].name));
    let flags: FxHashMap<usize, Ident> =
        found.names.iter().map(|index| (*index, flag(*index))).collect();
    if !flags.is_empty() || found.has_early_heads || found.has_defaults {
        let (set, unset, removed) = (Vec::new(), Vec::new(), Vec::new());
        program.visit_mut_with(&mut Checks { flags, removed, set, unset });
    }
}

struct Checks {
    /// By name, the variable that records whether its declaration has run. A name leaves the table
    /// after its declaration, so no later mention is checked.
    flags: FxHashMap<usize, Ident>,
    /// The flags that left the table, in order.
    removed: Vec<(usize, Ident)>,
    /// The flags that the current statement sets.
    set: Vec<Ident>,
    /// Names that have no value yet: those that the head of a loop declares, in the value that it
    /// iterates over, and those of parameters, in default values before them.
    unset: Vec<usize>,
}

impl Checks {
    /// Returns the check of a mention.
    fn check(&self, name: &Ident) -> Option<Expr> {
        let index = index_of(name.ctxt)?;
        let error = || build::helper("tdz", vec![Expr::Lit(Lit::Str(name.sym.clone().into()))]);
        if self.unset.contains(&index) {
            return Some(error());
        }
        let flag = self.flags.get(&index)?;
        Some(build::binary(BinaryOp::LogicalOr, flag.clone().into(), error()))
    }

    /// Makes `check, expr`.
    fn checked(check: Expr, expr: Expr) -> Expr {
        build::sequence(vec![Box::new(check), Box::new(expr)])
    }

    /// Walks a list of statements. Declarations in it set their flags.
    fn statements<T: StmtLike + VisitMutWith<Self>>(&mut self, statements: &mut Vec<T>) {
        let outer = std::mem::take(&mut self.set);
        let mut declared = Vec::new();
        for mut statement in std::mem::take(statements) {
            statement.visit_mut_with(self);
            statements.push(statement);
            for flag in self.set.drain(..) {
                let set = build::assign(flag.clone(), Expr::Lit(Lit::Bool(true.into())));
                statements.push(T::from(build::statement(set)));
                declared.push(build::declarator(flag, Expr::Lit(Lit::Bool(false.into()))));
            }
        }
        if !declared.is_empty() {
            let kind = VarDeclKind::Let;
            let flags = VarDecl { kind, decls: declared, ..VarDecl::default() };
            prepend_stmt(statements, T::from(Stmt::from(flags)));
        }
        self.set = outer;
    }

    /// Walks the value that a loop iterates over. It cannot use the names that the head declares.
    fn looped(&mut self, head: &ForHead, value: &mut Expr) {
        let count = self.unset.len();
        if let ForHead::VarDecl(declaration) = head
            && declaration.kind != VarDeclKind::Var
        {
            self.unset.extend(early::names(&declaration.decls));
        }
        value.visit_mut_with(self);
        self.unset.truncate(count);
    }

    /// Notes that the current statement declares names.
    fn note_declared(&mut self, names: impl Iterator<Item = usize>) {
        for name in names {
            if let Some(flag) = self.flags.remove(&name) {
                self.removed.push((name, flag.clone()));
                self.set.push(flag);
            }
        }
    }

    fn assigned(&self, assign: &mut AssignExpr) -> Option<Expr> {
        let AssignTarget::Simple(SimpleAssignTarget::Ident(BindingIdent { id: name, .. })) =
            &assign.left
        else {
            return None;
        };
        let check = self.check(name)?;
        if assign.op != AssignOp::Assign {
            return Some(Self::checked(check, Expr::Assign(assign.take())));
        }
        // The value is evaluated first.
        let value = std::mem::take(&mut *assign.right);
        *assign.right = build::helper("first_of", vec![value, check]);
        None
    }
}

impl Checks {
    /// Walks parameters: a default value cannot use the names of its own parameter and of later
    /// ones, but functions in it run later.
    fn parameters<'a>(&mut self, patterns: impl Iterator<Item = &'a mut Pat>) {
        let mut patterns: Vec<&mut Pat> = patterns.collect();
        for index in 0..patterns.len() {
            let count = self.unset.len();
            for later in &patterns[index + 1..] {
                self.unset.extend(early::names(&**later));
            }
            match &mut *patterns[index] {
                Pat::Assign(default) => {
                    let own = self.unset.len();
                    self.unset.extend(early::names(&default.left));
                    default.right.visit_mut_with(self);
                    self.unset.truncate(own);
                    default.left.visit_mut_with(self);
                }
                pattern => pattern.visit_mut_with(self),
            }
            self.unset.truncate(count);
        }
    }
}

impl VisitMut for Checks {
    noop_visit_mut_type!();

    fn visit_mut_function(&mut self, function: &mut Function) {
        let outer = std::mem::take(&mut self.unset);
        function.decorators.visit_mut_with(self);
        self.parameters(function.params.iter_mut().map(|param| &mut param.pat));
        function.body.visit_mut_with(self);
        self.unset = outer;
    }

    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        let outer = std::mem::take(&mut self.unset);
        let params = constructor.params.iter_mut();
        self.parameters(params.filter_map(|param| param.as_mut_param().map(|it| &mut it.pat)));
        constructor.body.visit_mut_with(self);
        self.unset = outer;
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        let outer = std::mem::take(&mut self.unset);
        self.parameters(arrow.params.iter_mut());
        arrow.body.visit_mut_with(self);
        self.unset = outer;
    }

    fn visit_mut_module_items(&mut self, items: &mut Vec<ModuleItem>) {
        self.statements(items);
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        self.statements(statements);
    }

    fn visit_mut_decl(&mut self, declaration: &mut Decl) {
        declaration.visit_mut_children_with(self);
        if let Decl::Var(variables) = declaration
            && variables.kind != VarDeclKind::Var
        {
            self.note_declared(early::names(&variables.decls));
        }
    }

    fn visit_mut_class_decl(&mut self, class: &mut ClassDecl) {
        class.class.super_class.visit_mut_with(self);
        for member in &mut class.class.body {
            match member {
                ClassMember::Method(method) => method.key.visit_mut_with(self),
                ClassMember::ClassProp(field) => field.key.visit_mut_with(self),
                _ => {}
            }
        }
        // Members run once the class exists.
        self.note_declared(index_of(class.ident.ctxt).into_iter());
        class.class.body.visit_mut_with(self);
    }

    fn visit_mut_var_declarator(&mut self, variable: &mut VarDeclarator) {
        if early::is_function(variable) {
            self.note_declared(early::names(&variable.name));
        }
        variable.init.visit_mut_with(self);
        variable.name.visit_mut_with(self);
    }

    fn visit_mut_switch_cases(&mut self, cases: &mut Vec<SwitchCase>) {
        for case in cases {
            let before = self.removed.len();
            case.visit_mut_with(self);
            // A later case may run without the declarations of this one.
            self.flags.extend(self.removed.drain(before..));
        }
    }

    fn visit_mut_for_of_stmt(&mut self, head: &mut ForOfStmt) {
        self.looped(&head.left, &mut head.right);
        head.left.visit_mut_with(self);
        head.body.visit_mut_with(self);
    }

    fn visit_mut_for_in_stmt(&mut self, head: &mut ForInStmt) {
        self.looped(&head.left, &mut head.right);
        head.left.visit_mut_with(self);
        head.body.visit_mut_with(self);
    }

    fn visit_mut_prop(&mut self, property: &mut Prop) {
        if let Prop::Shorthand(name) = property
            && let Some(check) = self.check(name)
        {
            let key = key_of(name);
            let value = Self::checked(check, name.clone().into());
            *property = Prop::KeyValue(KeyValueProp { key, value: Box::new(value) });
        } else {
            property.visit_mut_children_with(self);
        }
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        let name = match expr {
            Expr::Ident(name) => Some(name.clone()),
            Expr::Update(update) => update.arg.as_ident().cloned(),
            _ => None,
        };
        if let Some(name) = name {
            if let Some(check) = self.check(&name) {
                *expr = Self::checked(check, expr.take());
            }
            return;
        }
        expr.visit_mut_children_with(self);
        if let Expr::Assign(assign) = expr
            && let Some(checked) = self.assigned(assign)
        {
            *expr = checked;
        }
    }
}
