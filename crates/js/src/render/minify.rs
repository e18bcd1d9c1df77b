//! Minifies one part: inlines or drops names that only this part mentions, compresses statements,
//! shortens local names and removes white space. It sees only this part, so parts are minified in
//! parallel and the results are cached; names in the chunk's scope stay slots.
//!
//! swc's compressor needs correct scopes, so hygiene and the resolver run again under new
//! `Globals`; the result then does not depend on what was rendered before. While the compressor
//! runs, `export { … }` keeps the names that other modules see, and names from elsewhere are free
//! names, which may change at any call. The body of a module that runs late is a function that is
//! passed to a free name, so that the module's names are local to it.

use bundle_graph::{plan::Wrap, record::SymbolIndex};
use rustc_hash::FxHashSet;
use swc_common::{
    DUMMY_SP, GLOBALS, Globals, Mark, SyntaxContext,
    comments::{Comment, SingleThreadedComments},
};
use swc_ecma_ast::{
    CallExpr, Callee, Expr, ExprOrSpread, ExprStmt, FnExpr, Function, FunctionBody, Ident, Module,
    ModuleItem, Param, Pat, Program, Script, Stmt,
};
use swc_ecma_transforms_base::{rename::contains_eval, resolver};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    copy::Line, lazy, mapping::Mapping, names, part::Part, positions, rendered::RenderedModule,
    scopes, slot, writer,
};
use crate::{
    analyse::awaits,
    features::{Feature, Support},
};
use marks::Marks;

mod blocks; // functions declared in blocks
pub(crate) mod chunk; // minifying of a whole chunk after its modules
pub(crate) mod comments; // the legal comments of live code
mod compress; // swc's compressor, and the guards around it
mod depth; // nesting too deep for the compressor
mod directives; // "use strict", and strings that could be taken for it
mod early_reads; // variables that are read before they are set
mod effects; // expressions that the compressor wrongly takes for free of side effects
mod escaping; // functions in blocks that code outside the blocks sees
mod hidden; // code whose meaning the compressor would change
mod lifted; // variables that the compressor moved to the top level
mod local; // names that a lazy module can keep local
mod mangle; // short names for locals
mod marks; // the marks of the resolver run
mod movable; // functions that may move to the one place that mentions them
mod proto; // methods called `__proto__`
mod receivers; // calls without an object that must not get one

/// The callee that holds the body of a wrapped module while it is compressed. No slot has that
/// number.
const HOLDER: u32 = u32::MAX;

/// Minifies lines whose bindings have been replaced. `shared`: the part's own symbols that other
/// modules mention, ascending. `legal`: the legal comments of its live code.
pub(super) fn run(
    lines: Vec<Line>,
    shared: &[SymbolIndex],
    legal: &[Comment],
    part: Part<'_>,
) -> RenderedModule {
    let items = lines.into_iter().map(|line| ModuleItem::Stmt(line.statement)).collect();
    let mut module = Module { body: items, ..Module::default() };
    names::rename(&mut module, part);
    module.visit_mut_with(&mut Forget);
    let statements = module.body.into_iter().filter_map(ModuleItem::stmt).collect();
    let annotations = part.ast.comments.restore();
    GLOBALS.set(&Globals::new(), || {
        let marks = Marks { unresolved: Mark::new(), top_level: Mark::new() };
        let minify = Minify { part, shared, marks, annotations: &annotations };
        let made = minify.compressed(statements);
        minify.printed(made, legal)
    })
}

/// A compressed program.
struct Compressed {
    module: Module,
    /// How many variables the compressor moved to its top level.
    lifted: u32,
    /// Free names, sorted.
    globals: Vec<String>,
    /// It contains a direct `eval`, which can see its names.
    has_eval: bool,
}

struct Minify<'a> {
    part: Part<'a>,
    shared: &'a [SymbolIndex],
    marks: Marks,
    annotations: &'a SingleThreadedComments,
}

impl Minify<'_> {
    /// Compresses the program and shortens its names.
    fn compressed(&self, mut statements: Vec<Stmt>) -> Compressed {
        let mut hoisted = Vec::new();
        let has_eval = statements.iter().any(|s| contains_eval(s, true));
        if self.part.plan.wrap == Wrap::Lazy {
            if !has_eval {
                local::keep(&mut statements, self.shared);
            }
            hoisted = split(&mut statements);
        }
        let is_async = statements.iter().any(awaits::contains_await);
        let mut program = match self.part.plan.wrap {
            Wrap::Hoisted => compress::with_exports(statements, self.shared),
            Wrap::Lazy => {
                hoisted.push(held(statements, &[], is_async));
                compress::with_exports(hoisted, self.shared)
            }
            // A CommonJS body may be sloppy, and a module would be strict.
            Wrap::CommonJs => Program::Script(Script {
                body: vec![held(statements, &["module", "exports"], false)],
                ..Script::default()
            }),
        };
        program.mutate(resolver(self.marks.unresolved, self.marks.top_level, false));
        let escapes = || self.part.plan.wrap == Wrap::CommonJs && escaping::has(&program);
        let stays = has_eval || depth::is_great(&program) || escapes();
        directives::drop_false(&mut program);
        if !stays {
            program = compress::run(program, self.marks, (self.annotations, 1), self.part.config);
        }
        let mut module = plain(program);
        if !stays && !Support::of(&self.part.config.script.target).has(Feature::BlockFunction) {
            blocks::to_variables(&mut module);
        }
        if let Some(function) = module.body.iter_mut().find_map(holder) {
            if !has_eval {
                drop_unused_parameters(function);
            }
            function.body.iter_mut().for_each(directives::drop_repeated);
        }
        let lifted = lifted::to_slots(&mut module, self.first_free_slot());
        let globals = names::free(&module, self.marks.free());
        mangle::run(&mut module, self.marks.top_level, (has_eval, FxHashSet::default()));
        Compressed { module, lifted, globals, has_eval }
    }

    fn first_free_slot(&self) -> u32 {
        let taken = self.part.plan.bindings.len()
            + self.part.plan.calls.len()
            + self.part.plan.members.len();
        u32::try_from(taken).expect("a module has under 2^32 slots")
    }

    fn printed(&self, made: Compressed, legal: &[Comment]) -> RenderedModule {
        let Compressed { mut module, lifted, globals, has_eval } = made;
        if self.part.plan.wrap == Wrap::Hoisted && !has_eval {
            let calls = writer::calls(self.part.plan);
            movable::mark(&mut module, self.shared, |slot| !calls.contains(&slot));
        }
        let scopes = scopes::of(&module, Wrap::Hoisted);
        let (mut parameters, mut wrapper) = (None, Vec::new());
        let mut body = Vec::new();
        let mut statements = Vec::new();
        for mut item in module.body {
            if let Some(function) = holder(&mut item) {
                body = function.body.take().map_or_else(Vec::new, |body| body.stmts);
                let names: Vec<String> =
                    function.params.iter().filter_map(parameter_name).collect();
                wrapper = scopes::of_wrapper(&body, &names);
                parameters = Some(names);
            } else {
                statements.extend(item.stmt());
            }
        }
        if self.part.plan.wrap == Wrap::Hoisted {
            std::mem::swap(&mut statements, &mut body);
        }
        if self.part.mapping != Mapping::None {
            for statements in [&mut statements, &mut body] {
                positions::keep_new(statements, self.part.ast);
            }
        }
        let mapper = || writer::mapper(self.part);
        let (hoisted, _) =
            writer::compact((&statements, |_| false), &[], mapper(), self.part.config);
        let (body, rest) =
            writer::compact((&body, movable::is_function), legal, mapper(), self.part.config);
        RenderedModule {
            hoisted,
            body,
            rest,
            globals,
            scopes,
            wrapper,
            parameters: parameters.filter(|_| self.part.plan.wrap == Wrap::CommonJs),
            lifted,
        }
    }
}

/// Makes `#(function (parameters) { statements });`.
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

/// Returns the function that such a statement holds.
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

/// Drops unused parameters at the end only, because the wrapper passes arguments by position.
fn drop_unused_parameters(function: &mut Function) {
    while let Some(Pat::Ident(last)) = function.params.last().map(|p| &p.pat) {
        let id = last.id.to_id();
        if function.body.as_ref().is_some_and(|body| names::mentions(body, &id)) {
            break;
        }
        function.params.pop();
    }
}

/// Moves what a lazy module declares in the chunk's scope out of its statements.
fn split(statements: &mut Vec<Stmt>) -> Vec<Stmt> {
    let line = |statement| Line { statement, comments: Vec::new() };
    let mut lines = statements.drain(..).map(line).collect();
    let hoisted = lazy::split(&mut lines);
    statements.extend(lines.into_iter().map(|line| line.statement));
    hoisted.into_iter().map(|line| line.statement).collect()
}

/// Drops the exports that were added for the compressor.
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

/// Clears the syntax contexts of other `Globals`. After hygiene, a name's text alone identifies it.
struct Forget;

impl VisitMut for Forget {
    noop_visit_mut_type!();

    fn visit_mut_syntax_context(&mut self, context: &mut SyntaxContext) {
        *context = SyntaxContext::empty();
    }
}
