//! Functions declared in blocks of sloppy code. By annex B of ECMAScript, such a function is also a
//! variable of the enclosing function: code outside the block sees it once the block was entered.
//! The resolver scopes the function to its block, so a mention outside looks like a free name. This
//! pass gives both the same identifier again.

use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_common::SyntaxContext;
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, BlockStmt, CatchClause, Class, ClassExpr, Constructor, Decl,
    Expr, FnDecl, FnExpr, ForHead, ForInStmt, ForOfStmt, ForStmt, Function, Id, Ident, Module,
    ModuleItem, Param, Pat, Stmt, SwitchStmt, VarDecl, VarDeclKind, VarDeclOrExpr,
};
use swc_ecma_utils::{BindingCollector, collect_decls, find_pat_ids};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

/// Gives each function in a block, and the mentions of it outside the block, the same identifier.
pub(crate) fn unite(module: &mut Module) {
    let mut top = Scope::default();
    for item in &module.body {
        if let ModuleItem::Stmt(statement) = item {
            top.top_level(statement);
        }
    }
    let mut unite = Unite { around: Vec::new(), same: FxHashMap::default() };
    let around = unite.around(&top, module);
    unite.within(around, |unite| module.visit_mut_children_with(unite));
}

/// The declarations of one function, its blocks included.
#[derive(Default)]
struct Scope {
    parameters: FxHashSet<Atom>,
    variables: FxHashMap<Atom, SyntaxContext>,
    /// `let`, `const` and `class` at the top of the body, and the names of blocks around a
    /// function.
    lexical: FxHashSet<Atom>,
    /// Functions in blocks.
    blocks: Vec<Id>,
    depth: u32,
    /// The declarations of the blocks and loops around the current place. A function is not hoisted
    /// out of one that declares its name.
    around: Vec<FxHashSet<Atom>>,
}

impl Scope {
    fn of(parameters: &[Param], statements: &[Stmt]) -> Self {
        let mut scope = Self::default();
        for parameter in parameters {
            scope.parameters.extend(
                find_pat_ids::<_, Ident>(&parameter.pat).into_iter().map(|ident| ident.sym),
            );
        }
        for statement in statements {
            scope.top_level(statement);
        }
        scope
    }

    fn top_level(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Decl(Decl::Fn(f)) => {
                self.variables.insert(f.ident.sym.clone(), f.ident.ctxt);
            }
            Stmt::Decl(Decl::Class(c)) => {
                self.lexical.insert(c.ident.sym.clone());
            }
            other => other.visit_with(self),
        }
    }
}

impl Scope {
    fn within(&mut self, names: FxHashSet<Atom>, visit: impl FnOnce(&mut Self)) {
        self.around.push(names);
        self.depth += 1;
        visit(self);
        self.depth -= 1;
        self.around.pop();
    }
}

/// Returns the names that a block declares, without its functions.
fn lexical(statements: &[Stmt]) -> FxHashSet<Atom> {
    let mut names = FxHashSet::default();
    for statement in statements {
        match statement {
            Stmt::Decl(Decl::Var(declaration)) => names.extend(block_names(declaration)),
            Stmt::Decl(Decl::Class(declaration)) => names.extend([declaration.ident.sym.clone()]),
            _ => {}
        }
    }
    names
}

fn block_names(declaration: &VarDecl) -> FxHashSet<Atom> {
    match declaration.kind {
        VarDeclKind::Var => FxHashSet::default(),
        VarDeclKind::Let | VarDeclKind::Const => find_pat_ids::<_, Ident>(&declaration.decls)
            .into_iter()
            .map(|ident| ident.sym)
            .collect(),
    }
}

fn head_names(head: &ForHead) -> FxHashSet<Atom> {
    match head {
        ForHead::VarDecl(declaration) => block_names(declaration),
        ForHead::UsingDecl(_) | ForHead::Pat(_) => FxHashSet::default(),
    }
}

impl Visit for Scope {
    noop_visit_type!();

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        for ident in find_pat_ids::<_, Ident>(&declaration.decls) {
            if declaration.kind == VarDeclKind::Var {
                self.variables.insert(ident.sym, ident.ctxt);
            } else if self.depth == 0 {
                self.lexical.insert(ident.sym);
            }
        }
    }

    fn visit_fn_decl(&mut self, declaration: &FnDecl) {
        let is_newer = declaration.function.is_async || declaration.function.is_generator;
        if !is_newer && !self.around.iter().any(|names| names.contains(&declaration.ident.sym)) {
            self.blocks.push(declaration.ident.to_id());
        }
    }

    fn visit_block_stmt(&mut self, block: &BlockStmt) {
        self.within(lexical(&block.stmts), |scope| block.visit_children_with(scope));
    }

    fn visit_switch_stmt(&mut self, switch: &SwitchStmt) {
        let names = switch.cases.iter().flat_map(|case| lexical(&case.cons)).collect();
        self.within(names, |scope| switch.visit_children_with(scope));
    }

    fn visit_for_stmt(&mut self, head: &ForStmt) {
        let names = match &head.init {
            Some(VarDeclOrExpr::VarDecl(declaration)) => block_names(declaration),
            Some(VarDeclOrExpr::Expr(_)) | None => FxHashSet::default(),
        };
        self.within(names, |scope| head.visit_children_with(scope));
    }

    fn visit_for_in_stmt(&mut self, head: &ForInStmt) {
        self.within(head_names(&head.left), |scope| head.visit_children_with(scope));
    }

    fn visit_for_of_stmt(&mut self, head: &ForOfStmt) {
        self.within(head_names(&head.left), |scope| head.visit_children_with(scope));
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause) {
        let names = match &clause.param {
            // A `var` with the name of a plain `catch` parameter may be in the block, and so may a
            // function.
            Some(Pat::Ident(_)) | None => FxHashSet::default(),
            Some(pattern) => {
                find_pat_ids::<_, Ident>(pattern).into_iter().map(|ident| ident.sym).collect()
            }
        };
        self.within(names, |scope| clause.visit_children_with(scope));
    }

    fn visit_expr(&mut self, _: &Expr) {}

    fn visit_class(&mut self, _: &Class) {}
}

struct Unite {
    around: Vec<Around>,
    /// Functions in blocks that are also variables of the enclosing function.
    same: FxHashMap<Id, SyntaxContext>,
}

/// An enclosing function, with the functions in its blocks.
#[derive(Default)]
struct Around {
    /// The contexts of names that code outside the blocks cannot see.
    hidden: FxHashMap<Atom, SyntaxContext>,
    /// Everything that the function declares. Other names come from further out.
    declared: FxHashSet<Id>,
}

impl Unite {
    fn around(
        &mut self,
        scope: &Scope,
        program: &(impl VisitWith<BindingCollector<Id>> + VisitWith<OwnNames>),
    ) -> Around {
        let mut around = Around::default();
        for (name, context) in &scope.blocks {
            if scope.parameters.contains(name) || scope.lexical.contains(name) {
                continue;
            }
            match scope.variables.get(name).or_else(|| around.hidden.get(name)) {
                Some(variable) => {
                    self.same.insert((name.clone(), *context), *variable);
                }
                None => {
                    around.hidden.insert(name.clone(), *context);
                }
            }
        }
        if !around.hidden.is_empty() {
            let mut own = OwnNames { names: collect_decls(program) };
            program.visit_with(&mut own);
            around.declared = own.names;
        }
        around
    }

    fn within(&mut self, around: Around, visit: impl FnOnce(&mut Self)) {
        self.around.push(around);
        visit(self);
        self.around.pop();
    }

    /// Returns the context of the function in a block to which a name refers, if no scope in
    /// between declares the name.
    fn hidden(&self, ident: &Ident) -> Option<SyntaxContext> {
        for around in self.around.iter().rev().filter(|around| !around.hidden.is_empty()) {
            if around.declared.contains(&ident.to_id()) {
                return None;
            }
            if let Some(context) = around.hidden.get(&ident.sym) {
                return Some(*context);
            }
        }
        None
    }
}

/// Collects the names that function and class expressions declare for themselves.
struct OwnNames {
    names: FxHashSet<Id>,
}

impl Visit for OwnNames {
    noop_visit_type!();

    fn visit_fn_expr(&mut self, expression: &FnExpr) {
        self.names.extend(expression.ident.as_ref().map(Ident::to_id));
        expression.visit_children_with(self);
    }

    fn visit_class_expr(&mut self, expression: &ClassExpr) {
        self.names.extend(expression.ident.as_ref().map(Ident::to_id));
        expression.visit_children_with(self);
    }
}

impl VisitMut for Unite {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, ident: &mut Ident) {
        if let Some(context) = self.hidden(ident).or_else(|| self.same.get(&ident.to_id()).copied())
        {
            ident.ctxt = context;
        }
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        let statements = function.body.as_ref().map_or(&[][..], |body| &body.stmts);
        // In strict code, functions stay local to their blocks.
        let scope = match statements.first() {
            Some(first) if first.is_use_strict() => Scope::default(),
            _ => Scope::of(&function.params, statements),
        };
        let around = self.around(&scope, function);
        self.within(around, |unite| function.visit_mut_children_with(unite));
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        let scope = match &*arrow.body {
            ArrowFunctionBody::FunctionBody(body) => Scope::of(&[], &body.stmts),
            ArrowFunctionBody::Expr(_) => Scope::default(),
        };
        let around = self.around(&scope, arrow);
        self.within(around, |unite| arrow.visit_mut_children_with(unite));
    }

    // Class bodies are strict.
    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        self.within(Around::default(), |unite| constructor.visit_mut_children_with(unite));
    }
}
