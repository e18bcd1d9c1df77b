//! `Ast` and `RenderPlan` → text with slots. Takes the live statements (or copies them, if the AST
//! has other owners), replaces names and calls as the plan says, splits an ES module that runs late
//! into declarations and a body, renames locals that would capture a linked name, and prints. In
//! the AST a linked name is one identifier whose text is `#` and the number of its slot. No program
//! can contain such an identifier, and the printer writes nothing for it.

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

mod bindings; // replaces names, members and calls as the plan says
mod copy; // live items as plain statements, without module syntax
mod lazy; // splits statements into declarations for the chunk and assignments for the body
mod mapping; // where the tokens of a piece were written
pub(crate) mod minify; // minifying of modules and of chunks
mod names; // renames locals that would capture a name
mod positions; // which place of the source a node comes from
mod scopes; // which names each slot must avoid
mod sequences; // sequences whose value is not used
mod shadowed; // function expressions that shadow their own names, which old engines refuse
mod slot; // the identifiers that represent slots
#[cfg(test)]
mod tests;
mod workers; // starts workers by the addresses of their files
mod writer; // prints, and records slots

pub use mapping::{Anchor, Fill, Hole, Mapping, PieceMap, vlq};

/// A place where a linked name goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotUse {
    /// Byte offset in the piece's text.
    pub at: u32,
    /// The slot, as numbered in `bundle_graph::plan`.
    pub slot: u32,
}

/// A text with slots. The text has no characters where a slot is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The text. It is empty or ends with a newline; minified text ends with a whole statement
    /// instead.
    pub text: String,
    /// Its slots, by ascending offset.
    pub slots: Vec<SlotUse>,
    /// Where its tokens were written. `None`: no source map is made, or no token has a place.
    pub map: Option<Box<PieceMap>>,
}

/// A piece of a text that is cut where functions may be moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragment {
    /// How the chunk printer may use it.
    pub role: Role,
    /// Its text.
    pub piece: Piece,
}

/// How the chunk printer may use a fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// Stays where it is.
    Text,
    /// The beginning of a function declaration: its keywords and the slot of its name. A `Function`
    /// follows.
    Head,
    /// A function from its parameters on. Preceded by `function` without a name, it is an
    /// expression with the same meaning anywhere at the top level of the chunk.
    Function,
    /// One slot alone, evaluated at most once, at the top level of the chunk, in a place where any
    /// expression may be without parentheses.
    Mention,
}

/// The names of a function, and the slots mentioned in it or in functions inside it: none of the
/// slots may get any of the names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalScope {
    /// Names that are not slots, sorted.
    pub names: Vec<String>,
    /// Slots, ascending.
    pub slots: Vec<u32>,
}

/// The rendered text of one part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderedModule {
    /// For `Wrap::Lazy`: the text in the chunk's scope, that is functions and one `var` line.
    /// Otherwise empty.
    pub hoisted: Piece,
    /// The statements, or the first of them.
    pub body: Piece,
    /// The text after `body`, cut where functions may be moved. Only in minified modules that run
    /// at the top level of their chunk.
    pub rest: Vec<Fragment>,
    /// Free names mentioned in these pieces: no name in the chunk's scope may be equal to one.
    /// Sorted.
    pub globals: Vec<String>,
    /// Which slots must avoid which names.
    pub scopes: Vec<LocalScope>,
    /// For minified CommonJS: the names of the parameters of the function around it. `None`: the
    /// names as written.
    pub parameters: Option<Vec<String>>,
    /// How many variables minifying moved to the top level; they have the last slots.
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
            positions::mark_constructs(&mut body, ast);
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

/// Renames, adds parentheses and prints. Both pieces are renamed together, because they share free
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
    // `hoisted` is one level further out than the body, which is inside a function.
    let (hoisted, body) =
        (printer.print(hoisted, hoisted_comments, 1), printer.print(body, body_comments, 0));
    RenderedModule { hoisted, body, globals, scopes, ..RenderedModule::default() }
}

impl Piece {
    /// Appends the piece to `out` with a name in each slot.
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
    /// All pieces of its text, in order.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        [&self.hoisted, &self.body]
            .into_iter()
            .chain(self.rest.iter().map(|fragment| &fragment.piece))
    }
}
