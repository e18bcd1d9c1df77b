//! Several UMD modules in one file: `define("picker", ["jquery"], factory)`, and later in the file
//! `define(["picker", "jquery"], factory)`. AMD gives the second one the value of the first. The
//! CommonJS branches beside them, which our output takes, require the file that the first module
//! once was, `require("./picker.js")`: they get the same value.

use std::cell::RefCell;

use swc_common::{DUMMY_SP, SyntaxContext};
use swc_ecma_ast::{
    AssignExpr, AssignTarget, CallExpr, Callee, CondExpr, Expr, Ident, IfStmt, Lit, Module, Stmt,
    VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::{prepend_stmt, private_ident};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::{
    amd::{self, defines},
    names::NameTable,
};
use crate::{analyse::recognise::text, scopes::free};

/// Gives the CommonJS branches of a file the modules that the file itself defines. `source`: the
/// file's text.
pub(super) fn resolve(module: &mut Module, source: &str, names: &mut NameTable) {
    if !names.table().mentions_free("define") || !source.contains(".amd") {
        return;
    }
    let mut wanted = Wanted { defined: Vec::new(), asked: Vec::new() };
    module.visit_with(&mut wanted);
    if wanted.asked.is_empty() {
        return;
    }
    names.will_change();
    let own: Vec<(String, Ident)> =
        wanted.asked.into_iter().map(|name| (name, private_ident!("defined"))).collect();
    module.visit_mut_with(&mut Branches { free: free(), own: &own, assigned: RefCell::default() });
    let declarator = |(_, name): (String, Ident)| VarDeclarator {
        span: DUMMY_SP,
        name: name.into(),
        init: None,
        definite: false,
    };
    let decls = own.into_iter().map(declarator).collect();
    let declaration = VarDecl { kind: VarDeclKind::Var, decls, ..VarDecl::default() };
    prepend_stmt(&mut module.body, Stmt::from(declaration).into());
}

/// The arguments of a `define`.
struct Define {
    /// Its name, if it has one.
    name: Option<String>,
    /// The modules that it requires.
    asks: Vec<String>,
}

/// Returns the arguments of a call of the free name `define`.
fn define(call: &CallExpr) -> Option<Define> {
    if !defines(call) {
        return None;
    }
    let name = call.args.first().and_then(|first| text(&first.expr)).map(|(name, _)| name);
    let list = call.args.iter().find_map(|argument| argument.expr.as_array());
    let items = list.iter().flat_map(|list| list.elems.iter().flatten());
    let asks = items.filter_map(|item| text(&item.expr));
    let asks = asks.map(|(asked, _)| absolute(&asked, name.as_deref().unwrap_or_default()));
    let asks = asks.collect();
    Some(Define { name, asks })
}

/// Returns the name that a module means by another one: `./cell` of `slider/index` is
/// `slider/cell`.
fn absolute(asked: &str, own: &str) -> String {
    if !asked.starts_with('.') || own.is_empty() {
        return asked.to_owned();
    }
    let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in asked.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Finds the names that one `define` gives and a later one requires.
struct Wanted {
    defined: Vec<String>,
    asked: Vec<String>,
}

impl Visit for Wanted {
    noop_visit_type!();

    fn visit_call_expr(&mut self, call: &CallExpr) {
        if let Some(Define { name, asks }) = define(call) {
            for name in asks {
                if self.defined.contains(&name) && !self.asked.contains(&name) {
                    self.asked.push(name);
                }
            }
            self.defined.extend(name);
        }
        call.visit_children_with(self);
    }
}

/// Finds the first `define` of a branch.
struct First {
    found: Option<Define>,
}

impl Visit for First {
    noop_visit_type!();

    fn visit_call_expr(&mut self, call: &CallExpr) {
        if self.found.is_none() {
            self.found = define(call);
            call.visit_children_with(self);
        }
    }
}

/// Rewrites the branches beside a `define`.
struct Branches<'o> {
    free: SyntaxContext,
    /// The names that are required, each with the variable that has its value.
    own: &'o [(String, Ident)],
    /// The variables that a branch further up assigns.
    assigned: RefCell<Vec<Ident>>,
}

impl Branches<'_> {
    /// Rewrites the branch `other` of a condition if the other branch, `amd`, has a `define`.
    fn branch<A: VisitWith<First>, O: for<'b> VisitMutWith<Branch<'b>>>(
        &self,
        amd: &A,
        other: &mut O,
    ) {
        let mut first = First { found: None };
        amd.visit_with(&mut first);
        let Some(Define { name, asks }) = first.found else { return };
        let variable = |name: &String| self.own.iter().find(|(own, _)| own == name);
        let gives = name.as_ref().and_then(variable).map(|(_, variable)| variable);
        let asks = asks.iter().filter_map(variable).collect();
        let assigned = &self.assigned;
        other.visit_mut_with(&mut Branch { free: self.free, gives, asks, assigned });
    }
}

impl VisitMut for Branches<'_> {
    noop_visit_mut_type!();

    fn visit_mut_if_stmt(&mut self, statement: &mut IfStmt) {
        if let Some(other) = &mut statement.alt {
            self.branch(&statement.cons, other);
            self.branch(other, &mut statement.cons);
        }
        statement.visit_mut_children_with(self);
    }

    fn visit_mut_cond_expr(&mut self, condition: &mut CondExpr) {
        self.branch(&condition.cons, &mut condition.alt);
        self.branch(&condition.alt, &mut condition.cons);
        condition.visit_mut_children_with(self);
    }
}

/// The CommonJS branch beside a `define`.
struct Branch<'o> {
    free: SyntaxContext,
    /// The variable that gets the value of `module.exports`.
    gives: Option<&'o Ident>,
    /// The modules of the file that the `define` requires.
    asks: Vec<&'o (String, Ident)>,
    /// See `Branches::assigned`.
    assigned: &'o RefCell<Vec<Ident>>,
}

impl Branch<'_> {
    fn is_free(&self, expr: &Expr, name: &str) -> bool {
        matches!(expr, Expr::Ident(ident) if ident.sym == name && ident.ctxt == self.free)
    }

    /// Returns the variable of the module that a `require` means: `./picker.js`, `picker`, and
    /// the package `utils` for `utils/index`.
    fn required_variable(&self, call: &CallExpr) -> Option<Ident> {
        let Callee::Expr(callee) = &call.callee else { return None };
        let [argument] = call.args.as_slice() else { return None };
        if !self.is_free(callee, "require") {
            return None;
        }
        let Expr::Lit(Lit::Str(_)) = &*argument.expr else { return None };
        let (specifier, _) = text(&argument.expr)?;
        let file = specifier.rsplit('/').next().unwrap_or(&specifier);
        let stem = file.strip_suffix(".js").unwrap_or(file);
        let is_meant = |name: &str| {
            stem == name.rsplit('/').next().unwrap_or(name)
                || name.strip_prefix(&*specifier).is_some_and(|rest| rest.starts_with('/'))
        };
        let (_, variable) = self.asks.iter().find(|(name, _)| is_meant(name))?;
        self.assigned.borrow().contains(variable).then(|| variable.clone())
    }
}

impl VisitMut for Branch<'_> {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if let Expr::Call(call) = expr
            && let Some(variable) = self.required_variable(call)
        {
            *expr = variable.into();
            return;
        }
        expr.visit_mut_children_with(self);
    }

    fn visit_mut_assign_expr(&mut self, assign: &mut AssignExpr) {
        assign.right.visit_mut_with(self);
        if let Some(variable) = self.gives.filter(|_| amd::is_module_exports(&assign.left)) {
            let left = AssignTarget::from(swc_ecma_ast::BindingIdent::from(variable.clone()));
            let value = AssignExpr { left, ..assign.clone() };
            *assign.right = value.into();
            self.assigned.borrow_mut().push(variable.clone());
        }
    }
}
