//! Functions declared in blocks whose meaning would differ from the specification, in the target or
//! once other syntax is lowered. Each becomes a `let` at the start of its block, before any code
//! that could need it.
//!
//! - ECMAScript 5 has none in strict code.
//! - In sloppy code every old engine has plain ones and hoists them out of the block, as the pages
//!   of their time expect, so they are kept, except in two cases. In a loop that has variables for
//!   each iteration, a function of one iteration must not be the same as that of the next. In an ES
//!   module, which is strict, nothing is hoisted. The name that code outside of the block sees is
//!   then a `var`, set at the declaration's place (annex B of the specification). `scopes` gives
//!   the mentions of that name the same number.
//! - Async functions and generators stay local to their blocks, also in sloppy code; lowered to
//!   plain functions they would not.

use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_common::{DUMMY_SP, Mark, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    ArrowExpr, BlockStmt, CatchClause, Class, ClassDecl, ClassExpr, Decl, Expr, FnDecl, FnExpr,
    ForHead, ForInStmt, ForOfStmt, ForStmt, Function, FunctionBody, Id, Ident, Module, ModuleItem,
    Program, Stmt, SwitchStmt, VarDecl, VarDeclKind, VarDeclOrExpr,
};
use swc_ecma_utils::{IdentUsageFinder, StmtLike, find_pat_ids, private_ident};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::{build, statements};
use crate::features::body_is_strict;

/// The constructs that the target lacks.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub(super) struct Lacks {
    /// Functions in blocks of strict code.
    pub strict: bool,
    /// `let` and `const`.
    pub variables: bool,
    /// Async functions, async generators among them.
    pub asynchronous: bool,
    /// Generators.
    pub generators: bool,
    /// Functions that are seen outside of their blocks: the output is strict.
    pub hoisting: bool,
    /// `let`, and a pass that lowers it: the program had none.
    pub lowered_let: bool,
}

impl Lacks {
    /// Whether some functions may have to be rewritten.
    pub fn has_work(self) -> bool {
        self.strict || self.variables || self.asynchronous || self.generators || self.hoisting
    }

    /// Whether a function is lowered to a plain one.
    fn is_made_plain(self, function: &Function) -> bool {
        function.is_async && self.asynchronous || function.is_generator && self.generators
    }
}

/// Rewrites functions in blocks.
pub(super) fn lower(program: &mut Program, is_strict: bool, lacks: Lacks) {
    program.visit_mut_with(&mut BlockFunctions::new(lacks, is_strict));
}

/// Gives the functions in blocks of a sloppy script variables at its top level, where code outside
/// the blocks sees them. Functions inside functions stay.
pub(super) fn show(script: &mut Module) {
    let walk = BlockFunctions::new(Lacks { hoisting: true, ..Lacks::default() }, false);
    script.visit_mut_with(&mut BlockFunctions { is_of_script: true, ..walk });
}

struct BlockFunctions {
    lacks: Lacks,
    is_strict: bool,
    /// Whether the walk is in a loop that has variables for each iteration.
    is_in_loop: bool,
    /// Whether only the top level of a script is rewritten.
    is_of_script: bool,
    /// The names in the current function that code outside of the blocks sees.
    outside: Vec<Ident>,
    /// The names in the enclosing scopes of the current function that no function in a block may
    /// replace.
    lexical: Vec<Vec<Atom>>,
}

/// What a function in a block is rewritten to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LoweredAs {
    Itself,
    /// A variable of the block.
    Inside,
    /// A variable of the block that only shares its name with an outer one.
    Apart,
    /// A variable of the block, and one of the enclosing function.
    Both,
}

impl BlockFunctions {
    fn new(lacks: Lacks, is_strict: bool) -> Self {
        let (outside, lexical) = (Vec::new(), Vec::new());
        Self { lacks, is_strict, is_in_loop: false, is_of_script: false, outside, lexical }
    }

    /// Walks a function. The names of its parameters are the first that are in scope.
    fn inside_function(&mut self, params: Vec<Ident>, visit: impl FnOnce(&mut Self)) {
        let names = params.into_iter().map(|name| name.sym).collect();
        let outer = std::mem::replace(&mut self.lexical, vec![names]);
        visit(self);
        self.lexical = outer;
    }

    fn lowered_form(&self, FnDecl { ident, function, .. }: &FnDecl) -> LoweredAs {
        let is_newer = function.is_async || function.is_generator;
        let is_inside =
            if self.is_strict { self.lacks.strict } else { self.lacks.is_made_plain(function) };
        if is_inside {
            LoweredAs::Inside
        } else if !self.is_strict && self.lacks.variables && self.is_beside_lexical(&ident.sym) {
            LoweredAs::Apart
        } else if !self.is_strict
            && !is_newer
            && (self.lacks.hoisting || self.is_in_loop && self.lacks.variables)
        {
            LoweredAs::Both
        } else {
            LoweredAs::Itself
        }
    }

    /// Whether an enclosing scope declares a name by `let`, `const`, `class` or as a parameter.
    /// Then code outside of the block does not see a function with that name.
    fn is_beside_lexical(&self, name: &Atom) -> bool {
        self.lexical.iter().any(|names| names.contains(name))
    }

    /// Removes functions from the lists of statements of one block. Returns the variables for the
    /// start of the block.
    fn take<'a>(&mut self, lists: impl Iterator<Item = &'a mut Vec<Stmt>>) -> Vec<Stmt> {
        let mut lists: Vec<&mut Vec<Stmt>> = lists.collect();
        let names = self.names_inside(&lists);
        if !names.is_empty() {
            for statements in &mut lists {
                statements.visit_mut_with(&mut Rename { inside: &names });
            }
        }
        let outside: FxHashMap<Id, &Id> =
            names.iter().map(|(outside, inside)| (inside.to_id(), outside)).collect();
        // The last function with a name counts.
        let mut hoisted: IndexMap<Id, Stmt> = IndexMap::new();
        for statements in lists {
            for statement in statements.take() {
                match statement {
                    Stmt::Decl(Decl::Fn(function))
                        if self.lowered_form(&function) != LoweredAs::Itself =>
                    {
                        let inside = function.ident.clone();
                        let id = inside.to_id();
                        if let Some((name, context)) = outside.get(&id)
                            && !self.is_beside_lexical(name)
                        {
                            let name = Ident::new(name.clone(), DUMMY_SP, *context);
                            self.outside.extend((!hoisted.contains_key(&id)).then(|| name.clone()));
                            statements.push(build::statement(build::assign(name, inside.into())));
                        }
                        hoisted.insert(id, self.variable(function));
                    }
                    other => statements.push(other),
                }
            }
        }
        hoisted.into_values().collect()
    }

    /// Makes `let f = function f() { … }`. A function that mentions itself must mean the variable,
    /// not its own name, so its own name becomes another one.
    fn variable(&self, FnDecl { ident, function, .. }: FnDecl) -> Stmt {
        let own: Ident = if IdentUsageFinder::find(&ident, &function) {
            private_ident!(ident.sym.clone())
        } else {
            Ident { ctxt: SyntaxContext::empty().apply_mark(Mark::new()), ..ident.clone() }
        };
        let value = Expr::Fn(FnExpr { ident: Some(own), function });
        let decls = vec![build::declarator(ident, value)];
        let kind = if self.lacks.lowered_let { VarDeclKind::Var } else { VarDeclKind::Let };
        VarDecl { kind, decls, ..VarDecl::default() }.into()
    }

    /// Returns new names for use inside the block, for each function that is visible outside.
    fn names_inside(&self, lists: &[&mut Vec<Stmt>]) -> FxHashMap<Id, Ident> {
        let functions =
            lists.iter().flat_map(|statements| statements.iter()).filter_map(|statement| {
                match statement {
                    Stmt::Decl(Decl::Fn(function)) => Some(function),
                    _ => None,
                }
            });
        let is_renamed =
            |it: &&FnDecl| matches!(self.lowered_form(it), LoweredAs::Both | LoweredAs::Apart);
        let seen = functions.filter(is_renamed);
        seen.map(|function| (function.ident.to_id(), private_ident!(function.ident.sym.clone())))
            .collect()
    }

    fn scope<T: StmtLike>(&mut self, statements: &mut Vec<T>)
    where
        Vec<T>: VisitMutWith<Self>,
    {
        let outer = (std::mem::take(&mut self.outside), std::mem::take(&mut self.is_in_loop));
        let declared = statements.iter().filter_map(StmtLike::as_stmt).flat_map(lexical);
        self.lexical.push(declared.collect());
        statements.visit_mut_children_with(self);
        self.lexical.pop();
        let names;
        (names, self.is_in_loop) = (std::mem::replace(&mut self.outside, outer.0), outer.1);
        build::declare(names, statements);
    }
}

/// Returns the names that the head of a loop declares for the loop.
fn of_head(statement: &Stmt) -> Vec<Ident> {
    let of_declaration = |declaration: &VarDecl| match declaration.kind {
        VarDeclKind::Var => Vec::new(),
        _ => find_pat_ids::<_, Ident>(&declaration.decls),
    };
    match statement {
        Stmt::For(ForStmt { init: Some(VarDeclOrExpr::VarDecl(declaration)), .. })
        | Stmt::ForIn(ForInStmt { left: ForHead::VarDecl(declaration), .. })
        | Stmt::ForOf(ForOfStmt { left: ForHead::VarDecl(declaration), .. }) => {
            of_declaration(declaration)
        }
        _ => Vec::new(),
    }
}

/// Returns the names that a statement declares by `let`, `const` or `class`.
fn lexical(statement: &Stmt) -> Vec<Atom> {
    match statement {
        Stmt::Decl(Decl::Var(declaration)) if declaration.kind != VarDeclKind::Var => {
            let names = find_pat_ids::<_, Ident>(&declaration.decls);
            names.into_iter().map(|name| name.sym).collect()
        }
        Stmt::Decl(Decl::Class(class)) => vec![class.ident.sym.clone()],
        _ => Vec::new(),
    }
}

impl VisitMut for BlockFunctions {
    noop_visit_mut_type!();

    fn visit_mut_module_items(&mut self, items: &mut Vec<ModuleItem>) {
        self.scope(items);
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        if self.is_of_script {
            return;
        }
        let params = find_pat_ids::<_, Ident>(&function.params);
        self.inside_function(params, |walk| function.visit_mut_children_with(walk));
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        if self.is_of_script {
            return;
        }
        let params = find_pat_ids::<_, Ident>(&arrow.params);
        self.inside_function(params, |walk| arrow.visit_mut_children_with(walk));
    }

    fn visit_mut_function_body(&mut self, body: &mut FunctionBody) {
        let outer = self.is_strict;
        self.is_strict |= body_is_strict(body);
        self.scope(&mut body.stmts);
        self.is_strict = outer;
    }

    fn visit_mut_class(&mut self, class: &mut Class) {
        if self.is_of_script {
            return;
        }
        let outer = std::mem::replace(&mut self.is_strict, true);
        class.visit_mut_children_with(self);
        self.is_strict = outer;
    }

    fn visit_mut_block_stmt(&mut self, block: &mut BlockStmt) {
        let own = block.stmts.iter().flat_map(statements::lexical);
        self.lexical.push(own.map(|name| name.sym).collect());
        block.visit_mut_children_with(self);
        self.lexical.pop();
        let mut hoisted = self.take(std::iter::once(&mut block.stmts));
        if !hoisted.is_empty() {
            hoisted.append(&mut block.stmts);
            block.stmts = hoisted;
        }
    }

    fn visit_mut_catch_clause(&mut self, clause: &mut CatchClause) {
        self.lexical
            .push(find_pat_ids::<_, Ident>(&clause.param).into_iter().map(|it| it.sym).collect());
        clause.visit_mut_children_with(self);
        self.lexical.pop();
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        self.lexical.push(of_head(statement).into_iter().map(|name| name.sym).collect());
        self.statement(statement);
        self.lexical.pop();
    }
}

impl BlockFunctions {
    fn statement(&mut self, statement: &mut Stmt) {
        let outer = self.is_in_loop;
        self.is_in_loop |= is_loop(statement) && has_variables(statement);
        if let Stmt::If(branches) = statement {
            in_block(&mut branches.cons);
            branches.alt.iter_mut().for_each(|branch| in_block(branch));
        }
        let cases = statement.as_switch().map_or(&[][..], |switch| &switch.cases);
        let own = cases.iter().flat_map(|case| &case.cons).flat_map(statements::lexical);
        self.lexical.push(own.map(|name| name.sym).collect());
        statement.visit_mut_children_with(self);
        self.lexical.pop();
        if let Stmt::Switch(switch) = statement {
            // All cases share one scope, and none is certain to run, so the variables are declared
            // before the `switch`.
            let mut stmts = self.functions_of(switch);
            if !stmts.is_empty() {
                // The functions may read what the cases declare.
                let names = variables_of(switch);
                if !names.is_empty() {
                    let decls = names.into_iter().map(build::declared).collect();
                    let kind = VarDeclKind::Let;
                    stmts.insert(0, VarDecl { kind, decls, ..VarDecl::default() }.into());
                }
                stmts.push(statement.take());
                *statement = Stmt::Block(BlockStmt { stmts, ..BlockStmt::default() });
            }
        }
        self.is_in_loop = outer;
    }

    fn functions_of(&mut self, switch: &mut SwitchStmt) -> Vec<Stmt> {
        self.take(switch.cases.iter_mut().map(|case| &mut case.cons))
    }
}

/// Turns declarations by `let`, `const` and `class` in the cases of a `switch` into assignments.
/// Returns the names.
fn variables_of(switch: &mut SwitchStmt) -> Vec<Ident> {
    let mut names: Vec<Ident> = Vec::new();
    for case in &mut switch.cases {
        for statement in case.cons.take() {
            let values = match statement {
                Stmt::Decl(Decl::Var(declaration)) if declaration.kind != VarDeclKind::Var => {
                    names.extend(find_pat_ids::<_, Ident>(&declaration.decls));
                    declaration.decls.into_iter().filter_map(build::assignment).collect()
                }
                Stmt::Decl(Decl::Class(ClassDecl { ident, class, .. })) => {
                    names.push(ident.clone());
                    let value = ClassExpr { ident: Some(ident.clone()), class };
                    vec![build::assign(ident, value.into())]
                }
                statement => {
                    case.cons.push(statement);
                    continue;
                }
            };
            case.cons.extend(values.into_iter().map(build::statement));
        }
    }
    names
}

/// Rewrites `if (x) function f() {}` to `if (x) { function f() {} }`.
fn in_block(branch: &mut Stmt) {
    if matches!(branch, Stmt::Decl(Decl::Fn(_))) {
        *branch = Stmt::Block(BlockStmt { stmts: vec![branch.take()], ..BlockStmt::default() });
    }
}

fn is_loop(statement: &Stmt) -> bool {
    matches!(
        statement,
        Stmt::For(_) | Stmt::ForIn(_) | Stmt::ForOf(_) | Stmt::While(_) | Stmt::DoWhile(_)
    )
}

/// Whether a statement contains declarations by `let`, `const` or `class`.
fn has_variables(statement: &Stmt) -> bool {
    let mut found = Lexical(false);
    statement.visit_with(&mut found);
    found.0
}

struct Lexical(bool);

impl Visit for Lexical {
    noop_visit_type!();

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        self.0 |= declaration.kind != VarDeclKind::Var;
    }

    fn visit_class_decl(&mut self, _: &ClassDecl) {
        self.0 = true;
    }

    fn visit_expr(&mut self, _: &Expr) {}

    fn visit_function(&mut self, _: &Function) {}
}

/// Gives names the identity that they have inside the block.
struct Rename<'a> {
    inside: &'a FxHashMap<Id, Ident>,
}

impl VisitMut for Rename<'_> {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if let Some(inside) = self.inside.get(&name.to_id()) {
            name.ctxt = inside.ctxt;
        }
    }
}
