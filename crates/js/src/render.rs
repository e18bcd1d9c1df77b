//! `Ast` and `RenderPlan` → text with slots. Copies the live statements, or takes them where nobody
//! else has the tree, puts bindings and calls in as the plan says, makes an ES module that runs
//! late into declarations and a body, renames locals where they would capture a name, and prints. A
//! linked name is one identifier whose text is `#` and the number of its slot: no program can spell
//! that, so nothing else is ever taken for one, and the printer writes nothing where it stands.

use std::sync::Arc;

use bundle_base::Config;
use bundle_graph::plan::{RenderPlan, Wrap};
use serde::{Deserialize, Serialize};
use swc_common::Mark;
use swc_ecma_ast::{Module, ModuleItem, Stmt};
use swc_ecma_transforms_base::fixer::fixer;
use swc_ecma_visit::VisitMutWith;

use crate::ast::{Ast, within};
use copy::Line;

mod bindings; // names, members and calls become what the plan says
mod copy; // live items as plain statements, without module syntax
mod lazy; // statements become declarations for the chunk and assignments for the body
mod mapping; // where the tokens of a piece come from
pub(crate) mod minify; // the same, made small
mod names; // locals that would capture a name are renamed
mod positions; // which place of the source a node stands for
mod scopes; // which names each slot must stay clear of
mod sequences; // sequences without values that nobody needs
mod shadowed; // function expressions that hide their own names, which old engines refuse
mod slot; // the identifiers that stand for slots
#[cfg(test)]
mod tests;
mod workers; // workers start by the addresses of their files
mod writer; // printing, with slots recorded

pub use mapping::{Anchor, Fill, Hole, Mapping, PieceMap, vlq};

/// A place where a linked name goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotUse {
    /// Byte offset in the piece's text.
    pub at: u32,
    /// Which slot, as numbered in `bundle_graph::plan`.
    pub slot: u32,
}

/// A text with slots. Nothing stands in the text where a slot is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The text; empty, or it ends with a newline, or where it was minified with a whole statement.
    pub text: String,
    /// Its slots, by rising offset.
    pub slots: Vec<SlotUse>,
    /// Where its tokens come from; `None`: nobody wants to know, or nowhere.
    pub map: Option<Box<PieceMap>>,
}

/// A part of a text that is cut where functions may move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragment {
    /// What may be done with it.
    pub role: Role,
    /// Its text.
    pub piece: Piece,
}

/// What may be done with a fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// It stays.
    Text,
    /// The beginning of a function declaration: what says that it is one, and the slot of its name.
    /// `Function` follows.
    Head,
    /// A function from its parameters on. With a `function` before it, without its name, it is an
    /// expression that means the same anywhere at the top level of the chunk.
    Function,
    /// A slot alone, evaluated at most once, at the top level of the chunk, where any expression
    /// may stand as it is.
    Mention,
}

/// The names in a function and the slots mentioned in it or in functions inside it: none of the
/// slots may take any of the names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalScope {
    /// Names that are not slots, sorted.
    pub names: Vec<String>,
    /// Slots, rising.
    pub slots: Vec<u32>,
}

/// One part as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderedModule {
    /// For `Wrap::Lazy`: what stands in the chunk's scope, functions and one `var` line. Otherwise
    /// empty.
    pub hoisted: Piece,
    /// The statements, or the first of them.
    pub body: Piece,
    /// What follows `body`, cut where functions may move: only in what is minified and runs at the
    /// top level of its chunk.
    pub rest: Vec<Fragment>,
    /// Free names mentioned in these pieces: nothing in the chunk's scope must be called so.
    /// Sorted.
    pub globals: Vec<String>,
    /// Which slots must stay clear of which names.
    pub scopes: Vec<LocalScope>,
    /// Minified CommonJS: what the parameters of the function around it are called. `None`: as
    /// written.
    pub parameters: Option<Vec<String>>,
    /// Variables that minifying moved to the top level; they have the last slots.
    pub lifted: u32,
}

/// Renders one part.
pub(crate) fn run(
    mut ast: Arc<Ast>,
    plan: &RenderPlan,
    mapping: Mapping<'_>,
    config: &Config,
) -> RenderedModule {
    let legal =
        if plan.shared.is_some() { minify::comments::legal(&ast, plan) } else { Vec::new() };
    let mut body = match Arc::get_mut(&mut ast) {
        Some(ast) => copy::taken(ast, plan),
        None => copy::live(&ast, plan),
    };
    let ast = &*ast;
    within(&ast.globals, || {
        if mapping != Mapping::None {
            positions::tell_apart(&mut body, ast);
        }
        bindings::put_in(&mut body, ast, plan, config);
        if let Some(shared) = &plan.shared {
            return minify::run(body, (shared, &legal), (ast, plan, mapping), config);
        }
        let hoisted = match plan.wrap {
            Wrap::Lazy => lazy::split(&mut body),
            Wrap::Hoisted | Wrap::CommonJs => Vec::new(),
        };
        let printer = writer::Printer::new(ast, plan, mapping, config);
        finish(hoisted, body, &printer, (plan.wrap, ast.marks.unresolved))
    })
}

/// Renames, puts parentheses, prints. Both pieces go through renaming together: they share free
/// names.
fn finish(
    hoisted: Vec<Line>,
    body: Vec<Line>,
    printer: &writer::Printer<'_>,
    (wrap, unresolved): (Wrap, Mark),
) -> RenderedModule {
    let hoisted_count = hoisted.len();
    let (statements, comments): (Vec<_>, Vec<_>) = hoisted
        .into_iter()
        .chain(body)
        .map(|line| (ModuleItem::Stmt(line.statement), line.comments))
        .unzip();
    let mut module = Module { body: statements, ..Module::default() };
    names::rename(&mut module, wrap);
    shadowed::unname(&mut module);
    sequences::settle(&mut module);
    module.visit_mut_with(&mut fixer(None));
    let globals = names::free(&module, unresolved);
    let scopes = scopes::of(&module, wrap);
    let mut statements: Vec<Stmt> = module.body.into_iter().filter_map(ModuleItem::stmt).collect();
    if printer.maps() {
        positions::inherit(&mut statements);
    }
    let (hoisted, body) = statements.split_at(hoisted_count);
    let (hoisted_comments, body_comments) = comments.split_at(hoisted_count);
    // A level further out than the function that the rest is in.
    let (hoisted, body) =
        (printer.print(hoisted, hoisted_comments, 1), printer.print(body, body_comments, 0));
    RenderedModule { hoisted, body, globals, scopes, ..RenderedModule::default() }
}

impl Piece {
    /// Appends it with a name in each slot.
    pub fn fill<'n>(&self, names: impl IntoIterator<Item = &'n str>, out: &mut String) {
        let mut done = 0;
        for (slot, name) in self.slots.iter().zip(names) {
            let at = slot.at as usize;
            out.push_str(&self.text[done..at]);
            out.push_str(name);
            done = at;
        }
        out.push_str(&self.text[done..]);
    }
}

impl RenderedModule {
    /// All of its text, in order.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        [&self.hoisted, &self.body]
            .into_iter()
            .chain(self.rest.iter().map(|fragment| &fragment.piece))
    }
}
