//! The names that an expression takes from around it. Types are passed over, and so are names that the expression declares
//! itself: parameters, and what blocks declare.

use bundle_base::Span;
use bundle_js::block_span;
use rustc_hash::FxHashSet;
use swc_ecma_ast::{
    ArrowExpr, AssignTargetPat, BindingIdent, BlockStmt, BreakStmt, CatchClause, ClassExpr, Constructor, ContinueStmt,
    Decl, FnExpr, ForInStmt, ForOfStmt, ForStmt, Function, FunctionBody, Ident, JSXElementName, JSXObject, LabeledStmt,
    ObjectPatProp, Pat, Prop, SimpleAssignTarget, Stmt, VarDecl,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// A name where it is mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub name: String,
    pub span: Span,
    /// `{ name }`: it is the property's key as well.
    pub is_shorthand: bool,
}

/// Every mention of a name from around an expression or a part of one.
pub(super) fn mentions(of: &impl VisitWith<Walk>) -> Vec<Mention> {
    let mut walk = Walk::default();
    of.visit_with(&mut walk);
    walk.found
}

/// The walk over an expression.
#[derive(Default)]
pub(super) struct Walk {
    /// What the functions and blocks around declare, innermost last.
    scopes: Vec<FxHashSet<String>>,
    /// The pattern at hand is assigned to, not declared.
    is_assigned: bool,
    found: Vec<Mention>,
}

impl Walk {
    fn mention(&mut self, name: &Ident, is_shorthand: bool) {
        let is_own = self.scopes.iter().any(|scope| scope.contains(name.sym.as_str()));
        if !is_own && name.sym != "arguments" {
            let span = block_span(name.span);
            self.found.push(Mention { name: name.sym.to_string(), span, is_shorthand });
        }
    }

    fn within(&mut self, names: Vec<String>, walk: impl FnOnce(&mut Self)) {
        self.scopes.push(names.into_iter().collect());
        let is_assigned = std::mem::take(&mut self.is_assigned);
        walk(self);
        self.is_assigned = is_assigned;
        self.scopes.pop();
    }
}

impl Visit for Walk {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        self.mention(name, false);
    }

    fn visit_binding_ident(&mut self, name: &BindingIdent) {
        if self.is_assigned {
            self.mention(&name.id, false);
        }
    }

    fn visit_simple_assign_target(&mut self, target: &SimpleAssignTarget) {
        match target {
            SimpleAssignTarget::Ident(name) => self.mention(&name.id, false),
            other => other.visit_children_with(self),
        }
    }

    fn visit_assign_target_pat(&mut self, target: &AssignTargetPat) {
        let before = std::mem::replace(&mut self.is_assigned, true);
        target.visit_children_with(self);
        self.is_assigned = before;
    }

    fn visit_object_pat_prop(&mut self, property: &ObjectPatProp) {
        match property {
            ObjectPatProp::Assign(shorthand) => {
                if self.is_assigned {
                    self.mention(&shorthand.key.id, true);
                }
                shorthand.value.visit_with(self);
            }
            other => other.visit_children_with(self),
        }
    }

    fn visit_prop(&mut self, property: &Prop) {
        match property {
            Prop::Shorthand(name) => self.mention(name, true),
            other => other.visit_children_with(self),
        }
    }

    fn visit_function(&mut self, function: &Function) {
        let mut names = Vec::new();
        function.params.iter().for_each(|parameter| declared(&parameter.pat, &mut names));
        self.within(names, |walk| function.visit_children_with(walk));
    }

    fn visit_arrow_expr(&mut self, function: &ArrowExpr) {
        let mut names = Vec::new();
        function.params.iter().for_each(|parameter| declared(parameter, &mut names));
        self.within(names, |walk| function.visit_children_with(walk));
    }

    fn visit_fn_expr(&mut self, function: &FnExpr) {
        let own = function.ident.iter().map(|name| name.sym.to_string()).collect();
        self.within(own, |walk| function.function.visit_with(walk));
    }

    fn visit_class_expr(&mut self, class: &ClassExpr) {
        let own = class.ident.iter().map(|name| name.sym.to_string()).collect();
        self.within(own, |walk| class.class.visit_with(walk));
    }

    fn visit_constructor(&mut self, constructor: &Constructor) {
        let mut names = Vec::new();
        let parameters = constructor.params.iter().filter_map(|parameter| parameter.as_param());
        parameters.for_each(|parameter| declared(&parameter.pat, &mut names));
        self.within(names, |walk| constructor.visit_children_with(walk));
    }

    fn visit_function_body(&mut self, body: &FunctionBody) {
        self.within(declared_in(&body.stmts), |walk| body.visit_children_with(walk));
    }

    fn visit_block_stmt(&mut self, block: &BlockStmt) {
        self.within(declared_in(&block.stmts), |walk| block.visit_children_with(walk));
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause) {
        let mut names = Vec::new();
        clause.param.iter().for_each(|parameter| declared(parameter, &mut names));
        self.within(names, |walk| clause.visit_children_with(walk));
    }

    fn visit_for_stmt(&mut self, statement: &ForStmt) {
        let variables = statement.init.as_ref().and_then(|init| init.as_var_decl());
        self.within(of_variables(variables.map(|variables| &**variables)), |walk| statement.visit_children_with(walk));
    }

    fn visit_for_in_stmt(&mut self, statement: &ForInStmt) {
        let variables = statement.left.as_var_decl();
        self.within(of_variables(variables.map(|variables| &**variables)), |walk| statement.visit_children_with(walk));
    }

    fn visit_for_of_stmt(&mut self, statement: &ForOfStmt) {
        let variables = statement.left.as_var_decl();
        self.within(of_variables(variables.map(|variables| &**variables)), |walk| statement.visit_children_with(walk));
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        statement.body.visit_with(self);
    }

    // Names of labels and of elements are no variables.
    fn visit_break_stmt(&mut self, _: &BreakStmt) {}
    fn visit_continue_stmt(&mut self, _: &ContinueStmt) {}
    fn visit_jsx_element_name(&mut self, _: &JSXElementName) {}
    fn visit_jsx_object(&mut self, _: &JSXObject) {}
}

fn of_variables(variables: Option<&VarDecl>) -> Vec<String> {
    let mut names = Vec::new();
    variables.iter().flat_map(|variables| &variables.decls).for_each(|variable| declared(&variable.name, &mut names));
    names
}

fn declared_in(statements: &[Stmt]) -> Vec<String> {
    let mut names = Vec::new();
    for statement in statements {
        match statement {
            Stmt::Decl(Decl::Var(variables)) => names.extend(of_variables(Some(variables))),
            Stmt::Decl(Decl::Fn(function)) => names.push(function.ident.sym.to_string()),
            Stmt::Decl(Decl::Class(class)) => names.push(class.ident.sym.to_string()),
            _ => {}
        }
    }
    names
}

/// The names that a pattern declares.
fn declared(pattern: &Pat, names: &mut Vec<String>) {
    match pattern {
        Pat::Ident(name) => names.push(name.id.sym.to_string()),
        Pat::Array(array) => array.elems.iter().flatten().for_each(|element| declared(element, names)),
        Pat::Rest(rest) => declared(&rest.arg, names),
        Pat::Assign(assigned) => declared(&assigned.left, names),
        Pat::Object(object) => object.props.iter().for_each(|property| match property {
            ObjectPatProp::KeyValue(property) => declared(&property.value, names),
            ObjectPatProp::Assign(shorthand) => names.push(shorthand.key.id.sym.to_string()),
            ObjectPatProp::Rest(rest) => declared(&rest.arg, names),
        }),
        Pat::Expr(_) | Pat::Invalid(_) => {}
    }
}
