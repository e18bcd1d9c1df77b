//! Minifies one part: inlines or drops names that only this part mentions, compresses statements,
//! shortens local names and removes white space. It sees only this part, so parts are minified in
//! parallel and the results are cached; names in the chunk's scope stay slots.
//!
//! Names from elsewhere are free names, which may change at any call. The body of a module that
//! runs late is a function that is passed to a free name, so that the module's names are local to
//! it.

use bundle_base::search;
use bundle_graph::{plan::Wrap, record::SymbolIndex};
use swc_common::{DUMMY_SP, comments::Comment};
use swc_ecma_ast::{
    CallExpr, Callee, Expr, ExprOrSpread, ExprStmt, FnExpr, Function, FunctionBody, Ident, Module,
    ModuleItem, Param, Pat, Stmt,
};

use super::{copy::Line, lazy, names, part::Part, rendered::RenderedModule, slot, writer};
use crate::{
    analyse::awaits,
    compress::{self, CompressInput},
    features::Support,
};
use shape::Shape;

pub(crate) mod chunk; // minifying of a whole chunk after its modules
pub(crate) mod comments; // the legal comments of live code
mod directives; // removes redundant directives
mod local; // names that a lazy module can keep local
mod mangle; // short names for locals
mod movable; // functions that may move to the one place that mentions them
mod private_names; // short names for private members of classes
mod shape; // what keeps a program from being compressed

/// The callee that holds the body of a wrapped module while it is compressed. No slot has that
/// number.
const HOLDER: u32 = u32::MAX;

/// Minifies lines whose bindings have been replaced. `cross_module_symbols`: the part's own symbols
/// that other modules mention, in ascending order. `legal`: the legal comments of its live code.
pub(super) fn run(
    lines: Vec<Line>,
    cross_module_symbols: &[SymbolIndex],
    legal: &[Comment],
    part: Part<'_>,
) -> RenderedModule {
    let items = lines.into_iter().map(|line| ModuleItem::Stmt(line.statement)).collect();
    let module = Module { body: items, ..Module::default() };
    let minify = Minify { part, cross_module_symbols };
    let made = minify.compressed(module);
    minify.printed(made, legal)
}

/// A compressed program.
struct Compressed {
    module: Module,
    /// How many variables of its top level the compressor made.
    lifted: u32,
    /// It contains a direct `eval`, which can see its names.
    has_eval: bool,
}

struct Minify<'a> {
    part: Part<'a>,
    cross_module_symbols: &'a [SymbolIndex],
}

impl Minify<'_> {
    /// Compresses the program and shortens its names.
    fn compressed(&self, module: Module) -> Compressed {
        let is_strict = self.part.ast.scopes.is_strict;
        let shape = Shape::of(&module);
        let has_eval = shape.has_eval;
        let mut statements: Vec<Stmt> =
            module.body.into_iter().filter_map(ModuleItem::stmt).collect();
        let mut hoisted = Vec::new();
        if self.part.plan.wrap == Wrap::Lazy {
            if !has_eval {
                local::keep(&mut statements, self.cross_module_symbols);
            }
            hoisted = split(&mut statements);
        }
        let body = match self.part.plan.wrap {
            Wrap::Hoisted => statements,
            Wrap::Lazy => {
                let is_async = statements.iter().any(awaits::contains_await);
                hoisted.push(held(statements, Vec::new(), is_async));
                hoisted
            }
            Wrap::CommonJs => {
                // A `var` of the module with the name of a parameter is the parameter.
                let parameter = |name: &str| {
                    Ident::new(name.into(), DUMMY_SP, self.part.ast.scopes.context_at_top(name))
                };
                let parameters = vec![parameter("module"), parameter("exports")];
                vec![held(statements, parameters, false)]
            }
        };
        let body = body.into_iter().map(ModuleItem::Stmt).collect();
        let mut lifted = 0;
        let mut module = Module { body, ..Module::default() };
        let has_private = !has_eval && search::contains(&self.part.ast.source.text, "#");
        if has_private {
            private_names::set_apart(&mut module);
        }
        if shape.is_compressed() {
            let support = Support::of(&self.part.config.script.target);
            let facts = CompressInput { support, comments: &self.part.ast.comments };
            let is_shared = |name: &str| {
                slot::number(name).is_some_and(|it| {
                    self.cross_module_symbols.binary_search(&SymbolIndex(it)).is_ok()
                })
            };
            let first = self.first_free_slot();
            let next = || {
                lifted += 1;
                slot::ident(first + lifted - 1, DUMMY_SP).sym
            };
            compress::run(&mut module, is_strict, facts, is_shared, next);
        }
        if let Some(function) = module.body.iter_mut().find_map(holder) {
            if !has_eval {
                drop_unused_parameters(function);
            }
            function.body.iter_mut().for_each(directives::drop_repeated);
        }
        mangle::run(&mut module, is_strict, |_| false);
        if has_private {
            private_names::shorten(&mut module);
        }
        Compressed { module, lifted, has_eval }
    }

    fn first_free_slot(&self) -> u32 {
        let taken = self.part.plan.bindings.len()
            + self.part.plan.calls.len()
            + self.part.plan.members.len();
        u32::try_from(taken).expect("a module has under 2^32 slots")
    }

    fn printed(&self, made: Compressed, legal: &[Comment]) -> RenderedModule {
        let Compressed { mut module, lifted, has_eval } = made;
        if self.part.plan.wrap == Wrap::Hoisted && !has_eval {
            let calls = writer::calls(self.part.plan);
            movable::mark(&mut module, self.cross_module_symbols, |slot| !calls.contains(&slot));
        }
        let found = names::of_held(&module, is_holder);
        let (mut parameters, mut wrapper) = (None, Vec::new());
        let mut body = Vec::new();
        let mut statements = Vec::new();
        for mut item in module.body {
            if let Some(function) = holder(&mut item) {
                body = function.body.take().map_or_else(Vec::new, |body| body.stmts);
                let names: Vec<String> =
                    function.params.iter().filter_map(parameter_name).collect();
                wrapper = found.in_wrapper(&names);
                parameters = Some(names);
            } else {
                statements.extend(item.stmt());
            }
        }
        if self.part.plan.wrap == Wrap::Hoisted {
            std::mem::swap(&mut statements, &mut body);
        }
        let mapper = || writer::mapper(self.part);
        let (hoisted, _) = writer::compact(&statements, |_| false, &[], mapper(), self.part.config);
        let (body, rest) =
            writer::compact(&body, movable::is_function, legal, mapper(), self.part.config);
        RenderedModule {
            hoisted,
            body,
            rest,
            globals: found.globals(),
            scopes: found.local,
            wrapper,
            parameters: parameters.filter(|_| self.part.plan.wrap == Wrap::CommonJs),
            lifted,
        }
    }
}

/// Makes `#(function (parameters) { statements });`.
fn held(statements: Vec<Stmt>, parameters: Vec<Ident>, is_async: bool) -> Stmt {
    let parameter =
        |name| Param { span: DUMMY_SP, decorators: Vec::new(), pat: Pat::Ident(Ident::into(name)) };
    let function = Function {
        params: parameters.into_iter().map(parameter).collect(),
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
    if !is_holder(item) {
        return None;
    }
    let call = item.as_mut_stmt()?.as_mut_expr()?.expr.as_mut_call()?;
    match &mut *call.args.first_mut()?.expr {
        Expr::Fn(function) => Some(&mut function.function),
        other => unreachable!(
            "the compressor made {other:?} of a function that it does not know the use of"
        ),
    }
}

fn is_holder(item: &ModuleItem) -> bool {
    let ModuleItem::Stmt(Stmt::Expr(statement)) = item else { return false };
    let Expr::Call(call) = &*statement.expr else { return false };
    let name = call.callee.as_expr().and_then(|callee| callee.as_ident());
    name.is_some_and(|name| slot::number(&name.sym) == Some(HOLDER))
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
