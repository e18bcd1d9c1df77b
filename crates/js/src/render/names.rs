//! The names of a rendered program: those that each slot must avoid, and the free ones, which no
//! local may hide. A slot must avoid the names of the functions that mention it. The unit is the
//! function, not the block: a name that is declared anywhere in a function counts for all of it.

use bundle_graph::plan::Wrap;
use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_common::SyntaxContext;
use swc_ecma_ast::{
    ArrowExpr, BreakStmt, ClassDecl, ClassExpr, Constructor, ContinueStmt, FnDecl, FnExpr,
    Function, FunctionBody, Id, Ident, LabeledStmt, Module, ModuleItem, Stmt,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{part::Part, rendered::LocalScope, slot};
use crate::scopes;

/// The names of a rendered program.
#[derive(Default)]
pub(super) struct FreeAndLocalNames {
    /// The free names.
    pub free: FxHashSet<Atom>,
    /// The functions that declare names and mention slots, in order.
    pub local: Vec<LocalScope>,
    /// The names in the function that encloses a wrapped module: what its statements mention
    /// outside of other functions.
    pub wrapper: FxHashSet<Atom>,
}

impl FreeAndLocalNames {
    /// Returns the free names, sorted.
    pub fn globals(&self) -> Vec<String> {
        sorted(&self.free, &[])
    }

    /// Returns the names in the function that encloses a wrapped module, sorted. `parameters`:
    /// those of that function.
    pub fn in_wrapper(&self, parameters: &[String]) -> Vec<String> {
        sorted(&self.wrapper, parameters)
    }
}

fn sorted(names: &FxHashSet<Atom>, more: &[String]) -> Vec<String> {
    let names = names.iter().map(|name| name.as_str().to_owned());
    let mut sorted: Vec<String> = names.chain(more.iter().cloned()).collect();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

/// Finds the names of a program. `hoisted`: how many statements are outside the function that
/// encloses the module.
pub(super) fn of(module: &Module, wrap: Wrap, hoisted: usize) -> FreeAndLocalNames {
    if wrap == Wrap::CommonJs {
        // The top level of a CommonJS module is the body of a function.
        let mut walk = Walk { wrapper: Some(0), ..Walk::default() };
        walk.within(|walk| module.body.visit_with(walk));
        return walk.found;
    }
    of_items(module, |at, _| (wrap == Wrap::Lazy && at >= hoisted).then_some(0))
}

/// As `of`, for a program in which a statement may be a call that holds the function that encloses
/// a wrapped module.
pub(super) fn of_held(
    module: &Module,
    is_holder: impl Fn(&ModuleItem) -> bool,
) -> FreeAndLocalNames {
    // The frames of the statement and of the function's name enclose the function's own.
    of_items(module, |_, item| is_holder(item).then_some(2))
}

/// Finds the names of a program. `wrapper`: for a statement and its index, how many frames enclose
/// the frame of the module's function.
fn of_items(
    module: &Module,
    wrapper: impl Fn(usize, &ModuleItem) -> Option<usize>,
) -> FreeAndLocalNames {
    let mut walk = Walk::default();
    for (at, item) in module.body.iter().enumerate() {
        walk.wrapper = wrapper(at, item);
        // Blocks at the top level may declare names.
        walk.within(|walk| item.visit_with(walk));
    }
    walk.found
}

#[derive(Default)]
struct Walk {
    around: Vec<Frame>,
    /// The names that the frames mention, those of the innermost frame last.
    names: Vec<Atom>,
    /// The distinct names of the frame that is being closed. It is kept to use its memory again.
    distinct: FxHashSet<Atom>,
    /// How many frames enclose the frame of the module's function.
    wrapper: Option<usize>,
    found: FreeAndLocalNames,
}

struct Frame {
    /// Where its names begin.
    names: usize,
    /// The slots that it mentions; a slot may occur more than once.
    slots: Vec<u32>,
}

impl Walk {
    fn within(&mut self, visit: impl FnOnce(&mut Self)) {
        self.around.push(Frame { names: self.names.len(), slots: Vec::new() });
        visit(self);
        let mut frame = self.around.pop().expect("frames are pushed and popped in pairs");
        frame.slots.sort_unstable();
        frame.slots.dedup();
        if let Some(outer) = self.around.last_mut() {
            outer.slots.extend(&frame.slots);
        }
        let names = self.names.drain(frame.names..);
        let is_wrapper = self.wrapper == Some(self.around.len());
        if names.len() == 0 || (frame.slots.is_empty() && !is_wrapper) {
            return;
        }
        self.distinct.clear();
        self.distinct.extend(names);
        if !frame.slots.is_empty() {
            let names = sorted(&self.distinct, &[]);
            self.found.local.push(LocalScope { names, slots: frame.slots });
        }
        if is_wrapper {
            self.found.wrapper.extend(self.distinct.drain());
        }
    }
}

impl Visit for Walk {
    noop_visit_type!();

    /// Every mention of a name counts as a declaration in its function, and a name of an outer
    /// function is also recorded there. Free names are avoided everywhere.
    fn visit_ident(&mut self, ident: &Ident) {
        let Some(frame) = self.around.last_mut() else { return };
        if let Some(slot) = slot::number(&ident.sym) {
            frame.slots.push(slot);
            return;
        }
        // A pass that means a global (`Object`, `Symbol`) makes its name without a syntax context.
        let is_free = ident.ctxt == scopes::free() || ident.ctxt == SyntaxContext::empty();
        if !is_free {
            self.names.push(ident.sym.clone());
        } else if !self.found.free.contains(&ident.sym) {
            self.found.free.insert(ident.sym.clone());
        }
    }

    fn visit_fn_decl(&mut self, declaration: &FnDecl) {
        declaration.ident.visit_with(self);
        declaration.function.visit_with(self);
    }

    fn visit_fn_expr(&mut self, expression: &FnExpr) {
        self.within(|walk| expression.visit_children_with(walk));
    }

    fn visit_class_decl(&mut self, declaration: &ClassDecl) {
        declaration.ident.visit_with(self);
        declaration.class.visit_with(self);
    }

    fn visit_class_expr(&mut self, expression: &ClassExpr) {
        self.within(|walk| expression.visit_children_with(walk));
    }

    fn visit_function(&mut self, function: &Function) {
        self.within(|walk| function.visit_children_with(walk));
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.within(|walk| arrow.visit_children_with(walk));
    }

    fn visit_constructor(&mut self, constructor: &Constructor) {
        self.within(|walk| constructor.visit_children_with(walk));
    }

    fn visit_module_item(&mut self, item: &ModuleItem) {
        item.visit_children_with(self);
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        statement.body.visit_with(self);
    }

    fn visit_break_stmt(&mut self, _: &BreakStmt) {}

    fn visit_continue_stmt(&mut self, _: &ContinueStmt) {}
}

/// Renames locals that would hide a free name. Returns whether it did. Lowering left none that do,
/// so this happens only if a new free name was inserted.
pub(super) fn rename(module: &mut Module, free: &FxHashSet<Atom>, part: Part<'_>) -> bool {
    let known = &part.ast.scopes;
    let is_new = |name: &Atom| {
        !known.free.contains(name) && known.bindings.iter().any(|binding| binding.name == *name)
    };
    let has_new = free.iter().any(is_new);
    if has_new {
        scopes::rename(module, known.is_strict, slot::is_slot);
    }
    has_new
}

/// Whether a function's body mentions a name.
pub(super) fn mentions(body: &FunctionBody, id: &Id) -> bool {
    let mut search = Search { id, is_found: false };
    body.visit_with(&mut search);
    search.is_found
}

struct Search<'a> {
    id: &'a Id,
    is_found: bool,
}

impl Visit for Search<'_> {
    noop_visit_type!();

    fn visit_stmt(&mut self, statement: &Stmt) {
        if !self.is_found {
            statement.visit_children_with(self);
        }
    }

    fn visit_ident(&mut self, ident: &Ident) {
        self.is_found |= ident.sym == self.id.0 && ident.ctxt == self.id.1;
    }
}
