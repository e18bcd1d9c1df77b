//! Minifies a whole chunk after its pieces were joined: inlines and drops across parts, which
//! compressing each part alone cannot do, and renames everything.

use std::sync::Arc;

use bundle_base::{Config, Source, config::Format};
use bundle_graph::{
    chunk::names::{Mentions, settle_short},
    plan::Wrap,
};
use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_common::{
    BytePos, DUMMY_SP, Globals, SyntaxContext,
    comments::{Comment, SingleThreadedComments},
};
use swc_ecma_ast::{
    ArrowExpr, CallExpr, ClassDecl, Constructor, Decl, EsVersion, Expr, FnDecl, Function,
    GetterProp, Id, Ident, ImportDecl, Module, ModuleItem, SetterProp, StaticBlock, Stmt, VarDecl,
};
use swc_ecma_parser::{EsSyntax, Lexer, Parser, StringInput, Syntax};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{mangle, private_names, shape::Shape};
use crate::{
    ast::{self, PlainComments, bound_names, is_legal},
    compress::{self, CompressInput},
    features::{self, Support},
    render::{names, rendered::LocalScope, slot, writer},
    scopes,
};

/// Compresses a chunk's text. Returns the text unchanged where that is not possible. `depth`: how
/// many functions enclose the statements of its modules.
pub(crate) fn run(text: &Arc<Source>, depth: usize, is_strict: bool, config: &Config) -> String {
    let small = ast::guarded(text, || {
        ast::within(&Globals::new(), || compressed(text, depth, is_strict, config))
    });
    let Ok(Some(small)) = small else { return text.text.clone() };
    let written = Arc::new(Source::new(text.path.clone(), text.name.clone(), small.clone()));
    // The result is used only if it passes `check_rendered`.
    if features::check_rendered(&written, false, config).is_empty() {
        small
    } else {
        text.text.clone()
    }
}

fn compressed(text: &Source, depth: usize, is_strict: bool, config: &Config) -> Option<String> {
    let is_module = config.output.format == Format::Esm;
    let (mut module, comments) = parsed(text, is_module)?;
    if !Shape::of(&module).is_compressed() {
        return None;
    }
    let is_strict = is_strict || is_module;
    let of_the_page =
        if config.output.format == Format::Iife { declared(&module) } else { FxHashSet::default() };
    let annotations = PlainComments::keep(&comments);
    let support = Support::of(&config.script.target);
    let facts = CompressInput { support, comments: &annotations };
    let mut made = 0;
    let next = || {
        made += 1;
        // No program has such a name.
        format!("%{made}").into()
    };
    let is_kept = |name: &str| of_the_page.contains(name);
    private_names::set_apart(&mut module);
    compress::run(&mut module, is_strict, facts, is_kept, next);
    private_names::shorten(&mut module);
    scopes::number(&mut module, is_strict);
    let uses = to_slots(&mut module, depth, &of_the_page);
    mangle::run(&mut module, is_strict, |name| of_the_page.contains(name));
    let found = names::of(&module, Wrap::Hoisted, 0);
    let mut globals = found.globals();
    globals.extend(of_the_page.iter().cloned());
    let settled = settled(&uses, &found.local, &globals);
    let piece = writer::compact_module(&module.body, &legal(&comments), config);
    let mut small = String::with_capacity(piece.text.len() + 4 * piece.slots.len());
    piece.fill(piece.slots.iter().map(|slot| settled[slot.slot as usize].as_str()), &mut small);
    Some(small + "\n")
}

/// Turns the names of the chunk's scope into slots, as in modules, so that functions use the same
/// short names everywhere. Returns how often each slot is mentioned.
fn to_slots(module: &mut Module, depth: usize, of_the_page: &FxHashSet<String>) -> Vec<usize> {
    let mut count = Count { depth, ..Count::default() };
    module.visit_with(&mut count);
    let is_own = |(name, _): &Id| !of_the_page.contains(name.as_str());
    let ids: Vec<Id> = count.declared.into_iter().filter(is_own).collect();
    let slots: FxHashMap<SyntaxContext, Atom> =
        (0..).zip(&ids).map(|(at, id)| (id.1, slot::ident(at, DUMMY_SP).sym)).collect();
    scopes::respell(module, &slots);
    ids.iter().map(|id| count.uses.get(id).copied().unwrap_or(0)).collect()
}

/// Returns the names for the slots; the most mentioned slots get the shortest names.
fn settled(uses: &[usize], scopes: &[LocalScope], globals: &[String]) -> Vec<String> {
    let globals = globals.iter().map(String::as_str).collect();
    let mut mentions = Mentions::new(uses.len(), globals);
    for scope in scopes {
        mentions.add(&scope.names, scope.slots.iter().map(|slot| *slot as usize));
    }
    settle_short(uses, |_| None, &mentions)
}

/// Parses the text. A classic script is parsed as a script: its top-level declarations belong to
/// the page, and it is strict only by its own directives.
fn parsed(text: &Source, is_module: bool) -> Option<(Module, SingleThreadedComments)> {
    let end = BytePos(ast::BASE.0 + u32::try_from(text.text.len()).ok()?);
    let syntax = Syntax::Es(EsSyntax {
        import_attributes: true,
        explicit_resource_management: true,
        ..EsSyntax::default()
    });
    let comments = SingleThreadedComments::default();
    let input = StringInput::new(&text.text, ast::BASE, end);
    let mut parser =
        Parser::new_from(Lexer::new(syntax, EsVersion::EsNext, input, Some(&comments)));
    let module = if is_module {
        parser.parse_module()
    } else {
        parser.parse_script().map(|script| Module {
            body: script.body.into_iter().map(ModuleItem::Stmt).collect(),
            ..Module::default()
        })
    };
    let has_errors = !parser.take_errors().is_empty();
    module.ok().filter(|_| !has_errors).map(|module| (module, comments))
}

/// Returns the legal comments in text order, for the top of the chunk.
fn legal(comments: &SingleThreadedComments) -> Vec<Comment> {
    let (leading, trailing) = comments.borrow_all();
    let mut all: Vec<&Comment> =
        leading.values().chain(trailing.values()).flatten().filter(|c| is_legal(c)).collect();
    all.sort_by_key(|comment| comment.span.lo);
    let mut found: Vec<Comment> = Vec::new();
    for comment in all {
        if !found.iter().any(|known| known.text == comment.text) {
            found.push(comment.clone());
        }
    }
    found
}

/// Returns the names that a classic script declares for the page.
fn declared(module: &Module) -> FxHashSet<String> {
    let mut names = FxHashSet::default();
    for item in &module.body {
        if let ModuleItem::Stmt(Stmt::Decl(Decl::Var(variables))) = item {
            for declarator in &variables.decls {
                bound_names(&declarator.name, &mut |name| {
                    names.insert(name.sym.as_str().to_owned());
                });
            }
        }
    }
    names
}

#[derive(Default)]
struct Count {
    /// How many more levels of functions may be entered.
    depth: usize,
    inside: usize,
    uses: FxHashMap<Id, usize>,
    /// The declared names, in text order.
    declared: Vec<Id>,
    known: FxHashSet<Id>,
}

impl Count {
    fn declare(&mut self, id: Id) {
        if self.inside <= self.depth && self.known.insert(id.clone()) {
            self.declared.push(id);
        }
    }

    fn within(&mut self, levels: usize, visit: impl FnOnce(&mut Self)) {
        self.inside += levels;
        visit(self);
        self.inside -= levels;
    }
}

impl Visit for Count {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        *self.uses.entry(ident.to_id()).or_default() += 1;
    }

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        for id in find_pat_ids::<_, Id>(&declaration.decls) {
            self.declare(id);
        }
        declaration.visit_children_with(self);
    }

    fn visit_fn_decl(&mut self, declaration: &FnDecl) {
        self.declare(declaration.ident.to_id());
        declaration.visit_children_with(self);
    }

    fn visit_import_decl(&mut self, declaration: &ImportDecl) {
        for specifier in &declaration.specifiers {
            self.declare(specifier.local().to_id());
        }
        declaration.visit_children_with(self);
    }

    fn visit_class_decl(&mut self, declaration: &ClassDecl) {
        self.declare(declaration.ident.to_id());
        declaration.visit_children_with(self);
    }

    /// A function that is called where it is written may be one of those that enclose the modules.
    fn visit_call_expr(&mut self, call: &CallExpr) {
        match call.callee.as_expr().map(|callee| callee.unwrap_parens()) {
            Some(Expr::Fn(callee)) => {
                self.within(1, |count| callee.function.visit_children_with(count));
            }
            Some(Expr::Arrow(callee)) => self.within(1, |count| callee.visit_children_with(count)),
            _ => call.callee.visit_with(self),
        }
        call.args.visit_with(self);
    }

    fn visit_function(&mut self, function: &Function) {
        self.within(self.depth + 1, |count| function.visit_children_with(count));
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.within(self.depth + 1, |count| arrow.visit_children_with(count));
    }

    fn visit_constructor(&mut self, constructor: &Constructor) {
        self.within(self.depth + 1, |count| constructor.visit_children_with(count));
    }

    fn visit_getter_prop(&mut self, getter: &GetterProp) {
        self.within(self.depth + 1, |count| getter.visit_children_with(count));
    }

    fn visit_setter_prop(&mut self, setter: &SetterProp) {
        self.within(self.depth + 1, |count| setter.visit_children_with(count));
    }

    fn visit_static_block(&mut self, block: &StaticBlock) {
        self.within(self.depth + 1, |count| block.visit_children_with(count));
    }
}
