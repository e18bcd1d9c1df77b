//! Variables that a function reads before they are set:
//! `run(); var on = true; function run() { log(on) }`. The compressor only follows the order of the
//! text, and would replace `on` by `true` in the function. It also treats two declarations of one
//! variable as one.

use rustc_hash::{FxHashMap, FxHashSet};
use swc_ecma_ast::{
    ArrowExpr, BindingIdent, CallExpr, Callee, Class, Decl, Expr, ExprOrSpread, FnDecl, Function,
    Id, Ident, NewExpr, Stmt, VarDecl, VarDeclKind,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// Returns the variables of a list of statements that a function of the list reads before they are
/// set, and those that the list declares more than once, each with the number of its values.
pub(super) fn of<'a>(statements: impl Iterator<Item = &'a Stmt> + Clone) -> FxHashMap<Id, usize> {
    let mut values: FxHashMap<Id, usize> = FxHashMap::default();
    for name in statements.clone().flat_map(set_by) {
        *values.entry(name).or_default() += 1;
    }
    if values.is_empty() {
        return values;
    }
    let declared = statements.clone().filter_map(|statement| match statement {
        Stmt::Decl(Decl::Fn(function)) => Some((function.ident.to_id(), function)),
        _ => None,
    });
    let mut calls = Called { functions: declared.collect(), read: FxHashSet::default() };
    let mut found = FxHashSet::default();
    for statement in statements {
        match (statement, variables(statement)) {
            (Stmt::Decl(Decl::Fn(_)), _) => {}
            (_, Some(variables)) => set_here(variables, &mut calls, &mut found),
            (other, None) => calls.reach(other),
        }
    }
    values.retain(|name, values| *values > 1 || found.contains(name));
    values
}

/// Returns the variables that a statement declares with a value.
pub(super) fn set_by(statement: &Stmt) -> impl Iterator<Item = Id> {
    let decls = variables(statement).into_iter().flat_map(|variables| &variables.decls);
    decls
        .filter(|variable| variable.init.is_some())
        .filter_map(|variable| Some(variable.name.as_ident()?.to_id()))
}

fn variables(statement: &Stmt) -> Option<&VarDecl> {
    match statement {
        Stmt::Decl(Decl::Var(variables)) if variables.kind == VarDeclKind::Var => Some(variables),
        _ => None,
    }
}

/// Whether code mentions one of the names, inside functions too.
pub(super) fn mentions(code: &Expr, names: &FxHashMap<Id, usize>) -> bool {
    let mut mentioned = FxHashSet::default();
    code.visit_with(&mut Names(&mut mentioned));
    mentioned.iter().any(|name| names.contains_key(name))
}

fn set_here(variables: &VarDecl, calls: &mut Called<'_>, found: &mut FxHashSet<Id>) {
    for variable in &variables.decls {
        calls.reach(&variable.init);
        let name = variable.name.as_ident().map(BindingIdent::to_id);
        found.extend(name.filter(|name| calls.read.contains(name)));
    }
}

/// The functions that were called so far.
struct Called<'a> {
    /// The functions of the list that were not called yet.
    functions: FxHashMap<Id, &'a FnDecl>,
    /// All names that called functions mention.
    read: FxHashSet<Id>,
}

impl Called<'_> {
    fn reach(&mut self, code: &impl for<'b> VisitWith<Callees<'b>>) {
        let mut callees = Callees { names: Vec::new(), read: &mut self.read };
        code.visit_with(&mut callees);
        while let Some(callee) = callees.names.pop() {
            if let Some(function) = self.functions.remove(&callee) {
                callees.runs(&*function.function);
            }
        }
    }
}

/// Collects the names that are called where code runs, or passed to code that may call them.
struct Callees<'a> {
    names: Vec<Id>,
    /// All names mentioned by functions that are called where they are written.
    read: &'a mut FxHashSet<Id>,
}

impl Callees<'_> {
    fn runs<F>(&mut self, function: &F)
    where
        F: VisitWith<Self> + for<'b> VisitWith<Names<'b>>,
    {
        function.visit_children_with(self);
        function.visit_with(&mut Names(self.read));
    }

    fn called(&mut self, callee: &Expr) {
        match callee {
            Expr::Ident(name) => self.names.push(name.to_id()),
            Expr::Fn(function) => self.runs(&*function.function),
            Expr::Arrow(arrow) => self.runs(arrow),
            other => other.visit_with(self),
        }
    }

    fn arguments(&mut self, arguments: &[ExprOrSpread]) {
        for argument in arguments {
            self.called(&argument.expr);
        }
    }
}

impl Visit for Callees<'_> {
    noop_visit_type!();

    fn visit_call_expr(&mut self, call: &CallExpr) {
        if let Callee::Expr(callee) = &call.callee {
            self.called(callee);
        }
        self.arguments(&call.args);
    }

    fn visit_new_expr(&mut self, new: &NewExpr) {
        self.called(&new.callee);
        self.arguments(new.args.as_deref().unwrap_or_default());
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}

    fn visit_class(&mut self, _: &Class) {}
}

struct Names<'a>(&'a mut FxHashSet<Id>);

impl Visit for Names<'_> {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        self.0.insert(name.to_id());
    }
}
