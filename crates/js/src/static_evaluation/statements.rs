//! Statements of a script: what they declare, and in which order they change values. The exports of
//! a file are those of CommonJS and of ES modules.

use std::rc::Rc;

use swc_common::Spanned;
use swc_ecma_ast::{
    Decl, DefaultDecl, ExportSpecifier, Expr, FnDecl, ForHead, ForInStmt, ForOfStmt, ForStmt,
    ImportDecl, ImportSpecifier, Module, ModuleDecl, ModuleExportName, ModuleItem, Stmt,
    SwitchStmt, VarDecl, VarDeclOrExpr,
};

use super::{
    script::{Script, default_of},
    value::{Body, Field, Function, Object, Origin, Scope, Symbol, Value},
};

/// The most rounds of a loop whose end is not known.
const MOST_ROUNDS: usize = 1_000;

/// What a statement does to the flow.
enum Flow {
    Next,
    Break,
    Continue,
    Return(Value),
    Throw,
}

impl Script<'_> {
    /// Evaluates a file and returns its exports.
    pub(super) fn module(&mut self, module: &Module) -> Value {
        let scope = Rc::new(Scope::default());
        let exports = Value::object(Object::new());
        let own = Object::from([(
            "exports".to_owned(),
            Field { value: exports.clone(), ..Field::default() },
        )]);
        scope.declare("module", Value::object(own));
        scope.declare("exports", exports.clone());
        scope.declare("this", exports.clone());
        let path = self.files[self.current].path.clone();
        let folder = path.parent().map(ToString::to_string).unwrap_or_default();
        scope.declare("__dirname", Value::Text(folder));
        scope.declare("__filename", Value::Text(path.to_string()));
        let functions = module.body.iter().filter_map(ModuleItem::as_stmt);
        self.hoist(functions, &scope);
        let exported = module.body.iter().filter_map(|item| match item.as_module_decl()? {
            ModuleDecl::ExportDecl(declaration) => declaration.decl.as_fn_decl(),
            _ => None,
        });
        exported.for_each(|function| self.declare_function(function, &scope));
        for item in &module.body {
            match item {
                // A `throw` here is a check of the environment: what comes after it still counts.
                ModuleItem::Stmt(statement) => {
                    if let Flow::Return(_) = self.statement(statement, &scope) {
                        break;
                    }
                }
                ModuleItem::ModuleDecl(declaration) => {
                    self.module_declaration(declaration, &exports, &scope);
                }
            }
        }
        let commonjs = scope.get("module").unwrap_or_default().get("exports");
        let is_esm = module.body.iter().any(ModuleItem::is_module_decl);
        if is_esm && !exports.fields().is_empty() { exports } else { commonjs }
    }

    fn module_declaration(&mut self, declaration: &ModuleDecl, exports: &Value, scope: &Rc<Scope>) {
        match declaration {
            ModuleDecl::Import(import) => self.import(import, scope),
            ModuleDecl::ExportDefaultExpr(default) => {
                let value = self.expression(&default.expr, scope);
                set(exports, "default", value);
            }
            ModuleDecl::ExportDefaultDecl(default) => {
                let value = match &default.decl {
                    DefaultDecl::Fn(function) => Expr::Fn(function.clone()),
                    DefaultDecl::Class(class) => Expr::Class(class.clone()),
                    DefaultDecl::TsInterfaceDecl(_) => return,
                };
                let value = self.expression(&value, scope);
                set(exports, "default", value);
            }
            ModuleDecl::ExportDecl(declaration) => {
                self.declaration(&declaration.decl, scope);
                for name in declared(&declaration.decl) {
                    set(exports, &name, scope.get(&name).unwrap_or_default());
                }
            }
            ModuleDecl::ExportNamed(named) if named.src.is_none() => {
                for specifier in &named.specifiers {
                    let ExportSpecifier::Named(pair) = specifier else { continue };
                    let own = export_name(&pair.orig);
                    let name = pair.exported.as_ref().map_or_else(|| own.clone(), export_name);
                    set(exports, &name, scope.get(&own).unwrap_or_default());
                }
            }
            // `export { a } from "./b.js"`
            ModuleDecl::ExportNamed(named) => {
                let Some(source) = named.src.as_ref().filter(|_| !named.type_only) else { return };
                let module = self.require(&Value::text(source.value.to_string_lossy()), named);
                for specifier in &named.specifiers {
                    let (name, value) = match specifier {
                        ExportSpecifier::Named(pair) => {
                            let own = export_name(&pair.orig);
                            let name =
                                pair.exported.as_ref().map_or_else(|| own.clone(), export_name);
                            (name, self.export_of(&module, &own, named))
                        }
                        ExportSpecifier::Namespace(whole) => {
                            (export_name(&whole.name), module.clone())
                        }
                        ExportSpecifier::Default(_) => continue,
                    };
                    set(exports, &name, value);
                }
            }
            ModuleDecl::ExportAll(all) if !all.type_only => {
                let module = self.require(&Value::text(all.src.value.to_string_lossy()), all);
                for (name, field) in module.fields() {
                    if name != "default" && exports.get(&name).is_missing() {
                        set(exports, &name, field.value);
                    }
                }
            }
            ModuleDecl::TsImportEquals(_)
            | ModuleDecl::TsExportAssignment(_)
            | ModuleDecl::TsNamespaceExport(_)
            | ModuleDecl::ExportAll(_) => {}
        }
    }

    /// Returns what a module exports under a name.
    fn export_of(&mut self, module: &Value, name: &str, node: &impl Spanned) -> Value {
        match module {
            _ if name == "default" => default_of(module.clone()),
            Value::Symbol(module) => self.property_of_module(module, name).unwrap_or_else(|| {
                let origin = Origin::Member(Rc::clone(module), name.to_owned());
                Value::Symbol(Symbol::new(origin, self.place(node)))
            }),
            module => module.get(name),
        }
    }

    fn import(&mut self, import: &ImportDecl, scope: &Rc<Scope>) {
        if import.type_only {
            return;
        }
        let specifier = Value::text(import.src.value.to_string_lossy());
        let module = self.require(&specifier, import);
        for name in &import.specifiers {
            match name {
                ImportSpecifier::Default(name) => {
                    scope.declare(&name.local.sym, default_of(module.clone()));
                }
                ImportSpecifier::Namespace(name) => scope.declare(&name.local.sym, module.clone()),
                ImportSpecifier::Named(name) => {
                    let own = name.imported.as_ref();
                    let key = own.map_or_else(|| name.local.sym.to_string(), export_name);
                    let value = self.export_of(&module, &key, name);
                    scope.declare(&name.local.sym, value);
                }
            }
        }
    }

    /// Follows the body of a function and returns what it returns.
    pub(super) fn body(&mut self, statements: &[Stmt], scope: &Rc<Scope>) -> Value {
        match self.statements(statements, scope) {
            Flow::Return(value) => value,
            Flow::Next | Flow::Break | Flow::Continue | Flow::Throw => Value::Undefined,
        }
    }

    fn statements(&mut self, statements: &[Stmt], scope: &Rc<Scope>) -> Flow {
        self.hoist(statements.iter(), scope);
        for statement in statements {
            match self.statement(statement, scope) {
                _ if self.is_thrown => return Flow::Throw,
                Flow::Next => {}
                flow => return flow,
            }
        }
        Flow::Next
    }

    /// Declares functions before the statements run.
    fn hoist<'s>(&mut self, statements: impl Iterator<Item = &'s Stmt>, scope: &Rc<Scope>) {
        for statement in statements {
            if let Stmt::Decl(Decl::Fn(function)) = statement {
                self.declare_function(function, scope);
            }
        }
    }

    fn declare_function(&mut self, function: &FnDecl, scope: &Rc<Scope>) {
        let place = self.place(function);
        let (name, function) = (&function.ident.sym, &function.function);
        let statements = function.body.as_ref().map(|body| body.stmts.clone()).unwrap_or_default();
        let parameters = function.params.iter().map(|p| p.pat.clone()).collect();
        let (body, outer) = (Body::Statements(statements), Rc::clone(scope));
        let function = Function { parameters, body, scope: outer, place };
        scope.declare(name, Value::Function(Rc::new(function)));
    }

    fn declaration(&mut self, declaration: &Decl, scope: &Rc<Scope>) {
        match declaration {
            Decl::Var(variables) => self.variables(variables, scope),
            Decl::Class(class) => {
                let value = self.class(&class.class, scope);
                scope.declare(&class.ident.sym, value);
            }
            Decl::Fn(_)
            | Decl::Using(_)
            | Decl::TsInterface(_)
            | Decl::TsTypeAlias(_)
            | Decl::TsEnum(_)
            | Decl::TsModule(_) => {}
        }
    }

    fn variables(&mut self, variables: &VarDecl, scope: &Rc<Scope>) {
        for variable in &variables.decls {
            let value = variable.init.as_ref().map(|init| self.expression(init, scope));
            self.bind(&variable.name, value.unwrap_or_default(), scope);
        }
    }

    fn statement(&mut self, statement: &Stmt, scope: &Rc<Scope>) -> Flow {
        match statement {
            Stmt::Expr(expression) => {
                self.expression(&expression.expr, scope);
            }
            Stmt::Decl(declaration) => self.declaration(declaration, scope),
            Stmt::Block(block) => return self.statements(&block.stmts, scope),
            Stmt::If(choice) => {
                let test = self.expression(&choice.test, scope).is_true();
                let mut flow = Flow::Next;
                if test != Some(false) {
                    flow = self.statement(&choice.cons, scope);
                }
                if test.is_none() && matches!(flow, Flow::Throw) {
                    flow = Flow::Next;
                }
                if test != Some(true)
                    && matches!(flow, Flow::Next)
                    && let Some(other) = &choice.alt
                {
                    flow = self.statement(other, scope);
                }
                return flow;
            }
            Stmt::Return(result) => {
                let value = result.arg.as_ref().map(|value| self.expression(value, scope));
                return Flow::Return(value.unwrap_or_default());
            }
            Stmt::Throw(_) => return Flow::Throw,
            Stmt::Try(attempt) => {
                self.attempts += 1;
                let mut flow = self.statements(&attempt.block.stmts, scope);
                self.attempts -= 1;
                self.is_thrown = false;
                if let (Flow::Throw, Some(handler)) = (&flow, &attempt.handler) {
                    flow = self.statements(&handler.body.stmts, scope);
                }
                let Some(end) = &attempt.finalizer else { return flow };
                self.statements(&end.stmts, scope);
                return flow;
            }
            Stmt::Switch(switch) => return self.switch(switch, scope),
            Stmt::For(looped) => return self.for_loop(looped, scope),
            Stmt::ForOf(looped) => return self.for_of(looped, scope),
            Stmt::ForIn(looped) => return self.for_in(looped, scope),
            Stmt::While(looped) => {
                for _ in 0..MOST_ROUNDS {
                    let test = self.expression(&looped.test, scope).is_true();
                    if test == Some(false) {
                        break;
                    }
                    match self.statement(&looped.body, scope) {
                        flow @ (Flow::Return(_) | Flow::Throw) => return flow,
                        Flow::Break => break,
                        Flow::Next | Flow::Continue if test.is_none() => break,
                        Flow::Next | Flow::Continue => {}
                    }
                }
            }
            Stmt::Labeled(labelled) => return self.statement(&labelled.body, scope),
            Stmt::Break(_) => return Flow::Break,
            Stmt::Continue(_) => return Flow::Continue,
            Stmt::DoWhile(_) | Stmt::With(_) | Stmt::Empty(_) | Stmt::Debugger(_) => {}
        }
        Flow::Next
    }

    fn switch(&mut self, switch: &SwitchStmt, scope: &Rc<Scope>) -> Flow {
        let value = self.expression(&switch.discriminant, scope);
        let is_known = !matches!(value, Value::Symbol(_));
        let mut is_taken = !is_known;
        for case in &switch.cases {
            if !is_taken {
                is_taken = match &case.test {
                    None => true,
                    Some(test) => {
                        let test = self.expression(test, scope);
                        matches!((&value, &test), (Value::Text(a), Value::Text(b)) if a == b)
                    }
                };
            }
            if !is_taken {
                continue;
            }
            match self.statements(&case.cons, scope) {
                Flow::Break if is_known => return Flow::Next,
                Flow::Next | Flow::Break => {}
                flow => return flow,
            }
        }
        Flow::Next
    }

    fn for_loop(&mut self, looped: &ForStmt, scope: &Rc<Scope>) -> Flow {
        match &looped.init {
            Some(VarDeclOrExpr::VarDecl(variables)) => self.variables(variables, scope),
            Some(VarDeclOrExpr::Expr(expression)) => {
                self.expression(expression, scope);
            }
            None => {}
        }
        for _ in 0..MOST_ROUNDS {
            let test = looped.test.as_ref().map(|test| self.expression(test, scope).is_true());
            if test == Some(Some(false)) {
                break;
            }
            match self.statement(&looped.body, scope) {
                flow @ (Flow::Return(_) | Flow::Throw) => return flow,
                Flow::Break => break,
                Flow::Next | Flow::Continue => {}
            }
            if test == Some(None) {
                break;
            }
            if let Some(update) = &looped.update {
                self.expression(update, scope);
            }
        }
        Flow::Next
    }

    fn for_of(&mut self, looped: &ForOfStmt, scope: &Rc<Scope>) -> Flow {
        let values = self.expression(&looped.right, scope);
        self.rounds(&looped.left, values.elements(), &looped.body, scope)
    }

    fn for_in(&mut self, looped: &ForInStmt, scope: &Rc<Scope>) -> Flow {
        let value = self.expression(&looped.right, scope);
        let keys = match &value {
            Value::List(values) => (0..values.borrow().len()).map(|at| at.to_string()).collect(),
            value => value.fields().keys().cloned().collect::<Vec<_>>(),
        };
        let keys = keys.into_iter().map(Value::Text).collect();
        self.rounds(&looped.left, keys, &looped.body, scope)
    }

    fn rounds(
        &mut self,
        head: &ForHead,
        values: Vec<Value>,
        body: &Stmt,
        scope: &Rc<Scope>,
    ) -> Flow {
        for value in values {
            // Each round has variables of its own, which functions may keep.
            let round = Scope::within(scope);
            match head {
                ForHead::VarDecl(variables) => {
                    for variable in &variables.decls {
                        self.bind(&variable.name, value.clone(), &round);
                    }
                }
                ForHead::Pat(pattern) => self.bind(pattern, value, &round),
                ForHead::UsingDecl(_) => {}
            }
            match self.statement(body, &round) {
                flow @ (Flow::Return(_) | Flow::Throw) => return flow,
                Flow::Break => break,
                Flow::Next | Flow::Continue => {}
            }
        }
        Flow::Next
    }
}

fn set(exports: &Value, name: &str, value: Value) {
    if let Value::Object(fields) = exports {
        fields.borrow_mut().insert(name.to_owned(), Field { value, ..Field::default() });
    }
}

/// Returns the simple names that a declaration declares.
fn declared(declaration: &Decl) -> Vec<String> {
    match declaration {
        Decl::Var(variables) => {
            let names = variables.decls.iter().filter_map(|variable| variable.name.as_ident());
            names.map(|name| name.sym.to_string()).collect()
        }
        Decl::Fn(function) => vec![function.ident.sym.to_string()],
        Decl::Class(class) => vec![class.ident.sym.to_string()],
        _ => Vec::new(),
    }
}

fn export_name(name: &ModuleExportName) -> String {
    match name {
        ModuleExportName::Ident(name) => name.sym.to_string(),
        ModuleExportName::Str(text) => text.value.to_string_lossy().into_owned(),
    }
}
