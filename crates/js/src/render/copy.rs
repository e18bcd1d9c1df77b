//! Turns live items into plain statements: drops `import` and `export`, and keeps what they
//! declare. A module's legal comments are kept as long as any of its items is, even if the item
//! that they precede is dropped.

use bundle_graph::{plan::RenderPlan, record::SourceFormat};
use swc_common::{BytePos, DUMMY_SP, Span, Spanned, comments::Comment};
use swc_ecma_ast::{
    ClassDecl, ClassExpr, Decl, DefaultDecl, ExportDefaultDecl, Expr, FnDecl, FnExpr, Ident,
    ModuleDecl, ModuleItem, Pat, Stmt, VarDecl, VarDeclKind, VarDeclarator,
};

use super::{positions::construct, slot};
use crate::ast::{Ast, is_legal};

/// A statement and the comments that are printed before it.
pub(super) struct Line {
    pub statement: Stmt,
    pub comments: Vec<Comment>,
}

/// Copies the live statements.
pub(super) fn live(ast: &Ast, plan: &RenderPlan) -> Vec<Line> {
    let items = ast.module.body.iter().zip(&plan.live);
    lines(items.map(|(item, is_live)| (item.span_lo(), is_live.then(|| item.clone()))), ast)
}

/// Takes the live statements out of an AST that has no other owner.
pub(super) fn taken(ast: &mut Ast, plan: &RenderPlan) -> Vec<Line> {
    let items = std::mem::take(&mut ast.module.body).into_iter().zip(&plan.live);
    lines(items.map(|(item, is_live)| (item.span_lo(), is_live.then_some(item))), ast)
}

/// Makes lines of items, each given with its start. `None`: the item was dropped.
fn lines(items: impl Iterator<Item = (BytePos, Option<ModuleItem>)>, ast: &Ast) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut comments = Vec::new();
    let mut before = None;
    for (at, item) in items {
        // Declarations that were split from one have the same start.
        if before.replace(at) != Some(at) {
            comments.extend(ast.comments.leading(at).iter().filter(|c| is_legal(c)).cloned());
        }
        if let Some(statement) = item.and_then(|item| statement(item, ast)) {
            lines.push(Line { statement, comments: std::mem::take(&mut comments) });
        }
    }
    lines
}

/// Returns an item without its module syntax; `None` if nothing remains.
fn statement(item: ModuleItem, ast: &Ast) -> Option<Stmt> {
    match item {
        ModuleItem::Stmt(Stmt::Empty(_)) => None,
        // ES modules are strict without a directive. The enclosing code has it once.
        ModuleItem::Stmt(s)
            if ast.names.format == SourceFormat::Esm && s.can_precede_directive() =>
        {
            None
        }
        ModuleItem::Stmt(statement) => Some(statement),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => Some(Stmt::Decl(export.decl)),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => {
            Some(default_variable(ast, export.span, export.expr))
        }
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => {
            default_declaration(export, ast)
        }
        ModuleItem::ModuleDecl(_) => None,
    }
}

fn default_declaration(export: ExportDefaultDecl, ast: &Ast) -> Option<Stmt> {
    match export.decl {
        DefaultDecl::Fn(FnExpr { ident, function }) => {
            let ident = ident.unwrap_or_else(|| default_ident(ast, export.span));
            Some(Stmt::Decl(Decl::Fn(FnDecl { ident, declare: false, function })))
        }
        DefaultDecl::Class(ClassExpr { ident: Some(ident), class }) => {
            Some(Stmt::Decl(Decl::Class(ClassDecl { ident, declare: false, class })))
        }
        DefaultDecl::Class(class) => {
            Some(default_variable(ast, export.span, Box::new(Expr::Class(class))))
        }
        DefaultDecl::TsInterfaceDecl(_) => None,
    }
}

/// Declares the variable of a default export. It is a `const` if the target has that, because
/// reading it too early must throw.
fn default_variable(ast: &Ast, span: Span, value: Box<Expr>) -> Stmt {
    let kind = if ast.names.has_const { VarDeclKind::Const } else { VarDeclKind::Var };
    let name = Pat::Ident(default_ident(ast, DUMMY_SP).into());
    let declarator = VarDeclarator { span, name, init: Some(value), definite: false };
    let declaration = VarDecl { span, kind, decls: vec![declarator], ..VarDecl::default() };
    Stmt::Decl(Decl::Var(Box::new(declaration)))
}

fn default_ident(ast: &Ast, mut span: Span) -> Ident {
    // It is not the token there, unless comments are looked up by that place.
    if !span.is_dummy() && ast.comments.leading(span.lo).is_empty() {
        span.lo = construct(span.lo);
    }
    let symbol =
        ast.names.default_value.expect("a default export without a name has a symbol of its own");
    slot::ident(symbol.0, span)
}
