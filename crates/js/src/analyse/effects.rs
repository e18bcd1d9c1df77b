//! The side effects of each statement: what is lost if tree shaking removes it. The analysis is
//! conservative: reading a property of an unknown object may run a getter, and calling an unknown
//! function may do anything. It is precise about objects that are created here and do not escape:
//! only users of `A` can observe `A.x = 1`, `_create_class(A, …)` or the function of a TypeScript
//! namespace, so such statements are kept exactly if `A` is.

use bundle_graph::record::{Effects, ImportName, SymbolIndex, SymbolKind};
use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::{BytePos, Spanned};
use swc_ecma_ast::{Decl, DefaultDecl, Expr, Id, Lit, ModuleDecl, ModuleItem, Pat, Stmt};

use super::{
    constants::{constant, variables},
    symbols::Table,
};
use crate::{
    ast::PlainComments,
    scopes::{free, helpers},
};

mod accessors; // names of members whose reading or writing may run code
mod calls; // calls and `new`
mod expressions; // all other expressions
mod fresh; // which names hold an object of their own
pub(crate) mod pure_globals; // globals and helpers without side effects
mod statements; // statements, functions that are called where they are written, classes
mod world; // what is known of the whole program

use world::World;

/// Returns the side effects of each item of a program.
pub(super) fn of(items: &[ModuleItem], table: &Table, facts: &EffectsInput<'_>) -> Vec<Effects> {
    let mut world = World {
        unresolved: free(),
        helpers: helpers(),
        comments: facts.comments,
        table,
        namespaces: namespaces(table),
        pure_functions: FxHashSet::default(),
        primitives: primitives(items, table),
        lexical: lexical(table),
        fresh: FxHashMap::default(),
        accessors: accessors::of(items, table),
    };
    world.pure_functions = pure_functions(items, &world);
    world.fresh = fresh::names(items, &world, facts.assigned);
    // A second time, for names that hold the object of a name that the first pass found: `var
    // proto = A.prototype`. A name that holds the object of such a name stays unknown. That loses
    // only precision: statements that change an unknown object are kept.
    world.fresh = fresh::names(items, &world, facts.assigned);
    items.iter().enumerate().map(|(index, item)| of_item(index, item, &world)).collect()
}

/// The inputs of this analysis, without the program and its symbols.
pub(super) struct EffectsInput<'a> {
    pub comments: &'a PlainComments,
    /// Names that are written to elsewhere than where they first get an object.
    pub assigned: &'a FxHashSet<Id>,
}

fn primitives(items: &[ModuleItem], table: &Table) -> FxHashSet<Id> {
    let mut found = FxHashSet::default();
    for (statement, item) in items.iter().enumerate() {
        for declarator in variables(item).into_iter().flat_map(|declaration| &declaration.decls) {
            let (Pat::Ident(name), Some(value)) = (&declarator.name, declarator.init.as_deref())
            else {
                continue;
            };
            let is_primitive = matches!(value, Expr::Lit(Lit::Str(_) | Lit::Num(_) | Lit::Bool(_)));
            if is_primitive && constant(&name.to_id(), statement, table).is_some() {
                found.insert(name.to_id());
            }
        }
    }
    found
}

/// Returns the statements that declare names whose early reading throws.
fn lexical(table: &Table) -> FxHashMap<SymbolIndex, usize> {
    let declared = table.declared.iter().filter_map(|declared| {
        let symbol = table.by_id.get(&declared.ident)?;
        let is_lexical = table.symbols[symbol.0 as usize].kind == SymbolKind::Lexical;
        is_lexical.then_some((symbol, declared.statement))
    });
    declared.collect()
}

fn namespaces(table: &Table) -> FxHashSet<SymbolIndex> {
    let whole = table.imports.iter().filter(|import| import.name == ImportName::Namespace);
    whole.map(|import| import.symbol).collect()
}

fn of_item(index: usize, item: &ModuleItem, world: &World<'_>) -> Effects {
    let mut judge = statements::Judge::new(index, world);
    let is_harmless = match item {
        ModuleItem::Stmt(statement) => judge.statement(statement),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => judge.declaration(&export.decl),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => judge.expr(&export.expr),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => match &export.decl {
            DefaultDecl::Class(class) => judge.class(&class.class),
            DefaultDecl::Fn(_) | DefaultDecl::TsInterfaceDecl(_) => true,
        },
        ModuleItem::ModuleDecl(_) => true,
    };
    if !is_harmless {
        return Effects::Any;
    }
    let declared = world.table.declared_by(index);
    let touched: Vec<_> =
        judge.touched().into_iter().filter(|symbol| !declared.contains(symbol)).collect();
    let redeclared = declared_before(index, &declared, world);
    match (touched.as_slice(), redeclared) {
        ([], None) => Effects::None,
        ([one], None) => Effects::Of(*one),
        ([], Some(symbol)) => Effects::Of(symbol),
        (_, _) => Effects::Any,
    }
}

/// Returns a symbol that this statement declares again: without the statement, the symbol would
/// keep its earlier value.
fn declared_before(
    index: usize,
    declared: &[SymbolIndex],
    world: &World<'_>,
) -> Option<SymbolIndex> {
    let earlier = world.table.declared.iter().take_while(|d| d.statement < index);
    let is_redeclared = |symbol: &SymbolIndex| {
        let is_var = world.table.symbols[symbol.0 as usize].is_reassigned;
        is_var && earlier.clone().any(|d| world.table.by_id.get(&d.ident) == Some(*symbol))
    };
    declared.iter().copied().find(is_redeclared)
}

/// Finds the functions that are annotated to have no side effects when called.
fn pure_functions(items: &[ModuleItem], world: &World<'_>) -> FxHashSet<Id> {
    let mut found = FxHashSet::default();
    for item in items {
        let is_annotated = |at: BytePos| world.comments.has_annotation(at, "__NO_SIDE_EFFECTS__");
        let declaration = match item {
            ModuleItem::Stmt(Stmt::Decl(declaration)) => declaration,
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => &export.decl,
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => {
                if let DefaultDecl::Fn(f) = &export.decl
                    && (is_annotated(export.span.lo) || is_annotated(f.function.span.lo))
                {
                    found.extend(f.ident.as_ref().map(swc_ecma_ast::Ident::to_id));
                }
                continue;
            }
            _ => continue,
        };
        let starts = is_annotated(item.span_lo()) || is_annotated(declaration.span_lo());
        match declaration {
            Decl::Fn(f) if starts => {
                found.insert(f.ident.to_id());
            }
            Decl::Var(variables) => {
                for declarator in &variables.decls {
                    let (Pat::Ident(name), Some(value)) = (&declarator.name, &declarator.init)
                    else {
                        continue;
                    };
                    let is_function = matches!(**value, Expr::Fn(_) | Expr::Arrow(_));
                    if is_function && (starts || is_annotated(value.span_lo())) {
                        found.insert(name.to_id());
                    }
                }
            }
            _ => {}
        }
    }
    found
}
