//! Classic scripts (`?script`, `rules`) in a bundle: their top-level names are globals, `this` is
//! the page's global object, and names that bundlers give to modules (`require`, `define`) are what
//! the page has. A bundle puts every module into a function, so declarations become assignments to
//! free names. In sloppy code, functions in blocks are globals too.
//!
//! ```text
//! var a = 1, b;           →   "a" in global || (global.a = void 0); … a = 1;
//! function f() {}         →   global.f = function () {};
//! ```

use indexmap::IndexSet;
use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_common::{DUMMY_SP, Span, util::take::Take};
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignOp, AssignPat, AssignPatProp, AssignTarget, BinExpr, BinaryOp,
    ClassDecl, ClassExpr, ClassProp, Constructor, Decl, Expr, ExprStmt, FnDecl, FnExpr, ForHead,
    ForInStmt, ForOfStmt, ForStmt, Function, GetterProp, Id, Ident, IdentName, KeyValuePatProp,
    KeyValueProp, Lit, MemberExpr, MemberProp, Module, ModuleItem, ObjectPatProp, ParenExpr, Pat,
    PrivateProp, Program, Prop, SeqExpr, SetterProp, SimpleAssignTarget, StaticBlock, Stmt, Str,
    VarDecl, VarDeclKind, VarDeclOrExpr,
};
use swc_ecma_utils::{ExprFactory, find_pat_ids, private_ident};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::{block_functions, build};
use crate::{
    features::begins_with_use_strict,
    scopes::{free, key_of},
};

/// Names that a bundler gives to modules. In a script they are what the page has, or nothing.
const OF_MODULES: [&str; 7] =
    ["__dirname", "__filename", "define", "exports", "global", "module", "require"];
/// Accessors of the page's global object to which a function cannot be assigned. A function
/// declaration of the name replaces the accessor.
const OF_WINDOW: [&str; 8] =
    ["closed", "event", "history", "length", "name", "origin", "screen", "status"];

/// Makes the top-level names of a script globals. Names must be resolved, and types stripped.
pub(super) fn make_global(program: &mut Program) {
    let Program::Module(module) = program else { return };
    let mut declared = Declared::default();
    if !begins_with_use_strict(module) {
        block_functions::show(module);
    }
    module.visit_with(&mut declared);
    let mut script = Script {
        names: declared.names,
        ids: declared.ids,
        has_globals: true,
        has_page: true,
        functions: Vec::new(),
    };
    script.module(module);
}

/// The names that a script declares at its top level.
#[derive(Default)]
struct Declared {
    names: IndexSet<Atom>,
    ids: FxHashSet<Id>,
}

impl Declared {
    fn lexical(&mut self, item: &ModuleItem) {
        match item {
            ModuleItem::Stmt(Stmt::Decl(Decl::Class(class))) => {
                self.add(class.ident.clone());
            }
            ModuleItem::Stmt(Stmt::Decl(Decl::Fn(function))) => {
                self.add(function.ident.clone());
            }
            ModuleItem::Stmt(Stmt::Decl(Decl::Var(declaration))) => self.variables(declaration),
            _ => {}
        }
    }

    fn variables(&mut self, declaration: &VarDecl) {
        for name in find_pat_ids::<_, Ident>(&declaration.decls) {
            self.add(name);
        }
    }

    fn add(&mut self, name: Ident) {
        self.ids.insert(name.to_id());
        self.names.insert(name.sym);
    }
}

impl Visit for Declared {
    noop_visit_type!();

    fn visit_module(&mut self, module: &Module) {
        module.body.iter().for_each(|item| self.lexical(item));
        module.visit_children_with(self);
    }

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        if declaration.kind == VarDeclKind::Var {
            self.variables(declaration);
        }
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}

    fn visit_constructor(&mut self, _: &Constructor) {}

    fn visit_static_block(&mut self, _: &StaticBlock) {}
}

struct Script {
    names: IndexSet<Atom>,
    /// The same names with their syntax contexts.
    ids: FxHashSet<Id>,
    /// A `var` at the current place is a global.
    has_globals: bool,
    /// `this` at the current place is the global object.
    has_page: bool,
    /// Function declarations, which run first.
    functions: Vec<Stmt>,
}

impl Script {
    fn module(&mut self, module: &mut Module) {
        let body = module.body.take();
        let at = body.iter().position(|item| !is_directive(item)).unwrap_or(body.len());
        let mut statements: Vec<ModuleItem> = Vec::with_capacity(body.len());
        for mut item in body {
            item.visit_mut_with(self);
            statements.extend(self.item(item));
        }
        let functions = std::mem::take(&mut self.functions);
        let names = std::mem::take(&mut self.names);
        let first = functions.into_iter().chain(names.iter().map(Self::exists));
        statements.splice(at..at, first.map(ModuleItem::Stmt));
        module.body = statements;
    }

    /// Returns a top-level statement without its declaration.
    fn item(&mut self, item: ModuleItem) -> Option<ModuleItem> {
        let ModuleItem::Stmt(Stmt::Decl(declaration)) = item else { return Some(item) };
        match declaration {
            Decl::Fn(function) => {
                self.names.shift_remove(&function.ident.sym);
                self.functions.push(Self::function(function));
                None
            }
            Decl::Class(class) => {
                let (name, span) = (Self::global_name(&class.ident), class.class.span);
                let target = if self.is_of_page(&name) {
                    Self::member(&name.sym).into()
                } else {
                    name.into()
                };
                let value = ClassExpr { ident: Some(class.ident), class: class.class };
                Some(ModuleItem::Stmt(Self::set(target, value.into(), span)))
            }
            Decl::Var(variables) => {
                let span = variables.span;
                let expr = assignments(*variables)?;
                Some(ModuleItem::Stmt(ExprStmt { span, expr }.into()))
            }
            other => Some(ModuleItem::Stmt(Stmt::Decl(other))),
        }
    }

    /// Gives the page a function.
    fn function(declaration: FnDecl) -> Stmt {
        let name = declaration.ident.sym;
        let own_name = private_ident!(name.clone());
        let value: Box<Expr> =
            FnExpr { ident: Some(own_name), function: declaration.function }.into();
        if !OF_WINDOW.contains(&name.as_str()) {
            return Self::set(Self::member(&name).into(), value, DUMMY_SP);
        }
        let object = Expr::from(Ident::new("Object".into(), DUMMY_SP, free()));
        let properties = [
            build::property("configurable", true.into()),
            build::property("enumerable", true.into()),
            build::property("value", *value),
            build::property("writable", true.into()),
        ];
        let arguments =
            [Self::global(DUMMY_SP), name.as_str().into(), build::object(properties.into())];
        let define = build::member(object, "defineProperty");
        let arguments = arguments.into_iter().map(ExprFactory::as_arg).collect();
        build::statement(build::call(DUMMY_SP, define, arguments))
    }

    /// Whether a name means the page's own, although modules have something of that name.
    fn is_of_page(&self, name: &Ident) -> bool {
        OF_MODULES.contains(&name.sym.as_str())
            && (name.ctxt == free() || self.ids.contains(&name.to_id()))
    }

    fn set(target: AssignTarget, value: Box<Expr>, span: Span) -> Stmt {
        let assignment = AssignExpr { span, op: AssignOp::Assign, left: target, right: value };
        ExprStmt { span, expr: assignment.into() }.into()
    }

    /// Returns `"name" in global || (global.name = void 0)`.
    fn exists(name: &Atom) -> Stmt {
        let key = Str { span: DUMMY_SP, value: name.as_str().into(), raw: None };
        let is_known = BinExpr {
            span: DUMMY_SP,
            op: BinaryOp::In,
            left: Box::new(Expr::Lit(Lit::Str(key))),
            right: Box::new(Self::global(DUMMY_SP)),
        };
        let set = AssignExpr {
            span: DUMMY_SP,
            op: AssignOp::Assign,
            left: Self::member(name).into(),
            right: Expr::undefined(DUMMY_SP),
        };
        let either = BinExpr {
            span: DUMMY_SP,
            op: BinaryOp::LogicalOr,
            left: is_known.into(),
            right: Box::new(Expr::Paren(ParenExpr { span: DUMMY_SP, expr: set.into() })),
        };
        ExprStmt { span: DUMMY_SP, expr: either.into() }.into()
    }

    /// Returns the global object. Analysis gives `global` its meaning.
    fn global(span: Span) -> Expr {
        Expr::Ident(Ident::new("global".into(), span, free()))
    }

    fn member(name: &Atom) -> MemberExpr {
        let prop = MemberProp::Ident(IdentName::new(name.clone(), DUMMY_SP));
        MemberExpr { span: DUMMY_SP, obj: Box::new(Self::global(DUMMY_SP)), prop }
    }

    fn global_name(ident: &Ident) -> Ident {
        Ident { ctxt: free(), ..ident.clone() }
    }

    /// Visits code with its own variables and `this`.
    fn with_own_this(&mut self, visit: impl FnOnce(&mut Self)) {
        let had_page = std::mem::replace(&mut self.has_page, false);
        self.with_own_variables(visit);
        self.has_page = had_page;
    }

    fn with_own_variables(&mut self, visit: impl FnOnce(&mut Self)) {
        let had_globals = std::mem::replace(&mut self.has_globals, false);
        visit(self);
        self.has_globals = had_globals;
    }
}

impl VisitMut for Script {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, ident: &mut Ident) {
        if self.ids.contains(&ident.to_id()) {
            ident.ctxt = free();
        }
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        match expr {
            Expr::This(this) if self.has_page => *expr = Self::global(this.span),
            Expr::Ident(ident) if self.is_of_page(ident) => {
                *expr = Self::member(&ident.sym).into();
            }
            _ => expr.visit_mut_children_with(self),
        }
    }

    fn visit_mut_simple_assign_target(&mut self, target: &mut SimpleAssignTarget) {
        match target {
            SimpleAssignTarget::Ident(name) if self.is_of_page(name) => {
                *target = Self::member(&name.sym).into();
            }
            _ => target.visit_mut_children_with(self),
        }
    }

    fn visit_mut_prop(&mut self, property: &mut Prop) {
        match property {
            Prop::Shorthand(name) if self.is_of_page(name) => {
                let value = Box::new(Self::member(&name.sym).into());
                *property = Prop::KeyValue(KeyValueProp { key: key_of(name), value });
            }
            _ => property.visit_mut_children_with(self),
        }
    }

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        match pattern {
            Pat::Ident(name) if self.is_of_page(&name.id) => {
                *pattern = Pat::Expr(Box::new(Self::member(&name.id.sym).into()));
            }
            _ => pattern.visit_mut_children_with(self),
        }
    }

    fn visit_mut_object_pat_prop(&mut self, property: &mut ObjectPatProp) {
        let ObjectPatProp::Assign(AssignPatProp { span, key, value }) = property else {
            return property.visit_mut_children_with(self);
        };
        value.visit_mut_with(self);
        if !self.is_of_page(&key.id) {
            return key.visit_mut_with(self);
        }
        let member = Pat::Expr(Box::new(Self::member(&key.id.sym).into()));
        let target = match value.take() {
            Some(right) => AssignPat { span: *span, left: Box::new(member), right }.into(),
            None => member,
        };
        let key = key_of(&key.id);
        *property = ObjectPatProp::KeyValue(KeyValuePatProp { key, value: Box::new(target) });
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        statement.visit_mut_children_with(self);
        if self.has_globals
            && let Stmt::Decl(Decl::Var(variables)) = statement
            && variables.kind == VarDeclKind::Var
        {
            let variables = variables.take();
            let span = variables.span;
            *statement = match assignments(*variables) {
                Some(expr) => ExprStmt { span, expr }.into(),
                None => Stmt::Empty(swc_ecma_ast::EmptyStmt { span }),
            };
        }
    }

    fn visit_mut_for_stmt(&mut self, statement: &mut ForStmt) {
        statement.visit_mut_children_with(self);
        if self.has_globals
            && let Some(VarDeclOrExpr::VarDecl(declaration)) = &mut statement.init
            && declaration.kind == VarDeclKind::Var
        {
            statement.init = assignments(*declaration.take()).map(VarDeclOrExpr::Expr);
        }
    }

    fn visit_mut_for_in_stmt(&mut self, statement: &mut ForInStmt) {
        statement.visit_mut_children_with(self);
        if self.has_globals {
            head_without_var(&mut statement.left);
        }
    }

    fn visit_mut_for_of_stmt(&mut self, statement: &mut ForOfStmt) {
        statement.visit_mut_children_with(self);
        if self.has_globals {
            head_without_var(&mut statement.left);
        }
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        self.with_own_this(|script| function.visit_mut_children_with(script));
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        self.with_own_variables(|script| arrow.visit_mut_children_with(script));
    }

    // Within a class its name is a binding of its own.
    fn visit_mut_class_decl(&mut self, declaration: &mut ClassDecl) {
        let id = declaration.ident.to_id();
        let is_global = self.ids.remove(&id);
        declaration.class.visit_mut_with(self);
        if is_global {
            self.ids.insert(id);
        }
    }

    fn visit_mut_static_block(&mut self, block: &mut StaticBlock) {
        self.with_own_this(|script| block.visit_mut_children_with(script));
    }

    fn visit_mut_class_prop(&mut self, property: &mut ClassProp) {
        property.key.visit_mut_with(self);
        self.with_own_this(|script| property.value.visit_mut_with(script));
    }

    fn visit_mut_private_prop(&mut self, property: &mut PrivateProp) {
        self.with_own_this(|script| property.value.visit_mut_with(script));
    }

    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        self.with_own_this(|script| constructor.visit_mut_children_with(script));
    }

    fn visit_mut_getter_prop(&mut self, getter: &mut GetterProp) {
        self.with_own_this(|script| getter.visit_mut_children_with(script));
    }

    fn visit_mut_setter_prop(&mut self, setter: &mut SetterProp) {
        self.with_own_this(|script| setter.visit_mut_children_with(script));
    }
}

fn is_directive(item: &ModuleItem) -> bool {
    matches!(item, ModuleItem::Stmt(Stmt::Expr(statement))
        if matches!(&*statement.expr, Expr::Lit(Lit::Str(_))))
}

/// Returns the assignments that a declaration makes; `None` if it makes none.
fn assignments(variables: VarDecl) -> Option<Box<Expr>> {
    let is_lexical = variables.kind != VarDeclKind::Var;
    let mut list = Vec::new();
    for declarator in variables.decls {
        let value = match declarator.init {
            Some(value) => value,
            None if is_lexical => Expr::undefined(DUMMY_SP),
            None => continue,
        };
        let Ok(left) = AssignTarget::try_from(declarator.name) else { continue };
        let span = declarator.span;
        list.push(AssignExpr { span, op: AssignOp::Assign, left, right: value }.into());
    }
    match list.len() {
        0 => None,
        1 => list.pop(),
        _ => Some(Box::new(Expr::Seq(SeqExpr { span: variables.span, exprs: list }))),
    }
}

/// Removes `var` from the head of a loop.
fn head_without_var(head: &mut ForHead) {
    if let ForHead::VarDecl(declaration) = head
        && declaration.kind == VarDeclKind::Var
        && let Some(declarator) = declaration.decls.pop()
    {
        *head = ForHead::Pat(Box::new(declarator.name));
    }
}
