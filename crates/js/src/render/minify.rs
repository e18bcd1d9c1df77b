//! One part, made small: names only this part mentions are inlined or dropped, statements are
//! compressed, local names become letters, and white space goes. It works on the part alone, so it
//! is parallel and remembered; names in the chunk's scope stay slots.
//!
//! swc's compressor needs scopes that are true: hygiene and the resolver run anew, under `Globals`
//! of their own, so the result doesn't depend on what was rendered before. What others see is held
//! by `export { … }` while it runs; what comes from elsewhere is a free name, which may change at
//! any call. The body of a module that runs late is a function that a free name is called with, so
//! that its names are that function's own.

use bundle_base::Config;
use bundle_graph::{
    plan::{RenderPlan, Wrap},
    record::SymbolIndex,
};
use rustc_hash::FxHashSet;
use swc_common::{
    DUMMY_SP, GLOBALS, Globals, Mark, SyntaxContext,
    comments::{Comment, SingleThreadedComments},
};
use swc_ecma_ast::{
    CallExpr, Callee, Expr, ExprOrSpread, ExprStmt, FnExpr, Function, FunctionBody, Ident, Module,
    ModuleItem, Param, Pat, Program, Script, Stmt,
};
use swc_ecma_transforms_base::{fixer::fixer, rename::contains_eval, resolver};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    RenderedModule, copy::Line, lazy, mapping::Mapping, names, positions, scopes, sequences,
    shadowed, slot, writer,
};
use crate::{
    analyse::awaits,
    ast::Ast,
    features::{Feature, Support},
};

mod blocks; // functions declared in blocks
pub(crate) mod chunk; // a whole chunk once more
pub(crate) mod comments; // legal comments of what lives
mod compress; // swc's compressor, held in check
mod depth; // what nests too deeply to be compressed
mod directives; // "use strict", and what could be taken for it
mod early_reads; // variables that are read before they are set
mod effects; // what the compressor takes for silent
mod escaping; // functions in blocks that are seen outside
mod hidden; // what the compressor would change the meaning of
mod lifted; // variables that came to the top level
mod local; // names that a lazy module keeps to itself
mod mangle; // letters for local names
mod movable; // functions that may move to the one place that mentions them
mod proto; // methods called `__proto__`
mod receivers; // calls that have no object stay without one

/// The callee that holds the body of a wrapped module while it is compressed; no slot has that
/// number.
const HOLDER: u32 = u32::MAX;

/// Marks of the part's own resolver run.
#[derive(Clone, Copy)]
struct Marks {
    unresolved: Mark,
    top_level: Mark,
}

/// Renders lines whose bindings have been put in. `shared`: its own symbols that others mention,
/// rising; with the legal comments of what lives.
pub(super) fn run(
    lines: Vec<Line>,
    (shared, legal): (&[SymbolIndex], &[Comment]),
    (ast, plan, mapping): (&Ast, &RenderPlan, Mapping<'_>),
    config: &Config,
) -> RenderedModule {
    let items = lines.into_iter().map(|line| ModuleItem::Stmt(line.statement)).collect();
    let mut module = Module { body: items, ..Module::default() };
    names::rename(&mut module, plan.wrap);
    module.visit_mut_with(&mut Forget);
    let statements = module.body.into_iter().filter_map(ModuleItem::stmt).collect();
    let annotations = ast.comments.restore();
    GLOBALS.set(&Globals::new(), || {
        let marks = Marks { unresolved: Mark::new(), top_level: Mark::new() };
        let part = Part { ast, plan, mapping, shared, config, marks, annotations: &annotations };
        let made = part.compressed(statements);
        part.printed(made, legal)
    })
}

/// A program in its last form but for parentheses.
struct Compressed {
    module: Module,
    /// How many variables came to its top level.
    lifted: u32,
    /// Free names, sorted.
    globals: Vec<String>,
    /// Names are seen by what is no name.
    has_eval: bool,
}

struct Part<'a> {
    ast: &'a Ast,
    plan: &'a RenderPlan,
    mapping: Mapping<'a>,
    shared: &'a [SymbolIndex],
    config: &'a Config,
    marks: Marks,
    annotations: &'a SingleThreadedComments,
}

impl Part<'_> {
    /// The program with its names made short.
    fn compressed(&self, mut statements: Vec<Stmt>) -> Compressed {
        let mut hoisted = Vec::new();
        let has_eval = statements.iter().any(|s| contains_eval(s, true));
        if self.plan.wrap == Wrap::Lazy {
            if !has_eval {
                local::keep(&mut statements, self.shared);
            }
            hoisted = split(&mut statements);
        }
        let is_async = statements.iter().any(awaits::stands_in);
        let mut program = match self.plan.wrap {
            Wrap::Hoisted => compress::with_exports(statements, self.shared),
            Wrap::Lazy => {
                hoisted.push(held(statements, &[], is_async));
                compress::with_exports(hoisted, self.shared)
            }
            // Its strictness is its own: a module would be strict.
            Wrap::CommonJs => Program::Script(Script {
                body: vec![held(statements, &["module", "exports"], false)],
                ..Script::default()
            }),
        };
        program.mutate(resolver(self.marks.unresolved, self.marks.top_level, false));
        let escapes = || self.plan.wrap == Wrap::CommonJs && escaping::has(&program);
        let stays = has_eval || depth::is_great(&program) || escapes();
        directives::drop_false(&mut program);
        if !stays {
            program = compress::run(program, self.marks, (self.annotations, 1), self.config);
        }
        let mut module = plain(program);
        if !stays && !Support::of(&self.config.script.target).has(Feature::BlockFunction) {
            blocks::to_variables(&mut module);
        }
        if let Some(function) = module.body.iter_mut().find_map(holder) {
            if !has_eval {
                drop_unused_parameters(function);
            }
            function.body.iter_mut().for_each(directives::drop_repeated);
        }
        let lifted = lifted::to_slots(&mut module, self.first_free_slot());
        let globals = names::free(&module, self.marks.unresolved);
        mangle::run(&mut module, self.marks.top_level, (has_eval, FxHashSet::default()));
        Compressed { module, lifted, globals, has_eval }
    }

    fn first_free_slot(&self) -> u32 {
        let taken = self.plan.bindings.len() + self.plan.calls.len() + self.plan.members.len();
        u32::try_from(taken).expect("a module has under 2^32 slots")
    }

    fn printed(&self, made: Compressed, legal: &[Comment]) -> RenderedModule {
        let Compressed { mut module, lifted, globals, has_eval } = made;
        if self.plan.wrap == Wrap::Hoisted && !has_eval {
            let calls = writer::calls(self.plan);
            movable::mark(&mut module, self.shared, |slot| !calls.contains(&slot));
        }
        shadowed::unname(&mut module);
        sequences::settle(&mut module);
        module.visit_mut_with(&mut fixer(None));
        let scopes = scopes::of(&module, Wrap::Hoisted);
        let mut parameters = None;
        let mut body = Vec::new();
        let mut statements = Vec::new();
        for mut item in module.body {
            if let Some(function) = holder(&mut item) {
                body = function.body.take().map_or_else(Vec::new, |body| body.stmts);
                parameters = Some(function.params.iter().filter_map(parameter_name).collect());
            } else {
                statements.extend(item.stmt());
            }
        }
        if self.plan.wrap == Wrap::Hoisted {
            std::mem::swap(&mut statements, &mut body);
        }
        if self.mapping != Mapping::None {
            for statements in [&mut statements, &mut body] {
                positions::keep_new(statements, self.ast);
                positions::inherit(statements);
            }
        }
        let mapper = || writer::mapper(self.ast, self.plan, self.mapping);
        let (hoisted, _) = writer::compact((&statements, |_| false), &[], mapper(), self.config);
        let (body, rest) =
            writer::compact((&body, movable::is_function), legal, mapper(), self.config);
        RenderedModule {
            hoisted,
            body,
            rest,
            globals,
            scopes,
            parameters: parameters.filter(|_| self.plan.wrap == Wrap::CommonJs),
            lifted,
        }
    }
}

/// `#(function (parameters) { statements });`
fn held(statements: Vec<Stmt>, parameters: &[&str], is_async: bool) -> Stmt {
    let parameter = |name: &&str| Param {
        span: DUMMY_SP,
        decorators: Vec::new(),
        pat: Pat::Ident(Ident::new_no_ctxt((*name).into(), DUMMY_SP).into()),
    };
    let function = Function {
        params: parameters.iter().map(parameter).collect(),
        body: Some(FunctionBody { span: DUMMY_SP, stmts: statements }),
        is_async,
        ..Function::default()
    };
    let function = Expr::Fn(FnExpr { ident: None, function: Box::new(function) });
    let callee = Callee::Expr(Box::new(Expr::Ident(slot::ident(HOLDER, DUMMY_SP))));
    let args = vec![ExprOrSpread { spread: None, expr: Box::new(function) }];
    let call = Expr::Call(CallExpr { callee, args, ..CallExpr::default() });
    Stmt::Expr(ExprStmt { span: DUMMY_SP, expr: Box::new(call) })
}

/// The function that a statement holds.
fn holder(item: &mut ModuleItem) -> Option<&mut Function> {
    let ModuleItem::Stmt(Stmt::Expr(statement)) = item else { return None };
    let Expr::Call(call) = &mut *statement.expr else { return None };
    let name = call.callee.as_expr()?.as_ident()?;
    if slot::number(&name.sym) != Some(HOLDER) {
        return None;
    }
    match &mut *call.args.first_mut()?.expr {
        Expr::Fn(function) => Some(&mut function.function),
        other => unreachable!(
            "the compressor made {other:?} of a function that it does not know the use of"
        ),
    }
}

fn parameter_name(parameter: &Param) -> Option<String> {
    Some(parameter.pat.as_ident()?.id.sym.as_str().to_owned())
}

/// From the end: glue passes the others by position.
fn drop_unused_parameters(function: &mut Function) {
    while let Some(Pat::Ident(last)) = function.params.last().map(|p| &p.pat) {
        let id = last.id.to_id();
        if function.body.as_ref().is_some_and(|body| names::mentions(body, &id)) {
            break;
        }
        function.params.pop();
    }
}

/// What a lazy module puts into the chunk's scope; the rest stays.
fn split(statements: &mut Vec<Stmt>) -> Vec<Stmt> {
    let line = |statement| Line { statement, comments: Vec::new() };
    let mut lines = statements.drain(..).map(line).collect();
    let hoisted = lazy::split(&mut lines);
    statements.extend(lines.into_iter().map(|line| line.statement));
    hoisted.into_iter().map(|line| line.statement).collect()
}

/// Statements alone: exports were there for the compressor.
fn plain(program: Program) -> Module {
    match program {
        Program::Module(mut module) => {
            module.body.retain(|item| matches!(item, ModuleItem::Stmt(_)));
            module
        }
        Program::Script(script) => Module {
            body: script.body.into_iter().map(ModuleItem::Stmt).collect(),
            ..Module::default()
        },
    }
}

/// Contexts of other `Globals` mean nothing: after hygiene a name's text says who it is.
struct Forget;

impl VisitMut for Forget {
    noop_visit_mut_type!();

    fn visit_mut_syntax_context(&mut self, context: &mut SyntaxContext) {
        *context = SyntaxContext::empty();
    }
}
