//! Finds the free names of a function: neither its own nor declared in it. A name that is declared
//! anywhere in a scope is known in all of it; `var` is known in the whole function.

use bundle_base::Span;
use bundle_js::block_span;
use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, AssignPatProp, BindingIdent, BlockStmt, BreakStmt, CatchClause,
    ClassDecl, ClassExpr, Constructor, ContinueStmt, Decl, Expr, FnDecl, FnExpr, ForHead,
    ForInStmt, ForOfStmt, ForStmt, Function, Ident, JSXElementName, JSXObject, LabeledStmt,
    ObjectPatProp, ParamOrTsParamProp, Pat, Prop, StaticBlock, Stmt, SwitchStmt, TsEnumDecl,
    TsExprWithTypeArgs, TsInterfaceDecl, TsModuleDecl, TsParamPropParam, TsType, TsTypeAliasDecl,
    TsTypeAnn, TsTypeParamDecl, TsTypeParamInstantiation, VarDecl, VarDeclKind, VarDeclOrExpr,
};
use swc_ecma_visit::{Visit, VisitWith};

use super::free_name::FreeName;

/// One mention of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    pub name: Atom,
    pub span: Span,
    /// `{ name }`: the name is the key of the property as well.
    pub is_shorthand: bool,
}

/// Returns every mention of a free name in an expression or in a part of one.
pub(crate) fn mentions(of: &impl VisitWith<Walk>) -> Vec<Mention> {
    let mut walk = Walk::default();
    of.visit_with(&mut walk);
    // In a function, `arguments` belongs to that function.
    walk.found.retain(|mention| mention.name != "arguments");
    walk.found
}

/// Returns the free names of a program whose variables hold functions and lists of functions.
pub(super) fn free_names(program: &[Stmt]) -> Vec<FreeName> {
    let mut walk = Walk::default();
    let variables = program.iter().filter_map(|statement| match statement {
        Stmt::Decl(Decl::Var(variables)) => Some(&variables.decls),
        _ => None,
    });
    for value in variables.flatten().filter_map(|variable| variable.init.as_deref()) {
        match value {
            Expr::Array(list) => {
                list.elems.iter().flatten().for_each(|item| walk.function_of_ours(&item.expr));
            }
            other => walk.function_of_ours(other),
        }
    }
    let names = walk.found.into_iter().map(|Mention { span, is_shorthand, .. }| FreeName {
        start: span.start as usize,
        end: span.end as usize,
        is_shorthand,
    });
    names.collect()
}

/// The visitor that collects free names.
#[derive(Default)]
pub(crate) struct Walk {
    /// For each name, how many of the open scopes declare it.
    known: FxHashMap<Atom, u32>,
    found: Vec<Mention>,
}

/// The names that a scope declares.
type Names = Vec<Atom>;

impl Walk {
    /// Visits a function of the generated program. Its own name is not known in it.
    fn function_of_ours(&mut self, value: &Expr) {
        if let Expr::Fn(function) = value {
            function.function.visit_with(self);
        }
    }

    fn scope(&mut self, names: &[Atom], inside: impl FnOnce(&mut Self)) {
        for name in names {
            *self.known.entry(name.clone()).or_default() += 1;
        }
        inside(self);
        for name in names {
            if let Some(count) = self.known.get_mut(name) {
                *count -= 1;
            }
        }
    }

    fn name(&mut self, ident: &Ident, is_shorthand: bool) {
        if self.known.get(&ident.sym).is_none_or(|count| *count == 0) {
            self.found.push(Mention {
                name: ident.sym.clone(),
                span: block_span(ident.span),
                is_shorthand,
            });
        }
    }

    /// Visits the statements of a function.
    fn body(&mut self, statements: &[Stmt]) {
        let mut names = lexical_names(statements);
        for statement in statements {
            add_var_names(statement, &mut names);
        }
        self.scope(&names, |walk| statements.visit_with(walk));
    }

    fn block(&mut self, statements: &[Stmt]) {
        self.scope(&lexical_names(statements), |walk| statements.visit_with(walk));
    }
}

impl Visit for Walk {
    fn visit_ident(&mut self, ident: &Ident) {
        self.name(ident, false);
    }

    /// Declared names are known at this point, so any other binding is an assignment.
    fn visit_binding_ident(&mut self, ident: &BindingIdent) {
        self.name(&ident.id, false);
    }

    fn visit_prop(&mut self, prop: &Prop) {
        match prop {
            Prop::Shorthand(ident) => self.name(ident, true),
            other => other.visit_children_with(self),
        }
    }

    fn visit_assign_pat_prop(&mut self, prop: &AssignPatProp) {
        self.name(&prop.key.id, true);
        prop.value.visit_with(self);
    }

    fn visit_function(&mut self, function: &Function) {
        let mut names = Names::new();
        function.params.iter().for_each(|param| add_names(&param.pat, &mut names));
        self.scope(&names, |walk| {
            function.decorators.visit_with(walk);
            function.params.visit_with(walk);
            if let Some(body) = &function.body {
                walk.body(&body.stmts);
            }
        });
    }

    fn visit_constructor(&mut self, constructor: &Constructor) {
        let mut names = Names::new();
        for param in &constructor.params {
            match param {
                ParamOrTsParamProp::Param(param) => add_names(&param.pat, &mut names),
                ParamOrTsParamProp::TsParamProp(prop) => match &prop.param {
                    TsParamPropParam::Ident(ident) => names.push(ident.id.sym.clone()),
                    TsParamPropParam::Assign(assign) => add_names(&assign.left, &mut names),
                },
            }
        }
        self.scope(&names, |walk| {
            constructor.params.visit_with(walk);
            if let Some(body) = &constructor.body {
                walk.body(&body.stmts);
            }
        });
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        let mut names = Names::new();
        arrow.params.iter().for_each(|param| add_names(param, &mut names));
        self.scope(&names, |walk| {
            arrow.params.visit_with(walk);
            match &*arrow.body {
                ArrowFunctionBody::FunctionBody(body) => walk.body(&body.stmts),
                ArrowFunctionBody::Expr(value) => value.visit_with(walk),
            }
        });
    }

    fn visit_fn_expr(&mut self, function: &FnExpr) {
        let names: Names = function.ident.iter().map(|ident| ident.sym.clone()).collect();
        self.scope(&names, |walk| function.function.visit_with(walk));
    }

    fn visit_fn_decl(&mut self, function: &FnDecl) {
        function.function.visit_with(self);
    }

    fn visit_class_expr(&mut self, class: &ClassExpr) {
        let names: Names = class.ident.iter().map(|ident| ident.sym.clone()).collect();
        self.scope(&names, |walk| class.class.visit_with(walk));
    }

    fn visit_class_decl(&mut self, class: &ClassDecl) {
        class.class.visit_with(self);
    }

    fn visit_static_block(&mut self, block: &StaticBlock) {
        self.body(&block.body.stmts);
    }

    fn visit_block_stmt(&mut self, block: &BlockStmt) {
        self.block(&block.stmts);
    }

    fn visit_switch_stmt(&mut self, switch: &SwitchStmt) {
        switch.discriminant.visit_with(self);
        let names: Names = switch.cases.iter().flat_map(|case| lexical_names(&case.cons)).collect();
        self.scope(&names, |walk| switch.cases.visit_with(walk));
    }

    fn visit_for_stmt(&mut self, statement: &ForStmt) {
        let mut names = Names::new();
        if let Some(VarDeclOrExpr::VarDecl(variables)) = &statement.init {
            add_variables(variables, &mut names);
        }
        self.scope(&names, |walk| statement.visit_children_with(walk));
    }

    fn visit_for_in_stmt(&mut self, statement: &ForInStmt) {
        self.scope(&head_names(&statement.left), |walk| statement.visit_children_with(walk));
    }

    fn visit_for_of_stmt(&mut self, statement: &ForOfStmt) {
        self.scope(&head_names(&statement.left), |walk| statement.visit_children_with(walk));
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause) {
        let mut names = Names::new();
        clause.param.iter().for_each(|param| add_names(param, &mut names));
        self.scope(&names, |walk| clause.visit_children_with(walk));
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        statement.body.visit_with(self);
    }

    // Names of labels and of JSX elements are not variables.

    fn visit_break_stmt(&mut self, _: &BreakStmt) {}

    fn visit_continue_stmt(&mut self, _: &ContinueStmt) {}

    fn visit_jsx_element_name(&mut self, _: &JSXElementName) {}

    fn visit_jsx_object(&mut self, _: &JSXObject) {}

    // Names in types are not variables.

    fn visit_ts_type(&mut self, _: &TsType) {}

    fn visit_ts_type_ann(&mut self, _: &TsTypeAnn) {}

    fn visit_ts_type_param_decl(&mut self, _: &TsTypeParamDecl) {}

    fn visit_ts_type_param_instantiation(&mut self, _: &TsTypeParamInstantiation) {}

    fn visit_ts_expr_with_type_args(&mut self, _: &TsExprWithTypeArgs) {}

    fn visit_ts_interface_decl(&mut self, _: &TsInterfaceDecl) {}

    fn visit_ts_type_alias_decl(&mut self, _: &TsTypeAliasDecl) {}

    fn visit_ts_enum_decl(&mut self, _: &TsEnumDecl) {}

    fn visit_ts_module_decl(&mut self, _: &TsModuleDecl) {}
}

/// Returns the names that the statements of a block declare for the whole block.
fn lexical_names(statements: &[Stmt]) -> Names {
    let mut names = Names::new();
    for statement in statements {
        let Stmt::Decl(declaration) = statement else { continue };
        match declaration {
            Decl::Class(class) => names.push(class.ident.sym.clone()),
            Decl::Fn(function) => names.push(function.ident.sym.clone()),
            Decl::Var(variables) => add_variables(variables, &mut names),
            Decl::Using(using) => {
                using.decls.iter().for_each(|variable| add_names(&variable.name, &mut names));
            }
            Decl::TsEnum(declared) => names.push(declared.id.sym.clone()),
            Decl::TsInterface(_) | Decl::TsTypeAlias(_) | Decl::TsModule(_) => {}
        }
    }
    names
}

fn head_names(head: &ForHead) -> Names {
    let mut names = Names::new();
    match head {
        ForHead::VarDecl(variables) => add_variables(variables, &mut names),
        ForHead::UsingDecl(using) => {
            using.decls.iter().for_each(|variable| add_names(&variable.name, &mut names));
        }
        ForHead::Pat(_) => {}
    }
    names
}

/// Adds the variables that a statement declares for the whole function.
fn add_var_names(statement: &Stmt, names: &mut Names) {
    let is_var = |variables: &VarDecl| variables.kind == VarDeclKind::Var;
    match statement {
        Stmt::Decl(Decl::Var(variables)) if is_var(variables) => add_variables(variables, names),
        Stmt::Block(block) => block.stmts.iter().for_each(|inner| add_var_names(inner, names)),
        Stmt::If(branches) => {
            add_var_names(&branches.cons, names);
            branches.alt.iter().for_each(|inner| add_var_names(inner, names));
        }
        Stmt::Labeled(labeled) => add_var_names(&labeled.body, names),
        Stmt::With(with) => add_var_names(&with.body, names),
        Stmt::While(repeated) => add_var_names(&repeated.body, names),
        Stmt::DoWhile(repeated) => add_var_names(&repeated.body, names),
        Stmt::For(repeated) => {
            if let Some(VarDeclOrExpr::VarDecl(variables)) = repeated.init.as_ref().filter(
                |init| matches!(init, VarDeclOrExpr::VarDecl(variables) if is_var(variables)),
            ) {
                add_variables(variables, names);
            }
            add_var_names(&repeated.body, names);
        }
        Stmt::ForIn(repeated) => {
            add_head_var_names(&repeated.left, names);
            add_var_names(&repeated.body, names);
        }
        Stmt::ForOf(repeated) => {
            add_head_var_names(&repeated.left, names);
            add_var_names(&repeated.body, names);
        }
        Stmt::Switch(switch) => {
            switch
                .cases
                .iter()
                .flat_map(|case| &case.cons)
                .for_each(|inner| add_var_names(inner, names));
        }
        Stmt::Try(attempt) => {
            let handler = attempt.handler.as_ref().map(|handler| &handler.body);
            let blocks = [Some(&attempt.block), handler, attempt.finalizer.as_ref()];
            blocks
                .into_iter()
                .flatten()
                .flat_map(|block| &block.stmts)
                .for_each(|inner| add_var_names(inner, names));
        }
        _ => {}
    }
}

fn add_head_var_names(head: &ForHead, names: &mut Names) {
    if let ForHead::VarDecl(variables) = head
        && variables.kind == VarDeclKind::Var
    {
        add_variables(variables, names);
    }
}

fn add_variables(variables: &VarDecl, names: &mut Names) {
    variables.decls.iter().for_each(|variable| add_names(&variable.name, names));
}

/// Adds the names that a pattern declares.
fn add_names(pattern: &Pat, names: &mut Names) {
    match pattern {
        Pat::Ident(ident) => names.push(ident.id.sym.clone()),
        Pat::Array(array) => {
            array.elems.iter().flatten().for_each(|element| add_names(element, names));
        }
        Pat::Rest(rest) => add_names(&rest.arg, names),
        Pat::Assign(assign) => add_names(&assign.left, names),
        Pat::Object(object) => {
            for prop in &object.props {
                match prop {
                    ObjectPatProp::KeyValue(pair) => add_names(&pair.value, names),
                    ObjectPatProp::Assign(assign) => names.push(assign.key.id.sym.clone()),
                    ObjectPatProp::Rest(rest) => add_names(&rest.arg, names),
                }
            }
        }
        Pat::Invalid(_) | Pat::Expr(_) => {}
    }
}
