//! Classic scripts (`?script`, `rules`) in a bundle: their top-level names are globals, `this` is
//! the page's global object, and `module`, `exports`, `require` and `define` are what the page has
//! under these names. A bundle puts every module into a function, so declarations become
//! assignments to free names:
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
    ArrowExpr, AssignExpr, AssignOp, AssignTarget, BinExpr, BinaryOp, ClassDecl, ClassExpr,
    ClassProp, Constructor, Decl, Expr, ExprStmt, FnExpr, ForHead, ForInStmt, ForOfStmt, ForStmt,
    Function, GetterProp, Id, Ident, IdentName, Lit, MemberExpr, MemberProp, Module, ModuleItem,
    ParenExpr, PrivateProp, Program, SeqExpr, SetterProp, StaticBlock, Stmt, Str, VarDecl,
    VarDeclKind, VarDeclOrExpr,
};
use swc_ecma_utils::{find_pat_ids, private_ident};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use crate::scopes::free;

/// Names that a bundler gives to modules, and a page to its scripts.
const OF_LOADERS: [&str; 4] = ["define", "exports", "module", "require"];

/// Makes the top-level names of a script globals. Names must be resolved, and types stripped.
pub(super) fn make_global(program: &mut Program) {
    let Program::Module(module) = program else { return };
    let mut declared = Declared::default();
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
                let name = function.ident.sym;
                let own_name = private_ident!(name.clone());
                let value = FnExpr { ident: Some(own_name), function: function.function };
                let set = Self::set(Self::member(&name).into(), value.into(), DUMMY_SP);
                self.names.shift_remove(&name);
                self.functions.push(set);
                None
            }
            Decl::Class(class) => {
                let (name, span) = (Self::global_name(&class.ident), class.class.span);
                let value = ClassExpr { ident: Some(class.ident), class: class.class };
                Some(ModuleItem::Stmt(Self::set(name.into(), value.into(), span)))
            }
            Decl::Var(variables) => {
                let span = variables.span;
                let expr = assignments(*variables)?;
                Some(ModuleItem::Stmt(ExprStmt { span, expr }.into()))
            }
            other => Some(ModuleItem::Stmt(Stmt::Decl(other))),
        }
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
    fn inside(&mut self, visit: impl FnOnce(&mut Self)) {
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
            Expr::Ident(ident)
                if ident.ctxt == free() && OF_LOADERS.contains(&ident.sym.as_str()) =>
            {
                *expr = Self::member(&ident.sym).into();
            }
            _ => expr.visit_mut_children_with(self),
        }
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
        self.inside(|script| function.visit_mut_children_with(script));
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
        self.inside(|script| block.visit_mut_children_with(script));
    }

    fn visit_mut_class_prop(&mut self, property: &mut ClassProp) {
        property.key.visit_mut_with(self);
        self.inside(|script| property.value.visit_mut_with(script));
    }

    fn visit_mut_private_prop(&mut self, property: &mut PrivateProp) {
        self.inside(|script| property.value.visit_mut_with(script));
    }

    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        self.inside(|script| constructor.visit_mut_children_with(script));
    }

    fn visit_mut_getter_prop(&mut self, getter: &mut GetterProp) {
        self.inside(|script| getter.visit_mut_children_with(script));
    }

    fn visit_mut_setter_prop(&mut self, setter: &mut SetterProp) {
        self.inside(|script| setter.visit_mut_children_with(script));
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
