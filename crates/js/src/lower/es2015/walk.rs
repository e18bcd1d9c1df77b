//! The visitor of the walk that lowers ECMAScript 2015: passes each node to the file that lowers
//! it, and keeps what is known of the enclosing function.

use std::mem;

use swc_common::SyntaxContext;
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignTarget, CallExpr, CatchClause, Constructor, Decl, DoWhileStmt,
    ExportDecl, Expr, ExprStmt, FnDecl, FnExpr, ForInStmt, ForStmt, Function, Id, Ident,
    KeyValueProp, Module, ModuleDecl, ModuleItem, NewExpr, ParamOrTsParamProp, Pat, PropName,
    RestPat, SetterProp, Stmt, UnaryExpr, UnaryOp, VarDecl, VarDeclKind, VarDeclOrExpr,
    VarDeclarator, WhileStmt,
};
use swc_ecma_utils::{find_pat_ids, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    super::{build, generators},
    model::{Es2015Lowering, FunctionState},
    names, spread, templates,
};
use crate::scopes::{self, Binding};

impl Es2015Lowering<'_> {
    /// Notes a rest parameter that nothing is assigned to: it holds an array for certain.
    fn note_rest(&mut self, last: Option<&Pat>) {
        if let Some(Pat::Rest(RestPat { arg, .. })) = last
            && let Pat::Ident(name) = &**arg
            && self.table.binding(name).is_none_or(Binding::is_never_assigned)
        {
            self.lists.insert(name.to_id());
        }
    }

    /// Walks a function with its own `this`. Returns the state of that function.
    fn enter(&mut self, visit: impl FnOnce(&mut Self)) -> FunctionState {
        let outer = mem::take(&mut self.function);
        self.function.name = self.name_of_next.take();
        visit(self);
        mem::replace(&mut self.function, outer)
    }

    /// Notes the name of a generator function, if it is a variable that always means the function.
    fn name_next(&mut self, name: &Ident, function: &Function) {
        let is_needed = function.is_generator
            && self.lacks.generators
            && !self.lacks.is_loose
            && self.function.loops == 0
            && self.table.binding(name).is_some_and(Binding::is_never_assigned);
        self.name_of_next = is_needed.then(|| name.clone());
    }

    /// Walks an arrow function. Returns the variables that it needs.
    fn enter_arrow(&mut self, visit: impl FnOnce(&mut Self)) -> Vec<Ident> {
        let variables = mem::take(&mut self.function.variables);
        let loops = mem::take(&mut self.function.loops);
        self.function.arrows += 1;
        visit(self);
        self.function.arrows -= 1;
        self.function.loops = loops;
        mem::replace(&mut self.function.variables, variables)
    }

    fn in_loop(&mut self, visit: impl FnOnce(&mut Self)) {
        self.function.loops += 1;
        visit(self);
        self.function.loops -= 1;
    }

    /// Lowers a declaration.
    fn declaration(&mut self, declaration: &mut VarDecl) {
        self.begin_anew(declaration);
        self.declarators(declaration);
        if self.lacks.edition {
            declaration.kind = VarDeclKind::Var;
        }
    }

    /// Notes constants. `let` without a value gets one in a loop: each iteration has a new
    /// variable.
    pub fn begin_anew(&mut self, declaration: &mut VarDecl) {
        let is_scoped = declaration.kind != VarDeclKind::Var;
        if self.lacks.edition && is_scoped && self.function.loops > 0 {
            for variable in &mut declaration.decls {
                variable.init.get_or_insert_with(|| Box::new(build::undefined()));
            }
        }
        if self.lacks.generators {
            self.constants.note_declared(declaration);
        }
    }

    /// Lowers `export const { a, b } = value`. Only its names are exported, not the variables that
    /// lowering needs.
    fn export(&mut self, export: ExportDecl, items: &mut Vec<ModuleItem>) {
        let ExportDecl { span, decl: Decl::Var(mut declaration) } = export else {
            items.push(ModuleDecl::ExportDecl(export).into());
            return;
        };
        let names: Vec<Id> = find_pat_ids(&declaration.decls);
        declaration.visit_mut_with(self);
        let is_exported = |variable: &VarDeclarator| {
            variable.name.as_ident().is_none_or(|name| names.contains(&name.to_id()))
        };
        let kind = declaration.kind;
        let mut variables = declaration.decls.into_iter().peekable();
        while let Some(first) = variables.next() {
            let is_own = is_exported(&first);
            let mut decls = vec![first];
            while let Some(next) = variables.next_if(|next| is_exported(next) == is_own) {
                decls.push(next);
            }
            let decl = VarDecl { kind, decls, ..VarDecl::default() };
            items.push(if is_own {
                let decl = Decl::Var(Box::new(VarDecl { span: declaration.span, ..decl }));
                ModuleDecl::ExportDecl(ExportDecl { span, decl }).into()
            } else {
                Stmt::from(decl).into()
            });
        }
    }
}

/// Walks a statement whose `let`s are new variables each time.
macro_rules! loops {
    ($($visit:ident $node:ty),*) => {
        $(fn $visit(&mut self, node: &mut $node) {
            self.in_loop(|walk| node.visit_mut_children_with(walk));
        })*
    };
}

impl VisitMut for Es2015Lowering<'_> {
    noop_visit_mut_type!();
    loops!(visit_mut_while_stmt WhileStmt, visit_mut_do_while_stmt DoWhileStmt);

    fn visit_mut_module(&mut self, module: &mut Module) {
        module.visit_mut_children_with(self);
        let mut variables = mem::take(&mut self.templates);
        variables.append(&mut self.function.variables);
        let receivers = self.function.receivers();
        if !receivers.is_empty() {
            swc_ecma_utils::prepend_stmt(&mut module.body, build::var(receivers).into());
        }
        build::declare(variables, &mut module.body);
    }

    fn visit_mut_module_items(&mut self, items: &mut Vec<ModuleItem>) {
        let mut lowered = Vec::with_capacity(items.len());
        for mut item in mem::take(items) {
            match item {
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) if export.decl.is_var() => {
                    self.export(export, &mut lowered);
                    continue;
                }
                _ => item.visit_mut_with(self),
            }
            match item {
                ModuleItem::Stmt(Stmt::Block(block)) if block.span.is_dummy() => {
                    lowered.extend(block.stmts.into_iter().map(ModuleItem::Stmt));
                }
                item => lowered.push(item),
            }
        }
        *items = lowered;
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        statements.visit_mut_children_with(self);
        let is_generated =
            |statement: &Stmt| statement.as_block().is_some_and(|block| block.span.is_dummy());
        if !statements.iter().any(is_generated) {
            return;
        }
        for statement in mem::take(statements) {
            match statement {
                Stmt::Block(block) if block.span.is_dummy() => statements.extend(block.stmts),
                statement => statements.push(statement),
            }
        }
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        let lowered =
            self.for_of(statement, Vec::new()).or_else(|| self.waiting_pattern(statement));
        if let Some(lowered) = lowered {
            *statement = lowered;
        } else {
            statement.visit_mut_children_with(self);
        }
    }

    fn visit_mut_for_stmt(&mut self, head: &mut ForStmt) {
        match &mut head.init {
            Some(VarDeclOrExpr::VarDecl(declaration)) => {
                // The variables of the head are new only once, unless a loop encloses this one.
                declaration.visit_mut_with(self);
            }
            Some(VarDeclOrExpr::Expr(expr)) => self.unused(expr),
            None => {}
        }
        self.in_loop(|walk| {
            head.test.visit_mut_with(walk);
            if let Some(update) = &mut head.update {
                walk.unused(update);
            }
            head.body.visit_mut_with(walk);
        });
    }

    fn visit_mut_for_in_stmt(&mut self, head: &mut ForInStmt) {
        head.right.visit_mut_with(self);
        self.in_loop(|walk| {
            walk.head(&mut head.left, &mut head.body);
            head.body.visit_mut_with(walk);
        });
    }

    fn visit_mut_var_decl(&mut self, declaration: &mut VarDecl) {
        declaration.visit_mut_children_with(self);
        self.declaration(declaration);
    }

    fn visit_mut_expr_stmt(&mut self, statement: &mut ExprStmt) {
        self.unused(&mut statement.expr);
    }

    fn visit_mut_catch_clause(&mut self, clause: &mut CatchClause) {
        clause.visit_mut_children_with(self);
        let Some(pattern) = clause.param.take_if(|pattern| self.is_lowered(pattern)) else {
            return;
        };
        let error = private_ident!("_error");
        clause.param = Some(error.clone().into());
        let steps = self.steps_of(pattern, error.into());
        clause.body.stmts.insert(0, self.declaration_of(steps));
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        let is_plain = !self.has_lowered(function.params.iter().map(|each| &each.pat));
        if !self.lacks.edition {
            function.params.visit_mut_with(self);
        }
        let state = self.enter(|walk| {
            if walk.lacks.edition {
                walk.note_rest(function.params.last().map(|last| &last.pat));
                function.params.visit_mut_with(walk);
            }
            if let Some(body) = &mut function.body {
                body.stmts.visit_mut_with(walk);
            }
        });
        let mut steps = if is_plain || function.body.is_none() {
            Vec::new()
        } else {
            self.parameters(&mut function.params)
        };
        if !self.lacks.edition && function.is_generator && !steps.is_empty() {
            Self::in_parameters(&mut function.params, std::mem::take(&mut steps));
        }
        if self.lacks.generators && generators::is_suspended(function) {
            let outer = state.into_outer();
            generators::lower_function(function, outer, steps, &self.constants);
        } else if let Some(body) = &mut function.body {
            Self::finish(state, steps, &mut body.stmts);
        }
    }

    fn visit_mut_fn_decl(&mut self, declaration: &mut FnDecl) {
        self.name_next(&declaration.ident, &declaration.function);
        declaration.function.visit_mut_with(self);
    }

    fn visit_mut_fn_expr(&mut self, function: &mut FnExpr) {
        if let Some(name) = &function.ident {
            self.name_next(name, &function.function);
        }
        function.function.visit_mut_with(self);
    }

    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        constructor.params.visit_mut_with(self);
        let state = self.enter(|walk| constructor.body.visit_mut_with(walk));
        let Some(body) = &mut constructor.body else { return };
        let patterns = constructor.params.iter().filter_map(|it| Some(&it.as_param()?.pat));
        let mut steps = Vec::new();
        if self.has_lowered(patterns) {
            let params = mem::take(&mut constructor.params).into_iter();
            let mut params = params.filter_map(ParamOrTsParamProp::param).collect();
            steps = self.parameters(&mut params);
            constructor.params = params.into_iter().map(Into::into).collect();
        }
        Self::finish(state, steps, &mut body.stmts);
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        if !self.lacks.edition {
            arrow.params.visit_mut_with(self);
        }
        let variables = self.enter_arrow(|walk| {
            if walk.lacks.edition {
                walk.note_rest(arrow.params.last());
                arrow.params.visit_mut_with(walk);
            }
            arrow.body.visit_mut_with(walk);
        });
        self.finish_arrow(arrow, variables);
    }

    fn visit_mut_var_declarator(&mut self, variable: &mut VarDeclarator) {
        if let (Pat::Ident(name), Some(value)) = (&variable.name, &variable.init)
            && let Expr::Fn(FnExpr { ident: None, function }) = &**value
        {
            self.name_next(name, function);
        }
        variable.visit_mut_children_with(self);
        if let (Pat::Ident(name), Some(value)) = (&variable.name, &mut variable.init) {
            names::of_wrapped(value, &name.sym);
        }
    }

    fn visit_mut_setter_prop(&mut self, setter: &mut SetterProp) {
        setter.visit_mut_children_with(self);
        // A default value is read from `arguments`, but a setter must have a parameter.
        if setter.function.params.is_empty() {
            let parameter: Pat = private_ident!("_value").into();
            setter.function.params.push(parameter.into());
        }
    }

    fn visit_mut_key_value_prop(&mut self, property: &mut KeyValueProp) {
        property.visit_mut_children_with(self);
        if let PropName::Ident(key) = &property.key {
            names::of_wrapped(&mut property.value, &key.sym);
        }
    }

    fn visit_mut_assign_expr(&mut self, assign: &mut AssignExpr) {
        assign.visit_mut_children_with(self);
        names::of_assigned(assign);
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if self.lacks.edition && self.lower_typeof_test(expr) {
            return;
        }
        expr.visit_mut_children_with(self);
        match expr {
            Expr::Object(literal) => {
                if let Some(lowered) = self.object(literal) {
                    *expr = lowered;
                }
            }
            Expr::Assign(AssignExpr { left: AssignTarget::Pat(pattern), .. })
                if self.is_target_lowered(pattern) =>
            {
                let Expr::Assign(assign) = mem::take(expr) else { unreachable!() };
                *expr = self.assignment(assign, true);
            }
            Expr::TaggedTpl(tagged)
                if self.lacks.templates
                    || self.lacks.invalid_escapes && templates::has_invalid_escape(tagged) =>
            {
                *expr = self.tagged(mem::take(tagged));
            }
            Expr::Tpl(template) if self.lacks.templates => {
                *expr = templates::lower(mem::take(template), self.lacks.is_loose);
            }
            _ if !self.lacks.edition => {}
            Expr::This(_) if self.function.arrows > 0 => *expr = self.function.this().into(),
            Expr::Ident(name) if self.function.arrows > 0 && is_arguments(name) => {
                *expr = self.function.arguments().into();
            }
            Expr::Arrow(arrow) => {
                let arrow = mem::take(arrow);
                *expr = self.without_arrow(arrow);
            }
            Expr::Call(CallExpr { args, .. }) if spread::has_spread(args) => {
                let Expr::Call(call) = mem::take(expr) else { unreachable!() };
                *expr = self.spread_call(call);
            }
            Expr::New(NewExpr { args: Some(args), .. }) if spread::has_spread(args) => {
                let Expr::New(new) = mem::take(expr) else { unreachable!() };
                *expr = self.spread_new(new);
            }
            Expr::Array(array) => {
                if let Some(lowered) = self.spread_array(array) {
                    *expr = lowered;
                }
            }
            Expr::Unary(UnaryExpr { op: UnaryOp::TypeOf, .. }) => self.lower_typeof(expr),
            Expr::Member(_) => names::of_literal(expr),
            _ => {}
        }
    }
}

fn is_arguments(name: &Ident) -> bool {
    &*name.sym == "arguments" && [scopes::free(), SyntaxContext::empty()].contains(&name.ctxt)
}
