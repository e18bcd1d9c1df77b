//! `Ast` and `RenderPlan` → text with slots. Takes the live statements (or copies them, if the AST
//! has other owners), replaces names and calls as the plan specifies, splits an ES module that runs
//! late into declarations and a body, renames locals that would capture a linked name, and prints.
//! In the AST a linked name is one identifier whose text is `#` and the number of its slot. No
//! program can contain such an identifier, and the printer writes nothing for it.

use std::sync::Arc;

use bundle_base::Config;
use bundle_graph::plan::{RenderPlan, Wrap};
use swc_common::Globals;
use swc_ecma_ast::{Decl, Module, ModuleItem, Stmt};

use crate::{
    analyse::awaits,
    ast::{Ast, within},
    features::{Feature, Support},
};
use copy::Line;
use part::Part;

mod bindings; // replaces names, members and calls as the plan says
mod branches; // leaves out what never runs
mod copy; // live items as plain statements, without module syntax
mod expressions; // makes expressions and statements
mod lazy; // splits statements into declarations for the chunk and assignments for the body
pub(crate) mod mapping; // where the tokens of a piece were written
pub(crate) mod minify; // minifying of modules and of chunks
mod names; // the names that slots must avoid, and those that are free
mod part; // what a part is rendered from
mod piece_map; // the source map of a piece
pub(crate) mod positions; // which place of the source a node comes from
pub(crate) mod rendered; // the result: pieces of text with slots
pub(crate) mod slot; // the identifiers that represent slots
#[cfg(test)]
mod tests;
mod workers; // starts workers by the addresses of their files
mod writer; // prints the statements of a part

pub use mapping::Mapping;
pub use piece_map::{Anchor, Fill, Hole, PieceMap, vlq};
pub use rendered::{Fragment, LocalScope, Piece, RenderedModule, Role, SlotUse};

/// Renders one part by its render plan. Takes the live statements out of the AST if `ast` is its
/// only owner, and copies them otherwise.
pub fn run(
    mut ast: Arc<Ast>,
    plan: &RenderPlan,
    mapping: Mapping<'_>,
    config: &Config,
) -> RenderedModule {
    let legal = if plan.cross_module_symbols.is_some() {
        minify::comments::legal(&ast, plan)
    } else {
        Vec::new()
    };
    let mut body = match Arc::get_mut(&mut ast) {
        Some(ast) => copy::taken(ast, plan),
        None => copy::live(&ast, plan),
    };
    let ast = &*ast;
    let part = Part { ast, plan, mapping, config };
    within(&Globals::new(), || {
        branches::remove(&mut body, &plan.dead);
        if mapping != Mapping::None && !ast.is_as_written {
            positions::mark_constructs(body.iter_mut().map(|line| &mut line.statement), ast);
        }
        bindings::put_in(&mut body, ast, plan, config);
        if plan.wrap == Wrap::Lazy
            && !Support::of(&config.script.target).has(Feature::TopLevelAwait)
        {
            let mut running = body.iter_mut().map(|line| &mut line.statement);
            if let Some(last) =
                running.rfind(|statement| !matches!(statement, Stmt::Decl(Decl::Fn(_))))
            {
                awaits::return_awaited(last);
            }
        }
        if let Some(symbols) = &plan.cross_module_symbols {
            return minify::run(body, symbols, &legal, part);
        }
        let hoisted = match plan.wrap {
            Wrap::Lazy => lazy::split(&mut body),
            Wrap::Hoisted | Wrap::CommonJs => Vec::new(),
        };
        finish(hoisted, body, part)
    })
}

/// Renames and prints. Both pieces are renamed together, because they share free names.
fn finish(hoisted: Vec<Line>, body: Vec<Line>, part: Part<'_>) -> RenderedModule {
    let wrap = part.plan.wrap;
    let hoisted_count = hoisted.len();
    let (statements, comments): (Vec<_>, Vec<_>) = hoisted
        .into_iter()
        .chain(body)
        .map(|line| (ModuleItem::Stmt(line.statement), line.comments))
        .unzip();
    let mut module = Module { body: statements, ..Module::default() };
    let mut names = names::of(&module, wrap, hoisted_count);
    if names::rename(&mut module, &names.free, part) {
        names = names::of(&module, wrap, hoisted_count);
    }
    let statements: Vec<Stmt> = module.body.into_iter().filter_map(ModuleItem::stmt).collect();
    let (hoisted, body) = statements.split_at(hoisted_count);
    let (hoisted_comments, body_comments) = comments.split_at(hoisted_count);
    let wrapper = match wrap {
        Wrap::Hoisted => Vec::new(),
        Wrap::Lazy => names.in_wrapper(&[]),
        Wrap::CommonJs => names.in_wrapper(&["exports".to_owned(), "module".to_owned()]),
    };
    // `hoisted` is one level further out than the body, which is inside a function.
    let hoisted = writer::readable(hoisted, hoisted_comments, 1, part);
    let body = writer::readable(body, body_comments, 0, part);
    let (globals, scopes) = (names.globals(), names.local);
    RenderedModule { hoisted, body, globals, scopes, wrapper, ..RenderedModule::default() }
}
